"""Reading: one indicator for all neighbourhoods, and the area page as the server makes it; then the same with ten times as much."""

import random
import sqlite3
import statistics
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

from tests.bench import synthetic
from tests.bench.harness import Bar, Result, median_ms, percentile, seconds
from vliegwiel.catalogue.reader import indicators
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.models import ReleaseColumn

TIMES = 10
_SIZES = {"full": (200, 15), "tiny": (5, 3)}


def measure(size: str) -> list[Result]:
    """Measure, beside one long table in SQLite with an index; write ten times as much; measure the same again."""
    pages, runs = _SIZES[size]
    call_command("collectstatic", verbosity=0, interactive=False)
    year = _busiest_year()
    if year is None:
        return [Result("lezen", "", why_not="er zijn geen cijfers geladen")]
    neighbourhoods = areas.codes_of(Level.NEIGHBOURHOOD, year)
    keys = [key for key in indicators() if figures.periods(key, year) and not indicators()[key].computed]
    chosen = random.Random(synthetic.SEED).sample(
        list(Area.objects.filter(year=year, level="buurt")), k=min(pages, len(neighbourhoods))
    )
    long = _long_table(keys, year)
    column, column_sql = _column(keys, year, neighbourhoods, runs), _column_sql(long, keys, neighbourhoods, runs)
    row_ms, row_sql = _row(keys, year, chosen), _row_sql(long, chosen)
    page, page_cpu = _page(chosen)
    _multiply(year, size)
    again_column = _column(keys, year, neighbourhoods, runs)
    again_page, again_cpu = _page(chosen)
    count = f"{len(neighbourhoods):,} buurten van {year}".replace(",", ".")
    more = f"{ReleaseColumn.objects.count():,} kolommen, {len(areas.years())} jaren".replace(",", ".")
    return [
        Result("één indicator voor alle buurten", "ms", column, runs, Bar(30), "lange tabel in SQLite", column_sql, count),
        Result(
            "alle cijfers van één buurt",
            "ms",
            row_ms,
            len(chosen),
            None,
            "lange tabel in SQLite",
            row_sql,
            f"{len(keys)} indicatoren",
        ),
        Result("gebiedspagina, tijd in de server, p95", "ms", page, len(chosen), Bar(50), note=f"{page_cpu:.0f} ms rekentijd"),
        Result(
            "één indicator, met tien keer zoveel",
            "×",
            again_column / column,
            runs,
            Bar(1.3),
            note=f"{again_column:.2f} ms; {more}",
        ),
        Result(
            "gebiedspagina p95, met tien keer zoveel",
            "×",
            again_page / page,
            len(chosen),
            Bar(1.3),
            note=f"{again_page:.1f} ms, {again_cpu:.0f} ms rekentijd; {more}",
        ),
    ]


def _busiest_year() -> int | None:
    """The year with figures that has most neighbourhoods."""
    years = {year for year in areas.years() if figures.periods("inwoners", year)}
    return max(years, key=lambda year: len(areas.codes_of(Level.NEIGHBOURHOOD, year)), default=None)


def _column(keys: list[str], year: int, codes: tuple[str, ...], runs: int) -> float:
    figures.view(keys[0], year, codes)
    return statistics.median(seconds(lambda key=key: figures.view(key, year, codes)) for key in (keys * runs)[:runs]) * 1000


def _row(keys: list[str], year: int, chosen: list[Area]) -> float:
    return statistics.median(seconds(lambda area=area: figures.figures_of(year, area.code, keys)) for area in chosen) * 1000


def _page(chosen: list[Area]) -> tuple[float, float]:
    """p95 of the page as a visitor asks it, on the clock and in computing time; a cookie keeps the page cache out of it."""
    client = Client(SERVER_NAME="localhost")
    client.cookies["meting"] = "1"
    for area in chosen[:3]:
        client.get(f"/gebieden/{area.code}?jaar={area.year}&kaart=huishoudens")
    taken, computed = [], []
    for area in chosen:
        answer: Any = None

        def ask(code: str = area.code, year: int = area.year) -> None:
            nonlocal answer
            answer = client.get(f"/gebieden/{code}?jaar={year}")

        before = time.process_time()
        taken.append(seconds(ask) * 1000)
        computed.append((time.process_time() - before) * 1000)
        if answer.status_code != 200:
            message = f"{area.code}: {answer.status_code}"
            raise RuntimeError(message)
    return percentile(taken, 0.95), percentile(computed, 0.95)


def _multiply(year: int, size: str) -> None:
    """Ten times the indicators in the measured year, and ten times the years with as many indicators as there were."""
    loaded = len(areas.years())
    times = TIMES if size == "full" else 2
    given = [key for key in indicators() if figures.periods(key, year) and not indicators()[key].computed]
    synthetic.add_release(synthetic.copies(times), year, str(year))
    for made in synthetic.add_years(year, loaded * (times - 1)):
        synthetic.add_release(given, made, str(made))
    areas.stamp.forget()
    figures.stamp.forget()


def _long_table(keys: list[str], year: int) -> sqlite3.Connection:
    """The same figures as one row per figure: what one would build first."""
    from django.conf import settings

    path = Path(settings.VLIEGWIEL_HOME) / "long.sqlite3"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE figure (indicator TEXT, code TEXT, value REAL, status INTEGER)")
    codes = tuple(Area.objects.filter(year=year).values_list("code", flat=True))
    for key in keys:
        view = figures.view(key, year, codes)
        rows = zip([key] * len(codes), codes, view.values.tolist(), view.status.tolist(), strict=True)
        database.executemany("INSERT INTO figure VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX by_indicator ON figure (indicator, code)")
    database.execute("CREATE INDEX by_code ON figure (code, indicator)")
    database.commit()
    return database


def _column_sql(database: sqlite3.Connection, keys: list[str], codes: tuple[str, ...], runs: int) -> float:
    """One indicator for all neighbourhoods, in the order asked."""

    def ask(key: str) -> list[float]:
        found = dict(database.execute("SELECT code, value FROM figure WHERE indicator = ? AND code GLOB 'BU*'", [key]).fetchall())
        return [found.get(code) for code in codes]

    times = iter((keys * runs)[:runs])
    return median_ms(lambda: ask(next(times)), runs)


def _row_sql(database: sqlite3.Connection, chosen: list[Area]) -> float:
    codes = iter([area.code for area in chosen])
    question = "SELECT indicator, value, status FROM figure WHERE code = ?"
    return median_ms(lambda: database.execute(question, [next(codes)]).fetchall(), len(chosen))
