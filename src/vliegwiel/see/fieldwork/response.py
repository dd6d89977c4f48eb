"""How many answered while they still do, by group, and what is odd about it. Small groups stay hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.see.areas.public import codes_and_names
from vliegwiel.see.fieldwork.document import AGE, AREA, STRATUM
from vliegwiel.see.fieldwork.models import Fielding
from vliegwiel.see.fieldwork.rules import SMALLEST_GROUP, alike, hasty, rounded, shown_counts


@dataclass(frozen=True)
class Group:
    """One group: its name, how many were asked and answered, the share; None where it stays hidden."""

    name: str
    asked: int | None
    answered: int | None

    @property
    def share(self) -> float | None:
        """How many in a hundred answered."""
        return 100 * self.answered / self.asked if self.asked and self.answered is not None else None


@dataclass(frozen=True)
class Response:
    """The response (*respons*): all together, per way of splitting the groups, and how many were hasty or gave one answer all through; None
    where too few answered to say. `live`: counts are rounded down to five, because people still answer."""

    asked: int
    answered: int
    unsent: int | None
    tables: tuple[tuple[str, tuple[Group, ...]], ...]
    hasty: int | None
    alike: int | None
    live: bool

    @property
    def share(self) -> float | None:
        """How many in a hundred answered."""
        return 100 * self.answered / self.asked if self.asked else None


def response_of(fielding: Fielding) -> Response:
    """As it stands now, or as it was counted at closing."""
    if fielding.state in (Fielding.State.CLOSED, Fielding.State.HANDED):
        return _told(fielding, fielding.response, live=False)
    return _told(fielding, counted(fielding), live=True)


def counted(fielding: Fielding) -> dict[str, Any]:
    """Everything counted, as plain values: of groups only those that may be seen."""
    rows = list(fielding.answers.values_list("seconds", "values"))
    enough = len(rows) >= SMALLEST_GROUP
    document = fielding.document
    groups: dict[str, dict[str, tuple[int, int]]] = {AREA: {}, STRATUM: {}, AGE: {}}
    for facts, spent in fielding.doors.values_list("facts", "spent"):
        for kind, counts in groups.items():
            if kind in facts:
                asked, answered = counts.get(str(facts[kind]), (0, 0))
                counts[str(facts[kind])] = (asked + 1, answered + spent)
    return {
        "asked": fielding.invited,
        "answered": len(rows),
        "hasty": sum(hasty([seconds for seconds, _values in rows])) if enough else None,
        "alike": sum(alike(document, values) for _seconds, values in rows) if enough else None,
        "groups": {
            kind: {name: list(counts[name]) if shown else None for name, shown in shown_counts(counts).items()}
            for kind, counts in groups.items()
            if counts
        },
    }


def _told(fielding: Fielding, found: Mapping[str, Any], *, live: bool) -> Response:
    names = dict(codes_and_names(fielding.area_year)) if AREA in found.get("groups", {}) else {}
    titles = {AREA: _("Per gemeente"), STRATUM: _("Per stratum"), AGE: _("Per leeftijd")}
    tables = tuple(
        (
            titles[kind],
            tuple(
                Group(names.get(name, name), counts[0] if counts else None, (rounded(counts[1]) if live else counts[1]) if counts else None)
                for name, counts in sorted(groups.items(), key=lambda one: names.get(one[0], one[0]))
            ),
        )
        for kind, groups in found.get("groups", {}).items()
    )  # fmt: skip
    odd = {name: rounded(found[name]) if live and found.get(name) else found.get(name) for name in ("hasty", "alike")}
    unsent = rounded(fielding.unsent.count()) if live else None
    answered = rounded(found.get("answered", 0)) if live else found.get("answered", 0)
    return Response(found.get("asked", 0), answered, unsent, tables, odd["hasty"], odd["alike"], live)
