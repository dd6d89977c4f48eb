"""`/api/v1/leveringen`: what was loaded, and each release as a durable file."""

from typing import Any

import numpy as np

from vliegwiel.foundation.api.formats import CSV, JSON, JSON_STAT, PARQUET
from vliegwiel.foundation.api.paging import PAGE, SIZE, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import Gone, NotFound
from vliegwiel.see.areas.api import ROOT
from vliegwiel.see.areas.listing import names_of
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.api_words import RELEASE_SCHEMA
from vliegwiel.see.figures.columns import column_name, columns_of, parquet_path
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.describe import MADE_UP
from vliegwiel.see.figures.exchange import csv_text, dataset
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.models import Release

TAG = "Leveringen"
FORMATS = (PARQUET, CSV, JSON, JSON_STAT)
_ID = Parameter("id", {"type": "string"}, "Het nummer van de levering.", where="path")
_FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [item.key for item in FORMATS]},
    "De vorm van het bestand, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
_DIALECT = Parameter(
    "dialect",
    {"type": "string", "enum": ["standaard", "excel"], "default": "standaard"},
    "Alleen voor CSV. Excel is met puntkomma’s en decimale komma’s.",
)


def described_release(release: Release, question: Question) -> dict[str, Any]:
    """A release as plain values, with the addresses of its files."""
    here = f"{ROOT}/leveringen/{release.public_id}"
    found: dict[str, Any] = {
        "id": release.public_id,
        "tabel": release.table,
        "titel": release.title,
        "bron": release.source,
        "licentie": release.licence,
        "jaar": release.area_year,
        "gepubliceerd": release.published.isoformat(),
        "ingelezen": release.imported_at.isoformat(),
        "status": release.status,
        "aantalGebieden": release.area_count,
        "aantalIndicatoren": len({column.indicator for column in release.columns.all()}),
        "bestandsnaam": release.file_name,
        "hash": release.content_hash,
    }
    if release.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {"zelf": question.link(here)} | {
        item.key: question.link(f"{here}/bestand", formaat=item.key) for item in FORMATS
    }
    return found


def _releases(question: Question) -> Answer:
    found = queries.releases()
    return page_of(question, len(found), lambda start, end: [described_release(item, question) for item in found[start:end]])


def _release(question: Question) -> Answer:
    release = _known(question["id"])
    columns = [
        {
            "indicator": column.indicator,
            "periode": column.period,
            "kolomVanBron": column.source_key,
            "bekend": column.known,
            "zonderCijfer": column.missing,
        }
        for column in release.columns.all()
    ]
    codes = {str(code): reason.value for code, reason in enumerate(STATUS) if reason}
    return Answer({**described_release(release, question), "kolommen": columns, "statuscodes": codes})


def _file(question: Question) -> Answer:
    release = _known(question["id"])
    name = f"{release.table}-{release.public_id}"
    if question.format is PARQUET:
        return Answer(parquet_path(release.content_hash).read_bytes(), file_name=name)
    codes, columns = _columns(release)
    if question.format is CSV:
        return Answer(_wide(release, codes, columns, excel=question["dialect"] == "excel"), file_name=name)
    if question.format is JSON_STAT:
        return Answer(_json_stat(release, codes, columns), file_name=name)
    content: dict[str, Any] = {
        "levering": described_release(release, question),
        "gebieden": codes,
        "cijfers": [
            {"indicator": key, "periode": period, "waarden": values, "redenen": reasons}
            for (key, period), (values, reasons) in columns.items()
        ],
    }
    if release.made_up:
        content["letOp"] = MADE_UP
    return Answer(content, file_name=name)


_Columns = dict[tuple[str, str], tuple[list[float | None], list[str | None]]]


def _columns(release: Release) -> tuple[list[str], _Columns]:
    """Codes, and per indicator and period the values and the reasons, aligned with the codes."""
    stored = columns_of(release.content_hash)
    words = np.array([reason.value if reason else None for reason in STATUS], dtype=object)
    found: _Columns = {}
    for column in release.columns.order_by("pk"):
        name = column_name(column.indicator, column.period)
        status = stored.status(name)
        values = stored.values(name).astype(object)
        values[status != 0] = None
        found[column.indicator, column.period] = (values.tolist(), words[status].tolist())
    return stored.codes(), found


