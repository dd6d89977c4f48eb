"""Decisions on plain values: are terms complete, may a settlement be followed, how much does each side keep when less is settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vliegwiel.engines.allocation import crowd_share
from vliegwiel.kernel.money import Money, Share
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.funders.models import AgreementTerms, Handler, Kind

#: The most years that one set of terms may run.
MOST_YEARS = 10
#: The routes along which awards of a fund can go: what asks a file of its own is decided by the province itself.
AID_ROUTES = ("no_aid", "de_minimis", "daeb_de_minimis")


@dataclass(frozen=True)
class Promise:
    """What each side puts in for a year."""

    province: Money
    fund: Money


@dataclass(frozen=True)
class TermsIn:
    """Terms as someone proposes them. `promised` is per year; `headings` are pairs of our kind of cost and the heading of the fund;
    `unlock` and `share` are whole percents, for a crowd only; see `models.AgreementTerms`."""

    kind: str
    handled_by: str
    starts: date
    ends: date
    promised: Mapping[int, Promise]
    per_award: Money
    per_initiative: Money
    naming: str
    ground: str
    aid: str
    ceiling: str = ""
    aid_route: str = "no_aid"
    public_money: bool = False
    unlock: int = 25
    share: int = 50
    headings: tuple[tuple[str, str], ...] = field(default=())
    follow: bool = False
    follow_most: Money | None = None


def problems_of(terms: TermsIn, *, cost_kinds: tuple[str, ...] = ()) -> list[str]:
    """What lacks in terms, one Dutch line each; `cost_kinds` are the kinds of cost that the scheme knows, empty for all."""
    found = [] if terms.kind in Kind.values else ["Kies hoe u samen betaalt."]
    found += [] if terms.handled_by in Handler.values else ["Kies wie de aanvragen behandelt."]
    if terms.kind == Kind.APART and terms.handled_by == Handler.FUND:
        found.append("Geeft ieder een eigen bedrag? Dan behandelt de provincie haar eigen deel.")
    if terms.kind == Kind.CROWD and terms.handled_by == Handler.PROVINCE:
        found.append("Leggen inwoners in? Dan loopt de aanvraag bij het platform dat hun geld ontvangt.")
    found += _period_problems(terms)
    caps = (terms.per_award.cents, terms.per_initiative.cents)
    if min(caps) <= 0 or caps[1] < caps[0]:
        found.append("Vul per besluit en per initiatief een hoogste bedrag in. Per initiatief is ten minste zo hoog.")
    if terms.kind == Kind.CROWD and not (0 < terms.unlock < 100 and 0 < terms.share <= 100 - terms.unlock):
        found.append("Het eerste deel van inwoners en het deel van de provincie zijn samen ten hoogste 100 procent.")
    if terms.handled_by == Handler.FUND and not terms.ceiling:
        found.append("Kies het plafond waaruit de provincie haar deel betaalt.")
    for text, lacks in (
        (terms.naming, "Schrijf op hoe beide gevers worden genoemd."),
        (terms.ground, "Noem het besluit waarop het deel van de provincie rust."),
        (terms.aid, "Schrijf op waarom dit geen staatssteun is, of welke weg u volgt."),
    ):
        found += [] if text.strip() else [lacks]
    if terms.aid_route not in AID_ROUTES:
        found.append("Kies langs welke weg dit geld mag: geen staatssteun, of de-minimissteun.")
    if terms.kind == Kind.CROWD and terms.public_money:
        found.append("Wat inwoners inleggen, is geen geld van de overheid.")
    strange = [kind for kind, _heading in terms.headings if cost_kinds and kind not in (*cost_kinds, "uren")]
    found += [f"De regeling kent geen kosten van de soort {kind}." for kind in strange]
    if terms.follow and (terms.follow_most is None or terms.follow_most.cents <= 0):
        found.append("Tot welk bedrag van de provincie volgt u de vaststelling van het fonds?")
    return found


def _period_problems(terms: TermsIn) -> list[str]:
    if terms.ends < terms.starts:
        return ["De laatste dag ligt voor de eerste."]
    years = range(terms.starts.year, terms.ends.year + 1)
    if len(years) > MOST_YEARS:
        return [f"Een afspraak loopt ten hoogste {MOST_YEARS} jaar."]
    found = [f"Vul voor {year} in wat ieder inlegt." for year in years if year not in terms.promised]
    found += [f"Het jaar {year} valt buiten de afspraak." for year in terms.promised if year not in years]
    for year, promise in terms.promised.items():
        if promise.province.cents <= 0 or promise.fund.cents < 0:
            found.append(f"Het bedrag van {year} klopt niet.")
        if terms.kind == Kind.DOUBLE and promise.province != promise.fund:
            found.append(f"In {year} legt ieder hetzelfde in: u verdubbelt elkaar.")
    return found


def crowd_amount(terms: AgreementTerms, costs: Money, raised: Money) -> Money:
    """What the province adds once people put in the first part of the costs (25-50-25)."""
    return crowd_share(
        goal=costs, raised=raised, unlock=Share.of(terms.unlock, 100), share=Share.of(terms.share, 100), cap=terms.award_cap
    )


def shared_again(total: Money, province: Money, fund: Money) -> tuple[Money, Money]:
    """What each side gives when less is settled: (province, fund), in the proportion in which they gave; never more than they gave.

    >>> shared_again(Money(51), Money(50), Money(50))
    (Money(cents=26), Money(cents=25))
    """
    whole = province + fund
    own = province.part(Share.of(total.cents, whole.cents)) if whole.cents else Money(0)
    own = Money(max(min(own.cents, province.cents, total.cents), total.cents - fund.cents))
    return own, total - own


def may_follow(terms: AgreementTerms, awarded: Money, fund: Money) -> Verdict:
    """Whether the settlement of the fund may be followed (the rule of Zeeland): agreed, the fund pays more, and within the amount."""
    if not terms.follow or terms.follow_money is None:
        return Verdict.no(Reason("not-agreed", "In de afspraak staat niet dat u de vaststelling van het fonds volgt."))
    if fund <= awarded:
        return Verdict.no(
            Reason("not-larger", f"Het fonds geeft {fund.dutch()}. U volgt alleen wie meer geeft dan de provincie.")
        )
    if awarded > terms.follow_money:
        return Verdict.no(Reason("too-much", f"Volgen kan tot en met {terms.follow_money.dutch()} van de provincie."))
    return Verdict.yes(Reason("larger", "Het fonds geeft meer. De afspraak zegt dat u zijn vaststelling mag volgen."))


def followed_amount(awarded: Money, granted: Money, settled: Money) -> Money:
    """What the province's grant becomes when the fund settled its own from `granted` to `settled`: the same part of it, never more.

    >>> followed_amount(Money(10_000), Money(20_000), Money(15_000))
    Money(cents=7500)
    """
    if settled >= granted:
        return awarded
    return awarded.part(Share.of(settled.cents, granted.cents))
