"""A small province with real codes: ten neighbourhoods from little to much pressure, and one with few inhabitants."""

from datetime import date, timedelta
from pathlib import Path

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.recognise import Told
from vliegwiel.see.figures.tests.given import a_delivery
from vliegwiel.see.monitor.actions.release_index import release_index
from vliegwiel.see.monitor.models import IndexRelease

NAMES = ["Aart", "Beek", "Dam", "Eng", "Hof", "Kamp", "Laar", "Made", "Noord", "Oever"]


def rows(*, income_step: float = -2.0) -> list[dict[str, str]]:
    """The further in the list, the lower income and house value, and the further the shop; all of one shape but for their size."""
    found = [_row("GM1876", "Bronckhorst", 6300, 40, 400, 1.0)]
    found += [
        _row(f"BU187600{place:02d}", name, 360 + 60 * place, 40 + income_step * place, 500 - 20 * place, 0.5 + 0.4 * place)
        for place, name in enumerate(NAMES)
    ]
    found.append(_row("WK187600", "Bronckhorst-Oost", 6300, 40, 400, 1.0))
    return [*found, _row("BU18760099", "Verspreide huizen", 150, 5, 50, 20)]


def a_province(folder: Path, *, made_up: bool = False, income_step: float = -2.0, published: date | None = None) -> Release:
    """Import the rows, and release the index on them."""
    path = a_delivery(folder, name="kwb_2024_85984NED.csv", rows=rows(income_step=income_step))
    release = import_release(actor=Actor.system("cli"), path=path, made_up=made_up, told=Told(published=published)).release
    an_outcome()
    return release


def an_outcome(*, days_ago: int = 30) -> IndexRelease:
    """The index on the figures that are loaded, laid before the municipalities so many days ago; after thirty it is public."""
    with clock.at(clock.now() - timedelta(days=days_ago)):
        return release_index(actor=Actor.system("cli"), province="PV25", year=2024)


def _row(code: str, name: str, people: int, income: float, value: int, distance: float) -> dict[str, str]:
    return {
        "WijkenEnBuurten": code, "Naam": name, "Provinciecode": "PV25", "AantalInwoners_5": str(people),
        "k_0Tot15Jaar_8": str(people // 6), "k_65JaarOfOuder_12": str(people // 4), "HuishoudensTotaal_29": str(people // 2),
        "GemiddeldeHuishoudensgrootte_33": "2.2", "GemiddeldeWOZWaardeVanWoningen_39": str(value),
        "GemiddeldInkomenPerInwoner_78": f"{income:.1f}", "AfstandTotHuisartsenpraktijk_110": f"{distance:.1f}",
        "AfstandTotGroteSupermarkt_111": f"{distance:.1f}", "AfstandTotSchool_113": f"{distance:.1f}", "OppervlakteLand_116": "300",
        "MateVanStedelijkheid_120": "5", "Omgevingsadressendichtheid_121": str(100 + people // 10),
    }  # fmt: skip
