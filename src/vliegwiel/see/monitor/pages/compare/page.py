"""Areas side by side: at most five, by theme, each with its place in its own row."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator, Theme
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.names import search_name
from vliegwiel.see.figures.queries import ReleaseInfo
from vliegwiel.see.monitor import queries
from vliegwiel.see.monitor.files import csv_of
from vliegwiel.see.monitor.pages.start.page import home_province
from vliegwiel.see.monitor.queries import Profile, Row

MOST = 5
COMPARE = "/vergelijk"


@dataclass(frozen=True)
class Column:
    """One area in the comparison, and the address without it."""

    profile: Profile
    without: str

    @property
    def area(self) -> Area:
        """The area."""
        return self.profile.area

    @property
    def kind(self) -> str:
        """What it is, in words: *buurt in Bronckhorst*."""
        inside = self.area.municipality_name
        return f"{self.area.level} in {inside}" if inside and self.area.level != Level.MUNICIPALITY.value else self.area.level


@kept
def compare_page(request: HttpRequest) -> HttpResponse:
    """`/vergelijk?gebied=GM1876&gebied=GM1509&jaar=2024&zoek=Zutphen`: the search adds an area, without script."""
    year, chosen = _chosen(request.GET)
    text = request.GET.get("zoek", "").strip()[:80]
    found = _found(text, year, chosen)
    exact = [area for area in found if area.search_name == search_name(text)]
    if text and len(chosen) < MOST and (len(found) == 1 or len(exact) == 1):
        return redirect(_address(year, [*chosen, (exact or found)[0]]))
    columns = [Column(queries.profile_of(area), _address(year, [other for other in chosen if other != area])) for area in chosen]
    context = {
        "year": year,
        "columns": columns,
        "themes": _rows(columns),
        "sources": _sources(columns),
        "made_up": any(column.profile.made_up for column in columns),
        "full": len(chosen) >= MOST,
        "most": MOST,
        "text": text,
        "offers": [(area, Column(_bare(area), "").kind, _address(year, [*chosen, area])) for area in found],
        "csv": _address(year, chosen).replace(COMPARE, f"{COMPARE}/cijfers.csv"),
        "sums": any(row.figure.summed_from for column in columns for row in column.profile.rows),
    }
    return render(request, "see/monitor/pages/compare/page.html", context)


@kept
def compare_csv(request: HttpRequest) -> HttpResponse:
    """`/vergelijk/cijfers.csv?gebied=…`: exactly the figures of the page."""
    year, chosen = _chosen(request.GET)
    rows = [(areas.area(area.code, row.year) or area, row.figure) for area in chosen for row in queries.profile_of(area).rows]
    return csv_of(rows, f"vergelijk-{'-'.join(area.code for area in chosen) or 'leeg'}-{year}")


def _chosen(query: QueryDict) -> tuple[int, list[Area]]:
    known = areas.years()
    home = home_province()
    asked = query.get("jaar", "") or str(home.year if home else next(iter(known), ""))
    if not asked.isdigit() or int(asked) not in known:
        near = tuple((str(year), f"{COMPARE}?jaar={year}") for year in known)
        raise NotFound(_("Van het jaar {asked} hebben we geen gebieden.").format(asked=asked), nearest=near)
    year = int(asked)
    codes = list(dict.fromkeys(code.strip().upper() for code in query.getlist("gebied") if code.strip()))
    if len(codes) > MOST:
        raise NotFound(
            _("U kunt {most} gebieden naast elkaar zetten. Dit zijn er {codes}.").format(most=MOST, codes=len(codes)),
            nearest=(
                (
                    _("De eerste {most}").format(most=MOST),
                    f"{COMPARE}?{urlencode({'jaar': year, 'gebied': codes[:MOST]}, doseq=True)}",
                ),
            ),
        )
    found: list[Area] = []
    for code in codes:
        area = areas.area(code, year)
        if area is None:
            near = tuple((near.name, _address(year, [*found, near])) for near in areas.nearest_codes(code, year))
            raise NotFound(_("Het gebied {code} bestaat niet in {year}.").format(code=code, year=year), nearest=near)
        found.append(area)
    return year, found


def _found(text: str, year: int, chosen: Sequence[Area]) -> list[Area]:
    if not text:
        return []
    home = home_province()
    found = [area for area in areas.areas_named(text, year) if area.code not in {one.code for one in chosen}]
    return sorted(found, key=lambda area: home is not None and area.province_code != home.code)


def _address(year: int, chosen: Sequence[Area]) -> str:
    return f"{COMPARE}?{urlencode({'jaar': year, 'gebied': [area.code for area in chosen]}, doseq=True)}"


def _rows(columns: Sequence[Column]) -> list[tuple[Theme, list[tuple[Indicator, list[Row | None]]]]]:
    """Per theme each figure that at least one area has, with the row of every area."""
    found: list[tuple[Theme, list[tuple[Indicator, list[Row | None]]]]] = []
    themes = {theme.key: theme for column in columns for theme, _rows in column.profile.themes}
    per_area = [{row.indicator.key: row for row in column.profile.rows} for column in columns]
    for theme in themes.values():
        keys = dict.fromkeys(key for rows in per_area for key, row in rows.items() if row.indicator.theme == theme.key)
        lines = []
        for key in keys:
            indicator = next(rows[key].indicator for rows in per_area if key in rows)
            lines.append((indicator, [rows.get(key) for rows in per_area]))
        found.append((theme, lines))
    return found


def _sources(columns: Sequence[Column]) -> list[ReleaseInfo]:
    found = {release.id: release for column in columns for release in column.profile.sources}
    return sorted(found.values(), key=lambda release: release.title)


def _bare(area: Area) -> Profile:
    return Profile(area, (), "", (), "")
