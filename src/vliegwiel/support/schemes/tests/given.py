"""Schemes and calls of the made-up province, made by the real actions at moments that fit."""

from datetime import datetime, time, timedelta

from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.schemes.actions.check_draft import check_draft
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call, plan_call
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force
from vliegwiel.support.schemes.actions.start_scheme import start_scheme
from vliegwiel.support.schemes.actions.write_draft import write_draft
from vliegwiel.support.schemes.models import Call, Scheme, SchemeVersion
from vliegwiel.support.schemes.public import CallFacts, call_of

EXAMPLE = "gelderland/kleine-initiatieven"


def an_officer(email: str = "programma@voorbeeld.invalid", *, province: str = PROVINCE) -> Actor:
    """Who manages schemes."""
    return acting(a_role("programma", email=email, province=province))


def a_second_person(*, province: str = PROVINCE) -> Actor:
    """Who puts in force what another proposed."""
    return acting(a_role("tekenbevoegde", email="tweede@voorbeeld.invalid", province=province))


def a_draft_scheme(scheme: str = EXAMPLE, *, title: str = "", actor: Actor | None = None) -> Scheme:
    """A scheme being written, as a copy of an example."""
    name = title or f"Voorbeeld {Scheme.objects.count() + 1} {scheme.rsplit('/', 1)[-1].replace('-', ' ')}"
    return start_scheme(actor=actor or an_officer(), province=PROVINCE, title=name, example=scheme, made_up=True)


def a_version_in_force(scheme: str = EXAMPLE, *, title: str = "", **parts: object) -> SchemeVersion:
    """A scheme in force by two persons; `parts` replace parts of the document."""
    officer = an_officer()
    draft = a_draft_scheme(scheme, title=title, actor=officer)
    if parts:
        write_draft(actor=officer, scheme=draft.key, revision=1, document=parts)
    check_draft(actor=officer, scheme=draft.key)
    propose_version(actor=officer, scheme=draft.key)
    return put_in_force(actor=a_second_person(), scheme=draft.key)


def a_planned_call(
    version: SchemeVersion | None = None,
    *,
    method: str = "first-come",
    ceiling: str | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Call:
    """A call with everything it needs to be announced; from tomorrow, for thirty days."""
    found = version or a_version_in_force()
    first = opens_at or _at_nine(1)
    return plan_call(
        actor=an_officer(),
        scheme=found.scheme.key,
        name="Verzonnen ronde",
        opens_at=first,
        closes_at=closes_at or first + timedelta(days=30),
        method=method,
        ceiling=_a_ceiling(Money.euros(100_000)) if ceiling is None else ceiling,
        decision_number="2026-000001",
        decision_date=clock.today(),
        publication="Verzonnen provinciaal blad, nummer 1",
        published_on=clock.today(),
    )


def an_open_call(
    method: str = "first-come", scheme: str = EXAMPLE, ceiling: Money = Money.euros(100_000), **parts: object
) -> CallFacts:
    """A call that opened two days ago and closes in a month.

    `parts` replace parts of the regulation, and None leaves one out: without `consent` the municipality is not asked.
    """
    with clock.at(clock.now() - timedelta(days=3)):
        version = a_version_in_force(scheme, **{"consent": None, **parts})
        call = a_planned_call(version, method=method, ceiling=_a_ceiling(ceiling))
        announce_call(actor=an_officer(), call=call.public_id)
    move_by_clock(actor=Actor.system("job"))
    return call_of(call.public_id)


def _a_ceiling(amount: Money) -> str:
    """A ceiling for a year from today."""
    return a_ceiling(amount).id


def _at_nine(days: int) -> datetime:
    return datetime.combine(clock.today() + timedelta(days=days), time(9), tzinfo=clock.AMSTERDAM)
