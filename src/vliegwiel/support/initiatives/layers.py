"""Initiatives and meeting places as map layers: at their published point, with what their page shows."""

from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.public import Box, LayerPoint, PointLayer
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace

_LICENCE = "CC0 1.0"
Rows = TypeVar("Rows", QuerySet[Initiative], QuerySet[MeetingPlace])


def _initiatives() -> QuerySet[Initiative]:
    return queries.shown(settings.VLIEGWIEL_PROVINCE).filter(x__isnull=False)


def _places() -> QuerySet[MeetingPlace]:
    return queries.shown_places(settings.VLIEGWIEL_PROVINCE).filter(x__isnull=False)


def _within(found: Rows, box: Box | None) -> Rows:
    if box is None:
        return found
    west, south, east, north = box
    return found.filter(x__gte=west, x__lte=east, y__gte=south, y__lte=north)


def _around(found: QuerySet[Initiative] | QuerySet[MeetingPlace]) -> Box | None:
    sums = found.order_by().aggregate(Min("x"), Min("y"), Max("x"), Max("y"))
    if sums["x__min"] is None:
        return None
    return sums["x__min"], sums["y__min"], sums["x__max"], sums["y__max"]


def _initiative(item: Initiative) -> LayerPoint:
    told = {
        "titel": item.title,
        "kort": item.summary,
        "fase": item.phase,
        "themas": [one.theme for one in item.themes.all()],
        "gemeente": item.municipality_name,
        "plaats": item.place_name,
        "nauwkeurigheid": str(item.get_precision_display()),
        "pagina": f"{settings.VLIEGWIEL_ADDRESS}{item.path}",
    }
    return LayerPoint(item.public_id, item.x or 0, item.y or 0, {**told, "let_op": MADE_UP} if item.made_up else told)


def _place(item: MeetingPlace) -> LayerPoint:
    told = {
        "naam": item.name,
        "soort": item.kind,
        "beheer": item.run_by,
        "gemeente": item.municipality_name,
        "plaats": item.place_name,
        "toegankelijk": list(item.access),
        "pagina": f"{settings.VLIEGWIEL_ADDRESS}{item.path}",
    }
    return LayerPoint(item.public_id, item.x or 0, item.y or 0, {**told, "let_op": MADE_UP} if item.made_up else told)


def _some_initiatives(box: Box | None, start: int, end: int) -> Sequence[LayerPoint]:
    found = _initiatives().prefetch_related("themes").order_by("pk")
    return [_initiative(item) for item in _within(found, box)[start:end]]


def _some_places(box: Box | None, start: int, end: int) -> Sequence[LayerPoint]:
    return [_place(item) for item in _within(_places().order_by("pk"), box)[start:end]]


def _one_initiative(name: str) -> LayerPoint | None:
    found = _initiatives().filter(public_id=name).prefetch_related("themes").first()
    return _initiative(found) if found else None


def _one_place(name: str) -> LayerPoint | None:
    found = _places().filter(public_id=name).first()
    return _place(found) if found else None


LAYERS = [
    PointLayer(
        "initiatieven",
        _("Initiatieven van inwoners"),
        _("Wat inwoners beginnen, op het gepubliceerde punt. Dat is grof gemaakt voordat wij het bewaarden."),
        _LICENCE,
        number=lambda box: _within(_initiatives(), box).order_by().count(),
        points=_some_initiatives,
        one=_one_initiative,
        around=lambda: _around(_initiatives()),
        made_up=lambda: _initiatives().filter(made_up=True).exists(),
    ),
    PointLayer(
        "ontmoetingsplekken",
        _("Ontmoetingsplekken"),
        _("Waar mensen elkaar ontmoeten, en wie er naar binnen kan."),
        _LICENCE,
        number=lambda box: _within(_places(), box).order_by().count(),
        points=_some_places,
        one=_one_place,
        around=lambda: _around(_places()),
        made_up=lambda: _places().filter(made_up=True).exists(),
    ),
]
