"""What is wrong with a document, in words that a policy officer understands: where it stands, what it is, and what could be meant."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vliegwiel.engines.rulebook.conditions import OPERATORS, facts_in, share_of

_KINDS = {
    "string": "tekst",
    "integer": "een heel getal",
    "number": "een getal",
    "boolean": "true of false",
    "array": "een lijst",
    "object": "een blok",
}
#: What a question of the application can be compared with, as a kind of fact; a text or file cannot.
_AS_FACT = {
    "single": "choice",
    "multiple": "choices",
    "scale": "number",
    "number": "number",
    "amount": "money",
    "date": "date",
    "yes_no": "yes_no",
}
_COMPARISONS = ", ".join(sorted({name for names in OPERATORS.values() for name in names}))


def problems_with(document: Any) -> list[str]:
    """One line per problem; an empty list when the document is right."""
    return _against_schema(document) or [*_itself(document), *_money(document), *_law(document)]


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    schema = yaml.safe_load((Path(__file__).parent / "schema.yml").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _against_schema(document: Any) -> list[str]:
    found = sorted(_validator().iter_errors(document), key=lambda error: [str(step) for step in error.path])
    return list(dict.fromkeys(f"{_place(document, error.path)}: {_in_dutch(error)}" for error in found))


#: What an officer calls the parts that a file must have.
_CALLED = {
    "regulation": "kenmerk",
    "title": "naam",
    "province": "provincie",
    "in_force": "geldt vanaf",
    "legal_basis": "grondslag",
    "awb_title_4_2": "of titel 4.2 van de Awb geldt",
    "transitional": "overgangsrecht",
    "facts": "vragen van de check",
    "rules": "voorwaarden",
    "question": "de vraag",
    "when": "wanneer het klopt",
    "otherwise": "wat iemand leest als het niet zo is",
    "weeks": "aantal weken",
    "silence": "wat geen antwoord betekent",
    "weight": "gewicht",
    "most": "hoogste bedrag",
    "methods": "wijzen van verdelen",
    "basis": "waar het op rust",
    "effect": "gevolg",
}


def _called(name: str) -> str:
    return f"{name} ({_CALLED[name]})" if name in _CALLED else name


def _in_dutch(error: Any) -> str:
    wanted, value = error.validator_value, error.instance
    if error.validator == "required":
        return f"Er ontbreekt iets. Vul nog in: {', '.join(_called(name) for name in wanted if name not in value)}."
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = [str(name) for name in value if name not in known]
        return " ".join(f"Het onderdeel {name} kennen we niet.{_meant(name, known)}" for name in unknown)
    if error.validator == "enum":
        return f"{value!r} bestaat niet als keuze. Kies uit: {', '.join(map(str, wanted))}."
    if error.validator == "type":
        words = [_KINDS.get(word, word) for word in ([wanted] if isinstance(wanted, str) else wanted)]
        return f"Hier hoort {' of '.join(words)}."
    if error.validator == "format":
        return f"{value} is geen dag die bestaat. Schrijf een dag zoals 2026-03-02."
    if error.validator == "pattern":
        return f"De schrijfwijze van {value!r} klopt niet. Gebruik kleine letters, cijfers en streepjes, of een deel zoals 75%."
    if error.validator == "oneOf":
        return f"Deze voorwaarde kunnen we niet lezen. Noem een vraag en een vergelijking ({_COMPARISONS}), of all, any of not."
    if error.validator in ("minLength", "minItems", "uniqueItems"):
        short = {"minLength": "Deze tekst is te kort.", "minItems": "Deze lijst is leeg of te kort."}
        return short.get(str(error.validator), "Hier staat iets dubbel.")
    return f"{value!r} kan hier niet: te groot, te klein of te lang."


def _meant(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Bedoelt u {near[0]}?" if near else ""


def _itself(document: Mapping[str, Any]) -> Iterator[str]:
    """Questions that exist, comparisons that fit, names that occur once."""
    facts, questions = document["facts"], document.get("questions", [])
    for name, rows in (("vraag", [*facts, *questions]), *((part, document.get(part, [])) for part in _KEYED)):
        yield from _twice(name, [row["key"] for row in rows])
    yield from _twice("regel", [rule["code"] for rule in document["rules"]])
    for row in [*facts, *questions]:
        choice = row["type"] in ("choice", "choices", "single", "multiple")
        if choice != ("options" in row):
            yield f"De vraag {row['key']} {'mist haar antwoorden' if choice else 'heeft antwoorden, maar is geen keuze'}."
        if "options" in row:
            yield from _twice(f"antwoord op {row['key']}", [option["key"] for option in row["options"]])
    known = {fact["key"]: fact for fact in facts}
    yield from _conditions(document, known)
    earlier: dict[str, Any] = {}
    for row in facts:
        if "show_if" in row:
            yield from _wrong(f"Vraag {row['key']}", row["show_if"], earlier)
        earlier[row["key"]] = row
    for row in questions:
        if "show_if" in row:
            yield from _wrong(f"Vraag {row['key']}", row["show_if"], earlier)
        earlier[row["key"]] = {**row, "type": _AS_FACT.get(row["type"], "")}


_KEYED = ("documents", "criteria", "obligations", "grounds")


def _twice(name: str, keys: Sequence[str]) -> list[str]:
    words = {"documents": "document", "criteria": "criterium", "obligations": "verplichting", "grounds": "weigeringsgrond"}
    return [
        f"{words.get(name, name).capitalize()} {key} staat er twee keer in."
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]


def _conditions(document: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for rule in document["rules"]:
        for condition in filter(None, (rule["when"], rule.get("only_if"))):
            yield from _wrong(f"Regel {rule['code']}", condition, known)
        hidden = [key for key, _op, _value in facts_in(rule["when"]) if "show_if" in known.get(key, {})]
        if hidden and "only_if" not in rule:
            yield f"Regel {rule['code']} kijkt naar {hidden[0]}. Die vraag wordt niet altijd gesteld: zet er only_if bij."
    for table in document.get("amounts", {}).get("tables", ()):
        if "if" in table:
            yield from _wrong("De bedragen", table["if"], known)


def _wrong(where: str, condition: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    for key, operator, wanted in facts_in(condition):
        if key not in known:
            yield f"{where} vraagt naar {key}. Die vraag bestaat niet.{_meant(key, list(known))}"
            continue
        kind, options = known[key]["type"], {option["key"] for option in known[key].get("options", ())}
        if operator not in OPERATORS.get(kind, ()):
            yield f"{where}: {key} kun je niet vergelijken met {operator}."
        elif kind in ("choice", "choices"):
            if unknown := (set(wanted) if operator == "one_of" else {wanted}) - options:
                yield f"{where}: {', '.join(sorted(map(str, unknown)))} is geen antwoord op {key}."
        elif not _fits(kind, wanted, known):
            yield f"{where}: {wanted!r} past niet bij de vraag {key}."


def _fits(kind: str, wanted: Any, known: Mapping[str, Any]) -> bool:
    if isinstance(wanted, Mapping):
        return kind in ("money", "number") and known.get(wanted["of"], {}).get("type") in (kind, None)
    if kind == "yes_no":
        return isinstance(wanted, bool)
    if kind == "date":
        from datetime import date

        try:
            return bool(date.fromisoformat(str(wanted)))
        except ValueError:
            return False
    return isinstance(wanted, int if kind == "money" else (int, float)) and not isinstance(wanted, bool)


def _money(document: Mapping[str, Any]) -> Iterator[str]:
    """Amounts in the right order, thresholds without gap or overlap, shares that make a whole."""
    kinds = {fact["key"]: fact["type"] for fact in document["facts"]}
    amounts = document.get("amounts", {})
    for name in ("asked", "costs"):
        if amounts and kinds.get(amounts[name]) != "money":
            yield f"Bij de bedragen staat {amounts[name]}. Dat is geen vraag naar een bedrag."
    tables = amounts.get("tables", ())
    for table in tables:
        if table.get("least", 0) > table["most"]:
            yield f"Het laagste bedrag {table['least']} is hoger dan het hoogste bedrag {table['most']}."
    yield from _thresholds(document.get("arrangements", ()), tables)
    for part in ("criteria", "matching"):
        total = sum((share_of(row["weight" if part == "criteria" else "share"]) for row in document.get(part, ())), Fraction(0))
        if document.get(part) and total != 1:
            name = "De gewichten van de criteria" if part == "criteria" else "De stappen van meebetalen"
            yield f"{name} zijn samen {_percent(total)}. Maak er 100 procent van."
    shares = [share_of(row["share"]) for row in _with_shares(document)]
    if (
        any(share > 1 for share in shares)
        or sum(share_of(row["share"]) for row in document.get("funders", ()) if "share" in row) > 1
    ):
        yield "Een deel is groter dan 100 procent."
    if "minimum_total" in document and "criteria" not in document:
        yield "Er is een laagste cijfer, maar er zijn geen criteria."
    known = {row["key"] for row in document.get("criteria", ())}
    for key in document.get("dividing", {}).get("ties", ()):
        if key not in known:
            yield f"Bij een gelijk totaal beslist {key}. Dat is geen criterium van deze regeling."
    rows = document.get("advance", ())
    if any("below" not in row for row in rows[:-1]) or any("below" in row for row in rows[-1:]):
        yield "Het voorschot: alleen de laatste regel geldt voor alle andere bedragen en heeft geen grens."


def _with_shares(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    lists = (document.get("advance", ()), document.get("matching", ()), document.get("amounts", {}).get("tables", ()))
    return [row for rows in lists for row in rows if "share" in row]


def _thresholds(arrangements: Sequence[Mapping[str, Any]], tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    expected: int | None = None
    for row in arrangements:
        if expected is not None and row.get("from", 0) != expected:
            yield f"De verantwoording {row['name']} begint bij {row.get('from', 0)}. De vorige houdt op bij {expected}."
        if "below" in row and row["below"] <= row.get("from", 0):
            yield f"De verantwoording {row['name']} houdt op voordat zij begint."
        if "below" not in row and row is not arrangements[-1]:
            yield f"De verantwoording {row['name']} houdt nergens op. Alleen de laatste mag dat."
        expected = row.get("below", row.get("from", 0))
    if not arrangements or not tables:
        return
    least, most = min(row.get("least", 0) for row in tables), max(row["most"] for row in tables)
    if least < arrangements[0].get("from", 0):
        yield f"Voor bedragen onder {arrangements[0]['from']} staat er niet hoe iemand verantwoordt."
    if "below" in arrangements[-1] and most >= arrangements[-1]["below"]:
        yield f"Voor bedragen vanaf {arrangements[-1]['below']} staat er niet hoe iemand verantwoordt."


def _law(document: Mapping[str, Any]) -> Iterator[str]:
    """What follows from title 4.2 of the Awb holding or not, and dates in order."""
    title = document["awb_title_4_2"]
    if title["applies"] == "declared_by" and not title.get("article"):
        yield "Titel 4.2 geldt omdat een artikel dat zegt. Noem dat artikel (Awb 4:21, derde lid)."
    for row in document.get("obligations", ()):
        if row["basis"] == "own" and not row.get("article"):
            yield f"Verplichting {row['key']}: noem het artikel waarop zij rust."
        if row["basis"] != "own" and title["applies"] == "no":
            yield f"Verplichting {row['key']}: titel 4.2 geldt hier niet. Gebruik own en noem het eigen artikel."
    if document.get("lapsed", "9999") <= document["in_force"]:
        yield "De regeling vervalt voordat zij ingaat."


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4g} procent".replace(".", ",")


def _place(document: Any, path: Any) -> str:
    """Where a problem stands, by the code or key that a person gave it."""
    words, here = [], document
    for step in path:
        here = here[step]
        named = here.get("code") or here.get("key") if isinstance(here, dict) else None
        words.append(str(named or step) if not isinstance(step, int) or named else f"nummer {step + 1}")
    return " › ".join(words) or "De regeling"
