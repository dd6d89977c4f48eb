"""What other rooms may ask of budgets.

The council side sets up programme → line → instrument → budget line, brings credit by decision of the Provincial Council, and sets
ceilings. For who spends: `reserve`, `commit`, `release`, `pay` and `take_back` book in the transaction of the caller's act, each once
per file (`about`) and `key`: asked again they give what was booked. They demand no permission of their own: the act that calls them
does. A ceiling is never passed but on a ground (`Beyond`); a refusal is NotNow with code "ceiling", "ceiling-later", "credit",
"closed", "not-there" or "key-used", and changes nothing.

One transaction books on files under one ceiling, or takes ceilings in the order of `ceilings_in`: then none waits for another in a ring.
"""

from vliegwiel.foundation.budgets.actions.add_programme import (
    add_budget_line,
    add_instrument,
    add_programme,
    add_programme_line,
)
from vliegwiel.foundation.budgets.actions.appropriate_credit import appropriate_credit, lower_credit, record_decision
from vliegwiel.foundation.budgets.actions.close_budget_line import carry_over, close_budget_line
from vliegwiel.foundation.budgets.actions.commit_money import Beyond, commit, reserve
from vliegwiel.foundation.budgets.actions.correct_entry import correct, undo_act
from vliegwiel.foundation.budgets.actions.move_money import pay, release, take_back
from vliegwiel.foundation.budgets.actions.request_payment import PaymentRequest, request_payment
from vliegwiel.foundation.budgets.actions.set_ceiling import lower_ceiling, raise_ceiling, set_ceiling
from vliegwiel.foundation.budgets.ceilings import every_ceiling
from vliegwiel.foundation.budgets.named_files import FileNames, NamedFile
from vliegwiel.foundation.budgets.of_many_files import money_about_each, paid_late, payments_of_each, put_in_between
from vliegwiel.foundation.budgets.queries import (
    CeilingFacts,
    EntryFacts,
    FileFacts,
    PaymentFacts,
    Position,
    ceiling_of,
    ceilings_in,
    entries_of,
    free_then,
    money_about,
    payments_of,
    position,
)
from vliegwiel.foundation.budgets.usable_lines import lines_of_kind, lines_without_ceiling

__all__ = [
    "Beyond",
    "CeilingFacts",
    "EntryFacts",
    "FileFacts",
    "FileNames",
    "NamedFile",
    "PaymentFacts",
    "PaymentRequest",
    "Position",
    "add_budget_line",
    "add_instrument",
    "add_programme",
    "add_programme_line",
    "appropriate_credit",
    "carry_over",
    "ceiling_of",
    "ceilings_in",
    "close_budget_line",
    "commit",
    "correct",
    "entries_of",
    "every_ceiling",
    "free_then",
    "lines_of_kind",
    "lines_without_ceiling",
    "lower_ceiling",
    "lower_credit",
    "money_about",
    "money_about_each",
    "paid_late",
    "pay",
    "payments_of",
    "payments_of_each",
    "position",
    "put_in_between",
    "raise_ceiling",
    "record_decision",
    "release",
    "request_payment",
    "reserve",
    "set_ceiling",
    "take_back",
    "undo_act",
]
