"""A wave as it comes in: SPSS, CSV or Parquet, with its code book. What is not right is refused: what, where and how to go on."""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid

KINDS = (".sav", ".csv", ".parquet")
_LARGEST = 5_000
#: Answers in a file: a few kilobytes can say that they are thousands of millions.
_MOST_ANSWERS = 20_000_000
#: Lowest and highest of SPSS, as a number that can be kept.
_ENDLESS = 1e300
#: How SPSS shows a number of seconds as a day.
_DAY = re.compile(r"[AEJS]?DATE|YMDHMS")
_RANGE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:-|–|\.\.)\s*(-?\d+(?:[.,]\d+)?)")


@dataclass(frozen=True)
class CodeBook:
    """The words of a file: per column its title, what each answer code means, and which codes mean that there is no answer (from, to)."""

    titles: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON; answers are pairs, because a database keeps no order of names."""
        return {
            "titles": dict(self.titles),
            "answers": {name: [[code, label] for code, label in words.items()] for name, words in self.answers.items()},
            "missing": {name: [list(span) for span in spans] for name, spans in self.missing.items()},
        }


@dataclass(frozen=True)
class Delivered:
    """A file as read: an Arrow table in which codes that mean no answer are empty, its code book, and which numbers are days to SPSS."""

    table: Any
    book: CodeBook
    days: frozenset[str] = frozenset()


def read_answers(path: Path, book: Path | CodeBook | None = None) -> Delivered:
    """Read a file of answers; `book` is a file, or one that is there already.

    Raises NotValid for a file or code book that is damaged or contradicts itself."""
    readers: dict[str, Callable[[Path, Path | CodeBook | None], Delivered]] = {".sav": _spss, ".csv": _csv, ".parquet": _parquet}
    if path.suffix.lower() not in readers:
        raise NotValid(
            _("{name}: dit soort bestand kennen we niet. Kies SPSS (.sav), CSV of Parquet.").format(name=path.name),
            code="unknown-format",
        )
    found = readers[path.suffix.lower()](path, book)
    _refuse_odd_shape(path, found.table)
    _refuse_broken(path, found)
    return Delivered(_emptied(found), found.book, found.days)


def _spss(path: Path, _book: Path | CodeBook | None) -> Delivered:
    import pyarrow as pa
    import pyreadstat

    def opened(**options: Any) -> Any:
        return pyreadstat.read_sav(
            str(path), user_missing=True, output_format="dict", disable_datetime_conversion=True, **options
        )

    try:
        _nothing, size = opened(metadataonly=True)
        _refuse_too_many(path, int(size.number_rows or 0), int(size.number_columns or 0))
        try:
            columns, about = opened()
        except pyreadstat.ReadstatError as error:
            if "string" not in str(error).lower() and "convert" not in str(error).lower():
                raise
            columns, about = opened(encoding="WINDOWS-1252")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError, MemoryError) as error:
        raise NotValid(
            _("{name} is geen heel SPSS-bestand. Bewaar het opnieuw vanuit SPSS als .sav en probeer het nog eens.").format(
                name=path.name
            ),
            code="damaged-file",
        ) from error
    titles = {name: str(text).strip() for name, text in about.column_names_to_labels.items() if text}
    answers = {
        name: {_code(value): str(label).strip() for value, label in words.items()}
        for name, words in about.variable_value_labels.items()
    }
    missing = {name: tuple(_span(path, name, one) for one in spans) for name, spans in about.missing_ranges.items()}
    days = frozenset(name for name, kind in about.original_variable_types.items() if _DAY.match(kind))
    table = pa.table({name: _array(values) for name, values in columns.items()})
    return Delivered(table, CodeBook(titles, answers, missing), days)


def _span(path: Path, name: str, one: Mapping[str, Any]) -> tuple[float, float]:
    low, high = one["lo"], one["hi"]
    if isinstance(low, str) or isinstance(high, str):
        raise NotValid(
            _("{path}: in het codeboek is een tekst van {name} ‘geen antwoord’. Maak er in SPSS een getal van.").format(
                path=path.name, name=name
            ),
            code="broken-code-book",
        )
    return max(float(low), -_ENDLESS), min(float(high), _ENDLESS)


def _array(values: Any) -> Any:
    import pyarrow as pa

    plain = values.tolist() if hasattr(values, "tolist") else list(values)
    texts = any(isinstance(value, str) for value in plain)
    kept = [(str(value).strip() or None) if texts and value is not None else value for value in plain]
    return pa.array(kept, pa.string() if texts else pa.float64(), from_pandas=True)


def _csv(path: Path, book: Path | CodeBook | None) -> Delivered:
    import pyarrow as pa

    header, *rows = _lines(path)
    if not rows:
        raise NotValid(
            _("{name} heeft geen rijen met antwoorden. Kies een bestand met een rij per mens.").format(name=path.name),
            code="no-rows",
        )
    for place, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise NotValid(
                _(
                    "{name}: regel {place} heeft {found} velden, de kop heeft er {wanted}. Zet tekst met een scheidingsteken tussen "
                    "aanhalingstekens."
                ).format(name=path.name, place=place, found=len(row), wanted=len(header)),
                code="uneven-rows",
            )
    columns = {name: _typed([row[place].strip() for row in rows]) for place, name in enumerate(header)}
    if len(columns) != len(header):
        raise NotValid(
            _("{name}: twee kolommen hebben dezelfde naam. Geef elke kolom een eigen naam.").format(name=path.name),
            code="same-name-twice",
        )
    return Delivered(pa.table(columns), _book_of(book))


def _typed(texts: list[str]) -> Any:
    import pyarrow as pa

    numbers: list[float | None] = []
    for text in texts:
        try:
            numbers.append(_number(text) if text else None)
        except ValueError:
            return pa.array([text or None for text in texts], pa.string())
    return pa.array(numbers, pa.float64())


def _number(text: str) -> float:
    """A number as people write it; raises ValueError for words that a computer takes for one, such as nan, inf and 1_000."""
    found = float(text.replace(",", "."))
    if not math.isfinite(found) or "_" in text:
        raise ValueError(text)
    return found


def _parquet(path: Path, book: Path | CodeBook | None) -> Delivered:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        size = parquet.read_metadata(path)
        _refuse_too_many(path, size.num_rows, size.num_columns)
        table = parquet.read_table(path)
        columns = {
            name: _whole(table[name].cast(pa.float64() if _is_number(table[name].type) else pa.string()).combine_chunks())
            for name in table.column_names
        }
    except (pa.ArrowException, OSError) as error:
        raise NotValid(
            _("{name} is geen heel Parquet-bestand. Maak het opnieuw.").format(name=path.name), code="damaged-file"
        ) from error
    return Delivered(pa.table(columns), _book_of(book))


def _whole(column: Any) -> Any:
    """A column in which what is no number is empty."""
    import pyarrow as pa
    from pyarrow import compute

    return compute.if_else(compute.is_nan(column), pa.scalar(None, pa.float64()), column) if _is_number(column.type) else column


def _is_number(kind: Any) -> bool:
    import pyarrow as pa

    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind) or types.is_decimal(kind))


def _book_of(path: Path | CodeBook | None) -> CodeBook:
    """A code book as CSV with the columns kolom, code, label, ontbreekt: a row without code gives the title of its column; a code or a
    span of codes with *ja* under ontbreekt means no answer."""
    if path is None or isinstance(path, CodeBook):
        return path or CodeBook()
    header, *rows = _lines(path)
    wanted = ["kolom", "code", "label", "ontbreekt"]
    if [name.strip().lower() for name in header] != wanted:
        raise NotValid(
            _("{name}: het codeboek hoort de kolommen {wanted} te hebben.").format(name=path.name, wanted=", ".join(wanted)),
            code="broken-code-book",
        )
    titles: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    missing: dict[str, tuple[tuple[float, float], ...]] = {}
    for place, row in enumerate(rows, start=2):
        column, code, label, gone = [cell.strip() for cell in [*row, "", "", "", ""][:4]]
        if not code:
            titles[column] = label
        elif gone.lower() in ("ja", "1", "x"):
            missing[column] = (*missing.get(column, ()), _span_in(path, place, code))
            if label:
                answers.setdefault(column, {})[_code(code)] = label
        elif _code(code) in answers.get(column, {}):
            raise NotValid(
                _("{name}, regel {place}: de code {code} van {column} staat er twee keer. Haal er een weg.").format(
                    name=path.name, place=place, code=code, column=column
                ),
                code="broken-code-book",
            )
        else:
            answers.setdefault(column, {})[_code(code)] = label
    return CodeBook(titles, answers, missing)


def _span_in(path: Path, place: int, text: str) -> tuple[float, float]:
    match = _RANGE.fullmatch(text)
    parts = match.groups() if match else (text, text)
    try:
        low, high = (_number(part) for part in parts)
    except ValueError:
        raise NotValid(
            _("{name}, regel {place}: ‘{text}’ is geen code of reeks van codes, zoals 9 of 97-99.").format(
                name=path.name, place=place, text=text
            ),
            code="broken-code-book",
        ) from None
    return low, high


def _lines(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", errors="replace")
    first = text.partition("\n")[0]
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
        found = [row for row in lines if any(row)]
    except csv.Error as error:
        raise NotValid(_("{name} is leeg of geen CSV.").format(name=path.name), code="empty-file") from error
    if not found or "\x00" in text:
        raise NotValid(_("{name} is leeg of geen CSV.").format(name=path.name), code="empty-file")
    return found


def _code(value: Any) -> str:
    """A code as text: 1.0 and 1 are the same."""
    try:
        number = _number(str(value))
    except ValueError:
        return str(value).strip()
    return str(int(number)) if number.is_integer() else str(number)


def _refuse_too_many(path: Path, rows: int, columns: int) -> None:
    if rows * columns > _MOST_ANSWERS:
        raise NotValid(
            _("{name} heeft te veel antwoorden: {rows} rijen van {columns} kolommen. Haal weg wat u niet gebruikt.").format(
                name=path.name, rows=rows, columns=columns
            ),
            code="too-large",
        )


def _refuse_odd_shape(path: Path, table: Any) -> None:
    if not table.num_rows or not table.num_columns:
        raise NotValid(
            _("{name} heeft geen rijen met antwoorden. Kies een bestand met een rij per mens.").format(name=path.name),
            code="no-rows",
        )
    long = [name for name in table.column_names if not name.strip() or len(name) > 64]
    if long or table.num_columns > _LARGEST:
        raise NotValid(
            _("{name} heeft kolommen zonder naam, met een te lange naam, of meer dan {most} kolommen.").format(
                name=path.name, most=_LARGEST
            ),
            code="odd-columns",
        )


def _refuse_broken(path: Path, found: Delivered) -> None:
    """Numbers end, and the code book fits the file: every column there, no span turned round, no two codes with the same words."""
    endless = [name for name in found.table.column_names if _is_number(found.table[name].type) and _endless(found.table[name])]
    if endless:
        raise NotValid(
            _("{name}: in kolom {column} staat een oneindig getal. Er is niets bewaard.").format(
                name=path.name, column=endless[0]
            ),
            code="endless-number",
        )
    book, names = found.book, set(found.table.column_names)
    problems = [
        _("{column}: staat in het codeboek en niet in het bestand.").format(column=column)
        for column in sorted({*book.titles, *book.answers, *book.missing} - names)
    ]
    for column, spans in book.missing.items():
        problems += [
            _("{column}: de reeks ‘geen antwoord’ van {low:g} tot {high:g} staat verkeerd om.").format(
                column=column, low=low, high=high
            )
            for low, high in spans
            if low > high
        ]
    for column, words in book.answers.items():
        seen: dict[str, str] = {}
        for code, label in words.items():
            other = seen.setdefault(" ".join(label.split()).casefold(), code)
            if other != code:
                problems.append(
                    _("{column}: de codes {other} en {code} heten allebei ‘{label}’.").format(
                        column=column, other=other, code=code, label=label
                    )
                )
    if problems:
        raise NotValid(
            _("Het codeboek van {name} klopt niet. Er is niets bewaard. Verbeter het en probeer het opnieuw.").format(
                name=path.name
            ),
            code="broken-code-book",
            details=tuple(problems[:20]),
        )


def _endless(column: Any) -> bool:
    from pyarrow import compute

    return bool(compute.any(compute.is_inf(column)).as_py())


def _emptied(found: Delivered) -> Any:
    """The table without the codes that mean no answer."""
    import pyarrow as pa
    from pyarrow import compute

    table = found.table
    for name, spans in found.book.missing.items():
        column: Any = table[name].combine_chunks()
        if not _is_number(column.type):
            continue
        for low, high in spans:
            inside: Any = compute.and_(compute.greater_equal(column, pa.scalar(low)), compute.less_equal(column, pa.scalar(high)))
            column = compute.if_else(compute.fill_null(inside, False), pa.scalar(None, pa.float64()), column)
        table = table.set_column(table.column_names.index(name), name, column)
    return table
