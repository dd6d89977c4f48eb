"""Estimate everything of a wave in the background. A run that dies leaves no results: they are there whole, or not at all."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.engines.estimation import Design
from vliegwiel.engines.estimation.profiles import Profile
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.canonical import plain
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.area_sets import all_marks
from vliegwiel.see.surveys.code import code_hash
from vliegwiel.see.surveys.comparing import (
    apart_from_rest,
    both_shown,
    changes_of,
    newest_weighting,
    shifts_of,
    shown_before,
)
from vliegwiel.see.surveys.estimates import Split, estimated, laid_out, splits_of, steps_of
from vliegwiel.see.surveys.frames import Frame, frame_of
from vliegwiel.see.surveys.modelled import REGION, ModelChoice, modelled, to_show
from vliegwiel.see.surveys.models import Review, Run
from vliegwiel.see.surveys.protecting import Shown, protected
from vliegwiel.see.surveys.queries import models_of, profiles_of, refuse_stopped, wave_named
from vliegwiel.see.surveys.rules import levels_carried, lowest, profile_in
from vliegwiel.see.surveys.weights import weighted

log = logging.getLogger(__name__)
METHOD, VERSION = "surveys.run", "1"
#: A run that did not end by then will not: its worker is gone.
_STRANDED = timedelta(hours=3)


@trail.recorded("ask-run", kind="wave", about=lambda given: str(given.get("wave", "")))
def ask_run(*, actor: Actor, wave: str, profile: str) -> Run:
    """Ask for all estimates; they are made in the background. Raises NotNow while another run of this wave goes on."""
    from vliegwiel.see.surveys.tasks import carry_out

    with transaction.atomic():
        run = start_run(actor=actor, wave=wave, profile=profile)
        carry_out.enqueue(run.public_id)
    return run


@trail.recorded("ask-run", kind="wave", about=lambda given: str(given.get("wave", "")))
def start_run(*, actor: Actor, wave: str, profile: str) -> Run:
    """A run for who carries it out at once, such as a command."""
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    offered = profiles_of(found.survey.province)
    if profile not in offered:
        raise NotValid(_("Kies een profiel om mensen te beschermen."), code="no-profile")
    refuse_stopped(found)
    with transaction.atomic():
        going = found.runs.filter(state__in=(Run.State.WAITING, Run.State.RUNNING))
        going.filter(asked_at__lt=clock.now() - _STRANDED).update(
            state=Run.State.FAILED, failure=_("Het rekenen is afgebroken. Er is niets bewaard."), ended_at=clock.now()
        )
        weighting = newest_weighting(found)
        try:
            with transaction.atomic():
                run = Run.objects.create(
                    wave=found, weighting=weighting, profile=asdict(offered[profile]), asked_by=actor.id, asked_at=clock.now()
                )
        except IntegrityError:
            raise NotNow(_("We rekenen al aan deze meting. Wacht tot dat klaar is."), code="already-running") from None
        subject = Reference("wave", found.public_id, "", "")
        trail.record(actor=actor, action="ask-run", subject=subject, province=found.survey.province)
    return run


@trail.recorded("carry-out-run", kind="wave")
def carry_out_run(*, actor: Actor, run: str) -> Run:
    """Do the work. Harmless when repeated: what ended stays as it is. Raises NotFound for a run that another description took away."""
    found = Run.objects.select_related("wave__survey", "weighting").filter(public_id=run).first()
    if found is None:
        raise NotFound(_("Deze rekenronde is er niet."))
    if not _going(found).update(state=Run.State.RUNNING, step=0):
        return found
    try:
        _estimate(actor, found)
    except Refusal as refusal:
        _failed(found, refusal.message)
    except Exception:
        log.exception("a run of a wave failed")
        _failed(found, _("Er ging bij ons iets mis. Er is niets bewaard. Vraag de beheerder om hulp."))
    return Run.objects.select_related("wave__survey", "weighting").filter(pk=found.pk).first() or found


def _going(run: Run) -> QuerySet[Run]:
    """The run as long as it has not ended: another worker, or who asked again after hours, may have been first."""
    return Run.objects.filter(pk=run.pk, state__in=(Run.State.WAITING, Run.State.RUNNING))


def _estimate(actor: Actor, run: Run) -> None:
    wave, profile = run.wave, profile_in(run.profile)
    frame = frame_of(wave)
    splits = splits_of(frame)
    frame = replace(frame, table=laid_out(frame, splits))
    design = weighted(frame, run.weighting)
    steps = steps_of(frame, splits)
    Run.objects.filter(pk=run.pk).update(steps=steps + 2)
    rows = estimated(frame, design, splits, lambda step: _told(run, step))
    found = {
        "rows": rows,
        "changes": changes_of(frame, design, splits),
        "apart": apart_from_rest(frame, design, splits),
        "shifts": shifts_of(frame, design, run.weighting),
    }
    _told(run, steps + 1)
    floor = lowest(levels_carried(rows, by_chance=wave.by_chance, profile=profile)).value
    before = (
        Review.objects.filter(run__wave=wave, state=Review.State.RELEASED).select_related("run").order_by("-answered_at").first()
    )
    shown = protected(frame, splits, rows, profile, floor, stored.read_json(before.run.cells) if before else [])
    whole = wave.survey.province
    models = [plain(one) for one in _modelled(run, frame, design, splits, profile, shown, floor)]
    found["small"] = models
    results, cells = stored.keep_json(found), stored.keep_json(shown.decisions)
    earlier = shown_before(wave)
    open_ = stored.keep_json(
        {
            "rows": shown.rows,
            "changes": [
                row for row in found["changes"] if shown.has(row["item"], row["area"], row["stat"]) and both_shown(row, earlier)
            ],
            "apart": [row for row in found["apart"] if shown.has(row["item"], row["area"])],
            "shifts": [row for row in found["shifts"] if shown.has(row["item"], whole)],
            "small": [to_show(one) for one in models if shown.has(one["choice"]["item"], whole, one["choice"]["stat"])],
        }
    )
    receipt = Receipt(METHOD, VERSION, {"answers": wave.answers, "code": code_hash()}, _options(run, frame, results), clock.now())
    with transaction.atomic():
        done = _going(run).update(
            state=Run.State.DONE, floor=floor, results=results, shown=open_, cells=cells, cell_count=len(shown.decisions),
            hidden_count=shown.hidden, receipt=receipt.to_json(), step=steps + 2, ended_at=clock.now(), failure="",
        )  # fmt: skip
        if not done:
            return
        subject = Reference("wave", wave.public_id, "", "")
        facts: dict[str, str | int] = {"results": results, "receipt": receipt.hash, "hidden": shown.hidden}
        trail.record(actor=actor, action="carry-out-run", subject=subject, facts=facts, province=wave.survey.province)


def _modelled(
    run: Run, frame: Frame, design: Design, splits: Sequence[Split], profile: Profile, shown: Shown, floor: str
) -> Iterator[dict[str, Any]]:
    """Every model that was chosen, worked out again with what this run hides: a municipality that is hidden counts as without answers.

    Raises NotValid where municipalities would add up to the figure of a region that is not shown: it could be worked out from them."""
    margins = run.weighting.ordered if run.weighting else {}
    fewest = max(profile.minimum, profile.minimum_domain)
    for model in models_of(run.wave, run.weighting):
        choice = ModelChoice.of(model.choice)
        regions = [code for split in splits if split.level is Level.REGION for code in split.members]
        if choice.benchmark == REGION and not all(shown.has(choice.item, code, choice.stat) for code in regions):
            raise NotValid(
                _(
                    "Een model telt op tot regio’s, maar het cijfer van een regio blijft verborgen. Laat het optellen tot de provincie."
                ),
                code="hidden-region",
            )
        closed: frozenset[str] = frozenset()
        if floor == Level.MUNICIPALITY.value:
            closed = frozenset(code for code in splits[-1].members if not shown.has(choice.item, code, choice.stat))
        yield modelled(frame, design, splits, choice, margins, fewest=fewest, closed=closed)


def _options(run: Run, frame: Frame, results: str) -> dict[str, Any]:
    wave = run.wave
    return {
        "sample": wave.sample, "assume": wave.assume, "population": wave.population, "without_hasty": wave.without_hasty,
        "weight": wave.weight, "strata": wave.strata, "cluster": wave.cluster, "nested": wave.nested, "fpc": wave.fpc,
        "rows": frame.rows, "profile": run.profile,
        "margins": run.weighting.ordered if run.weighting else {}, "way": run.weighting.way if run.weighting else {}, "results": results,
        "regions": all_marks(wave.survey.province, wave.area_year),
    }  # fmt: skip


def _told(run: Run, step: int) -> None:
    Run.objects.filter(pk=run.pk).update(step=step)


def _failed(run: Run, why: str) -> None:
    _going(run).update(state=Run.State.FAILED, failure=why[:600], ended_at=clock.now())
