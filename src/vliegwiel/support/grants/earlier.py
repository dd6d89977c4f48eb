"""What the same recipient was granted before under the same scheme, for who asks whether it comes back each year (Awb 4:51)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from vliegwiel.foundation.people.public import organisation_with, organisations_with
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision

_GIVEN = (State.GRANTED.value, State.REPORTED.value, State.DETERMINED.value)


@dataclass(frozen=True)
class EarlierGrant:
    """A grant under a scheme: file (public id and number), who got it, how much counts now, the day it was decided and the day its activity
    ends. `holder` tells the recipient again: an organisation (public id), a number in the trade register, or a person (public id);
    `recipient` is the name of an organisation, empty for residents."""

    id: str
    number: str
    province: str
    scheme: str
    scheme_title: str
    holder: str
    recipient: str
    awarded: Money
    decided_on: date
    ends: date | None


def holder_of(found: Application) -> str:
    """Who gets it: the organisation, its number when it has no account here, or the person who applied."""
    return found.organisation or (organisation_with(found.kvk) if found.kvk else "") or found.kvk or found.applicant


def given_before(found: Application, *, with_itself: bool = False) -> list[EarlierGrant]:
    """The other grants of the recipient of this application under its scheme, oldest first, or this one too; empty where nobody tells
    recipients apart."""
    same = once(("same recipient", found.pk), lambda: _of_recipient(found))
    chosen = same if with_itself else same - {found.pk}
    under = Q(scheme=found.scheme) | Q(goes_on_under=found.scheme)
    return _earlier(Application.objects.filter(under, pk__in=chosen, province=found.province), holder_of(found)) if chosen else []


def _of_recipient(found: Application) -> set[int]:
    """The applications (keys) of the recipient of this one, whatever became of them."""
    every = Application.objects.all()
    same = set(every.filter(organisation=found.organisation).values_list("pk", flat=True)) if found.organisation else set()
    same |= set(every.filter(kvk=found.kvk).values_list("pk", flat=True)) if found.kvk else set()
    if not found.organisation and not found.kvk and found.applicant:
        own = every.filter(applicant=found.applicant).values_list("pk", "applicant_name", "organisation", "kvk")
        same = {key for key, *who in own if who == [found.applicant_name, "", ""]}
    return same


def given_since(province: str, since: date, *, still: date) -> list[EarlierGrant]:
    """The grants of a province under a scheme that were decided from a day on, of those recipients who have one that was decided or runs
    from the day `still` on; in a fixed number of questions."""
    there = Application.objects.filter(province=province)
    running = Decision.objects.filter(activity_ends__gte=still, taken_at__isnull=False, application__province=province)
    now = there.filter(_given(), Q(decided_on__gte=still) | Q(pk__in=running.values("application")))
    same = Q(organisation__in=now.exclude(organisation="").values("organisation"))
    same |= Q(kvk__in=now.exclude(kvk="").values("kvk"))
    same |= Q(organisation="", kvk="", applicant__in=now.filter(organisation="", kvk="").values("applicant"))
    return _earlier(there.filter(same, decided_on__gte=since), "")


def _given() -> Q:
    """Under a scheme; a grant of a former administration counts under the scheme of ours that goes on with it."""
    under = Q(line="") | ~Q(goes_on_under="")
    return under & Q(state__in=_GIVEN, awarded__gt=0, decided_on__isnull=False)


#: What is read of an application: not what was filled in.
_READ = (
    *("public_id", "number", "province", "scheme", "goes_on_under", "scheme_title", "organisation", "kvk", "applicant"),
    *("applicant_kind", "applicant_name", "awarded", "decided_on"),
)


def _earlier(rows: QuerySet[Application], holder: str) -> list[EarlierGrant]:
    chosen = rows.filter(_given())
    found = list(chosen.only(*_READ).order_by("decided_on", "pk"))
    if not found:
        return []
    taken = Decision.objects.filter(application__in=chosen.values("pk"), awarded__gt=0).exclude(taken_at=None)
    last = taken.order_by("taken_at", "pk").values_list("application", "activity_ends")
    ends = {key: day for key, day in last if day is not None}
    known = {} if holder else organisations_with(row.kvk for row in found if row.kvk and not row.organisation)
    return [
        EarlierGrant(
            id=row.public_id,
            number=row.number or "",
            province=row.province,
            scheme=row.goes_on_under or row.scheme,
            scheme_title=row.scheme_title,
            holder=holder or row.organisation or known.get(row.kvk, row.kvk) or row.applicant,
            recipient=row.applicant_name if row.applicant_kind == "organisation" else "",
            awarded=Money(row.awarded or 0),
            decided_on=row.decided_on,
            ends=ends.get(row.pk),
        )
        for row in found
        if row.decided_on is not None
    ]
