"""Reads for the pages: agreements someone may see, plans shared with a fund, and a statement as a file."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.funders.models import AgreementTerms, Disclosure, FundAnswer, FunderAgreement, Intake, Statement
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.stand import Stand, terms_on
from vliegwiel.support.funders.standing import AGREE, RECONCILE, SEE, SIGN

_PROVINCE, _FUND = Fields(province="province"), Fields(organisation="funder")


@dataclass(frozen=True)
class Listed:
    """An agreement in the list: its terms today, and what waits for someone."""

    agreement: FunderAgreement
    terms: AgreementTerms | None
    proposed: bool
    intake: bool
    questions: int
    statements: int


def agreements_seen_by(actor: Actor) -> list[Listed]:
    """The agreements this actor may see on their side, by scheme; in a fixed number of questions."""
    everything = FunderAgreement.objects.all()
    allowed = Q(pk__in=may_filter(actor, SEE, everything, _FUND).values("pk"))
    for verb in (AGREE, SIGN, RECONCILE[PROVINCE]):
        allowed |= Q(pk__in=may_filter(actor, verb, everything, _PROVINCE).values("pk"))
    found = list(everything.filter(allowed).prefetch_related("terms"))
    keys = [item.pk for item in found]
    intakes = set(Intake.objects.filter(agreement__in=keys, booked_at=None, returned_at=None).values_list("agreement", flat=True))
    questions = list(FundAnswer.objects.filter(agreement__in=keys, agrees=None).values_list("agreement", flat=True))
    open_ones = Statement.objects.filter(Q(province_at=None) | Q(fund_at=None), agreement__in=keys, replaced_at=None)
    statements = list(open_ones.values_list("agreement", flat=True))
    today = clock.today()
    return [
        Listed(
            item,
            terms_on(list(item.terms.all()), today),
            any(terms.signed_at is None and terms.returned_at is None for terms in item.terms.all()),
            item.pk in intakes,
            questions.count(item.pk),
            statements.count(item.pk),
        )
        for item in found
    ]


@dataclass(frozen=True)
class SharedRow:
    """A plan that is shared with a fund, and what the fund answered, if it was asked."""

    shared: Disclosure
    answer: FundAnswer | None


def shared_with(agreement: FunderAgreement) -> list[SharedRow]:
    """The plans that applicants share with this fund now, newest first; at most five hundred."""
    answers = {item.application: item for item in FundAnswer.objects.filter(agreement=agreement)}
    rows = Disclosure.objects.filter(agreement=agreement, ended_at=None).order_by("-pk")[:500]
    return [SharedRow(row, answers.get(row.application)) for row in rows]


def stand_as_csv(agreement: FunderAgreement, stand: Stand) -> str:
    """Euro against euro per initiative, as a file."""
    head = ["nummer", "nummer van het fonds", "waarvoor", "jaar", "provincie", "andere kant", "samen", "let op"]
    rows = [
        [
            row.number,
            row.fund_number,
            row.title,
            row.year,
            _euros(row.province),
            _euros(row.fund),
            _euros(row.total),
            _mark(agreement),
        ]
        for row in stand.pairs
    ]
    return _written(head, rows)


def statement_as_csv(statement: Statement) -> str:
    """A statement as a file: its rows, the sums, and every difference with its explanation."""
    head = ["soort", "nummer", "nummer van het fonds", "waarvoor", "provincie", "fonds", "uitleg", "let op"]
    mark = _mark(statement.agreement)
    rows: list[list[object]] = [
        ["regel", row["number"], row["fund_number"], row["title"], _cents(row[PROVINCE]), _cents(row[FUND]), "", mark]
        for row in statement.rows
    ]
    rows.append(["samen", "", "", "", _euros(statement.total(PROVINCE)), _euros(statement.total(FUND)), "", mark])
    for item in statement.differences.all():
        sides = [_euros(item.money) if item.side == side else "" for side in (PROVINCE, FUND)]
        rows.append(["verschil", item.number, "", item.text, *sides, item.answer, mark])
    return _written(head, rows)


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = Rows(out)
    writer.write(head)
    writer.write_all(rows)
    return out.getvalue()


def _mark(agreement: FunderAgreement) -> str:
    return MADE_UP if agreement.made_up else ""


def _euros(amount: Money) -> str:
    return _cents(amount.cents)


def _cents(cents: int) -> str:
    """Cents as euros with a decimal point, also below zero."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
