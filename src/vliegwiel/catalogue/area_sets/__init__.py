"""Sets of areas as dated data: regions of municipalities and villages (*kernen*) of neighbourhoods. What ships lies beside this file."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid

FOLDER = Path(__file__).parent
_LEVELS = {"regio": (Level.REGION, Level.MUNICIPALITY), "kern": (Level.VILLAGE, Level.NEIGHBOURHOOD)}


@dataclass(frozen=True)
class Fit:
    """How well a village fits its set, as shares from 0 to 1 of residents: of the set outside the village, of the village outside it."""

    outside_village: float
    outside_set: float
    basis: str


@dataclass(frozen=True)
class AreaSet:
    """A region or village: its code, name and the codes of its members; the fit of a village when it is known."""

    code: str
    name: str
    members: tuple[str, ...]
    fit: Fit | None = None


@dataclass(frozen=True)
class AreaSets:
    """A file with sets of one kind, for the divisions of `years`. `origin` says in Dutch where the members come from."""

    level: Level
    member_level: Level
    title: str
    province: str
    origin: str
    years: tuple[int, ...]
    sets: tuple[AreaSet, ...]


def shipped() -> dict[str, Path]:
    """The files that ship with the product, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yml")) if path.name != "schema.yml"}


def read(path: Path) -> AreaSets:
    """Read a file and check it against its schema and itself. Raises NotValid with one line per problem."""
    if not path.is_file():
        raise NotValid(f"Het bestand {path.name} bestaat niet.", code="no-file")
    try:
        document = values_in(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NotValid(f"{path.name} is geen geldig YAML-bestand.", code="unreadable") from error
    problems = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in _validator().iter_errors(document)]
    problems = problems or _wrong(document)
    if problems:
        raise NotValid(f"{path.name} klopt niet. Er is niets geladen.", code="not-valid", details=tuple(problems[:20]))
    level, member_level = _LEVELS[document["kind"]]
    sets = tuple(
        AreaSet(item["code"], item["name"], tuple(sorted(item["members"])), Fit(**item["fit"]) if "fit" in item else None)
        for item in document["sets"]
    )
    years = tuple(sorted(document["years"]))
    return AreaSets(level, member_level, document["title"], document["province"], document["origin"].strip(), years, sets)


def _wrong(document: dict[str, Any]) -> list[str]:
    """What a schema cannot say: levels that fit the kind, and nothing in two sets of one file, so that they add up."""
    level, member_level = _LEVELS[document["kind"]]
    problems = []
    for item in document["sets"]:
        if AreaCode(item["code"]).level is not level:
            problems.append(f"{item['code']} is geen code van een {level.value}.")
        problems += [
            f"{item['code']}: {code} is geen {member_level.value}."
            for code in item["members"]
            if AreaCode(code).level is not member_level
        ]
        if "fit" in item and level is not Level.VILLAGE:
            problems.append(f"{item['code']}: alleen een kern heeft een passing.")
    codes = Counter(item["code"] for item in document["sets"])
    members = Counter(code for item in document["sets"] for code in item["members"])
    problems += [f"{code} staat er meer dan één keer in." for code, count in (codes + members).items() if count > 1]
    return problems


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(values_in((FOLDER / "schema.yml").read_text(encoding="utf-8")))
