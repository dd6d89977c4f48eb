"""Mijn Vliegwiel: what waits for me, where my work is, who I am here and what I may do."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.catalogue.roles import RoleKind, roles, verbs
from vliegwiel.foundation.people import queries
from vliegwiel.foundation.people.actions.remove_own_account import remove_own_account
from vliegwiel.foundation.people.public import actor_of, may_somewhere
from vliegwiel.foundation.people.rules import implied
from vliegwiel.foundation.people.sessions import CHOSEN, organisation_of, person_of
from vliegwiel.foundation.people.waiting import waiting_for
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound


def mine_page(request: HttpRequest) -> HttpResponse:
    """`/mijn`."""
    person = person_of(request)
    if person is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('mine')})}")
    actor, organisation = actor_of(request), organisation_of(request)
    held = [role for role in queries.roles_of(person) if organisation and role.organisation_id == organisation.pk]
    kinds = [roles()[role.kind] for role in held if role.kind in roles()]
    context = {
        "organisation": organisation,
        "organisations": queries.organisations_of(person),
        "held": [(roles()[role.kind], role) for role in held if role.kind in roles()],
        "may_do": _names(kinds),
        "everyone_may": _names(implied(actor)),
        "may_do_later": _names([*kinds, *implied(actor)], later=True),
        "waiting": waiting_for(actor),
        "groups": _pages_of(actor),
    }
    return render(request, "foundation/people/pages/mine/page.html", context)


def _pages_of(actor: Actor) -> list[tuple[Promise, list[tuple[str, Promise]]]]:
    """The pages this person may open, by their first part, under the headings of the composition."""
    allowed = {path: name for verb, path, name in settings.VLIEGWIEL_WORK_PAGES if may_somewhere(actor, verb)}
    groups = [
        (heading, [(path, name) for path, name in allowed.items() if path.startswith(start)])
        for start, heading in settings.VLIEGWIEL_WORK_GROUPS
    ]
    return [(heading, pages) for heading, pages in groups if pages]


def _names(kinds: Iterable[RoleKind], *, later: bool = False) -> list[str]:
    """What these roles may do, in words: what can be done here now, or what comes later."""
    wanted = {key for kind in kinds for key in kind.verbs}
    return [verb.name for key, verb in verbs().items() if key in wanted and verb.later is later]


@require_POST
def account_removed(request: HttpRequest) -> HttpResponse:
    """`/mijn/verwijderen`: the account is gone, and so is the session."""
    remove_own_account(actor=actor_of(request))
    request.session.flush()
    return redirect("/")


@require_POST
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """`/mijn/organisatie`: from now on act for this organisation."""
    person = person_of(request)
    if person is None:
        return redirect("account_login")
    wanted = request.POST.get("organisatie", "")
    if wanted not in {item.public_id for item in queries.organisations_of(person)}:
        raise NotFound(_("Bij deze organisatie hebt u geen rol."))
    request.session[CHOSEN] = wanted
    return redirect("mine")
