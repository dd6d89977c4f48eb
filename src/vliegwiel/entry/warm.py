"""`vliegwiel warm`: make ahead what pages would otherwise make when they are first asked for."""

import logging
import threading

import click
from django.conf import settings

log = logging.getLogger(__name__)
#: What most visitors see first.
_PAGES = ("see/monitor/pages/start/page.html", "see/monitor/pages/area/page.html")


@click.command("warm")
def warm() -> None:
    """Maak kaarttegels en tekeningen klaar, en het rekenen met wegen. Herhalen kan geen kwaad."""
    for line in prepare():
        click.echo(line)
    if _has_roads():
        from vliegwiel.engines.travel.warm import warm as compile_travel
        from vliegwiel.see.facilities.ready import make_ready

        compile_travel()
        make_ready(settings.VLIEGWIEL_PROVINCE)
        click.echo("Rekenen met wegen: klaar.")


def _has_roads() -> bool:
    """Whether anybody can ask how far something is: compiling takes a while, once per machine."""
    from vliegwiel.see.facilities.models import RoadNetwork

    return RoadNetwork.objects.exists()


def prepare() -> list[str]:
    """Tiles of every level and year, and the drawn maps of the province of this installation; says what is ready."""
    from vliegwiel.foundation.design import page_cache
    from vliegwiel.foundation.search import public as search
    from vliegwiel.kernel.actor import Actor
    from vliegwiel.kernel.area_code import Level
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.areas import tiles
    from vliegwiel.see.monitor import drawing
    from vliegwiel.see.monitor.pages.map.drawing import outline_of

    done: list[str] = []
    fresh = False
    for year in areas.years():
        for level in tiles.LEVELS:
            wanted = tiles.path_of(level, year)
            if wanted is None:
                continue
            fresh = fresh or not wanted.exists()
            path = tiles.make(level, year) or wanted
            done.append(f"Kaart van {level.plural} in {year}: {path.stat().st_size / 1e6:.1f} MB tegels.".replace(".", ",", 1))
            for province in areas.of_level(Level.PROVINCE, year).values_list("code", flat=True):
                if settings.VLIEGWIEL_PROVINCE in ("", province):
                    outline_of(level, year, tuple(part.code for part in areas.of_level(level, year, province=province)))
        if areas.border_digests(Level.NEIGHBOURHOOD, year):
            for municipality in areas.of_level(Level.MUNICIPALITY, year, province=settings.VLIEGWIEL_PROVINCE):
                drawing.prepare(municipality)
    changed = search.refresh_index(actor=Actor.system("cli"), province=settings.VLIEGWIEL_PROVINCE)
    if changed:
        done.append(f"Zoeken: {changed} teksten bijgewerkt.")
    if fresh:
        page_cache.forget_all()
    return done


def before_the_first_visitor() -> None:
    """Do now what a new process would do for its first visitor: read all addresses and templates, open the figures of the province.

    A fault here is logged and never keeps a process from starting: the first visitor then meets it, or waits a second.
    """
    from django.template.loader import get_template
    from django.urls import get_resolver

    from vliegwiel.see.monitor.pages.start.page import home_province
    from vliegwiel.see.monitor.queries import profile_of

    try:
        for pattern in get_resolver().url_patterns:
            getattr(pattern, "url_patterns", None)
        for name in _PAGES:
            get_template(name)
        if (home := home_province()) is not None:
            profile_of(home)
    except Exception:
        log.exception("a process could not make itself ready beforehand")
    threading.Thread(target=_roads_beforehand, name="roads", daemon=True).start()


def _roads_beforehand() -> None:
    """Read the roads while the first pages are answered already: who first asks how far something is, waits for nothing."""
    from django.db import connections

    from vliegwiel.see.facilities.ready import make_ready

    try:
        make_ready(settings.VLIEGWIEL_PROVINCE)
    except Exception:
        log.exception("a process could not read its roads beforehand")
    finally:
        connections.close_all()
