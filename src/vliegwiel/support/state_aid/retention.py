"""What state aid holds of a file: the assessment, and the entries of the de-minimis ledger that came of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max

from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at
from vliegwiel.support.state_aid.models import AidAssessment, AidEntry


def _rows(about: References) -> Sequence[Rows]:
    entries = AidEntry.objects.filter(**pointing_at(about))
    return [
        AidEntry.objects.filter(corrects__in=entries),
        entries.filter(corrects=None),
        AidAssessment.objects.filter(**pointing_at(about)),
    ]


def _related(about: References) -> Iterable[tuple[str, str]]:
    return (("aid", name) for name in AidAssessment.objects.filter(**pointing_at(about)).values_list("public_id", flat=True))


def _latest(ids: Sequence[str]) -> Mapping[str, date]:
    """Records of aid are kept ten years from the day it was granted (Regulation (EU) 2023/2831, article 6)."""
    return dict(AidEntry.objects.filter(about_id__in=ids).order_by().values_list("about_id").annotate(last=Max("granted_on")))


HOLDINGS = [Holding("state_aid", "staatssteun", _rows, related=_related, latest=_latest)]
