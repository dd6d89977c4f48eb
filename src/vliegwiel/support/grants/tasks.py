"""What is done after an act, and what returns by the clock. Every task may run twice and does its work once."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.notices.public import deliver_letter
from vliegwiel.foundation.papers.public import Recipient, Signature, draft_letter, issue_letter, letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.actions.discard_application import discard_abandoned
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import reference

_JOB = Actor.system("job")


@task()
def issue_receipt(application: str) -> str:
    """The letter that confirms receipt (Awb 4:3a), with the number and the date; returns its public id."""
    found = Application.objects.get(public_id=application)
    facts = {"received": found.received_on, "decide_by": found.due_on}
    return _letter(found, "receipt", facts)


@task()
def confirm_withdrawal(application: str) -> str:
    """The letter that confirms a withdrawal by the applicant; returns its public id."""
    found = Application.objects.get(public_id=application)
    return _letter(found, "withdrawn", {"withdrawn_on": clock.legal_date(found.changed_at)})


@task()
def discard_old_drafts() -> int:
    """Drafts that nobody touched for the retention term."""
    return discard_abandoned(actor=_JOB)


def _letter(found: Application, kind: str, facts: Mapping[str, date | None]) -> str:
    """Issue a letter of this kind once, and bring it to the applicant."""
    about = reference(found)
    there = next((letter for letter in letters_of(about) if letter.kind == kind), None)
    if there is None:
        draft = draft_letter(
            kind,
            facts={"scheme": found.scheme_title, "number": found.number or "", **facts},
            recipient=recipient_of(found),
            reference=found.number or "",
            subject=found.title,
            signature=Signature(lines=(str(_("De behandelaars van uw aanvraag")),)),
        )
        there = issue_letter(actor=_JOB, province=found.province, about=about, draft=draft)
    deliver_letter(actor=_JOB, letter=there.id, province=found.province, person=found.applicant)
    return there.id


def recipient_of(found: Application) -> Recipient:
    """The address of the applicant, as it stands behind the window of an envelope."""
    return Recipient((found.applicant_name, *(line for line in found.address.split("\n") if line)))


SCHEDULE = (Periodic(discard_old_drafts, timedelta(days=1)),)