def _wide(release: Release, codes: list[str], columns: _Columns, *, excel: bool) -> str:
    """One line per area; per indicator and period its value, and the reason beside it when there is none."""
    heads = [f"{key} {period}" for key, period in columns]
    header = ["gebiedscode", "gebied", "jaar", *(text for head in heads for text in (head, f"{head} reden")), "let_op"]
    flat = [cells for pair in columns.values() for cells in pair]
    year, note = release.area_year, MADE_UP if release.made_up else None
    names = names_of(year)
    rows = ((code, names.get(code, ""), year, *cells, note) for code, *cells in zip(codes, *flat, strict=True))
    return csv_text(header, rows, excel=excel)


def _json_stat(release: Release, codes: list[str], columns: _Columns) -> dict[str, Any]:
    """Area by column: a column is one indicator for one period, so that nothing is empty that the release does not have."""
    known = indicators()
    labels = {column_name(key, period): f"{known[key].name if key in known else key}, {period}" for key, period in columns}
    units = {column_name(key, period): {"label": known[key].unit if key in known else ""} for key, period in columns}
    lists, names = list(columns.values()), names_of(release.area_year)
    values = [pair[0][row] for row in range(len(codes)) for pair in lists]
    status = {str(row * len(lists) + place): pair[1][row] for row in range(len(codes)) for place, pair in enumerate(lists)}
    dimensions = {
        "gebied": {
            "label": f"Gebied ({release.area_year})",
            "category": {"index": codes, "label": {code: names.get(code, code) for code in codes}},
        },
        "cijfer": {"label": "Indicator en periode", "category": {"index": list(labels), "label": labels, "unit": units}},
    }
    known_status = {place: reason for place, reason in status.items() if reason}
    made_up = MADE_UP if release.made_up else None
    found = dataset(release.title, dimensions, {"geo": ["gebied"], "metric": ["cijfer"]}, values, known_status, made_up)
    return found | {"source": f"{release.source} ({release.licence})", "updated": release.published.isoformat()}


def _known(name: str) -> Release:
    found = next((item for item in queries.releases() if item.public_id == name), None)
    if found is not None:
        return found
    every = (("Alle leveringen", f"{ROOT}/leveringen"),)
    gone = queries.withdrawal_of(name)
    if gone is None or gone.confirmed_at is None:
        raise NotFound("Deze levering bestaat niet.", nearest=every)
    release, when = gone.release, day(clock.legal_date(gone.confirmed_at), "full")
    message = f"De levering {release.title} (tabel {release.table}) is ingetrokken op {when}. De reden is: {gone.reason}"
    raise Gone(message, nearest=every)


OPERATIONS = (
    Operation(
        "/leveringen",
        "leveringen",
        "Alle leveringen",
        "Wat er geladen is, nieuwste eerst, met bron, licentie en de hash van het bestand.",
        _releases,
        paged_schema({"$ref": "#/components/schemas/Levering"}),
        TAG,
        (PAGE, SIZE),
        headers={"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/leveringen/{id}",
        "levering",
        "Eén levering",
        "Een levering met haar kolommen. Een levering verandert nooit. Is zij ingetrokken, dan krijgt u 410 met de reden.",
        _release,
        {"$ref": "#/components/schemas/Levering"},
        TAG,
        (_ID,),
        faults=("410",),
    ),
    Operation(
        "/leveringen/{id}/bestand",
        "bestand-van-levering",
        "Het bestand van een levering",
        "Alle cijfers van een levering. Parquet is het duurzame bestand; CSV, JSON en JSON-stat maken we daaruit.",
        _file,
        {
            "type": "object",
            "required": ["levering", "gebieden", "cijfers"],
            "properties": {
                "levering": {"$ref": "#/components/schemas/Levering"},
                "gebieden": {"type": "array", "items": {"type": "string"}},
                "cijfers": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["indicator", "periode", "waarden", "redenen"],
                        "properties": {
                            "indicator": {"type": "string"},
                            "periode": {"type": "string"},
                            "waarden": {"type": "array", "items": {"type": ["number", "null"]}},
                            "redenen": {"type": "array", "items": {"type": ["string", "null"]}},
                        },
                    },
                },
                "letOp": {"type": "string"},
            },
        },
        TAG,
        (_ID, _FORMAT, _DIALECT),
        FORMATS,
        faults=("410",),
    ),
)
SCHEMAS = {"Levering": RELEASE_SCHEMA}
TAGS = {TAG: "Wat er geladen is, met duurzame bestanden."}
