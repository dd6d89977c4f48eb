"""`vliegwiel warm`: make ahead what pages would otherwise make when they are first asked for."""

import click
from django.conf import settings


@click.command("warm")
def warm() -> None:
    """Maak kaarttegels en tekeningen klaar. Herhalen kan geen kwaad."""
    for line in prepare():
        click.echo(line)


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
