"""`vliegwiel demo`: a province to look at, made by the same actions as the real thing."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import click

from vliegwiel.entry.demo_rooms import HISTORY_PROVINCE, build_people, complete, one_province
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid


@click.command("demo")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Map met echte open data.")
@click.option("--province", default="", help="De provincie, zoals PV25; alleen met --data.")
@click.option("--port", default=8000, show_default=True, help="De poort.")
@click.option("--no-serve", is_flag=True, help="Bouw alleen; toon geen pagina's.")
@click.option(
    "--full", is_flag=True, help="Beleef ook 2020–2023 in Groningen opnieuw, met 1.500 initiatieven. Dat duurt enkele minuten."
)
def demo(data: Path | None, province: str, port: int, no_serve: bool, full: bool) -> None:
    """Bouw een voorbeeld en toon het: een verzonnen provincie, of met --data echte cijfers."""
    _choose(data, province, port, full)
    logging.getLogger("vliegwiel").setLevel(logging.WARNING)  # who builds an example reads the lines below, no log of each step
    from vliegwiel.entry import serve

    serve.ensure_database()
    one_province()
    compiling = _compile_beside()
    build_people()
    if data is not None:
        _build_real(data, province or (HISTORY_PROVINCE if full else "PV25"))
    elif full:
        _build_places()
    else:
        _build_made_up()
    if not no_serve:  # before we say that the pages are there
        serve.collect_static()
    compiling.wait()  # when that went wrong, who first asks how far something is compiles by itself
    if full and not no_serve:  # it takes minutes: shown while it is made
        _begin_history(port)
    else:
        if full:
            _build_history()
        complete()
        click.echo(
            f"\nKlaar. Open over een paar tellen http://127.0.0.1:{port}/ in uw browser. Stoppen kan met Ctrl+C.", err=False
        )
    if not no_serve:
        _serve_afresh(port)


def _compile_beside() -> subprocess.Popen[bytes]:
    """Compile the reckoning with roads, once per machine, while figures are read: it takes a core of its own for twenty seconds."""
    line = [sys.executable, "-c", "from vliegwiel.engines.travel.warm import warm; warm()"]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command, no shell


def _serve_afresh(port: int) -> None:
    """Serve from a process that did nothing else: letters were set in this one, and a copy of a typesetter that ran does not run."""
    line = [sys.executable, "-m", "vliegwiel.entry.cli", "serve", "--port", str(port)]
    os.execv(sys.executable, line)  # noqa: S606 - our own command, no shell


def _choose(data: Path | None, province: str, port: int, full: bool) -> None:
    """Set what the settings read, before they are read. A history brings its province."""
    from django.conf import settings

    os.environ["VLIEGWIEL_DEMO"] = "1"
    settings.VLIEGWIEL_DEMO = True
    chosen = HISTORY_PROVINCE if full else (province or "PV25") if data else "PV99"
    os.environ["VLIEGWIEL_PROVINCE"] = chosen
    settings.VLIEGWIEL_PROVINCE = chosen
    os.environ["VLIEGWIEL_ADDRESS"] = settings.VLIEGWIEL_ADDRESS = f"http://127.0.0.1:{port}"


def _build_history() -> None:
    from vliegwiel.entry.history import job

    click.echo("  We beleven 2020–2023 in Groningen opnieuw. Wat de bron niet noemt, is verzonnen.")
    count = job.run(job.KEY)
    click.echo(f"  {count} stappen. Bekijk het geld op /geld en de subsidies op /subsidieregister.")


def _begin_history(port: int) -> None:
    from vliegwiel.entry.history import job

    click.echo("  We beleven 2020–2023 in Groningen opnieuw, terwijl u kijkt. Wat de bron niet noemt, is verzonnen.")
    job.begin(job.KEY)
    click.echo(f"\nOpen http://127.0.0.1:{port}/voorbeeld in uw browser en zie hoe ver het is. Stoppen kan met Ctrl+C.")


def _build_made_up() -> None:
    from django.conf import settings

    from vliegwiel.entry import made_up
    from vliegwiel.see.areas.actions.import_areas import import_areas
    from vliegwiel.see.figures.actions.import_release import import_release

    click.echo("We bouwen een verzonnen provincie.")
    files = made_up.write(settings.VLIEGWIEL_HOME / "demo")
    actor = Actor.system("demo")
    areas = import_areas(actor=actor, path=files.borders, year=made_up.YEAR, made_up=True)
    figures = import_release(actor=actor, path=files.figures, made_up=True)
    click.echo(f"  {sum(areas.counts.values())} verzonnen gebieden, {figures.release.columns.count()} soorten cijfers.")


def _build_places() -> None:
    """Places that cannot exist in the province of the history, for what residents do there. Without figures: those would look real."""
    from django.conf import settings

    from vliegwiel.entry import made_up
    from vliegwiel.see.areas.actions.import_areas import import_areas

    path = made_up.write_places(settings.VLIEGWIEL_HOME / "demo", HISTORY_PROVINCE, _HISTORY_CORNER)
    areas = import_areas(actor=Actor.system("demo"), path=path, year=made_up.YEAR, made_up=True)
    click.echo(f"  {sum(areas.counts.values())} verzonnen plaatsen, zonder cijfers.")


#: Where the made-up places of the history lie (metres, RD): within that province.
_HISTORY_CORNER = (225_000, 565_000)
#: The order matters: tables that list areas come before tables that only name their codes.
_REAL_FIGURES = (
    "kwb/kwb_*_TypedDataSet.csv",
    "kwb/kwb_2024_*.csv",
    "pdok_origineel/*.gpkg",
    "pdok_origineel/*.geojson",
    "nabijheid/*.csv",
    "gezondheid/*.csv",
    "criminaliteit/*.csv",
    "brede_welvaart/rmbw_gemeente*.csv",
    "statline_export/SES_WOA*.csv",
)


def _build_real(data: Path, province: str) -> None:
    from vliegwiel.see.areas.actions.import_areas import import_areas
    from vliegwiel.see.figures.actions.import_release import import_release

    borders = sorted(data.glob(f"geo/wijkenbuurten_2024_*{province}*.gpkg"))
    figures = [path for pattern in _REAL_FIGURES for path in sorted(data.glob(pattern))]
    if not borders or not any(path.parent.name == "kwb" for path in figures):
        raise NotValid(f"In {data} staan geen grenzen van {province} of geen kerncijfers.", code="no-data")
    actor = Actor.system("demo")
    for path in borders:
        click.echo(f"  {path.name}")
        import_areas(actor=actor, path=path, year=2024)
    _build_earlier_years(actor, data, province)
    for path in figures:
        click.echo(f"  {path.name}")
        try:
            import_release(actor=actor, path=path)
        except NotValid as refusal:
            click.echo(f"    Niet geladen: {refusal.message}", err=True)


def _build_earlier_years(actor: Actor, data: Path, province: str) -> None:
    """What the folder holds of areas before 2024: borders, provinces, changes, the list of 2020, and the regions that we ship."""
    from vliegwiel.catalogue import area_sets
    from vliegwiel.see.areas.actions.import_area_sets import import_area_sets
    from vliegwiel.see.areas.actions.import_areas import import_areas

    for pattern, year in (("geo/gemeenten_2020_*.gpkg", 2020), ("regio/*.csv", None), ("kwb/kwb_2020_*_TypedDataSet.csv", 2020)):
        for path in sorted(data.glob(pattern)):
            click.echo(f"  {path.name}")
            import_areas(actor=actor, path=path, year=year)
    for path in area_sets.shipped().values():
        found = area_sets.read(path)
        if found.province == province and found.level is Level.REGION:
            import_area_sets(actor=actor, path=path)
