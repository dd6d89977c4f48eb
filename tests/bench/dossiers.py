"""A hundred thousand files, most of them closed: inbox, file, workbench of 500 and register; and the same with ten times less.

A handful of files is brought to each state by the real actions; the rest are copies of them with numbers, people, days and amounts of
their own, written in bulk. The ledger and the trail are filled as far as a province would in those years.
"""

import copy
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.bench import bulk, ledger
from tests.bench.harness import Bar, Result, seconds
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.trail.models import Entry as TrailEntry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.ranking import WhatIf, entrants_of, rank
from vliegwiel.support.grants.tests import officers
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.register.models import RegisterEntry, RegisterWord
from vliegwiel.support.register.words import words_in
from vliegwiel.support.schemes.public import CallFacts, call_of

#: Files, entries of the ledger, entries of the trail, files in the tender, and runs.
_SIZES = {"full": (100_000, 1_000_000, 5_000_000, 500, 60), "tiny": (60, 400, 400, 8, 3)}
_PARTS = ("samenvatting", "aanvraag", "stukken", "beoordeling", "besluit", "logboek")
#: One file in so many is still being worked on.
_OPEN = 70
_YEARS = 3
_numbers = count()
_AFTER_CLOSING = timedelta(days=120)
_WORDS = (
    "dorpshuis",
    "lange tafel",
    "moestuin",
    "buurtbus",
    "kookgroep",
    "speelplek",
    "repaircafé",
    "dorpswinkel",
    "koor",
    "park",
)


