"""A server in the process of the test, so that what came before the walk is made by the actions of the rooms below."""

from typing import Any

from django.test import Client

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.kernel.actor import Actor


def act_as(page: Any, site: str, actor: Actor | None) -> None:
    """This person signed in, in this browser; None is nobody."""
    page.context.clear_cookies()
    if actor is None:
        return
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP], session[CHOSEN] = "set-up", actor.organisation
    session.save()
    cookie = next(iter(client.cookies.values()))
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
