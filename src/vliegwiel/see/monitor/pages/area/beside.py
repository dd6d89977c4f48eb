"""What stands beside the figures of an area: areas that look like it, and the themes under pressure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.catalogue import indices
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas.models import Area
from vliegwiel.see.monitor import drawing, likeness, outcomes, pressure
from vliegwiel.see.monitor.likeness import Alike
from vliegwiel.see.monitor.models import IndexNote
from vliegwiel.see.monitor.pages.vulnerability.asked import Counts, counts_of
from vliegwiel.see.monitor.pressure_told import AreaPressure
from vliegwiel.see.monitor.queries import Group

LIKE, PROVINCE = "lijkt-op", "provincie"


@dataclass(frozen=True)
class Beside:
    """For the area page; `group` is set when the visitor compares with areas that look alike.

    `pressure` is there for an area of the level of the index, `counts` for one that holds such areas; both only once they are public.
    `note` is what the municipality wrote beside them.
    """

    alike: tuple[Alike, ...]
    group: Group | None
    group_size: int
    plural: str
    pressure: AreaPressure | None
    counts: Counts | None
    word: str
    note: IndexNote | None


def beside_of(area: Area, compare: str) -> Beside:
    """Read `?vergelijk=`: provincie (or nothing) or lijkt-op. Raises NotFound for another."""
    if compare not in ("", LIKE, PROVINCE):
        raise NotFound(_("Vergelijken kan met de provincie of met gebieden die erop lijken."), nearest=_back(area))
    plural = Level(area.level).plural
    codes = likeness.group_of(area)
    group = None
    if compare == LIKE:
        if not codes:
            raise NotFound(
                _("Van {name} is te weinig bekend om gebieden te vinden die erop lijken.").format(name=area.name),
                nearest=_back(area),
            )
        others = _("{plural} die er het meest op lijken").format(plural=plural)
        group = Group(codes, _("de {codes} {others}").format(codes=len(codes) - 1, others=others), others)
    definition = indices.vulnerability()
    standing, note = outcomes.told_of(area.province_code, area.year, area.municipality_code)
    public = standing.public
    return Beside(
        likeness.alike_to(area),
        group,
        max(len(codes) - 1, 0),
        plural,
        pressure.pressure_on(area) if public else None,
        counts_of(area) if public else None,
        str(definition.word),
        note if public else None,
    )


def _back(area: Area) -> tuple[tuple[str, str], ...]:
    return ((_("Terug naar {name}").format(name=area.name), drawing.page_of(area)),)
