"""Regions and villages as sets: where their members come from, and how well a village fits its neighbourhoods."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas.models import Area, AreaSet

#: A village of which less than this share fits is read *bij benadering*.
GOOD_FIT = 0.90


@dataclass(frozen=True)
class MadeOf:
    """What an area of our own was made of: the origin of its members, and the fit of a village (None when not known)."""

    origin: str
    village: bool
    outside_village: float | None
    outside_set: float | None

    @property
    def approximate(self) -> bool:
        """Whether figures are *bij benadering*: a village that fits for less than 90 procent, or of which nobody knows how it fits."""
        if not self.village:
            return False
        worst = max(1.0 if share is None else share for share in (self.outside_village, self.outside_set))
        return round(1 - worst, 6) < GOOD_FIT

    @property
    def fit_in_words(self) -> str:
        """How well the village fits, in plain Dutch."""
        if not self.village:
            return ""
        if self.outside_village is None or self.outside_set is None:
            return _("We weten niet hoe goed deze buurten bij het dorp passen.")
        inside = _("Van de inwoners in deze cijfers woont {share:.0f} procent buiten het dorp.").format(
            share=100 * self.outside_village
        )
        if not self.outside_set:
            return inside
        return _("{inside} Van het dorp woont {share:.0f} procent buiten deze buurten.").format(
            inside=inside, share=100 * self.outside_set
        )


def made_of(area: Area) -> MadeOf | None:
    """What an area of our own was made of; None for an area of CBS."""
    if area.level not in (Level.REGION.value, Level.VILLAGE.value):
        return None
    found = AreaSet.objects.filter(area=area).first()
    if found is None:
        return None
    return MadeOf(found.origin, area.level == Level.VILLAGE.value, found.outside_village, found.outside_set)
