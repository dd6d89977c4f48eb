"""A search as a page shows it: what the address asks, what was found, and the addresses of other pages of it."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.foundation.search.queries import search, searchables
from vliegwiel.foundation.search.records import Results

PAGE = 20
_LAST_PAGE = 50
_LONGEST = 60
#: So few are read without choosing.
_FEW = 3
#: Names of the facets in an address.
_ASKED = {"kind": "soort", "theme": "thema", "place": "plaats", "phase": "fase"}


def narrowed(request: HttpRequest) -> dict[str, str]:
    """The facets that the address chooses, by their key."""
    asked = {facet: request.GET.get(name, "").strip()[:_LONGEST] for facet, name in _ASKED.items()}
    return {facet: value for facet, value in asked.items() if value}


def found_for(request: HttpRequest, province: str) -> dict[str, Any]:
    """Context for `foundation/search/parts/found.html`: the results of `?q=&soort=&thema=&plaats=&fase=&pagina=`."""
    query, chosen = request.GET.get("q", "").strip(), narrowed(request)
    number = request.GET.get("pagina", "")
    page = min(max(int(number) if number.isdecimal() and len(number) < 4 else 1, 1), _LAST_PAGE)
    found = search(query, actor=actor_of(request), province=province, chosen=chosen, first=(page - 1) * PAGE, size=PAGE)
    last = min(max(-(-found.total // PAGE), 1), _LAST_PAGE)
    names = {item.kind: str(item.name) for item in searchables()}
    address: dict[str, str | int] = {"q": query, **{_ASKED[facet]: value for facet, value in chosen.items()}}
    return {
        "found_query": query,
        "results": found,
        "rows": [(hit, names.get(hit.kind, hit.kind)) for hit in found.hits],
        "facets": _facets(found) if found.total > _FEW or chosen else [],
        "narrowed": bool(chosen),
        "wider": f"?{urlencode({'q': query})}",
        "page": page,
        "pages": last,
        "earlier": f"?{urlencode({**address, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**address, 'pagina': page + 1})}" if page < last else "",
    }


def _facets(found: Results) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Each facet that leaves something to choose: its name in the address, its label, its values."""
    labels = {
        "kind": _("Wat zoekt u?"),
        "theme": _("Waar gaat het over?"),
        "place": _("Plaats"),
        "phase": _("Hoe staat het ervoor?"),
    }
    return [
        (_ASKED[facet], label, found.facets[facet])
        for facet, label in labels.items()
        if len(found.facets.get(facet, ())) > 1 or any(value.chosen for value in found.facets.get(facet, ()))
    ]
