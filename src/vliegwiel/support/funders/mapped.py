"""One plan, a view per funder: the same rows under the fund's own headings, and only what the applicant shares."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import AgreementTerms, Disclosure, FundAnswer
from vliegwiel.support.funders.models.disclosure import Part
from vliegwiel.support.grants.public import GrantFacts, PlanFacts

#: How the agreement names the hours of volunteers, which our budget keeps as a kind of its own.
HOURS, HOURS_NAME = "hours", "uren"


@dataclass(frozen=True)
class MappedRow:
    """A row as the fund reads it: its heading, our kind, the text and the amount. `mapped` says that the agreement has a heading for it."""

    side: str
    heading: str
    kind: str
    text: str
    amount: Money
    mapped: bool


@dataclass(frozen=True)
class MappedPlan:
    """A shared plan for one funder. What the applicant does not share is empty; `headings` adds the costs up per heading."""

    number: str
    title: str
    applicant: str
    municipality: str
    state_name: str
    asked: Money
    rows: tuple[MappedRow, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    made_up: bool = False

    @property
    def costs(self) -> list[MappedRow]:
        """What it costs."""
        return [row for row in self.rows if row.side == "cost"]

    @property
    def cover(self) -> list[MappedRow]:
        """Who pays."""
        return [row for row in self.rows if row.side == "cover"]

    @property
    def cost_total(self) -> Money:
        """All costs: the same for every funder, because it is one plan."""
        return Money(sum(row.amount.cents for row in self.costs))

    @property
    def headings(self) -> list[tuple[str, Money]]:
        """The costs per heading of the fund, in the order in which they come."""
        sums: dict[str, int] = {}
        for row in self.costs:
            sums[row.heading] = sums.get(row.heading, 0) + row.amount.cents
        return [(heading, Money(cents)) for heading, cents in sums.items()]

    @property
    def without_heading(self) -> bool:
        """Whether the fund has no heading for some cost."""
        return any(not row.mapped for row in self.costs)


def mapped(grant: GrantFacts, plan: PlanFacts, terms: AgreementTerms | None, shared: Disclosure) -> MappedPlan:
    """The plan as this funder may read it now."""
    headings = {ours.casefold(): theirs for ours, theirs in (terms.headings if terms else ())}
    rows = []
    for row in plan.rows if Part.BUDGET in shared.parts else ():
        key = HOURS_NAME if row.kind == HOURS else row.kind
        there = headings.get(key.casefold(), "")
        heading = (there or _("zonder kop")) if row.side == "cost" else _payer(row.kind)
        rows.append(MappedRow(row.side, heading, key, row.text, row.amount, bool(there)))
    return MappedPlan(
        number=grant.number,
        title=grant.title,
        applicant=grant.applicant_name,
        municipality=grant.municipality,
        state_name=grant.state_name,
        asked=grant.asked,
        rows=tuple(rows),
        answers=plan.answers if Part.ANSWERS in shared.parts else (),
        made_up=grant.made_up,
    )


def too_much(plan: MappedPlan, answer: FundAnswer, funder: str) -> Money | None:
    """How much more there is than the plan costs once the fund pays what it said (double financing); None when it fits, or when the budget
    is not shared. What the applicant already counted on from this fund is not counted twice."""
    if not answer.agrees or not plan.rows:
        return None
    counted = sum(row.amount.cents for row in plan.cover if funder.casefold() not in row.text.casefold())
    over = counted + answer.cents - plan.cost_total.cents
    return Money(over) if over > 0 else None


def _payer(kind: str) -> str:
    names = {"own": _("de aanvrager"), HOURS: _("vrijwilligers"), "fund": _("een ander"), "asked": _("de provincie")}
    return names.get(kind, kind)
