"""Residents, advisers, boards and what they make in a small province with real codes, all by the real actions."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import SYSTEM, a_role, acting, an_organisation
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.support.initiatives.actions.add_photo import add_photo
from vliegwiel.support.initiatives.actions.keep_meeting_place import enter_meeting_place, invite_keeper, join_keepers
from vliegwiel.support.initiatives.actions.publish_initiative import publish_initiative
from vliegwiel.support.initiatives.actions.send_message import confirm_message, write_message
from vliegwiel.support.initiatives.actions.take_part import invite_person, join_initiative
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.contact import Written
from vliegwiel.support.initiatives.models import Initiative, InitiativePerson, MeetingPlace, PlaceKeeper
from vliegwiel.support.initiatives.tokens import hashed, key_of

PROVINCE, MUNICIPALITY = "PV25", "GM1876"
#: Two neighbourhoods of ten by ten kilometres, side by side; in metres (RD).
WEST, EAST = "BU18760000", "BU18760002"
BORDER = 210_000
ANSWERS: dict[str, Any] = {
    "kort": "Wij koken elke woensdag samen voor iedereen uit het dorp.",
    "themas": ["samenleven"],
    "fase": "running",
    "vrijwilligers": 8,
    "zoekt": ["hands"],
}


def a_land() -> None:
    """The areas, once."""
    if areas.years():
        return
    import shapely

    folder = Path(settings.VLIEGWIEL_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [shapely.box(200_000, 440_000, BORDER, 450_000), shapely.box(BORDER, 440_000, 220_000, 450_000)]
    import_areas(actor=SYSTEM, path=a_border_file(folder, shapes=shapes), year=2024)


def a_resident(name: str = "bewoner") -> Actor:
    """Someone with an account and no organisation."""
    return Actor("person", open_account(actor=SYSTEM, email=f"{name}@voorbeeld.invalid").public_id)


def a_person(kind: str, name: str = "", municipality: str = "", organisation: str = "Steunpunt Denkbeeldig") -> Actor:
    """Someone with a role at an organisation in the province."""
    email = f"{name or kind}@voorbeeld.invalid"
    held = Role.objects.filter(person__email=email, kind=kind).first()
    at = an_organisation(f"{organisation} {name or kind}", province=PROVINCE) if held is None else None
    return acting(held or a_role(kind, organisation=at, email=email, province=PROVINCE, municipality=municipality))


def an_adviser(name: str = "adviseur") -> Actor:
    """An adviser of a support organisation, for the whole province."""
    return a_person("adviseur", name)


def a_draft(taker: Actor | None = None, title: str = "Samen eten", **answers: Any) -> Initiative:
    """A draft with everything that is asked, in the western neighbourhood."""
    a_land()
    actor = taker or a_resident()
    found = start_initiative(actor=actor, province=PROVINCE, title=title)
    write_initiative(actor=actor, initiative=found.public_id, answers={**ANSWERS, **answers})
    return place_initiative(actor=actor, initiative=found.public_id, precision="area", area=WEST)


def an_initiative(
    taker: Actor | None = None,
    title: str = "Samen eten",
    *,
    point: tuple[float, float] | None = None,
    precision: str = "near",
    **answers: Any,
) -> Initiative:
    """An initiative on the site, at a point when one is given."""
    actor = taker or a_resident()
    found = a_draft(actor, title, **answers)
    if point is not None:
        place_initiative(actor=actor, initiative=found.public_id, precision=precision, point=point)
    return publish_initiative(actor=actor, initiative=found.public_id)


def joined(found: Initiative, taker: Actor, actor: Actor, role: str) -> None:
    """Someone who was invited for a role and took it."""
    invited = invite_person(actor=taker, initiative=found.public_id, email="een@voorbeeld.invalid", role=role)
    InitiativePerson.objects.filter(pk=invited.pk).update(token=hashed("sleutel"))  # the token itself is in the message only
    join_initiative(actor=actor, initiative=found.public_id, token="sleutel")


def with_photo_and_message(
    taker: Actor, *, text: str = "Kan ik woensdag een keer komen kijken?", called: str = "Buur"
) -> Initiative:
    """On the site, with a photo and a message of a visitor that was sent on."""
    found = an_initiative(taker)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    upload = SimpleUploadedFile("foto.jpg", picture.getvalue(), "image/jpeg")
    add_photo(actor=taker, initiative=found.public_id, upload=upload, described="Een tafel met eten.")
    visitor = Actor("visitor")
    sent = write_message(
        actor=visitor, initiative=found.public_id, written=Written(text, address="buur@voorbeeld.invalid", called=called)
    )
    confirm_message(actor=visitor, message=sent.public_id, key=key_of(sent.public_id))
    found.refresh_from_db()
    return found


def a_meeting_place(name: str = "De Fabelhof", board: Actor | None = None, **where: Any) -> MeetingPlace:
    """A meeting place that an adviser entered, kept by its board."""
    a_land()
    adviser = an_adviser()
    place: Mapping[str, Any] = where or {"area": WEST}
    found = enter_meeting_place(actor=adviser, province=PROVINCE, name=name, kind="village-hall", **place)
    if board is not None:
        invited = invite_keeper(actor=adviser, place=found.public_id, email="bestuur@voorbeeld.invalid")
        PlaceKeeper.objects.filter(pk=invited.pk).update(token=hashed("sleutel"))
        join_keepers(actor=board, place=found.public_id, token="sleutel")
    return found
