"""Challenges, reached by the real actions."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.papers.tests.given import a_pdf
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.models import Organisation
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges.actions.answer_challenge import (
    agree_challenge,
    end_challenge,
    refuse_challenge,
    try_challenge,
)
from vliegwiel.support.challenges.actions.judge_challenge import (
    Judged,
    ask_challengers,
    grounds_for,
    judge_challenge,
    show_challenge,
)
from vliegwiel.support.challenges.actions.keep_rules import Rules, keep_rules
from vliegwiel.support.challenges.actions.talk_about_it import plan_talk, weigh_challenge
from vliegwiel.support.challenges.actions.write_challenge import Told, send_challenge, start_challenge, withdraw_challenge
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import find
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_resident

TOWN, OTHER_TOWN = "Gemeente Nergensdam", "Gemeente Elders"
REASONS, BACK = "De buurt kan het goed en het kost minder.", "De gemeente neemt het groen dan binnen een maand weer over."


def an_officer(name: str = TOWN, number: int = 1) -> Actor:
    """Who answers for an authority; the same one for the same number."""
    at = Organisation.objects.filter(name=name).first() or add_organisation(
        actor=SYSTEM, name=name, kind="gemeente", province=PROVINCE, municipality=MUNICIPALITY, made_up=True
    )
    email = f"{at.public_id.lower()}{number}@voorbeeld.invalid"
    there = at.roles.filter(person__email=email, until=None).select_related("person", "organisation").first()
    return acting(there or a_role("gemeente", organisation=at, email=email, municipality=MUNICIPALITY))


def a_challenger(email: str = "uitdager@voorbeeld.invalid") -> Actor:
    """Someone with an account."""
    return a_resident(email, called="U. Dager")


def the_rules(officer: Actor | None = None, **more: Any) -> None:
    """Rules of an authority since January: eight weeks, four more once, and a question stops the time."""
    words: dict[str, Any] = {
        "title": "Verzonnen participatieverordening",
        "article": "artikel 7",
        "first_day": clock.today().replace(month=1, day=1),
        "weeks": 8,
        "later": 4,
        "stands_still": True,
        "grounds": tuple(challenges().grounds),
    }
    keep_rules(actor=officer or an_officer(), province=PROVINCE, rules=Rules(**{**words, **more}))


def told(**more: Any) -> Told:
    """What residents write."""
    words: dict[str, Any] = {
        "organisation": an_officer().organisation,
        "title": "Het groen in onze straat",
        "task": "Het onderhoud van het plantsoen en de bomen in de Luchtstraat.",
        "better": "Wij zijn er elke dag en zien meteen wat nodig is.",
        "behind": "De buurtvereniging, met veertig huizen.",
        "people": 40,
        "cost": Money.euros(12_500),
        "cost_from": "de begroting van de gemeente",
        "name": "Buurtvereniging Luchtstraat",
    }
    return Told(**{**words, **more})


def an_upload(name: str = "afspraak.pdf") -> SimpleUploadedFile:
    """A signed agreement."""
    return SimpleUploadedFile(name, a_pdf(), "application/pdf")


def all_met(found: Challenge) -> dict[str, Judged]:
    """Yes to every ground."""
    return {key: Judged(True) for key in grounds_for(found)}


def a_challenge(state: State = State.SENT, **more: Any) -> Challenge:
    """A challenge to Nergensdam in this state, with its text on the site once sent."""
    actor, officer = a_challenger(), an_officer()
    made = start_challenge(actor=actor, province=PROVINCE, told=told(**more))
    name = made.public_id
    if state is State.DRAFT:
        return made
    send_challenge(actor=actor, challenge=name)
    show_challenge(actor=officer, challenge=name, shown=True)
    by: dict[str, Any] = {"actor": officer, "challenge": name}
    if state is State.WITHDRAWN:
        withdraw_challenge(actor=actor, challenge=name, why="Wij verhuizen.")
    if state is State.WAITING:
        ask_challengers(**by, text="Hoeveel bomen zijn het?")
    if state is State.INADMISSIBLE:
        wrong = {**all_met(find(name)), "taak": Judged(False, "Het waterschap doet dit.")}
        judge_challenge(**by, judged=wrong)
    if state in (State.ADMITTED, State.TRIAL, State.AGREED, State.REFUSED, State.ENDED):
        judge_challenge(**by, judged=all_met(find(name)))
        plan_talk(**by, kind="gesprek", on=clock.today(), about="Wat de buurt wil doen")
        weigh_all(officer, name)
    if state in (State.TRIAL, State.ENDED):
        try_challenge(**by, until=clock.today() + timedelta(days=200), reasons=REASONS, way_back=BACK)
    if state is State.AGREED:
        agree_challenge(**by, agreed_on=clock.today(), upload=an_upload(), reasons=REASONS, way_back=BACK)
    if state is State.REFUSED:
        refuse_challenge(**by, reasons="De bomen zijn ziek. Dat is werk voor een vakman.")
    if state is State.ENDED:
        end_challenge(**by, why="De vereniging stopt. De gemeente doet het weer.")
    return find(name)


def weigh_all(officer: Actor, name: str) -> None:
    """Everything is weighed."""
    for what in challenges().checks:
        weigh_challenge(actor=officer, challenge=name, what=what, text="Andere buurten kunnen het ook vragen.")
