"""Supporters, authorities and what is asked of them in a small province with real codes, all by the real actions."""

from datetime import timedelta
from typing import Any

from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives.tests.given import (
    MUNICIPALITY,
    PROVINCE,
    WEST,
    a_land,
    a_person,
    a_resident,
    an_adviser,
    an_initiative,
)
from vliegwiel.support.supporters.actions.answer_asked import answer_backing, answer_room, promise_backing
from vliegwiel.support.supporters.actions.ask_authority import (
    BackingWish,
    RoomWish,
    ask_backing,
    ask_room,
    withdraw_backing,
    withdraw_room,
)
from vliegwiel.support.supporters.actions.keep_supporter import Profile, confirm_supporter, keep_supporter
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest, Supporter

TEXT = "Wij willen verder en wachten op een antwoord."


def an_official(municipality: str = MUNICIPALITY) -> Actor:
    """Someone who answers for a municipality."""
    return a_person("gemeente", f"ambtenaar-{municipality.lower()}", municipality=municipality)


def a_province_officer() -> Actor:
    """Someone who answers for the province."""
    return a_person("programma")


def a_supporter(name: str = "ondersteuner", *, known: bool = True, **profile: Any) -> tuple[Actor, Supporter]:
    """Someone who chose to be found in the western neighbourhood; known to an adviser unless said otherwise."""
    a_land()
    actor = a_resident(name)
    told = {"first_name": "Anna", "about": "Ik breng buren bij elkaar.", "villages": [WEST], "shown": True, **profile}
    found = keep_supporter(actor=actor, province=PROVINCE, profile=Profile(**told))
    if known:
        found = confirm_supporter(actor=an_adviser(), supporter=found.public_id)
    return actor, found


def in_the_role() -> Actor:
    """Someone who has the role of supporter at an organisation, and no page."""
    held = Role.objects.filter(kind="dorpsondersteuner").first()
    at = an_organisation("Steunpunt dorpsondersteuner", province=PROVINCE) if held is None else None
    return acting(held or a_role("dorpsondersteuner", organisation=at, email="rol@voorbeeld.invalid", province=PROVINCE))


def backing(state: str = "asked", *, asker: Actor | None = None, authority: str = MUNICIPALITY, days: int = 7) -> BackingRequest:
    """A question for backing to the municipality, brought to a state."""
    a_land()
    official = an_official()
    found = ask_backing(
        actor=asker or a_resident(), province=PROVINCE, wish=BackingWish(authority, "Mogen wij door?", TEXT, "Een buur")
    )
    if state in ("promised", "answered"):
        found = promise_backing(actor=official, request=found.public_id, on=clock.today() + timedelta(days=days))
    if state == "answered":
        found = answer_backing(actor=official, request=found.public_id, text="Ja, ga door.")
    if state == "withdrawn":
        found = withdraw_backing(actor=asker or a_resident(), request=found.public_id)
    return found


def room(state: str = "asked", *, asker: Actor | None = None, authority: str = MUNICIPALITY) -> RoomRequest:
    """A question for room to the municipality, brought to a state."""
    a_land()
    official = an_official()
    wish = RoomWish(
        authority, "Koken zonder papieren", "Voor elke maaltijd is een certificaat nodig.", "Mag het anders?", "Dorpsbelang"
    )
    found = ask_room(actor=asker or a_resident(), province=PROVINCE, wish=wish)
    if state in ("given", "partly", "refused"):
        found = answer_room(actor=official, request=found.public_id, outcome=state, reason="Een keer per week mag het.")
    if state == "withdrawn":
        found = withdraw_room(actor=asker or a_resident(), request=found.public_id)
    return found


def a_maker(number: int) -> Actor:
    """Someone with an initiative on the site, in the municipality."""
    actor = a_resident(f"maker{number}")
    an_initiative(actor, f"Tuin {number}")
    return actor
