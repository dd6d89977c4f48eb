"""The states of a list of destruction and of its rows, and the moves between them, as tables."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class How(TextChoices):
    """What happens with the files on a list."""

    DESTROY = "destroy", "vernietigen"
    TRANSFER = "transfer", "overbrengen naar het archief"


class ListState(TextChoices):
    """Where a list stands."""

    PROPOSED = "proposed", "wacht op een tweede persoon"
    APPROVED = "approved", "goedgekeurd, wordt uitgevoerd"
    RETURNED = "returned", "teruggegeven"
    DONE = "done", "uitgevoerd"


class RowState(TextChoices):
    """Where a file on a list stands."""

    WAITING = "waiting", "staat op de lijst"
    LEFT_OUT = "left_out", "van de lijst gehaald"
    REFUSED = "refused", "kon toch niet"
    DONE = "done", "vernietigd of overgebracht"


class Verb(StrEnum):
    """Who does it: the keys of catalogue/roles.yml."""

    PROPOSE = "propose-destruction"
    APPROVE = "approve-destruction"


@dataclass(frozen=True)
class Move:
    """One row of the table. `another`: not by who proposed the list. `why` names the ground."""

    key: str
    verb: Verb
    source: ListState | None
    target: ListState
    why: str
    another: bool = False


_P, _A = ListState.PROPOSED, ListState.APPROVED
MOVES = {
    move.key: move
    for move in (
        Move(
            "propose-list",
            Verb.PROPOSE,
            None,
            _P,
            "Een lijst noemt elk dossier met zijn termijn (Archiefbesluit 1995, artikel 8).",
        ),
        Move("leave-out", Verb.APPROVE, _P, _P, "Wie meekijkt, haalt van de lijst wat moet blijven.", True),
        Move("approve-list", Verb.APPROVE, _P, _A, "Een ander dan wie voorstelde, beslist (Archiefwet 1995, artikel 3).", True),
        Move("return-list", Verb.APPROVE, _P, ListState.RETURNED, "Wie niet goedkeurt, zegt waarom.", True),
        Move("carry-out", Verb.PROPOSE, _A, ListState.DONE, "De computer voert uit wat is goedgekeurd, en niets anders."),
    )
}
