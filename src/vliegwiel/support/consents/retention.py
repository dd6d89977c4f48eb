"""What consents hold of a file: the question to the municipality and its answers."""

from collections.abc import Iterable, Sequence

from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at
from vliegwiel.support.consents.models import Consent, ConsentAnswer


def _rows(about: References) -> Sequence[Rows]:
    asked = Consent.objects.filter(**pointing_at(about))
    return [ConsentAnswer.objects.filter(consent__in=asked), asked]


def _related(about: References) -> Iterable[tuple[str, str]]:
    return (("consent", name) for name in Consent.objects.filter(**pointing_at(about)).values_list("public_id", flat=True))


def _needs(people: Sequence[str]) -> set[str]:
    return set(ConsentAnswer.objects.filter(person__in=people).values_list("person", flat=True))


HOLDINGS = [Holding("consents", "instemming van de gemeente", _rows, related=_related, needs=_needs)]
