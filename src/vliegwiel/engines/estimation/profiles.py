"""Rules for what may be shown, by name: thresholds are settings of whoever publishes, never constants."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from vliegwiel.engines.estimation.refusals import NotPossible, some


@dataclass(frozen=True)
class Profile:
    """When a cell is hidden, and how wide the interval must be in which an attacker can find it.

    minimum: answers in a cell. minimum_domain: answers in the group that a share or mean is of. dominance: the largest share that one
    respondent may have in a sum. group: the largest share that one answer may have in a group (*groepsonthulling*). rounding: the base
    to which what is shown is rounded. interval: how wide an attacker's interval of a hidden number of answers must be at least;
    interval_share: the same for other amounts, as a share of the amount. zero_hidden: whether a cell without answers counts as small.
    """

    name: str
    title: str = ""
    source: str = ""
    minimum: int = 0
    minimum_domain: int = 0
    dominance: float = 1.0
    group: float = 1.0
    rounding: float = 0.0
    interval: float = 2.0
    interval_share: float = 0.1
    zero_hidden: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Profile":
        """From catalogue data. Raises `NotPossible` for what it does not know or what cannot be."""
        known = {one.name for one in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown or "name" not in values:
            raise NotPossible(
                f"Een beveiligingsprofiel kent {some(unknown) or 'geen naam'} niet.", where=f"Wel: {some(sorted(known), 12)}."
            )
        made = cls(**dict(values))
        whole = (
            made.minimum >= 0
            and made.minimum_domain >= 0
            and made.rounding >= 0
            and made.interval > 0
            and made.interval_share >= 0
        )
        if not whole or not 0 < made.dominance <= 1 or not 0 < made.group <= 1:
            raise NotPossible(
                f"Het beveiligingsprofiel {made.name} kan zo niet.",
                todo="Drempels liggen niet onder nul, aandelen tussen 0 en 1, en het interval is groter dan nul.",
            )
        return made


#: Practice as published; see docs/methods/disclosure.md. An installation hands in its own.
PROFILES = {
    one.name: one
    for one in (
        Profile(
            "cbs-income", "CBS, inkomensstatistiek", "CBS, Aanvullende onderzoeksbeschrijving Inkomensstatistiek, hoofdstuk 5",
            minimum_domain=100, dominance=0.3, rounding=100, interval=10, interval_share=0.1,
        ),
        Profile(
            "ggd-30-5-90", "GGD, buurtmonitor: 30, 5 en 90%", "GGD Flevoland, verantwoording buurtmonitor",
            minimum=5, minimum_domain=30, group=0.9, interval=5, interval_share=0.1,
        ),
    )
}  # fmt: skip


def profile_of(given: "Profile | str | Mapping[str, Any]") -> Profile:
    """A profile by name, from data, or as it is."""
    if isinstance(given, Profile):
        return given
    if isinstance(given, Mapping):
        return Profile.of(given)
    if given not in PROFILES:
        raise NotPossible(
            f"Het beveiligingsprofiel {given!r} bestaat niet.",
            where=f"Wel: {some(PROFILES)}.",
            todo="Kies er een, of geef een eigen profiel.",
        )
    return PROFILES[given]
