"""What stays of a file for everybody: what it was, its dates, the list, and the hash of what it held. Never a name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.retention import retentions
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.archive.contributes import in_words, title_of
from vliegwiel.support.archive.queries import tombstone_of


@require_GET
def stone_page(request: HttpRequest, name: str) -> HttpResponse:
    """`/vernietigd/<nummer>`."""
    found = tombstone_of([name[:80]])
    if found is None:
        raise NotFound(_("Van dit nummer is geen dossier vernietigd."))
    context: dict[str, Any] = {
        "file": found,
        "title": title_of(found),
        "told": in_words(found),
        "kind": retentions()[found.key],
        "made_up": found.on.made_up,
    }
    return render(request, "support/archive/pages/stone/page.html", context)
