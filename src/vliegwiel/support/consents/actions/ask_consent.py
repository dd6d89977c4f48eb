"""Ask a municipality, record that it did not answer, and end the question."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.terms import Term
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.consents.models import Consent, Silence


@trail.recorded("ask-consent", kind="consent", about=lambda arguments: str(arguments["municipality"])[:6])
def ask_consent(
    *,
    actor: Actor,
    about: Reference,
    province: str,
    municipality: str,
    summary: str,
    term_weeks: int,
    silence: str,
    refuses: bool = False,
    term_source: str = "verordening",
    number: str = "",
) -> Consent:
    """Ask the municipality (code, as GM1876) whether it agrees; asking again about the same file gives the question that is there.

    `silence` is one of `Silence`; `number` is what people call the file by, as 2026-000123. The term of the question is its own: it
    never moves the legal date of the file. Raises NotAllowed, or NotValid for an unknown effect of silence, a term that is no term, or
    nothing to read.
    """
    demand(actor, "ask-consent", Subject(province=province, municipality=municipality))
    if silence not in Silence.values:
        raise NotValid(_("Deze regeling zegt niet wat het betekent als de gemeente niet antwoordt."), code="no-silence")
    if not summary.strip() or not about.title.strip():
        raise NotValid(_("Vertel de gemeente waar het over gaat."), code="no-summary")
    today = clock.today()
    due = Term(start=today, weeks=term_weeks, source=term_source).ends
    with transaction.atomic():
        asked, new = Consent.objects.get_or_create(
            about_kind=about.kind,
            about_id=about.id,
            municipality=municipality,
            defaults={
                "province": province,
                "number": number,
                "title": about.title.strip()[:120],
                "summary": summary.strip(),
                "asked_on": today,
                "due": due,
                "silence": silence,
                "refuses": refuses,
            },
        )
        if new:
            facts = {"municipality": municipality, "due": due.isoformat(), "silence": silence, "about": about.id}
            trail.record(
                actor=actor,
                action="ask-consent",
                subject=Reference("consent", asked.public_id, "", ""),
                facts=facts,
                province=province,
            )
    return asked


@transaction.atomic
def record_expired(*, actor: Actor) -> int:
    """Record of every question whose last day has passed without an answer that it expired; how many."""
    waiting = Consent.objects.filter(due__lt=clock.today(), expired_at=None, closed_at=None, answers=None)
    count = 0
    for consent in waiting:
        if not Consent.objects.filter(pk=consent.pk, expired_at=None).update(expired_at=clock.now()):
            continue
        subject = Reference("consent", consent.public_id, "", "")
        trail.record(
            actor=actor, action="expire-consent", subject=subject, facts={"silence": consent.silence}, province=consent.province
        )
        count += 1
    return count


@transaction.atomic
def close(*, actor: Actor, about: Reference) -> None:
    """The file is decided: nothing more is asked. Harmless when repeated. Only for the act that decides, in its transaction."""
    for consent in Consent.objects.filter(about_kind=about.kind, about_id=about.id, closed_at=None):
        if Consent.objects.filter(pk=consent.pk, closed_at=None).update(closed_at=clock.now()):
            trail.record(
                actor=actor,
                action="close-consent",
                subject=Reference("consent", consent.public_id, "", ""),
                province=consent.province,
            )
