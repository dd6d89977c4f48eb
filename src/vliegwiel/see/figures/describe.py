"""A figure as plain values for JSON and CSV: the same words everywhere."""

from typing import Any

from vliegwiel.kernel.made_up import MADE_UP as MADE_UP
from vliegwiel.see.figures.queries import Figure


def described(figure: Figure) -> dict[str, Any]:
    """Key, name, period, value, unit, status, reason and where it comes from."""
    release, missing = figure.release, figure.estimate.missing
    found: dict[str, Any] = {
        "indicator": figure.indicator.key,
        "naam": figure.indicator.name,
        "periode": figure.period,
        "waarde": round(figure.estimate.value, 10) if figure.estimate.value is not None else None,
        "eenheid": figure.indicator.unit,
        "status": release.status if release else None,
        "reden": missing.value if missing else None,
        "toelichting": missing.sentence if missing else None,
        "marge": None if figure.estimate.lower is None else [figure.estimate.lower, figure.estimate.upper],
        "soort": figure.indicator.kind,
        "berekend": figure.computed or figure.indicator.computed or bool(figure.summed_from),
        "omgerekend": figure.carried or None,
        "levering": release.id if release else None,
        "bron": release.source if release else figure.indicator.source,
        "licentie": release.licence if release else figure.indicator.licence,
    }
    if release and release.note:
        found["opmerking"] = release.note
    if release and release.made_up:
        found["letOp"] = MADE_UP
    return found
