"""Decisions on plain values: five years, which report belongs to an amount, what a grant becomes on actual cost, on which ground."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from types import MappingProxyType

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.engines.rulebook.parts import ArrangementRule
from vliegwiel.engines.terms import Term
from vliegwiel.engines.terms.holidays import Equated
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.settlements.models import Act, ReportKind

#: Payment within six weeks after it was made known (Awb 4:87).
PAYMENT_WEEKS = 6
#: A reminder gives two weeks (Awb 4:112), a notice of suspicion holds payments for thirteen (4:56).
DUNNING, HOLD = timedelta(weeks=2), timedelta(weeks=13)
#: Without a term of its own a decision comes within a reasonable time: eight weeks at most (Awb 4:13).
REASONABLE = 8
YEARS = 5


def years_later(day: date, years: int = YEARS) -> date:
    """The same date so many years on; the 29th of February becomes the 28th.

    >>> years_later(date(2024, 2, 29))
    datetime.date(2029, 2, 28)
    """
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, last)


def within_years(since: date, on: date, article: str) -> Verdict:
    """Whether five years have not passed since a day: up to and including the same date five years later (Awb 4:49(3), 4:57(4))."""
    last = years_later(since)
    if on <= last:
        return Verdict.yes(Reason("in-time", f"Dit kan tot en met {last.day}-{last.month}-{last.year}.", article))
    return Verdict.no(Reason("five-years", f"Dit kon tot en met {last.day}-{last.month}-{last.year}: vijf jaar.", article))


def pay_by(made_known: date, equated: Equated = ()) -> date:
    """The last day to pay: six weeks after the decision was made known (Awb 4:87), on an ordinary day."""
    return Term(start=made_known, weeks=PAYMENT_WEEKS, source="wet", holidays=equated).ends


#: The report that goes with an arrangement of the regulation.
_REPORTS: Mapping[str, ReportKind] = MappingProxyType(
    {
        "completion_note": ReportKind.COMPLETION,
        "activity_report": ReportKind.ACTIVITY,
        "cost_report": ReportKind.COSTS,
    }
)


def report_for(arrangement: ArrangementRule | None) -> ReportKind | None:
    """How someone accounts under this arrangement; None when nothing is asked. Without an arrangement the Act holds: activities and
    costs (Awb 4:45)."""
    if arrangement is None:
        return ReportKind.COSTS
    return _REPORTS.get(arrangement.key)


def report_by(arrangement: ArrangementRule | None, ends: date | None) -> date | None:
    """The last day to account, once it is known when the activity ends; without a term in the regulation thirteen weeks after it."""
    if ends is None or (arrangement is not None and report_for(arrangement) is None):
        return None
    weeks = arrangement.report_weeks if arrangement is not None else None
    return ends + timedelta(weeks=weeks if weeks is not None else 13)


def calculated(granted: Money, costs: Money, others: Money, most: Money | None) -> Money:
    """The grant by its own calculation on actual cost (Awb 4:31, 4:46(1)): never more than granted, than the regulation gives on these
    costs (`most`), or than others left to pay.

    >>> calculated(Money.euros(750), Money.euros(800), Money.euros(0), Money.euros(600)).dutch(cents=False)
    '€\\xa0600'
    """
    left = max(costs.cents - others.cents, 0)
    return Money(min(granted.cents, left, most.cents if most is not None else granted.cents))


def costs_problems(rows: Sequence[int | None], total: int | None, others: int | None) -> list[str]:
    """What is wrong with costs as they were typed, in cents: every row filled, and together what was said they are."""
    if any(row is None for row in rows):
        return ["Vul bij elke post in wat die kostte. Kostte iets niets? Vul dan 0 in."]
    found = sum(row or 0 for row in rows)
    problems = []
    if total is None:
        problems.append("Vul in wat alles samen kostte.")
    elif total != found:
        said = Money(total).dutch()
        problems.append(f"De posten zijn samen {Money(found).dutch()}. U vulde {said} in. Kijk welke post niet klopt.")
    if others is not None and total is not None and others > total:
        problems.append("Anderen kunnen niet meer betalen dan alles samen kostte.")
    return problems


@dataclass(frozen=True)
class Ground:
    """A ground for a decision after the grant: what it is for, its article of the Awb, in words; `hears`: the recipient is heard first
    (4:7); `actual`: the amount follows from the costs; `follows`: from the determination of another funder; `breach`: it counts from the
    day an obligation was broken."""

    key: str
    act: Act
    article: str
    text: str
    hears: bool = True
    actual: bool = False
    lower: bool = True
    breach: bool = False
    follows: bool = False


_S, _W, _R = Act.SETTLE, Act.WITHDRAW, Act.REVISE
_GROUNDS = (
    Ground(
        "as-granted",
        _S,
        "4:46, eerste lid",
        "Alles is gedaan zoals bij de verlening was afgesproken.",
        hears=False,
        lower=False,
    ),
    Ground(
        "actual-costs",
        _S,
        "4:31 en 4:46, eerste en derde lid",
        "Het bedrag volgt uit de werkelijke kosten, zoals de verlening zegt.",
        hears=False,
        actual=True,
        lower=False,
    ),
    Ground(
        "follow-funder",
        _S,
        "4:31 en 4:46, eerste lid",
        "Wie het meeste betaalt, stelde al vast. Wij volgen dat, zoals de regeling zegt.",
        hears=False,
        lower=False,
        follows=True,
    ),
    Ground("lower-a", _S, "4:46, tweede lid, onder a", "De activiteiten zijn niet of niet helemaal gedaan."),
    Ground("lower-b", _S, "4:46, tweede lid, onder b", "Aan een verplichting is niet voldaan."),
    Ground("lower-c", _S, "4:46, tweede lid, onder c", "Gegevens waren onjuist of niet compleet, en dat maakte verschil."),
    Ground("lower-d", _S, "4:46, tweede lid, onder d", "De verlening was onjuist, en de ontvanger wist dat of kon dat weten."),
    Ground("withdraw-a", _W, "4:48, eerste lid, onder a", "De activiteiten zijn of worden niet of niet helemaal gedaan."),
    Ground("withdraw-b", _W, "4:48, eerste lid, onder b", "Aan een verplichting is niet voldaan."),
    Ground("withdraw-c", _W, "4:48, eerste lid, onder c", "Gegevens waren onjuist of niet compleet, en dat maakte verschil."),
    Ground("withdraw-d", _W, "4:48, eerste lid, onder d", "De verlening was onjuist, en de ontvanger wist dat of kon dat weten."),
    Ground("withdraw-e", _W, "4:48, eerste lid, onder e, en 4:34", "Op de begroting is voor dit geld geen ruimte gekomen."),
    Ground("end-a", _W, "4:50, eerste lid, onder a", "De verlening is onjuist. Dit geldt alleen voor de tijd die nog komt."),
    Ground("end-b", _W, "4:50, eerste lid, onder b", "Er is zoveel veranderd dat de subsidie niet kan doorgaan zoals nu."),
    Ground("revise-a", _R, "4:49, eerste lid, onder a", "Er is iets gebleken dat wij bij de vaststelling niet konden weten."),
    Ground(
        "revise-b", _R, "4:49, eerste lid, onder b", "De vaststelling was onjuist, en de ontvanger wist dat of kon dat weten."
    ),
    Ground("revise-c", _R, "4:49, eerste lid, onder c", "Na de vaststelling is een verplichting niet nagekomen.", breach=True),
    Ground("undue", Act.RECOVER, "4:57, eerste lid", "Er is meer betaald dan waar recht op is.", hears=False, lower=False),
)
GROUNDS: Mapping[str, Ground] = MappingProxyType({ground.key: ground for ground in _GROUNDS})


def article_of(ground: Ground, rules: SchemeRules, *, ex_officio: bool = False) -> str:
    """The article as the letter names it: of the Awb, or of the ordinance where title 4.2 does not hold (4:21)."""
    if not rules.title_4_2_holds:
        return rules.legal_basis
    return f"artikel {ground.article}{', en 4:47' if ex_officio else ''} Awb"


def may_receive(kind: str, same_name: bool, cashier_signed: bool) -> Verdict:
    """Whether money may go to this account: that of an organisation, that of an inhabitant who applied alone in their own name, or that of
    who keeps the money of a group (*penvoerder*) and signed for it."""
    if kind == "organisation" or cashier_signed or (kind == "person" and same_name):
        return Verdict.yes(Reason("account", "Dit rekeningnummer mag."))
    text = "Deze rekening is van een ander. Dat kan alleen als iemand het geld beheert (penvoerder) en de aanvraag mee tekende."
    return Verdict.no(Reason("no-cashier", text))


def drawn_from(population: Sequence[str], percent: int, seed: str) -> tuple[str, ...]:
    """Who is drawn: the share of the population, rounded up, in the order of a hash of seed and id. Anybody can do it again.

    >>> drawn_from(("a", "b", "c", "d"), 50, "2026-1") == drawn_from(("d", "c", "b", "a"), 50, "2026-1")
    True
    """
    many = -(-len(population) * percent // 100)
    order = sorted(population, key=lambda item: sha256(f"{seed}/{item}".encode()).hexdigest())
    return tuple(order[:many])
