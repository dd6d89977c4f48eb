"""The one reader of the catalogue: YAML in, checked against its schema, frozen records out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.tables import TableFamily, family_from
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Theme:
    """A theme (*thema*) of the area page."""

    key: str
    name: str
    question: str


@dataclass(frozen=True)
class Formula:
    """A figure we compute ourselves: `times` × numerator ÷ denominator, both keys of counted indicators."""

    numerator: str
    denominator: str
    times: float


@dataclass(frozen=True)
class Indicator:
    """An indicator (*indicator*): what is measured, in which unit, and how it may be used.

    `range` is what the value may be; outside it an import is refused. `aggregation` says how areas add up: counts are summed, rates
    recomputed from sums, means only with `weight`, medians and indices never. `kind`: register, survey or model. `published` means
    that a source gives the value itself and `formula` only serves areas it does not give. `profile` is the place among the twelve
    figures of the area page. `high` and `low` finish the sentence "Hier …" for a place at either end of the row. `population` says
    about whom, `definition_version` which definition counts, `same_as` under which keys it was known before, `ended` in which year
    the source gave it last, `ended_because` why, and `successors` what it gives since then: other measures, never joined with this one.
    """

    key: str
    name: str
    theme: str
    unit: str
    decimals: int
    range: tuple[float, float]
    direction: str
    aggregation: str
    kind: str
    source: str
    licence: str
    method: str
    sdgs: tuple[int, ...]
    caveats: str = ""
    weight: str = ""
    formula: Formula | None = None
    published: bool = False
    profile: int | None = None
    high: str = ""
    low: str = ""
    population: str = ""
    definition_version: str = ""
    same_as: tuple[str, ...] = ()
    ended: int | None = None
    ended_because: str = ""
    successors: tuple[str, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether no source gives the value, so that it always comes from the formula."""
        return self.formula is not None and not self.published


@cache
def themes() -> Mapping[str, Theme]:
    """The themes by key, in page order."""
    return {record["key"]: Theme(**record) for record in _load(FOLDER / "themes.yml")}


@cache
def provinces() -> Mapping[str, str]:
    """Names of the Dutch provinces by code."""
    return dict(_load(FOLDER / "provinces.yml"))


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators that ship with the product, by key."""
    found: dict[str, Indicator] = {}
    for path in sorted((FOLDER / "indicators").glob("*.yml")):
        document = _load(path)
        for record in document["indicators"]:
            indicator = indicator_from(document.get("defaults", {}) | record)
            if indicator.key in found:
                raise NotValid(f"De indicator {indicator.key} staat twee keer in de catalogus.")
            found[indicator.key] = indicator
    return found


@cache
def table_families() -> Mapping[str, TableFamily]:
    """The families of tables whose columns we know, by name."""
    families = (family_from(_load(path)) for path in sorted((FOLDER / "columns").glob("*.yml")))
    return {family.family: family for family in families}


def limits_of(table: str) -> tuple[str, ...]:
    """What a table does not tell, or not exactly, in sentences: of its family first, then of itself; nothing for a table we do not know."""
    found = next((family for family in table_families().values() if table in family.tables), None)
    return (*found.limits, *found.tables[table].limits) if found else ()


def validate() -> None:
    """Check every file against its schema and every reference between them. Raises NotValid with one line per problem."""
    from jsonschema import Draft202012Validator

    schemas = _load(FOLDER / "schema.yml")
    problems: list[str] = []

    def check(schema: str, document: Any, name: str) -> None:
        for error in Draft202012Validator(schemas[schema]).iter_errors(document):
            problems.append(f"{name}: {'/'.join(map(str, error.path))}: {error.message}")

    check("themes", _load(FOLDER / "themes.yml"), "themes.yml")
    for path in (FOLDER / "indicators").glob("*.yml"):
        document = _load(path)
        for record in document["indicators"]:
            check("indicator", document.get("defaults", {}) | record, f"{path.name}: {record.get('key')}")
    for path in (FOLDER / "columns").glob("*.yml"):
        check("table_family", _load(path), path.name)
    if not problems:
        problems = list(_broken_references())
    if problems:
        raise NotValid("De catalogus klopt niet.", details=tuple(problems))


def refuse_unless_indicator(record: Mapping[str, Any]) -> Indicator:
    """The indicator of a record that someone wrote. Raises NotValid with one line per problem, in the words of the record."""
    name = record.get("key", "?")
    problems = [f"{name}: {line}" for line in problems_with("indicator", dict(record))]
    if not problems and record["theme"] not in themes():
        problems = [f"{name}: het thema {record['theme']} bestaat niet. Kies uit: {', '.join(themes())}."]
    if not problems and record["range"][0] > record["range"][1]:
        problems = [f"{name}: range begint met de laagste waarde."]
    if problems:
        raise NotValid("De nieuwe indicator is nog niet goed beschreven.", code="bad-indicator", details=tuple(problems))
    return indicator_from(record)


def problems_with(schema: str, document: Any) -> list[str]:
    """What is wrong with a document that a person filled in: one line per problem, with its place."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(_load(FOLDER / "schema.yml")[schema]).iter_errors(document)
    return [f"{' → '.join(map(str, error.path))}: {_in_dutch(error)}".removeprefix(": ") for error in errors]


def _in_dutch(error: Any) -> str:
    wanted = error.validator_value
    if error.validator == "required":
        missing = ", ".join(name for name in wanted if name not in error.instance)
        return f"vul nog in: {missing}."
    if error.validator == "additionalProperties":
        unknown = ", ".join(str(name) for name in error.instance if name not in error.schema.get("properties", {}))
        return f"dit kennen we niet: {unknown}."
    if error.validator == "enum":
        return f"{error.instance!r} kan niet. Kies uit: {', '.join(map(str, wanted))}."
    if error.validator == "type":
        words = {
            "string": "tekst",
            "integer": "een heel getal",
            "number": "een getal",
            "array": "een lijst",
            "object": "een blok",
        }
        return f"hier hoort {words.get(wanted, wanted)}."
    if error.validator == "pattern":
        return f"{error.instance!r} kan niet. Gebruik kleine letters, cijfers en streepjes."
    return f"{error.instance!r} kan niet ({error.validator}: {wanted})."


def _broken_references() -> list[str]:
    known = indicators()
    problems = [f"{item.key}: onbekend thema {item.theme}" for item in known.values() if item.theme not in themes()]
    for item in known.values():
        needed = [*([item.weight] if item.weight else []), *item.successors]
        needed += [item.formula.numerator, item.formula.denominator] if item.formula else []
        problems += [f"{item.key}: onbekende indicator {key}" for key in needed if key not in known]
    for family in table_families().values():
        exact = [key for table in family.tables.values() for key in table.columns.values()]
        problems += [
            f"{family.family}: onbekende indicator {key}" for key in [*family.columns.values(), *exact] if key not in known
        ]
    return problems


def _load(path: Path) -> Any:
    return values_in(path.read_text(encoding="utf-8"))


def indicator_from(record: Mapping[str, Any]) -> Indicator:
    """An indicator from its record: the form is the same in the catalogue and in the database."""
    formula = Formula(**record["formula"]) if "formula" in record else None
    lists = {name: tuple(record.get(name, ())) for name in ("range", "sdgs", "same_as", "successors")}
    return Indicator(**{**record, **lists, "formula": formula})
