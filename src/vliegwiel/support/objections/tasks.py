"""What is done after an act, and what returns by the clock. Every task may run twice and does its work once."""

from datetime import timedelta

from django.db import transaction

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.models import DefaultNotice, Objection
from vliegwiel.support.objections.terms import grace_ends

_JOB = Actor.system("job")


@task()
def issue_receipt(objection: str) -> str:
    """The letter that confirms receipt of an objection (Awb 6:14), with its number and the day of the decision; returns its public id."""
    found = Objection.objects.get(public_id=objection)
    facts: dict[str, letters.Fact] = {
        "received": found.received_on,
        "decision": found.decision_name,
        "decide_by": found.due_on,
        "number": found.number,
    }
    return _once(found.application, found.province, "objection-receipt", found.number, facts)


@task()
def issue_notice_receipt(notice: str) -> str:
    """The letter that confirms receipt of a notice of default; returns its public id."""
    found = DefaultNotice.objects.get(public_id=notice)
    about = found.objection.number if found.objection else found.application_number
    facts: dict[str, letters.Fact] = {
        "number": found.number,
        "about": f"bezwaar {about}" if found.objection else f"aanvraag {about}",
        "received": found.received_on,
        "was": found.due_on,
        "grace": grace_ends(found.received_on),
    }
    return _once(found.application, found.province, "default-notice-receipt", found.number, facts)


@task()
def lapse_repairs() -> int:
    """Requests to repair whose time ran out: the term runs again."""
    from vliegwiel.support.objections.actions.repair_objection import lapse_all

    return lapse_all(actor=_JOB)


def _once(application: str, province: str, kind: str, number: str, facts: dict[str, letters.Fact]) -> str:
    """Issue a letter of this kind once per number, and bring it to the applicant."""
    about = grant_of(application).about
    there = next((item for item in letters_of(about) if item.kind == kind and number in item.html), None)
    if there is not None:
        return there.id
    ready = letters.prepared(application, province, kind, facts)
    with transaction.atomic():
        return letters.send(_JOB, application, ready)


SCHEDULE = (Periodic(lapse_repairs, timedelta(minutes=30)),)
