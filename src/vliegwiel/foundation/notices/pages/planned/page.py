"""The messages that will go by themselves: a look ahead, letting them stand still, and who could not be reached."""

from collections import Counter
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.notices.actions.pause_reminders import lift_pause, pause_reminders
from vliegwiel.foundation.notices.actions.reach_otherwise import reach_otherwise
from vliegwiel.foundation.notices.actions.tell import rendered
from vliegwiel.foundation.notices.kinds import CHANNELS
from vliegwiel.foundation.notices.models import Pause
from vliegwiel.foundation.notices.queries import unreached
from vliegwiel.foundation.notices.reminders import Planned, preview, reminders
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotValid

_ROOM = "foundation/notices/pages/planned"
#: So many rows on one page; the counts above them are of everything.
ROWS = 200


def planned_page(request: HttpRequest, *, wrong: NotValid | None = None, wrong_message: str = "") -> HttpResponse:
    """`/beheer/berichten`: what goes in the next two weeks, what stands still and why, and who could not be reached."""
    actor, province = actor_of(request), settings.VLIEGWIEL_PROVINCE
    demand(actor, "plan-messages", Subject(province=province))
    found = preview(province)
    context = {
        "planned": [(item, _what(item)) for item in found[:ROWS]],
        "more": len(found) - ROWS,
        "counts": Counter(_what(item) for item in found).most_common(),
        "reminders": reminders(),
        "pauses": Pause.objects.filter(province=province, lifted_at=None).exclude(ends__lt=clock.today()).order_by("starts"),
        "unreached": unreached(province)[:ROWS] if may(actor, "send-letters", Subject(province=province)) else [],
        "today": clock.today(),
        "wrong": wrong,
        "wrong_message": wrong_message,
        "given": request.POST if wrong else {},
    }
    return render(request, f"{_ROOM}/page.html", context, status=400 if wrong else 200)


@require_GET
def planned_message_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/berichten/tekst?herinnering=…&over=…&moment=…`: what the message will say, word for word."""
    province = settings.VLIEGWIEL_PROVINCE
    demand(actor_of(request), "plan-messages", Subject(province=province))
    asked = tuple(request.GET.get(name, "") for name in ("herinnering", "over", "moment"))
    for item in preview(province):
        if (item.reminder.key, item.due.about.id, item.due.moment) == asked:
            subject, body = rendered(item.reminder.template, item.due.facts, item.due.about)
            return render(request, f"{_ROOM}/text.html", {"item": item, "what": _what(item), "subject": subject, "body": body})
    raise NotFound(_("Dit bericht staat niet meer klaar. Misschien is het al weg."))


@require_POST
def pause_set(request: HttpRequest) -> HttpResponse:
    """`/beheer/berichten/stilzetten`."""
    try:
        pause_reminders(
            actor=actor_of(request),
            province=settings.VLIEGWIEL_PROVINCE,
            reminder=request.POST.get("herinnering", ""),
            about=request.POST.get("over", "")[:80],
            starts=_day(request.POST.get("van", "")) or clock.today(),
            ends=_day(request.POST.get("tot", "")),
            reason=request.POST.get("reden", ""),
        )
    except NotValid as refusal:
        return planned_page(request, wrong=refusal)
    return redirect("planned_messages")


@require_POST
def pause_lifted(request: HttpRequest, pause: str) -> HttpResponse:
    """`/beheer/berichten/stilzetten/<id>/opheffen`."""
    lift_pause(actor=actor_of(request), pause=pause)
    return redirect("planned_messages")


@require_POST
def reached(request: HttpRequest, message: str) -> HttpResponse:
    """`/beheer/berichten/<id>/bereikt`: an address for the post, or how the person was told."""
    told = request.POST.get("doorgegeven", "")
    lines = [] if told else request.POST.get("adres", "").splitlines()
    try:
        reach_otherwise(actor=actor_of(request), message=message, post=lines, told=told)
    except NotValid as refusal:
        return planned_page(request, wrong=refusal, wrong_message=message)
    return redirect("planned_messages")


def _what(item: Planned) -> str:
    """What happens with a message, in a few words."""
    if item.waits:
        return _("staat stil: %(reason)s") % {"reason": item.waits}
    if item.without_address:
        return _("op papier, maar het adres ontbreekt")
    return str(CHANNELS[item.channel])


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise NotValid(_("Deze datum bestaat niet."), code="bad-date") from fault
