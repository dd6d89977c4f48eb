"""What the address asks: which close, where one opens, and beside which other choice it is laid."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict

from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.outcome import MOST_CLOSED, MOST_OPENED, Point
from vliegwiel.see.facilities.pages.asked import filter_of, profile_of
from vliegwiel.see.facilities.queries import Filter, facilities
from vliegwiel.see.facilities.where import RD_BOX

_USUAL = "basisschool"
MOST_LISTED = 300
Part = tuple[str, str]


@dataclass(frozen=True)
class Chosen:
    """One choice: public ids that close, and points in metres (RD) where one opens."""

    close: tuple[str, ...] = ()
    opens: tuple[Point, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.close or self.opens)

    @property
    def points(self) -> tuple[str, ...]:
        """The points as an address has them."""
        return tuple(f"{x:.0f},{y:.0f}" for x, y in self.opens)

    def parts(self, close: str = "sluit", opens: str = "open") -> list[Part]:
        """The choice as parts of an address, under these names."""
        return [*((close, name) for name in self.close), *((opens, point) for point in self.points)]

    def toggled(self, name: str) -> "Chosen":
        """With this one closing, or open again."""
        return replace(self, close=_without(self.close, name) if name in self.close else (*self.close, name))

    def without_point(self, place: int) -> "Chosen":
        """Without the new one at this position."""
        return replace(self, opens=(*self.opens[:place], *self.opens[place + 1 :]))


@dataclass(frozen=True)
class AskedWhatIf:
    """The question of the page: kind, way of travelling, municipality that is shown, what changes, and the choice it is laid beside."""

    kind: str
    profile: str
    municipality: str
    chosen: Chosen
    beside: Chosen = Chosen()

    def address(self, *, profile: str = "", chosen: Chosen | None = None) -> str:
        """The question as an address, with something changed."""
        parts = [*self.about(profile), *(self.chosen if chosen is None else chosen).parts()]
        return urlencode([*parts, *self.beside.parts("naast", "naast-open")])

    def about(self, profile: str = "") -> list[Part]:
        """What holds for every choice, as parts of an address."""
        place = [("gemeente", self.municipality)] if self.municipality else []
        return [("soort", self.kind), ("vervoer", profile or self.profile), *place]

    def toggled(self, name: str) -> str:
        """The address with this one closing, or open again."""
        return self.address(chosen=self.chosen.toggled(name))

    def compared(self) -> str:
        """The address that lays this choice beside the other; the other is the first when there is one."""
        first, second = (self.beside, self.chosen) if self.beside else (self.chosen, Chosen())
        return urlencode([*self.about(), *first.parts("een", "een-open"), *second.parts("twee", "twee-open")])


def asked_by(request: HttpRequest) -> AskedWhatIf:
    """Read the address; what cannot be is left out, and what is unknown or too much is refused later."""
    asked = filter_of(request)
    given = request.GET
    return AskedWhatIf(
        asked.kind or _USUAL,
        profile_of(request),
        asked.municipality,
        chosen_in(given, "sluit", "open"),
        chosen_in(given, "naast", "naast-open"),
    )


def chosen_in(given: QueryDict, close: str, opens: str) -> Chosen:
    """A choice under these names; one more than may be is read, so that too many are refused instead of forgotten."""
    names = tuple(dict.fromkeys(name[:12] for name in given.getlist(close) if name))[: MOST_CLOSED + 1]
    return Chosen(
        names, tuple(point for text in given.getlist(opens)[: MOST_OPENED + 1] if (point := point_in(text)) is not None)
    )


def point_in(text: str) -> Point | None:
    """A point in metres (RD) written as `x,y`; None for what is no point in the Netherlands."""
    across, comma, along = text.partition(",")
    if not (comma and across.strip().isdecimal() and along.strip().isdecimal() and len(text) < 20):
        return None
    x, y = float(across), float(along)
    return (x, y) if RD_BOX[0] <= x <= RD_BOX[2] and RD_BOX[1] <= y <= RD_BOX[3] else None


class Item(NamedTuple):
    """A facility to choose: no more of its record than list and map show."""

    public_id: str
    name: str
    x: int
    y: int
    municipality: str
    municipality_name: str
    area_name: str
    made_up: bool

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/voorzieningen/{self.public_id}"


def listed(asked: AskedWhatIf, chosen: tuple[str, ...]) -> list[Item]:
    """The facilities to choose from: those of the municipality shown, else of the municipalities in which something is chosen; and always
    what is chosen already."""
    found = facilities(settings.VLIEGWIEL_PROVINCE, Filter(kind=asked.kind, municipality=asked.municipality))
    if chosen and not asked.municipality:
        found = found.filter(municipality__in=Facility.objects.filter(public_id__in=chosen).values("municipality"))
    here = [Item(*row) for row in found.values_list(*Item._fields)[:MOST_LISTED]]
    there = {item.public_id for item in here}
    others = Facility.objects.filter(
        province=settings.VLIEGWIEL_PROVINCE,
        kind=asked.kind,
        closed_on=None,
        public_id__in=[name for name in chosen if name not in there],
    ).order_by("name", "pk")
    return [*(Item(*row) for row in others.values_list(*Item._fields)), *here]


def toggled(asked: AskedWhatIf) -> Callable[[Item], str]:
    """For each facility the address with that one closing, or open again: as `AskedWhatIf.toggled`, for hundreds of them at once."""
    without: dict[str, str] = {name: f"?{asked.toggled(name)}" for name in asked.chosen.close}
    mark = "-" * 12
    before, after = asked.toggled(mark).split(mark)
    return lambda item: without.get(item.public_id) or f"?{before}{item.public_id}{after}"


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
