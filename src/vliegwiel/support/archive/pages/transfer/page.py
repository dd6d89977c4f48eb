"""The package that the archive takes over."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.support.archive.actions.export_file import export_file
from vliegwiel.support.archive.pages.keeping.page import province_for


@require_GET
def transfer_file(request: HttpRequest, number: str) -> HttpResponse:
    """`/beheer/bewaren/dossiers/<nummer>.zip`."""
    actor = actor_of(request)
    made = export_file(actor=actor, province=province_for(actor), number=number[:20])
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{number[:20]}.zip"'
    return answer
