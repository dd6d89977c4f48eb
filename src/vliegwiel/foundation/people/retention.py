"""What people hold of a file, and the accounts that nobody needs any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from vliegwiel.foundation.people.models import ConflictDeclaration, Person, Role
from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at

_ROLES = Role.objects.filter(person=OuterRef("pk"))


def _rows(about: References) -> Sequence[Rows]:
    return [ConflictDeclaration.objects.filter(**pointing_at(about))]


def idle_accounts(before: datetime, most: int = 500) -> list[tuple[str, str]]:
    """Accounts (public id, e-mail address) without any role that nobody used since a moment, the oldest first."""
    people = Person.objects.filter(~Exists(_ROLES), made_up=False, conflicts=None)
    found = people.annotate(used=Coalesce("last_login", "opened_at")).filter(used__lt=before).order_by("used", "pk")
    return list(found.values_list("public_id", "email")[:most])


def former_colleagues(before: datetime, most: int = 500) -> list[tuple[str, str]]:
    """People (public id, e-mail address) whose every role ended before a moment, and whose name is still here."""
    last = Role.objects.filter(person=OuterRef("pk")).order_by().values("person").annotate(last=Max("until")).values("last")
    people = Person.objects.filter(Exists(_ROLES), ~Exists(_ROLES.filter(until=None)), made_up=False, is_active=True)
    found = people.annotate(left=last).filter(left__lt=before).order_by("left", "pk")
    return list(found.values_list("public_id", "email")[:most])


HOLDINGS = [Holding("people", "gemelde belangen", _rows)]
