"""Set right what a question is about, and take out of its text what is too personal."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.support.desk.models import Enquiry, EnquiryMessage, Voice
from vliegwiel.support.desk.recognition import sensitive_in
from vliegwiel.support.desk.standing import begin, demand_unchanged, find, finish, named


@trail.recorded("correct-enquiry", kind="enquiry", about=named())
@transaction.atomic
def correct_enquiry(*, actor: Actor, enquiry: str, theme: str, kind: str, place: str, seen: int | None = None) -> Enquiry:
    """Another theme, kind of help or place (keys, area code; a place may be empty). Nobody else gets it by this. `seen` is the revision
    that was read. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "correct-enquiry", found)
    demand_unchanged(found, seen)
    here = place_of(place, found.province)
    if kind not in desk().kinds or (theme and theme not in desk().themes) or (place and here is None):
        raise NotValid(_("Kies een van de mogelijkheden die er staan."), code="unknown")
    return finish(
        actor,
        "correct-enquiry",
        found,
        theme=theme,
        kind=kind,
        place=here.code if here else "",
        place_name=here.name if here else "",
        municipality=here.municipality if here else "",
        municipality_name=here.municipality_name if here else "",
    )


@trail.recorded("clean-enquiry", kind="enquiry", about=named())
@transaction.atomic
def clean_enquiry(*, actor: Actor, enquiry: str, text: str, messages: bool = True, seen: int | None = None) -> Enquiry:
    """Put this text in the place of what was written; the old text is gone. With `messages` also what who asked wrote later goes, when it
    says too much. The question can be seen in lists again. `seen` is the revision that was read. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = find(enquiry)
    begin(actor, "clean-enquiry", found)
    demand_unchanged(found, seen)
    if not text.strip():
        raise NotValid(_("Laat in het kort staan waar de vraag over gaat."), code="text")
    if messages:
        for message in EnquiryMessage.objects.filter(enquiry=found, voice=Voice.RESIDENT):
            if sensitive_in(message.text):
                EnquiryMessage.objects.filter(pk=message.pk).update(text=_("Wij haalden hier persoonlijke gegevens weg."))
    return finish(actor, "clean-enquiry", found, text=text.strip(), flagged=False)
