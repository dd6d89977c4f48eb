"""What this room hands to the search: how each figure is made, and the words we explain."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.frames import glossary
from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument
from vliegwiel.see.figures.queries import indicators


def _methods(_province: str) -> Iterator[SearchDocument]:
    """Every indicator, with how it is made and what to be careful with."""
    for item in indicators().values():
        yield SearchDocument(
            kind="cijfer",
            id=item.key,
            title=item.name,
            text=" ".join(filter(None, (item.method, item.caveats, item.population))),
            path=f"/methoden/{item.key}",
            audiences=(EVERYONE,),
            themes=(item.theme,),
        )


def _words(_province: str) -> Iterator[SearchDocument]:
    """Every word that we explain."""
    for term in glossary().values():
        yield SearchDocument(
            kind="begrip",
            id=term.anchor,
            title=term.term,
            text=term.meaning,
            path=f"/begrippen#{term.anchor}",
            audiences=(EVERYONE,),
        )


SEARCHABLES = [
    Searchable("cijfer", _("Cijfers en hoe ze zijn gemaakt"), _methods),
    Searchable("begrip", _("Woorden uitgelegd"), _words),
]
