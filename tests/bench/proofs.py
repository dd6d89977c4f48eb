"""Proofs that are too heavy for every run: what they show, and what came of it."""

import csv
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.harness import Result
from tests.requirements import DATA, ROOT
from vliegwiel.kernel import clock


def every_value_of_2024() -> str:
    """Each cell of the table of 2024, read by another reader, equals what a query gives, or has a reason."""
    from vliegwiel.catalogue.reader import indicators
    from vliegwiel.see.figures import queries
    from vliegwiel.see.figures.models import ReleaseColumn

    path = DATA / "kwb" / "kwb_2024_85984NED_selectie.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = tuple(row["WijkenEnBuurten"] for row in rows)
    columns = ReleaseColumn.objects.filter(release__table="85984NED")
    cells = missing = 0
    for column in columns:
        view = queries.view(column.indicator, 2024, codes, column.period)
        for place, row in enumerate(rows):
            text = row[column.source_key].strip()
            estimate = view.estimate(place)
            if text in ("", "."):
                missing += 1
                _must(estimate.missing is not None, f"{codes[place]} {column.source_key}: a value out of nothing")
            else:
                _must(
                    estimate.value is not None and math.isclose(estimate.value, float(text)),
                    f"{codes[place]} {column.source_key}",
                )
            cells += 1
    _must(indicators() != {} and cells > 0, "nothing was compared")
    return f"{cells:,} cells of {len(rows):,} areas and {len(columns)} columns are equal; {missing:,} are missing, each with a reason"


def every_place_where_a_download_can_break() -> str:
    """Cut the connection at each request in turn; the second attempt must give the same file as an attempt that never broke."""
    from vliegwiel.connect.cbs import fake, wide
    from vliegwiel.connect.cbs.odata_v4 import ODataV4
    from vliegwiel.connect.loopback import Fault, Site
    from vliegwiel.connect.pages import Pages
    from vliegwiel.connect.web import Manners, Web
    from vliegwiel.kernel.errors import NotNow

    def fetch(site: Site, folder: Path) -> bytes:
        with Web("CBS", (site.address,), Manners(attempts=1)) as web:
            source = ODataV4(Pages(web, folder), f"{site.address}/odata/v1")
            table = source.table(fake.TABLE)
            measures = source.measures(table)
            regions = [region for code in ("GM9900", "GM9901") for region in source.regions(table, code)]
            codes = [measure.code for measure in measures]
            seen = [one for code in ("GM9900", "GM9901") for one in source.observations(table, code, codes)]
        return wide.write(folder / "t.csv", wide.table_of(regions, measures, seen, "WijkenEnBuurten")).read_bytes()

    with TemporaryDirectory() as folder, fake.serve(page_size=5) as site:
        whole = fetch(site, Path(folder) / "whole")
        requests = len(site.asked)
        for place in range(requests):
            for fault in (Fault.CUT, Fault.TRUNCATED, Fault.BROKEN):
                site.faults = [*[None] * place, fault]
                here = Path(folder) / f"{place}-{fault.name}"
                try:
                    fetch(site, here)
                except NotNow:
                    _must(fetch(site, here) == whole, f"request {place}, {fault.name}")
                else:
                    _must(False, f"request {place}, {fault.name} was not noticed")
    return f"{requests} requests × 3 faults: the continued download is byte for byte the same"


def ten_times_as_much_is_the_same_figures() -> str:
    """Every made-up value that the bulk writer wrote is read back by the normal queries."""
    from tests.bench import synthetic
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.areas.models import Area
    from vliegwiel.see.figures import queries

    year = areas.years()[0]
    keys = synthetic.copies(10)
    synthetic.add_release(keys, year, str(year))
    queries.stamp.forget()
    codes = tuple(sorted(Area.objects.filter(year=year).values_list("code", flat=True)))
    for key in keys:
        view = queries.view(key, year, codes)
        start = synthetic.value_of(key, str(year), 0)
        _must(all(view.values[row] == (start + row * 13) % 1000 for row in range(len(codes))), key)
    return f"{len(keys):,} indicators × {len(codes):,} areas read back"


