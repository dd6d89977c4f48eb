"""What this room hands to shared places: initiatives and meeting places on the page of a place, and who may see photos."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.foundation.papers.public import PaperAccess, PaperKind
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.see.facilities.public import Nearby, NearbyList
from vliegwiel.see.monitor.public import AreaPart, Place, StageCount
from vliegwiel.support.initiatives import findable, queries
from vliegwiel.support.initiatives.actions.add_photo import PHOTO
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.rules import distance
from vliegwiel.support.initiatives.standing import may_move, may_see

SEARCHABLES = findable.SEARCHABLES
_SHOWN = 5


def _asked(place: Place) -> queries.Filter:
    return queries.Filter(place="" if place.level is Level.PROVINCE else place.code)


def _number(place: Place) -> tuple[int, bool]:
    """How many there are here, and whether there are more; counted once per page."""
    return once(("initiatives", place.code), lambda: queries.counted(queries.found_by(place.province, _asked(place), None)))


def _counted(place: Place) -> StageCount | None:
    """How many initiatives there are in a place that is smaller than the province."""
    if place.province != settings.VLIEGWIEL_PROVINCE or place.level in (Level.PROVINCE, Level.REGION, Level.COUNTRY):
        return None
    number, _more = _number(place)
    if not number:
        return None
    return StageCount(
        amount=str(number),
        what=ngettext("initiatief van inwoners", "initiatieven van inwoners", number),
        path=f"/initiatieven?{urlencode({'plaats': place.code})}",
        sentence=_("Inwoners beginnen zelf iets voor hun dorp of buurt."),
        link=_("Bekijk de initiatieven"),
    )


def _section(place: Place) -> str:
    """The newest initiatives and the meeting places of a place, or how to begin one; nothing above a municipality."""
    if place.province != settings.VLIEGWIEL_PROVINCE or place.level in (Level.PROVINCE, Level.REGION, Level.COUNTRY):
        return ""
    asked = _asked(place)
    found = queries.found_by(place.province, asked, None)
    places = queries.places_found(place.province, asked, None)
    number, more = _number(place)
    rows, shown_places = list(found[:_SHOWN]) if number else [], list(places[:_SHOWN])
    context = {
        "place": place,
        "rows": rows,
        "number": number,
        "more": more,
        "places": shown_places,
        "made_up": any(row.made_up for row in rows) or any(item.made_up for item in shown_places),
        "query": f"?{urlencode({'plaats': place.code})}",
    }
    return render_to_string("support/initiatives/pages/public/section.html", context)


PARTS = [AreaPart("steunen", gettext_lazy("Initiatieven en ontmoetingsplekken"), count=_counted, section=_section)]


def _near(found: QuerySet[Initiative], points: Sequence[tuple[int, int]], metres: int) -> list[Nearby]:
    """What lies within so many metres of one of these points, by the published point."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    box = {"x__range": (min(xs) - metres, max(xs) + metres), "y__range": (min(ys) - metres, max(ys) + metres)}
    rows = [(item, round(min(distance((item.x or 0, item.y or 0), point) for point in points))) for item in found.filter(**box)]
    return [Nearby(str(item), item.path, item.place_name, away) for item, away in rows if away <= metres]


NEARBY = [
    NearbyList(
        gettext_lazy("Initiatieven van inwoners"), lambda province, points, metres: _near(queries.shown(province), points, metres)
    ),
]


def _of(record: str) -> Initiative | None:
    found = Initiative.objects.filter(public_id=record).select_related("merged_into").first()
    return found.merged_into or found if found else None


def _read(actor: Actor, record: str) -> Verdict:
    found = _of(record)
    if found is not None and may_see(actor, found):
        return Verdict.yes()
    return Verdict.no(Reason("not-found", "Deze foto is er niet, of staat niet op de site."))


def _add(actor: Actor, record: str) -> Verdict:
    found = _of(record)
    return may_move(actor, "add-photo", found) if found else Verdict.no(Reason("not-found", "Dit initiatief kennen we niet."))


def _kinds(_record: str) -> list[PaperKind]:
    return [PaperKind(PHOTO, _("foto"), formats=("jpg", "png"), largest=10)]


PAPERS = [PaperAccess("initiative", _read, _add, kinds=_kinds)]
