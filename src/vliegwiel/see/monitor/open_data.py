"""What is open here: every table that was loaded as a dataset with its releases, and the borders of each year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator, limits_of
from vliegwiel.kernel.period import Period
from vliegwiel.see.areas.listing import Layer, layers
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.columns import parquet_path
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.models import Release


@dataclass(frozen=True)
class OpenTable:
    """A table of a later room that anybody may take along (*open dataset*): `path` is its address in the API, as JSON and CSV.

    `themes` are those of data.overheid.nl, `licence` the one that holds now. `map_layer`: its GeoJSON in the OGC API, when it has places.
    """

    key: str
    title: Promise
    text: Promise
    path: str
    keywords: tuple[str, ...]
    made_up: Callable[[], bool]
    themes: tuple[str, ...] = ("GOVE", "ECON")
    licence: Callable[[], str] = lambda: "CC0 1.0"
    map_layer: str = ""


def open_tables() -> list[OpenTable]:
    """The tables that rooms contribute, as `settings.VLIEGWIEL_OPEN_TABLES` names them."""
    return [table for path in settings.VLIEGWIEL_OPEN_TABLES for table in import_string(path)]


@dataclass(frozen=True)
class Dataset:
    """A table of a source for the areas of one year (*dataset*), with its releases, newest first."""

    key: str
    releases: tuple[Release, ...]
    indicators: tuple[Indicator, ...]
    periods: tuple[str, ...]

    @property
    def newest(self) -> Release:
        """The release that counts now."""
        return self.releases[0]

    @property
    def earlier(self) -> tuple[Release, ...]:
        """Releases that were followed up."""
        return self.releases[1:]

    @property
    def known(self) -> int:
        """How many figures the newest release holds."""
        return sum(column.known for column in self.newest.columns.all())

    @property
    def missing(self) -> int:
        """How many cells of the newest release hold a reason in place of a figure."""
        return sum(column.missing for column in self.newest.columns.all())

    @property
    def themes(self) -> tuple[str, ...]:
        """Keys of the themes of its indicators, each once."""
        return tuple(dict.fromkeys(item.theme for item in self.indicators))

    @property
    def span(self) -> Period:
        """From the first day of its first period up to the last day of its last one."""
        years = sorted(int(period[:4]) for period in self.periods if period[:4].isdigit()) or [self.newest.area_year]
        return Period(Period.year(years[0]).start, Period.year(years[-1]).end)

    @property
    def title(self) -> str:
        """What it is called, with the years it is about unless its name says them."""
        years = (str(self.span.start.year), str(self.span.end.year))
        return (
            self.newest.title
            if all(year in self.newest.title for year in years)
            else _("{title}, over {years}").format(title=self.newest.title, years=self.when)
        )

    @property
    def when(self) -> str:
        """The years its figures are about."""
        first, last = self.span.start.year, self.span.end.year
        return str(first) if first == last else _("{first} tot en met {last}").format(first=first, last=last)

    @property
    def limits(self) -> tuple[str, ...]:
        """What the table does not tell, or not exactly."""
        return limits_of(self.newest.table)

    @property
    def file(self) -> Path:
        """The durable file of the newest release."""
        return parquet_path(self.newest.content_hash)


@dataclass(frozen=True)
class Borders:
    """The map layers of one year."""

    year: int
    layers: tuple[Layer, ...]

    @property
    def made_up(self) -> bool:
        """Whether any of these borders is made up."""
        return any(layer.made_up for layer in self.layers)


def datasets() -> list[Dataset]:
    """Everything that is loaded, newest year first.

    Releases of one table and year that hold the same figures are vintages of one dataset; a release with other figures is its own.
    """
    grouped: list[tuple[set[tuple[str, str]], list[Release]]] = []
    for release in figures.releases():
        held = {(column.indicator, column.period) for column in release.columns.all()}
        same = next((group for group in grouped if _is_vintage(release, held, group)), None)
        if same is None:
            grouped.append((held, [release]))
        else:
            same[0].update(held)
            same[1].append(release)
    taken: dict[str, int] = {}
    found = []
    for _held, releases in grouped:
        key = f"{releases[0].table}-{releases[0].area_year}".lower()
        taken[key] = taken.get(key, 0) + 1
        found.append(_dataset(key if taken[key] == 1 else f"{key}-{releases[-1].public_id}", releases))
    return found


def _is_vintage(release: Release, held: set[tuple[str, str]], group: tuple[set[tuple[str, str]], list[Release]]) -> bool:
    first = group[1][0]
    return (release.table, release.area_year) == (first.table, first.area_year) and bool(held & group[0])


def borders() -> list[Borders]:
    """The map layers by year, newest first."""
    found: dict[int, list[Layer]] = {}
    for layer in layers():
        found.setdefault(layer.year, []).append(layer)
    return [Borders(year, tuple(items)) for year, items in found.items()]


def _dataset(key: str, releases: Sequence[Release]) -> Dataset:
    columns = list(releases[0].columns.all())
    keys = dict.fromkeys(column.indicator for column in columns)
    known = indicators()
    return Dataset(
        key,
        tuple(releases),
        tuple(known[item] for item in keys if item in known),
        tuple(dict.fromkeys(c.period for c in columns)),
    )
