"""Areas on the map with their key figures, as features."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.listing import Layer, Listing, larger_codes
from vliegwiel.see.areas.shapes import Crs, feature, shapes_of
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.of_area import view_of


def key_figures(year: int) -> list[Indicator]:
    """The indicators that each feature carries: those of the area page of which the year has figures."""
    chosen = [item for item in indicators().values() if item.profile is not None and queries.periods(item.key, year)]
    return sorted(chosen, key=lambda item: item.profile or 0)


def column_of(item: Indicator) -> str:
    """The name of an indicator as a column in a map program: without hyphens."""
    return item.key.replace("-", "_")


def features_of(layer: Layer, crs: Crs, places: NDArray[np.int64]) -> list[str]:
    """GeoJSON features (text) of the areas at these places of the layer."""
    drawn = shapes_of(layer, crs)
    codes = tuple(drawn.codes[place] for place in places)
    names = tuple(drawn.names[place] for place in places)
    rows = properties_of(layer, codes, names)
    return [feature(code, drawn.texts[place], row) for code, place, row in zip(codes, places, rows, strict=True)]


def properties_of(layer: Layer, codes: Sequence[str], names: Sequence[str]) -> list[dict[str, Any]]:
    """Name, place and key figures of areas; `zonder_cijfer` names each figure that is not there, with its reason."""
    listing = Listing(layer.level, layer.year, tuple(codes), tuple(names), layer.made_up)
    larger = larger_codes(layer.level, layer.year)
    rows: list[dict[str, Any]] = [
        {"code": code, "naam": name, "jaar": layer.year, "niveau": layer.level.value, **larger.get(code, {})}
        for code, name in zip(codes, names, strict=True)
    ]
    absent: list[list[str]] = [[] for _row in rows]
    sources: dict[str, None] = {}
    made_up = layer.made_up
    for item in key_figures(layer.year):
        view, _summed = view_of(item.key, listing)
        name = column_of(item)
        if view.release:
            sources[f"{view.release.source} ({view.release.licence})"] = None
            made_up = made_up or view.release.made_up
        for row, gone, value, status in zip(rows, absent, view.values.tolist(), view.status.tolist(), strict=True):
            reason = STATUS[status]
            row[name] = None if reason else round(value, 10)
            if reason:
                gone.append(f"{name}: {reason.value}")
    source = "; ".join([f"Grenzen: {layer.source} ({layer.licence})", *sources])
    for row, gone in zip(rows, absent, strict=True):
        row["zonder_cijfer"] = "; ".join(gone) or None
        row["bron"] = source
        if made_up:
            row["let_op"] = MADE_UP
    return rows
