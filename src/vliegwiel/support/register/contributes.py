"""What the register shows on the pages of a place: how much money went there, as the public may read today."""

from dataclasses import replace

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.foundation.design.dutch import euros
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.monitor.public import AreaPart, Place, StageCount
from vliegwiel.support.register.queries import awarded


def _accounted(place: Place) -> StageCount | None:
    """The subsidies of a municipality and of the places in it, or of the whole province; nothing for what lies between."""
    if place.province != settings.VLIEGWIEL_PROVINCE or not (place.municipality or place.level is Level.PROVINCE):
        return None
    count, amount = awarded(place.province, place.municipality)
    if not count:
        return None
    return StageCount(
        amount=str(count),
        what=ngettext("subsidie van samen {amount}", "subsidies van samen {amount}", count).format(amount=euros(amount)),
        path="/subsidieregister" + (f"?{urlencode({'gemeente': place.municipality})}" if place.municipality else ""),
        sentence=_("Elke subsidie staat in een openbaar register, met het bedrag en waarvoor."),
        link=_("Bekijk het subsidieregister"),
    )


def _same_for(place: Place) -> Place:
    """A place counts the subsidies of its municipality."""
    return replace(place, code="", name="", level=Level.MUNICIPALITY) if place.municipality else place


PARTS = [AreaPart("verantwoorden", gettext_lazy("Subsidies"), count=_accounted, same_for=_same_for)]
