"""Take in a wave: read, leave out what is personal, keep the answers apart."""

import hashlib
import logging
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.delivered import CodeBook, read_answers
from vliegwiel.see.surveys.models import OpenAnswer, Survey, Wave
from vliegwiel.see.surveys.personal import why_personal

log = logging.getLogger(__name__)
VERB = "work-on-surveys"
#: Of an answer in words we keep so many letters.
_LONGEST = 2000


@trail.recorded("import-wave", kind="wave")
def import_wave(
    *,
    actor: Actor,
    province: str,
    survey: str,
    period: str,
    area_year: int,
    path: Path,
    book: Path | CodeBook | None = None,
    name: str = "",
    made_up: bool = False,
    open_columns: Sequence[str] = (),
    assessment: str = "",
) -> Wave:
    """Keep the answers of a file as the wave of `period` of the survey with this title; the file itself is not kept.

    `open_columns` hold answers in words that are to be read: they are kept apart from who gave them, in no order, until two persons
    looked at each. `assessment`: the DPIA of an experience survey (*belevingsonderzoek*), as which the wave is then kept from the start.

    Raises NotValid for a file or code book that is not right, NotNow when the survey has this wave already. Nothing is kept then.
    """
    demand(actor, VERB, Subject(province=province))
    title = " ".join(survey.split())[:120]
    if not title or not (period.isascii() and period.isdecimal() and len(period) == 4) or not 1900 < area_year < 2200:
        raise NotValid(_("Geef de naam van de enquête, het jaar van de meting en dat van de codes, zoals 2026."), code="no-name")
    there = NotNow(
        _("Van {survey} is de meting van {period} er al. Kies een ander jaar, of gooi die meting eerst weg.").format(
            survey=title, period=period
        ),
        code="wave-exists",
    )
    if Wave.objects.filter(survey__province=province, survey__title=title, period=period).exists():
        raise there
    delivered = read_answers(path, book)
    texts = _open(delivered.table, open_columns)
    left_out = [{"name": column, "why": _("Open antwoorden liggen apart. Twee mensen bekijken ze eerst.")} for column in texts]
    left_out += [
        {"name": column, "why": why}
        for column in delivered.table.column_names
        if column not in texts and (why := why_personal(column, delivered.table[column], days=column in delivered.days))
    ]
    gone = {one["name"] for one in left_out}
    table = delivered.table.drop_columns(sorted(gone))
    if not table.num_columns:
        raise NotValid(_("Alle kolommen lijken van personen te zijn. Er blijft niets over."), code="only-personal")
    answers = stored.keep_table(table)
    with path.open("rb") as file:
        received = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        wave = _kept(
            actor, province, title, texts, period=period, area_year=area_year, file_name=(name or path.name)[:120], received=received,
            answers=answers, rows=table.num_rows, code_book=_without(delivered.book.plain(), gone), left_out=left_out, made_up=made_up,
            special=bool(assessment), assessment=assessment,
        )  # fmt: skip
    except IntegrityError:
        raise there from None
    log.info("imported wave %s for %s", wave.public_id, actor.id)
    return wave


def _kept(actor: Actor, province: str, title: str, texts: Mapping[str, list[str]], *, made_up: bool, **values: Any) -> Wave:
    with transaction.atomic():
        owner, _new = Survey.objects.get_or_create(
            province=province, title=title, defaults={"added_at": clock.now(), "made_up": made_up}
        )
        wave = Wave.objects.create(
            survey=owner,
            sample=Wave.Sample.OPT_IN,
            channels="",
            population="",
            **values,
            made_up=made_up or settings.VLIEGWIEL_DEMO,
            imported_by=actor.id,
            imported_at=clock.now(),
        )
        OpenAnswer.objects.bulk_create(
            [OpenAnswer(wave=wave, column=column, text=text) for column, own in texts.items() for text in own]
        )
        facts: dict[str, str | int] = {"file": wave.received, "rows": wave.rows, "left-out": len(wave.left_out)}
        trail.record(
            actor=actor, action="import-wave", subject=Reference("wave", wave.public_id, "", ""), facts=facts, province=province
        )
    return wave


def _open(table: Any, columns: Sequence[str]) -> dict[str, list[str]]:
    """The answers in words per column, shuffled: their order could tell who gave them."""
    found: dict[str, list[str]] = {}
    for column in dict.fromkeys(columns):
        if column not in table.column_names or str(table[column].type) != "string":
            raise NotValid(
                _("{name}: in het bestand is dit geen kolom met tekst. Noem alleen kolommen met open antwoorden.").format(
                    name=column
                ),
                code="no-open-column",
            )
        found[column] = [text[:_LONGEST] for text in table[column].to_pylist() if text]
        secrets.SystemRandom().shuffle(found[column])
    return found


def _without(book: dict[str, Any], gone: set[str]) -> dict[str, Mapping[str, Any]]:
    return {part: {name: value for name, value in words.items() if name not in gone} for part, words in book.items()}
