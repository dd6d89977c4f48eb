"""Check a region against everything that was released of surveys, before it may be used for them."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.area_sets import members_hash
from vliegwiel.see.surveys.estimates import Split, laid_out, splits_of
from vliegwiel.see.surveys.frames import PLACE, frame_of
from vliegwiel.see.surveys.models import AreaSetCheck, Review
from vliegwiel.see.surveys.protecting import protected
from vliegwiel.see.surveys.rules import profile_in


@trail.recorded("check-area-set", kind="area-set", about=lambda given: str(given.get("code", "")))
def check_area_set(*, actor: Actor, province: str, code: str, year: int) -> AreaSetCheck:
    """Lay a region beside all cells that were released of every wave of its year, and keep for each question whether it may be shown.

    What was released stays as it is: only the new region can be hidden, with each group in it. From then on the region counts in the
    next run of those waves. Raises NotFound for a region that is not there, NotNow when the answers of a wave are destroyed: then
    nobody can check it any more, and it is never used for that year.
    """
    demand(actor, VERB, Subject(province=province))
    region = areas.area(code, year)
    if region is None or region.level != Level.REGION.value or region.province_code != province:
        raise NotFound(_("Deze regio is er niet in {year}.").format(year=year))
    members = areas.members_of(region)
    outcome: list[dict[str, Any]] = []
    decisions: list[dict[str, Any]] = []
    for review in _released(province, year):
        wave = review.run.wave
        if wave.answers_gone_at is not None:
            raise NotNow(
                _("De antwoorden van {wave} zijn vernietigd. Deze regio is daarom niet meer te toetsen.").format(wave=wave),
                code="answers-gone",
            )
        frame = frame_of(wave)
        there = set(frame.table[PLACE].to_pylist())
        inside = tuple(one for one in members if one in there)
        if not inside:
            continue
        own = Split("_nieuw", Level.REGION, {code: inside})
        splits = [split for split in splits_of(frame) if split.level is Level.PROVINCE]
        frame = replace(frame, table=laid_out(frame, splits))
        shown = protected(
            frame, [*splits, own], [], profile_in(review.run.profile), Level.REGION.value, stored.read_json(review.run.cells)
        )
        found = [one for one in shown.decisions if one["cell"] == code or one["cell"].startswith((f"{code},", f"{code}:"))]
        decisions += [{**one, "wave": wave.public_id} for one in found]
        for question in dict.fromkeys(one["question"] for one in found):
            whole = next(one for one in found if one["question"] == question and one["cell"] == code)
            hidden = sum(not one["shown"] for one in found if one["question"] == question)
            outcome.append(
                {
                    "wave": str(wave), "question": question, "shown": whole["shown"], "text": whole["text"], "hidden": hidden,
                    "cells": sum(one["question"] == question for one in found),
                }
            )  # fmt: skip
    with transaction.atomic():
        made = AreaSetCheck.objects.create(
            province=province, code=code, year=year, members=members_hash(members), outcome=outcome,
            decisions=stored.keep_json(decisions), made_by=actor.id, made_at=clock.now(),
        )  # fmt: skip
        facts: dict[str, str | int] = {
            "year": year,
            "decisions": made.decisions,
            "hidden": sum(not one["shown"] for one in decisions),
        }
        trail.record(
            actor=actor, action="check-area-set", subject=Reference("area-set", code, "", ""), facts=facts, province=province
        )
    return made


def _released(province: str, year: int) -> list[Review]:
    """The newest released review of each wave of a year of areas; also of who is shown to municipalities only."""
    found = Review.objects.filter(state=Review.State.RELEASED, wave__survey__province=province, wave__area_year=year)
    newest: dict[int, Review] = {}
    for review in found.select_related("run__wave__survey").order_by("answered_at"):
        newest[review.wave_id] = review
    return list(newest.values())
