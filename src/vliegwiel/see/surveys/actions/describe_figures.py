"""Say what the figures of a wave are published under: theme, direction, unit and goals. Asked, because nobody can guess them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.frames import goals
from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.models import Review, Wave, WaveColumn
from vliegwiel.see.surveys.queries import wave_named

DIRECTIONS = ("higher_is_better", "lower_is_better", "neutral")


@dataclass(frozen=True)
class Meaning:
    """What a score (column) is published under: a theme of the catalogue, whether higher is better, its unit, and numbers of SDGs."""

    name: str
    theme: str
    direction: str
    unit: str
    sdgs: tuple[int, ...]


@trail.recorded("describe-figures", kind="wave", about=lambda given: str(given.get("wave", "")))
def describe_figures(*, actor: Actor, wave: str, meanings: Sequence[Meaning]) -> Wave:
    """Keep it for every score of the wave. Raises NotValid for a score without an answer, NotNow when figures were released or wait."""
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    if found.reviews.exclude(state=Review.State.SENT_BACK).exists():
        raise NotNow(_("Er zijn cijfers vrijgegeven of voorgesteld. Wat ze betekenen, ligt daarmee vast."), code="published")
    scores = {one.name: one for one in found.columns.filter(role=WaveColumn.Role.SCORE)}
    problems = _problems(scores, meanings) or _other_than_before(found, meanings)
    if problems:
        raise NotValid(_("Zeg van elke vraag wat het cijfer betekent."), code="bad-meaning", details=tuple(problems))
    with transaction.atomic():
        for one in meanings:
            WaveColumn.objects.filter(pk=scores[one.name].pk).update(
                theme=one.theme, direction=one.direction, unit=" ".join(one.unit.split())[:40], sdgs=sorted(set(one.sdgs))
            )
        subject = Reference("wave", found.public_id, "", "")
        trail.record(actor=actor, action="describe-figures", subject=subject, province=found.survey.province)
    return found


def _other_than_before(wave: Wave, meanings: Sequence[Meaning]) -> list[str]:
    """A series has one theme, direction, unit and set of goals: those under which an earlier wave was released."""
    there = WaveColumn.objects.filter(
        wave__survey=wave.survey, wave__reviews__state=Review.State.RELEASED, role=WaveColumn.Role.SCORE
    ).exclude(wave=wave)
    before = {one.name: one for one in there.select_related("wave").order_by("wave__period")}
    problems = []
    for one in meanings:
        known = before.get(one.name)
        said = (one.theme, one.direction, " ".join(one.unit.split())[:40], sorted(set(one.sdgs)))
        if known is not None and said != (known.theme, known.direction, known.unit, sorted(known.sdgs)):
            problems.append(
                _("{title}: in {period} stond dit er anders. Houd het gelijk, of geef de vraag een andere naam.").format(
                    title=known.title, period=known.wave.period
                )
            )
    return problems


def unanswered(wave: Wave) -> list[WaveColumn]:
    """Scores of which nobody said yet what they mean."""
    return [
        one for one in wave.columns.filter(role=WaveColumn.Role.SCORE).order_by("pk") if not (one.theme and one.unit and one.sdgs)
    ]


def _problems(scores: dict[str, WaveColumn], meanings: Sequence[Meaning]) -> list[str]:
    given = {one.name: one for one in meanings}
    problems = [_("Deze meting heeft geen vraag {name}.").format(name=name) for name in given if name not in scores]
    for name, score in scores.items():
        one = given.get(name)
        if one is None or one.theme not in themes():
            problems.append(_("{title}: kies een thema.").format(title=score.title))
        elif one.direction not in DIRECTIONS:
            problems.append(_("{title}: zeg of hoger beter is.").format(title=score.title))
        elif not one.unit.strip():
            problems.append(_("{title}: noem de eenheid.").format(title=score.title))
        elif not one.sdgs or not set(one.sdgs) <= set(goals()):
            problems.append(_("{title}: kies ten minste één doel (SDG).").format(title=score.title))
    return problems
