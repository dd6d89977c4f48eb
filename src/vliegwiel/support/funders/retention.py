"""What funders hold of a file that the province handles, and when the name in a decision of a fund goes.

Of a file: the permission to share it, the fund's answer, and a settlement it followed. A decision that a fund took keeps its number,
days and amounts, because the settlement with the fund rests on them; the name of a resident goes, and what the money was for.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from vliegwiel.kernel.retention import Ended, Holding, References, RetentionRule, Rows, ids_of
from vliegwiel.support.funders.models import Disclosure, FollowedSettlement, FundAnswer, FundDecision, Intake

KIND = _KEY = "fund-decision"


def _named() -> QuerySet[FundDecision]:
    """Decisions in which a resident stands."""
    return FundDecision.objects.filter(organisation=False).exclude(recipient="").select_related("agreement")


def _ended(province: str, _key: str, until: date) -> Iterator[Ended]:
    before = until + timedelta(days=1)
    old = Q(decided_on__lt=before) & (Q(settled_on=None) | Q(settled_on__lt=before))
    found = _named().filter(old, agreement__province=province).order_by("decided_on", "pk")
    return (_as_ended(row) for row in found.iterator(chunk_size=500))


def _ended_one(name: str) -> Ended | None:
    found = _named().filter(public_id=name).first()
    return _as_ended(found) if found else None


def _as_ended(row: FundDecision) -> Ended:
    since = max(row.decided_on, row.settled_on or row.decided_on)
    return Ended(row.public_id, row.number or "", row.agreement.province, _KEY, since)


def _find(number: str) -> tuple[str, str] | None:
    return FundDecision.objects.filter(number=number).values_list("public_id", "agreement__province").first()


def _of_file(about: References) -> Sequence[Rows]:
    files = ids_of(about, "application")
    answers = FundAnswer.objects.filter(application__in=files)
    return [FollowedSettlement.objects.filter(answer__in=answers), answers, Disclosure.objects.filter(application__in=files)]


def _latest(ids: Sequence[str]) -> Mapping[str, date]:
    followed = FollowedSettlement.objects.filter(answer__application__in=ids).order_by()
    return dict(followed.values_list("answer__application").annotate(last=Max("settled_on")))


def _decisions(about: References) -> Sequence[Rows]:
    return [FundDecision.objects.filter(public_id__in=ids_of(about, KIND))]


def _empty(about: References, _rows: Sequence[Rows]) -> int:
    """Take name and title out of the decision, and its line out of the file in which it came in, with lines that were never booked."""
    decisions = FundDecision.objects.filter(public_id__in=ids_of(about, KIND))
    intakes = list(Intake.objects.filter(decisions__in=decisions).distinct())
    count = decisions.update(recipient="", kvk="", title="", initiative="", settled_why="")
    for intake in intakes:
        named = set(_named().filter(intake=intake).values_list("fund_number", flat=True))
        left = [row for row in intake.rows if row["organisation"] or row["number"] in named]
        Intake.objects.filter(pk=intake.pk).update(rows=left)
    return count


RULES = [RetentionRule(KIND, (_KEY,), _ended, _ended_one, _find)]
HOLDINGS = [
    Holding("funders", "gedeeld met een fonds", _of_file, latest=_latest),
    Holding("funders-decisions", "besluit van een fonds", _decisions, destroy=_empty),
]
