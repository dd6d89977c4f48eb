"""The answers as columns: pandas, Arrow, Parquet files or an Ibis table in, numbers and codes out."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vliegwiel.engines.estimation.refusals import NotPossible, some

if TYPE_CHECKING:
    Column = pa.ChunkedArray[Any]
else:
    Column = pa.ChunkedArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
#: More different texts than this share of the rows is not a background but free text or a name.
_FREE_TEXT, _FEW = 0.5, 50
_LARGEST = 2**63
_AT_A_TIME = 2**16
#: So many values are read by several threads; each takes memory of its own.
_SIDE_BY_SIDE = 4_000_000
_WORD = re.compile(r'"((?:[^"]|"")+)"|([A-Za-z_][\w.]*)')


@dataclass(frozen=True)
class Coded:
    """A column of categories: `codes` per row (−1 is missing) into `levels`, which are in order. Codes are whole numbers as small as they
    lie in the data: make them wide before counting with them."""

    codes: NDArray[Any]
    levels: tuple[Any, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The levels as text."""
        return tuple(map(str, self.levels))


@dataclass
class Table:
    """Rows that do not change. Columns are read when they are asked for and kept."""

    names: tuple[str, ...]
    rows: int
    files: tuple[Path, ...] = ()
    _columns: dict[str, Column] = field(default_factory=dict, repr=False)
    _coded: dict[str, Coded] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: Any) -> "Table":
        """From pandas, Arrow, a mapping of columns, one or more Parquet paths, or an Ibis table."""
        if isinstance(data, Table):
            return data
        paths = _paths(data)
        if paths:
            files = [pq.ParquetFile(path) for path in paths]
            names = files[0].schema_arrow.names
            for path, file in zip(paths, files, strict=True):
                if sorted(file.schema_arrow.names) != sorted(names):
                    other = set(file.schema_arrow.names) ^ set(names)
                    raise NotPossible(
                        f"De bestanden {paths[0].name} en {path.name} hebben niet dezelfde kolommen.",
                        where=f"Het verschil: {some(sorted(other))}.",
                        todo="Maak de kolommen gelijk.",
                    )
            return cls(tuple(names), sum(file.metadata.num_rows for file in files), tuple(paths))
        table = _arrow(data)
        if len(set(table.column_names)) < len(table.column_names):
            raise NotPossible("Twee kolommen hebben dezelfde naam.", todo="Geef elke kolom een eigen naam.")
        return cls(tuple(table.column_names), table.num_rows, (), dict(zip(table.column_names, table.columns, strict=True)))

    def column(self, name: str) -> Column:
        """One column; raises when there is none of that name."""
        self.need([name])
        if name not in self._columns:
            self.load([name])
        return self._columns[name]

    def need(self, names: Sequence[str]) -> None:
        """Refuse names that are no column."""
        unknown = [name for name in names if name not in self.names]
        if unknown:
            raise NotPossible(
                f"Er is geen kolom {some(unknown)}.",
                where=f"Wel: {some(self.names, 12)}.",
                todo="Controleer de naam.",
                code="no-column",
            )

    def load(self, names: Sequence[str]) -> None:
        """Read several columns of the files at once. Refuses names that are no column."""
        self.need(names)
        wanted = [name for name in dict.fromkeys(names) if name not in self._columns]
        if wanted and self.files:
            threads = self.rows * len(wanted) > _SIDE_BY_SIDE
            parts = [pq.ParquetFile(path, memory_map=True).read(columns=wanted, use_threads=threads) for path in self.files]
            table = (
                parts[0]
                if len(parts) == 1
                else pa.concat_tables([part.select(wanted) for part in parts], promote_options="permissive")
            )
            self._columns.update(zip(table.column_names, table.columns, strict=True))

    def is_number(self, name: str) -> bool:
        """Whether a column holds numbers (true and false count as 1 and 0)."""
        kind = self.column(name).type
        return bool(
            pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind)
        )

    def numbers(self, name: str) -> Floats:
        """A column as numbers, NaN where missing."""
        column = self.column(name)
        if pa.types.is_null(column.type):
            return np.full(self.rows, np.nan)
        if not self.is_number(name):
            raise NotPossible(
                f"De kolom {name} bevat geen getallen.",
                where=f"Er staat bijvoorbeeld {some(self.coded(name).levels, 3)}.",
                todo="Vraag een aandeel (proportion), of zet de antwoorden om in getallen.",
                code="not-a-number",
            )
        values: Floats = plain(column.cast(pa.float64()), np.nan)
        if np.isinf(values).any():
            row = int(np.flatnonzero(np.isinf(values))[0]) + 1
            raise NotPossible(
                f"De kolom {name} bevat een oneindig getal.", where=f"Zie rij {row}.", todo="Maak het leeg of verbeter het."
            )
        return values

    def answers(self, name: str) -> tuple[NDArray[Any], bool]:
        """A number column as it lies when it is whole, small and complete, else as `numbers`; and whether it is complete."""
        column = self.column(name)
        if column.type == pa.uint8() and not column.null_count:
            return plain(column), True
        values = self.numbers(name)
        return values, not np.isnan(values).any()

    def coded(self, name: str, *, shown: bool = False) -> Coded:
        """A column as categories. `shown` refuses what looks like free text: a name must never become a row of a table."""
        if name not in self._coded:
            self._coded[name] = _coded(self.column(name))
        found = self._coded[name]
        if shown and len(found.levels) > max(_FEW, _FREE_TEXT * self.rows) and isinstance(found.levels[0], str):
            raise NotPossible(
                f"De kolom {name} lijkt vrije tekst of namen te bevatten.",
                where=f"Er zijn {len(found.levels)} verschillende teksten op {self.rows} rijen.",
                todo="Deel de antwoorden eerst in groepen in; losse teksten kunnen mensen herkenbaar maken.",
                code="free-text",
            )
        return found

    def holds(self, condition: str) -> Bools:
        """Where a condition on columns is true; not where it is false or unknown. SQL as DuckDB reads it."""
        import duckdb

        names = [name for name in self.names if name in _words(condition)]
        self.load(names)
        columns: dict[str, Any] = {name: _without_nan(self.column(name)) for name in names} or {
            "_": pa.chunked_array([pa.nulls(self.rows)])
        }
        with duckdb.connect(config={"enable_external_access": "false", "threads": "2"}) as database:
            database.register("answers", pa.table(columns))
            try:
                # The condition is the user's own, and runs without access to anything but these columns.
                asked = f"SELECT coalesce(({condition})::BOOLEAN, false) AS holds FROM answers"  # noqa: S608 - as said above
                found = database.execute(asked).to_arrow_table()
            except duckdb.Error as error:
                raise NotPossible(
                    f"De voorwaarde {condition!r} is niet te lezen.",
                    where=str(error).splitlines()[0],
                    todo="Schrijf haar als in SQL, met namen van kolommen, zoals: score IS NOT NULL.",
                    code="condition",
                ) from error
        return plain(found.column(0)).astype(np.bool_)

    def digest(self, names: Sequence[str]) -> str:
        """SHA-256 of the values of some columns."""
        sha = hashlib.sha256()
        for name in sorted(set(names)):
            column = _without_nan(self.column(name))
            kind = "number" if self.is_number(name) else "text"
            sha.update(f"{name}:{kind}:{len(column)}".encode())
            sha.update(plain(column.is_null()).tobytes())
            sha.update(_bytes(column, kind))
        return sha.hexdigest()


