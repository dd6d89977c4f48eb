"""What direct grants hold of a file: its ground, what was found about its follow-up, and the series when it was the last one in it."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.direct_grants.models import AdvanceNotice, Continuation, DirectGrant, Series

_FILE = "application"


def _rows(about: References) -> Sequence[Rows]:
    grants = DirectGrant.objects.filter(application__in=ids_of(about, _FILE))
    others = DirectGrant.objects.exclude(application__in=ids_of(about, _FILE)).exclude(series=None)
    found = Continuation.objects.filter(application__in=ids_of(about, _FILE))
    elsewhere = Continuation.objects.exclude(application__in=ids_of(about, _FILE))
    touched = Series.objects.filter(Q(grants__in=grants) | Q(continuations__in=found))
    alone = touched.exclude(pk__in=others.values("series")).exclude(pk__in=elsewhere.values("series"))
    last = list(alone.values_list("pk", flat=True).distinct())
    return [grants, found, AdvanceNotice.objects.filter(series__in=last), Series.objects.filter(pk__in=last)]


def _related(about: References) -> Iterable[tuple[str, str]]:
    grants = DirectGrant.objects.filter(application__in=ids_of(about, _FILE))
    return (("direct-grant", name) for name in grants.values_list("public_id", flat=True))


HOLDINGS = [Holding("direct_grants", "grond van een subsidie zonder regeling", _rows, related=_related)]
