"""What a file is before it is loaded: what we recognise, what it asks, and what we would refuse."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures import indicators
from vliegwiel.see.figures.mapping import Answer, answer_key, twice
from vliegwiel.see.figures.publication import hash_of, published_of
from vliegwiel.see.figures.questions import Questions, questions_of
from vliegwiel.see.figures.readers import Knowledge, Opened, open_delivery, read
from vliegwiel.see.figures.recognise import Told
from vliegwiel.see.figures.rows import series_of


@dataclass(frozen=True)
class Examined:
    """A file that was looked at; nothing is loaded. `refusal` says why it cannot be loaded as it is, apart from its questions."""

    table: str = ""
    title: str = ""
    year: int = 0
    published: date | None = None
    rows: int = 0
    known: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    questions: Questions | None = None
    area_count: int = 0
    unknown_areas: tuple[str, ...] = ()
    refusal: NotValid | None = None


def examine(path: Path, told: Told) -> Examined:
    """Look at a file. Columns that are still a question are left aside, so that other mistakes show at once."""
    knowledge = indicators.knowledge()
    try:
        opened = open_delivery(path, told=told, knowledge=knowledge)
        questions = questions_of(path, told=told, knowledge=knowledge)
    except NotValid as refusal:
        return Examined(refusal=refusal)
    table, known = opened.recognised.table, knowledge.indicators
    names = dict.fromkeys(known[key].name for key in opened.columns.known.values() if key in known)
    found = Examined(
        table.id,
        opened.family.title,
        table.year,
        table.published,
        opened.sheet.count,
        tuple(names),
        opened.columns.ignored,
        questions,
    )
    try:
        delivery = read(path, told=told, knowledge=_without_questions(opened, knowledge))
        published_of(delivery, hash_of(path))
    except NotValid as refusal:
        return replace(found, refusal=None if refusal.code == "no-figures" and questions.columns else refusal)
    codes = {code.text for code in delivery.codes}
    unknown = () if opened.family.register else tuple(sorted(codes - areas.known_codes(table.year)))
    return replace(found, area_count=len(codes), unknown_areas=unknown)


def _without_questions(opened: Opened, knowledge: Knowledge) -> Knowledge:
    family, table = opened.family, opened.recognised.table
    doubled = twice(family, [name for name in series_of(opened.sheet, family) if name not in family.role_columns()])
    aside = {(family.family, answer_key(family, table, name, doubled)): Answer(None) for name in opened.columns.unknown}
    return replace(knowledge, answers={**knowledge.answers, **aside})
