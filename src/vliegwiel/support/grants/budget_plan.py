"""The budget of an application (*begroting met dekkingsplan*): what counts for the grant, what does not balance, and what to warn for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.parts import SchemeRules
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application, BudgetRow
from vliegwiel.support.grants.rules import Row, budget_problems, totals

HOURS, OWN, FUND, ASKED = "hours", "own", "fund", "asked"
COST, COVER = "cost", "cover"


@dataclass(frozen=True)
class BudgetProblem:
    """What is wrong, and the field of the page it belongs to."""

    text: str
    field: str = ""


def rows_of(application: Application) -> list[Row]:
    """The budget of an application as plain rows."""
    return [as_row(row) for row in application.budget.all()]


def as_row(row: BudgetRow) -> Row:
    """A row of the database as a plain one."""
    return Row(
        row.side, row.kind, row.text, row.money, row.hours, Money(row.tariff) if row.tariff is not None else None, row.certain
    )


def hours_rows(text: str, hours: int, tariff: Money) -> tuple[Row, Row]:
    """Hours of volunteers stand on both sides with the same amount: they cost something, and the volunteers pay it."""
    amount = Money(hours * tariff.cents)
    return Row(COST, HOURS, text, amount, hours, tariff), Row(COVER, HOURS, text, amount, hours, tariff)


def costs_that_count(rows: Iterable[Row], rules: SchemeRules) -> Money:
    """The costs for which the scheme gives money (*subsidiabele kosten*): not the kinds it leaves out; hours only at its tariff."""
    counting = [row for row in rows if row.side == COST and row.kind not in rules.costs_excluded]
    if rules.volunteer_hour is None:
        counting = [row for row in counting if row.kind != HOURS]
    return Money(sum(row.amount.cents for row in counting))


def problems(rows: Sequence[Row], rules: SchemeRules) -> list[BudgetProblem]:
    """What must be mended before the application can be signed, each with the field it belongs to."""
    found = [BudgetProblem(text, _field_of(rows)) for text in budget_problems(rows)]
    asked = totals(rows).asked
    if rules.most is not None and asked > rules.most:
        text = _("U vraagt {asked}. Het hoogste bedrag in deze regeling is {most}.")
        found.append(BudgetProblem(text.format(asked=asked.dutch(), most=rules.most.dutch(cents=False)), "gevraagd"))
    kinds = {*rules.cost_kinds, *rules.costs_excluded}
    strange = sorted({row.kind for row in rows if row.side == COST and row.kind != HOURS and kinds and row.kind not in kinds})
    found += [BudgetProblem(_("De regeling kent geen kosten van de soort {kind}.").format(kind=kind)) for kind in strange]
    return found


def warnings(rows: Sequence[Row], rules: SchemeRules, *, funder: str, elsewhere: Sequence[str] = ()) -> list[str]:
    """What someone should know, without being stopped: money twice for the same thing, money that is not certain, costs that do not count.

    `funder` is the name of the province; `elsewhere` names other applications of the same people for the same plan.
    """
    found = []
    twice = [row.text for row in rows if row.side == COVER and row.kind == FUND and funder and funder.lower() in row.text.lower()]
    if twice:
        text = _("U noemt {name} ook bij wie er verder betaalt. Voor dezelfde kosten kan de provincie maar één keer betalen.")
        found.append(text.format(name=twice[0]))
    if elsewhere:
        text = _("U vroeg voor dit plan al geld aan: {names}. Tel dat geld mee bij wie er verder betaalt.")
        found.append(text.format(names=", ".join(elsewhere)))
    uncertain = Money(sum(row.amount.cents for row in rows if row.side == COVER and row.kind == FUND and not row.certain))
    if uncertain.cents:
        found.append(_("{amount} van anderen is nog niet zeker. Vertel ons als dat verandert.").format(amount=uncertain.dutch()))
    left_out = Money(sum(row.amount.cents for row in rows if row.side == COST and row.kind in rules.costs_excluded))
    if left_out.cents:
        text = _("{amount} van de kosten telt niet mee voor deze regeling ({article}). Dat deel betaalt u anders.")
        found.append(text.format(amount=left_out.dutch(), article=_article(rules)))
    return found


def _article(rules: SchemeRules) -> str:
    return _("artikel {article}").format(article=rules.costs_article) if rules.costs_article else rules.title


def _field_of(rows: Sequence[Row]) -> str:
    """Where to go first: the costs while there are none, then what is asked."""
    return "kosten-1" if totals(rows).costs.cents == 0 else "gevraagd"
