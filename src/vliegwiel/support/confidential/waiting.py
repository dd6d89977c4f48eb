"""What waits in confidential cases, for who is in the team; and for a coordinator that a team has nobody left, without what or how much."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.queries import due_for, teams_kept_by, to_review, without_keeper
from vliegwiel.support.confidential.standing import visible_to

_LIST = "/werk/vertrouwelijk"


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Nothing for who is in no team and keeps none."""
    if actor.kind != "person" or not actor.organisation:
        return
    cases = visible_to(actor)
    if cases.query.is_empty():
        yield from _teams(actor)
        return
    running = list(cases.filter(state=State.OPEN))
    due = due_for(actor)
    yield Waiting(_("Vertrouwelijke zaken die niemand heeft"), f"{_LIST}?stapel=niemand", len(without_keeper(actor, running)))
    yield Waiting(_("Antwoorden van partijen navragen"), _LIST, due.answers)
    yield Waiting(_("Stappen in vertrouwelijke zaken"), _LIST, due.steps)
    yield Waiting(_("Verzoeken om inzage"), _LIST, due.requests)
    yield Waiting(_("Nakijken of een zaak weg kan"), f"{_LIST}?stapel=nakijken", len(to_review(cases)))
    yield from _teams(actor)


def _teams(actor: Actor) -> Iterator[Waiting]:
    empty = sum(stand.work_waits for stand in teams_kept_by(actor))
    yield Waiting(_("Een team zonder mensen, met werk dat wacht"), "/werk/vertrouwelijke-teams", empty)
