"""The ledger with a million entries: positions, pages, a commitment, and the whole recomputed; beside ten times fewer.

The entries are made up and written in bulk; what came of it must pass the product's own `verify`, or nothing is measured.
"""

import gc
import random
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.bench.harness import Bar, Result, percentile, seconds
from vliegwiel.foundation.budgets import queries
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import Balance, BudgetLine, Ceiling, DayTotal, Entry
from vliegwiel.foundation.budgets.public import commit
from vliegwiel.foundation.budgets.rules import BUCKETS, moves
from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.money import Money

_SIZES = {"full": (100_000, 1_000_000, 60), "tiny": (400, 1_200, 3)}
_LINES, _DAYS, _SHARE_OF_HOT = 40, 3 * 365, 2
_MUCH = Money(10**12)


def measure(size: str) -> list[Result]:
    """Measure with a tenth of the entries, write the rest, measure the same again."""
    few, many, runs = _SIZES[size]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    ceilings = lines()
    client = _reader()
    grow(ceilings, 0, few)
    before = _times(ceilings, client, runs)
    writing = seconds(lambda: grow(ceilings, few, many))
    after = _times(ceilings, client, runs)
    count, hot = Entry.objects.count(), ceilings[0].line.last_number
    note = f"{count:,} boekingen op {_LINES} posten, {hot:,} op de gemeten post".replace(",", ".")
    results = [
        Result(f"grootboek: {name}, p95", "ms", clock_ms, runs, Bar(100), note=f"{computed:.0f} ms rekentijd; {note}")
        for name, (clock_ms, computed) in after.items()
    ]
    results += [
        Result(
            f"grootboek: {name}, rekentijd met tien keer zoveel",
            "×",
            computed / before[name][1],
            runs,
            Bar(1.5),
            note=f"{before[name][1]:.1f} → {computed:.1f} ms",
        )
        for name, (_clock_ms, computed) in after.items()
    ]
    recomputed = seconds(verify)
    told = f"{note}; in bulk geschreven in {writing:.0f} s"
    return [*results, Result("grootboek: alles narekenen uit de boekingen", "s", recomputed, 1, note=told)]


def lines() -> list[Ceiling]:
    """Budget lines with much credit and a ceiling each, made by the real actions three years ago."""
    with clock.at(clock.now() - timedelta(days=_DAYS + 10)):
        made = [a_ceiling(_MUCH, name=f"Plafond {number}") for number in range(_LINES)]
    Ceiling.objects.update(ends=clock.today() + timedelta(days=365))
    BudgetLine.objects.update(ends=clock.today() + timedelta(days=365))
    return [Ceiling.objects.select_related("line").get(public_id=facts.id) for facts in made]


