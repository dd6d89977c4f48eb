"""`/api/v1`: indicators, figures of one area, and one indicator over many areas."""

from collections.abc import Sequence
from typing import Any

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.api.formats import CSV, JSON, JSON_STAT, PARQUET
from vliegwiel.foundation.api.paging import PAGE, SIZE, link_header, links_of, links_schema, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.api import CODE, INSIDE, LEVEL, ROOT, YEAR, area_of, inside_of, year_of
from vliegwiel.see.areas.api import described as described_area
from vliegwiel.see.areas.listing import Listing, listed
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.api_words import FIGURE_SCHEMA, FIGURES_SCHEMA, INDICATOR_SCHEMA, PROFILE_SCHEMA
from vliegwiel.see.figures.describe import MADE_UP, described
from vliegwiel.see.figures.describe_many import described_view
from vliegwiel.see.figures.exchange import COLUMNS, REASONS, FigureRow, csv_text, json_stat, parquet_bytes
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.of_area import figure_of, view_of

TAG, INDICATOR_TAG = "Cijfers", "Indicatoren"
FORMATS = (JSON, CSV, JSON_STAT, PARQUET)
KEY = {"type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9-]+$"}
FORMAT = Parameter(
    "formaat",
    {"type": "string", "enum": [item.key for item in FORMATS]},
    "De vorm van het antwoord, voor een link die geen Accept kan meesturen. Deze keuze gaat voor Accept.",
)
DIALECT = Parameter(
    "dialect",
    {"type": "string", "enum": ["standaard", "excel"], "default": "standaard"},
    "Alleen voor CSV. Standaard is met komma’s en decimale punten. Excel is met puntkomma’s en decimale komma’s.",
)
PERIOD = Parameter(
    "periode",
    {"type": "string", "minLength": 1, "maxLength": 24, "pattern": "^[0-9A-Za-z/-]+$"},
    "De periode waarover het cijfer gaat. Zonder dit krijgt u de nieuwste.",
    example="2024",
)
INDICATOR = Parameter("indicator", KEY, "De sleutel van de indicator.", required=True, example="aandeel-65-plus")
INDICATORS = Parameter(
    "indicator",
    {"type": "array", "items": KEY, "minItems": 1, "maxItems": 400},
    "Alleen deze indicatoren: sleutels met een komma ertussen. Zonder dit krijgt u ze allemaal.",
    example=["inwoners", "aandeel-65-plus"],
)
OPTIONAL_PAGE = Parameter("pagina", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}, PAGE.description)
OPTIONAL_SIZE = Parameter(
    "paginaGrootte",
    {"type": "integer", "minimum": 1, "maximum": 50_000},
    "Hoeveel gebieden er op een pagina staan. Zonder dit krijgt u alles in één keer.",
)


def described_indicator(item: Indicator, question: Question) -> dict[str, Any]:
    """An indicator as plain values, with the periods that are loaded per year of areas."""
    years = {str(year): found for year in areas.years() if (found := queries.periods(item.key, year))}
    return {
        "sleutel": item.key,
        "naam": item.name,
        "thema": item.theme,
        "eenheid": item.unit,
        "decimalen": item.decimals,
        "bereik": list(item.range),
        "richting": item.direction,
        "optelling": item.aggregation,
        "soort": item.kind,
        "berekend": item.computed,
        "methode": item.method,
        "letOpBij": item.caveats or None,
        "sdgs": list(item.sdgs),
        "bron": item.source,
        "licentie": item.licence,
        "perioden": years,
        "links": {
            "zelf": question.link(f"{ROOT}/indicatoren/{item.key}"),
            "pagina": question.link(f"/methoden/{item.key}"),
        },
    }


def _indicators(question: Question) -> Answer:
    found = list(indicators().values())
    return page_of(question, len(found), lambda start, end: [described_indicator(item, question) for item in found[start:end]])


def _indicator(question: Question) -> Answer:
    return Answer(described_indicator(_known(question["sleutel"]), question))


def _figures_of_area(question: Question) -> Answer:
    area = area_of(question)
    keys = [_known(key).key for key in question["indicator"]] if question["indicator"] else list(indicators())
    period = question["periode"] or ""
    found = [described(figure_of(key, area, period)) for key in keys if _has(key, area.year, period)]
    rows = [FigureRow(area.code, area.name, area.year, figure) for figure in found]
    if question.format is not JSON:
        return _other_form(question, f"{area.name} ({area.year})", rows, f"{area.code}-{area.year}", made_up=area.made_up)
    content: dict[str, Any] = {"gebied": described_area(area, question), "cijfers": found}
    if area.made_up or any("letOp" in figure for figure in found):
        content["letOp"] = MADE_UP
    return Answer(content, file_name=f"{area.code}-{area.year}")


def _has(key: str, year: int, period: str) -> bool:
    known = queries.periods(key, year)
    return period in known if period else bool(known)


def _newest_with(key: str, level: Level, period: str) -> int | None:
    """The newest year of areas with this indicator in which there are areas of this level."""
    return next((year for year in areas.years() if _has(key, year, period) and listed(level, year, "").codes), None)


