"""Many figures at once in the words of `describe`: what they share is said once, values, reasons and other origins per area."""

from typing import Any

import numpy as np

from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.describe import described
from vliegwiel.see.figures.queries import Figure, ReleaseInfo, View

#: The fields that differ per area; the others are shared, unless an area has its figure from elsewhere.
OWN = ("waarde", "reden", "toelichting", "marge")


def described_view(view: View, *, summed_from: int = 0) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the figures of a view share, and of each area its value or reason, in the order of `view.codes`.

    An area whose figure comes from another release, or that we did or did not compute ourselves unlike the first, says so itself.
    """

    def words(estimate: Estimate, release: ReleaseInfo | None, *, computed: bool) -> dict[str, Any]:
        return described(Figure(view.indicator, view.period, estimate, release, summed_from, computed))

    unknown = Estimate(missing=Missing.UNKNOWN)
    absent = [
        {name: words(Estimate(missing=reason), None, computed=False)[name] for name in OWN} if reason else {} for reason in STATUS
    ]
    kinds = _kinds(view)
    first = int(np.bincount(kinds).argmax()) if len(kinds) else 0
    shared = _shared(words(unknown, _release(view, first), computed=bool(first % 2)))
    other = {
        int(kind): {
            name: value
            for name, value in _shared(words(unknown, _release(view, int(kind)), computed=bool(kind % 2))).items()
            if shared.get(name) != value
        }
        for kind in np.unique(kinds)
    }
    nothing = {"reden": None, "toelichting": None}
    rows = zip(view.values.tolist(), view.status.tolist(), _margins(view), kinds.tolist(), strict=True)
    return shared, [
        {**absent[status], **other[kind]} if status else {"waarde": round(value, 10), **nothing, "marge": margin, **other[kind]}
        for value, status, margin, kind in rows
    ]


def _kinds(view: View) -> Any:
    """Per area a number that says from which release its figure comes (0: the newest), and whether we computed it (odd)."""
    computed = np.zeros(len(view.codes), dtype=np.int64) if view.computed is None else view.computed.astype(np.int64)
    origins = np.full(len(view.codes), -1) if view.origins is None else view.origins.astype(np.int64)
    return (origins + 1) * 2 + computed


def _release(view: View, kind: int) -> ReleaseInfo | None:
    return view.release if kind < 2 else view.releases[kind // 2 - 1]


def _margins(view: View) -> list[list[float] | None]:
    if view.lower is None or view.upper is None:
        return [None] * len(view.codes)
    pairs = zip(view.lower.tolist(), view.upper.tolist(), strict=True)
    return [None if low != low or high != high else [low, high] for low, high in pairs]


def _shared(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in OWN}
