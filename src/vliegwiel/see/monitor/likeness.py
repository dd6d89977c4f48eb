"""Areas that look most like one (*lijkt het meest op*): who they are, why, and as a group to compare with."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.catalogue import indices
from vliegwiel.catalogue.reader import indicators
from vliegwiel.engines.indices import Difference, Likeness, similar
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures

#: Below this part of a standard deviation two areas are the same to the eye.
_SAME = 0.25


@dataclass(frozen=True)
class Alike:
    """One area that looks like another, and how it differs most, in words."""

    area: Area
    distance: float
    words: str


def alike_to(area: Area) -> tuple[Alike, ...]:
    """The areas of the same level and province that look most like this one, nearest first; none when too little is known."""
    found = _likenesses(area)[: indices.alike().shown]
    codes = _codes(area)
    there = {other.code: other for other in Area.objects.filter(year=area.year, code__in=[codes[item.row] for item in found])}
    return tuple(Alike(there[codes[item.row]], item.distance, in_words(item.differences)) for item in found)


def group_of(area: Area) -> tuple[str, ...]:
    """Codes of the group to compare with: the area itself and those that look most like it; empty when too little is known."""
    found = _likenesses(area)
    codes = _codes(area)
    return (area.code, *(codes[item.row] for item in found)) if found else ()


def in_words(differences: tuple[Difference, ...]) -> str:
    """The two largest differences, or that there is hardly any.

    >>> in_words((Difference("inwoners", 0.1),))
    'Bijna gelijk op alle kenmerken'
    """
    words = {feature.key: feature for feature in indices.alike().features}
    told = [item for item in differences if abs(item.size) >= _SAME][:2]
    if not told:
        return _("Bijna gelijk op alle kenmerken")
    phrases = [words[item.feature].more if item.size > 0 else words[item.feature].less for item in told]
    return _("Verschilt vooral door {what}").format(what=_(" en ").join(phrases))


def _codes(area: Area) -> tuple[str, ...]:
    return areas.codes_of(Level(area.level), area.year, province=area.province_code)


def _likenesses(area: Area) -> tuple[Likeness, ...]:
    size = indices.alike().group.get(area.level, 0)
    return _nearest(areas.stamp(), figures.stamp(), area.year, area.level, area.province_code, area.code) if size else ()


@lru_cache(maxsize=4096)
def _nearest(
    areas_stamp: str, figures_stamp: tuple[int, str], year: int, level: str, province: str, code: str
) -> tuple[Likeness, ...]:
    definition = indices.alike()
    codes, features, enough = _features(areas_stamp, figures_stamp, year, level, province)
    if code not in codes or not enough[codes.index(code)]:
        return ()
    names = [feature.key for feature in definition.features]
    return tuple(
        similar(
            features,
            names,
            codes.index(code),
            count=definition.group[level],
            logarithmic=[feature.key for feature in definition.features if feature.by_ratio],
            candidates=enough,
            minimum_features=definition.min_features,
        )
    )


@lru_cache(maxsize=8)
def _features(
    _areas: int, _figures: tuple[int, str], year: int, level: str, province: str
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.bool_]]:
    codes = areas.codes_of(Level(level), year, province=province)
    known = [feature.key for feature in indices.alike().features]
    unknown = np.full(len(codes), np.nan)
    columns = [figures.view(key, year, codes).values if key in indicators() else unknown for key in known]
    people = figures.view("inwoners", year, codes).values
    return codes, np.column_stack(columns), people >= indices.vulnerability().min_inhabitants
