"""`/api/v1/voorzieningen`: what stands in the register, each value with who told it and when; as JSON, CSV and GeoJSON."""

import json
from typing import Any

from django.conf import settings

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.api.formats import CSV, GEOJSON, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.public import codes_inside, place_of
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.csv_files import facility_lines
from vliegwiel.see.facilities.layers import properties_of
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.where import to_globe

ROOT, TAG = "/api/v1", "Voorzieningen"
_WORDS = facility_words()
PLACE = Parameter(
    "plaats",
    {"type": "string", "pattern": "^(GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}|KN[0-9A-Z]{4,8})$"},
    "Alleen in deze gemeente, wijk, buurt of kern: de code, zoals GM1876.",
    example="GM1876",
)
KIND = Parameter("soort", {"type": "string", "enum": list(_WORDS.kinds)}, "Alleen deze soort.", example="huisarts")
GROUP = Parameter("groep", {"type": "string", "enum": list(_WORDS.groups)}, "Alleen deze groep van soorten.", example="zorg")
ACCESS = Parameter("toegankelijk", {"type": "string", "enum": list(_WORDS.access)}, "Alleen zo toegankelijk met een rolstoel.")
COST = Parameter("kosten", {"type": "string", "enum": list(_WORDS.costs)}, "Alleen met deze kosten.", example="gratis")
CLOSED = Parameter(
    "gesloten", {"type": "string", "enum": ["ja", "nee"], "default": "nee"}, "Ook voorzieningen die gesloten zijn."
)
NUMBER = Parameter("nummer", {"type": "string"}, "Het nummer uit de lijst.", where="path", example="abcdefghjkmn")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key, GEOJSON.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_TEXT, _NUMBER = {"type": "string"}, {"type": ["integer", "null"]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["nummer", "naam", "soort", "gemeente", "gemeentecode", "buurtcode", "x", "y", "bron"],
    "properties": {
        "nummer": _TEXT,
        "naam": _TEXT,
        "soort": {"type": "string", "enum": list(_WORDS.kinds)},
        "adres": _TEXT,
        "postcode": _TEXT,
        "gemeente": _TEXT,
        "gemeentecode": _TEXT,
        "buurt": _TEXT,
        "buurtcode": _TEXT,
        "x": {"type": "integer", "description": "Meters, RD (EPSG:28992)."},
        "y": {"type": "integer", "description": "Meters, RD (EPSG:28992)."},
        "open": _TEXT,
        "capaciteit": _NUMBER,
        "kosten": {"type": "string", "enum": [*_WORDS.costs, ""]},
        "meerOverKosten": _TEXT,
        "toegankelijk": {"type": "string", "enum": [*_WORDS.access, ""]},
        "toegang": {"type": "array", "items": {"type": "string", "enum": list(_WORDS.access_details)}},
        "ruimtes": _TEXT,
        "nieuweKlanten": {"type": "string", "enum": ["ja", "nee", ""]},
        "wachttijdInDagen": _NUMBER,
        "bron": _TEXT,
        "gecontroleerdOp": {"type": ["string", "null"], "format": "date"},
        "geslotenOp": {"type": ["string", "null"], "format": "date"},
        "herkomst": {
            "type": "object",
            "description": "Per gegeven wie het zei en op welke dag. Wat hier niet staat, weten wij niet.",
            "additionalProperties": {
                "type": "object",
                "required": ["bron", "op"],
                "properties": {"bron": _TEXT, "op": {"type": "string", "format": "date"}},
            },
        },
        "letOp": {"type": "string", "description": "Staat er als de voorziening verzonnen is."},
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}
#: Our values by the names that the API gives them.
_NAMES = {
    "name": "naam", "address": "adres", "postcode": "postcode", "opening": "open", "capacity": "capaciteit", "cost": "kosten",
    "cost_note": "meerOverKosten", "accessible": "toegankelijk", "access_details": "toegang", "rooms": "ruimtes",
    "takes_new": "nieuweKlanten", "waiting_days": "wachttijdInDagen",
}  # fmt: skip


def _facilities(question: Question) -> Answer:
    asked = queries.Filter(
        kind=question["soort"] or "",
        group=question["groep"] or "",
        accessible=question["toegankelijk"] or "",
        cost=question["kosten"] or "",
        open_only=question["gesloten"] != "ja",
    )
    found = queries.facilities(settings.VLIEGWIEL_PROVINCE, asked)
    if place := question["plaats"]:
        if place_of(place, settings.VLIEGWIEL_PROVINCE) is None:
            raise NotFound("Deze plaats kennen we niet in deze provincie.")
        found = found.filter(municipality=place) if place.startswith("GM") else found.filter(area__in=codes_inside(place))
    total = found.order_by().count()
    page, size = question["pagina"], question["paginaGrootte"]
    start, end = (page - 1) * size, page * size
    if question.format is JSON:
        return page_of(question, total, lambda first, last: [described(item, question) for item in found[first:last]])
    links = links_of(question, page, size, total)
    if question.format is CSV:
        return Answer("".join(facility_lines(iter(found[start:end]))), link_header(links), file_name="voorzieningen")
    return Answer(_as_features(list(found[start:end]), total, question), link_header(links), file_name="voorzieningen")


def _facility(question: Question) -> Answer:
    name = str(question["nummer"])[:12]
    found = Facility.objects.filter(province=settings.VLIEGWIEL_PROVINCE, public_id=name).first()
    if found is None:
        raise NotFound("Deze voorziening kennen we niet.", nearest=(("De lijst", question.link(f"{ROOT}/voorzieningen")),))
    return Answer(described(found, question))


def described(item: Facility, question: Question) -> dict[str, Any]:
    """A facility as plain values; what nobody told is empty or null, and is not in `herkomst`."""
    found: dict[str, Any] = {
        "nummer": item.public_id,
        "soort": item.kind,
        **{name: getattr(item, ours) for ours, name in _NAMES.items()},
        "gemeente": item.municipality_name,
        "gemeentecode": item.municipality,
        "buurt": item.area_name,
        "buurtcode": item.area,
        "x": item.x,
        "y": item.y,
        "bron": item.source,
        "gecontroleerdOp": item.checked_on.isoformat() if item.checked_on else None,
        "geslotenOp": item.closed_on.isoformat() if item.closed_on else None,
        "herkomst": {
            _NAMES[ours]: {"bron": source, "op": on} for ours, (source, on) in sorted(item.sourced.items()) if ours in _NAMES
        },
    }
    if item.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {"zelf": question.link(f"{ROOT}/voorzieningen/{item.public_id}"), "pagina": question.link(item.path)}
    if item.more_at:
        found["links"]["meer"] = question.link(item.more_at)
    return found


def _as_features(items: list[Facility], total: int, question: Question) -> str:
    """GeoJSON (RFC 7946): longitude and latitude, seven decimals."""
    lon, lat = to_globe([item.x for item in items], [item.y for item in items])
    features = [
        {
            "type": "Feature",
            "id": item.public_id,
            "geometry": {"type": "Point", "coordinates": [round(float(across), 7), round(float(along), 7)]},
            "properties": {**properties_of(item), "pagina": question.link(item.path)},
        }
        for item, across, along in zip(items, lon, lat, strict=True)
    ]
    frame: dict[str, Any] = {"type": "FeatureCollection", "totaal": total, "features": features}
    if any(item.made_up for item in items):
        frame["letOp"] = MADE_UP
    return json.dumps(frame, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


OPERATIONS = (
    Operation(
        "/voorzieningen",
        "voorzieningen",
        "Voorzieningen",
        "Scholen, huisartsen, winkels, dorpshuizen en meer, op naam. Wat niemand zei, is leeg: dat is nooit een nee.",
        _facilities,
        paged_schema({"$ref": "#/components/schemas/Voorziening"}),
        TAG,
        (PLACE, KIND, GROUP, ACCESS, COST, CLOSED, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV, GEOJSON),
        headers={"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/voorzieningen/{nummer}",
        "voorziening",
        "Eén voorziening",
        "Alles wat wij ervan weten, met wie het zei en op welke dag.",
        _facility,
        {"$ref": "#/components/schemas/Voorziening"},
        TAG,
        (NUMBER,),
    ),
)
SCHEMAS = {"Voorziening": SCHEMA}
TAGS = {TAG: "Wat waar staat, wanneer het open is en wat het kost."}
