"""Initiatives, meeting places and offers of people that do not exist, made by the real actions from a seed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

from django.conf import settings

from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.demo import person_for
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.public import home_of
from vliegwiel.see.facilities.public import places_to_tie
from vliegwiel.support.initiatives import made_up
from vliegwiel.support.initiatives.actions.adopt_initiative import adopt_initiative
from vliegwiel.support.initiatives.actions.draw_year import YearFigures, draw_year, share_years
from vliegwiel.support.initiatives.actions.follow_place import follow_place
from vliegwiel.support.initiatives.actions.guard_initiative import merge_initiatives
from vliegwiel.support.initiatives.actions.keep_meeting_place import (
    edit_meeting_place,
    enter_meeting_place,
    invitation_to,
    join_keepers,
)
from vliegwiel.support.initiatives.actions.offer_to_volunteers import make_offer, register_for_offer, thank_initiative
from vliegwiel.support.initiatives.actions.publish_initiative import end_initiative, publish_initiative
from vliegwiel.support.initiatives.actions.send_message import write_message
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.contact import Written
from vliegwiel.support.initiatives.models import Initiative, InitiativePerson, MeetingPlace
from vliegwiel.support.initiatives.queries import shown

USUAL, FULL = 36, 1500
_SEED = 20260316
_YEARS = timedelta(days=3 * 365)
_MAKERS = 12


def build(province: str, count: int = USUAL, told: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make so many initiatives, spread over three years, with all that belongs to them; returns how many there are. Only in the demo,
    and only once. `told` hears after each how far it is."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen initiatieven horen alleen in een voorbeeld.", code="no-demo")
    places = _neighbourhoods(province)
    if Initiative.objects.filter(province=province).exists() or not places:
        return Initiative.objects.filter(province=province).count()
    chance = Random(_SEED)  # noqa: S311 - the same made-up world each time
    end = clock.now()
    makers = [_resident(number, chance) for number in range(_MAKERS if count == USUAL else _MAKERS * 10)]
    resident = person_for("inwoner")
    for number in range(count):
        moment = end - _YEARS + (_YEARS * (number + 1)) / (count + 1)
        mine = resident is not None and number in (count - 1, count - 3)
        maker = Actor("person", resident.public_id, origin="demo") if resident and mine else chance.choice(makers)
        with clock.at(moment):
            _one(province, maker, chance, places, with_place=count > USUAL)
        told(number + 1, count)
    with clock.at(end - timedelta(days=2)):
        _what_else(province, chance, places, makers)
    return Initiative.objects.filter(province=province).count()


def makers_of(province: str, most: int) -> list[Actor]:
    """Made-up people who make something that is on the site, by public id: for what other rooms build on it."""
    people = InitiativePerson.objects.filter(role="taker", initiative__in=shown(province)).exclude(person="")
    names = people.order_by("person").values_list("person", flat=True).distinct()[:most]
    return [Actor("person", name, origin="demo") for name in names]


def _one(province: str, maker: Actor, chance: Random, places: list[str], *, with_place: bool = False) -> Initiative:
    """`with_place`: its name says where it is, so that a long list tells a hundred like it apart."""
    answers, area = made_up.initiative(chance), chance.choice(places)
    spot = home_of(area, province) if with_place else None
    if spot is not None:
        answers["titel"] = f"{answers['titel']} in {spot.name}"[:80]
    found = start_initiative(actor=maker, province=province, title=answers["titel"], made_up=True)
    write_initiative(actor=maker, initiative=found.public_id, answers=answers)
    place_initiative(actor=maker, initiative=found.public_id, precision="area", area=area)
    found.refresh_from_db()
    if chance.random() < 0.6 and found.x is not None and found.y is not None:
        point = (found.x + chance.uniform(-600, 600), found.y + chance.uniform(-600, 600))
        precision = chance.choice(["near", "around"])
        with suppress(NotFound):  # the edge of the province is near: then the neighbourhood alone is shown
            place_initiative(actor=maker, initiative=found.public_id, precision=precision, point=point)
    publish_initiative(actor=maker, initiative=found.public_id)
    if chance.random() < 0.1:
        phase, brought, reached = made_up.ending(chance)
        with clock.at(clock.now() + timedelta(days=chance.randint(5, 25))):
            end_initiative(actor=maker, initiative=found.public_id, phase=phase, brought=brought, reached=reached)
    return found


def _what_else(province: str, chance: Random, places: list[str], makers: list[Actor]) -> None:
    """Something adopted elsewhere, two that were one, a text to clean, meeting places, offers, thanks, a message and a follower."""
    newest = list(Initiative.objects.filter(province=province, ended_at=None).order_by("-pk")[:6])
    adopted = adopt_initiative(actor=makers[0], initiative=newest[0].public_id)
    write_initiative(actor=makers[0], initiative=adopted.public_id, answers={"kort": "Wij zagen dit elders en doen het nu ook."})
    place_initiative(actor=makers[0], initiative=adopted.public_id, precision="area", area=chance.choice(places))
    publish_initiative(actor=makers[0], initiative=adopted.public_id)
    flagged = _one(province, makers[1], chance, places)
    if not flagged.has_ended:
        write_initiative(
            actor=makers[1],
            initiative=flagged.public_id,
            answers={"verhaal": "Bel de buurvrouw op 000 000 00 00, zij weet alles."},
        )
    adviser = _acting("adviseur", province)
    resident = person_for("inwoner")
    own = newest[0] if newest else None
    if resident is not None and adviser is not None:
        _years(Actor("person", resident.public_id, origin="demo"), adviser)
    if own is not None:
        write_message(
            actor=makers[2],
            initiative=own.public_id,
            written=Written("Mag ik een keer komen kijken? Ik kan goed koken en heb op woensdag tijd.", called="Een buur"),
        )
    if resident is not None:
        follow_place(actor=Actor("person", resident.public_id, origin="demo"), province=province, area=places[0], radius=5000)
    if adviser is None:
        return
    double = _one(province, makers[3], chance, places)
    merge_initiatives(
        actor=adviser, initiative=double.public_id, into=newest[1].public_id, why="Dezelfde groep stond er twee keer op."
    )
    for number, place in enumerate(made_up.PLACES):
        kept = _place(province, adviser, place, places[number % len(places)], chance)
        if number == 0 and resident is not None:  # so that a visitor can sit in a board
            _invited, token = invitation_to(kept)
            join_keepers(actor=Actor("person", resident.public_id, origin="demo"), place=kept.public_id, token=token)
    _offers(province, adviser, newest, makers)


def _years(taker: Actor, adviser: Actor) -> None:
    """Three years of an initiative of the resident, shared with the adviser."""
    mine = Initiative.objects.filter(people__person=taker.id, state="public").order_by("pk").first()
    if mine is None:
        return
    now = clock.today().year
    for ago, own, given, public, held, people in (
        (2, 900, 250, 2800, 300, 9),
        (1, 1900, 600, 2200, 900, 12),
        (0, 2600, 800, 1400, 1500, 14),
    ):
        plan = "Wij verhuren de zaal op zaterdag. Zo hoeven wij minder te vragen." if ago == 0 else ""
        told = YearFigures(Money.euros(own), Money.euros(given), Money.euros(public), Money.euros(held), people, plan)
        draw_year(actor=taker, initiative=mine.public_id, year=now - ago, figures=told)
    share_years(actor=taker, initiative=mine.public_id, person=adviser.id)


def _place(province: str, adviser: Actor, place: made_up.Place, area: str, chance: Random) -> MeetingPlace:
    spot = home_of(area, province)
    there = places_to_tie(province, spot.point) if spot is not None and spot.point is not None else []
    known = there[0].public_id if there else ""
    found = enter_meeting_place(
        actor=adviser, province=province, name=place.name, kind=place.kind, area=area, facility=known, made_up=True
    )
    changes = {
        "about": place.about,
        "run_by": place.run_by,
        "activities": place.activities,
        "opening": place.opening,
        "rooms": place.rooms,
        "seats": chance.randint(30, 180),
        "visits": chance.randint(40, 400),
        "access": chance.sample(["no-step", "toilet", "parking", "hearing-loop", "quiet", "bus"], 3),
    }
    return edit_meeting_place(actor=adviser, place=found.public_id, changes=changes)


def _offers(province: str, adviser: Actor, initiatives: list[Initiative], makers: list[Actor]) -> None:
    """Four to come to, two people on the list, and thanks for two initiatives."""
    today = clock.today()
    listed = (
        (
            "training",
            "Eerste hulp voor vrijwilligers",
            20,
            "In twee avonden leert u wat u doet tot de ambulance er is.",
            16,
            "19.30 uur",
        ),
        (
            "evening",
            "Hoe vindt u nieuwe vrijwilligers?",
            33,
            "Groepen vertellen wat bij hen hielp, en wat niet.",
            None,
            "20.00 uur",
        ),
        ("festival", "Dag van het dorp", 75, "Muziek, eten en kraampjes van alle initiatieven.", None, "11.00 uur"),
        ("thanks", "Bedankmiddag met taart", 50, "Voor iedereen die dit jaar iets deed voor een ander.", 120, "14.00 uur"),
    )
    for kind, title, days, about, seats, time in listed:
        made = make_offer(
            actor=adviser,
            province=province,
            kind=kind,
            title=title,
            about=about,
            on=today + timedelta(days=days),
            time=time,
            where="De Fabelhof",
            seats=seats,
            made_up=True,
        )
        for maker in makers[:2]:
            register_for_offer(actor=maker, offer=made.public_id)
    text = "U bracht mensen bij elkaar die elkaar niet kenden. Dank u wel."
    thank_initiative(actor=adviser, initiative=initiatives[2].public_id, kind="message", text=text)
    skills = "vergaderen, koken voor een groep, geld beheren"
    thank_initiative(actor=adviser, initiative=initiatives[0].public_id, kind="certificate", text=text, skills=skills)


def _neighbourhoods(province: str) -> list[str]:
    """Codes of the neighbourhoods of the newest year of which we know the borders."""
    for year in areas.years():
        codes = areas.codes_of(Level.NEIGHBOURHOOD, year, province=province)
        known = areas.borders_of(codes, Level.NEIGHBOURHOOD, year)
        if known:
            return [code for code in codes if code in known]
    return []


def _resident(number: int, chance: Random) -> Actor:
    account = open_account(
        actor=Actor.system("demo"),
        email=f"initiatiefnemer{number}@voorbeeld.invalid",
        called=f"{chance.choice('ABCDEFGHJKLM')}. van Nergens",
        made_up=True,
    )
    return Actor("person", account.public_id, origin="demo")


def _acting(key: str, province: str) -> Actor | None:
    """The made-up person of a role, for their organisation."""
    person = person_for(key)
    role = person.roles.filter(kind=key, province=province).select_related("organisation").first() if person else None
    if person is None or role is None:
        return None
    return Actor("person", person.public_id, role.organisation.public_id, origin="demo", province=province)
