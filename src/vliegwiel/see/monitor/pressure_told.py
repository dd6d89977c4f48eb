"""What the index says about one area, in words a person reads: themes, stacking, range, and how sure it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.reader import Theme
from vliegwiel.engines.indices import Stack

#: From this share of the draws, what it means for "does it belong to the worst part?".
CHANCES = (
    (0.95, gettext_lazy("bijna zeker wel")),
    (0.66, gettext_lazy("waarschijnlijk wel")),
    (0.34, gettext_lazy("niet te zeggen")),
    (0.05, gettext_lazy("waarschijnlijk niet")),
    (0.0, gettext_lazy("bijna zeker niet")),
)
NO_INDEX = {
    "few-people": gettext_lazy("Hier wonen te weinig mensen."),
    "unknown-people": gettext_lazy("We weten niet hoeveel mensen hier wonen."),
    "few-themes": gettext_lazy("Van minder dan de helft van de thema’s is iets bekend."),
}


@dataclass(frozen=True)
class ThemeState:
    """One theme in one area: under pressure or not (None: unknown) and the share of draws that say so.

    `bare` means that it rests on one figure without a margin: then other weights cannot move it, and the draws say nothing about how
    sure it is.
    """

    theme: Theme
    under: bool | None
    chance: float | None
    bare: bool = False

    @property
    def words(self) -> str:
        """In words, with how sure it is."""
        if self.chance is None:
            return _("niet bekend")
        if self.bare:
            return _("{words} (één cijfer, marge onbekend)").format(words=_("onder druk") if self.under else _("niet onder druk"))
        return _("{chance} onder druk").format(chance=chance_in_words(self.chance))

    @property
    def certainty(self) -> str:
        """How sure it is, for a theme that is under pressure."""
        return _("één cijfer, marge onbekend") if self.bare else certainty_in_words(self.chance or 0.0)


@dataclass(frozen=True)
class AreaPressure:
    """What the index says about one area. Without an index `why` is a code, `reason` says it in words, and there is no range."""

    themes: tuple[ThemeState, ...]
    stack: Stack | None
    kind: str
    kind_certainty: float | None
    place: str
    why: str
    low: int
    high: int
    of: int
    chance: float | None

    @property
    def reason(self) -> str:
        """Why there is no index, in words."""
        return str(NO_INDEX.get(self.why, ""))

    @property
    def under(self) -> tuple[ThemeState, ...]:
        """The themes under pressure."""
        return tuple(state for state in self.themes if state.under)

    @property
    def chance_words(self) -> str:
        """Whether it belongs to the part with the most pressure, in words."""
        return "" if self.chance is None else chance_in_words(self.chance)

    @property
    def kind_words(self) -> str:
        """How sure the kind of pressure is; a theme that rests on one figure without a margin makes "sure" unknown."""
        if self.kind_certainty is None:
            return ""
        words = certainty_in_words(self.kind_certainty)
        bare = any(state.bare for state in self.themes if state.chance is not None)
        return words if words == _("niet zeker") or not bare else _("marge onbekend")

    @property
    def bar(self) -> tuple[float, float]:
        """Start and length of the range, in percent of the row."""
        start = 100 * (self.low - 1) / self.of
        return round(start, 2), round(max(100 * (self.high - self.low + 1) / self.of, 1.0), 2)


def chance_in_words(chance: float) -> str:
    """A share of draws in words.

    >>> chance_in_words(0.97), chance_in_words(0.5), chance_in_words(0.01)
    ('bijna zeker wel', 'niet te zeggen', 'bijna zeker niet')
    """
    return str(next(words for least, words in CHANCES if chance >= least))


def certainty_in_words(share: float) -> str:
    """How sure something is that most draws (or fewer) say.

    >>> certainty_in_words(0.99), certainty_in_words(0.7), certainty_in_words(0.4)
    ('bijna zeker', 'waarschijnlijk', 'niet zeker')
    """
    return _("bijna zeker") if share >= 0.95 else _("waarschijnlijk") if share >= 0.66 else _("niet zeker")
