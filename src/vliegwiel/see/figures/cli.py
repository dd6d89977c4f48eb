"""`vliegwiel figures`: import, show, list."""

import json
from pathlib import Path

import click

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound


@click.group()
def figures() -> None:
    """Cijfers inlezen en tonen."""


@figures.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Lees een levering van cijfers in. Herhalen kan geen kwaad."""
    from vliegwiel.see.figures.actions.import_release import import_release

    done = import_release(actor=Actor.system("cli"), path=file, progress=lambda text: click.echo(f"… {text}", err=True))
    release = done.release
    if done.already_there:
        click.echo(f"Al geladen: {release.title} ({release.table}), levering {release.public_id}. Er is niets veranderd.")
        return
    columns = list(release.columns.all())
    click.echo(f"Geladen: {release.title} ({release.table}), levering {release.public_id}.")
    click.echo(f"  {release.area_count} gebieden, {len(columns)} indicatoren, {sum(column.known for column in columns)} waarden.")
    click.echo(f"  {sum(column.missing for column in columns)} cellen zonder cijfer, elk met een reden.")
    if done.ignored:
        click.echo(f"  Niet nodig: {', '.join(done.ignored)}.")
    if done.unknown_areas:
        click.echo(
            f"  {len(done.unknown_areas)} onbekende gebieden, zoals {', '.join(done.unknown_areas[:3])}. Ze tellen nergens mee."
        )


@figures.command("show")
@click.argument("code")
@click.option("--year", type=int, help="Jaar van de indeling; zonder dit het nieuwste jaar.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def show(code: str, year: int | None, as_json: bool) -> None:
    """Toon alle cijfers van een gebied met status, levering en reden."""
    from vliegwiel.catalogue.reader import indicators
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.figures import queries
    from vliegwiel.see.figures.describe import described

    code = code.strip().upper()
    year = year or next(iter(areas.years()), 0)
    area = areas.area(code, year)
    if area is None:
        nearest = tuple((near.name, near.code) for near in areas.nearest_codes(code, year))
        raise NotFound(f"Het gebied {code} bestaat niet in {year}.", nearest=nearest)
    found = [described(figure) for figure in queries.figures_of(year, code, list(indicators()))]
    if as_json:
        document = {"gebied": {"code": area.code, "jaar": area.year, "naam": area.name, "soort": area.level}, "cijfers": found}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"{area.name} ({area.code}, {area.year})")
    for figure in found:
        value = figure["toelichting"] if figure["waarde"] is None else f"{figure['waarde']:g} {figure['eenheid']}"
        click.echo(f"  {figure['naam']} {figure['periode']}: {value}  [{figure['levering']}]")


@figures.command("releases")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
def releases(as_json: bool) -> None:
    """Toon welke leveringen geladen zijn."""
    from vliegwiel.see.figures import queries

    found = [
        {
            "levering": release.public_id,
            "tabel": release.table,
            "titel": release.title,
            "jaar": release.area_year,
            "gepubliceerd": release.published.isoformat(),
            "status": release.status,
            "gebieden": release.area_count,
            "indicatoren": len(release.columns.all()),
            "bestand": release.file_name,
            "hash": release.content_hash,
        }
        for release in queries.releases()
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in found:
        click.echo(
            f"{row['levering']}  {row['titel']}  {row['tabel']}  {row['gebieden']} gebieden, {row['indicatoren']} indicatoren"
        )
    if not found:
        click.echo("Er zijn nog geen cijfers. Lees ze in met: vliegwiel figures import BESTAND")
