"""Make a statement over a period, name and explain differences, and accept it for one side; both together close it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import put_in_between
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import Difference, FundAnswer, FundDecision, FunderAgreement, Statement
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.stand import given_up
from vliegwiel.support.funders.standing import (
    LIST,
    RECONCILE,
    agreement_named,
    demand_act,
    may_act,
    side_of,
    statement_named,
    who,
)


@trail.recorded("make-statement", kind="funder-statement")
@transaction.atomic
def make_statement(*, actor: Actor, agreement: str, starts: date, ends: date) -> Statement:
    """Lay down what both sides put in by what was booked in a period that is over: the province's side by the ledger. An earlier
    one over exactly this period that is not closed makes way for it; its differences are answered by it.

    Raises NotFound, NotAllowed, NotValid for a period that is no period or not over, NotNow where a closed one covers part of it.
    """
    found = agreement_named(agreement)
    demand_act(actor, RECONCILE[PROVINCE], found)
    if ends < starts:
        raise NotValid(_("De laatste dag ligt voor de eerste."), code="period")
    if ends >= clock.today():
        raise NotValid(_("Deze periode is nog niet voorbij. Reken af tot en met gisteren."), code="not-over")
    for other in found.statements.filter(replaced_at=None, starts__lte=ends, ends__gte=starts):
        if other.closed or (other.starts, other.ends) != (starts, ends):
            text = _("Over een deel van deze periode is er al een afrekening: {starts} tot en met {ends}.")
            raise NotNow(text.format(starts=f"{other.starts:%d-%m-%Y}", ends=f"{other.ends:%d-%m-%Y}"), code="overlap")
        Statement.objects.filter(pk=other.pk, replaced_at=None).update(replaced_at=clock.now())
    rows = rows_between(found, starts, ends)
    made = Statement.objects.create(
        agreement=found,
        starts=starts,
        ends=ends,
        rows=rows,
        content_hash=content_hash([found.public_id, starts.isoformat(), ends.isoformat(), rows]),
        made_by=who(actor),
    )
    _record(actor, "make-statement", made)
    return made


@trail.recorded("name-difference", kind="funder-statement", about=lambda arguments: str(arguments["statement"])[:12])
@transaction.atomic
def name_difference(*, actor: Actor, statement: str, amount: Money, text: str, number: str = "") -> Difference:
    """One side says that it has another amount for a row (our number or the fund's), or for the whole. Raises NotFound, NotAllowed,
    NotValid, NotNow once it is closed or this side accepted it."""
    found = statement_named(statement)
    side = side_of(actor, found.agreement)
    demand_act(actor, RECONCILE[side], found.agreement, side)
    _demand_open(found, side)
    if not text.strip() or amount.cents < 0:
        raise NotValid(_("Vul in welk bedrag u zelf hebt, en wat er anders is."), code="not-complete")
    made = Difference.objects.create(
        statement=found, number=number.strip()[:40], side=side, cents=amount.cents, text=text.strip(), by=who(actor)
    )
    Statement.objects.filter(pk=found.pk).update(province_by="", province_at=None, fund_by="", fund_at=None)
    _record(actor, "name-difference", found)
    return made


@trail.recorded("explain-difference", kind="funder-statement")
@transaction.atomic
def explain_difference(*, actor: Actor, difference: int, text: str) -> Difference:
    """The other side explains a difference, or the side that named it takes it back. Raises NotFound, NotAllowed, NotValid, NotNow."""
    found = Difference.objects.select_related("statement__agreement").filter(pk=difference).first()
    if found is None:
        raise NotFound(_("Dit verschil kennen we niet."))
    side = side_of(actor, found.statement.agreement)
    demand_act(actor, RECONCILE[side], found.statement.agreement, side)
    _demand_open(found.statement, "")
    if not text.strip():
        raise NotValid(_("Schrijf op hoe het verschil zit."), code="no-text")
    waits = Difference.objects.filter(pk=found.pk, answered_at=None)
    if not waits.update(answer=text.strip(), answered_by=who(actor), answered_at=clock.now()):
        raise NotNow(_("Dit verschil is al uitgelegd."), code="answered")
    found.refresh_from_db()
    _record(actor, "explain-difference", found.statement)
    return found


@trail.recorded("accept-statement", kind="funder-statement", about=lambda arguments: str(arguments["statement"])[:12])
@transaction.atomic
def accept_statement(*, actor: Actor, statement: str, seen: str) -> Statement:
    """Accept a statement for one's own side, exactly as it was read; when both sides did, it is closed and never changes.

    Raises NotFound, NotAllowed, NotValid when it reads differently, NotNow while a difference is open, or when it was accepted
    or replaced.
    """
    found = statement_named(statement)
    side = side_of(actor, found.agreement)
    demand_act(actor, RECONCILE[side], found.agreement, side)
    _demand_open(found, side)
    if seen != found.content_hash:
        raise NotValid(_("Deze afrekening is anders dan wat u las. Lees haar opnieuw."), code="other-content")
    if found.differences.filter(answered_at=None).exists():
        raise NotNow(_("Er is nog een verschil zonder uitleg. Leg dat eerst uit."), code="open-difference")
    field = "province" if side == PROVINCE else "fund"
    waits = Statement.objects.filter(pk=found.pk, replaced_at=None, **{f"{field}_at": None})
    if not waits.update(**{f"{field}_by": who(actor), f"{field}_at": clock.now()}):
        raise NotNow(_("Deze afrekening is al goedgekeurd voor uw kant."), code="accepted")
    found.refresh_from_db()
    _record(actor, "accept-statement", found)
    return found


def may_reconcile(actor: Actor, agreement: FunderAgreement, side: str) -> bool:
    """Whether this actor accepts and names differences for this side."""
    return bool(may_act(actor, RECONCILE[side], agreement, side))


def rows_between(agreement: FunderAgreement, starts: date, ends: date) -> list[dict[str, Any]]:
    """What was booked from one day to another per initiative, by our number: the province's side by the ledger, the fund's by
    its decisions, settlements and answers; what it promised to a plan that got nothing comes free in the period of that decision. What
    did not move is left out."""
    first, after = _moment(starts), _moment(ends + timedelta(days=1))
    decisions = list(FundDecision.objects.filter(agreement=agreement, outcome="granted"))
    booked = put_in_between("fund-decision", [row.public_id for row in decisions], starts, ends)
    rows = []
    for row in decisions:
        fund = row.fund_cents if first <= row.at < after else 0
        if row.settled_at is not None and row.settled_fund is not None and first <= row.settled_at < after:
            fund -= row.fund_cents - row.settled_fund
        rows.append(_row(row.number or "", row.fund_number, row.title, booked.get(row.public_id, Money(0)).cents, fund))
    answers = list(FundAnswer.objects.filter(agreement=agreement, agrees=True))
    granted = put_in_between("application", [row.application for row in answers], starts, ends)
    ended = given_up(answers)
    for answer in answers:
        fund = answer.cents if answer.answered_on and starts <= answer.answered_on <= ends else 0
        fund -= answer.cents if (gone := ended.get(answer.application)) and starts <= gone <= ends else 0
        rows.append(_row(answer.number, "", answer.title, granted.get(answer.application, Money(0)).cents, fund))
    return sorted((row for row in rows if row[PROVINCE] or row[FUND]), key=lambda row: str(row["number"]))


def _row(number: str, fund_number: str, title: str, province: int, fund: int) -> dict[str, Any]:
    return {"number": number, "fund_number": fund_number, "title": title, PROVINCE: province, FUND: fund}


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock.AMSTERDAM)


def _demand_open(found: Statement, side: str) -> None:
    if found.replaced_at is not None:
        raise NotNow(_("Er is een nieuwe afrekening over deze periode. Bekijk die."), code="replaced")
    if found.closed:
        raise NotNow(_("Beide kanten hebben deze afrekening goedgekeurd. Zij verandert niet meer."), code="closed")
    if side and getattr(found, f"{side}_at") is not None:
        raise NotNow(_("Deze afrekening is al goedgekeurd voor uw kant."), code="accepted")


def _record(actor: Actor, action: str, found: Statement) -> None:
    subject = Reference("funder-statement", found.public_id, "", f"{LIST}/afrekeningen/{found.public_id}")
    facts = {"agreement": found.agreement.public_id, "hash": found.content_hash}
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=found.agreement.province)
