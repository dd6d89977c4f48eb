"""Messages and preferences of who signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.notices.actions.choose_channel import choose_channels
from vliegwiel.foundation.notices.kinds import CHANNELS, KINDS
from vliegwiel.foundation.notices.queries import channel_of, kinds_for, message_facts, messages_of, visible_to
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotValid

_ROOM = "foundation/notices/pages/mine"


@require_GET
def messages_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/berichten`: the newest hundred, the unread marked."""
    actor = actor_of(request)
    if not actor.id:
        return _to_sign_in(request)
    context = {"messages": [(message, CHANNELS[message.channel]) for message in messages_of(actor.id)]}
    return render(request, f"{_ROOM}/messages.html", context)


@require_GET
def message_page(request: HttpRequest, message: str) -> HttpResponse:
    """`/mijn/berichten/<id>`: one message; opening it marks it read. A message of someone else is not there."""
    actor = actor_of(request)
    if not actor.id:
        return _to_sign_in(request)
    found = visible_to(actor.id).filter(public_id=message).first()
    if found is None:
        raise NotFound(_("Dit bericht kennen we niet. Kijk in de lijst met uw berichten."))
    visible_to(actor.id).filter(public_id=message, read_at=None).update(read_at=clock.now())
    return render(request, f"{_ROOM}/message.html", {"message": message_facts(found), "channel": CHANNELS[found.channel]})


def preferences_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/voorkeuren`: for each kind of message how one gets it; a wrong choice changes nothing."""
    actor = actor_of(request)
    if not actor.id:
        return _to_sign_in(request)
    wrong = ""
    if request.method == "POST":
        chosen = {key: request.POST[key] for key in KINDS if key in request.POST}
        try:
            choose_channels(actor=actor, person=actor.id, channels=chosen)
        except NotValid as refusal:
            wrong = refusal.message
        else:
            return redirect(f"{reverse('preferences')}?bewaard=ja")
    person = Person.objects.get(public_id=actor.id)
    kinds = [(kind, channel_of(person, kind.key), [(key, CHANNELS[key]) for key in kind.choices]) for kind in kinds_for(person)]
    context = {"kinds": kinds, "wrong": wrong, "kept": request.GET.get("bewaard") == "ja"}
    return render(request, f"{_ROOM}/preferences.html", context, status=400 if wrong else 200)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
