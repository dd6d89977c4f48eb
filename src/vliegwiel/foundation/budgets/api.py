"""`/api/v1/budgetten`, `/api/v1/plafonds` and `/api/v1/instrumenten`: what `/geld` shows, for programs. Amounts are in euros."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max

from vliegwiel.catalogue.instruments import instrument_kinds, phases, province_roles
from vliegwiel.foundation.api.formats import CSV, JSON
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, page_of, paged_schema
from vliegwiel.foundation.api.parameters import InvalidQuestion, Parameter, Wrong
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.foundation.budgets.ceilings import every_ceiling
from vliegwiel.foundation.budgets.models import BudgetLine, CeilingVersion, Entry, Instrument, Programme
from vliegwiel.foundation.budgets.overview import tree
from vliegwiel.foundation.budgets.queries import CeilingFacts
from vliegwiel.foundation.budgets.rules import BUCKETS
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.money import Money

ROOT, TAG = "/api/v1", "Budgetten"
#: The parts of the identity of rule 2, in the words of the API.
_PARTS = dict(
    zip(
        ("credit", "free", "reserved", "committed", "paid", "returned", "lapsed"),
        ("krediet", "vrij", "gereserveerd", "vastgelegd", "betaald", "terugontvangen", "vervallen"),
        strict=True,
    )
)
ON = Parameter(
    "peildatum",
    {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "De stand aan het eind van deze dag. Zonder dag is het de stand van nu.",
    example="2026-05-01",
)
KIND = Parameter("soort", {"type": "string", "enum": list(instrument_kinds())}, "Alleen instrumenten van deze soort.")
ID = Parameter("id", {"type": "string"}, "Het id van de budgetpost.", where="path", example="a2b3c4d5e6f7")
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [JSON.key, CSV.key]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_TEXT, _DAY = {"type": "string"}, {"type": "string", "format": "date"}
_MAYBE_DAY = {"type": ["string", "null"], "format": "date"}
_AMOUNT = {"type": "number", "description": "Bedrag in euro."}
_LINKS = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
_NOTE = {"type": "string", "description": "Staat er als het verzonnen is."}
CEILING_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "naam", "budgetpost", "plafond", "vergeven", "vrij", "van", "tot"],
    "properties": {
        "id": _TEXT,
        "naam": _TEXT,
        "budgetpost": {"type": "string", "description": "Het id van de budgetpost."},
        "onderdeelVan": {"type": ["string", "null"], "description": "Het id van het ruimere plafond."},
        "plafond": {"type": "number", "description": "Het laatst bekendgemaakte bedrag, in euro."},
        "vergeven": {"type": "number", "description": "Verleend en gereserveerd, in euro."},
        "vrij": {"type": "number", "description": "Wat er nog over is, ook onder elk ruimer plafond, in euro."},
        "van": _DAY,
        "tot": _DAY,
        "bekendgemaaktOp": _DAY,
        "bekendmaking": _TEXT,
    },
}
BUDGET_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "naam", "programma", "programmalijn", "instrument", "soort", "peildatum", *_PARTS.values()],
    "properties": {
        "id": _TEXT,
        "naam": _TEXT,
        "code": _TEXT,
        "programma": _TEXT,
        "programmalijn": _TEXT,
        "instrument": _TEXT,
        "soort": {"type": "string", "enum": list(instrument_kinds())},
        "van": _DAY,
        "tot": _DAY,
        "peildatum": _DAY,
        **dict.fromkeys(_PARTS.values(), _AMOUNT),
        "plafonds": {"type": "array", "items": {"$ref": "#/components/schemas/Plafond"}},
        "letOp": _NOTE,
        "links": _LINKS,
    },
}
INSTRUMENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "naam", "soort", "soortnaam", "programma", "programmalijn"],
    "properties": {
        "id": _TEXT,
        "naam": _TEXT,
        "samenvatting": _TEXT,
        "soort": {"type": "string", "enum": list(instrument_kinds())},
        "soortnaam": _TEXT,
        "kader": {"type": "string", "description": "Het wettelijk kader van deze soort."},
        "programma": _TEXT,
        "programmalijn": _TEXT,
        "van": _MAYBE_DAY,
        "tot": _MAYBE_DAY,
        "rollen": {
            "type": "object",
            "description": "De rollen van de provincie, per fase.",
            "additionalProperties": {"type": "array", "items": _TEXT},
        },
        "letOp": _NOTE,
    },
}


@Stamp
def stamp() -> tuple[object, ...]:
    """Changes when the ledger, a ceiling or what was set up does, and when the day does."""
    last = [model.objects.aggregate(last=Max("pk"))["last"] for model in (Entry, CeilingVersion, BudgetLine, Instrument)]
    return (*last, Instrument.objects.exclude(roles={}).count(), clock.today().isoformat())


def _euros(money: Money) -> float:
    return money.cents / 100


def _asked_day(text: str | None) -> date:
    try:
        return min(date.fromisoformat(text), clock.today()) if text else clock.today()
    except ValueError:
        raise InvalidQuestion((Wrong("peildatum", "Deze dag bestaat niet."),)) from None


def _budgets_on(question: Question) -> tuple[date, list[dict[str, Any]]]:
    """Every budget line of the province with how it stood; a day that is still to come counts as today."""
    on = _asked_day(question["peildatum"])
    found = []
    for programme in tree(Programme.objects.filter(province=settings.VLIEGWIEL_PROVINCE), on):
        for line in programme.lines:
            for instrument in line.instruments:
                for item in instrument.posts:
                    row = {
                        "id": item.post.public_id,
                        "naam": item.post.title,
                        "code": item.post.code,
                        "programma": programme.programme.title,
                        "programmalijn": line.line.title,
                        "instrument": instrument.instrument.title,
                        "soort": instrument.kind.key,
                        "van": item.post.starts.isoformat(),
                        "tot": item.post.ends.isoformat(),
                        "peildatum": on.isoformat(),
                        **{_PARTS[name]: _euros(getattr(item.stands, name)) for name in BUCKETS},
                        "links": {
                            "zelf": question.link(f"{ROOT}/budgetten/{item.post.public_id}"),
                            "pagina": question.link(f"/geld/posten/{item.post.public_id}"),
                        },
                    }
                    found.append(row | ({"letOp": MADE_UP} if programme.programme.made_up else {}))
    return on, found


def _budgets(question: Question) -> Answer:
    found = [row for row in _budgets_on(question)[1] if not question["soort"] or row["soort"] == question["soort"]]
    return _listed(question, "budgetten", _columns(BUDGET_SCHEMA), found)


def _budget(question: Question) -> Answer:
    row = next((row for row in _budgets_on(question)[1] if row["id"] == question["id"]), None)
    if row is None:
        nearest = (("Alle budgetten", question.link(f"{ROOT}/budgetten")),)
        raise NotFound("Deze budgetpost kennen we niet.", nearest=nearest)
    ceilings = [_ceiling(item) for item in every_ceiling(settings.VLIEGWIEL_PROVINCE).values() if item.line == row["id"]]
    return Answer({**row, "plafonds": ceilings})


def _ceiling(item: CeilingFacts) -> dict[str, Any]:
    return {
        "id": item.id,
        "naam": item.name,
        "budgetpost": item.line,
        "onderdeelVan": item.within or None,
        "plafond": _euros(item.amount),
        "vergeven": _euros(item.used),
        "vrij": _euros(item.free),
        "van": item.starts.isoformat(),
        "tot": item.ends.isoformat(),
        "bekendgemaaktOp": item.announced_on.isoformat(),
        "bekendmaking": item.publication,
    }


def _ceilings(question: Question) -> Answer:
    found = [_ceiling(item) for item in every_ceiling(settings.VLIEGWIEL_PROVINCE).values()]
    found.sort(key=lambda row: (row["van"], row["naam"], row["id"]))
    return _listed(question, "plafonds", _columns(CEILING_SCHEMA), found)


def _instruments(question: Question) -> Answer:
    wanted = Instrument.objects.filter(province=settings.VLIEGWIEL_PROVINCE).select_related("line__programme")
    if question["soort"]:
        wanted = wanted.filter(kind=question["soort"])
    found = [_instrument(item) for item in wanted.order_by("line__programme__title", "line__title", "title", "pk")]
    return _listed(question, "instrumenten", _columns(INSTRUMENT_SCHEMA), found)


def _instrument(item: Instrument) -> dict[str, Any]:
    kind, names = instrument_kinds()[item.kind], province_roles()
    found = {
        "id": item.public_id,
        "naam": item.title,
        "samenvatting": item.summary,
        "soort": kind.key,
        "soortnaam": kind.name,
        "kader": kind.frame,
        "programma": item.line.programme.title,
        "programmalijn": item.line.title,
        "van": item.starts.isoformat() if item.starts else None,
        "tot": item.ends.isoformat() if item.ends else None,
        "rollen": {phases()[phase]: [names[role] for role in roles] for phase, roles in item.roles.items()},
    }
    return found | ({"letOp": MADE_UP} if item.line.programme.made_up else {})


def _columns(schema: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in schema["properties"] if name not in ("links", "plafonds", "rollen"))


def _listed(question: Question, name: str, columns: tuple[str, ...], found: list[dict[str, Any]]) -> Answer:
    if question.format is not CSV:
        return page_of(question, len(found), lambda start, end: found[start:end])
    page, size = question["pagina"], question["paginaGrootte"]
    rows = found[(page - 1) * size : page * size]
    text = csv_text(columns, ([row.get(column) for column in columns] for row in rows))
    return Answer(text, link_header(links_of(question, page, size, len(found))), file_name=name)


_LINK = {"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."}
OPERATIONS = (
    Operation(
        "/budgetten",
        "budgetten",
        "Budgetten",
        "Elke budgetpost met haar stand op een dag: krediet is vrij, gereserveerd, vastgelegd, betaald en vervallen, min terugontvangen.",
        _budgets,
        paged_schema({"$ref": "#/components/schemas/Budget"}),
        TAG,
        (ON, KIND, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_LINK,
    ),
    Operation(
        "/budgetten/{id}",
        "budget",
        "Eén budgetpost",
        "Een budgetpost met haar stand op een dag en haar plafonds.",
        _budget,
        {"$ref": "#/components/schemas/Budget"},
        TAG,
        (ID, ON),
    ),
    Operation(
        "/plafonds",
        "plafonds",
        "Plafonds",
        "Het hoogste bedrag dat in een tijd verleend mag worden, met wat er al van weg is.",
        _ceilings,
        paged_schema({"$ref": "#/components/schemas/Plafond"}),
        TAG,
        (PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_LINK,
    ),
    Operation(
        "/instrumenten",
        "instrumenten",
        "Instrumenten",
        "Alles waarmee de provincie aan een doel werkt: regelingen, opdrachten, leningen en meer, met de rol van de provincie.",
        _instruments,
        paged_schema({"$ref": "#/components/schemas/Instrument"}),
        TAG,
        (KIND, PAGE, SIZE, FORMAT),
        formats=(JSON, CSV),
        headers=_LINK,
    ),
)
SCHEMAS = {"Budget": BUDGET_SCHEMA, "Plafond": CEILING_SCHEMA, "Instrument": INSTRUMENT_SCHEMA}
TAGS = {TAG: "Hoeveel geld er is, waarvoor, en wat daarvan is verleend en betaald."}
