"""Write the note of a municipality beside an outcome, before everybody sees it."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.monitor import outcomes
from vliegwiel.see.monitor.models import IndexNote, IndexRelease

SHORTEST, LONGEST = 20, 600


@trail.recorded("write-note", kind="index-release", about=lambda arguments: str(arguments["release"])[:12])
def write_note(*, actor: Actor, release: str, municipality: str, text: str) -> IndexNote:
    """Keep the one note of a municipality (code) beside a release (public id); writing again before the day replaces it.

    The text is public from the day of the release, word for word. Raises NotAllowed, NotFound, NotValid for a text that is too short
    or too long, NotNow once the outcome is public.
    """
    found = IndexRelease.objects.filter(public_id=release).first()
    if found is None:
        raise NotFound(_("Deze uitkomst bestaat niet."))
    demand(actor, "write-note", Subject(province=found.province, municipality=municipality))
    place = areas.area(municipality, found.year)
    if place is None or place.province_code != found.province:
        raise NotFound(_("Deze gemeente hoort niet bij deze uitkomst."))
    text = " ".join(text.split())
    if not SHORTEST <= len(text) <= LONGEST:
        message = _("Schrijf {shortest} tot {longest} tekens. Iedereen kan de toelichting straks lezen.")
        raise NotValid(message.format(shortest=SHORTEST, longest=LONGEST), code="length")
    if found.public_from <= clock.today():
        raise NotNow(_("Deze uitkomst is al openbaar. De toelichting kan niet meer veranderen."), code="public")
    with transaction.atomic():
        note, _new = IndexNote.objects.update_or_create(
            release=found,
            municipality=municipality,
            defaults={"text": text, "written_by": actor.id, "written_at": clock.now()},
        )
        facts: dict[str, str | int | bool | None] = {"municipality": municipality, "length": len(text)}
        subject = Reference("index-release", release, "", "")
        trail.record(actor=actor, action="write-note", subject=subject, facts=facts, province=found.province)
    outcomes.stamp.forget()
    return note
