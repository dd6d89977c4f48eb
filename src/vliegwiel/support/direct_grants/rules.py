"""Decisions on plain values: may a grant do without a scheme, how long, and what a recurring recipient may count on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.direct_grants.models import Ground

#: The most years of an incidental grant, and of one in wait for a rule.
INCIDENTAL_YEARS, AWAITING_YEARS = 4, 1
#: From this many consecutive years on, lowering or ending needs a reasonable term (Awb 4:51(1)).
CONSECUTIVE = 3
#: Within this time after the budget is adopted the proviso is invoked, or it lapses (Awb 4:34(5)).
PROVISO_TERM = timedelta(weeks=4)


@dataclass(frozen=True)
class Given:
    """A period for which the same recipient got, or is to get, an amount."""

    starts: date
    ends: date
    amount: Money

    @property
    def days(self) -> int:
        """How long, both ends included."""
        return (self.ends - self.starts).days + 1


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the last of February where that day is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def chain_before(new: Given, earlier: Iterable[Given]) -> date:
    """The first day of the unbroken row of periods that ends in the new one."""
    first = new.starts
    for period in sorted(earlier, key=lambda item: item.ends, reverse=True):
        if period.starts < first and period.ends >= first - timedelta(days=1):
            first = period.starts
    return first


def within_ground(ground: str, new: Given, earlier: Sequence[Given], *, proof: str, most: Money | None) -> Verdict:
    """Whether this ground of Awb 4:23(3) carries a grant; `earlier` are the periods of the same recipient on the same ground."""
    if not proof.strip():
        text = {
            Ground.BUDGET: "Noem de post in de begroting die deze ontvanger noemt.",
            Ground.INCIDENTAL: "Schrijf op waarom dit een bijzonder geval is.",
            Ground.AWAITING: "Noem de regeling waarop u wacht.",
            Ground.EUROPEAN: "Noem het programma van de Europese Unie.",
        }[Ground(ground)]
        return Verdict.no(Reason("no-proof", text, "4:23, derde lid, Awb"))
    if ground == Ground.BUDGET and most is None:
        return Verdict.no(
            Reason("no-most", "Noem het hoogste bedrag dat in de begroting staat.", "4:23, derde lid, onder c, Awb")
        )
    if ground == Ground.BUDGET and most is not None and new.amount > most:
        text = f"In de begroting staat ten hoogste {most.dutch()}. Meer kan niet."
        return Verdict.no(Reason("above-most", text, "4:23, derde lid, onder c, Awb"))
    for key, years, article, words in (
        (Ground.INCIDENTAL, INCIDENTAL_YEARS, "4:23, derde lid, onder d, Awb", "ten hoogste vier jaar"),
        (Ground.AWAITING, AWAITING_YEARS, "4:23, derde lid, onder a, Awb", "ten hoogste een jaar"),
    ):
        last = years_after(chain_before(new, earlier), years) - timedelta(days=1)
        if ground == key and new.ends > last:
            text = f"Op deze grond kan {words}. Voor deze ontvanger is dat tot en met {last:%d-%m-%Y}. Maak een regeling."
            return Verdict.no(Reason("too-long", text, article))
    return Verdict.yes(Reason("ground", "Deze grond draagt de subsidie.", "4:23, derde lid, Awb"))


def consecutive(given: Sequence[Given], before: date) -> int:
    """For how many years on end a recipient got a grant, up to this day."""
    ended = [item for item in given if item.ends < before]
    if not ended:
        return 0
    latest = max(ended, key=lambda item: item.ends)
    if (before - latest.ends).days > 1:
        return 0
    first = chain_before(latest, ended)
    return round(((latest.ends - first).days + 1) / 365.25)


def least_of(new_starts: date, new_ends: date, given: Sequence[Given], until: date | None) -> Money:
    """What the recipient may count on at least for a new period (Awb 4:51): nothing in particular before three years on end; then as much
    as before, unless it was told in time. `until` is the last day of the reasonable term of a notice; what is left of it after the new
    period began is given at the old rate (4:51(2)), rounded up to whole cents."""
    if consecutive(given, new_starts) < CONSECUTIVE:
        return Money(0)
    latest = max((item for item in given if item.ends < new_starts), key=lambda item: item.ends)
    asked = Given(new_starts, new_ends, latest.amount)
    left = asked.days if until is None else min(max((until - new_starts).days + 1, 0), asked.days)
    if left == asked.days and asked.days >= latest.days:
        return latest.amount
    return Money(-(-latest.amount.cents * left // latest.days))


def counts_for(given: Sequence[Given], until: date | None) -> date | None:
    """The last day of a notice term where the notice is about what came last; a notice from before the last period was used for that."""
    latest = max((item.starts for item in given), default=None)
    return until if until is not None and latest is not None and until >= latest else None


def continues(new: Given, given: Sequence[Given], until: date | None, *, asked: Money | None = None) -> Verdict:
    """Whether this amount may follow on what came before; nobody counts on more than is `asked`. A reason with the fact `lowers` says that
    the recipient gets less than before, so that 4:51 is applied."""
    years, told = consecutive(given, new.starts), counts_for(given, until)

    def within(amount: Money) -> Money:
        return amount if asked is None else min(amount, asked)

    if new.amount >= within(least_of(new.starts, new.ends, given, None)):
        return Verdict.yes(Reason("as-before", "De ontvanger krijgt waar hij op mag rekenen.", "4:51 Awb"))
    least = within(least_of(new.starts, new.ends, given, told))
    facts = {"years": years, "least": least.cents, "lowers": True}
    if told is None:
        text = f"Deze ontvanger kreeg {years} jaar op rij subsidie. Kondig eerst aan dat het minder wordt."
        return Verdict.no(Reason("no-notice", text, "4:51, eerste lid, Awb", facts))
    if new.amount < least:
        text = f"De redelijke termijn loopt tot en met {told:%d-%m-%Y}. Geef ten minste {least.dutch()} voor de rest ervan."
        return Verdict.no(Reason("rest-of-term", text, "4:51, tweede lid, Awb", facts))
    text = f"De ontvanger is op tijd verteld dat het minder wordt. De redelijke termijn liep tot en met {told:%d-%m-%Y}."
    return Verdict.yes(Reason("told", text, "4:51 Awb", facts))


def by_year(grants: Iterable[tuple[date, date | None, Money]]) -> list[Given]:
    """Grants as years on end: each is the day it was decided, the last day of its activity, and the amount. A grant decided in the second
    half of a year for what ends later counts from the next; over several years its amount is spread, the odd cents on the last."""
    years: dict[int, int] = {}
    for decided, ends, amount in grants:
        last = max(ends.year, decided.year) if ends else decided.year
        first = min(decided.year + (decided.month > 6), last)
        share, rest = divmod(amount.cents, last - first + 1)
        for year in range(first, last + 1):
            years[year] = years.get(year, 0) + share + (rest if year == last else 0)
    return [Given(date(year, 1, 1), date(year, 12, 31), Money(cents)) for year, cents in sorted(years.items())]
