"""Answers as columns with their code book, in a random order: what surveys takes in as a file."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vliegwiel.see.fieldwork.document import AGE, AREA, STRATUM, Item
from vliegwiel.see.fieldwork.models import Fielding, SentAnswers
from vliegwiel.see.fieldwork.rules import alike
from vliegwiel.see.surveys.public import CodeBook

Column = Sequence[float | None] | Sequence[str | None]
WEIGHT, NUMBER, SECONDS = "gewicht", "nummer", "seconden"
_MODES = {SentAnswers.Mode.WEB: 1.0, SentAnswers.Mode.PHONE: 2.0}


def columns_of(fielding: Fielding) -> tuple[dict[str, Column], CodeBook]:
    """The answers of fieldwork as columns, and their code book; of a date only its year."""
    document = fielding.document
    rows = list(SentAnswers.objects.filter(fielding=fielding).order_by("key"))
    columns: dict[str, Column] = {}
    titles: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    if any(row.pseudonym for row in rows):
        columns[NUMBER], titles[NUMBER] = [row.pseudonym or None for row in rows], _("Nummer in het panel")
    for name, title in ((AREA, _("Gemeente")), (STRATUM, _("Stratum")), (AGE, _("Leeftijd"))):
        if any(name in row.facts for row in rows):
            columns[name], titles[name] = [row.facts.get(name) for row in rows], title
    if any(WEIGHT in row.facts for row in rows):
        columns[WEIGHT], titles[WEIGHT] = [row.facts.get(WEIGHT) for row in rows], _("Gewicht van de steekproef")
    for item in document:
        columns |= _columns(item, rows)
        titles |= _titles(item)
        words |= _words(item)
    columns["kanaal"] = [_MODES[SentAnswers.Mode(row.mode)] for row in rows]
    columns[SECONDS] = [float(row.seconds) for row in rows]
    columns["alles_hetzelfde"] = [float(alike(document, row.values)) for row in rows]
    titles |= {"kanaal": _("Hoe ingevuld"), SECONDS: _("Hoe lang het duurde"), "alles_hetzelfde": _("Overal hetzelfde antwoord")}
    words |= {"kanaal": {"1": _("zelf"), "2": _("per telefoon")}, "alles_hetzelfde": {"0": _("nee"), "1": _("ja")}}
    return columns, CodeBook(titles, words)


def texts_of(fielding: Fielding, *, rows: int) -> dict[str, list[str | None]]:
    """Answers in people's own words as columns, each in an order of its own: what stands on one row says nothing about one person."""
    found: dict[str, list[str | None]] = {}
    for name, text in fielding.texts.order_by("item", "key").values_list("item", "text"):
        found.setdefault(name, []).append(text)
    return {name: [*texts, *[None] * (rows - len(texts))] for name, texts in found.items()}


def _columns(item: Item, rows: list[SentAnswers]) -> dict[str, Column]:
    given = [row.values.get(item.id) for row in rows]
    if item.kind == "text":
        return {}
    if item.kind == "several":
        return {f"{item.id}_{key}": [None if one is None else float(key in one) for one in given] for key, _name in item.options}
    if item.kind == "date":
        return {f"{item.id}_jaar": [float(one[:4]) if one else None for one in given]}
    if item.kind == "choice" and not _in_numbers(item):
        return {item.id: [None if one is None else str(one) for one in given]}
    return {item.id: [None if one is None else float(one) for one in given]}


def _titles(item: Item) -> dict[str, str]:
    if item.kind == "text":
        return {}
    if item.kind == "several":
        return {f"{item.id}_{key}": f"{item.text} {name}"[:160] for key, name in item.options}
    return {f"{item.id}_jaar" if item.kind == "date" else item.id: item.text}


def _words(item: Item) -> dict[str, dict[str, str]]:
    if item.kind == "several":
        return {f"{item.id}_{key}": {"0": _("nee"), "1": _("ja")} for key, _name in item.options}
    if item.kind == "yes_no":
        return {item.id: {"0": _("nee"), "1": _("ja")}}
    if item.kind == "choice" and item.id != AREA:
        return {item.id: dict(item.options)}
    return {}


def _in_numbers(item: Item) -> bool:
    return all(key.isascii() and key.isdecimal() and str(int(key)) == key for key, _name in item.options)
