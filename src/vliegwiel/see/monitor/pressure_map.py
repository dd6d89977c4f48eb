"""The map of pressure: how many known themes stack up per neighbourhood, or how likely one theme is under pressure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.design.maps import Drawing, Shape
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas.models import Area
from vliegwiel.see.monitor.drawing import LegendClass, page_of
from vliegwiel.see.monitor.pressure import Picture
from vliegwiel.see.monitor.pressure_told import AreaPressure
from vliegwiel.see.monitor.sketches import sketch_of

STACK = "stapeling"
_STACK_CLASSES = (
    LegendClass("c1", gettext_lazy("geen thema")),
    LegendClass("c2", gettext_lazy("1 thema")),
    LegendClass("c4", gettext_lazy("2 thema’s")),
    LegendClass("c5", gettext_lazy("3 of meer thema’s")),
)
_THEME_CLASSES = (
    LegendClass("c1", gettext_lazy("niet onder druk")),
    LegendClass("c3", gettext_lazy("niet te zeggen")),
    LegendClass("c5", gettext_lazy("onder druk")),
)
_FEW_PEOPLE = LegendClass("suppressed", gettext_lazy("te weinig inwoners"))
_NOT_KNOWN = LegendClass("missing", gettext_lazy("te weinig bekend"))


@dataclass(frozen=True)
class PressureMap:
    """A drawn map with its title, legend, and the row behind each area in order of name."""

    title: str
    drawing: Drawing
    legend: tuple[LegendClass, ...]
    table: tuple[tuple[Area, str], ...]


def map_of(picture: Picture, chosen: Sequence[tuple[Area, AreaPressure]], key: str, *, width: int = 720) -> PressureMap | None:
    """Draw these areas by `key`: stapeling, or the key of a theme. None when no borders are known."""
    level = Level(picture.definition.level)
    sketch = sketch_of(tuple(area.code for area, _told in chosen), level, picture.year, width)
    if sketch is None:
        return None
    shapes, rows = [], []
    for area, told in chosen:
        css, words = _mark(told, key)
        rows.append((area, words))
        if area.code in sketch.paths:
            shapes.append(Shape(area.code, sketch.paths[area.code], css, f"{area.name}: {words}", page_of(area)))
    classes = _STACK_CLASSES if key == STACK else _THEME_CLASSES
    used = {shape.css for shape in shapes}
    legend = classes + tuple(item for item in (_FEW_PEOPLE, _NOT_KNOWN) if item.css in used)
    title = (
        _("Hoeveel bekende thema’s staan onder druk")
        if key == STACK
        else _("{name}: onder druk of niet").format(name=themes()[key].name)
    )
    drawing = Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres)
    return PressureMap(title, drawing, legend, tuple(rows))


def _mark(found: AreaPressure, key: str) -> tuple[str, str]:
    """The class and the words of one area."""
    if key == STACK:
        if found.stack is None:
            return _hidden(found)
        return _STACK_CLASSES[min(found.stack.under, 3)].css, _("{stack} onder druk").format(stack=found.stack)
    state = next((item for item in found.themes if item.theme.key == key), None)
    if state is None or state.chance is None:
        return _hidden(found)
    return _THEME_CLASSES[(state.chance >= 0.34) + (state.chance >= 0.66)].css, state.words


def _hidden(found: AreaPressure) -> tuple[str, str]:
    return ("suppressed", _("te weinig inwoners")) if found.why == "few-people" else ("missing", _("te weinig bekend"))
