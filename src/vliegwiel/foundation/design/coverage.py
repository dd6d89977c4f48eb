"""Borders that fit: areas drawn one by one become neighbours that share their border, and stay so when they are simplified."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: A gap between areas whose mean half width is under this many metres is a fault of drawing, not water or another country.
_THIN = 30.0


def joined(shapes: NDArray[Any], *, grid: float = 10.0) -> NDArray[Any]:
    """Areas (shapely, RD metres) as a coverage: no overlap, no sliver, the same points on both sides of a border.

    All lines are snapped to `grid` metres and cut where they cross. Each face belongs to the first area that holds it; a thin face
    that no area holds goes to the neighbour with the longest border. An area that disappears on the grid keeps its own border.
    """
    import shapely

    snapped = shapely.set_precision(shapes, grid)
    lines = shapely.union_all(shapely.boundary(snapped), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    owner = _owners(faces, snapped)
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    found = np.array(shapes, dtype=object)
    owners, starts = np.unique(owner[order], return_index=True)
    for area, group in zip(owners, np.split(faces[order], starts[1:]), strict=True):
        found[area] = shapely.union_all(group)
    return found


def simplified(shapes: NDArray[Any], tolerance: float) -> NDArray[Any]:
    """The same coverage with fewer points; neighbours stay joined, no area disappears."""
    import shapely

    found: NDArray[Any] = shapely.coverage_simplify(shapes, tolerance)
    return found


def _owners(faces: NDArray[Any], shapes: NDArray[Any]) -> NDArray[np.int64]:
    """Which shape each face belongs to; −1 for none."""
    import shapely

    owner = np.full(len(faces), -1, dtype=np.int64)
    face, area = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="intersects")
    order = np.lexsort((-area, face))
    owner[face[order]] = area[order]
    loose = np.flatnonzero((owner < 0) & (shapely.area(faces) < _THIN * shapely.length(faces)))
    if not len(loose):
        return owner
    held = np.flatnonzero(owner >= 0)
    place, near = shapely.STRtree(faces[held]).query(faces[loose], predicate="intersects")
    touching = shapely.length(shapely.intersection(faces[loose][place], faces[held][near]))
    order = np.argsort(touching, kind="stable")
    order = order[touching[order] > 0]
    owner[loose[place[order]]] = owner[held[near[order]]]
    return owner
