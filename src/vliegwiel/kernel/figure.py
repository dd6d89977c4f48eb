"""One figure: a value with its margin, or the reason why there is none."""

from dataclasses import dataclass
from enum import Enum


class Missing(Enum):
    """Why a figure has no value (*waarom geen cijfer*). Missing is not zero."""

    NOT_COLLECTED = "niet-verzameld"
    NOT_YET = "nog-niet-geleverd"
    SUPPRESSED = "te-weinig-inwoners"
    UNRELIABLE = "onbetrouwbaar"
    AREA_CHANGED = "gebied-gewijzigd"
    ZERO_OR_SUPPRESSED = "nul-of-geheim"
    UNKNOWN = "onbekend-of-geheim"
    OTHER_METHOD = "andere-methode"

    @property
    def sentence(self) -> str:
        """The reason as a person reads it."""
        return _SENTENCES[self]


_SENTENCES = {
    Missing.NOT_COLLECTED: "De bron verzamelt dit niet voor dit gebied.",
    Missing.NOT_YET: "De bron vult dit cijfer later in.",
    Missing.SUPPRESSED: "Hier wonen te weinig mensen om een cijfer te tonen.",
    Missing.UNRELIABLE: "De marge is te groot om dit cijfer te tonen.",
    Missing.AREA_CHANGED: "De grens van dit gebied is veranderd.",
    Missing.ZERO_OR_SUPPRESSED: "De bron maakt geen verschil tussen nul en geheim.",
    Missing.UNKNOWN: "De bron noemt dit cijfer onbekend of geheim.",
    Missing.OTHER_METHOD: "De bron schatte dit toen op een andere manier. Daarom vergelijken we niet.",
}


@dataclass(frozen=True)
class Estimate:
    """A value in the unit of its indicator, with a margin only when the source gives one.

    `lower` and `upper` are the bounds of the interval at `confidence` (0–1). Exactly one of `value` and `missing` is set.
    """

    value: float | None = None
    missing: Missing | None = None
    lower: float | None = None
    upper: float | None = None
    confidence: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            message = "an estimate has a value or a reason why not"
            raise ValueError(message)
        if (self.lower is None) != (self.upper is None):
            message = "a margin has two bounds"
            raise ValueError(message)
        if (
            self.value is not None
            and self.lower is not None
            and self.upper is not None
            and not self.lower <= self.value <= self.upper
        ):
            message = "the value lies within its margin"
            raise ValueError(message)
