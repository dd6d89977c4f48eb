"""What running grants hold of a file: its number in the former administration."""

from collections.abc import Sequence

from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.running_grants.models import TakenOver


def _rows(about: References) -> Sequence[Rows]:
    return [TakenOver.objects.filter(application__in=ids_of(about, "application"))]


HOLDINGS = [Holding("running_grants", "overgenomen subsidie", _rows)]
