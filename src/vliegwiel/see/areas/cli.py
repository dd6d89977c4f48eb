"""`vliegwiel areas`: import."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level

_SHOWN = 10

if TYPE_CHECKING:
    from vliegwiel.see.areas.actions.import_areas import ImportedAreas


@click.group()
def areas() -> None:
    """Gebieden en grenzen inlezen."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="Het jaar van de indeling. Mag weg als het bestand zelf zegt van welk jaar het is.")
def import_(file: Path, year: int | None) -> None:
    """Lees gebieden, grenzen, provincies of overgangen in. Herhalen kan geen kwaad."""
    from vliegwiel.see.areas.actions.import_areas import import_areas

    done = import_areas(actor=Actor.system("cli"), path=file, year=year, progress=lambda text: click.echo(f"… {text}", err=True))
    _say(done)


@areas.command("fetch")
@click.option("--year", type=int, required=True, help="Het jaar van de indeling.")
@click.option("--province", required=True, help="De code van de provincie, zoals PV25.")
def fetch(year: int, province: str) -> None:
    """Haal gebieden en grenzen op bij PDOK. Herhalen kan geen kwaad; wat al binnen is, blijft bewaard."""
    from vliegwiel.see.areas.actions.fetch_areas import fetch_areas

    code = province.strip().upper()
    done = fetch_areas(
        actor=Actor.system("cli"), province=code, year=year, progress=lambda text: click.echo(f"… {text}", err=True)
    )
    _say(done)


def _say(done: "ImportedAreas") -> None:
    counts = [_count(count, level) for level, count in done.counts.items()]
    counts += [f"{done.borders} grenzen"] if done.borders else []
    counts += [f"{done.links} overgangen"] if done.links else []
    click.echo(f"{'Al geladen' if done.already_there else 'Geladen'}: {', '.join(counts)} van {_years(done.years)}.")
    if done.changed:
        click.echo(f"  Nieuw of aangevuld: {done.changed}.")
    for line in done.left_out[:_SHOWN]:
        click.echo(f"  Weggelaten: {line}.")
    if len(done.left_out) > _SHOWN:
        click.echo(f"  En {len(done.left_out) - _SHOWN} andere weggelaten.")


def _count(count: int, level: Level) -> str:
    return f"{count} {level.value if count == 1 else level.plural}"


def _years(years: Sequence[int]) -> str:
    texts = [str(year) for year in years]
    return " en ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


@areas.group("sets")
def sets() -> None:
    """Regio’s van gemeenten en kernen van buurten."""


@sets.command("import")
@click.argument("file")
def import_sets(file: str) -> None:
    """Lees regio’s of kernen in, uit een YAML-bestand of een lijst die bij Vliegwiel hoort. Herhalen kan geen kwaad."""
    from vliegwiel.catalogue import area_sets
    from vliegwiel.see.areas.actions.import_area_sets import import_area_sets

    done = import_area_sets(actor=Actor.system("cli"), path=area_sets.shipped().get(file, Path(file)))
    counts = [f"{_count(count, done.level)} van {year}" for year, count in done.counts.items()]
    click.echo(f"{'Al geladen' if done.already_there and counts else 'Geladen'}: {', '.join(counts) or 'niets'} ({done.title}).")
    for line in done.left_out:
        click.echo(f"  Weggelaten: {line}.")


@sets.command("list")
def list_sets() -> None:
    """Toon de lijsten die bij Vliegwiel horen."""
    from vliegwiel.catalogue import area_sets

    for name, path in area_sets.shipped().items():
        found = area_sets.read(path)
        click.echo(f"{name}: {found.title}, {_count(len(found.sets), found.level)}")
