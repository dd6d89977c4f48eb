"""Long lists in pages, with links to the next and the previous one."""

from collections.abc import Callable, Sequence
from typing import Any

from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Question

LARGEST = 1000
PAGE = Parameter(
    "pagina", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}, "Welke pagina, te beginnen bij 1."
)
SIZE = Parameter(
    "paginaGrootte",
    {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": 100},
    f"Hoeveel er op een pagina staan: 1 tot en met {LARGEST}.",
)
_LINK = {"type": "string", "format": "uri"}


def paged_schema(item: dict[str, Any]) -> dict[str, Any]:
    """The schema of a page of items."""
    return {
        "type": "object",
        "required": ["totaal", "pagina", "paginaGrootte", "links", "resultaten"],
        "properties": {
            "totaal": {"type": "integer", "description": "Hoeveel er in totaal zijn."},
            "pagina": {"type": "integer"},
            "paginaGrootte": {"type": "integer"},
            "links": links_schema(),
            "resultaten": {"type": "array", "items": item},
        },
    }


def links_schema() -> dict[str, Any]:
    """The schema of the links between pages."""
    names = {
        "zelf": "Deze pagina.",
        "volgende": "De volgende pagina, als die er is.",
        "vorige": "De vorige pagina, als die er is.",
    }
    return {"type": "object", "properties": {name: {**_LINK, "description": text} for name, text in names.items()}}


def page_of(question: Question, total: int, items: Callable[[int, int], Sequence[Any]]) -> Answer:
    """One page: `items(start, end)` gives what stands on it. The links also go out as a Link header (RFC 8288)."""
    page, size = question["pagina"], question["paginaGrootte"]
    start = (page - 1) * size
    links = links_of(question, page, size, total)
    content = {
        "totaal": total,
        "pagina": page,
        "paginaGrootte": size,
        "links": links,
        "resultaten": list(items(start, start + size)) if start < total else [],
    }
    return Answer(content, link_header(links))


def links_of(question: Question, page: int, size: int, total: int) -> dict[str, str]:
    """Addresses of this page and the ones beside it."""
    links = {"zelf": question.same()}
    if page * size < total:
        links["volgende"] = question.same(pagina=page + 1)
    if page > 1:
        links["vorige"] = question.same(pagina=min(page - 1, max(1, -(-total // size))))
    return links


def link_header(links: dict[str, str]) -> dict[str, str]:
    """The links as a header, by their English relation."""
    names = {"zelf": "self", "volgende": "next", "vorige": "prev"}
    return {"Link": ", ".join(f'<{address}>; rel="{names[name]}"' for name, address in links.items())}
