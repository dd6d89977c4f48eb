"""`/api/v1/uitdagingen`: what the public pages show, with names only of who wants that."""

from typing import Any

from django.conf import settings

from vliegwiel.foundation.api.formats import CSV, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.support.challenges import queries
from vliegwiel.support.challenges.csv_files import csv_lines
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.queries import Shown

ROOT, TAG = "/api/v1", "Uitdaagrecht"
_STATES = [state.value for state in State if state is not State.DRAFT]
STATE = Parameter("stand", {"type": "string", "enum": _STATES}, "Alleen in deze stand.", example="admitted")
NUMBER = Parameter("nummer", {"type": "string"}, "Het kenmerk uit de lijst.", where="path", example="abcdefghjkmn")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_TEXT, _DAY = {"type": "string"}, {"type": ["string", "null"], "format": "date"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["kenmerk", "nummer", "overheid", "stand", "verstuurd", "tekstNagekeken"],
    "properties": {
        "kenmerk": _TEXT,
        "nummer": _TEXT,
        "titel": _TEXT,
        "overheid": _TEXT,
        "stand": {"type": "string", "enum": _STATES},
        "verstuurd": _DAY,
        "antwoordUiterlijk": _DAY,
        "tekstNagekeken": {"type": "boolean", "description": "Anders staan teksten nog niet op de site."},
        "taak": _TEXT,
        "waaromBeter": _TEXT,
        "wieStaatErachter": _TEXT,
        "mensen": {"type": ["integer", "null"]},
        "kostenPerJaarInCenten": {"type": ["integer", "null"], "description": "Leeg als niemand het weet."},
        "kostenVolgens": _TEXT,
        "indiener": {"type": "string", "description": "Alleen met toestemming."},
        "gronden": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["grond", "voldaan"],
                "properties": {"grond": _TEXT, "voldaan": {"type": "boolean"}, "reden": _TEXT},
            },
        },
        "gesprekken": {
            "type": "array",
            "items": {"type": "object", "properties": {"soort": _TEXT, "op": _DAY, "waarover": _TEXT, "uitkomst": _TEXT}},
        },
        "afwegingen": {"type": "array", "items": {"type": "object", "properties": {"wat": _TEXT, "tekst": _TEXT}}},
        "beantwoord": _DAY,
        "redenen": _TEXT,
        "afgesprokenOp": _DAY,
        "proefTot": _DAY,
        "alsInwonersStoppen": _TEXT,
        "gestoptOp": _DAY,
        "waaromGestopt": _TEXT,
        "letOp": {"type": "string", "description": "Staat er als de uitdaging verzonnen is."},
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}


def _list(question: Question) -> Answer:
    found = queries.sent(settings.VLIEGWIEL_PROVINCE, state=question["stand"] or "")
    total = found.order_by().count()
    if question.format is CSV:
        page, size = question["pagina"], question["paginaGrootte"]
        lines = csv_lines(queries.shown(found[(page - 1) * size : page * size]))
        return Answer("".join(lines), link_header(links_of(question, page, size, total)), file_name="uitdagingen")
    return page_of(question, total, lambda start, end: [described(item, question) for item in queries.shown(found[start:end])])


def _one(question: Question) -> Answer:
    name = str(question["nummer"])[:12]
    found = queries.sent(settings.VLIEGWIEL_PROVINCE).filter(public_id=name).first()
    if found is None:
        raise NotFound("Deze uitdaging kennen we niet.", nearest=(("De lijst", question.link(f"{ROOT}/uitdagingen")),))
    return Answer(described(queries.shown_one(found), question))


def described(item: Shown, question: Question) -> dict[str, Any]:
    """A challenge as plain values: what its page shows."""
    found: dict[str, Any] = {
        "kenmerk": item.id,
        "nummer": item.number,
        "titel": item.title,
        "overheid": item.authority,
        "stand": item.state,
        "verstuurd": item.sent_on or None,
        "antwoordUiterlijk": item.due_on or None,
        "tekstNagekeken": not item.hidden,
        "taak": item.task,
        "waaromBeter": item.better,
        "wieStaatErachter": item.behind,
        "mensen": item.people,
        "kostenPerJaarInCenten": item.cost.cents if item.cost is not None else None,
        "kostenVolgens": item.cost_from,
        "indiener": item.name,
        "gronden": [{"grond": name, "voldaan": met, "reden": why} for name, met, why in item.grounds],
        "gesprekken": [
            {"soort": kind, "op": on, "waarover": about, "uitkomst": outcome} for kind, on, about, outcome in item.talks
        ],
        "afwegingen": [{"wat": what, "tekst": text} for what, text in item.weighings],
        "beantwoord": item.decided_on or None,
        "redenen": item.reasons,
        "afgesprokenOp": item.agreed_on or None,
        "proefTot": item.until or None,
        "alsInwonersStoppen": item.way_back,
        "gestoptOp": item.ended_on or None,
        "waaromGestopt": item.ended_why,
    }
    if item.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {"zelf": question.link(f"{ROOT}/uitdagingen/{item.id}"), "pagina": question.link(item.path)}
    return found


OPERATIONS = (
    Operation(
        "/uitdagingen",
        "uitdagingen",
        "Uitdagingen van inwoners",
        "Inwoners die een taak van de overheid willen doen, met de stand en de redenen. De nieuwste staat eerst.",
        _list,
        paged_schema({"$ref": "#/components/schemas/Uitdaging"}),
        TAG,
        (STATE, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers={"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/uitdagingen/{nummer}",
        "uitdaging",
        "Eén uitdaging",
        "Wat de pagina van de uitdaging laat zien.",
        _one,
        {"$ref": "#/components/schemas/Uitdaging"},
        TAG,
        (NUMBER,),
    ),
)
SCHEMAS = {"Uitdaging": SCHEMA}
TAGS = {TAG: "Inwoners dagen een overheid uit, en wat zij antwoordt."}
