"""Facilities as a map layer: where they stand, with what their page shows in a column each."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.public import Box, LayerPoint, PointLayer
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.models import Facility


def properties_of(item: Facility) -> dict[str, Any]:
    """A facility as columns of a map program."""
    found: dict[str, Any] = {
        "naam": item.name, "soort": item.kind, "adres": item.address, "buurtcode": item.area, "buurt": item.area_name,
        "gemeentecode": item.municipality, "gemeente": item.municipality_name, "open": item.opening, "capaciteit": item.capacity,
        "kosten": item.cost, "toegankelijk": item.accessible, "toegang": "; ".join(item.access_details), "ruimtes": item.rooms,
        "bron": item.source, "gecontroleerd_op": item.checked_on.isoformat() if item.checked_on else None,
    }  # fmt: skip
    if item.made_up:
        found["let_op"] = MADE_UP
    return found


def _open_ones() -> QuerySet[Facility]:
    return queries.facilities(settings.VLIEGWIEL_PROVINCE, queries.Filter())


def _within(box: Box | None) -> QuerySet[Facility]:
    if box is None:
        return _open_ones()
    west, south, east, north = box
    return _open_ones().filter(x__gte=west, x__lte=east, y__gte=south, y__lte=north)


def _around() -> Box | None:
    sums = _open_ones().order_by().aggregate(Min("x"), Min("y"), Max("x"), Max("y"))
    return (sums["x__min"], sums["y__min"], sums["x__max"], sums["y__max"]) if sums["x__min"] is not None else None


def _point(item: Facility) -> LayerPoint:
    return LayerPoint(
        item.public_id, item.x, item.y, {**properties_of(item), "pagina": f"{settings.VLIEGWIEL_ADDRESS}{item.path}"}
    )


def _some(box: Box | None, start: int, end: int) -> Sequence[LayerPoint]:
    return [_point(item) for item in _within(box)[start:end]]


def _one(name: str) -> LayerPoint | None:
    found = _open_ones().filter(public_id=name).first()
    return _point(found) if found else None


LAYERS = [
    PointLayer(
        "voorzieningen",
        _("Voorzieningen"),
        _("Scholen, huisartsen, winkels, dorpshuizen en meer. Wat niemand zei, is leeg: dat is nooit een nee."),
        "CC0 1.0; wat van OpenStreetMap komt: ODbL 1.0",
        number=lambda box: _within(box).order_by().count(),
        points=_some,
        one=_one,
        around=_around,
        made_up=lambda: _open_ones().filter(made_up=True).exists(),
    )
]
