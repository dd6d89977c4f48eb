"""Columns on disk: a durable Parquet file per release, and the same columns as memory-mapped Arrow for pages."""

import hashlib
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

    def codes(self) -> list[str]:
        """The areas of the release, in order of their code."""
        return [str(code) for code in self._table["code"].to_pylist()]

    def row(self, code: str) -> int:
        """The place of an area, −1 when the release does not have it."""
        if self._rows is not None:
            return self._rows.get(code, -1)
        if self._last[0] != code:
            from pyarrow import compute

            self._last = (code, int(compute.index(self._table["code"], code).as_py()))
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
        found: NDArray[np.float64] = self._table[name].chunk(0).to_numpy()
        return found

    def status(self, name: str) -> NDArray[np.uint8]:
        """Status bytes of a column; see `delivery.STATUS`."""
        found: NDArray[np.uint8] = self._table[f"{name}#"].chunk(0).to_numpy()
        return found

    def margin(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """The bounds of a column, NaN where there are none; None when the source gives no margin."""
        if f"{name}<" not in self._names:
            return None
        return self.values(f"{name}<"), self.values(f"{name}>")


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
