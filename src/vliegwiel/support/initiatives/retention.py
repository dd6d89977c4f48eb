"""When an initiative that was taken off the site ends, what this room holds of it, and whom it still needs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from vliegwiel.kernel import clock
from vliegwiel.kernel.retention import Ended, Holding, References, RetentionRule, Rows, ids_of
from vliegwiel.support.initiatives.actions.leave_initiatives import leave_initiatives
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import (
    ContactMessage,
    Initiative,
    InitiativeLink,
    InitiativePerson,
    InitiativePhoto,
    InitiativeTheme,
    InitiativeWant,
    PictureShare,
    PlaceKeeper,
    Thanks,
    YearPicture,
)

KIND, _KEY = "initiative", "withdrawn-initiative"


def _withdrawn() -> QuerySet[Initiative]:
    return Initiative.objects.filter(state=State.WITHDRAWN.value)


def _ended(province: str, _key: str, until: date) -> Iterator[Ended]:
    before = datetime.combine(until + timedelta(days=1), time(), clock.AMSTERDAM)
    found = _withdrawn().filter(province=province, changed_at__lt=before).order_by("changed_at", "pk")
    return (_as_ended(row) for row in found.iterator(chunk_size=500))


def _ended_one(name: str) -> Ended | None:
    found = _withdrawn().filter(public_id=name).first()
    return _as_ended(found) if found else None


def _as_ended(row: Initiative) -> Ended:
    """Its number is its public id: its name may be that of a person, and a list is kept."""
    return Ended(row.public_id, row.public_id, row.province, _KEY, clock.legal_date(row.changed_at))


def _find(number: str) -> tuple[str, str] | None:
    return Initiative.objects.filter(public_id=number).values_list("public_id", "province").first()


def _rows(about: References) -> Sequence[Rows]:
    found = Initiative.objects.filter(public_id__in=ids_of(about, KIND))
    parts = (
        ContactMessage,
        InitiativePhoto,
        InitiativePerson,
        InitiativeTheme,
        InitiativeWant,
        PictureShare,
        Thanks,
        YearPicture,
    )
    links = InitiativeLink.objects.filter(Q(source__in=found) | Q(target__in=found))
    merged = found.filter(merged_into__isnull=False)
    return [*(model.objects.filter(initiative__in=found) for model in parts), links, merged, found.filter(merged_into=None)]


def _related(about: References) -> Iterable[tuple[str, str]]:
    names = ids_of(about, KIND)
    yield from (
        (KIND, name) for name in Initiative.objects.filter(merged_into__public_id__in=names).values_list("public_id", flat=True)
    )
    messages = ContactMessage.objects.filter(initiative__public_id__in=names)
    yield from (("contact-message", name) for name in messages.values_list("public_id", flat=True))


def _needs(people: Sequence[str]) -> set[str]:
    found = set(InitiativePerson.objects.filter(person__in=people).values_list("person", flat=True))
    return found | set(PlaceKeeper.objects.filter(person__in=people).values_list("person", flat=True))


RULES = [RetentionRule(KIND, (_KEY,), _ended, _ended_one, _find)]
HOLDINGS = [Holding("initiatives", "initiatief van inwoners", _rows, related=_related, needs=_needs, leave=leave_initiatives)]
