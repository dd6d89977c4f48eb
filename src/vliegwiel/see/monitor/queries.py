"""How a place is doing: its figures beside the larger areas it lies in, and its place among areas of its kind."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.reader import Indicator, Theme, themes
from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.design.strips import Spread, Strip, spread_of, strip_of
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import indicators as own
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.of_area import figure_of
from vliegwiel.see.figures.queries import Figure, indicators
from vliegwiel.see.monitor.last_known import is_given, last_known, year_of_last

_TOP = 0.85
#: Areas of our own, which have no row of their kind to stand in.
_OWN = (Level.REGION.value, Level.VILLAGE.value)
_CERTAINTY = {
    "register": gettext_lazy("Tellingen uit registers hebben geen marge."),
    "survey": gettext_lazy("Cijfers uit een enquête zijn een schatting uit antwoorden van een deel van de mensen."),
    "model": gettext_lazy("Een schatting met een model rekent met kenmerken van bewoners en kan er per buurt naast zitten."),
}


@dataclass(frozen=True)
class Row:
    """One figure of the area page: the figure, the same of the areas around it, and where it stands in the row.

    `year` is that of the borders the figure is about: earlier than that of the page where the source gives nothing newer.
    """

    figure: Figure
    around: tuple[Figure, ...]
    strip: Strip | None
    place: int | None
    count: int
    standing: float | None
    year: int

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.figure.indicator

    @property
    def place_in_words(self) -> str:
        """The place in the row, never better or worse."""
        if self.place is None:
            return ""
        if self.place == 1:
            return _("Hoogste van {count}").format(count=number(self.count))
        if self.place == self.count:
            return _("Laagste van {count}").format(count=number(self.count))
        return _("{place}e van {count}").format(place=number(self.place), count=number(self.count))


@dataclass(frozen=True)
class Profile:
    """The figures of an area by theme, with the names of the areas beside it and of the row it is placed in."""

    area: Area
    around: tuple[Area, ...]
    row_name: str
    themes: tuple[tuple[Theme, tuple[Row, ...]], ...]
    sentence: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in page order."""
        return tuple(row for _theme, rows in self.themes for row in rows)

    @property
    def current(self) -> tuple[Row, ...]:
        """The rows on the borders of the page itself."""
        return tuple(row for row in self.rows if row.year == self.area.year)

    @property
    def made_up(self) -> bool:
        """Whether anything on the page is a made-up example."""
        return self.area.made_up or any(row.figure.release and row.figure.release.made_up for row in self.rows)

    @property
    def has_sums(self) -> bool:
        """Whether a figure beside it was summed from municipalities."""
        return any(figure.summed_from for row in self.rows for figure in (row.figure, *row.around))

    @property
    def around_missing(self) -> list[str]:
        """Why a larger area has no figure beside it, each reason once, in words."""
        found = (figure.estimate.missing for row in self.current for figure in row.around)
        return list(dict.fromkeys(missing.sentence for missing in found if missing))

    @property
    def part_name(self) -> str:
        """What sums of this area were made from: *gemeenten*, or *buurten* of a village."""
        return areas.level_of_parts(self.area).plural

    @property
    def placed(self) -> bool:
        """Whether any figure has a place in a row."""
        return any(row.strip or row.place is not None for row in self.rows)

    @property
    def certainty(self) -> str:
        """How sure these figures are, in words, by the kinds that are on the page."""
        kinds = {row.indicator.kind for row in self.rows}
        margins = any(row.figure.estimate.lower is not None for row in self.rows)
        said = [str(sentence) for kind, sentence in _CERTAINTY.items() if kind in kinds]
        if kinds - {"register"} and not margins:
            said.append(_("De bron geeft er geen marge bij."))
        return " ".join(said)

    @property
    def sources(self) -> list[figures.ReleaseInfo]:
        """The releases that the page rests on, each once."""
        found = {row.figure.release.id: row.figure.release for row in self.rows if row.figure.release}
        return sorted(found.values(), key=lambda release: release.title)


@dataclass(frozen=True)
class Group:
    """Areas to compare with: codes (the area itself among them), what the row is called, and how a sentence calls the others."""

    codes: tuple[str, ...]
    row_name: str
    others: str


def profile_of(area: Area, group: Group | None = None) -> Profile:
    """The twelve figures of the area page, by theme, compared with its province unless told otherwise."""
    chosen = [item for item in sorted(indicators().values(), key=lambda item: item.profile or 0) if item.profile is not None]
    return _profile(area, chosen, group)