def plain(column: Column, missing: float = 0) -> NDArray[Any]:
    """The values of a column of numbers, where they lie when they lie together, with `missing` in the gaps; true and false as 1 and 0.
    Arrow's own way there loads pandas, which takes more memory than most surveys."""
    column = column.cast(pa.uint8()) if pa.types.is_boolean(column.type) else column
    parts = [_laid_bare(chunk) for chunk in column.chunks if len(chunk)]
    found = parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.zeros(0)
    if column.null_count:
        found = np.where(plain(column.is_null()), np.asarray(missing, dtype=found.dtype), found)
    return found


def _laid_bare(chunk: Any) -> NDArray[Any]:
    """The values of an Arrow array, whatever lies in its gaps."""
    return np.from_dlpack(pa.Array.from_buffers(chunk.type, len(chunk), [None, chunk.buffers()[1]], offset=chunk.offset))


def _bytes(column: Column, kind: str) -> bytes:
    if kind == "number":
        return bytes(np.nan_to_num(plain(column.cast(pa.float64()))).tobytes())
    return "\0".join("" if value is None else str(value) for value in column.to_pylist()).encode()


def _paths(data: Any) -> list[Path]:
    if isinstance(data, str | Path):
        path = Path(data)
        found = sorted(path.glob("*.parquet")) if path.is_dir() else sorted(path.parent.glob(path.name)) or [path]
        missing = [one for one in found if not one.is_file()]
        if missing or not found:
            raise NotPossible(f"Het bestand {path} is er niet.", todo="Controleer de map en de naam.", code="no-file")
        return found
    if isinstance(data, Sequence) and data and all(isinstance(one, str | Path) for one in data):
        return [path for one in data for path in _paths(one)]
    return []


