"""`/api/v1/subsidies`: the register of subsidies."""

from typing import Any

from django.conf import settings

from vliegwiel.foundation.api.formats import CSV, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.register import queries
from vliegwiel.support.register.exchange import csv_lines, described, with_givers
from vliegwiel.support.register.models import RegisterEntry, RegisterGiver

ROOT, TAG = "/api/v1", "Subsidies"
WORDS = Parameter(
    "zoek",
    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[^\\u0000-\\u001f]+$"},
    "Woorden in de activiteit, de ontvanger, de regeling of de gemeente. Elk woord moet het begin van een woord zijn.",
    example="dorpshuis",
)
SCHEME = Parameter(
    "regeling",
    {"type": "string", "maxLength": 60, "pattern": "^[a-z0-9/-]+$"},
    "Alleen deze regeling: de regelingsleutel.",
)
YEAR = Parameter("jaar", {"type": "integer", "minimum": 1990, "maximum": 2100}, "Alleen besluiten uit dit jaar.", example=2026)
MUNICIPALITY = Parameter(
    "gemeente", {"type": "string", "pattern": "^GM[0-9]{4}$"}, "Alleen deze gemeente: de code van CBS.", example="GM1876"
)
NUMBER = Parameter("nummer", {"type": "string"}, "Het nummer van het dossier.", where="path", example="2026-000123")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_AMOUNT = {"type": "number", "description": "Bedrag in euro."}
_DAY = {"type": "string", "format": "date"}
SUBSIDY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["nummer", "datumBesluit", "ontvanger", "activiteit", "regeling", "verleend", "nu", "stand"],
    "properties": {
        "nummer": {"type": "string"},
        "datumBesluit": _DAY,
        "besluit": {"type": "string"},
        "ontvanger": {"type": "string", "description": "Een organisatie, of ‘particulier’: inwoners noemen we niet."},
        "kvkNummer": {"type": ["string", "null"]},
        "gemeente": {"type": "string"},
        "gemeentecode": {"type": "string"},
        "activiteit": {"type": "string"},
        "voorwaarden": {"type": "string", "description": "Doel, voorwaarden en verplichtingen."},
        "regeling": {"type": "string"},
        "regelingsleutel": {"type": "string"},
        "grondslag": {"type": "string", "description": "Het wettelijk voorschrift waarop het besluit rust."},
        "verleend": _AMOUNT,
        "nu": {"type": "number", "description": "Bedrag in euro na vaststelling, wijziging of intrekking."},
        "stand": {"type": "string"},
        "laatsteWijziging": _DAY,
        "voorbijPlafond": {"type": ["string", "null"], "description": "Het artikel waardoor het plafond niet gold."},
        "medegevers": {
            "type": "array",
            "description": "Wie nog meer geld geeft voor hetzelfde plan.",
            "items": {
                "type": "object",
                "required": ["naam", "bedrag"],
                "properties": {"naam": {"type": "string"}, "bedrag": _AMOUNT},
            },
        },
        "wijzigingen": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["soort", "bedrag", "datumBesluit"],
                "properties": {"soort": {"type": "string"}, "bedrag": _AMOUNT, "datumBesluit": _DAY},
            },
        },
        "letOp": {"type": "string", "description": "Staat er als de subsidie verzonnen is."},
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}


def _described(entry: RegisterEntry, others: list[RegisterGiver], question: Question) -> dict[str, Any]:
    links = {
        "zelf": question.link(f"{ROOT}/subsidies/{entry.number}"),
        "pagina": question.link(f"/subsidieregister/{entry.number}"),
    }
    return {**described(entry, others), "links": links}


def _subsidies(question: Question) -> Answer:
    chosen = queries.Filter(question["zoek"] or "", question["regeling"] or "", question["jaar"], question["gemeente"] or "")
    found = queries.entries(settings.VLIEGWIEL_PROVINCE, chosen)
    total = found.order_by().count()
    if question.format is CSV:
        page, size = question["pagina"], question["paginaGrootte"]
        links = links_of(question, page, size, total)
        text = "".join(csv_lines(found[(page - 1) * size : page * size]))
        return Answer(text, link_header(links), file_name="subsidies")
    return page_of(question, total, lambda start, end: [_described(*pair, question) for pair in with_givers(found[start:end])])


def _subsidy(question: Question) -> Answer:
    found = queries.entry(settings.VLIEGWIEL_PROVINCE, str(question["nummer"])[:11])
    if found is None:
        raise NotFound(
            "Deze subsidie staat niet in het register.", nearest=(("Het subsidieregister", question.link("/subsidieregister")),)
        )
    others = queries.givers_of(found.province, [found.number]).get(found.number, [])
    return Answer(_described(found, others, question))


OPERATIONS = (
    Operation(
        "/subsidies",
        "subsidies",
        "Het subsidieregister",
        "Toegekende subsidies, de nieuwste eerst. Een besluit staat hier vanaf de eerste werkdag nadat het is verstuurd.",
        _subsidies,
        paged_schema({"$ref": "#/components/schemas/Subsidie"}),
        TAG,
        (WORDS, SCHEME, YEAR, MUNICIPALITY, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers={"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/subsidies/{nummer}",
        "subsidie",
        "Eén subsidie",
        "Een besluit met alles wat er later aan veranderde.",
        _subsidy,
        {"$ref": "#/components/schemas/Subsidie"},
        TAG,
        (NUMBER,),
    ),
)
SCHEMAS = {"Subsidie": SUBSIDY_SCHEMA}
TAGS = {TAG: "Wie subsidie kreeg, waarvoor, hoeveel en op welke grond."}
