"""What other rooms may ask of the search.

`index_document` puts a record in (`index_documents` many at once) and `remove_document` takes it out, in the transaction of the act; all
may be repeated. `audiences` of a `SearchDocument` says who may find it: `EVERYONE`, `who_may(verb)`, `only(person)`, and nobody when it
is empty. `Searchable` is what a room contributes so that the index can be put right by the clock; a kind that is contributed lists all
its documents. `search` gives only what the actor may find, also in counts and suggestions; `Sought` asks once what is read in several
ways. `analyser` is the one analyser of this installation. A page shows what the address asks with `found_for` and
`{% include "foundation/search/parts/found.html" %}`.
"""

from vliegwiel.foundation.search.actions.index_document import index_document, index_documents, remove_document
from vliegwiel.foundation.search.actions.pack_index import sweep_index
from vliegwiel.foundation.search.actions.refresh_index import refresh_index
from vliegwiel.foundation.search.analyser import analyser
from vliegwiel.foundation.search.queries import Sought, search, searchables
from vliegwiel.foundation.search.records import EVERYONE, FACETS, Hit, Results, Searchable, SearchDocument, only, who_may
from vliegwiel.foundation.search.shown import found_for, narrowed

__all__ = [
    "EVERYONE",
    "FACETS",
    "Hit",
    "Results",
    "SearchDocument",
    "Searchable",
    "Sought",
    "analyser",
    "found_for",
    "index_document",
    "index_documents",
    "narrowed",
    "only",
    "refresh_index",
    "remove_document",
    "search",
    "searchables",
    "sweep_index",
    "who_may",
]
