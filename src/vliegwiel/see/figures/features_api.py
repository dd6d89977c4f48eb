"""`/ogc/v1`: areas with their key figures, and points of other rooms, as OGC API Features (part 1: core, part 2: coordinate systems)."""

import json
from typing import Any

import numpy as np

from vliegwiel.foundation.api.formats import GEOJSON
from vliegwiel.foundation.api.paging import link_header
from vliegwiel.foundation.api.parameters import InvalidQuestion, Parameter, Wrong
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.listing import Layer, layers
from vliegwiel.see.areas.points import point_layers
from vliegwiel.see.areas.shapes import CRS84, RD, SYSTEMS, Crs, shapes_of
from vliegwiel.see.figures import points_api
from vliegwiel.see.figures.features import columns_of, features_of

ROOT = "/ogc/v1"
TAG = "Kaartlagen"
LARGEST = 2000
CONFORMS = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]
_URIS = {"type": "string", "enum": list(SYSTEMS)}
_ID = Parameter("collectionId", {"type": "string"}, "De kaartlaag, zoals buurten-2024 of initiatieven.", where="path")
_FEATURE = Parameter("featureId", {"type": "string"}, "De code van het gebied, of het nummer van het punt.", where="path")
_CRS = Parameter("crs", {**_URIS, "default": CRS84.uri}, "Het coördinatenstelsel van het antwoord.")
_LIMIT = Parameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": 100}, "Hoeveel gebieden of punten hoogstens."
)
_OFFSET = Parameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
    "Hoeveel gebieden of punten overgeslagen worden.",
)
_BBOX = Parameter(
    "bbox",
    {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    "Alleen gebieden die dit vak raken: west, zuid, oost, noord.",
)
_BBOX_CRS = Parameter("bbox-crs", {**_URIS, "default": CRS84.uri}, "Het coördinatenstelsel van het vak.")
_MOMENT = r"(\d{4}-\d{2}-\d{2}(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?|\.\.)"
_DATETIME = Parameter(
    "datetime",
    {"type": "string", "pattern": f"^{_MOMENT}(/{_MOMENT})?$"},
    "Een moment, of begin/eind. U krijgt gebieden als het jaar van de kaartlaag daarin valt. Twee punten betekent: open.",
    example="2024-01-01/2024-12-31",
)
_LINKS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
    },
}
_HEADER = {"Content-Crs": "Het coördinatenstelsel van het antwoord."}


def _link(question: Question, rel: str, address: str, title: str, kind: str = "application/json", **query: Any) -> dict[str, str]:
    return {"href": question.link(f"{ROOT}{address}", **query), "rel": rel, "type": kind, "title": title}


def _landing(question: Question) -> Answer:
    links = [
        _link(question, "self", "", "Deze pagina"),
        _link(question, "service-desc", "/api", "De beschrijving", "application/vnd.oai.openapi+json;version=3.1"),
        _link(question, "conformance", "/conformance", "Waaraan deze service voldoet"),
        _link(question, "data", "/collections", "De kaartlagen"),
        {"href": question.link("/data"), "rel": "service-doc", "type": "text/html", "title": "Uitleg"},
    ]
    return Answer({"title": "Vliegwiel: gebieden met cijfers", "description": _ABOUT, "links": links})


def _conformance(question: Question) -> Answer:
    return Answer({"conformsTo": CONFORMS})


def _collections(question: Question) -> Answer:
    links = [_link(question, "self", "/collections", "De kaartlagen")]
    every = [_described(layer, question) for layer in layers()]
    every += [points_api.described(layer, question, _link) for layer in point_layers()]
    return Answer({"links": links, "collections": every, "crs": list(SYSTEMS)})


def _collection(question: Question) -> Answer:
    points = points_api.points_named(question["collectionId"])
    return Answer(points_api.described(points, question, _link) if points else _described(_layer(question), question))


