"""What this room hands to shared places: a section on the page of a place."""

from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.facilities import queries
from vliegwiel.see.monitor.public import AreaPart, Place


def _section(place: Place) -> str:
    """How many facilities of each kind stand in a municipality, or in that of a smaller place, and where to read how far they are."""
    municipality = place.code if place.level is Level.MUNICIPALITY else place.municipality
    if place.province != settings.VLIEGWIEL_PROVINCE or not municipality:
        return ""
    counts = queries.counts_by_kind(place.province, municipality)
    if not counts:
        return ""
    kinds = facility_words().kinds
    rows = [(key, kinds[key].name if count == 1 else kinds[key].plural, count) for key, count in counts.items()]
    made_up = queries.holds_made_up(place.province, municipality)
    context = {"place": place, "rows": rows, "municipality": municipality, "made_up": made_up}
    return render_to_string("see/facilities/pages/register/section.html", context)


def _same_for(place: Place) -> Place:
    """All places in a municipality read the same; only the municipality itself is named."""
    return place if place.code == place.municipality else replace(place, code="", name="", level=Level.NEIGHBOURHOOD)


PARTS = [AreaPart("zien", gettext_lazy("Voorzieningen"), section=_section, same_for=_same_for)]
