"""Facilities as documents of the search: what stands open in the register, unless another room has the page that tells more."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument, index_documents, remove_document
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.facilities.models import Facility

FACILITY = "facility"
#: A longer list is put in by the clock, within a quarter of an hour.
_AT_ONCE = 100


def refresh(actor: Actor, found: Iterable[Facility]) -> None:
    """Put facilities in the index as they are now, or take them out, in the transaction of the act; of a long list nothing yet."""
    changed = list(found)
    if len(changed) > _AT_ONCE:
        return
    shown = [item for item in changed if item.closed_on is None and not item.more_at]
    index_documents(actor=actor, documents=map(document_of, shown))
    for item in changed:
        if item not in shown:
            remove_document(actor=actor, kind=FACILITY, id=item.public_id)


def document_of(item: Facility) -> SearchDocument:
    """What is found of a facility: what its page shows, also under the other words for its kind."""
    words, kind = facility_words(), item.kind_of
    details = [words.access_details[key] for key in item.access_details if key in words.access_details]
    about = [
        f"{kind.name.capitalize()} in {item.area_name}",
        ", ".join(part for part in (item.address, item.postcode) if part),
        item.rooms,
        item.opening,
        words.access.get(item.accessible, ""),
        ", ".join(details),
        item.cost_note,
        _("Ook wel: {names}").format(names=", ".join(kind.words)) if kind.words else "",
    ]
    return SearchDocument(
        kind=FACILITY,
        id=item.public_id,
        title=item.name,
        text=" ".join(f"{text.rstrip('.')}." for text in about if text),
        path=item.path,
        audiences=(EVERYONE,),
        province=item.province,
        place=item.municipality,
        place_name=item.municipality_name,
        themes=("voorzieningen",),
        made_up=item.made_up,
    )


def _all(province: str) -> Iterator[SearchDocument]:
    found = Facility.objects.filter(province=province, closed_on=None, more_at="").order_by("pk")
    yield from map(document_of, found.iterator(chunk_size=1000))


SEARCHABLES = [Searchable(FACILITY, gettext_lazy("Voorzieningen"), _all)]