def _described(layer: Layer, question: Question) -> dict[str, Any]:
    here = f"/collections/{layer.key}"
    figures = ", ".join(item.name for item in columns_of(layer).indicators)
    title = f"{layer.level.plural.capitalize()} van {layer.year}"
    found: dict[str, Any] = {
        "id": layer.key,
        "title": f"{title} ({MADE_UP})" if layer.made_up else title,
        "description": f"Grenzen van {layer.source} ({layer.licence}), vereenvoudigd. "
        + (f"Met deze cijfers: {figures}." if figures else "Er zijn nog geen cijfers van dit jaar."),
        "itemType": "feature",
        "extent": {
            "spatial": {"bbox": [shapes_of(layer, CRS84).bounds()], "crs": CRS84.uri},
            "temporal": {"interval": [[f"{layer.year}-01-01T00:00:00Z", f"{layer.year}-12-31T23:59:59Z"]]},
        },
        "crs": list(SYSTEMS),
        "storageCrs": RD.uri,
        "links": [
            _link(question, "self", here, title),
            _link(question, "items", f"{here}/items", "De gebieden", GEOJSON.media_type),
        ],
    }
    if layer.made_up:
        found["letOp"] = MADE_UP
    return found


def _items(question: Question) -> Answer:
    points = points_api.points_named(question["collectionId"])
    if points is not None:
        return points_api.items(points, question, _link, _outside)
    layer = _layer(question)
    crs = SYSTEMS[question["crs"]]
    places = _places(question, layer)
    start, size = question["offset"], question["limit"]
    chosen = places[start : start + size]
    links = {"zelf": question.same()}
    if start + size < len(places):
        links["volgende"] = question.same(offset=start + size)
    if start:
        links["vorige"] = question.same(offset=max(0, min(start, len(places)) - size))
    names = {"zelf": "self", "volgende": "next", "vorige": "prev"}
    described = [{"href": href, "rel": names[rel], "type": GEOJSON.media_type} for rel, href in links.items()]
    described.append(_link(question, "collection", f"/collections/{layer.key}", "De kaartlaag"))
    frame: dict[str, Any] = {"numberMatched": len(places), "numberReturned": len(chosen), "links": described}
    if layer.made_up:
        frame["letOp"] = MADE_UP
    if crs.legacy:
        frame["crs"] = crs.legacy
    features = ",".join(features_of(layer, crs, chosen))
    text = f'{{"type":"FeatureCollection",{json.dumps(frame, ensure_ascii=False)[1:-1]},"features":[{features}]}}'
    return Answer(text, {**link_header(links), "Content-Crs": f"<{crs.uri}>"})


def _item(question: Question) -> Answer:
    points = points_api.points_named(question["collectionId"])
    if points is not None:
        return points_api.item(points, question)
    layer, crs = _layer(question), SYSTEMS[question["crs"]]
    codes = shapes_of(layer, crs).codes
    code = str(question["featureId"]).upper()
    if code not in codes:
        raise NotFound(f"Het gebied {code[:20]} staat niet in {layer.key}.")
    text = features_of(layer, crs, np.array([codes.index(code)]))[0]
    if crs.legacy:
        text = f'{text[:-1]},"crs":{json.dumps(crs.legacy)}}}'
    return Answer(text, {"Content-Crs": f"<{crs.uri}>"})


def _places(question: Question, layer: Layer) -> Any:
    """The places of the areas asked for in order of code, except that the one of which most is known comes first."""
    found, first = _touched(question, layer), columns_of(layer).richest
    return np.concatenate(([first], found[found != first])) if first in found else found


