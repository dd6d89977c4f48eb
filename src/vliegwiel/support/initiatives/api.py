"""`/api/v1/initiatieven` and `/api/v1/ontmoetingsplekken`: what the pages show, with published points only."""

from typing import Any

from django.conf import settings

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.api.formats import CSV, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.csv_files import csv_lines, place_lines
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace
from vliegwiel.support.initiatives.rules import RADII
from vliegwiel.support.initiatives.words import ACCESS, PHASES, PLACE_KINDS, WANTS

ROOT, TAG = "/api/v1", "Initiatieven"
PLACE = Parameter(
    "plaats",
    {"type": "string", "pattern": "^(GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}|KN[0-9A-Z]{4,8})$"},
    "Alleen in deze gemeente, wijk, buurt of kern: de code, zoals GM1876.",
    example="GM1876",
)
RADIUS = Parameter(
    "binnen",
    {"type": "integer", "enum": list(RADII)},
    "Ook zo veel meter rond de plaats. Afstand is altijd vanaf het gepubliceerde punt.",
    example=2000,
)
THEME = Parameter("thema", {"type": "string", "enum": list(themes())}, "Alleen over dit thema.", example="samenleven")
PHASE = Parameter("fase", {"type": "string", "enum": list(PHASES)}, "Alleen in deze fase.", example="running")
KIND = Parameter("soort", {"type": "string", "enum": list(PLACE_KINDS)}, "Alleen dit soort plek.", example="village-hall")
NUMBER = Parameter("nummer", {"type": "string"}, "Het nummer uit de lijst.", where="path", example="abcdefghjkmn")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_POINT = {
    "type": "object",
    "required": ["x", "y", "nauwkeurigheid"],
    "properties": {
        "x": {"type": "integer", "description": "Meters, RD (EPSG:28992)."},
        "y": {"type": "integer", "description": "Meters, RD (EPSG:28992)."},
        "nauwkeurigheid": {"type": "string", "description": "Hoe grof het punt is gemaakt voordat wij het bewaarden."},
    },
}
_LINKS = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
_COUNT = {"type": ["integer", "null"]}
INITIATIVE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["nummer", "titel", "fase", "themas", "gemeente", "gemeentecode", "punt"],
    "properties": {
        "nummer": {"type": "string"},
        "titel": {"type": "string"},
        "kort": {"type": "string"},
        "verhaal": {"type": "string"},
        "fase": {"type": "string", "enum": list(PHASES)},
        "themas": {"type": "array", "items": {"type": "string"}},
        "zoekt": {"type": "array", "items": {"type": "string", "enum": list(WANTS)}},
        "biedt": {"type": "array", "items": {"type": "string", "enum": list(WANTS)}},
        "gemeente": {"type": "string"},
        "gemeentecode": {"type": "string"},
        "plaats": {"type": "string"},
        "punt": _POINT,
        "vrijwilligers": _COUNT,
        "bereikt": _COUNT,
        "watHetBracht": {"type": "string"},
        "sinds": {"type": "string", "format": "date"},
        "letOp": {"type": "string", "description": "Staat er als het initiatief verzonnen is."},
        "links": _LINKS,
    },
}
PLACE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["nummer", "naam", "soort", "gemeente", "gemeentecode", "x", "y"],
    "properties": {
        "nummer": {"type": "string"},
        "naam": {"type": "string"},
        "soort": {"type": "string", "enum": list(PLACE_KINDS)},
        "beheer": {"type": "string"},
        "gemeente": {"type": "string"},
        "gemeentecode": {"type": "string"},
        "plaats": {"type": "string"},
        "x": {"type": "integer"},
        "y": {"type": "integer"},
        "zitplaatsen": _COUNT,
        "bezoekPerWeek": _COUNT,
        "toegankelijk": {"type": "array", "items": {"type": "string", "enum": list(ACCESS)}},
        "letOp": {"type": "string", "description": "Staat er als de plek verzonnen is."},
        "links": _LINKS,
    },
}


def _filter(question: Question) -> queries.Filter:
    """The question; a place that does not exist is said, not taken for everything. Raises NotFound."""
    asked = queries.Filter(
        place=question["plaats"] or "",
        radius=question["binnen"] if question["plaats"] else None,
        theme=question["thema"] or "",
        phase=question["fase"] or "",
    )
    if asked.place and queries.middle_of(settings.VLIEGWIEL_PROVINCE, asked) is None:
        raise NotFound("Deze plaats kennen we niet in deze provincie.")
    return asked


