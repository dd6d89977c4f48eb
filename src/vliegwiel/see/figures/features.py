"""Areas on the map with their key figures, as features."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.listing import Layer, Listing, larger_codes
from vliegwiel.see.areas.shapes import RD, Crs, feature, shapes_of
from vliegwiel.see.figures import queries, registry
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.indicators import stamp as of_indicators
from vliegwiel.see.figures.of_area import view_of


@dataclass(frozen=True)
class Columns:
    """The key figures of which a layer has any value, and the place of the first area of which most of them are known.

    A map program takes the kind of a column from the first areas it gets: one without a value becomes text, so that area comes first.
    """

    indicators: tuple[Indicator, ...]
    richest: int


def columns_of(layer: Layer) -> Columns:
    """The columns of a layer, remembered until areas or figures are loaded."""
    return _columns((areas.stamp(), registry.stamp(), of_indicators()), layer)


@lru_cache(maxsize=12)
def _columns(_stamps: Hashable, layer: Layer) -> Columns:
    drawn = shapes_of(layer, RD)
    listing = Listing(layer.level, layer.year, drawn.codes, drawn.names, layer.made_up)
    known = {item.key: view_of(item.key, listing)[0].status == 0 for item in key_figures(layer.year)}
    filled = tuple(item for item in key_figures(layer.year) if known[item.key].any())
    richest = int(np.argmax(np.sum([known[item.key] for item in filled], axis=0))) if filled and drawn.codes else 0
    return Columns(filled, richest)


def key_figures(year: int) -> list[Indicator]:
    """The indicators that a layer may carry: those of the area page of which the year has figures."""
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
    made_up, filled = layer.made_up, columns_of(layer).indicators
    for item in key_figures(layer.year):
        view, _summed = view_of(item.key, listing)
        name, kept = column_of(item), item in filled
        if view.release:
            sources[f"{view.release.source} ({view.release.licence})"] = None
            made_up = made_up or view.release.made_up
        for row, gone, value, status in zip(rows, absent, view.values.tolist(), view.status.tolist(), strict=True):
            reason = STATUS[status]
            if kept:
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
