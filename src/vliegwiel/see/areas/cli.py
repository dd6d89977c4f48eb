"""`vliegwiel areas`: import."""

from collections.abc import Sequence
from pathlib import Path

import click

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level

_SHOWN = 10


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
