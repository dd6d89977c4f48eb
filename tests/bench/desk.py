"""The front desk and the list of initiatives with a hundred thousand initiatives and as many questions: the first answer page, the list
as it is asked in many ways, and the inbox of an adviser.

The demo makes a few dozen of each by the real actions; the rest are copies of them in bulk, each with a place of its own, and in the
search as the product would have put them there. Pages are asked with a cookie, so that no kept page answers. Of each page the least of
the clock and the processor counts, so that a busy machine does not decide; the clock stands in the note.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from tests.bench import bulk
from tests.bench.harness import Bar, Result, percentile, seconds
from vliegwiel.entry import made_up
from vliegwiel.entry.demo_rooms import build_people
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.search.actions.pack_index import blocks_of
from vliegwiel.foundation.search.models import Block, Document
from vliegwiel.foundation.search.public import refresh_index
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.support.desk import demo as desk
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.initiatives import demo as initiatives
from vliegwiel.support.initiatives.findable import INITIATIVE
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.schemes import demo as schemes

#: Initiatives and questions, patterns, and runs of each page.
_SIZES = {"full": (100_000, 90, 40), "tiny": (120, 12, 2)}
_PROVINCE = made_up.PROVINCE
_TEXTS = (
    "Wij willen samen eten in {place} en zoeken geld voor een keuken.",
    "In {place} beginnen wij een moestuin achter de school.",
    "De bus rijdt niet meer door {place}. Kunnen buren elkaar vervoeren?",
    "Wij zoeken mensen voor een taalcafé.",
    "Hoe krijgen wij zonnepanelen op het dak van de sporthal in {place}?",
    "Onze dorpswinkel sluit. Wij willen hem zelf openhouden, dat kost € 15.000.",
    "Kinderen hebben hier geen plek om te spelen.",
    "Wij lopen elke week een rondje met de buurt en willen meer mensen bereiken.",
)


def measure(size: str) -> list[Result]:
    """Fill, and measure each page."""
    wanted, patterns, runs = _SIZES[size]
    settings.VLIEGWIEL_PROVINCE, settings.VLIEGWIEL_DEMO = _PROVINCE, True
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    filling = seconds(lambda: _fill(wanted, patterns))
    count = f"{Initiative.objects.count():,} initiatieven, {Enquiry.objects.count():,} vragen".replace(",", ".")
    note = f"{count}; in bulk geschreven in {filling:.0f} s"
    results = [_result("loket: eerste antwoord, p95", 150, [lambda turn=turn: _asks(turn) for turn in range(runs)], note)]
    visitor = Client(SERVER_NAME="localhost")
    visitor.cookies["bench"] = "1"  # with a cookie no kept page answers
    results += [
        _result(f"initiatieven: {name}, p95", 100, [lambda path=path: _gets(visitor, path)] * runs, note)
        for name, path in _lists().items()
    ]
    adviser = _adviser()
    results.append(_result("loket: stapel van een adviseur, p95", 100, [lambda: _gets(adviser, "/werk/loket")] * runs, note))
    return results


def _fill(wanted: int, patterns: int) -> None:
    """The demo, and copies of what it made."""
    files = made_up.write(settings.VLIEGWIEL_HOME / "bench")
    import_areas(actor=Actor.system("demo"), path=files.borders, year=made_up.YEAR, made_up=True)
    build_people()
    schemes.build(_PROVINCE)
    initiatives.build(_PROVINCE, patterns)
    desk.build(_PROVINCE)
    refresh_index(actor=Actor.system("cli"), province=_PROVINCE)
    with transaction.atomic():
        _copy_initiatives(wanted)
        _copy_enquiries(wanted)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy_initiatives(wanted: int) -> None:
    there = list(Initiative.objects.filter(state="public", hidden=False).order_by("pk"))
    each = -(-(wanted - Initiative.objects.count()) // len(there))
    copies: dict[int, tuple[int, int]] = {}
    for pattern in there:
        days = "datetime(pattern.\"published_at\", '-' || (turn.n * 7 % 1000) || ' days')"
        place = {"x": f"{pattern.x} + turn.n * 137 % 1600 - 800", "y": f"{pattern.y} + turn.n * 211 % 1600 - 800"}
        first = bulk.copy_itself(pattern, each, {**place, "published_at": days, "shown_at": days})
        document = Document.objects.get(kind=INITIATIVE, key=pattern.public_id)
        copies[document.pk] = (_copy_document(document, first, each), each)
    _copy_postings(copies)


def _copy_document(pattern: Document, first: int, number: int) -> int:
    """Documents for copies with keys from `first`; returns the number of the first."""
    start = bulk.next_key(Document)
    columns = [field.column for field in Document._meta.concrete_fields]
    own = {"id": f"{start} + made.id - {first}", "key": "made.public_id", "path": "'/initiatieven/' || made.public_id"}
    values = ", ".join(own.get(column) or f'pattern."{column}"' for column in columns)
    spaces = list(pattern.spaces.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        names = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(
            f"INSERT INTO search_document ({names}) SELECT {values} FROM initiatives_initiative AS made "
            "CROSS JOIN search_document AS pattern WHERE pattern.id = %s AND made.id BETWEEN %s AND %s",
            [pattern.pk, first, first + number - 1],
        )
        for space in spaces:
            cursor.execute(
                "INSERT INTO search_document_spaces (document_id, space_id) SELECT id, %s FROM search_document WHERE id BETWEEN %s AND %s",
                [space, start, start + number - 1],
            )
    return start


def _copy_postings(copies: dict[int, tuple[int, int]]) -> None:
    """Each posting of a pattern also for its copies, with the same weight."""
    old: dict[int, list[tuple[np.ndarray, np.ndarray]]] = defaultdict(list)
    for block in Block.objects.order_by("pk"):
        old[block.term_id].append((np.frombuffer(block.numbers, np.uint32), np.frombuffer(block.weights, np.uint8)))
    made: list[Block] = []
    for term, parts in old.items():
        numbers, weights = (np.concatenate(side) for side in zip(*parts, strict=True))
        more = [(*copies[int(number)], weight) for number, weight in zip(numbers, weights, strict=True) if int(number) in copies]
        every = [numbers, *(np.arange(start, start + count, dtype=np.uint32) for start, count, _weight in more)]
        heavy = [weights, *(np.full(count, weight, np.uint8) for _start, count, weight in more)]
        together, order = np.concatenate(every), np.argsort(np.concatenate(every), kind="stable")
        made += blocks_of(term, together[order], np.concatenate(heavy)[order])
    Block.objects.all().delete()
    Block.objects.bulk_create(made, batch_size=2000)


def _copy_enquiries(wanted: int) -> None:
    """Most are done; one in eight of the patterns still waits, as at a desk."""
    there = list(Enquiry.objects.order_by("pk"))
    done = [one for one in there if one.state in ("answered", "closed")]
    open_now = [one for one in there if one not in done]
    few = wanted // 50
    for some, number in ((open_now, few), (done, wanted - few)):
        each = -(-number // len(some))
        for pattern in some:
            bulk.copy_itself(pattern, each, {"number": f"'B{pattern.pk}-' || turn.n", "form": "NULL"})


def _asks(turn: int) -> None:
    """A first answer page for someone whom nobody counted yet."""
    places = ("Nergensdam", "Bedachtveen", "Fabeldam", "Sprookveen")
    text = _TEXTS[turn % len(_TEXTS)].format(place=places[turn % len(places)])
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"10.1.{turn // 250}.{turn % 250 + 1}")
    answer = client.post("/loket", {"tekst": text, "doe": "kijken"})
    if answer.status_code != 200 or "Dit begrepen wij" not in answer.content.decode():
        message = f"no answer page: {answer.status_code}"
        raise ValueError(message)


def _lists() -> dict[str, str]:
    some = Initiative.objects.filter(state="public").exclude(municipality="").order_by("pk")[0]
    return {
        "lijst": "/initiatieven",
        "op naam": "/initiatieven?volgorde=naam",
        "een gemeente": f"/initiatieven?plaats={some.municipality}",
        "binnen vijf kilometer, dichtbij eerst": f"/initiatieven?plaats={some.area}&binnen=5000&volgorde=dichtbij",
        "een thema": "/initiatieven?thema=samenleven",
        "een thema in een gemeente": f"/initiatieven?plaats={some.municipality}&thema=samenleven",
        "wat men zoekt": "/initiatieven?vraag=seeks-hands",
        "een fase": "/initiatieven?fase=lasting",
        "bladzijde 40": "/initiatieven?pagina=40",
    }


def _gets(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        message = f"{path}: {answer.status_code}"
        raise ValueError(message)


def _adviser() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(email="adviseur@voorbeeld.invalid"))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def _result(name: str, bar: float, deeds: Sequence[Callable[[], Any]], note: str) -> Result:
    deeds[0]()
    clock, least = [], []
    for deed in deeds:
        began = time.process_time()
        clock.append(1000 * seconds(deed))
        least.append(min(1000 * (time.process_time() - began), clock[-1]))
    told = f"midden {percentile(least, 0.5):.0f} ms, op de klok {percentile(clock, 0.95):.0f} ms; {note}"
    return Result(name, "ms", percentile(least, 0.95), len(deeds), Bar(bar), note=told)
