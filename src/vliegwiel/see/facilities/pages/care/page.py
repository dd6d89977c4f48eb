"""The care map (*Zorgkaart*): whether care and support can be reached, are to be had, and can be paid, in one map and list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.facilities import FacilityKind, facility_words
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.distances import times_of
from vliegwiel.see.facilities.ground import ground_of, profiles_with_roads
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import PAGE, choices, filter_of, page_number, profile_of
from vliegwiel.see.facilities.pages.maps import FacilityMap, Legend, Mark, map_of
from vliegwiel.see.facilities.where import grounds_of

_FOLDER = "see/facilities/pages/care"
#: Which values say that care is to be had, that one gets in, and that it can be paid.
_AVAILABLE = ("opening", "takes_new", "waiting_days", "capacity")
_ENTERED = ("accessible", "access_details")
_PAID = ("cost", "cost_note")
_TOLD_OF = {
    "opening": "open", "takes_new": "nieuwe klanten", "waiting_days": "wachttijd", "capacity": "plaats voor",
    "accessible": "met een rolstoel", "access_details": "bij de deur en binnen", "cost": "kosten", "cost_note": "meer over kosten",
}  # fmt: skip
#: What the colours are about when no kind is chosen.
_USUAL = "huisarts"


def care_kinds() -> list[FacilityKind]:
    """The kinds on the care map, in the order of the catalogue."""
    return [kind for kind in facility_words().kinds.values() if kind.care]


@dataclass(frozen=True)
class AskedCare:
    """What the address asks: kind, municipality, what it may cost, whether one gets in, whether there is room, and how one travels."""

    kind: str
    municipality: str
    cost: str
    accessible: str
    takes_new: bool
    profile: str

    @property
    def parts(self) -> dict[str, str]:
        """The question as parts of an address, without what was not asked."""
        parts = {
            "gemeente": self.municipality, "soort": self.kind, "kosten": self.cost, "toegankelijk": self.accessible,
            "nieuw": "ja" if self.takes_new else "", "vervoer": self.profile,
        }  # fmt: skip
        return {name: value for name, value in parts.items() if value}

    def found(self) -> QuerySet[Facility]:
        """The facilities that fit, by name."""
        narrowed = queries.Filter(municipality=self.municipality, cost=self.cost, accessible=self.accessible)
        keys = [self.kind] if self.kind else [kind.key for kind in care_kinds()]
        found = queries.facilities(settings.VLIEGWIEL_PROVINCE, narrowed).filter(kind__in=keys)
        return found.filter(takes_new="ja") if self.takes_new else found


@kept
@require_GET
def care_page(request: HttpRequest) -> HttpResponse:
    """`/zorgkaart?gemeente=&soort=&kosten=&toegankelijk=&nieuw=&vervoer=&pagina=`: each value with its source and day; what nobody told is
    unknown."""
    province, asked = settings.VLIEGWIEL_PROVINCE, _asked(request)
    found = asked.found()
    total = found.count()
    page, last = page_number(request, total)
    profiles = profiles_with_roads(province)
    ground = ground_of(province, asked.profile) if asked.profile else None
    coloured = facility_words().kinds[asked.kind or _USUAL]
    context: dict[str, Any] = {
        **choices(),
        "asked": asked,
        "care_kinds": care_kinds(),
        "kind": asked.kind,
        "municipality": asked.municipality,
        "reach": [
            _reach(province, one, asked.municipality, profiles) for one in care_kinds() if not asked.kind or one.key == asked.kind
        ],
        "rows": [_row(item) for item in found[(page - 1) * PAGE : page * PAGE]],
        "total": total,
        "map": _map(province, coloured, asked, found) if total else None,
        "map_title": _("Hoeveel minuten {how} het is naar {kind}").format(how=told.how(asked.profile), kind=coloured.the)
        if ground
        else _("Waar zorg en steun zijn"),
        "query": f"?{urlencode(asked.parts)}" if asked.parts else "",
        "vintage": told.vintage(ground.vintage) if ground else [],
        "made_up": bool(ground and ground.made_up) or found.filter(made_up=True).exists(),
        "page": page,
        "pages": last,
        "earlier": f"?{urlencode({**asked.parts, 'pagina': str(page - 1)})}" if page > 1 else "",
        "later": f"?{urlencode({**asked.parts, 'pagina': str(page + 1)})}" if page < last else "",
    }
    return render(request, f"{_FOLDER}/page.html", context)


@require_GET
def care_csv(request: HttpRequest) -> HttpResponse:
    """`/zorgkaart.csv`: each value with its source and day; an empty cell is unknown."""
    header = ["nummer", "naam", "soort", "gemeente"]
    header += [part for name in _TOLD_OF.values() for part in (name, f"{name}: bron", f"{name}: op")]
    rows = []
    for item in _asked(request).found().iterator(chunk_size=1000):
        cells: list[Any] = []
        for name in _TOLD_OF:
            cells += [told.value_text(item, name), *(item.told_by(name) or ("", ""))]
        mark = MADE_UP if item.made_up else ""
        about = [item.public_id, item.name, told.kind(item.kind), item.municipality_name]
        rows.append([*about, *cells, item.checked_on, mark])
    header += ["gecontroleerd op", "let op"]
    answer = HttpResponse(csv_text(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="zorgkaart.csv"'
    return answer


def _asked(request: HttpRequest) -> AskedCare:
    asked = filter_of(request)
    keys = [kind.key for kind in care_kinds()]
    return AskedCare(
        asked.kind if asked.kind in keys else "",
        asked.municipality,
        asked.cost,
        asked.accessible,
        request.GET.get("nieuw") == "ja",
        profile_of(request),
    )


def _reach(province: str, kind: FacilityKind, municipality: str, profiles: list[str]) -> dict[str, Any]:
    """How long it is to the nearest of a kind, for each way of travelling."""
    grounds = grounds_of(province)
    cells = []
    for profile in profiles:
        found = times_of(province, profile, kind.key)
        if found is None or grounds is None:
            cells.append(_("niet bekend"))
            continue
        places = np.array(
            [place for place, owner in enumerate(grounds.municipalities) if not municipality or owner == municipality],
            dtype=np.int64,
        )
        mean = found.mean(places)
        cells.append(told.minutes(mean) if mean is not None else _("niet bereikbaar"))
    return {"kind": kind, "cells": cells}


def _row(item: Facility) -> dict[str, Any]:
    return {
        "item": item,
        "kind": told.kind(item.kind),
        "cells": [_cell(item, names) for names in (_AVAILABLE, _ENTERED, _PAID)],
    }


def _cell(item: Facility, names: Sequence[str]) -> dict[str, Any]:
    """Values in words, unknown ones among them, and each source with its day once."""
    values = [row for row in told.values(item) if row["key"] in names]
    return {"values": values, "told": dict.fromkeys(row["told"] for row in values if row["text"] and row["told"])}


def _map(province: str, coloured: FacilityKind, asked: AskedCare, found: QuerySet[Facility]) -> FacilityMap | None:
    """Coloured by how far it is; each mark by whether it is care or support, and hollow when there is no room for anybody new."""
    grounds = grounds_of(province)
    marks = [Mark(item.x, item.y, _mark(item), _words(item), item.path) for item in found[:1000]]
    distances = times_of(province, asked.profile, coloured.key) if asked.profile else None
    values = None
    if distances is not None and grounds is not None:
        pairs = zip(grounds.codes, grounds.municipalities, distances.minutes.tolist(), strict=True)
        values = {
            code: None if value != value else round(value, 1)
            for code, owner, value in pairs
            if not asked.municipality or owner == asked.municipality
        }
    keys = (Legend("dot-place", _("zorg")), Legend("here", _("hulp en steun")), Legend("goes", _("vol: niemand kan erbij")))
    return map_of(grounds, asked.municipality, marks, values, keys)


def _mark(item: Facility) -> str:
    return "goes" if item.takes_new == "nee" else "here" if item.kind_of.group == "steun" else "dot-place"


def _words(item: Facility) -> str:
    """What a mark says: whether there is room, and what it costs, as far as we know."""
    known = [told.value_text(item, name) for name in ("takes_new", "cost")]
    return ", ".join([item.name, told.kind(item.kind), *(text for text in known if text)])
