"""What settlements hold of a file: reports, requests, later decisions and claims."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max

from vliegwiel.kernel import clock
from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.settlements.files import PAPERS
from vliegwiel.support.settlements.models import (
    ChangeRequest,
    Claim,
    ClaimStep,
    Hold,
    Intention,
    InterestCause,
    InterestDecision,
    LaterDecision,
    Misuse,
    Proof,
    Report,
    ReportRequest,
)

_FILE = "application"


def _rows(about: References) -> Sequence[Rows]:
    files = ids_of(about, _FILE)
    claims = Claim.objects.filter(application__in=files)
    replacing = (LaterDecision, ChangeRequest, InterestDecision)  # what took a place goes first
    of_files = (*replacing, Intention, Report, Proof, ReportRequest, Hold, Misuse)
    return [
        ClaimStep.objects.filter(claim__in=claims),
        claims,
        InterestCause.objects.filter(application__in=files),
        *(model.objects.filter(application__in=files, replaces__isnull=False) for model in replacing),
        *(model.objects.filter(application__in=files) for model in of_files),
    ]


def _related(about: References) -> Iterable[tuple[str, str]]:
    files = ids_of(about, _FILE)
    yield from ((PAPERS, name) for name in files)
    interest = InterestDecision.objects.filter(application__in=files).values_list("public_id", flat=True)
    yield from (("interest", name) for name in interest)
    yield from (("claim", name) for name in Claim.objects.filter(application__in=files).values_list("public_id", flat=True))


def _blocked(ids: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for rows, why in (
        (Misuse.objects.filter(application__in=ids, until__gte=clock.today()), "misbruik blijft nog vastgelegd"),
        (LaterDecision.objects.filter(application__in=ids, taken_at=None, returned_at=None), "er ligt een voorstel"),
        (ChangeRequest.objects.filter(application__in=ids, decided_on=None), "er is nog niet op een verzoek beslist"),
        (Claim.objects.filter(application__in=ids, closed_on=None), "er moet nog geld terugkomen"),
    ):
        found |= dict.fromkeys(rows.values_list("application", flat=True), why)
    return found


def _latest(ids: Sequence[str]) -> Mapping[str, date]:
    closed = Claim.objects.filter(application__in=ids).exclude(closed_on=None).order_by()
    found = dict(closed.values_list("application").annotate(last=Max("closed_on")))
    sent = LaterDecision.objects.filter(application__in=ids).exclude(sent_on=None).order_by()
    for name, last in sent.values_list("application").annotate(last=Max("sent_on")):
        found[name] = max(last, found.get(name, last))
    return found


HOLDINGS = [Holding("settlements", "verantwoording en vaststelling", _rows, related=_related, blocked=_blocked, latest=_latest)]
