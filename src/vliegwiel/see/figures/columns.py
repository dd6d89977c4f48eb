"""Columns on disk: a durable Parquet file per release, and the same columns as memory-mapped Arrow for pages."""

import hashlib
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.see.figures.delivery import Delivery


def store(delivery: Delivery) -> str:
    """Write the delivery as Parquet and Arrow and return the SHA-256 of the Parquet; the same delivery gives the same bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    codes = np.array([code.text for code in delivery.codes])
    order = np.argsort(codes, kind="stable")
    arrays: dict[str, Any] = {"code": pa.array(codes[order])}
    for column in delivery.columns:
        name = column_name(column.indicator.key, column.period)
        arrays[name] = pa.array(column.values[order])
        arrays[f"{name}#"] = pa.array(column.status[order])
        for bound, values in (("<", column.lower), (">", column.upper)):
            if values is not None:
                arrays[f"{name}{bound}"] = pa.array(values[order])
    table = pa.table(arrays).replace_schema_metadata({"table": delivery.table.id, "area_year": str(delivery.table.year)})
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    digest = hashlib.sha256(content).hexdigest()
    _write(parquet_path(digest), content)
    _write_arrow(digest, table)
    return digest


def column_name(indicator: str, period: str) -> str:
    """The name of a column in a release; beside it stand its status bytes (name and #) and its margin if any (name and < or >)."""
    return f"{indicator}@{period}"


def parquet_path(digest: str) -> Path:
    """The durable file of a release."""
    return Path(settings.VLIEGWIEL_HOME) / "figures" / "releases" / f"{digest}.parquet"


class Columns:
    """The columns of one release, memory-mapped. Values are numpy arrays over all its areas, in the order of `codes`."""

    def __init__(self, digest: str) -> None:
        import pyarrow as pa

        path = _arrow_path(digest)
        if not path.exists():
            from pyarrow import parquet

            _write_arrow(digest, parquet.read_table(parquet_path(digest)))
        self._table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        self._names = frozenset(self._table.column_names)
        self._rows: dict[str, int] | None = None
        self._last = ("", -1)
        self._places: dict[tuple[str, ...], NDArray[np.int64]] = {}
        self._plain_columns: dict[str, NDArray[Any]] = {}

    def codes(self) -> list[str]:
        """The areas of the release, in order of their code."""
        return [str(code) for code in self._table["code"].to_pylist()]

    def row(self, code: str) -> int:
        """The place of an area, −1 when the release does not have it."""
        if self._rows is not None:
            return self._rows.get(code, -1)
        if self._last[0] != code:
            codes: Any = self._table["code"].chunk(0)
            place = bisect_left(range(len(codes)), code, key=lambda row: codes[row].as_py())
            found = place < len(codes) and codes[place].as_py() == code
            self._last = (code, place if found else -1)
        return self._last[1]

    def rows(self, codes: tuple[str, ...]) -> NDArray[np.int64]:
        """The places of areas; −1 when the release does not have one. The last few lists are remembered."""
        if len(codes) == 1:
            return np.array([self.row(codes[0])], dtype=np.int64)
        found = self._places.get(codes)
        if found is None:
            if self._rows is None:
                self._rows = {code: place for place, code in enumerate(self.codes())}
            found = np.array([self.row(code) for code in codes], dtype=np.int64)
            self._places = dict(list(self._places.items())[-63:]) | {codes: found}
        return found

    def values(self, name: str) -> NDArray[np.float64]:
        """Values of a column, NaN when missing."""
        return self._plain(name, np.float64)

    def status(self, name: str) -> NDArray[np.uint8]:
        """Status bytes of a column; see `delivery.STATUS`."""
        return self._plain(f"{name}#", np.uint8)

    def margin(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """The bounds of a column, NaN where there are none; None when the source gives no margin."""
        if f"{name}<" not in self._names:
            return None
        return self.values(f"{name}<"), self.values(f"{name}>")

    def _plain(self, name: str, kind: type[Any]) -> NDArray[Any]:
        """The bytes of a column as they lie; Arrow's own way would first load pandas. There are no nulls: missing is NaN, with a status."""
        if name not in self._plain_columns:
            piece: Any = self._table[name].chunk(0)
            size = np.dtype(kind).itemsize
            self._plain_columns[name] = np.frombuffer(
                piece.buffers()[1], dtype=kind, count=len(piece), offset=piece.offset * size
            )
        return self._plain_columns[name]


@lru_cache(maxsize=512)
def columns_of(digest: str) -> Columns:
    """The columns of a release; opened once per process."""
    return Columns(digest)


def _arrow_path(digest: str) -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "figures" / "columns" / f"{digest}.arrow"


def _write_arrow(digest: str, table: Any) -> None:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks(), max_chunksize=max(table.num_rows, 1))
    _write(_arrow_path(digest), sink.getvalue().to_pybytes())


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".fresh")
        fresh.write_bytes(content)
        fresh.replace(path)
