"""Reading a regulation: checked against its schema and itself, with messages that a policy officer understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from vliegwiel.engines.rulebook.conditions import OPERATORS, facts_in
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotNow, NotValid

if TYPE_CHECKING:
    from vliegwiel.engines.rulebook.evaluate import Evaluation

_WORDS = {
    "required": "Er ontbreekt iets",
    "additionalProperties": "Dit onderdeel kennen we niet",
    "enum": "Deze keuze bestaat niet",
    "type": "Hier staat een ander soort waarde dan hoort",
    "pattern": "De schrijfwijze klopt niet",
    "oneOf": "Deze voorwaarde kunnen we niet lezen",
    "minLength": "Deze tekst is te kort",
    "minItems": "Deze lijst is leeg",
}


@dataclass(frozen=True)
class Regulation:
    """A regulation in one version (*versie van een regeling*): the document as written, its date and its hash."""

    document: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> "Regulation":
        """Read a YAML file. Raises NotValid with one line per problem."""
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise NotValid(f"{path.name} is geen leesbaar regelingbestand.", details=(str(error).splitlines()[0],)) from error
        return cls.read(document)

    @classmethod
    def read(cls, document: Any) -> "Regulation":
        """Check a document that is already in memory, for example made in a form. Raises NotValid."""
        problems = _against_schema(document) or _against_itself(document)
        if problems:
            raise NotValid(
                f"De regeling klopt nog niet: {len(problems)} {'punt' if len(problems) == 1 else 'punten'}.",
                details=tuple(problems),
            )
        return cls(document)

    @property
    def name(self) -> str:
        """Province and name, as in `gelderland/kleine-initiatieven`."""
        return str(self.document["regulation"])

    @property
    def version(self) -> str:
        """The date from which this version is in force."""
        return str(self.document["in_force"])

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical document."""
        return content_hash(self.document)

    def in_force(self, on: date) -> bool:
        """Whether this version holds on a day."""
        lapsed = self.document.get("lapsed")
        return self.version <= on.isoformat() and (lapsed is None or on.isoformat() < lapsed)

    def evaluate(self, facts: Mapping[str, Any], *, on: date) -> "Evaluation":
        """The verdict on these facts on a day. Raises NotNow when this version does not hold then, NotValid for a wrong kind of fact."""
        from vliegwiel.engines.rulebook.evaluate import evaluate

        if not self.in_force(on):
            raise NotNow(f"De versie van {self.version} van {self.document['title']} geldt niet op {on.isoformat()}.")
        return evaluate(self, facts, on)


def share_of(text: str) -> Fraction:
    """A share as regulations write it.

    >>> share_of("75%"), share_of("1/3")
    (Fraction(3, 4), Fraction(1, 3))
    """
    return Fraction(int(text[:-1]), 100) if text.endswith("%") else Fraction(text)


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(yaml.safe_load((Path(__file__).parent / "schema.yml").read_text(encoding="utf-8")))


def _against_schema(document: Any) -> list[str]:
    found = sorted(_validator().iter_errors(document), key=lambda error: [str(step) for step in error.path])
    return [
        f"{_place(document, error.path)}: {_WORDS.get(error.validator, 'Dit klopt niet')}. ({error.message[:140]})"
        for error in found
    ]


def _against_itself(document: Mapping[str, Any]) -> list[str]:
    """What a schema cannot say: facts that exist, operators that fit, codes that occur once, amounts in the right order."""
    kinds = {fact["key"]: fact for fact in document["facts"]}
    problems = [] if len(kinds) == len(document["facts"]) else ["Twee vragen hebben dezelfde naam."]
    codes = [rule["code"] for rule in document["rules"]]
    problems += [f"De regel {code} staat er twee keer in." for code in sorted({code for code in codes if codes.count(code) > 1})]
    for rule in document["rules"]:
        for condition in filter(None, (rule["when"], rule.get("only_if"))):
            problems += _wrong_conditions(f"Regel {rule['code']}", condition, kinds)
    amounts = document.get("amounts", {})
    for name in ("asked", "costs"):
        if amounts and kinds.get(amounts[name], {}).get("type") != "money":
            problems.append(f"Bij de bedragen staat {amounts[name]}. Dat is geen vraag naar een bedrag.")
    for table in amounts.get("tables", ()):
        if table.get("least", 0) > table["most"]:
            problems.append(f"Het laagste bedrag {table['least']} is hoger dan het hoogste bedrag {table['most']}.")
        problems += _wrong_conditions("De bedragen", table["if"], kinds) if "if" in table else []
    return problems


def _wrong_conditions(where: str, condition: Mapping[str, Any], kinds: Mapping[str, Any]) -> list[str]:
    problems = []
    for key, operator, wanted in facts_in(condition):
        if key not in kinds:
            problems.append(f"{where} vraagt naar {key}. Die vraag bestaat niet.")
            continue
        kind, options = kinds[key]["type"], {option["key"] for option in kinds[key].get("options", ())}
        if operator not in OPERATORS[kind]:
            problems.append(f"{where}: {key} kun je niet vergelijken met {operator}.")
        elif kind in ("choice", "choices") and (unknown := (set(wanted) if operator == "one_of" else {wanted}) - options):
            problems.append(f"{where}: {', '.join(sorted(map(str, unknown)))} is geen antwoord op {key}.")
    return problems


def _place(document: Any, path: Any) -> str:
    """Where a problem stands, by the code or key that a person gave it."""
    words, here = [], document
    for step in path:
        here = here[step]
        named = here.get("code") or here.get("key") if isinstance(here, dict) else None
        words.append(str(named or step) if not isinstance(step, int) or named else f"nummer {step + 1}")
    return " › ".join(words) or "De regeling"