def every_random_regulation_keeps_its_word() -> str:
    """10,000 regulations and applications drawn from a seed: reasons, amounts, unknown, order and receipt are what they must be."""
    from collections import Counter
    from random import Random

    from vliegwiel.engines.rulebook.tests.random_regulations import prove_one

    seen = Counter(prove_one(Random(f"rulebook/{number}")).value for number in range(10_000))
    return "10,000 hold: " + ", ".join(f"{count:,} {answer}" for answer, count in seen.most_common())


def every_random_division_keeps_its_word() -> str:
    """10,000 random rounds per invariant: no ceiling is passed, more money gives nobody less, the order of handing in does not matter, what
    comes free passes no ceiling, and the receipt gives the same again."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from vliegwiel.engines.allocation.tests import test_divide as tests

    case = tests.rounds()
    invariants: dict[Any, tuple[Any, ...]] = {
        tests.test_no_ceiling_is_passed_and_nobody_gets_more_than_asked: (case,),
        tests.test_the_order_of_handing_in_does_not_matter_and_the_receipt_is_the_same: (case, st.randoms(use_true_random=False)),
        tests.test_more_money_on_the_whole_never_gives_anyone_less_when_the_line_stops: (case, st.integers(1, 200)),
        tests.test_freed_money_never_passes_a_ceiling: (case, st.data()),
    }
    often = settings(max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for invariant, drawn in invariants.items():
        often(given(st.tuples(*drawn))(_on(invariant.hypothesis.inner_test)))()
    return f"{len(invariants)} invariants × 10,000 rounds hold"


def _on(invariant: Callable[..., None]) -> Callable[[tuple[Any, ...]], None]:
    def holds(drawn: tuple[Any, ...]) -> None:
        invariant(*drawn)

    return holds


def letters_and_messages_survive_a_hundred_kills() -> str:
    """A process that decides, writes letters and tells people is killed at a hundred random moments, and then goes on to the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VLIEGWIEL_", "DATABASE_URL"))}
    test = ROOT / "src" / "vliegwiel" / "foundation" / "notices" / "tests" / "test_kills.py"
    line = [sys.executable, "-m", "pytest", "-q", str(test)]
    done = subprocess.run(line, env={**kept, "VLIEGWIEL_KILLS": "100"}, cwd=ROOT, capture_output=True, text=True, check=False)
    _must(done.returncode == 0, done.stdout[-2000:])
    from vliegwiel.foundation.notices.tests import working

    decisions = (working.FILES + working.BATCH) // working.KILLS * 100
    return f"{decisions:,} decisions, each with one letter, one way of sending and its messages once; every mail came over"


def decisions_at_the_same_moment_on_sqlite() -> str:
    """200 decisions at once on one ceiling with two parts, 300 times, and 100 times killing three processes in the middle of deciding."""
    return _at_once({name: value for name, value in os.environ.items() if name != "DATABASE_URL"})


def decisions_at_the_same_moment_on_postgresql() -> str:
    """The same on PostgreSQL."""
    from tests import postgres

    try:
        return _at_once({**os.environ, "DATABASE_URL": os.environ.get("DATABASE_URL") or postgres.start()})
    finally:
        postgres.stop()


