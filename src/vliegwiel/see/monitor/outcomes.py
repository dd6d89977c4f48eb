"""Which outcomes of the index are public: shown to the municipalities first, ten working days before everybody sees them."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max

from vliegwiel.foundation.people.public import Subject, may, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.monitor import pressure
from vliegwiel.see.monitor.models import IndexNote, IndexRelease

#: How many working days a municipality has before everybody sees the outcome.
AHEAD = 10


@dataclass(frozen=True)
class Standing:
    """How the outcome of a province and year stands: its release, if any, and whether everybody may see it today."""

    release: IndexRelease | None

    @property
    def public(self) -> bool:
        """Whether everybody may see it."""
        return self.release is not None and self.release.public_from <= clock.today()

    @property
    def public_from(self) -> date | None:
        """From which day everybody may see it; None when it was not released."""
        return self.release.public_from if self.release else None


@Stamp
def stamp() -> str:
    """Changes with every release and every note."""
    releases = IndexRelease.objects.aggregate(last=Max("pk"))["last"]
    notes = IndexNote.objects.aggregate(last=Max("written_at"))["last"]
    return f"{releases} {notes}"


def standing_of(province: str, year: int) -> Standing:
    """How the outcome of the figures that are loaded now stands; figures that came after a release need a release of their own."""
    if not IndexRelease.objects.filter(province=province, year=year, about="").exists():
        return Standing(None)
    receipt = pressure.picture_of(year, province).receipt.hash
    return Standing(IndexRelease.objects.filter(province=province, year=year, about="", receipt=receipt).first())


def told_of(province: str, year: int, municipality: str) -> tuple[Standing, IndexNote | None]:
    """The standing of the outcome and the note of a municipality beside it, for pages: remembered until one is released or written."""
    return _told((stamp(), areas.stamp(), figures.stamp()), province, year, municipality)


@lru_cache(maxsize=1024)
def _told(_stamps: Hashable, province: str, year: int, municipality: str) -> tuple[Standing, IndexNote | None]:
    standing = standing_of(province, year)
    return standing, note_beside(standing.release, municipality)


def may_see(actor: Actor, province: str, year: int) -> bool:
    """Whether the actor may see the outcome today: everybody once it is public, before that who releases it and who it was shown to."""
    standing = standing_of(province, year)
    if standing.public or may(actor, "publish-figures"):
        return True
    return standing.release is not None and bool(municipalities_of(actor, standing.release))


def municipalities_of(actor: Actor, release: IndexRelease) -> list[tuple[str, str]]:
    """Code and name of the municipalities for which the actor may write the note."""
    if not may_somewhere(actor, "write-note"):
        return []
    return [
        (area.code, area.name)
        for area in areas.of_level(Level.MUNICIPALITY, release.year, province=release.province)
        if may(actor, "write-note", Subject(province=release.province, municipality=area.code))
    ]


def note_beside(release: IndexRelease | None, municipality: str) -> IndexNote | None:
    """What a municipality wrote beside a release."""
    return release.notes.filter(municipality=municipality).first() if release and municipality else None
