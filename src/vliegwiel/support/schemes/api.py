"""`/api/v1/regelingen` and `/api/v1/openstellingen`: what the public pages of schemes show, for programs."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Max

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.api.formats import CSV, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.foundation.budgets.public import CeilingFacts, every_ceiling
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.money import Money
from vliegwiel.support.schemes.lifecycle import CallState
from vliegwiel.support.schemes.models import Call, Crisis, SchemeVersion
from vliegwiel.support.schemes.overview import Shown, applicants, listed, matching
from vliegwiel.support.schemes.records import CallFacts, facts_of

Ceilings = Mapping[str, CeilingFacts]
ROOT, TAG = "/api/v1", "Regelingen"
_STATES = {"open": "open", "verwacht": "coming", "dicht": "closed"}
_WORDS = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[^\\u0000-\\u001f]+$"}
WORDS = Parameter("zoek", _WORDS, "Woorden in de naam, de uitleg of voor wie het is.", example="dorp")
STATE = Parameter("stand", {"type": "string", "enum": list(_STATES)}, "Nu open, verwacht of dicht.")
THEME = Parameter("thema", {"type": "string", "enum": sorted(themes())}, "Alleen regelingen over dit thema.")
APPLICANT = Parameter(
    "aanvrager",
    {"type": "string", "enum": [key for key, _name in applicants()]},
    "Alleen regelingen waar deze aanvrager terechtkan.",
)
SCHEME = Parameter(
    "regeling", {"type": "string", "pattern": "^[a-z0-9]{12}$"}, "Alleen openstellingen van deze regeling: het id."
)
CALL_STATES = [state.value for state in CallState if state is not CallState.PLANNED]
CALL_STATE = Parameter("stand", {"type": "string", "enum": CALL_STATES}, "Alleen openstellingen die zo staan.")
ID = Parameter("id", {"type": "string"}, "Het id van de regeling.", where="path", example="a2b3c4d5e6f7")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_TEXT, _DAY = {"type": "string"}, {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_AMOUNT = {"type": "number", "description": "Bedrag in euro."}
_MAYBE_AMOUNT = {"type": ["number", "null"], "description": "Bedrag in euro; leeg als het er niet is."}
_LINKS = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
_NOTE = {"type": "string", "description": "Staat er als het verzonnen is."}
CALL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "regeling", "naam", "stand", "opentOp", "sluitOp", "verdeling", "links"],
    "properties": {
        "id": _TEXT,
        "regeling": {"type": "string", "description": "Het id van de regeling."},
        "regelingsleutel": _TEXT,
        "naam": _TEXT,
        "stand": {"type": "string", "enum": CALL_STATES},
        "opentOp": _MOMENT,
        "sluitOp": {**_MOMENT, "description": "Het laatste moment dat nog telt."},
        "verdeling": {"type": "string", "description": "Hoe het geld wordt verdeeld (Awb 4:26)."},
        "plafond": _MAYBE_AMOUNT,
        "vergeven": {**_MAYBE_AMOUNT, "description": "Verleend of gereserveerd, in euro."},
        "vrij": {**_MAYBE_AMOUNT, "description": "Wat er nog over is, in euro."},
        "besluit": {"type": "string", "description": "Het nummer van het besluit waarmee het open ging."},
        "datumBesluit": {"type": ["string", "null"], "format": "date"},
        "bekendmaking": _TEXT,
        "letOp": _NOTE,
        "links": _LINKS,
    },
}
SCHEME_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "sleutel", "naam", "samenvatting", "stand", "links"],
    "properties": {
        "id": _TEXT,
        "sleutel": {"type": "string", "description": "Provincie en naam van de regeling."},
        "naam": _TEXT,
        "samenvatting": _TEXT,
        "voorWie": _TEXT,
        "themas": {"type": "array", "items": _TEXT},
        "laagsteBedrag": _AMOUNT,
        "hoogsteBedrag": _MAYBE_AMOUNT,
        "stand": {"type": "string", "enum": list(_STATES)},
        "geldtVanaf": _DAY,
        "versie": {"type": "string", "description": "SHA-256 van de tekst van de regeling."},
        "openstelling": {"anyOf": [{"$ref": "#/components/schemas/Openstelling"}, {"type": "null"}]},
        "openstellingen": {"type": "array", "items": {"$ref": "#/components/schemas/Openstelling"}},
        "letOp": _NOTE,
        "links": _LINKS,
    },
}


@Stamp
def stamp() -> tuple[object, ...]:
    """Changes when a scheme or a call does, also by the clock."""
    calls = list(Call.objects.order_by("pk"))
    return (
        SchemeVersion.objects.aggregate(last=Max("pk"))["last"],
        tuple((call.pk, call.revision, call.stands.value) for call in calls),
        tuple(Crisis.objects.order_by("pk").values_list("pk", "phase", "ended_on")),
        clock.today().isoformat(),
    )


def _euros(money: Money | None) -> float | None:
    return None if money is None else money.cents / 100


def _call(call: CallFacts, scheme: str, question: Question, ceilings: Ceilings) -> dict[str, Any]:
    ceiling = ceilings.get(call.ceiling)
    found = {
        "id": call.id,
        "regeling": scheme,
        "regelingsleutel": call.scheme,
        "naam": call.name,
        "stand": call.state,
        "opentOp": call.opens_at.isoformat(),
        "sluitOp": call.closes_at.isoformat(),
        "verdeling": call.method,
        "plafond": _euros(ceiling.amount) if ceiling else None,
        "vergeven": _euros(ceiling.used) if ceiling else None,
        "vrij": _euros(ceiling.free) if ceiling else None,
        "besluit": call.decision_number,
        "datumBesluit": call.decision_date.isoformat() if call.decision_date else None,
        "bekendmaking": call.publication,
        "links": {"regeling": question.link(f"{ROOT}/regelingen/{scheme}"), "pagina": question.link(call.path)},
    }
    return found | ({"letOp": MADE_UP} if call.made_up else {})


def _scheme(item: Shown, question: Question, ceilings: Ceilings) -> dict[str, Any]:
    rules, key = item.rules, item.scheme.public_id
    found = {
        "id": key,
        "sleutel": item.scheme.key,
        "naam": rules.title,
        "samenvatting": rules.summary,
        "voorWie": rules.for_whom,
        "themas": sorted(rules.themes),
        "laagsteBedrag": _euros(rules.least),
        "hoogsteBedrag": _euros(rules.most),
        "stand": next(word for word, state in _STATES.items() if state == item.state),
        "geldtVanaf": item.version.in_force.isoformat(),
        "versie": item.version.hash,
        "openstelling": _call(item.call, key, question, ceilings) if item.call else None,
        "links": {"zelf": question.link(f"{ROOT}/regelingen/{key}"), "pagina": question.link(item.path)},
    }
    return found | ({"letOp": MADE_UP} if item.scheme.made_up else {})


def _schemes(question: Question) -> Answer:
    found = matching(
        listed(settings.VLIEGWIEL_PROVINCE),
        words=question["zoek"] or "",
        applicant=question["aanvrager"] or "",
        theme=question["thema"] or "",
        state=_STATES.get(question["stand"] or "", ""),
    )
    ceilings = every_ceiling(settings.VLIEGWIEL_PROVINCE)
    if question.format is CSV:
        rows = [_scheme(item, question, ceilings) for item in _cut(question, found)]
        return _as_file(question, "regelingen", _SCHEME_COLUMNS, rows, len(found))
    return page_of(question, len(found), lambda start, end: [_scheme(item, question, ceilings) for item in found[start:end]])


def _one_scheme(question: Question) -> Answer:
    item = next((item for item in listed(settings.VLIEGWIEL_PROVINCE) if item.scheme.public_id == question["id"]), None)
    if item is None:
        raise NotFound("Deze regeling kennen we niet.", nearest=(("Alle regelingen", question.link(f"{ROOT}/regelingen")),))
    ceilings = every_ceiling(settings.VLIEGWIEL_PROVINCE)
    return Answer({**_scheme(item, question, ceilings), "openstellingen": _calls_of(item, question, ceilings)})


def _calls_of(item: Shown, question: Question, ceilings: Ceilings, state: str = "") -> list[dict[str, Any]]:
    calls = [call for call in item.scheme.calls.all() if call.stands is not CallState.PLANNED]
    return [
        _call(facts_of(call), item.scheme.public_id, question, ceilings) for call in calls if not state or call.stands == state
    ]


def _calls(question: Question) -> Answer:
    asked, state = question["regeling"], question["stand"] or ""
    schemes = [item for item in listed(settings.VLIEGWIEL_PROVINCE) if not asked or item.scheme.public_id == asked]
    ceilings = every_ceiling(settings.VLIEGWIEL_PROVINCE)
    found = [call for item in schemes for call in _calls_of(item, question, ceilings, state)]
    found.sort(key=lambda call: (call["opentOp"], call["id"]), reverse=True)
    if question.format is CSV:
        return _as_file(question, "openstellingen", _CALL_COLUMNS, _cut(question, found), len(found))
    return page_of(question, len(found), lambda start, end: found[start:end])


def _cut(question: Question, found: list[Any]) -> list[Any]:
    page, size = question["pagina"], question["paginaGrootte"]
    return found[(page - 1) * size : page * size]


def _as_file(question: Question, name: str, columns: tuple[str, ...], rows: list[dict[str, Any]], total: int) -> Answer:
    links = links_of(question, question["pagina"], question["paginaGrootte"], total)
    cells = [[" ".join(value) if isinstance(value := row.get(column), list) else value for column in columns] for row in rows]
    return Answer(csv_text(columns, cells), link_header(links), file_name=name)


_CALL_COLUMNS = tuple(name for name in CALL_SCHEMA["properties"] if name != "links")
_SCHEME_COLUMNS = tuple(name for name in SCHEME_SCHEMA["properties"] if name not in ("links", "openstelling", "openstellingen"))
_LINK = {"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."}
OPERATIONS = (
    Operation(
        "/regelingen",
        "regelingen",
        "Regelingen",
        "Regelingen voor subsidie: eerst wat nu open is, dan wat eraan komt, dan wat dicht is.",
        _schemes,
        paged_schema({"$ref": "#/components/schemas/Regeling"}),
        TAG,
        (WORDS, STATE, THEME, APPLICANT, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_LINK,
    ),
    Operation(
        "/regelingen/{id}",
        "regeling",
        "Eén regeling",
        "Een regeling met al haar openstellingen.",
        _one_scheme,
        {"$ref": "#/components/schemas/Regeling"},
        TAG,
        (ID,),
    ),
    Operation(
        "/openstellingen",
        "openstellingen",
        "Openstellingen",
        "Wanneer regelingen open zijn of waren, met hun plafond en wat er nog over is. De nieuwste staat eerst.",
        _calls,
        paged_schema({"$ref": "#/components/schemas/Openstelling"}),
        TAG,
        (SCHEME, CALL_STATE, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_LINK,
    ),
)
SCHEMAS = {"Regeling": SCHEME_SCHEMA, "Openstelling": CALL_SCHEMA}
TAGS = {TAG: "Waar subsidie voor is, voor wie, hoeveel en tot wanneer."}
