"""Initiatives and meeting places as documents of the search: what is shown is found, and nothing else."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument, index_document, remove_document
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace
from vliegwiel.support.initiatives.words import ACCESS, GROUPS, PHASES, WANTS

INITIATIVE, MEETING_PLACE = "initiative", "meeting-place"


def refresh(actor: Actor, found: Initiative) -> None:
    """Put the initiative in the index as it is now, or take it out, in the transaction of the act."""
    if found.is_shown:
        index_document(actor=actor, document=document_of(found))
    else:
        remove_document(actor=actor, kind=INITIATIVE, id=found.public_id)


def refresh_place(actor: Actor, found: MeetingPlace) -> None:
    """The same for a meeting place."""
    if found.is_shown:
        index_document(actor=actor, document=document_of_place(found))
    else:
        remove_document(actor=actor, kind=MEETING_PLACE, id=found.public_id)


def document_of(found: Initiative) -> SearchDocument:
    """What is found of an initiative: only what its page shows."""
    wants = sorted({str(WANTS[want.what]) for want in found.wants.all()})
    groups = [str(GROUPS[key]) for key in found.target_groups if key in GROUPS and key != "everyone"]
    group = found.group_name if found.shows_group else ""
    told = (
        found.summary,
        found.story,
        found.brought,
        found.who_joins,
        found.seeks_about,
        found.offers_about,
        group,
        found.place_name,
        *wants,
        *groups,
    )
    return SearchDocument(
        kind=INITIATIVE,
        id=found.public_id,
        title=found.title,
        text=" ".join(text for text in told if text),
        path=found.path,
        audiences=(EVERYONE,),
        province=found.province,
        place=found.municipality,
        place_name=found.municipality_name,
        themes=tuple(sorted(item.theme for item in found.themes.all())),
        phase=str(PHASES[found.phase]),
        made_up=found.made_up,
    )


def document_of_place(found: MeetingPlace) -> SearchDocument:
    """What is found of a meeting place."""
    access = ", ".join(str(ACCESS[key]) for key in found.access if key in ACCESS)
    kind = found.get_kind_display()
    told = (str(kind), found.about, found.activities, found.rooms, access, found.run_by, found.place_name)
    return SearchDocument(
        kind=MEETING_PLACE,
        id=found.public_id,
        title=found.name,
        text=" ".join(text for text in told if text),
        path=found.path,
        audiences=(EVERYONE,),
        province=found.province,
        place=found.municipality,
        place_name=found.municipality_name,
        themes=("samenleven",),
        made_up=found.made_up,
    )


def _initiatives(province: str) -> Iterator[SearchDocument]:
    shown = Initiative.objects.filter(province=province, state=State.PUBLIC.value, hidden=False).order_by("pk")
    yield from map(document_of, shown.prefetch_related("themes", "wants").iterator(chunk_size=1000))


def _places(province: str) -> Iterator[SearchDocument]:
    open_ones = MeetingPlace.objects.filter(province=province, closed_at=None, hidden=False, facility__closed_on=None)
    shown = open_ones.select_related("facility").order_by("pk")
    yield from map(document_of_place, shown.iterator(chunk_size=1000))


SEARCHABLES = [
    Searchable(INITIATIVE, _("Initiatieven van inwoners"), _initiatives),
    Searchable(MEETING_PLACE, _("Ontmoetingsplekken"), _places),
]
