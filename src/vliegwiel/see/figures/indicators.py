"""The indicators this installation knows: those of the catalogue and its own, in one form; and the answers about columns."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures.mapping import Answer, Answers
from vliegwiel.see.figures.models import ColumnAnswer, OwnIndicator
from vliegwiel.see.figures.readers import Knowledge


def indicators() -> Mapping[str, Indicator]:
    """All indicators by key. One of the catalogue goes before one of our own with the same key."""
    return _merged(stamp())


def own_indicators() -> Mapping[str, Indicator]:
    """The indicators that people of this installation added."""
    return {own.key: reader.indicator_from(own.record) for own in OwnIndicator.objects.order_by("key")}


def answers() -> Answers:
    """What people answered about columns, by family and key."""
    return {(given.family, given.key): Answer(given.indicator or None) for given in ColumnAnswer.objects.all()}


def knowledge() -> Knowledge:
    """What this installation knows besides the catalogue, for the readers."""
    return Knowledge(answers(), own_indicators(), areas_by_name)


def areas_by_name(year: int) -> Mapping[str, Sequence[str]]:
    """Codes of the areas of a year by their name."""
    found: dict[str, list[str]] = {}
    for code, name in areas.codes_and_names(year):
        found.setdefault(name, []).append(code)
    return found


@Stamp
def stamp() -> tuple[int, str]:
    """Changes when an indicator was added."""
    newest = OwnIndicator.objects.order_by("-added_at", "-pk").values_list("key", "added_at").first()
    return OwnIndicator.objects.count() if newest else 0, str(newest)


@lru_cache(maxsize=2)
def _merged(stamp: tuple[int, str]) -> Mapping[str, Indicator]:
    return {**own_indicators(), **reader.indicators()} if stamp[0] else reader.indicators()
