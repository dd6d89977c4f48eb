"""Pure decisions: the lowest level a wave carries, and the profile that was kept with a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from vliegwiel.engines.estimation.profiles import Profile
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.surveys.estimates import MEAN, Row

#: What a level asks of the usual (median) area: so many people who count in full (effective number). Regions: our own choice.
#: Municipalities: what the Veiligheidsmonitor aims at in its smallest published areas.
NEEDED: Mapping[Level, int] = {Level.REGION: 100, Level.MUNICIPALITY: 300}


@dataclass(frozen=True)
class Carried:
    """Whether a wave carries a level, and why (not)."""

    level: Level
    carried: bool
    effective: float
    needed: int


def levels_carried(rows: Sequence[Row], *, by_chance: bool, profile: Profile) -> list[Carried]:
    """Per level whether the wave carries it (*laagste niveau*). The province always. A municipality only by a probability sample.

    Districts, neighbourhoods and villages never: no estimate is made for them.
    """
    found = [Carried(Level.PROVINCE, carried=True, effective=0.0, needed=0)]
    for level, needed in NEEDED.items():
        own = [row for row in rows if row["level"] == level.value and row["stat"] == MEAN and not row["background"]]
        counts = [row["n_effective"] or 0.0 for row in own if row["n"] >= profile.minimum_domain]
        usual = median(counts) if counts and len(counts) * 2 > len(own) else 0.0
        carried = usual >= needed and found[-1].carried and (by_chance or level is not Level.MUNICIPALITY)
        if own or level is Level.MUNICIPALITY:
            found.append(Carried(level, carried, usual, needed))
    return found


def lowest(levels: Sequence[Carried]) -> Level:
    """The lowest level that is carried."""
    return [one.level for one in levels if one.carried][-1]


def profile_in(record: Mapping[str, Any]) -> Profile:
    """A profile as it was kept with a review."""
    return Profile.of(record)
