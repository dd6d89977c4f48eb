"""What a question may ask. One JSON Schema per parameter is both its documentation and its check."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.http import QueryDict

from vliegwiel.kernel.errors import NotValid

_WHOLE = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question: its name in the address, its JSON Schema, and what it means in Dutch.

    `where` is "query" or "path". A list is written with commas (`a,b`): give a schema of type array. What a path names but does not
    exist is for the answer to refuse, so only query parameters are checked here.
    """

    name: str
    schema: Mapping[str, Any]
    description: str
    where: str = "query"
    required: bool = False
    example: Any = None

    def documented(self) -> dict[str, Any]:
        """The parameter as OpenAPI wants it."""
        found: dict[str, Any] = {
            "name": self.name,
            "in": self.where,
            "description": self.description,
            "required": self.required or self.where == "path",
            "schema": dict(self.schema),
        }
        if self.schema.get("type") == "array":
            found |= {"style": "form", "explode": False}
        if self.example is not None:
            found["example"] = self.example
        return found


@dataclass(frozen=True)
class Wrong:
    """One thing that is not right in a question: which parameter, and why in Dutch."""

    name: str
    reason: str


@dataclass
class InvalidQuestion(NotValid):
    """The question is not written as documented; `wrong` names everything at once."""

    wrong: tuple[Wrong, ...] = field(default=())

    def __post_init__(self) -> None:
        names = ", ".join(dict.fromkeys(item.name for item in self.wrong))
        message = f"Deze vraag klopt niet. Kijk naar: {names}."
        super().__init__(message, code="invalid-question", details=tuple(f"{item.name}: {item.reason}" for item in self.wrong))


def read(asked: QueryDict, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The values of the query parameters, with their defaults. Raises InvalidQuestion with every fault, unknown names included."""
    known = {parameter.name: parameter for parameter in parameters if parameter.where == "query"}
    wrong = [Wrong(name, _unknown(known)) for name in asked if name not in known]
    found: dict[str, Any] = {}
    for name, parameter in known.items():
        texts = asked.getlist(name)
        if not texts:
            if parameter.required:
                wrong.append(Wrong(name, "Deze parameter is verplicht."))
            found[name] = parameter.schema.get("default")
            continue
        if len(texts) > 1:
            wrong.append(Wrong(name, "Deze parameter mag er één keer staan."))
            continue
        if "\x00" in texts[0]:
            wrong.append(Wrong(name, "Hier staat een teken in dat niet kan."))
            continue
        found[name] = _value(texts[0], parameter.schema)
        wrong += [Wrong(name, _reason(error)) for error in _validator(_frozen(parameter)).iter_errors(found[name])]
    if wrong:
        raise InvalidQuestion(tuple(wrong))
    return found


def _value(text: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") == "array":
        return [_value(part, schema["items"]) for part in text.split(",")]
    if schema.get("type") == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    if schema.get("type") == "number":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _unknown(known: Mapping[str, Parameter]) -> str:
    return (
        f"Deze parameter kennen we hier niet. U kunt kiezen uit: {', '.join(known)}." if known else "Hier zijn geen parameters."
    )


def _reason(error: Any) -> str:
    """The fault in Dutch, from the keyword of the schema that failed."""
    limit = error.validator_value
    kinds = {"integer": "Dit moet een geheel getal zijn.", "number": "Dit moet een getal zijn."}
    sentences = {
        "type": kinds.get(str(limit), "Dit klopt niet."),
        "minimum": f"Dit moet {limit} of hoger zijn.",
        "maximum": f"Dit moet {limit} of lager zijn.",
        "enum": f"Kies uit: {', '.join(map(str, limit)) if isinstance(limit, list) else limit}.",
        "pattern": "Dit is niet geschreven zoals de beschrijving zegt.",
        "minLength": "Dit mag niet leeg zijn.",
        "maxLength": f"Dit mag hoogstens {limit} tekens lang zijn.",
        "minItems": f"Noem er minstens {limit}.",
        "maxItems": f"Noem er hoogstens {limit}.",
    }
    return sentences.get(error.validator, "Dit klopt niet.")


def _frozen(parameter: Parameter) -> str:
    return json.dumps(parameter.schema, sort_keys=True)


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema))
