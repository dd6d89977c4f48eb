"""Say what a wave is: the kind of sample, of whom, how it was drawn, and which columns are scores and backgrounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.models import Review, SeriesBreak, Wave, WaveColumn
from vliegwiel.see.surveys.queries import wave_named


@dataclass(frozen=True)
class Asked:
    """A column that is used. A score has the ends of its scale and, for a group that rates it too low, the `cut`: below it counts."""

    name: str
    title: str
    score: bool
    low: float | None = None
    high: float | None = None
    cut: float | None = None


@dataclass(frozen=True)
class Drawn:
    """How the sample came about. `assume`: margins of an opt-in sample are shown as resting on a model. Names of columns may be empty;
    `nested`: cluster numbers begin again in each stratum; `fpc`: how many clusters (people, without clusters) the stratum has in all.

    `special`: an experience survey of a small group (*belevingsonderzoek*) with special-category data, and the DPIA it rests on."""

    by_chance: bool
    population: str
    channels: str
    assume: bool = False
    weight: str = ""
    strata: str = ""
    cluster: str = ""
    nested: bool = False
    fpc: str = ""
    person: str = ""
    area: str = ""
    duration: str = ""
    without_hasty: bool = False
    special: bool = False
    assessment: str = ""


@trail.recorded("describe-wave", kind="wave", about=lambda given: str(given.get("wave", "")))
def describe_wave(*, actor: Actor, wave: str, drawn: Drawn, columns: Sequence[Asked]) -> Wave:
    """Keep the description; weightings of before fall away, because they were made for another sample.

    Raises NotValid for a column that is not there or has no numbers and for an experience survey that would
    become an ordinary one, NotNow when figures of this wave were released or wait for it.
    """
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    if found.runs.filter(reviews__state=Review.State.RELEASED).exists():
        raise NotNow(_("Van deze meting zijn al cijfers vrijgegeven. De beschrijving ligt daarmee vast."), code="published")
    if found.reviews.filter(state=Review.State.PROPOSED).exists():
        raise NotNow(_("Er wacht een voorstel op vrijgave. Laat dat eerst terugsturen."), code="proposed")
    _refuse_wrong(found, drawn, columns)
    with transaction.atomic():
        found.sample = Wave.Sample.PROBABILITY if drawn.by_chance else Wave.Sample.OPT_IN
        found.assume = drawn.assume and not drawn.by_chance
        found.population, found.channels = drawn.population.strip()[:60], drawn.channels.strip()[:160]
        found.weight, found.strata, found.cluster = drawn.weight, drawn.strata, drawn.cluster
        found.nested, found.fpc = drawn.nested, drawn.fpc
        found.person, found.area, found.duration = drawn.person, drawn.area, drawn.duration
        found.without_hasty = drawn.without_hasty
        found.special, found.assessment = drawn.special, drawn.assessment.strip()[:80]
        found.described_at = clock.now()
        found.save()
        told = {one.name: one for one in found.columns.exclude(theme="")}
        found.columns.all().delete()
        WaveColumn.objects.bulk_create(
            [
                WaveColumn(
                    wave=found,
                    name=one.name,
                    title=(one.title.strip() or one.name)[:160],
                    role=WaveColumn.Role.SCORE if one.score else WaveColumn.Role.BACKGROUND,
                    low=one.low,
                    high=one.high,
                    cut=one.cut,
                    **(_as_told(told[one.name]) if one.score and one.name in told else {}),
                )
                for one in columns
            ]
        )
        found.runs.filter(reviews__isnull=True).delete()
        found.weightings.exclude(pk__in=found.runs.exclude(weighting=None).values("weighting")).delete()
        subject = Reference("wave", found.public_id, "", "")
        facts: dict[str, str | int] = {"columns": len(columns), "sample": found.sample}
        trail.record(actor=actor, action="describe-wave", subject=subject, facts=facts, province=found.survey.province)
    return found


@trail.recorded("note-break", kind="wave", about=lambda given: str(given.get("wave", "")))
def note_break(*, actor: Actor, wave: str, name: str, reason: str) -> SeriesBreak:
    """Put on record that the series of a question breaks at this wave (*trendbreuk*). Raises NotValid without a reason."""
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    if not found.columns.filter(name=name).exists():
        raise NotValid(_("Deze meting heeft geen vraag {name}.").format(name=name), code="no-column")
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom de reeks hier breekt."), code="no-reason")
    with transaction.atomic():
        made, _new = SeriesBreak.objects.update_or_create(
            wave=found, name=name, defaults={"reason": reason.strip()[:300], "noted_by": actor.id, "noted_at": clock.now()}
        )
        subject = Reference("wave", found.public_id, "", "")
        trail.record(actor=actor, action="note-break", subject=subject, province=found.survey.province)
    return made


def _as_told(column: WaveColumn) -> dict[str, Any]:
    """What a score is published under stays when the wave is described again."""
    return {"theme": column.theme, "direction": column.direction, "unit": column.unit, "sdgs": column.sdgs}


def _refuse_wrong(wave: Wave, drawn: Drawn, columns: Sequence[Asked]) -> None:
    import pyarrow as pa

    schema = stored.answers_of(wave).schema
    numbers = {field.name for field in schema if pa.types.is_floating(field.type)}
    problems = []
    named = [
        drawn.weight,
        drawn.strata,
        drawn.cluster,
        drawn.fpc,
        drawn.person,
        drawn.area,
        drawn.duration,
        *(one.name for one in columns),
    ]
    problems += [
        _("{name}: deze kolom is er niet.").format(name=name)
        for name in dict.fromkeys(named)
        if name and name not in schema.names
    ]
    wanted = [*(one.name for one in columns if one.score), drawn.weight, drawn.fpc, drawn.duration]
    problems += [
        _("{name}: hier horen getallen in te staan.").format(name=name)
        for name in dict.fromkeys(wanted)
        if name in schema.names and name not in numbers
    ]
    problems += [
        _("{name}: zo heet een kolom van onszelf. Geef de kolom een andere naam en lees het bestand opnieuw in.").format(
            name=name
        )
        for name in dict.fromkeys(named)
        if name.startswith("_") or name.endswith(("²", "_onvoldoende")) or '"' in name
    ]
    names = [one.name for one in columns]
    problems += [_("{name}: staat er twee keer.").format(name=name) for name in dict.fromkeys(names) if names.count(name) > 1]
    for one in columns:
        if one.score and (one.low is None or one.high is None or one.low >= one.high):
            problems.append(_("{name}: geef de laagste en hoogste waarde van de schaal.").format(name=one.name))
        elif one.score and one.cut is not None and not (one.low or 0) < one.cut <= (one.high or 0):
            problems.append(_("{name}: de grens van onvoldoende ligt buiten de schaal.").format(name=one.name))
    if not any(one.score for one in columns):
        problems.append(_("Kies ten minste één vraag met een cijfer."))
    if not drawn.population.strip() or not drawn.channels.strip():
        problems.append(_("Zeg over wie de meting gaat en hoe mensen zijn gevraagd."))
    if drawn.nested and not (drawn.strata and drawn.cluster):
        problems.append(_("Nummers die per stratum opnieuw beginnen: noem dan het stratum en het cluster."))
    if drawn.special and (drawn.by_chance or drawn.assume or drawn.person or drawn.weight):
        problems.append(_("Een belevingsonderzoek heeft geen kanssteekproef, gewicht, marge of nummer van deelnemers."))
    if wave.special and not drawn.special:
        problems.append(
            _("Dit is een belevingsonderzoek en blijft dat. Mensen vonden alleen daarvoor goed dat wij hun antwoorden gebruiken.")
        )
    if drawn.special and not drawn.assessment.strip():
        problems.append(_("Noem de DPIA van dit belevingsonderzoek."))
    if problems:
        raise NotValid(_("De beschrijving klopt nog niet."), code="bad-description", details=tuple(problems))
