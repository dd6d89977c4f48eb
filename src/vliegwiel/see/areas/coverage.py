"""Borders of a whole level made to fit each other: worked out once per set of borders, kept beside them, remembered per process."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.foundation.design.coverage import joined
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import borders, queries

_METHOD = "1"


def digest_of(level: Level, year: int) -> str:
    """Names the borders of a level in a year by their content and by how they were joined; empty when there are none."""
    digests = queries.border_digests(level, year)
    return hashlib.sha256("/".join((_METHOD, *digests)).encode()).hexdigest()[:16] if digests else ""


def borders_that_fit(level: Level, year: int) -> dict[str, Any]:
    """Borders (shapely, RD) of all areas of a level by code; neighbours share their border point by point."""
    digest = digest_of(level, year)
    return _load(str(settings.VLIEGWIEL_HOME), digest, level, year) if digest else {}


@lru_cache(maxsize=8)
def _load(home: str, digest: str, level: Level, year: int) -> dict[str, Any]:
    import pyarrow as pa
    import shapely
    from pyarrow import parquet

    path = Path(home) / "cache" / "coverage" / f"{digest}.parquet"
    if path.exists():
        table = parquet.read_table(path)
        shapes: NDArray[Any] = shapely.from_wkb(np.asarray(table["geometry"].to_numpy(zero_copy_only=False), dtype=object))
        return dict(zip(map(str, table["code"].to_pylist()), shapes, strict=True))
    drawn = borders.load(queries.border_digests(level, year))
    codes = sorted(drawn)
    fitting = joined(np.array([drawn[code] for code in codes], dtype=object))
    table = pa.table({"code": codes, "geometry": pa.array(list(shapely.to_wkb(fitting)), pa.binary())})
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    parquet.write_table(table, fresh)
    fresh.replace(path)
    return dict(zip(codes, fitting, strict=True))
