"""What the search holds of a file: documents that a room put in under its id, with their words."""

from collections.abc import Sequence

from vliegwiel.foundation.search.actions.index_document import remove_document
from vliegwiel.foundation.search.models import Document
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.retention import Holding, References, Rows


def _rows(about: References) -> Sequence[Rows]:
    return [Document.objects.filter(kind__in={kind for kind, _name in about}, key__in={name for _kind, name in about})]


def _destroy(about: References, rows: Sequence[Rows]) -> int:
    """Taken out at once; words that nothing has any more go with the next sweep."""
    return sum(
        remove_document(actor=Actor.system("job"), kind=document.kind, id=document.key)
        for found in rows
        for document in list(found)
    )


HOLDINGS = [Holding("search", "wat de zoekmachine vindt", _rows, destroy=_destroy)]
