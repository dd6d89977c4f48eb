"""Archivists of the made-up province, and files that ended, made by the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.archive.actions.carry_out import carry_out
from vliegwiel.support.archive.actions.decide_list import approve_list, hash_of
from vliegwiel.support.archive.actions.propose_list import propose_list
from vliegwiel.support.archive.models import DestructionList
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_call, a_received_application, the_province
from vliegwiel.support.schemes.public import CallFacts

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
JOB = Actor.system("job")


def an_archivist(number: int = 1, province: str = PROVINCE) -> Actor:
    """Who proposes and approves lists."""
    if province != PROVINCE:
        return _elsewhere(number, province)
    email = f"archivaris{number}@voorbeeld.invalid"
    held = Role.objects.filter(kind="archivaris", person__email=email).first()
    return acting(held or a_role("archivaris", organisation=the_province(), email=email))


def _elsewhere(number: int, province: str) -> Actor:
    email = f"archivaris{number}.{province.lower()}@voorbeeld.invalid"
    held = Role.objects.filter(kind="archivaris", person__email=email).first()
    return acting(held or a_role("archivaris", email=email, province=province))


@contextmanager
def years_later(years: int, *, days: int = 1) -> Iterator[None]:
    """The same moment so many years and days after the beginning."""
    with clock.at(BEGIN.replace(year=BEGIN.year + years, day=BEGIN.day + days)):
        yield


def a_withdrawn_file(email: str = "bewoner@voorbeeld.invalid", call: CallFacts | None = None) -> Application:
    """Received, and taken back by who sent it."""
    found = a_received_application(call or a_call(), person=a_resident(email))
    withdraw_application(actor=Actor("person", found.applicant), application=found.public_id)
    return Application.objects.get(pk=found.pk)


def a_list(
    key: str = "untreated-file", *, how: str = "destroy", by: Actor | None = None, province: str = PROVINCE
) -> DestructionList:
    """A list that waits for a second person."""
    return propose_list(actor=by or an_archivist(1, province), province=province, key=key, how=how)


def approved(found: DestructionList, *, by: Actor | None = None, receipt: str = "") -> DestructionList:
    """Approved by a second person; the job has not run yet."""
    return approve_list(actor=by or an_archivist(2, found.province), on=found.public_id, seen=hash_of(found), receipt=receipt)


def carried_out(found: DestructionList) -> int:
    """Approved, and done by the job."""
    approved(found)
    return carry_out(actor=JOB, on=found.public_id)
