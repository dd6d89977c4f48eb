"""Where points lie along roads, and where residents are spread, kept on disk by their content: a new process need not search again."""

import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.engines.travel.roads import dropped
from vliegwiel.engines.travel.streets import Streets

#: Metres between a facility, or a home, and the road that leads to it.
NEAR_ENOUGH = 750.0
#: Part of the name of what is kept: another way of working it out gets another number.
_METHOD = "1"
_MOST_KEPT = 300
Arrays = tuple[NDArray[Any], ...]
#: What an answer rests on: names and hashes, and the arrays themselves.
Parts = tuple[str | NDArray[Any], ...]


def located(streets: Streets, roads_hash: str, x: Any, y: Any) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Edge (−1: no road near) and offset of each point on roads with this content."""
    across, along = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)

    def search() -> Arrays:
        found = streets.locate(across, along, furthest=NEAR_ENOUGH)
        return found.edge, found.offset

    edge, offset = kept(("located", roads_hash, str(NEAR_ENOUGH), across, along), search)
    return edge, offset


def located_few(streets: Streets, x: Any, y: Any) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The same for a few points that nobody asked about before: looked at one by one, without a search tree over all roads."""
    edges, offsets = [], []
    for point in np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)]):
        low, high = np.minimum(streets.first, streets.second), np.maximum(streets.first, streets.second)
        near = np.flatnonzero(((low <= point + NEAR_ENOUGH) & (high >= point - NEAR_ENOUGH)).all(axis=1))
        share, away = dropped(np.broadcast_to(point, (len(near), 2)), streets.first[near], streets.second[near])
        if not len(near) or away.min() > NEAR_ENOUGH:
            edges.append(-1)
            offsets.append(0.0)
            continue
        best = int(away.argmin())
        stretch, edge = int(near[best]), int(streets.edge[near[best]])
        whole = max(float(streets.length[streets.edge == edge].sum()), 1e-9)
        edges.append(edge)
        offsets.append(float(np.clip((streets.before[stretch] + share[best] * streets.length[stretch]) / whole, 0, 1)))
    return np.array(edges, dtype=np.int32), np.array(offsets, dtype=np.float64)


def kept(parts: Parts, work: Callable[[], Arrays]) -> Arrays:
    """The arrays that were worked out before from the same parts, or work them out and keep them. A damaged file is made again."""
    path = _folder() / f"{_name(parts)}.npz"
    if path.exists():
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as there:
                found = tuple(there[f"arr_{place}"] for place in range(len(there.files)))
            os.utime(path)
        except (OSError, EOFError, KeyError, ValueError, BadZipFile):
            path.unlink(missing_ok=True)
        else:
            return found
    made = work()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    with fresh.open("wb") as writing:
        np.savez(writing, *made)
    fresh.replace(path)
    _sweep()
    return made


def _folder() -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "cache" / "located"


def _name(parts: Parts) -> str:
    whole = hashlib.sha256(_METHOD.encode())
    for part in parts:
        whole.update(part.encode() if isinstance(part, str) else np.ascontiguousarray(part).tobytes())
        whole.update(b"|")
    return whole.hexdigest()[:40]


def _sweep() -> None:
    """What was not used for longest goes; when another process sweeps at the same moment, that is enough."""
    with suppress(FileNotFoundError):
        there = sorted(_folder().glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in there[_MOST_KEPT:]:
            path.unlink(missing_ok=True)