def _figures(question: Question) -> Answer:
    item = _known(question["indicator"])
    level = Level(question["niveau"] or Level.MUNICIPALITY.value)
    period = question["periode"] or ""
    year = _newest_with(item.key, level, period) if question["jaar"] is None else None
    year = year or year_of(question)
    listing = listed(level, year, inside_of(question, year))
    if not _has(item.key, year, period):
        known = queries.periods(item.key, year)
        offers = tuple((other, question.same(periode=other)) for other in known[:5])
        when = f" over {period}" if period else ""
        raise NotFound(f"Van {item.name} hebben we geen cijfers{when} voor gebieden van {year}.", nearest=offers)
    total, size = len(listing.codes), question["paginaGrootte"]
    if size:
        listing = _part(listing, question["pagina"], size)
    view, summed = view_of(item.key, listing, period)
    shared, values = described_view(view, summed_from=summed)
    title = f"{item.name}, {view.period}: {level.plural} van {year}"
    links = links_of(question, question["pagina"], size or max(total, 1), total)
    if question.format is not JSON:
        rows = [
            FigureRow(code, name, year, {**shared, **value})
            for code, name, value in zip(listing.codes, listing.names, values, strict=True)
        ]
        name = f"{item.key}-{level.plural}-{year}"
        return _other_form(question, title, rows, name, made_up=listing.made_up, links=links)
    content: dict[str, Any] = {
        "titel": title,
        "jaar": year,
        "niveau": level.value,
        "cijfer": shared,
        "redenen": REASONS,
        "totaal": total,
        "links": links,
        "resultaten": [
            {"gebiedscode": code, "gebied": name, **{field: item for field, item in value.items() if field != "toelichting"}}
            for code, name, value in zip(listing.codes, listing.names, values, strict=True)
        ],
    }
    if listing.made_up or "letOp" in shared:
        content["letOp"] = MADE_UP
    return Answer(content, link_header(links), f"{item.key}-{level.plural}-{year}")


def _part(listing: Listing, page: int, size: int) -> Listing:
    start = (page - 1) * size
    end = start + size
    return Listing(listing.level, listing.year, listing.codes[start:end], listing.names[start:end], listing.made_up)


def _other_form(
    question: Question, title: str, rows: Sequence[FigureRow], name: str, *, made_up: bool, links: dict[str, str] | None = None
) -> Answer:
    headers = link_header(links) if links else {}
    if made_up:
        rows = [FigureRow(row.code, row.name, row.year, {**row.figure, "letOp": MADE_UP}) for row in rows]
    if question.format is CSV:
        return Answer(csv_text(COLUMNS, (row.cells for row in rows), excel=question["dialect"] == "excel"), headers, name)
    if question.format is PARQUET:
        return Answer(parquet_bytes(rows), headers, name)
    holds = made_up or any("letOp" in row.figure for row in rows)
    return Answer(json_stat(title, rows, made_up=MADE_UP if holds else None), headers, name)


def _known(key: str) -> Indicator:
    found = indicators().get(key)
    if found is None:
        close = [item for item in indicators() if item.split("-")[0] == key.split("-")[0]][:5]
        raise NotFound(
            f"De indicator {key} kennen we niet.", nearest=tuple((item, f"{ROOT}/indicatoren/{item}") for item in close)
        )
    return found


_LINK = {"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."}
OPERATIONS = (
    Operation(
        "/indicatoren",
        "indicatoren",
        "Alle indicatoren",
        "Wat we meten: eenheid, bron, methode, en van welke perioden er cijfers zijn.",
        _indicators,
        paged_schema({"$ref": "#/components/schemas/Indicator"}),
        INDICATOR_TAG,
        (PAGE, SIZE),
        headers=_LINK,
    ),
    Operation(
        "/indicatoren/{sleutel}",
        "indicator",
        "Eén indicator",
        "Eenheid, bron, methode en perioden van een indicator.",
        _indicator,
        {"$ref": "#/components/schemas/Indicator"},
        INDICATOR_TAG,
        (Parameter("sleutel", {"type": "string"}, "De sleutel van de indicator.", where="path", example="aandeel-65-plus"),),
    ),
    Operation(
        "/gebieden/{code}/cijfers",
        "cijfers-van-gebied",
        "De cijfers van één gebied",
        "Per indicator het nieuwste cijfer, of de reden waarom er geen is. Het antwoord kan ook CSV, JSON-stat of Parquet zijn.",
        _figures_of_area,
        PROFILE_SCHEMA,
        TAG,
        (CODE, YEAR, INDICATORS, PERIOD, FORMAT, DIALECT),
        FORMATS,
    ),
    Operation(
        "/cijfers",
        "cijfers",
        "Eén indicator voor veel gebieden",
        "Eén indicator voor alle gebieden van een soort in een jaar. Zonder niveau krijgt u de gemeenten. "
        "Het antwoord kan ook CSV, JSON-stat of Parquet zijn.",
        _figures,
        FIGURES_SCHEMA,
        TAG,
        (INDICATOR, YEAR, LEVEL, INSIDE, PERIOD, OPTIONAL_PAGE, OPTIONAL_SIZE, FORMAT, DIALECT),
        FORMATS,
        headers=_LINK,
    ),
)
SCHEMAS = {"Indicator": INDICATOR_SCHEMA, "Cijfer": FIGURE_SCHEMA, "Links": links_schema()}
TAGS = {
    INDICATOR_TAG: "Wat we meten en hoe.",
    TAG: "Cijfers met status, bron, en de reden als er geen cijfer is.",
}
