"""Write to who handles a file, and answer: both stand in the file, and move no term."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, known_person, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.letters import recipient_of
from vliegwiel.support.grants.models import Application, FileMessage
from vliegwiel.support.grants.models.assessment import Task
from vliegwiel.support.grants.standing import begin, find, named, reference

LONGEST = 4_000
#: So many messages may wait for an answer; then it is better to call.
_WAITING_AT_MOST = 10


@trail.recorded("send-message", kind="application", about=named("application"))
@transaction.atomic
def send_message(*, actor: Actor, application: str, text: str) -> FileMessage:
    """Write to who handles the file or, when nobody does yet, to everyone who may. Raises NotAllowed, NotNow, NotValid without text."""
    found = find(application)
    begin(actor, "send-message", found)
    if found.exchange.filter(from_applicant=True, answered_at=None).count() >= _WAITING_AT_MOST:
        raise NotNow(
            _("U stuurde al tien berichten. Wij antwoorden zo snel we kunnen. Heeft het haast? Bel ons."), code="waiting"
        )
    kept = _kept(actor, found, text, from_applicant=True, action="send-message")
    tell_handlers(found, part="berichten", moment=f"message-{kept.public_id}", text="message", name=kept.name)
    return kept


@trail.recorded("answer-message", kind="application", about=named("application"))
@transaction.atomic
def answer_message(*, actor: Actor, application: str, text: str) -> FileMessage:
    """Write to the applicant's side; what waited for an answer no longer does. Raises NotAllowed, NotNow, NotValid without text."""
    found = find(application)
    begin(actor, "answer-message", found)
    kept = _kept(actor, found, text, from_applicant=False, action="answer-message")
    found.exchange.filter(from_applicant=True, answered_at=None).update(answered_at=kept.at)
    along = [row.person for row in found.participants.all() if row.person]
    for person in (found.applicant, *along):
        if person:
            tell(
                about=reference(found),
                moment=f"answer-{kept.public_id}",
                template="support/grants/texts/answer",
                facts={"application": found, "text": kept.text},
                province=found.province,
                person=person,
                post=recipient_of(found).lines if person == found.applicant else (),
            )
    return kept


def _kept(actor: Actor, found: Application, text: str, *, from_applicant: bool, action: str) -> FileMessage:
    if not text.strip():
        raise NotValid(_("Schrijf uw bericht."), code="no-text")
    if len(text.strip()) > LONGEST:
        raise NotValid(_("Dit bericht is te lang. Maak het korter, of bel ons."), code="too-long")
    person = known_person(actor.id)
    kept = FileMessage.objects.create(
        application=found,
        from_applicant=from_applicant,
        person=actor.id,
        name=person.name[:80] if person and "@" not in person.name else "",
        text=text.strip(),
        at=clock.now(),
    )
    trail.record(actor=actor, action=action, subject=reference(found), facts={"message": kept.public_id}, province=found.province)
    return kept


def tell_handlers(found: Application, *, part: str, moment: str, text: str, **facts: object) -> None:
    """Tell who handles the file or, when nobody does yet, everyone who may; with a way to that part of the file."""
    about = Reference("application", found.public_id, found.title, f"/werk/aanvragen/{found.number}/{part}")
    handler = found.assignments.filter(task=Task.HANDLER, ended_at=None).values_list("person", flat=True)
    may = Subject(province=found.province, municipality=found.municipality)
    for person in list(handler) or who_may("assess-applications", may):
        tell(
            about=about,
            moment=moment,
            template=f"support/grants/texts/{text}",
            facts={"application": found, **facts},
            province=found.province,
            person=person,
            kind="work",
        )