def _arrow(data: Any) -> pa.Table:
    if isinstance(data, pa.Table):
        return data
    if isinstance(data, Mapping):
        return pa.table({str(name): _array(values) for name, values in data.items()})
    if type(data).__module__.partition(".")[0] == "pandas":
        return pa.Table.from_pandas(data, preserve_index=False)
    for way in ("to_pyarrow", "to_arrow", "arrow"):
        if hasattr(data, way):
            table = getattr(data, way)()
            return table if isinstance(table, pa.Table) else pa.table(table)
    if hasattr(data, "__arrow_c_stream__"):
        return pa.table(data)
    raise NotPossible(
        f"Gegevens van soort {type(data).__name__} kent de rekenkern niet.",
        todo="Geef een pandas-tabel, een Arrow-tabel, een Parquet-bestand of een Ibis-tabel.",
        code="unknown-data",
    )


def _array(values: Any) -> Any:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    plain: Any = values if isinstance(values, list) else np.asarray(values)
    return pa.array(plain, from_pandas=True)


def _without_nan(column: Column) -> Column:
    if pa.types.is_floating(column.type):
        found: Column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        return found
    return column


def _words(condition: str) -> set[str]:
    return {quoted.replace('""', '"') or word for quoted, word in _WORD.findall(condition)}


def _coded(column: Column) -> Coded:
    kind = column.type
    if pa.types.is_integer(kind) and not column.null_count and len(column):
        values = plain(column)
        low, high = int(values.min()), int(values.max())
        if high - low < 4 * len(values) + 1024 and high < _LARGEST:
            return _numbered(values, low, high)
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    encoded = _without_nan(column).combine_chunks().dictionary_encode()
    encoded = encoded if isinstance(encoded, pa.Array) else pa.concat_arrays(encoded.unify_dictionaries().chunks)
    levels = [_whole(value) for value in encoded.dictionary.to_pylist()]
    order = sorted(range(len(levels)), key=lambda place: (str(type(levels[place])), levels[place]))
    rank = np.empty(len(levels) + 1, dtype=np.int64)
    rank[order] = np.arange(len(levels))
    rank[-1] = -1
    codes = plain(pa.chunked_array([encoded.indices]), -1)
    return Coded(rank[codes], tuple(levels[place] for place in order))


def _numbered(values: NDArray[Any], low: int, high: int) -> Coded:
    """Whole numbers that lie close together, by their place among those that occur."""
    there = np.zeros(high - low + 1, dtype=np.bool_)
    codes = np.empty(len(values), dtype=np.min_scalar_type(low - high - 1)) if low else values
    for first in range(0, len(values), _AT_A_TIME):
        part = values[first : first + _AT_A_TIME].astype(np.int64) - low
        there[part] = True
        if low:
            codes[first : first + _AT_A_TIME] = part
    found = np.flatnonzero(there)
    if len(found) < len(there):
        rank = np.zeros(len(there), dtype=np.int64)
        rank[found] = np.arange(len(found))
        codes = rank[codes]
    return Coded(codes, tuple((found + low).tolist()))


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
