"""What can be done on a grant after its decision, from a form: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import QueryDict

from vliegwiel.foundation.questions.public import day_in, day_or_none, money_in, money_or_none, read, whole_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.public import budget_of
from vliegwiel.support.settlements.actions.ask_report import ask_report
from vliegwiel.support.settlements.actions.change_plan import decide_change
from vliegwiel.support.settlements.actions.collect_claim import dun, give_time, note_writ, receive_money, set_off
from vliegwiel.support.settlements.actions.decide_later import (
    propose_later_decision,
    return_later_decision,
    sign_later_decision,
)
from vliegwiel.support.settlements.actions.determine_interest import determine_interest
from vliegwiel.support.settlements.actions.hear_recipient import note_reaction, skip_hearing, tell_intention
from vliegwiel.support.settlements.actions.order_payment import order_payment, suspend_payment
from vliegwiel.support.settlements.actions.prove_duty import judge_proof
from vliegwiel.support.settlements.actions.send_report import check_report, enter_report
from vliegwiel.support.settlements.actions.tie_payment import tie_payment
from vliegwiel.support.settlements.files import GrantFile, OwingFile
from vliegwiel.support.settlements.forms import questions_of
from vliegwiel.support.settlements.models import ReportKind
from vliegwiel.support.settlements.pages.mine.typed_costs import costs_in
from vliegwiel.support.settlements.proposals import Proposal

Act = Callable[[Actor, GrantFile, QueryDict], object]


def proposal_in(form: QueryDict) -> Proposal:
    """The proposal as it was filled in."""
    return Proposal(
        ground=form.get("grond", ""),
        summary=form.get("kort", ""),
        motivation=form.get("motivering", ""),
        amount=money_or_none(form, "bedrag"),
        left_out=money_in(form, "weglaten"),
        left_out_why=form.get("weglaten-waarom", ""),
        views_answer=form.get("reactie", ""),
        breach_on=day_or_none(form, "sinds"),
        pay_to=form.get("rekening", ""),
        follows=form.get("volgt", ""),
    )


def _enter_report(actor: Actor, file: GrantFile, form: QueryDict) -> object:
    kind = file.report_kind or ReportKind.COMPLETION
    reading = read(questions_of(kind), form)
    costs = costs_in(form, len(budget_of(file.name)))[0] if kind == ReportKind.COSTS else None
    return enter_report(
        actor=actor, application=file.name, answers=reading.values, costs=costs, received_on=day_in(form, "datumstempel")
    )


def lay_down_interest(actor: Actor, file: OwingFile, form: QueryDict) -> object:
    """The interest that we owe on an application, with or without a grant."""
    return determine_interest(actor=actor, application=file.name, line=form.get("post", ""), why_none=form.get("waarom-niet", ""))


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "betalen": lambda actor, file, form: order_payment(
            actor=actor, application=file.name, instalment=whole_in(form, "betaling")
        ),
        "wachten": lambda actor, file, form: tie_payment(
            actor=actor,
            application=file.name,
            instalment=whole_in(form, "betaling"),
            duty=whole_in(form, "verplichting") or None,
            why=form.get("waarom", ""),
        ),
        "rente": lay_down_interest,
        "verslag-vragen": lambda actor, file, form: ask_report(actor=actor, application=file.name, until=day_in(form, "dag")),
        "stoppen": lambda actor, file, form: suspend_payment(actor=actor, application=file.name, reason=form.get("reden", "")),
        "bewijs": lambda actor, file, form: judge_proof(
            actor=actor,
            application=file.name,
            duty=whole_in(form, "verplichting"),
            good=form.get("oordeel") == "ja",
            why=form.get("waarom", ""),
        ),
        "wijziging": lambda actor, file, form: decide_change(
            actor=actor,
            application=file.name,
            granted=form.get("besluit") == "ja",
            motivation=form.get("motivering", ""),
        ),
        "verslag": _enter_report,
        "steekproef": lambda actor, file, form: check_report(
            actor=actor, application=file.name, good=form.get("oordeel") == "ja", finding=form.get("bevinding", "")
        ),
        "horen": lambda actor, file, form: tell_intention(
            actor=actor,
            application=file.name,
            intention=form.get("voornemen", ""),
            reason=form.get("reden", ""),
            until=day_in(form, "dag"),
        ),
        "gehoord": lambda actor, file, form: note_reaction(
            actor=actor,
            application=file.name,
            views=form.get("reactie", ""),
            form=form.get("hoe", ""),
            received_on=day_in(form, "dag"),
        ),
        "niet-horen": lambda actor, file, form: skip_hearing(
            actor=actor, application=file.name, ground=form.get("grond", ""), why=form.get("waarom", "")
        ),
        "voorstellen": lambda actor, file, form: propose_later_decision(
            actor=actor, application=file.name, proposal=proposal_in(form)
        ),
        "teruggeven": lambda actor, file, form: return_later_decision(
            actor=actor, decision=form.get("besluit", ""), why=form.get("waarom", "")
        ),
        "ondertekenen": lambda actor, file, form: sign_later_decision(
            actor=actor, decision=form.get("besluit", ""), seen=form.get("gelezen", "")
        ),
        "ontvangen": lambda actor, file, form: receive_money(
            actor=actor,
            claim=form.get("vordering", ""),
            amount=money_in(form, "bedrag"),
            on=day_in(form, "dag"),
            statement=form.get("afschrift", ""),
        ),
        "aanmanen": lambda actor, file, form: dun(actor=actor, claim=form.get("vordering", ""), charge=form.get("kosten") == "1"),
        "uitstel": lambda actor, file, form: give_time(
            actor=actor, claim=form.get("vordering", ""), until=day_in(form, "dag"), agreement=form.get("afspraak", "")
        ),
        "dwangbevel": lambda actor, file, form: note_writ(
            actor=actor, claim=form.get("vordering", ""), reference=form.get("kenmerk", "")
        ),
        "verrekenen": lambda actor, file, form: set_off(
            actor=actor,
            claim=form.get("vordering", ""),
            against=form.get("nummer", "").strip(),
            amount=money_in(form, "bedrag"),
        ),
    }
)
