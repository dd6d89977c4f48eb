"""`vliegwiel areas`: import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vliegwiel.kernel.actor import Actor

if TYPE_CHECKING:
    from vliegwiel.see.areas.actions.import_areas import ImportedAreas


@click.group()
def areas() -> None:
    """Gebieden en grenzen inlezen."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, required=True, help="Het jaar van de indeling.")
def import_(file: Path, year: int) -> None:
    """Lees gebieden en grenzen in. Herhalen kan geen kwaad."""
    from vliegwiel.see.areas.actions.import_areas import import_areas

    done = import_areas(actor=Actor.system("cli"), path=file, year=year, progress=lambda text: click.echo(f"… {text}", err=True))
    _say(done, year)


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
    _say(done, year)


def _say(done: "ImportedAreas", year: int) -> None:
    counts = ", ".join(f"{count} {level.plural}" for level, count in done.counts.items())
    click.echo(f"{'Al geladen' if done.already_there else 'Geladen'}: {counts} van {year}, {done.borders} grenzen.")
    for line in done.left_out[:10]:
        click.echo(f"  Weggelaten: {line}")