def _reader() -> Client:
    at = an_organisation("Provincie Proefland")
    role = give_role(
        actor=SYSTEM, email="auditor@voorbeeld.invalid", organisation=at.public_id, kind="auditor", province=PROVINCE
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(role.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def grow(ceilings: list[Ceiling], have: int, want: int) -> None:
    """Write entries until there are about `want`: a file is committed, and paid a month later; half of the files are on the first line."""
    chance = random.Random(want)
    first, last = clock.today() - timedelta(days=_DAYS), clock.today()
    entries: list[Entry] = []
    totals: dict[tuple[int, int, date], list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
    with transaction.atomic():
        for file in range(have // 2, want // 2):
            place = 0 if file % _SHARE_OF_HOT == 0 else 1 + file % (_LINES - 1)
            ceiling, cents = ceilings[place], chance.randint(1, 100_000)
            day = first + timedelta(days=chance.randrange(_DAYS - 31))
            for kind, on in ((Kind.COMMIT, day), (Kind.PAY, min(day + timedelta(days=30), last))):
                entries.append(_entry(ceiling, kind, on, cents, f"proef-{file}"))
                total = totals[ceiling.line.pk, ceiling.pk, on]
                total[0] += 1
                for bucket, name in enumerate(BUCKETS, 1):
                    total[bucket] += getattr(entries[-1], name)
        entries.sort(key=lambda entry: entry.on)
        _number(entries, ceilings)
        for start in range(0, len(entries), 20_000):
            Entry.objects.bulk_create(entries[start : start + 20_000], batch_size=1_000)
        _keep_beside(entries, totals, ceilings)
    found = verify()
    if not found.holds:
        raise RuntimeError(found.broken[0])


def _entry(ceiling: Ceiling, kind: Kind, on: date, cents: int, file: str) -> Entry:
    what = moves(kind, cents)
    return Entry(
        province=PROVINCE,
        line=ceiling.line,
        kind=kind.value,
        on=on,
        at=clock.now(),
        cents=cents,
        about_kind="application",
        about_id=file,
        key=kind.value,
        ceiling=ceiling,
        by="proef",
        **{name: getattr(what, name) for name in BUCKETS},
    )


def _number(entries: list[Entry], ceilings: list[Ceiling]) -> None:
    last = {ceiling.line.pk: BudgetLine.objects.get(pk=ceiling.line.pk).last_number for ceiling in ceilings}
    for entry in entries:
        last[entry.line_id] += 1
        entry.number = last[entry.line_id]


def _keep_beside(entries: list[Entry], totals: dict[tuple[int, int, date], list[int]], ceilings: list[Ceiling]) -> None:
    """Balances, day totals, and what lines and ceilings carry, as the real action would leave them."""
    there = {(day.line_id, day.ceiling_id, day.on): day for day in DayTotal.objects.exclude(ceiling=None)}
    for (line, ceiling, on), total in totals.items():
        day = there.setdefault((line, ceiling, on), DayTotal(line_id=line, ceiling_id=ceiling, on=on))
        day.count += total[0]
        for bucket, name in enumerate(BUCKETS, 1):
            setattr(day, name, getattr(day, name) + total[bucket])
    DayTotal.objects.bulk_create([day for day in there.values() if day.pk is None], batch_size=1_000)
    DayTotal.objects.bulk_update([day for day in there.values() if day.pk is not None], ["count", *BUCKETS], batch_size=500)
    files = ((entry.about_id, entry.line_id, entry.ceiling_id, entry.cents) for entry in entries if entry.kind == Kind.PAY)
    made = [
        Balance(about_kind="application", about_id=file, line_id=line, ceiling_id=ceiling, paid=cents)
        for file, line, ceiling, cents in files
    ]
    Balance.objects.bulk_create(made, batch_size=1_000)
    for ceiling in ceilings:
        of_line = [total for (line, _ceiling, _on), total in totals.items() if line == ceiling.line.pk]
        line = BudgetLine.objects.get(pk=ceiling.line.pk)
        for bucket, name in enumerate(BUCKETS, 1):
            setattr(line, name, getattr(line, name) + sum(total[bucket] for total in of_line))
        line.last_number += sum(total[0] for total in of_line)
        line.save()
        granted = sum(total[1 + BUCKETS.index("committed")] + total[1 + BUCKETS.index("paid")] for total in of_line)
        Ceiling.objects.filter(pk=ceiling.pk).update(granted=Ceiling.objects.get(pk=ceiling.pk).granted + granted)
        ceiling.line.refresh_from_db()


def _times(ceilings: list[Ceiling], client: Client, runs: int) -> dict[str, tuple[float, float]]:
    """p95 in milliseconds of each: on the clock, and in computing time."""
    line, days = ceilings[0].line, [clock.today() - timedelta(days=37 * number % _DAYS) for number in range(runs)]
    post = f"/beheer/budgetten/posten/{line.public_id}"
    file = Entry.objects.filter(line=line).order_by("number").values_list("about_id", flat=True)[50]
    pages = {
        "stand van een post op een dag": lambda day: f"{post}?op={day}",
        "boom van alle posten nu": lambda _day: "/beheer/budgetten",
        "boom van alle posten op een dag": lambda day: f"/beheer/budgetten?op={day}",
        "open pagina over geld op een dag": lambda day: f"/geld?op={day}",
        "laatste boekingen": lambda _day: f"{post}/boekingen",
        "boekingen van een dossier": lambda _day: f"{post}/boekingen?dossier={file}",
        "boekingen van een maand": lambda day: f"{post}/boekingen?van={day - timedelta(days=30)}&tot={day}",
        "betalingen in de boekingen": lambda _day: f"{post}/boekingen?soort=pay",
    }
    found = {name: p95([partial(page, client, address(day)) for day in days]) for name, address in pages.items()}
    found["stand van een post, zonder pagina"] = p95([partial(queries.position_of, line, day) for day in days])
    found["een bedrag vastleggen"] = p95([partial(_commit, ceilings[0])] * runs)
    return found


def p95(deeds: list[Callable[[], object]]) -> tuple[float, float]:
    """Each once, after the first was tried; what was loaded by then is not looked through for garbage, as in a process that serves."""
    deeds[0]()
    gc.collect()
    gc.freeze()
    taken, computed = [], []
    for deed in deeds:
        before = time.process_time()
        taken.append(seconds(deed) * 1000)
        computed.append((time.process_time() - before) * 1000)
    return percentile(taken, 0.95), percentile(computed, 0.95)


def page(client: Client, address: str) -> None:
    answer: Any = client.get(address)
    if answer.status_code != 200:
        message = f"{address}: {answer.status_code}"
        raise RuntimeError(message)


def _commit(ceiling: Ceiling) -> None:
    about = Reference("application", f"meting-{time.perf_counter_ns()}", "", "")
    act = {"actor": SYSTEM, "ceiling": ceiling.public_id, "about": about, "received_on": clock.today(), "key": "granted"}
    commit(**act, amount=Money(100))
