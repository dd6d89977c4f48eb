"""A part as a form: opened from the document, and read back into the values that change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import provinces
from vliegwiel.catalogue.regulations import shared_facts
from vliegwiel.foundation.questions.public import Difference, Problem
from vliegwiel.support.schemes.builder import columns
from vliegwiel.support.schemes.builder.columns import Cell, Choices, Column, at, put
from vliegwiel.support.schemes.builder.comparisons import Facts
from vliegwiel.support.schemes.builder.parts import Part


@dataclass(frozen=True)
class Row:
    """A row of a list on screen; `new` has no record yet, `words` is what it is called."""

    number: int
    words: str
    cells: tuple[Cell, ...]
    new: bool = False
    removed: bool = False
    place: int = 0

    @property
    def wrong(self) -> bool:
        """Whether something in it is not right, so that it stands open."""
        return any(cell.problem for cell in self.cells)


@dataclass(frozen=True)
class PartForm:
    """A part on screen; `changes` are the values of the document that change, to hand to `write_draft`."""

    part: Part
    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    facts: Facts
    to_add: Choices = ()
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        cells = [*self.cells, *(cell for row in self.rows for cell in row.cells)]
        return [Problem(f"{cell.column.label} {cell.problem}", f"v-{cell.id}") for cell in cells if cell.problem]


def opened(part: Part, document: Mapping[str, Any]) -> PartForm:
    """A part with what the document holds, and an empty row to add one."""
    part = _fitting(part, document)
    facts = _facts(part, document)
    cells = tuple(columns.shown(column, document, column.path, facts, _choices(column, document)) for column in part.fields)
    records = _records(part, document)
    rows = [_row(part, record, number, facts) for number, record in enumerate(records)]
    rows += [_row(part, {}, len(records) + number, facts, new=True) for number in range(part.new_rows if part.rows else 0)]
    return PartForm(part, cells, tuple(rows), facts, _to_add(part, document))


def read(part: Part, data: QueryDict, document: Mapping[str, Any]) -> PartForm:
    """What came in for a part. With problems nothing is handed on: `changes` is empty then."""
    part = _fitting(part, document)
    facts, changed = _facts(part, document), dict(document)
    cells = []
    for column in part.fields:
        cell, value = columns.read(column, data, column.path, document, facts, _choices(column, document))
        cells.append(cell)
        put(changed, column.path, value)
    for block, first in part.blocks:
        if not at(changed, f"{block}.{first}"):
            changed.pop(block, None)
    rows, kept = _read_rows(part, data, document, facts)
    if part.rows:
        put(changed, part.rows, kept or (None if part.optional_list else []))
    form = PartForm(part, tuple(cells), tuple(rows), facts, _to_add(part, document))
    if form.problems:
        return form
    keys = {path.path.partition(".")[0] for path in part.fields} | ({part.rows.partition(".")[0]} if part.rows else set())
    changes = {key: changed.get(key) for key in keys if changed.get(key) != document.get(key)}
    return PartForm(part, form.cells, form.rows, facts, form.to_add, changes)


def differences(form: PartForm, document: Mapping[str, Any]) -> list[Difference]:
    """Where the document as it is now and what was typed differ: both texts, so that nobody loses anything."""
    now = {cell.id: cell for cell in _all_cells(opened(form.part, document))}
    return [
        Difference(str(cell.column.label), _text(there), _text(cell))
        for cell in _all_cells(form)
        if (there := now.get(cell.id)) is not None and _text(there) != _text(cell)
    ]


def _all_cells(form: PartForm) -> list[Cell]:
    return [*form.cells, *(cell for row in form.rows for cell in row.cells)]


def _text(cell: Cell) -> str:
    names = {key: str(words) for key, words in cell.choices}
    return cell.typed or ", ".join(names.get(key, key) for key in cell.chosen)


def _fitting(part: Part, document: Mapping[str, Any]) -> Part:
    """Without a crisis nobody has to choose phases."""
    if "phases" in document:
        return part
    return replace(part, columns=tuple(column for column in part.columns if column.path != "phases"))


def _records(part: Part, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = at(document, part.rows) if part.rows else None
    return [dict(record) for record in found or ()]


def _row(part: Part, record: Mapping[str, Any], number: int, facts: Facts, *, new: bool = False) -> Row:
    cells = tuple(columns.shown(column, record, f"r{number}-{column.path}", facts) for column in part.columns)
    return Row(number, "" if new else _words(part, record, number), cells, new, place=number + 1)


def _words(part: Part, record: Mapping[str, Any], number: int) -> str:
    name = record.get(part.named or "name") or record.get("text")
    return str(name) if name else f"{part.row_name} {number + 1}"


def _read_rows(part: Part, data: QueryDict, document: Mapping[str, Any], facts: Facts) -> tuple[list[Row], list[dict[str, Any]]]:
    records = _records(part, document)
    rows, kept = [], []
    for number in range(len(records) + (part.new_rows if part.rows else 0)):
        new = number >= len(records)
        record = {} if new else records[number]
        row, changed = _read_row(part, data, record, number, facts, new=new)
        if new and not _filled(row, part):
            rows.append(_row(part, {}, number, facts, new=True))
            continue
        rows.append(row)
        if not row.removed:
            kept.append((row.place, number, changed))
    ordered = [changed for _place, _number, changed in sorted(kept, key=lambda item: item[:2])]
    for changed in ordered:
        if part.key and part.named and part.key not in changed:
            changed[part.key] = _new_key(part, changed, ordered)
    added = next((fact for fact in shared_facts() if part.rows == "facts" and fact["key"] == data.get("erbij")), None)
    if added is not None and added["key"] not in {fact["key"] for fact in ordered}:
        ordered.append(_of_province(added, str(document["province"])))
    return rows, [_in_order(part, changed) for changed in ordered]


def _read_row(
    part: Part, data: QueryDict, record: Mapping[str, Any], number: int, facts: Facts, *, new: bool
) -> tuple[Row, dict[str, Any]]:
    cells, changed = [], dict(record)
    for column in part.columns:
        cell, value = columns.read(column, data, f"r{number}-{column.path}", record, facts)
        cells.append(cell)
        put(changed, column.path, value)
    place = data.get(f"r{number}-plaats", "")
    removed = data.get(f"r{number}-weg") == "ja"
    if removed:
        cells = list(_row(part, record, number, facts).cells)
    at_place = int(place) if place.isdecimal() and len(place) < 4 else number + 1
    words = "" if new else _words(part, record, number)
    return Row(number, words, tuple(cells), new, removed, at_place), changed


def _filled(row: Row, part: Part) -> bool:
    """Whether someone wrote in a new row: a choice that stands there by itself is no writing."""
    return any(cell.typed or (cell.condition is not None and cell.condition.rows) for cell in row.cells)


def _new_key(part: Part, record: Mapping[str, Any], records: list[dict[str, Any]]) -> str:
    """A key from the words of the row, that no other row has."""
    words = slugify(str(record.get(part.named, "")))[:40].strip("-") or "rij"
    base = (words if words[0].isalpha() else f"v-{words}").replace("-", part.dash)
    taken = {str(other.get(part.key)) for other in records}
    numbers = (f"{base}{part.dash}{number}" for number in range(2, 1000))
    return base if base not in taken else next(key for key in numbers if key not in taken)


def _in_order(part: Part, record: dict[str, Any]) -> dict[str, Any]:
    """The key first, as in the files that ship."""
    return {part.key: record[part.key], **record} if part.key and part.key in record else record


def _of_province(fact: Mapping[str, Any], province: str) -> dict[str, Any]:
    name = provinces().get(province, _("deze provincie"))
    return {key: value.replace("{province}", name) if isinstance(value, str) else value for key, value in fact.items()}


def _facts(part: Part, document: Mapping[str, Any]) -> Facts:
    """The questions that a condition of this part may look at."""
    asked = [*document.get("facts", ()), *(document.get("questions", ()) if part.rows == "questions" else ())]
    return {fact["key"]: fact for fact in asked if fact.get("key")}


def _choices(column: Column, document: Mapping[str, Any]) -> Choices:
    if column.path in ("amounts.asked", "amounts.costs"):
        return tuple((fact["key"], fact["question"]) for fact in document.get("facts", ()) if fact["type"] == "money")
    if column.path == "dividing.ties":
        return tuple((item["key"], item["name"]) for item in document.get("criteria", ()))
    return column.choices


def _to_add(part: Part, document: Mapping[str, Any]) -> Choices:
    if part.rows != "facts":
        return ()
    there = {fact["key"] for fact in document.get("facts", ())}
    province = str(document["province"])
    return tuple((fact["key"], _of_province(fact, province)["question"]) for fact in shared_facts() if fact["key"] not in there)
