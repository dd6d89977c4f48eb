"""The made-up fieldwork of the demo, by the real actions: by letter, an experience survey, and a wave of a panel that is over."""

import random
from datetime import timedelta
from typing import Any

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.areas.queries import area, years
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.answer_questions import begin, save_answers, send_answers
from vliegwiel.see.fieldwork.actions.close_fielding import close_fielding
from vliegwiel.see.fieldwork.actions.edit_questionnaire import start_questionnaire
from vliegwiel.see.fieldwork.actions.hand_over import hand_over
from vliegwiel.see.fieldwork.actions.invite_people import draw_members, load_addresses
from vliegwiel.see.fieldwork.actions.keep_panel import AGE_GROUPS, Joining, join_panel, start_panel
from vliegwiel.see.fieldwork.actions.plan_fielding import Plan, open_fielding, plan_fielding
from vliegwiel.see.fieldwork.actions.shuffle_answers import shuffle_answers
from vliegwiel.see.fieldwork.models import Fielding, Panel, Questionnaire
from vliegwiel.see.fieldwork.steady import example

_SEED = 20261129
_ONE, _SOMEONE = Actor.system("demo"), Actor("visitor", origin="demo")
_FIRST = ("Sanne", "Joris", "Fatima", "Pieter", "Aaltje", "Mees", "Noor", "Willem")
_LAST = ("Luchtig", "Verzonnen", "Nergens", "Fabel", "Zogenaamd", "Bedacht")
_TEXTS = (
    "De bus rijdt niet meer in het weekend. Dat mis ik erg.",
    "Het dorpshuis is elke dinsdag open. Daar zie ik iedereen.",
    "Onze buurman Jansen regelt alles, bel hem op 06 00000000.",
    "Meer bankjes langs het pad zou fijn zijn.",
)


def build(province: str) -> int:
    """Make what is not there yet; returns how many enquiries there are. None in a real province: nobody there said this."""
    year = next(iter(years()), None)
    whole = area(province, year) if year is not None else None
    places = [code for code, _name in municipalities_of(province)]
    if year is None or whole is None or not whole.made_up or not places:
        return 0
    life_words, own_words = example("leven"), example("uzelf")
    if not Questionnaire.objects.filter(province=province, title=life_words.title).exists():
        chance = random.Random(_SEED)  # noqa: S311  the same demo every time
        with clock.at(clock.now() - timedelta(days=30)):
            life = start_questionnaire(actor=_ONE, province=province, document=life_words, made_up=True)
            own = start_questionnaire(actor=_ONE, province=province, document=own_words, made_up=True)
            panel = _panel(province, places, chance)
        now = clock.now()
        with clock.at(now - timedelta(days=25)):
            over = _panel_wave(life, panel, year, chance)
        with clock.at(now - timedelta(days=12)):
            _letters(life, places, year, chance)
            _experience(own, year, chance)
        with clock.at(now - timedelta(days=3)):
            close_fielding(actor=_ONE, fielding=over.public_id)
            hand_over(actor=_ONE, fielding=over.public_id)
            shuffle_answers(actor=_ONE)
    return Fielding.objects.filter(province=province).count()


def _panel(province: str, places: list[str], chance: random.Random) -> Panel:
    panel = start_panel(
        actor=_ONE,
        province=province,
        title="Panel van Verzonnenland",
        most_per_year=3,
        made_up=True,
        about="Wij vragen u een paar keer per jaar hoe het gaat waar u woont.",
    )
    for number in range(48):
        name, street, place = _address(number, chance)
        joining = Joining(
            name, street, place, chance.choice(places), AGE_GROUPS[number % 4], agrees=True, wants_results=number % 2 == 0
        )
        join_panel(actor=_SOMEONE, panel=panel.public_id, joining=joining)
    return panel


def _panel_wave(life: Questionnaire, panel: Panel, year: int, chance: random.Random) -> Fielding:
    made = plan_fielding(
        actor=_ONE,
        questionnaire=life.public_id,
        plan=Plan(
            "Panel: leven in uw buurt",
            str(clock.today().year),
            year,
            "panel",
            "15 jaar of ouder",
            clock.today() + timedelta(days=20),
            panel=panel.public_id,
            themes=["voorzieningen"],
        ),
    )
    draw_members(actor=_ONE, fielding=made.public_id, size=40)
    open_fielding(actor=_ONE, fielding=made.public_id)
    _answers(made, 31, chance)
    return made