def _at_once(environment: dict[str, str]) -> str:
    with TemporaryDirectory() as home:
        words = ("--rounds", "300", "--kills", "100")
        line = [sys.executable, "-m", "vliegwiel.foundation.budgets.tests.at_once", *words]
        done = subprocess.run(line, env={**environment, "VLIEGWIEL_HOME": home}, capture_output=True, text=True, check=False)
    _must(done.stdout != "", done.stderr[-500:])
    seen = json.loads(done.stdout.splitlines()[-1])
    _must(seen["problems"] == [], str(seen["problems"]))
    return (
        f"{seen['decisions']:,} decisions in {seen['rounds']} rounds, {seen['granted']:,} granted and "
        f"{seen['refused_for_the_ceiling']:,} refused for the ceiling, never a cent over, nobody refused who fitted, "
        f"{seen['asked_twice']:,} asked twice and booked once; the longest answer took {seen['longest_seconds']:.1f} s. After "
        f"{seen['kills']} kills {seen['decided_between_kills']:,} decisions stand whole and none half; "
        f"{seen['entries_verified']:,} entries verified on {seen['database']}"
    )


def objections_and_determinations_are_decided_once_and_whole() -> str:
    """Three people sign one decision at once, a hundred times for two kinds; and who signs is killed a hundred times in the middle."""
    with TemporaryDirectory() as home:
        words = ("--rounds", "100", "--kills", "100")
        line = [sys.executable, "-m", "vliegwiel.support.objections.tests.at_once", *words]
        done = subprocess.run(line, env={**os.environ, "VLIEGWIEL_HOME": home}, capture_output=True, text=True, check=False)
    _must(done.stdout != "", done.stderr[-500:])
    seen = json.loads(done.stdout.splitlines()[-1])
    _must(seen["problems"] == [], str(seen["problems"]))
    return (
        f"{seen['decided_at_once']:,} decided and {seen['refused_at_once']:,} refused at the same moment; after {seen['kills']} kills, "
        f"{seen['killed_before_the_end']} of them before the end, none is half; {seen['entries_verified']:,} entries verified on "
        f"{seen['database']}"
    )


def a_year_at_the_desk_says_each_thing_once() -> str:
    """A year with 10,000 files, pauses, hand-overs, clock changes and restarts: each reminder is decided exactly once, none is missed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VLIEGWIEL_", "DATABASE_URL"))}
    with TemporaryDirectory() as home:
        line = [sys.executable, "-m", "vliegwiel.support.desk.tests.lived_year", "10000"]
        environment = {**kept, "VLIEGWIEL_HOME": home, "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
        done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    _must(done.returncode == 0, done.stderr[-500:])
    seen = json.loads(done.stdout.splitlines()[-1])
    _must(seen["problems"] == [] and seen["twice"] == 0, str(seen["problems"]))
    return (
        f"{seen['files']:,} files, {seen['acted']:,} of them by the real actions and the others written as those leave them; "
        f"{seen['messages']:,} reminders, each decided once; the worker came {seen['turns']:,} times and was "
        f"stopped half-way {seen['restarts']:,} times; it took {seen['processor']:,} s of processor, {seen['seconds']:,} s in all"
    )


def no_released_table_gives_a_hidden_cell_away() -> str:
    """Random linked tables of made-up people are protected, and attacked by another linear programme over all smallest groups."""
    from vliegwiel.engines.estimation.tests.intruder import attack_tables

    found = attack_tables(1000, seed=2026)
    _must(found.broken == 0, str(found))
    return str(found)


def no_set_of_areas_gives_a_hidden_cell_away() -> str:
    """Two hundred overlapping sets of areas are published one by one, each checked against all before it; then all are attacked."""
    from vliegwiel.engines.estimation.tests.intruder import attack_area_sets

    found = attack_area_sets(200, seed=2026)
    _must(found.broken == 0, str(found))
    return str(found)


def every_known_optimum_is_reached_with_its_proof() -> str:
    """Which facilities to keep: every optimum of the OR-Library that is known, for mean and longest way, proven by its bound."""
    import numpy as np

    from vliegwiel.engines.travel import keep
    from vliegwiel.engines.travel.tests.test_keep import OR_LIBRARY, instance, optima

    slowest, proven = 0.0, 0
    for name, median, centre in optima():
        matrix, number = instance(OR_LIBRARY / f"{name}.txt")
        for objective, optimum in (("p-median", median), ("p-centre", centre)):
            started = time.process_time()
            found = keep(matrix, np.ones(len(matrix)), p=number, objective=objective, seconds=600)
            wanted = (float(optimum), float(optimum), True)
            _must((found.objective, found.bound, found.proven) == wanted, f"{name} {objective}: {found.objective}, {found.bound}")
            slowest, proven = max(slowest, time.process_time() - started), proven + 1
    return f"{proven} optima reached and proven; the slowest took {slowest:.0f} s of processor"


def four_years_of_groningen_lived_again() -> str:
    """2020–2023 in Groningen by the real actions: counts and amounts are the review's; ledger, register and decisions agree to the cent."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VLIEGWIEL_", "DATABASE_URL"))}
    with TemporaryDirectory() as home:
        line = [sys.executable, "-m", "vliegwiel.entry.tests.lived"]
        done = subprocess.run(line, env={**kept, "VLIEGWIEL_HOME": home}, capture_output=True, text=True, check=False)
    _must(done.returncode == 0, done.stderr[-500:])
    seen = json.loads(done.stdout.splitlines()[-1])
    _must(seen["problems"] == [] and seen["trail"], str(seen["problems"]))
    schemes = "; ".join(
        f"{row['title']}: {row['calls']} calls, {row['applications']} applications, {row['granted']} granted, "
        f"{row['awarded'] // 100:,} euros"
        for row in seen["counts"]
    )
    return f"{seen['steps']} steps. {schemes}"


