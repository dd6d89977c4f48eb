"""Photos: checked, without the place and moment they were taken, and with words for who cannot see them."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import PaperFacts, Upload, receive
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.models import InitiativePhoto
from vliegwiel.support.initiatives.standing import begin, find, finish, named
from vliegwiel.support.initiatives.texts_of import concern_changes

AT_MOST = 6
PHOTO = "photo"


@trail.recorded("add-photo", kind="initiative", about=named("initiative"))
def add_photo(*, actor: Actor, initiative: str, upload: Upload, described: str) -> InitiativePhoto:
    """Keep a photo with what is on it in words; where, when and with what it was taken is left out before it is kept.

    Raises NotAllowed, NotNow, and NotValid without words, with too many photos, or for a file that is no photo or holds a virus.
    """
    found = find(initiative)
    begin(actor, "add-photo", found)
    words = " ".join(described.split())[:200]
    if len(words) < 5:
        raise NotValid(_("Vertel in een paar woorden wat er op de foto staat. Niet iedereen kan haar zien."), code="described")
    if found.photos.count() >= AT_MOST:
        raise NotNow(_("Er passen zes foto’s bij. Haal er eerst een weg."), code="full")
    made: list[InitiativePhoto] = []

    def along(paper: PaperFacts) -> None:
        made.append(InitiativePhoto.objects.create(initiative=found, paper=paper.id, described=words))
        finish(actor, "add-photo", found, facts={"paper": paper.id}, **concern_changes(found, {}))

    about = Reference("initiative", found.public_id, "", "")
    receive(actor=actor, province=found.province, about=about, kind=PHOTO, upload=upload, along=along)
    return made[0]


@trail.recorded("remove-photo", kind="initiative", about=named("initiative"))
@transaction.atomic
def remove_photo(*, actor: Actor, initiative: str, photo: str) -> None:
    """Take a photo away (public id). Raises NotAllowed, NotNow, NotFound."""
    found = find(initiative)
    begin(actor, "add-photo", found)
    gone = found.photos.filter(public_id=photo[:12]).first()
    if gone is None:
        raise NotFound(_("Deze foto hoort niet bij dit initiatief."))
    gone.delete()
    finish(actor, "add-photo", found, facts={"removed": gone.paper}, **concern_changes(found, {}))
