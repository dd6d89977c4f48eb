"""What objections hold of a file: objections, appeals and notices of default. While one runs, the file stays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max, QuerySet

from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.objections.lifecycle import PENDING
from vliegwiel.support.objections.models import (
    Appeal,
    DefaultNotice,
    Objection,
    ObjectionAdvice,
    ObjectionDecision,
    ObjectionEvent,
    ObjectionHearing,
    PenaltyDecision,
    PenaltyShare,
)

_FILE = "application"


def _objections(about: References) -> QuerySet[Objection]:
    return Objection.objects.filter(application__in=ids_of(about, _FILE))


def _notices(about: References) -> QuerySet[DefaultNotice]:
    return DefaultNotice.objects.filter(application__in=ids_of(about, _FILE))


def _rows(about: References) -> Sequence[Rows]:
    objections = _objections(about)
    parts = (Appeal, ObjectionDecision, ObjectionAdvice, ObjectionHearing, ObjectionEvent)
    penalties = PenaltyDecision.objects.filter(notice__in=_notices(about))
    laid_down = (penalties.filter(replaces__isnull=False), penalties.filter(replaces=None))  # what took a place goes first
    shares = PenaltyShare.objects.filter(decision__in=penalties)
    return [shares, *laid_down, _notices(about), *(model.objects.filter(objection__in=objections) for model in parts), objections]


def _related(about: References) -> Iterable[tuple[str, str]]:
    yield from (("objection", name) for name in _objections(about).values_list("public_id", flat=True))
    yield from (("default-notice", name) for name in _notices(about).values_list("public_id", flat=True))


def _blocked(ids: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    notices = DefaultNotice.objects.filter(application__in=ids, determined_on=None)
    found |= dict.fromkeys(notices.values_list("application", flat=True), "er loopt een ingebrekestelling")
    running = Objection.objects.filter(application__in=ids, state__in=[state.value for state in PENDING])
    found |= dict.fromkeys(running.values_list("application", flat=True), "er loopt een bezwaar")
    appeals = Appeal.objects.filter(objection__application__in=ids, outcome="")
    return found | dict.fromkeys(appeals.values_list("objection__application", flat=True), "er loopt een zaak bij de rechter")


def _latest(ids: Sequence[str]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for rows, field, day in (
        (Objection.objects.filter(application__in=ids), "application", "closed_on"),
        (Appeal.objects.filter(objection__application__in=ids), "objection__application", "ruled_on"),
        (DefaultNotice.objects.filter(application__in=ids), "application", "determined_on"),
    ):
        known = rows.exclude(**{day: None}).order_by()
        for name, last in known.values_list(field).annotate(last=Max(day)):
            found[name] = max(last, found.get(name, last))
    return found


def _needs(people: Sequence[str]) -> set[str]:
    named = Objection.objects.filter(objector__in=people).values_list("objector", flat=True)
    shares = PenaltyShare.objects.filter(person__in=people).values_list("person", flat=True)
    return set(named) | set(shares) | set(DefaultNotice.objects.filter(person__in=people).values_list("person", flat=True))


HOLDINGS = [Holding("objections", "bezwaar en beroep", _rows, related=_related, blocked=_blocked, latest=_latest, needs=_needs)]
