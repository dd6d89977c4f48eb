"""`vliegwiel facilities`: roads, addresses and lists of facilities."""

from datetime import datetime
from pathlib import Path

import click

from vliegwiel.kernel.actor import Actor

_SHOWN = 10
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def facilities() -> None:
    """Voorzieningen, wegen en adressen inlezen."""


@facilities.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="Van wie deze lijst komt.")
@click.option("--kind", default="", help="De soort, als het bestand die niet zegt.")
@click.option("--checked", type=_DAY, help="De dag van de lijst.")
@click.option("--province", default="", help="De provincie, zoals PV25.")
def import_(file: Path, source: str, kind: str, checked: datetime | None, province: str) -> None:
    """Lees een lijst met voorzieningen in. Herhalen kan geen kwaad."""
    from vliegwiel.see.facilities.actions.import_facilities import import_facilities

    day = checked.date() if checked else None
    done = import_facilities(
        actor=Actor.system("cli"), province=_province(province), path=file, source=source, kind=kind, checked_on=day
    )
    record = done.record
    click.echo(f"Nieuw: {record.added}. Veranderd: {record.changed}. Hetzelfde: {record.unchanged}.")
    if record.missing:
        click.echo(f"  Niet meer in het bestand van deze bron: {record.missing}. Sluit zelf wat er niet meer is.")
    for row in done.wrong[:_SHOWN]:
        click.echo(f"  Regel {row.place} niet gelezen: {row.text}.")
    if len(done.wrong) > _SHOWN:
        click.echo(f"  En {len(done.wrong) - _SHOWN} andere regels.")


@facilities.group("network")
def network() -> None:
    """Wegen."""


@network.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vintage", type=_DAY, help="De dag die het bestand laat zien.")
@click.option(
    "--profile", "profiles", multiple=True, type=click.Choice(["foot", "bike", "car"]), help="Alleen deze manier van reizen."
)
@click.option("--province", default="", help="De provincie, zoals PV25.")
def import_network(file: Path, vintage: datetime | None, profiles: tuple[str, ...], province: str) -> None:
    """Lees wegen uit een bestand van OpenStreetMap (.osm.pbf). Herhalen kan geen kwaad."""
    from vliegwiel.see.facilities.actions.import_roads import import_roads

    done = import_roads(
        actor=Actor.system("cli"),
        province=_province(province),
        path=file,
        vintage=vintage.date() if vintage else None,
        profiles=profiles or ("foot", "bike", "car"),
    )
    for row in done.networks:
        there = " (was er al)" if row.profile in done.already_there else ""
        click.echo(
            f"{row.profile}: {row.edges} wegen van {row.vintage.isoformat()}, {row.left_out} afgesneden aan de rand{there}."
        )
    if done.reached is not None:
        with_roads, all_of_them = done.reached
        click.echo(f"In {with_roads} van de {all_of_them} buurten komen wegen samen.")
        if with_roads < all_of_them:
            click.echo("In de andere buurten ligt misschien geen weg: mensen daar kunnen dan niets bereiken.")


@network.command("make-up")
@click.option("--province", default="", help="De provincie, zoals PV25.")
def make_up(province: str) -> None:
    """Verzin wegen binnen de grenzen, om mee te oefenen. Alles wat erop rust, zegt dat."""
    from vliegwiel.see.facilities.actions.import_roads import make_up_roads

    for row in make_up_roads(actor=Actor.system("cli"), province=_province(province)).networks:
        click.echo(f"{row.profile}: {row.edges} verzonnen wegen.")


@facilities.command("addresses")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vintage", type=_DAY, help="De dag die het bestand laat zien.")
@click.option("--province", default="", help="De provincie, zoals PV25.")
def addresses(file: Path, vintage: datetime | None, province: str) -> None:
    """Lees adressen van woningen uit de BAG (CSV of GeoPackage). Alleen de plek blijft bewaard."""
    from vliegwiel.see.facilities.actions.import_addresses import import_addresses

    done = import_addresses(
        actor=Actor.system("cli"), province=_province(province), path=file, vintage=vintage.date() if vintage else None
    )
    click.echo(
        f"{'Al geladen' if done.already_there else 'Geladen'}: {done.addresses.count} woningen. Weggelaten: {done.left_out}."
    )


@facilities.command("release")
@click.option("--province", default="", help="De provincie, zoals PV25.")
def release(province: str) -> None:
    """Maak van de afstanden een levering van cijfers."""
    from vliegwiel.see.facilities.actions.release_distances import release_distances

    done = release_distances(actor=Actor.system("cli"), province=_province(province))
    click.echo(f"Levering {done.release}: bekijk hem naast die van het CBS op /voorzieningen/afstand.")


def _province(given: str) -> str:
    from django.conf import settings

    found = given.strip().upper() or settings.VLIEGWIEL_PROVINCE
    if not found:
        raise click.UsageError("Geef --province, zoals --province PV25.")
    return str(found)
