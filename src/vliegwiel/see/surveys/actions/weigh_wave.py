"""Weight a wave to population totals from the loaded figures, and keep the diagnostics."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.estimation import NotPossible
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import plain
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.frames import PLACE, design_of, frame_of
from vliegwiel.see.surveys.models import Weighting
from vliegwiel.see.surveys.queries import refuse_stopped, wave_named
from vliegwiel.see.surveys.totals import Chosen, totals_of
from vliegwiel.see.surveys.weights import Way, calibrated

_KEPT = (
    "iterations", "cells", "margins_met", "largest_margin_error", "margin_errors", "bounds_kept", "kish_deff", "weights_total",
)  # fmt: skip
#: Shares of people at which the factor on the weight is told.
_AT = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)


@trail.recorded("weigh-wave", kind="wave", about=lambda given: str(given.get("wave", "")))
def weigh_wave(*, actor: Actor, wave: str, margins: Sequence[Chosen], way: Way | None = None) -> Weighting:
    """Weight to the chosen margins, in a way. Raises NotValid, with what, where and what to do, when that cannot be done right."""
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    refuse_stopped(found)
    if found.special:
        raise NotNow(_("Een belevingsonderzoek wegen we niet: het gaat alleen over wie meedeed."), code="never-weighted")
    way = way or Way()
    way.refuse_odd()
    frame = frame_of(found)
    _margins, told = totals_of(frame, list(margins))
    design = design_of(frame)
    try:
        weighted = calibrated(design, told, way)
    except NotPossible as refusal:
        raise NotValid(_in_words(refusal.message), code=refusal.code) from refusal
    diagnostics: dict[str, Any] = {name: weighted.diagnostics[name] for name in _KEPT if name in weighted.diagnostics}
    moved = weighted.weights / design.weights * (design.weights.sum() / weighted.weights.sum())
    factors = np.quantile(moved, _AT).tolist()
    diagnostics["g_weights"] = {"lowest": float(moved.min()), "highest": float(moved.max()), "mean": float(moved.mean())}
    diagnostics |= {
        "rows": frame.rows, "kish_before": design.kish, "effective": frame.rows / weighted.kish, "rescaled": _rescaled(told),
        "factors": [[share, factor] for share, factor in zip(_AT, factors, strict=True)],
        "replicates": weighted.replication.count if weighted.replication else 0,
    }  # fmt: skip
    with transaction.atomic():
        made = Weighting.objects.create(
            wave=found,
            margins=plain(told),
            way=way.plain(),
            diagnostics=plain(diagnostics),
            made_by=actor.id,
            made_at=clock.now(),
        )
        subject = Reference("wave", found.public_id, "", "")
        facts: dict[str, str | int] = {
            "margins": len(told),
            "rows": frame.rows,
            "method": way.method,
            "replicates": way.replicates,
        }
        trail.record(actor=actor, action="weigh-wave", subject=subject, facts=facts, province=found.survey.province)
    return made


def _in_words(message: str) -> str:
    """What the engine says, with our own column of municipalities called as people do."""
    return message.replace(f"{PLACE}=", _("de gemeente") + " ").replace(PLACE, _("de gemeente"))


def _rescaled(told: dict[str, Any]) -> dict[str, float]:
    """By what the totals of a margin were multiplied so that all add up to the first."""
    sums = {column: sum(about["totals"].values()) for column, about in told.items()}
    first = next(iter(sums.values()))
    return {column: first / one for column, one in sums.items() if abs(first / one - 1) > 1e-12}
