"""Answer what unknown columns of a file are; the answers are kept for the deliveries of later years."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures import indicators
from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.mapping import Answer, answer_key, twice
from vliegwiel.see.figures.models import ColumnAnswer, OwnIndicator
from vliegwiel.see.figures.readers import Knowledge, open_delivery
from vliegwiel.see.figures.recognise import NOTHING, Told
from vliegwiel.see.figures.rows import series_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckedAnswers:
    """Answers that hold: what is new, under the keys by which next year's columns are found, and the indicators they add."""

    answers: Mapping[tuple[str, str], Answer] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def anything_new(self) -> bool:
        """Whether this says anything that was not known."""
        return bool(self.answers or self.records)

    def added_to(self, knowledge: Knowledge) -> Knowledge:
        """What is known when these answers are kept."""
        own: dict[str, Indicator] = {key: reader.indicator_from(record) for key, record in self.records.items()}
        return replace(knowledge, answers={**knowledge.answers, **self.answers}, own={**knowledge.own, **own})


NO_ANSWERS = CheckedAnswers()


@trail.recorded("answer-columns", kind="column-answers")
def answer_columns(*, actor: Actor, path: Path, answers: GivenAnswers, told: Told = NOTHING) -> CheckedAnswers:
    """Keep answers about the columns of a file. Raises NotValid, and keeps nothing, when one of them does not hold."""
    demand(actor, "import-figures")
    checked = check_answers(path, answers, told)
    with transaction.atomic():
        store_answers(checked, actor)
        subject = Reference("column-answers", answers.family, "", "")
        trail.record(actor=actor, action="answer-columns", subject=subject, facts={"answers": len(checked.answers)})
    indicators.stamp.forget()
    return checked


def check_answers(path: Path, given: GivenAnswers, told: Told = NOTHING) -> CheckedAnswers:
    """Hold answers against the file, the catalogue and what was answered before. Raises NotValid with one line per problem."""
    known = indicators.knowledge()
    opened = open_delivery(path, told=told, knowledge=known)
    family, table = opened.family, opened.recognised.table
    problems: list[str] = []
    if given.family and given.family != family.family:
        raise NotValid(
            _("De antwoorden zijn voor {family}, maar {name} is {family_family}.").format(
                family=given.family, name=path.name, family_family=family.family
            ),
            code="other-family",
        )
    names = series_of(opened.sheet, family)
    doubled = twice(family, [name for name in names if name not in family.role_columns()])
    found: dict[tuple[str, str], Answer] = {}
    records: dict[str, Mapping[str, Any]] = {}
    for name, answer in given.columns.items():
        if name not in names:
            problems.append(_("{name}: deze kolom staat niet in {path_name}.").format(name=name, path_name=path.name))
        elif isinstance(answer, str) and answer not in known.indicators:
            near = ", ".join(_near(answer, known.indicators))
            problems.append(
                _("{name}: de indicator {answer} bestaat niet.").format(name=name, answer=answer)
                + ((" " + _("Bedoelt u {near}?").format(near=near)) if near else "")
            )
        elif isinstance(answer, Mapping):
            problems += _problems_of_new(name, answer, known.indicators)
            records[str(answer.get("key", ""))] = answer
            found[family.family, answer_key(family, table, name, doubled)] = Answer(str(answer.get("key", "")))
        else:
            found[family.family, answer_key(family, table, name, doubled)] = Answer(answer)
    if problems:
        raise NotValid(_("De antwoorden kloppen nog niet. Er is niets geladen."), code="bad-answers", details=tuple(problems))
    new = {key: answer for key, answer in found.items() if known.answers.get(key) != answer}
    records = {key: record for key, record in records.items() if known.own.get(key) != reader.indicator_from(record)}
    return CheckedAnswers(new, records)


def store_answers(checked: CheckedAnswers, actor: Actor) -> None:
    """Write checked answers; part of the caller's transaction."""
    now = clock.now()
    for key, record in checked.records.items():
        OwnIndicator.objects.create(key=key, record=dict(record), added_by=actor.id, added_at=now)
    for (family, name), answer in checked.answers.items():
        ColumnAnswer.objects.update_or_create(
            family=family, key=name, defaults={"indicator": answer.indicator or "", "answered_by": actor.id, "answered_at": now}
        )
    if checked.anything_new:
        log.info("kept %d answers about columns for %s", len(checked.answers), actor.id)


def _problems_of_new(name: str, record: Mapping[str, Any], known: Mapping[str, Indicator]) -> list[str]:
    try:
        indicator = reader.refuse_unless_indicator(record)
    except NotValid as refusal:
        return [f"{name}: {line}" for line in refusal.details]
    there = known.get(indicator.key)
    if there is not None and there != indicator:
        return [
            _("{name}: er is al een indicator {key} ({there_name}). Kies zelfde-als, of een andere sleutel.").format(
                name=name, key=indicator.key, there_name=there.name
            )
        ]
    return []


def _near(key: str, known: Mapping[str, Indicator]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(key, known, n=3)
