"""The municipality answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, conflict_declared, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.consents.models import AnswerKind, Consent, ConsentAnswer
from vliegwiel.support.consents.queries import question


@trail.recorded("answer-consent", kind="consent", about=lambda arguments: str(arguments["consent"])[:12])
@transaction.atomic
def answer_consent(*, actor: Actor, consent: str, kind: str, wish: str = "", why: str = "") -> ConsentAnswer:
    """Answer for the municipality. "Agrees if" names its condition, "does not agree" its reasons.

    An answer after the last day is kept and marked late. Raises NotFound, NotAllowed (also for who declared an interest in the file),
    NotValid for an answer that is not complete, NotNow when the file is decided.
    """
    found = question(consent)
    demand(actor, "give-consent", Subject(province=found.province, municipality=found.municipality))
    if conflict_declared(actor.id, Reference(found.about_kind, found.about_id, "", "")):
        raise NotAllowed(_("U zei dat u een belang hebt bij dit plan. Laat een collega antwoorden."), code="conflict")
    if kind not in AnswerKind.values:
        raise NotValid(_("Kies een antwoord."), code="no-answer")
    if kind == AnswerKind.AGREES_IF and not wish.strip():
        raise NotValid(_("Schrijf op wat er nodig is om in te stemmen."), code="no-wish")
    if kind == AnswerKind.NOT_AGREES and not why.strip():
        raise NotValid(_("Schrijf op waarom de gemeente niet instemt. De aanvrager leest dit."), code="no-reason")
    if not Consent.objects.filter(pk=found.pk, closed_at=None).update(municipality=found.municipality):
        raise NotNow(_("Over dit plan is al beslist. Antwoorden kan niet meer."), code="closed")
    answer = ConsentAnswer.objects.create(
        consent=found,
        kind=kind,
        wish=wish.strip() if kind == AnswerKind.AGREES_IF else "",
        why=why.strip(),
        person=actor.id,
        organisation=actor.organisation,
        late=clock.today() > found.due,
    )
    subject = Reference("consent", found.public_id, "", "")
    trail.record(
        actor=actor,
        action="answer-consent",
        subject=subject,
        facts={"answer": kind, "late": answer.late},
        province=found.province,
    )
    return answer
