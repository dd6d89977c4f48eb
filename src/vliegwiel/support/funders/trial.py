"""The trial run over decisions of a fund: what each row would do, by the engine and the ledger; nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from vliegwiel.engines.allocation import Given, MatchRules, Request, Side, match
from vliegwiel.foundation.people.public import organisation_with
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import AgreementTerms, FundDecision, FunderAgreement, Handler, Kind, Outcome
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.rules import crowd_amount
from vliegwiel.support.funders.sheet import FundRow
from vliegwiel.support.funders.stand import NONE, Stand, room_under, stand_of, terms_on
from vliegwiel.support.state_aid.public import room_for

NEW, KNOWN, WRONG, STOPPED = "new", "known", "wrong", "stopped"


@dataclass(frozen=True)
class Judged:
    """What a row would do: new, known, wrong (the file must be mended) or stopped (the agreement does not reach), and why; with the share
    of each side, and what of it is de-minimis aid by `route` to an `undertaking`."""

    row: FundRow
    what: str
    why: str = ""
    province: Money = NONE
    fund: Money = NONE
    terms: AgreementTerms | None = None
    route: str = ""
    undertaking: str = ""

    @property
    def aid(self) -> Money:
        """What is state aid: what comes from the state (VWEU 107(1)); nothing when the route fills no ledger."""
        public = self.fund if self.terms is not None and self.terms.public_money else NONE
        return self.province + public if self.undertaking else NONE


@dataclass(frozen=True)
class Trial:
    """Every row of a file, and which side ran dry in which year while they were gone through."""

    rows: list[Judged]
    dry: dict[str, str] = field(default_factory=dict)

    def having(self, what: str) -> list[Judged]:
        """The rows that would do this."""
        return [item for item in self.rows if item.what == what]

    @property
    def province(self) -> Money:
        """What the new rows ask of the province."""
        return Money(sum(item.province.cents for item in self.having(NEW)))

    @property
    def fund(self) -> Money:
        """What the other side gives to the new rows."""
        return Money(sum(item.fund.cents for item in self.having(NEW)))

    @property
    def new_count(self) -> int:
        """How many rows would be booked."""
        return len(self.having(NEW))

    @property
    def good(self) -> bool:
        """Whether the file can be laid ready: no row is wrong, and at least one is new."""
        return not self.having(WRONG) and bool(self.having(NEW))


def tried(agreement: FunderAgreement, rows: Sequence[FundRow]) -> Trial:
    """Go through the rows in the order of their decisions, each after those before it."""
    run = _Run(agreement)
    judged = {row.place: run.judge(row) for row in sorted(rows, key=lambda row: (row.decided_on, row.place))}
    return Trial([judged[row.place] for row in rows], run.dry)


class _Run:
    """One pass over a file: what was given grows with each row."""

    def __init__(self, agreement: FunderAgreement) -> None:
        self.agreement = agreement
        self.signed = list(agreement.terms.exclude(signed_at=None))
        self.newest = max(self.signed, key=lambda item: item.number, default=None)
        self.stand: Stand = stand_of(agreement)
        self.given: list[Given] = self.stand.already
        self.dry: dict[str, str] = dict(agreement.dry)
        self.room: dict[str, Money | None] = {}
        self.aided: dict[str, int] = {}
        known = FundDecision.objects.filter(agreement=agreement).values_list("fund_number", "row_hash")
        self.known: dict[str, str] = dict(known)

    def judge(self, row: FundRow) -> Judged:
        """What this row would do now."""
        if row.problems:
            return Judged(row, WRONG, " ".join(row.problems))
        if row.number in self.known:
            same = self.known[row.number] == row.hash
            why = (
                ""
                if same
                else _("Dit nummer staat er al, met andere gegevens. Verandert het fonds een besluit? Leg dat daar vast.")
            )
            return Judged(row, KNOWN if same else WRONG, why)
        terms = terms_on(self.signed, row.day)
        if terms is None or self.newest is None:
            return Judged(row, WRONG, _("Op deze dag gold geen getekende afspraak."))
        if terms.handled_by != Handler.FUND:
            return Judged(row, WRONG, _("De provincie behandelt de aanvragen. Besluiten van het fonds komen hier niet binnen."))
        if row.outcome == Outcome.REFUSED:
            return Judged(row, NEW, terms=terms)
        if side := self.dry.get(str(row.day.year)):
            return Judged(row, STOPPED, self._ran_dry(side))
        found = self._crowd(row, terms) if terms.kind == Kind.CROWD else self._double(row, terms)
        found = self._aided(found, terms) if found.what == NEW else found
        if found.what == NEW:
            self._take(found)
        return found

    def _double(self, row: FundRow, terms: AgreementTerms) -> Judged:
        year, rules = row.day.year, MatchRules(terms.award_cap, terms.initiative_cap)
        sides = [Side(PROVINCE, {year: self._limit(terms, year)}), Side(FUND, {year: self._promise(year, FUND)})]
        request = Request(row.number, row.initiative, year, row.money)
        (found,), _receipt = match(rules, sides, [request], already=self.given)
        if found.reason.code == "dry":
            self.dry[str(year)] = self._short(found.reason.text)
            return Judged(row, STOPPED, self._ran_dry(self.dry[str(year)]))
        if found.total < row.money:
            text = _("Samen kan hier ten hoogste {most}: dat is de grens per besluit of per initiatief.")
            return Judged(row, STOPPED, text.format(most=found.total.dutch()))
        return Judged(row, NEW, "", found.shares[PROVINCE], found.shares[FUND], terms)

    def _crowd(self, row: FundRow, terms: AgreementTerms) -> Judged:
        if not 0 < row.raised <= row.costs:
            return Judged(row, WRONG, _("Vul kosten en opgehaald in. Opgehaald is ten hoogste de kosten."))
        right, year = crowd_amount(terms, Money(row.costs), Money(row.raised)), row.day.year
        if right.cents == 0:
            return Judged(row, STOPPED, _("Er is nog geen {share} procent opgehaald.").format(share=terms.unlock))
        if right != row.money:
            return Judged(row, WRONG, _("Bij deze kosten geeft de provincie {right}.").format(right=right.dutch()))
        had = sum(item.shares[PROVINCE].cents for item in self.given if (item.initiative, item.year) == (row.initiative, year))
        if had + right.cents > terms.per_initiative:
            text = _("Dit initiatief krijgt in een jaar ten hoogste {most} van de provincie.")
            return Judged(row, STOPPED, text.format(most=terms.initiative_cap.dutch()))
        if self._given(year, PROVINCE) + right > self._limit(terms, year):
            self.dry[str(year)] = PROVINCE
            return Judged(row, STOPPED, self._ran_dry(PROVINCE))
        return Judged(row, NEW, "", right, Money(row.raised), terms)

    def _aided(self, found: Judged, terms: AgreementTerms) -> Judged:
        """The same when it is no de-minimis aid, or when it fits in what the undertaking may still get (also after the rows before it)."""
        row, route = found.row, found.row.route or terms.aid_route
        if room_for(row.kvk, route, on=row.day) is None:
            return found
        if not row.kvk or not row.declared_on:
            return Judged(
                row, WRONG, _("Dit is de-minimissteun. Vul het KvK-nummer in, en de dag van de verklaring over eerdere steun.")
            )
        undertaking = organisation_with(row.kvk) or row.kvk
        left = Money((room_for(undertaking, route, on=row.day) or NONE).cents - self.aided.get(undertaking, 0))
        judged = replace(found, route=route, undertaking=undertaking)
        if judged.aid > left:
            text = _("Deze onderneming mag nog {left} steun krijgen. {amount} past daar niet in.")
            return Judged(row, STOPPED, text.format(left=max(left, NONE).dutch(), amount=judged.aid.dutch()))
        self.aided[undertaking] = self.aided.get(undertaking, 0) + judged.aid.cents
        return judged

    def _take(self, found: Judged) -> None:
        shares = {PROVINCE: found.province, FUND: found.fund}
        self.given.append(Given(found.row.initiative, found.row.day.year, shares))

    def _given(self, year: int, side: str) -> Money:
        return Money(sum(item.shares[side].cents for item in self.given if item.year == year))

    def _promise(self, year: int, side: str) -> Money:
        return self.newest.promise(year, side) if self.newest else NONE

    def _limit(self, terms: AgreementTerms, year: int) -> Money:
        """What the province can give in a year: what it promised, or what stands and is free under its ceiling when that is less."""
        if terms.ceiling not in self.room:
            self.room[terms.ceiling] = room_under(terms)
        room = self.room[terms.ceiling]
        before = Money(sum(item.province.cents for item in self.stand.pairs if item.year == year))
        promised = self._promise(year, PROVINCE)
        return promised if room is None else min(promised, before + room)

    @staticmethod
    def _short(text: str) -> str:
        """Which side the engine found short: it names it in its reason."""
        return PROVINCE if f" {PROVINCE} " in text else FUND

    def _ran_dry(self, side: str) -> str:
        name = _("de provincie") if side == PROVINCE else self.agreement.funder_name
        return _("Het geld van {name} is op voor dit jaar. Dan geeft ook de ander niet.").format(name=name)
