"""Borders on disk: GeoParquet named by its content, in RD. Written once, read into memory once per process."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {
        "geometry": {
            "encoding": "WKB",
            "geometry_types": ["Polygon", "MultiPolygon"],
            "crs": {"id": {"authority": "EPSG", "code": 28992}},
        }
    },
}


def store(codes: list[str], borders: list[bytes]) -> str:
    """Write borders and return the SHA-256 of what was written; writing the same twice changes nothing."""
    import pyarrow as pa
    from pyarrow import parquet

    order = sorted(range(len(codes)), key=codes.__getitem__)
    table = pa.table({"code": [codes[row] for row in order], "geometry": pa.array([borders[row] for row in order], pa.binary())})
    sink = pa.BufferOutputStream()
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(_GEO)}), sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".fresh")
        fresh.write_bytes(content)
        fresh.replace(path)
    return digest


def path_of(digest: str) -> Path:
    """Where the borders with this hash lie."""
    return Path(settings.VLIEGWIEL_HOME) / "borders" / f"{digest}.parquet"


@lru_cache(maxsize=24)
def load(digests: tuple[str, ...]) -> dict[str, Any]:
    """Borders by code as shapely areas; of two files that hold the same code the last one counts."""
    import shapely
    from pyarrow import parquet

    found: dict[str, Any] = {}
    for digest in digests:
        table = parquet.read_table(path_of(digest))
        shapes: NDArray[Any] = shapely.from_wkb(np.asarray(table["geometry"].to_numpy(zero_copy_only=False), dtype=object))
        found.update(zip(map(str, table["code"].to_pylist()), shapes, strict=True))
    return found
