"""What will be sent: the reminders of the next two weeks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.notices.reminders import preview
from vliegwiel.foundation.people.public import Subject, actor_of, demand


@require_GET
def planned_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/berichten`."""
    province = settings.VLIEGWIEL_PROVINCE
    demand(actor_of(request), "plan-messages", Subject(province=province))
    return render(request, "foundation/notices/pages/planned.html", {"planned": preview(province)})