def _initiatives(question: Question) -> Answer:
    province, asked = settings.VLIEGWIEL_PROVINCE, _filter(question)
    found = queries.found_by(province, asked, queries.middle_of(province, asked)).prefetch_related("themes", "wants")
    total = found.order_by().count()
    if question.format is CSV:
        return _as_csv(question, total, lambda start, end: csv_lines(iter(found[start:end])), "initiatieven")
    return page_of(question, total, lambda start, end: [described(item, question) for item in found[start:end]])


def _initiative(question: Question) -> Answer:
    name = str(question["nummer"])[:12]
    found = queries.shown(settings.VLIEGWIEL_PROVINCE).filter(public_id=name).prefetch_related("themes", "wants").first()
    if found is None:
        raise NotFound("Dit initiatief staat niet op de site.", nearest=(("De lijst", question.link(f"{ROOT}/initiatieven")),))
    return Answer(described(found, question))


def _places(question: Question) -> Answer:
    province = settings.VLIEGWIEL_PROVINCE
    asked = queries.Filter(place=question["plaats"] or "", radius=question["binnen"] if question["plaats"] else None)
    middle = queries.middle_of(province, asked)
    if asked.place and middle is None:
        raise NotFound("Deze plaats kennen we niet in deze provincie.")
    found = queries.places_found(province, asked, middle, question["soort"] or "")
    total = found.order_by().count()
    if question.format is CSV:
        return _as_csv(question, total, lambda start, end: place_lines(iter(found[start:end])), "ontmoetingsplekken")
    return page_of(question, total, lambda start, end: [_described_place(item, question) for item in found[start:end]])


def _as_csv(question: Question, total: int, lines: Any, name: str) -> Answer:
    page, size = question["pagina"], question["paginaGrootte"]
    links = links_of(question, page, size, total)
    return Answer("".join(lines((page - 1) * size, page * size)), link_header(links), file_name=name)


def described(item: Initiative, question: Question) -> dict[str, Any]:
    """An initiative as plain values: what its page shows, and nobody's name."""
    wants = list(item.wants.all())
    found: dict[str, Any] = {
        "nummer": item.public_id,
        "titel": item.title,
        "kort": item.summary,
        "verhaal": item.story,
        "fase": item.phase,
        "themas": [one.theme for one in item.themes.all()],
        "zoekt": [want.what for want in wants if not want.offers],
        "biedt": [want.what for want in wants if want.offers],
        "gemeente": item.municipality_name,
        "gemeentecode": item.municipality,
        "plaats": item.place_name,
        "punt": {"x": item.x, "y": item.y, "nauwkeurigheid": str(item.get_precision_display())},
        "vrijwilligers": item.volunteers if item.shows_volunteers else None,
        "bereikt": item.reached,
        "watHetBracht": item.brought,
        "sinds": item.published_at.date().isoformat() if item.published_at else "",
    }
    if item.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {
        "zelf": question.link(f"{ROOT}/initiatieven/{item.public_id}"),
        "pagina": question.link(item.path),
    }
    return found


def _described_place(item: MeetingPlace, question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {
        "nummer": item.public_id,
        "naam": item.name,
        "soort": item.kind,
        "beheer": item.run_by,
        "gemeente": item.municipality_name,
        "gemeentecode": item.municipality,
        "plaats": item.place_name,
        "x": item.x,
        "y": item.y,
        "zitplaatsen": item.seats,
        "bezoekPerWeek": item.visits,
        "toegankelijk": item.access,
    }
    if item.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {"pagina": question.link(item.path)}
    return found


_PAGES = {"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."}
OPERATIONS = (
    Operation(
        "/initiatieven",
        "initiatieven",
        "Initiatieven van inwoners",
        "Wat op de site staat, de nieuwste eerst. Punten zijn grover gemaakt; mensen staan er niet bij.",
        _initiatives,
        paged_schema({"$ref": "#/components/schemas/Initiatief"}),
        TAG,
        (PLACE, RADIUS, THEME, PHASE, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_PAGES,
    ),
    Operation(
        "/initiatieven/{nummer}",
        "initiatief",
        "Eén initiatief",
        "Wat de pagina van het initiatief laat zien.",
        _initiative,
        {"$ref": "#/components/schemas/Initiatief"},
        TAG,
        (NUMBER,),
    ),
    Operation(
        "/ontmoetingsplekken",
        "ontmoetingsplekken",
        "Ontmoetingsplekken",
        "Plekken waar mensen elkaar ontmoeten, op naam.",
        _places,
        paged_schema({"$ref": "#/components/schemas/Ontmoetingsplek"}),
        TAG,
        (PLACE, RADIUS, KIND, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_PAGES,
    ),
)
SCHEMAS = {"Initiatief": INITIATIVE_SCHEMA, "Ontmoetingsplek": PLACE_SCHEMA}
TAGS = {TAG: "Wat inwoners zelf beginnen, en waar mensen elkaar ontmoeten."}
