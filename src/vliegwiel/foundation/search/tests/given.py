"""Documents in the index, put there as a room does it."""

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.search.public import EVERYONE, Results, SearchDocument, index_document, search
from vliegwiel.kernel.actor import Actor

VISITOR = Actor("visitor")


def a_document(title: str, text: str = "", **more: object) -> SearchDocument:
    """A document in the index; for everyone, in the province of the tests, unless `more` says otherwise."""
    told = {"kind": "initiatief", "id": title, "path": "/x", "audiences": (EVERYONE,), "province": PROVINCE, **more}
    document = SearchDocument(title=title, text=text, **told)
    index_document(actor=SYSTEM, document=document)
    return document


def found(query: str, *, actor: Actor = VISITOR, **chosen: str) -> Results:
    """What this actor finds."""
    return search(query, actor=actor, province=PROVINCE, chosen=chosen)


def titles(query: str, *, actor: Actor = VISITOR, **chosen: str) -> list[str]:
    """The titles of what this actor finds, best first."""
    return [hit.title for hit in found(query, actor=actor, **chosen).hits]
