"""How an agreement stands: what each side promised, put in and has left per year, and euro against euro per initiative.

What the province put in comes from the ledger; what the fund put in from its decisions and answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vliegwiel.engines.allocation import Given
from vliegwiel.foundation.budgets.public import FileFacts, ceiling_of, money_about_each
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import AgreementTerms, FundAnswer, FundDecision, FunderAgreement, Handler, Kind
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.standing import LIST
from vliegwiel.support.grants.public import State, grants_of

NONE = Money(0)
#: What ended without a grant takes nothing of either side.
_GIVES_NOTHING = (State.REFUSED, State.NOT_TREATED, State.WITHDRAWN)


@dataclass(frozen=True)
class Pair:
    """One initiative: what the province gives (by the ledger) beside what the other side gives, `path` its page, `limit` the cap per
    award over both sides (None where there is none)."""

    number: str
    fund_number: str
    title: str
    initiative: str
    year: int
    on: date
    province: Money
    fund: Money
    path: str
    settled: bool = False
    limit: Money | None = None

    @property
    def total(self) -> Money:
        """What both give."""
        return self.province + self.fund

    @property
    def even(self) -> bool:
        """Whether both give the same, within a cent."""
        return abs(self.province.cents - self.fund.cents) <= 1

    @property
    def odd_side(self) -> str:
        """The side that gives the odd cent: it takes turns. Empty where both give the same, or where they differ by more."""
        if not self.even or self.province == self.fund:
            return ""
        return PROVINCE if self.province > self.fund else FUND

    @property
    def capped(self) -> bool:
        """Whether it got the most there is per award."""
        return self.limit is not None and self.total >= self.limit


@dataclass(frozen=True)
class YearStand:
    """One year of one side: promised, put in and left; never less than nothing left. `dry` says that this side ran out."""

    year: int
    side: str
    promised: Money
    put_in: Money
    dry: bool

    @property
    def left(self) -> Money:
        """What can still be given."""
        return Money(max(self.promised.cents - self.put_in.cents, 0))


@dataclass(frozen=True)
class Stand:
    """The whole of an agreement."""

    pairs: list[Pair]
    years: list[YearStand]

    def of(self, year: int, side: str) -> YearStand:
        """One side in one year."""
        return next(item for item in self.years if (item.year, item.side) == (year, side))

    def total(self, side: str) -> Money:
        """What a side put in, over all years."""
        return Money(sum(item.put_in.cents for item in self.years if item.side == side))

    @property
    def already(self) -> list[Given]:
        """What was given, as the engine asks it."""
        return [Given(item.initiative, item.year, {PROVINCE: item.province, FUND: item.fund}) for item in self.pairs]


def newest_terms(agreement: FunderAgreement) -> AgreementTerms | None:
    """The newest terms that two persons signed."""
    return agreement.terms.exclude(signed_at=None).order_by("-number").first()


def terms_on(signed: Sequence[AgreementTerms], on: date) -> AgreementTerms | None:
    """The terms that hold on a day: of those signed the newest that began, when it did not end."""
    begun = [item for item in signed if item.signed_at is not None and item.starts <= on]
    latest = max(begun, key=lambda item: item.number, default=None)
    return latest if latest is not None and on <= latest.ends else None


def terms_now(agreement: FunderAgreement, on: date | None = None) -> AgreementTerms | None:
    """The terms that hold today, or on a day."""
    return terms_on(list(agreement.terms.exclude(signed_at=None)), on or clock.today())


def stand_of(agreement: FunderAgreement) -> Stand:
    """How an agreement stands now, in a fixed number of questions."""
    signed = list(agreement.terms.exclude(signed_at=None))
    pairs = [*_of_decisions(agreement), *_of_answers(agreement, signed)]
    newest = max(signed, key=lambda item: item.number, default=None)
    named = {int(year) for year in newest.promised} if newest else set()
    years = []
    for year in sorted(named | {item.year for item in pairs}):
        for side in (PROVINCE, FUND):
            put_in = Money(sum(getattr(item, side).cents for item in pairs if item.year == year))
            promised = newest.promise(year, side) if newest else NONE
            years.append(YearStand(year, side, promised, put_in, agreement.dry.get(str(year)) == side))
    return Stand(sorted(pairs, key=lambda item: (item.on, item.number)), years)


def room_under(terms: AgreementTerms) -> Money | None:
    """What is free under the ceiling that carries the province's side; None without one."""
    return ceiling_of(terms.ceiling).free if terms.ceiling else None


def net(facts: FileFacts | None) -> Money:
    """What the ledger holds as granted about a file: committed and paid, less what came back."""
    return facts.committed + facts.paid - facts.returned if facts else NONE


def _of_decisions(agreement: FunderAgreement) -> list[Pair]:
    rows = list(FundDecision.objects.filter(agreement=agreement, outcome="granted").select_related("terms"))
    booked = money_about_each("fund-decision", [row.public_id for row in rows])
    return [
        Pair(
            number=row.number or "",
            fund_number=row.fund_number,
            title=row.title,
            initiative=row.initiative,
            year=row.year,
            on=row.decided_on,
            province=net(booked.get(row.public_id)),
            fund=row.fund_money,
            path=f"{LIST}/besluiten/{row.number}",
            settled=row.settled_on is not None,
            limit=row.terms.award_cap if row.terms.kind == Kind.DOUBLE else None,
        )
        for row in rows
    ]


def given_up(answers: Sequence[FundAnswer]) -> dict[str, date]:
    """The plans that ended without a grant, each with the day of it: what the fund said yes to is free again from then on."""
    grants = grants_of([item.application for item in answers])
    ended = {key: grant for key, grant in grants.items() if grant.state in _GIVES_NOTHING}
    return {
        key: grant.decided_on or (clock.legal_date(grant.changed_at) if grant.changed_at else clock.today())
        for key, grant in ended.items()
    }


def _of_answers(agreement: FunderAgreement, signed: Sequence[AgreementTerms]) -> list[Pair]:
    rows = list(FundAnswer.objects.filter(agreement=agreement, agrees=True))
    booked = money_about_each("application", [row.application for row in rows])
    gone = given_up(rows)
    rows = [row for row in rows if row.application not in gone]
    found = []
    for row in rows:
        day = row.answered_on or row.asked_on
        terms = terms_on(signed, day)
        limit = terms.award_cap if terms and terms.kind == Kind.DOUBLE and terms.handled_by == Handler.PROVINCE else None
        found.append(
            Pair(
                number=row.number,
                fund_number="",
                title=row.title,
                initiative=row.application,
                year=day.year,
                on=day,
                province=net(booked.get(row.application)),
                fund=row.money,
                path=f"{LIST}/{agreement.public_id}/aanvragen/{row.number}",
                limit=limit,
            )
        )
    return found
