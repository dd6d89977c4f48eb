"""`vliegwiel areas`: import."""

from pathlib import Path

import click

from vliegwiel.kernel.actor import Actor


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
    counts = ", ".join(f"{count} {level.plural}" for level, count in done.counts.items())
    click.echo(f"{'Al geladen' if done.already_there else 'Geladen'}: {counts} van {year}, {done.borders} grenzen.")
    for line in done.left_out[:10]:
        click.echo(f"  Weggelaten: {line}")
