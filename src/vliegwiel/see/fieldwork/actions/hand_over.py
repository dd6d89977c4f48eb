"""Hand the answers of closed fieldwork to surveys, by its front door: from there on they are a wave like any other."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.document import AGE, AREA, STRATUM, Document, Item
from vliegwiel.see.fieldwork.handed import NUMBER, SECONDS, WEIGHT, columns_of, texts_of
from vliegwiel.see.fieldwork.models import Fielding, SentAnswers
from vliegwiel.see.fieldwork.queries import RUN, fielding_named
from vliegwiel.see.surveys.public import Asked, Drawn, describe_wave, note_break, take_in_wave

_HOW = {
    Fielding.Route.LETTER: "brief met een code, of telefoon",
    Fielding.Route.PANEL: "brief met een code aan leden van een panel, of telefoon",
    Fielding.Route.OPEN: "open link, of telefoon",
}


@trail.recorded("hand-over-answers", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def hand_over(*, actor: Actor, fielding: str) -> str:
    """Make a wave of the answers, described as they were asked, and keep none here; returns its public id in surveys.

    A researcher may change the description there. Raises NotAllowed, NotNow when it is not closed or nobody answered, and what surveys
    refuses; nothing changes then.
    """
    found = fielding_named(fielding)
    demand(actor, RUN, Subject(province=found.province))
    if found.state != Fielding.State.CLOSED:
        raise NotNow(_("Sluit de enquête eerst. Daarna gaan de antwoorden over."), code="state")
    answers = SentAnswers.objects.filter(fielding=found)
    if not answers.exists():
        raise NotNow(_("Niemand deed mee. Er valt niets over te dragen."), code="nobody")
    with transaction.atomic():
        if not Fielding.objects.filter(pk=found.pk, state=Fielding.State.CLOSED).update(state=Fielding.State.HANDED):
            raise NotNow(_("De antwoorden zijn al overgedragen."), code="state")
        columns, book = columns_of(found)
        texts = texts_of(found, rows=answers.count())
        wave = take_in_wave(
            actor=actor, province=found.province, survey=found.title, period=found.period, area_year=found.area_year,
            answers=columns | texts, book=book, open_columns=list(texts), made_up=found.made_up,
            assessment=found.assessment if found.special else "",
        )  # fmt: skip
        given = {name for name, values in columns.items() if any(value is not None for value in values)}
        asked = _columns(found.document, given)
        if any(one.score for one in asked):
            # a column that surveys left out as personal is described there, by who looks at it
            with suppress(NotValid), transaction.atomic():
                describe_wave(actor=actor, wave=wave, drawn=_drawn(found, set(columns)), columns=asked)
                for item in found.document:
                    if any(one.name == item.id for one in asked) and _breaks(found, item):
                        note_break(actor=actor, wave=wave, name=item.id, reason=item.changed)
        Fielding.objects.filter(pk=found.pk).update(wave=wave)
        found.texts.all().delete()
        count = answers.delete()[0]
        record(actor, "hand-over-answers", found, {"rows": count, "wave": wave})
    return wave


def _drawn(fielding: Fielding, there: set[str]) -> Drawn:
    how = _HOW[Fielding.Route(fielding.route)]
    if fielding.special:
        return Drawn(
            by_chance=False, population=fielding.population, channels=how, duration=SECONDS, special=True,
            assessment=fielding.assessment,
        )  # fmt: skip

    def column(name: str) -> str:
        return name if name in there else ""

    return Drawn(
        by_chance=fielding.by_chance, population=fielding.population, channels=how, weight=column(WEIGHT), strata=column(STRATUM),
        person=column(NUMBER), area=column(AREA), duration=SECONDS,
    )  # fmt: skip


def _breaks(fielding: Fielding, item: Item) -> bool:
    """Whether words changed since this was asked last: the reason stays with a question, the break belongs to one wave."""
    earlier = Fielding.objects.filter(questionnaire=fielding.questionnaire, version__isnull=False, period__lt=fielding.period)
    for one in earlier.select_related("questionnaire", "version").order_by("-period"):
        if before := one.document.item(item.id):
            return bool(item.changed) and item.meaning != before.meaning
    return bool(item.changed)


def _columns(document: Document, there: set[str]) -> list[Asked]:
    scores = [
        Asked(one.id, one.text, score=True, low=one.low, high=one.high, cut=one.cut)
        for one in document
        if one.kind == "scale" and one.id in there
    ]
    backgrounds = [
        Asked(one.id, one.text, score=False) for one in document if one.background and one.kind == "choice" and one.id != AREA
    ]
    return [*scores, *backgrounds, *([Asked(AGE, "Leeftijd", score=False)] if AGE in there else [])]
