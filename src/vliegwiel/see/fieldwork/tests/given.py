"""A made-up province, a questionnaire in it, and fieldwork that got as far as a test needs: all by the real actions."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.answer_questions import begin, come_in, save_answers, send_answers
from vliegwiel.see.fieldwork.actions.close_fielding import close_fielding
from vliegwiel.see.fieldwork.actions.edit_questionnaire import start_questionnaire
from vliegwiel.see.fieldwork.actions.invite_people import load_addresses
from vliegwiel.see.fieldwork.actions.keep_panel import AGE_GROUPS, Joining, join_panel, start_panel
from vliegwiel.see.fieldwork.actions.plan_fielding import Plan, open_fielding, plan_fielding
from vliegwiel.see.fieldwork.document import Document, Item, Page
from vliegwiel.see.fieldwork.models import Fielding, Panel, Questionnaire
from vliegwiel.see.surveys.tests.given import PLACES

VISITOR = Actor("visitor")
YES_NO = (("1", "Ja"), ("2", "Nee"))
HOME = Item("thuis", "choice", "Voelt u zich thuis waar u woont?", options=YES_NO, required=True, background=True)
WHY = Item("waarom", "text", "Waarom niet?", show_if={"fact": "thuis", "is": "2"})
SCORES = tuple(
    Item(f"cijfer{n}", "scale", f"Welk cijfer geeft u nummer {n}?", low=0, high=10, cut=6 if n == 1 else None)
    for n in range(1, 5)
)
BORN = Item("geboren", "date", "Wanneer bent u geboren?")
WITH = Item("met_wie", "several", "Met wie hebt u contact?", options=(("buren", "Buren"), ("familie", "Familie")))
DOCUMENT = Document(
    "Hoe gaat het hier",
    "Wij willen weten hoe het gaat.",
    "Dank u wel.",
    (
        Page("wonen", "Wonen", items=(HOME, WHY)),
        Page("cijfers", "Cijfers", "Kies wat het beste past.", items=SCORES),
        Page("contact", "Contact", theme="contact", items=(WITH, BORN)),
    ),
)
GIVEN: dict[str, Any] = {"thuis": "1", "cijfer1": 7, "cijfer2": 6, "cijfer3": 8, "cijfer4": 7}


def a_researcher(email: str = "een@voorbeeld.invalid") -> Actor:
    """Who makes and runs it."""
    return acting(a_role("onderzoeker", email=email))


def a_field_worker() -> Actor:
    """Who invites people."""
    return acting(a_role("veldwerk"))


def a_questionnaire(actor: Actor, document: Document = DOCUMENT) -> Questionnaire:
    """Ready to be asked."""
    return start_questionnaire(actor=actor, province=PROVINCE, document=document, made_up=True)


def a_plan(**changes: Any) -> Plan:
    """For next month."""
    values: dict[str, Any] = {
        "title": "Meting thuis", "period": "2026", "area_year": 2024, "route": "open", "population": "15 jaar of ouder",
        "closes_on": clock.today() + timedelta(days=30), "phone": "000 000 00 00",
    }  # fmt: skip
    return Plan(**(values | changes))


def addresses(people: int = 30, *, strata: bool = True) -> bytes:
    """A file of people who do not exist, in groups of ten or more."""
    rows = [
        f"Naam{n} Zonderland;Luchtstraat {n};0000 AA Nergensdam;{PLACES[n % 2]};{'oost' if strata and n % 2 else 'west'};{2 + n % 2}"
        for n in range(people)
    ]
    return "\n".join(["naam;adres;postcode en plaats;gemeente;stratum;gewicht", *rows]).encode()


def by_letter(researcher: Actor, worker: Actor, *, people: int = 30, **changes: Any) -> Fielding:
    """Open, with invitations by letter."""
    asks = Questionnaire.objects.first() or a_questionnaire(researcher)
    plan = a_plan(route="letter", by_chance=True, **changes)
    made = plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=plan)
    load_addresses(actor=worker, fielding=made.public_id, data=addresses(people))
    return open_fielding(actor=researcher, fielding=made.public_id)


def by_open_link(researcher: Actor, document: Document = DOCUMENT, **changes: Any) -> Fielding:
    """Open for everybody."""
    asks = Questionnaire.objects.filter(title=document.title).first() or a_questionnaire(researcher, document)
    made = plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=a_plan(**changes))
    return open_fielding(actor=researcher, fielding=made.public_id)


def codes_in(fielding: Fielding) -> Iterator[tuple[str, str]]:
    """The first line of each invitation with the code on its letter, as who opens the envelope reads them."""
    found = Fielding.objects.get(pk=fielding.pk)
    for one in found.invitations.order_by("pk"):
        yield one.lines[0], codes.spelled(codes.code_of(found.salt, one.handle))


def answered(fielding: Fielding, code: str = "", *, seconds: int = 90, agreed: bool = False, **values: Any) -> None:
    """Someone answers everything and sends it."""
    start = clock.now()
    with clock.at(start):
        begun = come_in(actor=VISITOR, typed=code) if code else begin(actor=VISITOR, fielding=fielding.public_id, agreed=agreed)
    with clock.at(start + timedelta(seconds=seconds)):
        save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values=GIVEN | values)
        send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code)


def a_panel(worker: Actor, *, members: int = 40) -> Panel:
    """A panel with members of every age."""
    panel = start_panel(
        actor=worker, province=PROVINCE, title="Panel Zonderland", about="Hoe het gaat.", most_per_year=2, made_up=True
    )
    for n in range(members):
        join_panel(actor=VISITOR, panel=panel.public_id, joining=joining(n))
    return Panel.objects.get(pk=panel.pk)


def joining(n: int, **changes: Any) -> Joining:
    """Someone who joins."""
    values: dict[str, Any] = {
        "name": f"Lid{n} Niemand", "street": f"Wolkweg {n}", "place": "0000 AA Nergensdam", "municipality": PLACES[n % 2],
        "age_group": AGE_GROUPS[n // 2 % 2], "agrees": True,
    }  # fmt: skip
    return Joining(**(values | changes))


def closed(researcher: Actor, fielding: Fielding) -> Fielding:
    """Over."""
    return close_fielding(actor=researcher, fielding=fielding.public_id)


def someone(chance: random.Random) -> dict[str, Any]:
    """Answers of somebody."""
    return {"thuis": chance.choice("12"), **{f"cijfer{n}": chance.randint(3, 9) for n in range(1, 5)}}


__all__ = ["PROVINCE", "date"]
