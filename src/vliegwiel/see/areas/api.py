"""`/api/v1/gebieden`: the areas of a year, and one area with what it lies in."""

from typing import Any

from vliegwiel.foundation.api.paging import PAGE, SIZE, page_of, paged_schema
from vliegwiel.foundation.api.parameters import Parameter
from vliegwiel.foundation.api.services import Answer, Operation, Question
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.listing import inside_filter
from vliegwiel.see.areas.models import Area

ROOT = "/api/v1"
TAG = "Gebieden"
LEVELS = [level.value for level in Level]
YEAR = Parameter(
    "jaar",
    {"type": "integer", "minimum": 1900, "maximum": 2100},
    "Het jaar van de indeling. Zonder dit krijgt u het nieuwste jaar waarvan we hebben wat u vraagt. Een code hoort altijd bij een jaar.",
    example=2024,
)
INSIDE = Parameter(
    "binnen",
    {"type": "string", "pattern": "^(PV[0-9]{2}|GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2})$"},
    "Alleen gebieden in deze provincie, gemeente of wijk: de code, zoals GM1876.",
    example="GM1876",
)
NAME = Parameter(
    "naam",
    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[^\\u0000-\\u001f]+$"},
    "Alleen gebieden met deze tekst in hun naam, of met deze postcode.",
    example="Steenderen",
)
LEVEL = Parameter("niveau", {"type": "string", "enum": LEVELS}, "Het soort gebied.", example="buurt")
CODE = Parameter("code", {"type": "string"}, "De code van het gebied, zoals BU18760002.", where="path", example="GM1876")
AREA_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["code", "jaar", "naam", "niveau"],
    "properties": {
        "code": {"type": "string", "description": "De code van CBS; hij geldt alleen samen met het jaar."},
        "jaar": {"type": "integer"},
        "naam": {"type": "string"},
        "niveau": {"type": "string", "enum": LEVELS},
        "wijk": {"type": ["string", "null"], "description": "Code van de wijk waarin het gebied ligt."},
        "gemeente": {"type": ["string", "null"], "description": "Code van de gemeente waarin het gebied ligt."},
        "gemeentenaam": {"type": ["string", "null"]},
        "provincie": {"type": ["string", "null"], "description": "Code van de provincie waarin het gebied ligt."},
        "postcode": {"type": ["string", "null"], "description": "De postcode die er het meest voorkomt."},
        "letOp": {"type": "string", "description": "Staat er als het gebied verzonnen is."},
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}


def described(area: Area, question: Question) -> dict[str, Any]:
    """An area as plain values, with the addresses of its figures and its page."""
    found: dict[str, Any] = {
        "code": area.code,
        "jaar": area.year,
        "naam": area.name,
        "niveau": area.level,
        "wijk": _other(area.district_code, area),
        "gemeente": _other(area.municipality_code, area),
        "gemeentenaam": area.municipality_name or None,
        "provincie": _other(area.province_code, area),
        "postcode": area.postcode or None,
    }
    if area.made_up:
        found["letOp"] = MADE_UP
    found["links"] = {
        "zelf": question.link(f"{ROOT}/gebieden/{area.code}", jaar=area.year),
        "cijfers": question.link(f"{ROOT}/gebieden/{area.code}/cijfers", jaar=area.year),
        "pagina": question.link(f"/gebieden/{area.code}", jaar=area.year),
    }
    return found


def year_of(question: Question) -> int:
    """The year asked for, or the newest. Raises NotFound with the nearest year when there are no areas of it."""
    known = queries.years()
    asked = question["jaar"]
    if asked is None and known:
        return known[0]
    if asked not in known:
        nearest = sorted(known, key=lambda year: abs(year - (asked or 0)))[:3]
        offers = tuple((str(year), question.same(jaar=year)) for year in nearest)
        raise NotFound(f"Van {asked} hebben we geen gebieden." if asked else "Er zijn nog geen gebieden.", nearest=offers)
    return int(asked)


def area_of(question: Question) -> Area:
    """The area of an address. Raises NotFound with the nearest ones."""
    code = str(question["code"]).upper()[:12]
    known = queries.newest(code) if _is_code(code) else None
    year = known.year if known and question["jaar"] is None else year_of(question)
    found = queries.area(code, year) if known else None
    if found is None:
        near = queries.nearest_codes(code, year) if code.isalnum() and code.isascii() else []
        offers = tuple((f"{area.name} ({area.level})", question.link(f"{ROOT}/gebieden/{area.code}", jaar=year)) for area in near)
        raise NotFound(f"Het gebied {code} bestaat niet in {year}.", nearest=offers)
    return found


def inside_of(question: Question, year: int) -> str:
    """The code in `binnen`, or nothing. Raises NotFound when that area does not exist in the year."""
    code: str = question["binnen"] or ""
    if code and queries.area(code, year) is None:
        raise NotFound(f"Het gebied {code} bestaat niet in {year}.")
    return code


def _areas(question: Question) -> Answer:
    level = question["niveau"]
    newest = Area.objects.filter(level=level).order_by("-year").first() if level and question["jaar"] is None else None
    year = newest.year if newest else year_of(question)
    found = Area.objects.filter(year=year).order_by("code")
    if level:
        found = found.filter(level=level)
    if inside := inside_of(question, year):
        found = found.filter(**inside_filter(inside)).exclude(code=inside)
    if name := question["naam"]:
        found = found.filter(pk__in=[area.pk for area in queries.areas_named(name, year, limit=1000)])
    return page_of(question, found.count(), lambda start, end: [described(area, question) for area in found[start:end]])


def _area(question: Question) -> Answer:
    return Answer(described(area_of(question), question))


def _other(code: str, area: Area) -> str | None:
    return code if code and code != area.code else None


def _is_code(text: str) -> bool:
    try:
        AreaCode(text)
    except ValueError:
        return False
    return True


OPERATIONS = (
    Operation(
        "/gebieden",
        "gebieden",
        "Gebieden van een jaar",
        "Provincies, gemeenten, wijken en buurten, op volgorde van hun code. Een code geldt alleen samen met het jaar.",
        _areas,
        paged_schema({"$ref": "#/components/schemas/Gebied"}),
        TAG,
        (YEAR, LEVEL, INSIDE, NAME, PAGE, SIZE),
        headers={"Link": "Adressen van deze, de volgende en de vorige pagina (RFC 8288)."},
    ),
    Operation(
        "/gebieden/{code}",
        "gebied",
        "Eén gebied",
        "Naam, soort en ligging van een gebied in een jaar.",
        _area,
        {"$ref": "#/components/schemas/Gebied"},
        TAG,
        (CODE, YEAR),
    ),
)
SCHEMAS = {"Gebied": AREA_SCHEMA}
TAGS = {TAG: "Provincies, gemeenten, wijken en buurten, per jaar."}
