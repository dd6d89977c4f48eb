"""A province with pressure, advisers, a partner and tasks, by the real actions."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings

from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.monitor.tests.given import a_province
from vliegwiel.support.desk.actions.ask_question import Asked, ask_question
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.initiatives.actions.publish_initiative import publish_initiative
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.tests.given import ANSWERS, a_person, a_resident
from vliegwiel.support.outreach.actions.ask_outreach import OutreachWish, ask_outreach
from vliegwiel.support.outreach.actions.do_outreach import link_result, stop_outreach, take_outreach
from vliegwiel.support.outreach.actions.keep_partners import PartnerContact, register_partner
from vliegwiel.support.outreach.lifecycle import State
from vliegwiel.support.outreach.models import OutreachPartner, OutreachTask

PROVINCE, MUNICIPALITY = "PV25", "GM1876"
#: Two neighbourhoods where much presses.
OEVER, NOORD = "BU18760009", "BU18760008"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_land() -> None:
    """The province with its figures, its public outcome, and the borders of two neighbourhoods."""
    folder = Path(settings.VLIEGWIEL_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [shapely.box(200_000, 440_000, 210_000, 450_000), shapely.box(210_000, 440_000, 220_000, 450_000)]
    import_areas(actor=SYSTEM, path=a_border_file(folder, shapes=shapes, codes=[NOORD, OEVER]), year=2024)
    a_province(folder)


def an_adviser(number: int = 1) -> Actor:
    """An adviser of an organisation of the alliance; each number at another one."""
    return a_person("adviseur", f"adviseur{number}")


def an_officer(kind: str = "programma") -> Actor:
    """Someone of the province, or in another role."""
    return a_person(kind)


def a_partner(name: str = "Moskee Denkbeeld", **changes: Any) -> OutreachPartner:
    """A partner with a contact person who agreed."""
    usual: dict[str, Any] = {
        "about": "Elke vrijdag eten.",
        "groups": ["faith", "newcomers"],
        "contact": PartnerContact("V. Zonnen", "partner@voorbeeld.invalid", "0600000000", "zei het aan de telefoon"),
    }
    return register_partner(actor=an_adviser(), province=PROVINCE, name=name, **{**usual, **changes})


def a_task(state: State = State.ASKED, *, area: str = OEVER, **changes: Any) -> OutreachTask:
    """A task for the first adviser, in this state."""
    usual: dict[str, Any] = {"adviser": an_adviser().id, "due_on": clock.today() + timedelta(days=30), "groups": ["young"]}
    made = ask_outreach(actor=an_officer(), province=PROVINCE, wish=OutreachWish(area, **{**usual, **changes}))
    if state in (State.RUNNING, State.DONE):
        take_outreach(actor=an_adviser(), task=made.public_id)
    if state is State.DONE:
        link_result(actor=an_adviser(), task=made.public_id, result=an_initiative(area=area).public_id)
    if state is State.STOPPED:
        stop_outreach(actor=an_officer(), task=made.public_id, reason="De mensen daar willen nu niets.")
    made.refresh_from_db()
    return made


def an_initiative(area: str = OEVER) -> Initiative:
    """An initiative on the site in this neighbourhood."""
    taker = a_resident(f"bewoner{Initiative.objects.count()}")
    found = start_initiative(actor=taker, province=PROVINCE, title="Samen eten")
    write_initiative(actor=taker, initiative=found.public_id, answers=ANSWERS)
    place_initiative(actor=taker, initiative=found.public_id, precision="area", area=area)
    return publish_initiative(actor=taker, initiative=found.public_id)


def an_enquiry(place: str = OEVER) -> Enquiry:
    """A question at the desk about this place."""
    asked = Asked(
        "Wij willen een tuin beginnen.", kind="plek", theme="omgeving", place=place, name="V. Zonnen", email="b@voorbeeld.invalid"
    )
    return ask_question(actor=Actor("visitor"), province=PROVINCE, asked=asked)
