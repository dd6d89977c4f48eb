"""Challenges as documents of the search: once the authority saw that the texts name nobody, and nothing else."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument, index_document, remove_document
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.challenges.lifecycle import NAMES, State
from vliegwiel.support.challenges.models import Challenge

KIND = "challenge"


def refresh(actor: Actor, found: Challenge) -> None:
    """Put the challenge in the index as it is now, or take it out, in the transaction of the act."""
    if found.shown_on is not None and found.stands is not State.DRAFT:
        index_document(actor=actor, document=document_of(found))
    else:
        remove_document(actor=actor, kind=KIND, id=found.public_id)


def document_of(found: Challenge) -> SearchDocument:
    """What is found of a challenge: only what its page shows to everybody."""
    names = challenges()
    judged = [row for row in found.grounds.all() if row.ground in names.grounds]
    grounds = [text for row in judged for text in (names.grounds[row.ground].name, row.reason)]
    name = found.name if found.shows_name else ""
    told = (found.task, found.better, found.behind, found.reasons, found.way_back, *grounds, found.organisation_name, name)
    return SearchDocument(
        kind=KIND,
        id=found.public_id,
        title=found.title,
        text=" ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in told if text),
        path=found.path,
        audiences=(EVERYONE,),
        province=found.province,
        place_name=found.organisation_name,
        phase=str(NAMES[found.stands]),
        made_up=found.made_up,
    )


def _challenges(province: str) -> Iterator[SearchDocument]:
    seen = Challenge.objects.filter(province=province, shown_on__isnull=False).exclude(state=State.DRAFT.value)
    yield from map(document_of, seen.prefetch_related("grounds").order_by("pk").iterator(chunk_size=500))


SEARCHABLES = [Searchable(KIND, _("Uitdagingen van inwoners"), _challenges)]
