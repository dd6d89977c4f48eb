"""How far it is per neighbourhood: our own numbers beside those of CBS."""

from typing import Any

import numpy as np
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.facilities import FacilityKind, facility_words
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.facilities.distances import WITHIN, Distances, distances_of
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import DistanceRelease
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices, filter_of, profile_of
from vliegwiel.see.facilities.pages.maps import map_of
from vliegwiel.see.facilities.rules import told as as_told
from vliegwiel.see.facilities.where import Grounds, grounds_of
from vliegwiel.see.figures import queries as figures

_FOLDER = "see/facilities/pages/distance"
_USUAL = "huisarts"


@kept
@require_GET
def distance_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/afstand?soort=&gemeente=&vervoer=`: a map and a table of the chosen way, and by car beside CBS, which counts so."""
    province, kind, profile, municipality = _asked(request)
    grounds = grounds_of(province)
    found = distances_of(province, profile, kind.key) if profile else None
    rows = _rows(grounds, found, kind, municipality) if grounds and found else []
    ground = ground_of(province, profile) if profile else None
    published = _beside(rows, grounds, kind, municipality)
    values = {row["code"]: row["minutes"] for row in rows}
    context = {
        **choices(),
        "kind": kind,
        "profile": profile,
        "how": told.how(profile),
        "municipality": municipality,
        "rows": [_shown(row) for row in rows],
        "whole": _whole(grounds, found, municipality) if grounds and found else None,
        "compares": published,
        "by_car": profile == "car",
        "cbs_about": _cbs_about(kind, grounds),
        "map": map_of(grounds, municipality, [], values) if rows else None,
        "map_title": _("Hoeveel minuten {how} het is naar {kind}").format(how=told.how(profile), kind=kind.the),
        "vintage": told.vintage(ground.vintage) if ground else [],
        "released": DistanceRelease.objects.filter(province=province).order_by("-made_at").first(),
        "figure": kind.figure if kind.figure in figures.loaded_indicators() else "",
        "query": urlencode({"soort": kind.key, "vervoer": profile, **({"gemeente": municipality} if municipality else {})}),
        "made_up": bool(ground and ground.made_up),
    }
    return render(request, f"{_FOLDER}/page.html", context)


@require_GET
def distance_csv(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/afstand.csv`: the same question; a cell is empty where nobody gets there."""
    province, kind, profile, municipality = _asked(request)
    grounds, found = grounds_of(province), distances_of(province, profile, kind.key) if profile else None
    rows = _rows(grounds, found, kind, municipality) if grounds and found else []
    compares = _beside(rows, grounds, kind, municipality)
    header = ["buurtcode", "buurt", "gemeente", "minuten", "kilometer", *(f"binnen {metres // 1000} km" for metres in WITHIN)]
    header += ["bereikbaar", "vervoer", *(["kilometer met de auto", "kilometer volgens het CBS"] if compares else []), "let op"]
    ground = ground_of(province, profile) if profile else None
    mark = MADE_UP if ground and ground.made_up else ""
    if mark and compares:
        mark = _("{mark}. Het cijfer van het CBS is echt").format(mark=MADE_UP) if _is_real(grounds, kind) else mark
    lines = []
    for row in rows:
        arrives = row["minutes"] is not None
        cells = [row["minutes"], row["kilometres"], *(row["reached"] if arrives else ["", "", ""]), "ja" if arrives else "nee"]
        beside = [row["car"], row["cbs"]] if compares else []
        lines.append([row["code"], row["name"], row["owner"], *cells, told.how(profile), *beside, mark])
    answer = HttpResponse(csv_text(header, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="afstand-{kind.key}.csv"'
    return answer


def _asked(request: HttpRequest) -> tuple[str, FacilityKind, str, str]:
    asked = filter_of(request)
    kinds = facility_words().kinds
    return settings.VLIEGWIEL_PROVINCE, kinds[asked.kind or _USUAL], profile_of(request), asked.municipality


def _rows(grounds: Grounds, found: Distances, kind: FacilityKind, municipality: str) -> list[dict[str, Any]]:
    """A row per neighbourhood, by name."""
    rows = []
    for place, code in enumerate(grounds.codes):
        if municipality and grounds.municipalities[place] != municipality:
            continue
        known = np.isfinite(found.minutes[place])
        rows.append(
            {
                "place": place,
                "code": code,
                "name": grounds.names[place],
                "owner": grounds.municipality_names[place],
                "minutes": round(float(found.minutes[place]), 1) if known else None,
                "kilometres": round(float(found.kilometres[place]), 1) if known else None,
                "reached": [round(float(value), 1) for value in found.reached[place]] if known else [],
            }
        )
    return sorted(rows, key=lambda row: (str(row["name"]).casefold().lstrip("'’"), str(row["code"])))


def _beside(rows: list[dict[str, Any]], grounds: Grounds | None, kind: FacilityKind, municipality: str) -> bool:
    """Put our distance by car and the one of CBS beside each row; whether CBS has any of this kind."""
    published = _published(grounds, kind, municipality) if grounds else {}
    by_car = distances_of(settings.VLIEGWIEL_PROVINCE, "car", kind.key) if published else None
    for row in rows:
        car = float(by_car.kilometres[row["place"]]) if by_car is not None else float("nan")
        row["car"] = round(car, 1) if np.isfinite(car) else None
        row["cbs"] = published.get(row["code"])
    return bool(published)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row in words."""
    return row | {
        "minutes_text": told.minutes(row["minutes"]) if row["minutes"] is not None else _("niet bereikbaar"),
        "kilometres_text": told.distance(row["kilometres"]),
        "car_text": told.distance(row["car"]),
        "reached_text": [number(value, 1) for value in row["reached"]] or ["–", "–", "–"],
        "cbs_text": told.distance(row["cbs"]) if row["cbs"] is not None else _("geen cijfer"),
    }


def _whole(grounds: Grounds, found: Distances, municipality: str) -> dict[str, str]:
    places = np.array(
        [place for place, owner in enumerate(grounds.municipalities) if not municipality or owner == municipality], dtype=np.int64
    )
    whole = found.whole(places)
    return {
        "minutes": told.minutes(whole.minutes) if whole.minutes is not None else _("niet bereikbaar"),
        "kilometres": told.distance(whole.kilometres),
        "within": number(whole.reached[1], 1) if whole.reached else "0",
        "number": number(found.number),
        "without": told.people(as_told(float(found.without[places].sum()))),
        "some_without": "ja" if found.without[places].sum() >= 1 else "",
    }


def _published(grounds: Grounds, kind: FacilityKind, municipality: str) -> dict[str, float]:
    """CBS's own distance per neighbourhood, where it is loaded."""
    if not kind.compare:
        return {}
    codes = tuple(
        code
        for code, owner in zip(grounds.codes, grounds.municipalities, strict=True)
        if not municipality or owner == municipality
    )
    view = figures.view(kind.compare, grounds.year, codes)
    return {code: float(view.values[place]) for place, code in enumerate(codes) if view.status[place] == 0}


def _is_real(grounds: Grounds | None, kind: FacilityKind) -> bool:
    """Whether the figure of CBS that stands beside ours is not made up."""
    view = figures.view(kind.compare, grounds.year, grounds.codes[:1]) if grounds is not None else None
    return view is not None and view.release is not None and not view.release.made_up


def _cbs_about(kind: FacilityKind, grounds: Grounds | None) -> str:
    """Source and period of the figure of CBS."""
    if not kind.compare or grounds is None:
        return ""
    view = figures.view(kind.compare, grounds.year, grounds.codes[:1])
    return f"{view.release.source}, {view.period}" if view.release else ""
