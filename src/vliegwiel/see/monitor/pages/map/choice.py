"""What a visitor chose on the map page, read from the address: figure, level, year, period, within which area, and a second figure."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.reader import Indicator, themes
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.queries import indicators
from vliegwiel.see.monitor.pages.start.page import home_province

LEVELS = {level.plural: level for level in (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)}
SORTS = {"hoog": gettext_lazy("hoogste eerst"), "laag": gettext_lazy("laagste eerst"), "naam": gettext_lazy("op naam")}
_WHOLES = (Level.PROVINCE.value, Level.MUNICIPALITY.value)
_DEFAULT = "aandeel-65-plus"
MAP = "/kaart"


@dataclass(frozen=True)
class Choice:
    """One map, or two beside each other. The address says it all, so that it can be shared."""

    indicator: Indicator
    beside: Indicator | None
    level: Level
    within: Area
    period: str
    sort: str

    @property
    def year(self) -> int:
        """The year of the areas."""
        return self.within.year

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that are drawn, in order."""
        return (self.indicator.key, *([self.beside.key] if self.beside else []))

    def address(self, path: str = MAP) -> str:
        """The address of exactly this choice."""
        values = {
            "indicator": self.indicator.key,
            "niveau": self.level.plural,
            "jaar": str(self.year),
            "periode": self.period,
            "binnen": self.within.code,
            "naast": self.beside.key if self.beside else "",
            "volgorde": self.sort if self.sort != "hoog" else "",
        }
        return f"{path}?{urlencode({name: value for name, value in values.items() if value})}"

    @property
    def csv(self) -> str:
        """Address of the download."""
        return self.address(f"{MAP}/cijfers.csv")

    @property
    def json(self) -> str:
        """Address of the values for the live map."""
        return self.address(f"{MAP}/cijfers.json")

    def sorted_by(self, sort: str) -> str:
        """Address of the same map with its table in another order."""
        return replace(self, sort=sort).address()


def chosen(query: QueryDict) -> Choice:
    """Read the address; what is left out gets a sensible start, what does not exist is refused with what does."""
    year = _year(query)
    within = _within(query, year)
    known = [item for theme in offered(year) for item in theme[1]]
    indicator = _indicator(query.get("indicator", ""), year, known)
    beside = _indicator(query.get("naast", ""), year, known) if query.get("naast") else None
    level = _level(query.get("niveau", ""), within)
    period = query.get("periode", "")
    periods = figures.periods(indicator.key, year)
    if period and period not in periods:
        near = tuple((one, f"{MAP}?indicator={indicator.key}&jaar={year}&periode={one}") for one in periods[:5])
        raise NotFound(
            _("Van {name} hebben we de periode {period} niet.").format(name=indicator.name, period=period), nearest=near
        )
    sort = query.get("volgorde", "hoog")
    return Choice(indicator, beside, level, within, period or periods[0], sort if sort in SORTS else "hoog")


def offered(year: int) -> list[tuple[str, list[Indicator]]]:
    """The figures we have for areas of a year, by theme."""
    there = [item for item in indicators().values() if figures.periods(item.key, year)]
    by_theme = ((theme.name, [item for item in there if item.theme == theme.key]) for theme in themes().values())
    return [(name, items) for name, items in by_theme if items]


def levels_within(within: Area) -> list[Level]:
    """The levels that an area can be divided in and of which we have borders."""
    smaller = [level for level in LEVELS.values() if within.level != level.value]
    return [level for level in smaller if areas.border_digests(level, within.year)]


def years_with_borders(within: Area) -> list[int]:
    """The years of which an area can be drawn, newest first."""
    found = (areas.area(within.code, year) for year in areas.years())
    return [area.year for area in found if area is not None and levels_within(area)]


def levels_without_borders(within: Area) -> list[Level]:
    """The levels that an area is divided in, but that we cannot draw."""
    drawn = levels_within(within)
    smaller = [level for level in LEVELS.values() if within.level != level.value and level not in drawn]
    return [level for level in smaller if areas.parts_of(within, level).exists()]


def _year(query: QueryDict) -> int:
    known = areas.years()
    asked = query.get("jaar", "")
    if not known:
        raise NotFound(_("Er zijn nog geen gebieden geladen."))
    if not asked:
        home = home_province()
        return home.year if home else known[0]
    if not asked.isdigit() or int(asked) not in known:
        raise NotFound(
            _("Van het jaar {asked} hebben we geen gebieden.").format(asked=asked),
            nearest=tuple((str(one), f"{MAP}?jaar={one}") for one in known),
        )
    return int(asked)


def _within(query: QueryDict, year: int) -> Area:
    code = query.get("binnen", "").strip().upper()
    home = home_province()
    code = code or (home.code if home else "")
    found = areas.area(code, year)
    if found is None or found.level not in _WHOLES:
        whole = areas.area(found.municipality_code, year) if found else None
        near = [area for area in areas.nearest_codes(code, year) if area.level in _WHOLES]
        near = [whole] if whole else near or ([home] if home else [])
        offers = tuple((area.name, f"{MAP}?binnen={area.code}&jaar={year}") for area in near)
        raise NotFound(
            _("Een kaart van {code} in {year} hebben we niet. Kies een provincie of gemeente.").format(code=code, year=year),
            nearest=offers,
        )
    return found


def _indicator(key: str, year: int, known: list[Indicator]) -> Indicator:
    if not known:
        raise NotFound(_("Voor de gebieden van {year} zijn nog geen cijfers geladen.").format(year=year))
    if not key:
        return next((item for item in known if item.key == _DEFAULT), known[0])
    found = next((item for item in known if item.key == key), None)
    if found is None:
        name = indicators()[key].name if key in indicators() else key
        near = tuple((item.name, f"{MAP}?indicator={item.key}&jaar={year}") for item in known[:5])
        raise NotFound(_("Het cijfer {name} hebben we niet voor {year}.").format(name=name, year=year), nearest=near)
    return found


def _level(name: str, within: Area) -> Level:
    possible = levels_within(within)
    if not possible:
        near = tuple(
            (f"{within.name} in {year}", f"{MAP}?binnen={within.code}&jaar={year}") for year in years_with_borders(within)
        )
        raise NotFound(_("Van {name} in {year} hebben we geen grenzen.").format(name=within.name, year=within.year), nearest=near)
    if not name:
        return possible[-1] if within.level == Level.MUNICIPALITY.value else possible[0]
    if LEVELS.get(name) not in possible:
        near = tuple(
            (
                _("{name} per {value}").format(name=within.name, value=level.value),
                f"{MAP}?binnen={within.code}&niveau={level.plural}&jaar={within.year}",
            )
            for level in possible
        )
        if name in LEVELS:
            refusal = _("Van de {plural} van {name} in {year} hebben we geen grenzen. Daarom kunnen we ze niet tekenen.")
            raise NotFound(refusal.format(plural=name, name=within.name, year=within.year), nearest=near)
        raise NotFound(_("{name} kunnen we niet per {level} tekenen.").format(name=within.name, level=name[:30]), nearest=near)
    return LEVELS[name]