def measure(size: str) -> list[Result]:
    """Measure with a tenth, write the rest, measure the same again."""
    files, entries, acts, tender, runs = _SIZES[size]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    patterns, call, officer = _made_by_hand()
    _fill_tender(call, tender)
    ceilings = ledger.lines()
    client = _at_work(officer)
    with clock.at(clock.now() + _AFTER_CLOSING):
        _grow(patterns, 0, files // 10)
        ledger.grow(ceilings, 0, entries // 10)
        _write_trail(acts // 10)
        before = _times(client, call, runs)
        writing = seconds(lambda: _grow(patterns, files // 10, files))
        ledger.grow(ceilings, entries // 10, entries)
        _write_trail(acts - acts // 10)
        after = _times(client, call, runs)
    counts = f"{Application.objects.count():,} dossiers, {TrailEntry.objects.count():,} logregels".replace(",", ".")
    note = f"{counts}; in bulk geschreven in {writing:.0f} s"
    results = []
    for name, (on_clock, computed) in after.items():
        bar = Bar(50 if name == _WHAT_IF else 100)
        told = f"{computed:.0f} ms rekentijd; {note}"
        results.append(Result(f"dossiers: {name}, p95", "ms", on_clock, runs, bar, note=told))
        less = before[name][1]
        told = f"{less:.1f} → {computed:.1f} ms"
        results.append(
            Result(f"dossiers: {name}, rekentijd met tien keer zoveel", "×", computed / less, runs, Bar(1.5), note=told)
        )
    return results


def _made_by_hand() -> tuple[list[Application], CallFacts, Actor]:
    """A closed file, two that are open, and a tender with one file that two people scored; with the officer who handles them."""
    plain = officers.a_call(officers.PLAIN)
    closed = officers.decided(officers.a_decidable_application(plain, person=a_resident("af@voorbeeld.invalid"))).application
    received = officers.a_received_application(plain, person=a_resident("nieuw@voorbeeld.invalid"))
    complete = officers.a_complete_application(plain, person=a_resident("compleet@voorbeeld.invalid"))
    tender = officers.a_call(officers.TENDER)
    scored = officers.assessed(officers.a_complete_application(tender, person=a_resident("tender@voorbeeld.invalid")))
    for number in (1, 2):
        officers.scored(scored, *[70] * 4, by=officers.an_assessor(number))
    return [closed, received, complete], tender, officers.an_officer()


def _at_work(officer: Actor) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(public_id=officer.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def _fill_tender(call: CallFacts, number: int) -> None:
    """Copies of the scored file, each with scores of its own."""
    pattern = Application.objects.get(call=call.id)
    made = _copies(pattern, number - 1, "T", lambda file, chance: {"asked": chance.randrange(5_000_00, 25_000_00, 100)})
    chance = random.Random(number)
    scores = [score for file in made for score in file.assessments.all()]
    for score in scores:
        score.scores = {key: {**value, "points": chance.randint(40, 95)} for key, value in score.scores.items()}
    type(scores[0]).objects.bulk_update(scores, ["scores"], batch_size=500)


def _grow(patterns: Sequence[Application], have: int, want: int) -> None:
    """Files from `have` to `want`: most of them closed and in the register, some still open."""
    closed, *at_work = patterns
    few = (want - have) // _OPEN
    made = _copies(closed, want - have - few, f"C{have}", _closed)
    for place, pattern in enumerate(at_work):
        _copies(pattern, few // len(at_work), f"O{have}{place}", _open)
    _enter_register(made)


def _closed(_file: Application, chance: random.Random) -> dict[str, Any]:
    on = clock.today() - timedelta(days=chance.randrange(100, _YEARS * 365))
    return {"received_on": on, "complete_on": on, "due_on": on + timedelta(days=56), "decided_on": on + timedelta(days=40)}


def _open(_file: Application, chance: random.Random) -> dict[str, Any]:
    on = clock.today() - timedelta(days=chance.randrange(50))
    return {"received_on": on, "due_on": on + timedelta(days=56)}


def _copies(
    pattern: Application, number: int, series: str, change: Callable[[Application, random.Random], dict[str, Any]]
) -> list[Application]:
    """So many files like this one, with all that belongs to it."""
    chance, made, first = random.Random(series), [], bulk.next_key(Application)
    for place in range(number):
        file = copy.copy(pattern)
        file._state = copy.copy(pattern._state)
        file._state.adding, file.pk, file.public_id = True, first + place, public_id()
        file.number = f"1990-{next(_numbers):06d}"
        file.title = f"{chance.choice(_WORDS).capitalize()} {series}{place}"
        file.applicant = public_id()
        for name, value in change(file, chance).items():
            setattr(file, name, value)
        made.append(file)
    with transaction.atomic():
        Application.objects.bulk_create(made, batch_size=500)
        bulk.copy_what_belongs(pattern, first, number)
    return made


def _enter_register(files: Sequence[Application]) -> None:
    made = [
        RegisterEntry(
            province=PROVINCE,
            decision=public_id(),
            number=file.number or "",
            kind="grant",
            scheme=file.scheme,
            scheme_title=file.scheme_title,
            recipient=f"Stichting {file.title}",
            municipality=file.municipality,
            title=file.title,
            amount=file.awarded or 1,
            decided_on=file.decided_on,
            year=file.decided_on.year if file.decided_on else 0,
            public_from=(file.decided_on or date.min) + timedelta(days=1),
        )
        for file in files
    ]
    with transaction.atomic():
        RegisterEntry.objects.bulk_create(made, batch_size=500)
        found = [RegisterWord(word=word, entry=entry) for entry in made for word in words_in(entry.recipient, entry.title)]
        RegisterWord.objects.bulk_create(found, batch_size=2_000)


def _write_trail(number: int) -> None:
    """Acts on the files that are there, in turn: a file's acts lie apart, as they would after years."""
    files = Application.objects.count()
    pattern = TrailEntry.objects.create(
        at=clock.now(),
        action="confirm-complete",
        object_kind="application",
        object_id="",
        result="gedaan",
        origin="scherm",
        actor_kind="person",
        actor_id="proef",
        province=PROVINCE,
        content_hash="0" * 64,
    )
    with transaction.atomic():
        bulk.copy_row_for_each(pattern, "object_id", Application, "public_id", -(-number // files))


_WHAT_IF = "wat als: een ander plafond bij de rangschikking"


def _times(client: Client, call: CallFacts, runs: int) -> dict[str, tuple[float, float]]:
    """p95 in milliseconds of each: on the clock, and in computing time."""
    chance = random.Random(runs)
    closed = list(Application.objects.filter(state="granted").order_by("pk").values_list("number", flat=True)[: runs * 5])
    opened = list(Application.objects.filter(state="complete").order_by("pk").values_list("number", flat=True)[:runs])
    bench = f"/werk/openstellingen/{call.id}/rangschikking"
    pages: dict[str, Callable[[int], str]] = {
        "werkvoorraad op termijn": lambda _run: "/werk/aanvragen",
        "werkvoorraad met woorden": lambda run: f"/werk/aanvragen?q={_WORDS[run % len(_WORDS)].split()[0]}",
        "werkbank van een tender": lambda _run: bench,
        "register, nieuwste eerst": lambda _run: "/subsidieregister",
        "register op woorden": lambda run: f"/subsidieregister?q={_WORDS[run % len(_WORDS)].split()[-1]}",
        **{
            f"dossier, {part}": lambda run, part=part: (
                f"/werk/aanvragen/{(closed if run % 2 else opened)[run // 2 % len(opened)]}/{part}"
            )
            for part in _PARTS
        },
    }
    found = {
        name: ledger.p95([partial(ledger.page, client, address(run)) for run in range(runs)]) for name, address in pages.items()
    }
    facts, entrants = call_of(call.id), entrants_of(call_of(call.id))
    plans = [WhatIf(ceiling=Money(chance.randrange(100_000_00, 900_000_00, 100))) for _ in range(runs)]
    found[_WHAT_IF] = ledger.p95([partial(rank, facts, entrants, plan, seed="meting") for plan in plans])
    return found
