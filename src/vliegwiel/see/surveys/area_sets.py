"""Which regions may be used for surveys: those that were there when the first wave was worked out, and those that were checked since."""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.surveys.models import AreaSetCheck, Review


@dataclass(frozen=True)
class SetStanding:
    """A region of a year and how it stands: whether surveys may use it, and its newest check, if it has one."""

    region: Area
    usable: bool
    check: AreaSetCheck | None


def members_hash(members: Sequence[str]) -> str:
    """A hash of the municipalities of a region: with others it is another region."""
    return content_hash(sorted(members))


def standings(province: str, year: int) -> list[SetStanding]:
    """Every region of a year. Before anything was released of a wave of that year, all may be used: one run then decides about all."""
    regions = list(areas.of_level(Level.REGION, year, province=province))
    known = _decided_about(province, year)
    newest: dict[str, AreaSetCheck] = {}
    for check in AreaSetCheck.objects.filter(province=province, year=year).order_by("made_at", "pk"):
        newest[check.code] = check
    found = []
    for region in regions:
        mark = members_hash(areas.members_of(region))
        own = newest.get(region.code)
        checked = own is not None and own.members == mark
        found.append(SetStanding(region, known is None or mark in known or checked, own if checked else None))
    return found


def usable_regions(province: str, year: int) -> list[Area]:
    """The regions of a year that surveys may use."""
    return [one.region for one in standings(province, year) if one.usable]


def years_with_releases(province: str) -> list[int]:
    """Years of areas of which something was released, the newest first."""
    found = Review.objects.filter(state=Review.State.RELEASED, wave__survey__province=province)
    return sorted(set(found.values_list("wave__area_year", flat=True)), reverse=True)


def _decided_about(province: str, year: int) -> set[str] | None:
    """The regions, as hashes of their municipalities, about which a released run decided; None when nothing of the year was released."""
    found = Review.objects.filter(state=Review.State.RELEASED, wave__survey__province=province, wave__area_year=year)
    marks: set[str] | None = None
    for review in found.select_related("run"):
        sets = review.run.receipt.get("parameters", {}).get("regions", [])
        marks = set(sets) if marks is None else marks & set(sets)
    return marks


def all_marks(province: str, year: int) -> list[str]:
    """The hashes of all regions that a run of now uses, for its receipt."""
    return sorted(members_hash(areas.members_of(region)) for region in usable_regions(province, year))