def _touched(question: Question, layer: Layer) -> Any:
    """The places of the areas that touch the box, or all. Raises InvalidQuestion for a box that its system cannot hold."""
    if not _in_time(question["datetime"], layer.year):
        return np.arange(0)
    box = question["bbox"]
    system = SYSTEMS[question["bbox-crs"]]
    drawn = shapes_of(layer, system)
    if box is None:
        return np.arange(len(drawn.codes))
    import shapely

    west, south, east, north = box
    if reason := _outside(system, west, south, east, north):
        raise InvalidQuestion((Wrong("bbox", reason),))
    if west <= east:
        return drawn.touching(shapely.box(west, south, east, north))
    halves = [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
    return drawn.touching(shapely.multipolygons([*halves]))


def _in_time(asked: str | None, year: int) -> bool:
    """Whether a moment or a period touches a year; no question is yes, and two dots are open."""
    ends = (asked or "..").split("/")
    start, end = (None if text == ".." else int(text[:4]) for text in (ends[0], ends[-1]))
    return (start is None or start <= year) and (end is None or end >= year)


def _outside(system: Crs, west: float, south: float, east: float, north: float) -> str:
    """Why a box does not fit its coordinate system, or nothing. A map that is zoomed out may be larger than where RD is valid."""
    low_x, low_y, high_x, high_y = system.bounds
    if not all(np.isfinite([west, south, east, north])):
        return "Coördinaten moeten gewone getallen zijn."
    if south > north or (west > east and system is RD):
        return "Geef eerst de laagste en dan de hoogste coördinaten: west, zuid, oost, noord."
    if system is RD:
        if east < low_x or west > high_x or north < low_y or south > high_y:
            return "Dit vak ligt buiten het gebied van RD. Staan de coördinaten in graden? Geef dan bbox-crs voor CRS84."
        return ""
    if min(west, east) < low_x or max(west, east) > high_x or south < low_y or north > high_y:
        return "Deze coördinaten liggen buiten CRS84. Staan ze in meters (RD)? Geef dan bbox-crs voor EPSG:28992."
    return ""


def _layer(question: Question) -> Layer:
    found = next((layer for layer in layers() if layer.key == question["collectionId"]), None)
    if found is None:
        keys = [*(layer.key for layer in layers()), *(layer.key for layer in point_layers())]
        offers = tuple((key, f"{ROOT}/collections/{key}") for key in keys)
        raise NotFound("Deze kaartlaag bestaat niet.", nearest=offers)
    return found


_ABOUT = (
    "Gebieden met hun belangrijkste cijfers, als kaartlaag voor bijvoorbeeld QGIS. Deze service volgt de standaard "
    "OGC API Features. Namen van parameters zijn daarom Engels en hebben soms een streepje."
)
_COLLECTION: dict[str, Any] = {
    "type": "object",
    "required": ["id", "title", "links", "crs", "storageCrs"],
    "properties": {
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "extent": {"type": "object"},
        "itemType": {"type": "string"},
        "crs": {"type": "array", "items": {"type": "string"}},
        "storageCrs": {"type": "string"},
        "links": _LINKS,
    },
}
_FEATURE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string"},
        "geometry": {"type": "object"},
        "properties": {"type": "object"},
    },
}
_FEATURES: dict[str, Any] = {
    "type": "object",
    "required": ["type", "features", "links", "numberMatched", "numberReturned"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": _FEATURE_SCHEMA},
        "links": _LINKS,
        "numberMatched": {"type": "integer"},
        "numberReturned": {"type": "integer"},
    },
}
_LIST: dict[str, Any] = {
    "type": "object",
    "required": ["links", "collections"],
    "properties": {"links": _LINKS, "collections": {"type": "array", "items": _COLLECTION}},
}
OPERATIONS = (
    Operation("", "landing", "De eerste pagina", _ABOUT, _landing, {"type": "object"}, TAG, public=False),
    Operation(
        "/conformance",
        "conformance",
        "Waaraan deze service voldoet",
        "De delen van OGC API Features waaraan deze service voldoet.",
        _conformance,
        {"type": "object", "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}}},
        TAG,
    ),
    Operation(
        "/collections",
        "collections",
        "De kaartlagen",
        "Eén kaartlaag per soort gebied en per jaar, en kaartlagen met punten.",
        _collections,
        _LIST,
        TAG,
    ),
    Operation(
        "/collections/{collectionId}",
        "collection",
        "Eén kaartlaag",
        "Waar de kaartlaag ligt, welke cijfers erin staan, en in welke stelsels.",
        _collection,
        _COLLECTION,
        TAG,
        (_ID,),
    ),
    Operation(
        "/collections/{collectionId}/items",
        "items",
        "De gebieden van een kaartlaag",
        "Gebieden met grenzen en cijfers, in pagina’s. Ontbreekt een cijfer, dan staat de reden in zonder_cijfer.",
        _items,
        _FEATURES,
        TAG,
        (_ID, _LIMIT, _OFFSET, _BBOX, _BBOX_CRS, _CRS, _DATETIME),
        (GEOJSON,),
        headers={**_HEADER, "Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/collections/{collectionId}/items/{featureId}",
        "item",
        "Eén gebied van een kaartlaag",
        "Een gebied met zijn grens en cijfers.",
        _item,
        _FEATURE_SCHEMA,
        TAG,
        (_ID, _FEATURE, _CRS),
        (GEOJSON,),
        headers=_HEADER,
    ),
)
TAGS = {TAG: "Gebieden met grenzen en cijfers."}
