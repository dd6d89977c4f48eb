"""What other rooms may ask of the expert pool.

A room that has a case asks with `make_request` (by an adviser) or `wish_expert` (by who is helped, which the asking room checks), and names
the case by a `Where`. `requests_about` tells how requests stand; `tell_help` keeps what the initiative itself says. When a case goes to
someone else `follow_case` takes its requests along; when it ends `end_requests` ends those that are still open. `skills` and `languages`
are what a form offers, `wish_in` reads it.
"""

from django.db.models import F

from vliegwiel.catalogue.experts import experts
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.experts.actions.finish_request import HowItWent, tell_help
from vliegwiel.support.experts.actions.make_request import Where, Wish, make_request, wish_expert, withdrawn
from vliegwiel.support.experts.forms import wish_in
from vliegwiel.support.experts.lifecycle import LIVING, RequestState
from vliegwiel.support.experts.models import ExpertRequest, Helped
from vliegwiel.support.experts.queries import RequestFacts, requests_about

__all__ = [
    "Helped",
    "HowItWent",
    "RequestFacts",
    "Where",
    "Wish",
    "end_requests",
    "follow_case",
    "help_questions",
    "languages",
    "make_request",
    "requests_about",
    "skills",
    "tell_help",
    "wish_expert",
    "wish_in",
]


def follow_case(about: Reference, *, organisation: str, organisation_name: str, adviser: str, adviser_name: str) -> int:
    """From now on these ask for what still runs of a case; part of the caller's transaction. Returns how many requests."""
    living = ExpertRequest.objects.filter(about_kind=about.kind, about_id=about.id, state__in=[state.value for state in LIVING])
    return living.update(
        organisation=organisation,
        organisation_name=organisation_name,
        adviser=adviser,
        adviser_name=adviser_name[:80],
        revision=F("revision") + 1,
        changed_at=clock.now(),
    )


def end_requests(*, actor: Actor, about: Reference, why: str) -> int:
    """Take back wishes and open requests of a case that ended; who helps goes on. Part of the caller's transaction."""
    still = [RequestState.WISHED.value, RequestState.OPEN.value]
    found = list(ExpertRequest.objects.filter(about_kind=about.kind, about_id=about.id, state__in=still).order_by("pk"))
    for request in found:
        withdrawn(actor, request, why)
    return len(found)


def skills() -> list[tuple[str, str]]:
    """Key and name of what an expert can do."""
    return [(key, skill.name) for key, skill in experts().skills.items()]


def languages() -> list[tuple[str, str]]:
    """Key and name of the languages an expert may speak."""
    return list(experts().languages.items())


def help_questions() -> dict[str, str]:
    """What the initiative is asked afterwards, under `helped` and `again`."""
    return dict(experts().questions["initiative"])
