"""The map of an area: the parts it consists of, or the parts of the municipality it lies in, coloured by one figure."""

from dataclasses import dataclass
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.design.dutch import number, with_unit
from vliegwiel.foundation.design.maps import Drawing, Shape, class_breaks, class_of
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.monitor.sketches import Sketch, sketch_of

MAP_WIDTH, LOCATOR_WIDTH = 640, 300
_WITHIN_MUNICIPALITY = (Level.NEIGHBOURHOOD.value, Level.DISTRICT.value, Level.VILLAGE.value)


@dataclass(frozen=True)
class LegendClass:
    """One colour of the legend with its words."""

    css: str
    text: str | Promise


@dataclass(frozen=True)
class FigureMap:
    """A map with its legend and the table behind it (area, figure as text, or the reason)."""

    indicator: Indicator
    period: str
    parts: str
    drawing: Drawing
    legend: tuple[LegendClass, ...]
    table: tuple[tuple[Area, str], ...]

    @property
    def rows(self) -> SafeString:
        """The rows of the table as HTML, each with a link to its page; in one pass, as the shapes of the drawing."""
        return mark_safe(  # noqa: S308 - escaped here
            "".join(
                f'<tr><th scope="row"><a href="{escape(page_of(part))}">{escape(part.name)}</a></th><td class="n">{escape(text)}</td></tr>'
                for part, text in self.table
            )
        )


def map_of(area: Area, key: str, *, width: int = MAP_WIDTH) -> FigureMap | None:
    """Draw the map, or None when no borders are known. Sorted by the value in the table, unknown last."""
    level = areas.level_of_parts(area)
    whole = area
    if area.level in _WITHIN_MUNICIPALITY:
        whole = areas.area(area.municipality_code, area.year) or area
    parts = list(areas.parts_of(whole, level))
    sketch = sketch_of(tuple(part.code for part in parts), level, area.year, width)
    if sketch is None:
        return None
    view = figures.view(key, area.year, [part.code for part in parts])
    breaks = class_breaks(view.known())
    members = areas.members_of(area) if area.level == Level.VILLAGE.value else ()
    shapes, rows = [], []
    for place, part in enumerate(parts):
        estimate = view.estimate(place)
        text = with_unit(estimate.value, view.indicator) if estimate.value is not None else _reason(estimate.missing)
        rows.append((part, text, estimate.value))
        if part.code in sketch.paths:
            css = css_of(int(view.status[place]), estimate.value, breaks)
            here = " here" if area.code in (part.code, part.district_code) or part.code in members else ""
            shapes.append(Shape(part.code, sketch.paths[part.code], css + here, f"{part.name}: {text}", page_of(part)))
    shapes.sort(key=lambda shape: shape.css.endswith(" here"))
    rows.sort(key=lambda row: (row[2] is None, -(row[2] or 0.0), row[0].search_name))
    drawing = Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres, _labels(parts, sketch, area))
    legend = legend_of(view.indicator, breaks, {STATUS[int(code)] for code in view.status if code})
    return FigureMap(
        view.indicator, view.period, level.plural, drawing, legend, tuple((part, text) for part, text, _value in rows)
    )


def locator_of(area: Area) -> Drawing | None:
    """Where the area lies in the next larger one: a municipality in its province, a neighbourhood in its municipality."""
    if area.level == Level.PROVINCE.value:
        return None
    small = area.level in _WITHIN_MUNICIPALITY
    level = Level.NEIGHBOURHOOD if small else Level.MUNICIPALITY
    within = {"municipality": area.municipality_code} if small else {"province": area.province_code}
    sketch = sketch_of(areas.codes_of(level, area.year, **within), level, area.year, LOCATOR_WIDTH)
    if sketch is None:
        return None
    mine = area.code if area.level != Level.DISTRICT.value else f"BU{area.code[2:]}"
    members = areas.members_of(area)
    shapes = [
        Shape(code, path, "here" if code.startswith(mine) or code in members else "", "", "")
        for code, path in sketch.paths.items()
    ]
    shapes.sort(key=lambda shape: shape.css)
    return Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres)


def prepare(area: Area) -> None:
    """Work out the drawings of a municipality ahead, in both widths, so that nobody waits for the first visit."""
    parts = tuple(part.code for part in areas.parts_of(area, Level.NEIGHBOURHOOD))
    for width in (MAP_WIDTH, LOCATOR_WIDTH):
        sketch_of(parts, Level.NEIGHBOURHOOD, area.year, width)


def css_of(status: int, value: float | None, breaks: list[float]) -> str:
    """The class of a shape: c1 to c5 for a value, otherwise the mark of its reason."""
    if value is not None:
        return f"c{class_of(value, breaks)}"
    return "suppressed" if STATUS[status] in (Missing.SUPPRESSED, Missing.ZERO_OR_SUPPRESSED) else "missing"


def legend_of(indicator: Indicator, breaks: list[float], reasons: set[Missing | None]) -> tuple[LegendClass, ...]:
    """Words for each colour: *tot 1,5*, *1,5 tot 2*, *3 of meer*; then the marks for what is not shown. The unit stands in the title."""
    decimals = next((places for places in range(4) if all(round(value, places) == value for value in breaks)), indicator.decimals)
    thousands = indicator.unit == "× € 1.000"
    texts = [number(value * 1000) if thousands else number(value, decimals) for value in breaks]
    found = [LegendClass("c1", _("tot {high}").format(high=texts[0]))] if texts else []
    found += [
        LegendClass(f"c{place + 2}", _("{low} tot {high}").format(low=texts[place], high=texts[place + 1]))
        for place in range(len(texts) - 1)
    ]
    found += [LegendClass(f"c{len(texts) + 1}", _("{low} of meer").format(low=texts[-1]))] if texts else []
    hidden = reasons & {Missing.SUPPRESSED, Missing.ZERO_OR_SUPPRESSED}
    if hidden:
        found.append(
            LegendClass(
                "suppressed", _("nul of te weinig inwoners") if Missing.ZERO_OR_SUPPRESSED in hidden else _("te weinig inwoners")
            )
        )
    if reasons - hidden:
        found.append(LegendClass("missing", _("geen cijfer")))
    return tuple(found)


def page_of(area: Area) -> str:
    """The address of an area page."""
    return f"/gebieden/{area.code}?jaar={area.year}"


def _reason(missing: Missing | None) -> str:
    return _("geen cijfer. {sentence}").format(sentence=missing.sentence) if missing else ""


def _labels(parts: list[Area], sketch: Sketch, area: Area) -> tuple[tuple[float, float, str], ...]:
    """Names of at most six places, the largest by inhabitants, leaving out *verspreide huizen* and names that would overlap."""
    people = figures.view("inwoners", area.year, [part.code for part in parts])
    sized = sorted(zip(people.values, parts, strict=True), key=lambda pair: -pair[0] if pair[0] == pair[0] else 0)
    chosen: list[tuple[float, float, str]] = []
    for _people, part in sized:
        if part.code not in sketch.places or part.search_name.startswith("verspr"):
            continue
        x, y = sketch.places[part.code]
        if all(abs(x - other[0]) > 90 or abs(y - other[1]) > 22 for other in chosen) and 45 < x < sketch.width - 45:
            chosen.append((x, y, part.name))
        if len(chosen) == 6:
            break
    return tuple(chosen)