PROOFS: tuple[Callable[[], str], ...] = (
    decisions_at_the_same_moment_on_sqlite,
    decisions_at_the_same_moment_on_postgresql,
    every_value_of_2024,
    every_place_where_a_download_can_break,
    ten_times_as_much_is_the_same_figures,
    every_random_regulation_keeps_its_word,
    every_random_division_keeps_its_word,
    every_known_optimum_is_reached_with_its_proof,
    letters_and_messages_survive_a_hundred_kills,
    objections_and_determinations_are_decided_once_and_whole,
    a_year_at_the_desk_says_each_thing_once,
    no_released_table_gives_a_hidden_cell_away,
    no_set_of_areas_gives_a_hidden_cell_away,
    four_years_of_groningen_lived_again,
)


#: These read the figures of the real data, so they need a home in which everything is loaded.
ON_DATA = {"every_value_of_2024", "ten_times_as_much_is_the_same_figures"}
NAMES = {proof.__name__: proof for proof in PROOFS}


def measure(name: str) -> list[Result]:
    """Run one proof in full: what came of it, or where it does not hold."""
    try:
        return [Result(name, "", 1, 1, note=NAMES[name]())]
    except AssertionError as error:
        return [Result(name, "", why_not=f"houdt niet: {error}")]


def keep(results: Sequence[Result], path: Path = ROOT / "docs" / "proofs.md") -> None:
    """Write what was run into docs/proofs.md, with the day; what was not run keeps what it said."""
    told = _told(path.read_text(encoding="utf-8") if path.exists() else "")
    for result in results:
        proof = NAMES[result.name]
        outcome = result.note if result.value is not None else f"**does not hold** or did not finish: {result.why_not}"
        told[_title(proof)] = f"{str(proof.__doc__).strip()}\n\nOutcome on {clock.today():%d-%m-%Y}: {outcome}."
    head = "# Proofs\n\nWritten by `python3 start.py bench --proofs`: each proof in full, and what came of it the last time.\n"
    parts = [f"\n## {_title(proof)}\n\n{told.get(_title(proof), 'Not run yet.')}\n" for proof in PROOFS]
    path.write_text(head + "".join(parts), encoding="utf-8")


def _told(text: str) -> dict[str, str]:
    parts = [part.partition("\n") for part in text.split("\n## ")[1:]]
    return {title.strip(): body.strip() for title, _line, body in parts}


def _title(proof: Callable[[], str]) -> str:
    return proof.__name__.replace("_", " ").capitalize()


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)
