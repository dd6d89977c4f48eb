"""Fetch the areas and borders of a province from PDOK, and import them as any other file."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.connect.pages import Pages
from vliegwiel.connect.pdok import borders
from vliegwiel.connect.web import Web
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.actions.import_areas import ImportedAreas, import_areas


def fetch_areas(*, actor: Actor, province: str, year: int, progress: Callable[[str], None] = lambda _text: None) -> ImportedAreas:
    """Download to the cache, going on where an earlier attempt stopped, then import in one transaction.

    Raises NotFound when PDOK has no such province or year, NotNow when it does not answer, NotValid when its answer is not right.
    """
    _refuse_other_codes(province)
    base = settings.VLIEGWIEL_SERVICES["pdok"]
    folder = Path(settings.VLIEGWIEL_HOME) / "cache" / "pdok"
    with Web("PDOK", base) as web:
        path = borders.fetch(
            Pages(web, folder, progress=progress),
            folder / f"wijkenbuurten_{year}_{province}.gpkg",
            year=year,
            province=province,
            base=f"{base[0].rstrip('/')}/cbs",
        )
        return import_areas(actor=actor, path=path, year=year, made_up=web.made_up, progress=progress)


def _refuse_other_codes(province: str) -> None:
    try:
        right = AreaCode(province).level is Level.PROVINCE
    except ValueError:
        right = False
    if not right:
        raise NotValid(_("{province} is geen code van een provincie, zoals PV25.").format(province=province), code="no-province")
