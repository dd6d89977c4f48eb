"""What the rooms list is compared with what is in the index, and put right."""

from collections.abc import Iterable, Iterator
from itertools import islice

from vliegwiel.foundation.search.actions.index_document import index_documents, remove_document
from vliegwiel.foundation.search.actions.pack_index import pack_index, sweep_index
from vliegwiel.foundation.search.models import Document, Gone
from vliegwiel.foundation.search.queries import searchables
from vliegwiel.foundation.search.records import SearchDocument
from vliegwiel.kernel.actor import Actor

_AT_ONCE = 250
#: So many documents that are gone slow a search down enough to sweep them out.
_MANY_GONE = 1000


def refresh_index(*, actor: Actor, province: str) -> int:
    """Every contributed document of a province as it is now, what is no longer there taken out; returns how many changed.

    Only what changed is written, so that this can be repeated by the clock.
    """
    changed = 0
    for searchable in searchables():
        seen = set()
        for some in _in_parts(searchable.documents(province)):
            found = [document for document in some if document.audiences]
            changed += index_documents(actor=actor, documents=found)
            seen |= {document.id for document in found}
        left = Document.objects.filter(kind=searchable.kind, province__in=["", province]).values_list("key", flat=True)
        changed += sum(remove_document(actor=actor, kind=searchable.kind, id=key) for key in set(left) - seen)
    pack_index(actor=actor)
    if Gone.objects.count() >= _MANY_GONE:
        sweep_index(actor=actor)
    return changed


def _in_parts(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    waiting = iter(documents)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
