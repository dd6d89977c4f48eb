"""What this room holds of people: who made a saved outcome is named as long as it is there; who reported something lets go at once."""

from collections.abc import Sequence

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.retention import Holding, References, Rows
from vliegwiel.see.facilities.models import MistakeReport
from vliegwiel.see.facilities.standing import KINDS


def _rows(_about: References) -> Sequence[Rows]:
    return ()


def _needs(people: Sequence[str]) -> set[str]:
    return {name for model in KINDS.values() for name in model.objects.filter(author__in=people).values_list("author", flat=True)}


def _leave(*, actor: Actor, person: str, email: str) -> None:
    """The report stays, for its answer; that this person made it goes."""
    MistakeReport.objects.filter(person=person).update(person="")


HOLDINGS = [Holding("facilities", "berekeningen en meldingen over voorzieningen", _rows, needs=_needs, leave=_leave)]
