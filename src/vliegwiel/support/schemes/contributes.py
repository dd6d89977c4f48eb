"""What this room hands to shared places: how many schemes are open, beside the stage of support; and each scheme as it can be found."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.monitor.public import AreaPart, Place, StageCount
from vliegwiel.support.schemes.lifecycle import CallState
from vliegwiel.support.schemes.models import Call
from vliegwiel.support.schemes.overview import listed, state_words
from vliegwiel.support.schemes.queries import calls_of


def _open_now() -> str:
    """The calls that are open by the clock: pages that count them are kept until this changes."""
    waiting = Call.objects.filter(state__in=[CallState.ANNOUNCED.value, CallState.OPEN.value]).order_by("pk")
    return ",".join(call.public_id for call in waiting if call.stands is CallState.OPEN)


stamp = Stamp(_open_now)


def _open_schemes(place: Place) -> StageCount | None:
    count = len({call.scheme_id for call in calls_of(place.province, (CallState.OPEN,))})
    if not count:
        return None
    return StageCount(
        amount=str(count),
        what=ngettext("regeling open", "regelingen open", count),
        path="/regelingen",
        sentence=_("Hebt u een plan? Kijk in twee minuten of er geld voor is."),
        link=_("Bekijk welk geld er is"),
    )


def _same_for(place: Place) -> Place:
    """Every place of a province counts the same schemes."""
    return replace(place, code="", name="", level=Level.PROVINCE, municipality="")


PARTS = [AreaPart("steunen", gettext_lazy("Geld voor plannen"), count=_open_schemes, same_for=_same_for)]


def _findable(province: str) -> Iterator[SearchDocument]:
    """Every scheme of the public list, with what it is for, for whom, how much, and what it asks."""
    for item in listed(province):
        rules = item.rules
        told = (rules.summary, rules.for_whom, item.how_much, *(fact.question for fact in rules.facts))
        yield SearchDocument(
            kind="regeling",
            id=item.scheme.key,
            title=rules.title,
            text=" ".join(text if text.endswith((".", "?")) else f"{text}." for text in told if text),
            path=item.path,
            audiences=(EVERYONE,),
            province=item.scheme.province,
            themes=tuple(rules.themes),
            phase=str(state_words()[item.state]),
            made_up=item.scheme.made_up,
        )


SEARCHABLES = [Searchable("regeling", gettext_lazy("Geld voor plannen"), _findable)]
