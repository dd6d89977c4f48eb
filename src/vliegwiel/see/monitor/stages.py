"""What the rooms of later stages show on the pages of a place: a count beside each stage of the wheel, and sections of the area page.

A room lists its parts as `AreaPart` in `contributes.py`; `entry/composition.py` names that list in AREA_PARTS, and the stamp of what
its parts rest on in PAGE_CACHE_STAMPS, because pages of places are kept.
"""

import logging
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.design.page_cache import current_stamp
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas.models import Area

log = logging.getLogger(__name__)
Told = TypeVar("Told")

#: The stages of the wheel in order, with how each is called.
STAGES: dict[str, Promise] = {
    "zien": _("Zien"),
    "steunen": _("Steunen"),
    "afspreken": _("Afspreken"),
    "leren": _("Leren"),
    "verantwoorden": _("Verantwoorden"),
}


@dataclass(frozen=True)
class Place:
    """The place a page is about: an area of one year. `municipality` is empty for what is larger than one."""

    code: str
    name: str
    level: Level
    year: int
    province: str
    municipality: str


@dataclass(frozen=True)
class StageCount:
    """One number beside a stage, as it is shown: `amount` ("14", "€ 212.400") and `what` it counts ("initiatieven geholpen").

    `sentence` tells on the first page what it means, `path` is where to read on and `link` how that is called.
    """

    amount: str
    what: str
    path: str
    sentence: str = ""
    link: str = ""


@dataclass(frozen=True)
class AreaPart:
    """What a room adds to the pages of a place. `count` gives the number for its stage, `section` safe HTML for the area page.

    Either may give nothing (None, or an empty text). `same_for` gives the place that stands for all places with the same answer; what was
    told of it is remembered until a stamp changes. Sections come in the order of the stages, and in a stage in the order in which rooms
    are named. What fails says so, and the page stands.
    """

    stage: str
    title: str | Promise
    count: Callable[[Place], StageCount | None] | None = None
    section: Callable[[Place], str] | None = None
    same_for: Callable[[Place], Place] | None = None


@dataclass(frozen=True)
class Stage:
    """A stage for one place: its key and name, and what is counted there (None: nothing yet)."""

    key: str
    name: str | Promise
    count: StageCount | None


@dataclass(frozen=True)
class Section:
    """A section of the area page: its HTML, or that it failed (`html` is empty then)."""

    title: str | Promise
    html: str
    failed: bool = False


def place_of(area: Area) -> Place:
    """The place of an area."""
    return Place(area.code, area.name, Level(area.level), area.year, area.province_code, area.municipality_code)


def stages_of(place: Place, own: StageCount | None) -> list[Stage]:
    """The five stages in order; `own` is what this room itself counts under *zien*."""
    counts: dict[str, StageCount | None] = {"zien": own}
    for part in _parts():
        if part.count is not None and counts.get(part.stage) is None:
            counts[part.stage] = _counted(part, place)
    return [Stage(key, name, counts.get(key)) for key, name in STAGES.items()]


def sections_of(place: Place) -> list[Section]:
    """The sections of later rooms for one place; one that fails is there, and says so."""
    found = sorted(_parts(), key=lambda part: list(STAGES).index(part.stage))
    return [section for part in found if (section := _drawn(part, place)) is not None]


def _parts() -> Iterator[AreaPart]:
    contributed: list[Sequence[AreaPart]] = [import_string(path) for path in settings.VLIEGWIEL_AREA_PARTS]
    return (part for parts in contributed for part in parts)


def _asked(part: AreaPart, told: Callable[[Place], Told], place: Place) -> Told:
    if part.same_for is None:
        return told(place)
    answer: Told = _remembered((current_stamp(), get_language()), told, part.same_for(place))
    return answer


@lru_cache(maxsize=2048)
def _remembered(_stamps: Hashable, told: Callable[[Place], Any], place: Place) -> Any:
    return told(place)


def _counted(part: AreaPart, place: Place) -> StageCount | None:
    try:
        return _asked(part, part.count, place) if part.count else None
    except Exception:
        log.exception("the count of a stage failed: %s", part.stage)
        return None


def _drawn(part: AreaPart, place: Place) -> Section | None:
    if part.section is None:
        return None
    try:
        html = _asked(part, part.section, place)
    except Exception:
        log.exception("a section of the area page failed: %s", part.stage)
        return Section(part.title, "", failed=True)
    return Section(part.title, html) if html else None
