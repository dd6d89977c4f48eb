"""The places, people and money of a history: set up before anything else happens."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from vliegwiel.catalogue.history import PastInstrument, PastLine
from vliegwiel.entry.history.world import MADE_UP, SYSTEM, World, at_nine
from vliegwiel.foundation.budgets import public as budgets
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.public import municipalities_of

Row = tuple[datetime, str, Callable[[], None]]


def money_steps(world: World) -> Iterator[Row]:
    """Municipalities, people, programme, and the credit of each line by a decision of the Council."""
    first = at_nine(world.history.starts + timedelta(days=1))
    yield first, "gemeenten en mensen", lambda: _begin(world)
    yield first, world.history.programme, lambda: _programme(world)
    for number, line in enumerate(world.history.lines, start=1):
        yield first + timedelta(hours=1), line.title, partial(_line, world, number, line)


def _begin(world: World) -> None:
    """The municipalities by name, unless they are there already with their borders, and everyone who works here."""
    if not set(world.history.municipalities) <= {code for code, _name in municipalities_of(world.province)}:
        folder = settings.VLIEGWIEL_HOME / "history"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "gemeenten.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("jaar", "gemeentecode", "gemeentenaam", "provinciecode"))
            rows.writerows((2024, code, name, world.province) for code, name in world.history.municipalities.items())
        import_areas(actor=SYSTEM, path=path, year=None)
    world.settle_in()


def _programme(world: World) -> None:
    history = world.history
    made = budgets.add_programme(
        actor=world.officer,
        province=world.province,
        title=history.programme,
        goal=history.goal,
        starts=history.starts,
        ends=history.ends,
        made_up=True,
    )
    world.made["programme"] = made.public_id


def _line(world: World, number: int, line: PastLine) -> None:
    actor = world.officer
    made = budgets.add_programme_line(actor=actor, programme=world.made["programme"], title=line.title)
    decision = budgets.record_decision(
        actor=actor,
        province=world.province,
        number=f"PS-2020-V{number}",
        title=f"Krediet voor {line.title}",
        decided_on=world.history.starts,
        amount=line.amount,
        publication="Verzonnen provinciaal blad 2020, 1",
    )
    for instrument in line.instruments:
        post = _post(world, made.public_id, instrument)
        budgets.appropriate_credit(actor=actor, line=post, amount=instrument.credit, decision=decision.public_id)
        world.made[instrument.key] = post


def _post(world: World, line: str, past: PastInstrument) -> str:
    made = budgets.add_instrument(
        actor=world.officer,
        line=line,
        kind=past.kind,
        title=past.title,
        roles={"uitvoeren": ["financieren"]},
        starts=past.starts,
        ends=past.ends,
    )
    title = past.title if past.given else past.title + MADE_UP
    post = budgets.add_budget_line(
        actor=world.officer, instrument=made.public_id, title=title, starts=past.starts, ends=past.ends
    )
    return str(post.public_id)