def theme_of(area: Area, theme: Theme) -> Profile:
    """Every figure of one theme that a source gives for areas of this kind, or for what a province, region or village is made of.

    Where it gives nothing on the borders of now, the last one it gave, if this is the same place.
    """
    chosen = [item for item in indicators().values() if item.theme == theme.key]
    return _profile(area, [item for item in chosen if is_given(item.key, area) or year_of_last(item.key, area) is not None])


def _profile(area: Area, chosen: Sequence[Indicator], group: Group | None = None) -> Profile:
    keys = [item.key for item in chosen]
    around = areas_around(area)
    group = group or Group(
        () if area.level in _OWN else areas.codes_of(Level(area.level), area.year, province=area.province_code),
        row_name(area, around),
        f"andere {Level(area.level).plural}",
    )
    rows = []
    for key in keys:
        if (year := year_of_last(key, area)) is not None:
            rows.append(_row_of_then(key, area, around, year))
        elif figures.periods(key, area.year):
            rows.append(_row(key, area, around, group.codes))
    by_theme = tuple(
        (theme, tuple(row for row in rows if row.indicator.theme == theme.key))
        for theme in themes().values()
        if any(row.indicator.theme == theme.key for row in rows)
    )
    return Profile(
        area, around, group.row_name, by_theme, _sentence([row for row in rows if row.year == area.year], group.others)
    )


def areas_around(area: Area) -> tuple[Area, ...]:
    """The municipality and the province of an area, smallest first, without the area itself."""
    codes = [code for code in (area.municipality_code, area.province_code) if code and code != area.code]
    found = (areas.area(code, area.year) for code in codes)
    return tuple(larger for larger in found if larger is not None)


def row_name(area: Area, around: Sequence[Area]) -> str:
    """What the row consists of, in words: *de 51 gemeenten van Gelderland*; for an area of our own what lies around it.

    Empty when there is nothing to compare with, as for a province that stands alone.
    """
    if area.level in _OWN:
        return _(" en ").join(larger.name for larger in around)
    count = len(areas.codes_of(Level(area.level), area.year, province=area.province_code))
    if count < 2:
        return ""
    province = next((larger.name for larger in around if larger.code == area.province_code), "")
    where = (" " + _("van {province}").format(province=province)) if province else ""
    return _("de {count} {plural}{where}").format(count=number(count), plural=Level(area.level).plural, where=where)


def _row(key: str, area: Area, around: Sequence[Area], peers: tuple[str, ...]) -> Row:
    return _placed(figure_of(key, area), tuple(figure_of(key, larger) for larger in around), area.year, peers)


def _row_of_then(key: str, area: Area, around: Sequence[Area], year: int) -> Row:
    """A figure that a source gave last on the borders of an earlier year, in the row of then: areas of its kind in its province."""
    mine, beside = last_known(key, area, year), tuple(last_known(key, larger, year).figure for larger in around)
    level = Level(area.level)
    peers = areas.codes_of(level, year, province=area.province_code) if mine.place and area.level not in _OWN else ()
    return _placed(mine.figure, beside, year, peers)


def _placed(figure: Figure, beside: tuple[Figure, ...], year: int, peers: tuple[str, ...]) -> Row:
    key, value, others = figure.indicator.key, figure.estimate.value, None
    if len(peers) > 1 and figure.indicator.aggregation != "count":
        others = _spread((areas.stamp(), figures.stamp(), own.stamp()), key, year, peers)
    if others is None:
        return Row(figure, beside, None, None, 0, None, year)
    count = len(others.ordered)
    place = others.rank_from_top(value) if value is not None and count else None
    standing = None if place is None or count < 10 else 1 - (place - 1) / (count - 1)
    return Row(figure, beside, strip_of(value, others), place, count, standing, year)


@lru_cache(maxsize=1024)
def _spread(_stamps: tuple[Hashable, ...], key: str, year: int, peers: tuple[str, ...]) -> Spread:
    """How the areas of a row lie; the same for each of them, so worked out once until areas, figures or indicators change."""
    return spread_of(figures.view(key, year, peers).known())


def _sentence(rows: Sequence[Row], others: str) -> str:
    """At most two things that stand out, of different themes, said from the figures; nothing is called better or worse."""
    said: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row.standing is None:
            continue
        weight, phrase = max((row.standing, row.indicator.high), (1 - row.standing, row.indicator.low))
        if weight >= _TOP and phrase and weight > said.get(row.indicator.theme, (0.0, ""))[0]:
            said[row.indicator.theme] = (weight, phrase)
    phrases = [phrase for _weight, phrase in sorted(said.values(), key=lambda pair: -pair[0])[:2]]
    if not phrases:
        known = any(row.standing is not None for row in rows)
        return _("Geen cijfer springt eruit tussen {others}.").format(others=others) if known else ""
    return _("Hier {phrases}, vergeleken met {others}.").format(phrases=" en ".join(phrases), others=others)
