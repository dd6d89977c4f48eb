"""What an adviser does with the list: look at texts that were flagged, clean them, merge what is one, and thank."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.initiatives.findable import refresh
from vliegwiel.support.initiatives.lifecycle import MOVES, State
from vliegwiel.support.initiatives.models import Initiative, InitiativeLink, InitiativePerson, PictureShare
from vliegwiel.support.initiatives.standing import begin, find, finish, has_role, may_move, named, reference
from vliegwiel.support.initiatives.texts_of import PUBLIC_TEXTS, concern_changes, hash_of, texts_of

_ABOUT = named("initiative")
_TEXTS = "support/initiatives/texts"


@trail.recorded("clear-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def clear_initiative(*, actor: Actor, initiative: str) -> Initiative:
    """Find a flagged text good as it is: it is shown until somebody changes it. Raises NotAllowed, NotNow."""
    found = find(initiative)
    begin(actor, "clear-initiative", found)
    if not found.hidden:
        raise NotNow(_("Dit initiatief is al te zien."), code="state")
    finish(actor, "clear-initiative", found, cleared=hash_of(texts_of(found)), hidden=False)
    return found


@trail.recorded("clean-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def clean_initiative(*, actor: Actor, initiative: str, texts: Mapping[str, str], seen: int | None = None) -> Initiative:
    """Take out of the texts what does not belong there; its people hear what was changed. `seen` is the version that was read. Raises
    NotAllowed, NotNow (code "stale" when someone else saved first), NotValid while something remains that hides it."""
    found = find(initiative)
    begin(actor, "clean-initiative", found)
    if seen is not None and found.version != seen:
        raise NotNow(_("Iemand anders wijzigde dit intussen. Kijk welke tekst u wilt houden."), code="stale")
    changes: dict[str, Any] = {
        name: text.strip()[: _longest(name)]
        for name, text in texts.items()
        if name in PUBLIC_TEXTS and (text.strip() or name != "title")
    }
    concerns = concern_changes(found, changes)
    if concerns["hidden"]:
        raise NotValid(_("Er staat nog iets in dat eerst weg moet. Kijk de tekst nog eens na."), code="not-clean")
    finish(actor, "clean-initiative", found, **changes, **concerns)
    _tell_makers(found, f"cleaned-{found.version}", "cleaned", {})
    return found


@trail.recorded("merge-initiatives", kind="initiative", about=_ABOUT)
@transaction.atomic
def merge_initiatives(*, actor: Actor, initiative: str, into: str, why: str) -> Initiative:
    """Two entries are one initiative: the first goes up in the other, and its address leads there for ever (301).

    People, photos, messages, thanks and yearly pictures go along. Sharing those pictures ends on both sides: who read the one never was
    given the other. Both pages say what was merged, when and why. For who guards the list, or who took both
    initiatives. Both rows are taken in one order, so that of two people who merge at once one succeeds and the other hears why not.
    Raises NotAllowed, NotNow, NotValid.
    """
    gone, kept = find(initiative), find(into)
    if gone.pk == kept.pk:
        raise NotValid(_("Dit is hetzelfde initiatief. Kies een ander."), code="same")
    if gone.province != kept.province:
        raise NotValid(_("Deze initiatieven liggen in twee provincies. Die voegen wij niet samen."), code="province")
    _demand_merge(actor, gone, kept)
    if not why.strip():
        raise NotValid(_("Schrijf kort waarom deze twee hetzelfde zijn."), code="why")
    for one in sorted((gone, kept), key=lambda item: item.pk):
        same = Initiative.objects.filter(pk=one.pk, version=one.version, state=State.PUBLIC.value)
        if not same.update(version=F("version") + 1, changed_at=clock.now()):
            raise NotNow(MOVES["merge-initiatives"].why, code="state")
    Initiative.objects.filter(pk=gone.pk).update(state=State.MERGED.value, merged_into=kept)
    Initiative.objects.filter(merged_into=gone).update(merged_into=kept)
    shared = PictureShare.objects.filter(initiative__in=[gone, kept]).delete()[0]
    _take_along(gone, kept)
    InitiativeLink.objects.create(kind="merged", source=gone, target=kept, why=why.strip()[:200], by=actor.id)
    gone.refresh_from_db()
    kept.refresh_from_db()
    changes = concern_changes(kept, {})
    Initiative.objects.filter(pk=kept.pk).update(**changes)
    kept.refresh_from_db()
    refresh(actor, gone)
    refresh(actor, kept)
    subject = Reference("initiative", gone.public_id, "", "")
    trail.record(actor=actor, action="merge-initiatives", subject=subject, facts={"into": kept.public_id}, province=gone.province)
    _tell_makers(kept, f"merged-{gone.public_id}", "merged", {"gone": gone.title, "shared": bool(shared)})
    return kept


def _longest(name: str) -> int:
    return getattr(Initiative._meta.get_field(name), "max_length", None) or 4000


def _demand_merge(actor: Actor, gone: Initiative, kept: Initiative) -> None:
    if has_role(actor, gone, ("taker",)) and has_role(actor, kept, ("taker",)):
        return
    for one in (gone, kept):
        verdict = may_move(actor, "merge-initiatives", one)
        if not verdict:
            raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if not (gone.stands is State.PUBLIC and kept.stands is State.PUBLIC):
        raise NotNow(MOVES["merge-initiatives"].why, code="state")


def _take_along(gone: Initiative, kept: Initiative) -> None:
    """People, photos and messages of what goes up; of thanks the year of the other one goes first."""
    for item in gone.people.all():
        try:
            with transaction.atomic():
                InitiativePerson.objects.filter(pk=item.pk).update(initiative=kept)
        except IntegrityError:
            item.delete()
    gone.messages.update(initiative=kept)
    gone.years.exclude(year__in=kept.years.values("year")).update(initiative=kept)
    gone.photos.update(initiative=kept)
    gone.thanks.exclude(year__in=kept.thanks.values("year")).update(initiative=kept)
    known = list(kept.gave.filter(kind="adopted").values_list("target_id", flat=True))
    InitiativeLink.objects.filter(kind="adopted", source=gone).exclude(target_id__in=[*known, kept.pk]).update(source=kept)


def _tell_makers(found: Initiative, moment: str, text: str, facts: Mapping[str, object]) -> None:
    for person in found.people.filter(role="taker").exclude(person="").values_list("person", flat=True):
        tell(
            about=reference(found),
            moment=moment,
            template=f"{_TEXTS}/{text}",
            facts={"initiative": found, **facts},
            province=found.province,
            person=person,
            kind="initiatives",
        )