def _letters(life: Questionnaire, places: list[str], year: int, chance: random.Random) -> Fielding:
    made = plan_fielding(
        actor=_ONE,
        questionnaire=life.public_id,
        plan=Plan(
            life.title,
            str(clock.today().year),
            year,
            "letter",
            "15 jaar of ouder",
            clock.today() + timedelta(days=40),
            by_chance=True,
            themes=["contact"],
            phone="000 000 00 00",
        ),
    )
    rows = []
    some = places[:4]
    for number in range(len(some) * 30):
        name, street, place = _address(number, chance)
        at = number % len(some)
        rows.append(f"{name};{street};{place};{some[at]};{'dorpen' if at else 'stad'};25")
    data = "\n".join(["naam;adres;postcode en plaats;gemeente;stratum;gewicht", *rows]).encode()
    load_addresses(actor=_ONE, fielding=made.public_id, data=data)
    open_fielding(actor=_ONE, fielding=made.public_id)
    _answers(made, 47, chance)
    return made


def _experience(own: Questionnaire, year: int, chance: random.Random) -> Fielding:
    made = plan_fielding(
        actor=_ONE,
        questionnaire=own.public_id,
        plan=Plan(
            "Belevingsonderzoek LHBTI+",
            str(clock.today().year),
            year,
            "open",
            "mensen die LHBTI+ zijn",
            clock.today() + timedelta(days=40),
            special=True,
            assessment="Verzonnen DPIA 2026-14",
            returns_after=2,
        ),
    )
    open_fielding(actor=_ONE, fielding=made.public_id)
    for _number in range(14):
        code = begin(actor=_SOMEONE, fielding=made.public_id, agreed=True).code
        values: dict[str, Any] = {"veilig": chance.randint(3, 9), "open": chance.choice("123")}
        _sent(made, code, values, chance)
    return made


def _answers(made: Fielding, people: int, chance: random.Random) -> None:
    """So many of who was invited answer, with the code of their letter; the last one only begins."""
    found = Fielding.objects.get(pk=made.pk)
    handles = list(found.invitations.order_by("handle").values_list("handle", flat=True))
    chance.shuffle(handles)
    for number, handle in enumerate(handles[: people + 1]):
        code = begin(actor=_SOMEONE, fielding=found.public_id, code=codes.code_of(found.salt, handle)).code
        mood = chance.randint(5, 8)
        thuis = chance.choice("1112233")
        values: dict[str, Any] = {
            "thuis": thuis,
            "geluk": mood,
            "tevreden_leven": mood if number % 11 == 0 else min(10, mood + chance.randint(-1, 1)),
            "buurt_prettig": mood if number % 11 == 0 else chance.randint(4, 10),
            "toekomst": mood if number % 11 == 0 else chance.randint(3, 9),
        }
        if thuis != "1" and number % 4 == 0:
            values["thuis_waarom"] = chance.choice(_TEXTS)
        there = {item.id for item in found.document}
        values |= {item.id: chance.choice("1233") for item in found.document if item.scale == "eenzaamheid-6"}
        values |= {
            name: value for name, value in (("winkel", chance.random() < 0.6), ("vervoer", chance.randint(3, 9))) if name in there
        }
        if number < people:
            _sent(found, code, values, chance, hasty=number % 15 == 4)
        else:
            save_answers(actor=_SOMEONE, fielding=found.public_id, code=code, values=values)


def _sent(fielding: Fielding, code: str, values: dict[str, Any], chance: random.Random, *, hasty: bool = False) -> None:
    seconds = 60 if hasty else chance.randint(200, 299)
    with clock.at(clock.now() + timedelta(seconds=seconds)):
        save_answers(actor=_SOMEONE, fielding=fielding.public_id, code=code, values=values)
        send_answers(actor=_SOMEONE, fielding=fielding.public_id, code=code)


def _address(number: int, chance: random.Random) -> tuple[str, str, str]:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", f"Luchtstraat {number + 1}", "0000 AA Nergensdam"
