"""Letters from the catalogue: which kinds there are, their text blocks and the facts these need."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

FACT_KINDS = ("text", "amount", "date", "number", "lines", "rows")
_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class LetterBlock:
    """One block of a letter: a heading, a text, a list or a table, only `when` a fact is given (always when empty).

    `lines` and `rows` name the fact that holds the lines of a list or the rows of a table.
    """

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    lines: str = ""
    rows: str = ""
    head: tuple[str, ...] = ()
    numeric: tuple[int, ...] = ()
    when: str = ""

    @property
    def places(self) -> frozenset[str]:
        """The facts this block needs."""
        written = _PLACE.findall(" ".join((self.text, *self.items)))
        return frozenset(filter(None, (*written, self.lines, self.rows, self.when)))


@dataclass(frozen=True)
class LetterText:
    """A kind of letter (*briefsoort*): is it a decision, which remedy is open, its texts and the facts they need (name → kind)."""

    key: str
    name: str
    title: str
    decision: bool
    remedy: str
    facts: Mapping[str, str]
    optional: frozenset[str]
    summary: str
    blocks: tuple[LetterBlock, ...]


@dataclass(frozen=True)
class RefusalGround:
    """A ground to refuse (*weigeringsgrond*): its article and what a letter says about it."""

    key: str
    article: str
    text: str


@cache
def letter_texts() -> Mapping[str, LetterText]:
    """The kinds of letter by key. Raises NotValid when a file breaks the schema or uses a fact it does not name."""
    found, problems = {}, []
    for path in sorted((FOLDER / "letters").glob("*.yml")):
        document = _load(path.name, "letters")
        problems += [f"{path.name}: {line}" for line in _against_schema("letter", document)]
        if not problems:
            found[path.stem] = _letter(path.stem, document)
            problems += [f"{path.name}: {line}" for line in _broken(found[path.stem])]
    if problems:
        raise NotValid("De brieven in de catalogus kloppen niet.", code="bad-letters", details=tuple(problems))
    return found


@cache
def remedies() -> Mapping[str, str]:
    """The remedy clauses by key; `{until}` is the last day, `{to}` where to write."""
    return dict(_load("letter_remedies.yml"))


@cache
def refusal_grounds() -> Mapping[str, RefusalGround]:
    """The general grounds to refuse, by key; a scheme may name its own."""
    return {key: RefusalGround(key, **record) for key, record in _load("letter_grounds.yml").items()}


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with every `{place}` replaced; a place without a word raises KeyError.

    >>> filled("U krijgt {amount}.", {"amount": "€ 10"})
    'U krijgt € 10.'
    """
    return _PLACE.sub(lambda match: words[match[1]], text)


def _letter(key: str, document: Mapping[str, Any]) -> LetterText:
    return LetterText(
        key=key,
        name=document["name"],
        title=document["title"],
        decision=document["decision"],
        remedy=document["remedy"],
        facts=dict(document["facts"]),
        optional=frozenset(document.get("optional", ())),
        summary=document.get("summary", ""),
        blocks=tuple(_block(record) for record in document["blocks"]),
    )


def _block(record: Mapping[str, Any]) -> LetterBlock:
    when = record.get("when", "")
    if "heading" in record:
        return LetterBlock("heading", text=record["heading"], when=when)
    if "text" in record:
        return LetterBlock("text", text=record["text"], when=when)
    if "items" in record:
        return LetterBlock("items", items=tuple(record["items"]), when=when)
    if "lines" in record:
        return LetterBlock("items", lines=record["lines"], when=when)
    table = record["table"]
    return LetterBlock(
        "table", table["caption"], rows=table["rows"], head=tuple(table["head"]), numeric=tuple(table["numeric"]), when=when
    )


def _broken(letter: LetterText) -> list[str]:
    used = frozenset().union(*(block.places for block in letter.blocks), _PLACE.findall(letter.title + letter.summary))
    problems = [f"{name} staat niet bij facts" for name in sorted(used - set(letter.facts))]
    problems += [f"{name} wordt nergens gebruikt" for name in sorted(set(letter.facts) - used)]
    problems += [f"{name} staat niet bij facts" for name in sorted(letter.optional - set(letter.facts))]
    for block in letter.blocks:
        loose = (block.places - {block.when}) & letter.optional
        problems += [f"{name} mag ontbreken, maar het blok staat er altijd" for name in sorted(loose) if not block.when]
    return problems


def _against_schema(name: str, document: Any) -> list[str]:
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(_load("letters-schema.yml")[name]).iter_errors(document)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]


def _load(name: str, folder: str = "") -> Any:
    return values_in((FOLDER / folder / name).read_text(encoding="utf-8"))
