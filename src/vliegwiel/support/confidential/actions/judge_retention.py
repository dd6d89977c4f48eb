"""What happens when the term of a closed case is over: the team looks, and two of its members let it go, or one keeps it with a reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.models import ConfidentialCase, DestroyedCase
from vliegwiel.support.confidential.queries import RETENTION, kept_until
from vliegwiel.support.confidential.retention import digest_of, held
from vliegwiel.support.confidential.rules import checked
from vliegwiel.support.confidential.standing import KIND, begin, finish, keep, named


@trail.recorded("propose-end", kind=KIND, about=named())
@transaction.atomic
def propose_end(*, actor: Actor, case: str) -> ConfidentialCase:
    """The first of two: this case can go. Raises NotFound, NotNow before its term is over."""
    found = begin(actor, "propose-end", case)
    _over(found)
    return finish(actor, "propose-end", found, proposed_by=actor.id)


@trail.recorded("keep-confidential", kind=KIND, about=named())
@transaction.atomic
def keep_confidential(*, actor: Actor, case: str, until: date, why: str) -> ConfidentialCase:
    """Keep a closed case until a later day, at most two years on, with the reason. Raises NotFound, NotNow, NotValid."""
    found = begin(actor, "keep-confidential", case)
    today = clock.today()
    if not today < until <= date(today.year + 2, today.month, min(today.day, 28)):
        raise NotValid(_("Kies een dag binnen twee jaar."), code="no-day")
    if not why.strip():
        raise NotValid(_("Schrijf op waarom de zaak langer blijft."), code="no-reason")
    checked(why)
    return finish(actor, "keep-confidential", found, kept_until=until, kept_why=why.strip(), proposed_by="")


@trail.recorded("destroy-confidential", kind=KIND, about=named())
@transaction.atomic
def destroy_confidential(*, actor: Actor, case: str) -> DestroyedCase:
    """The second of two: the case goes truly, with all that hangs on it. What stays is that it went, for the team alone.

    Raises NotFound, NotNow, NotAllowed for who proposed it.
    """
    found = begin(actor, "destroy-confidential", case)
    closed_on = _over(found)
    if found.proposed_by == actor.id:
        raise NotAllowed(_("U stelde dit zelf voor. Een collega van het team beslist mee."), code="same-person")
    if found.requests.filter(answered_on=None).exists():
        raise NotNow(_("Er ligt nog een verzoek om inzage. Beantwoord dat eerst."), code="request-open")
    taken = ConfidentialCase.objects.filter(pk=found.pk, revision=found.revision, state=State.PROPOSED)
    if not taken.update(revision=found.revision + 1):
        raise NotNow(_("Iemand anders heeft deze zaak net gewijzigd. Bekijk haar opnieuw."), code="stale")
    term = retentions()[RETENTION].on(clock.today())
    about = frozenset({(KIND, found.public_id)})
    rows = held(about)
    digest = digest_of(rows)
    remains = DestroyedCase.objects.create(
        team=found.team,
        opened_on=found.opened_on,
        closed_on=closed_on,
        destroyed_on=clock.today(),
        ground=f"{term.length}: {term.source}",
        proposed_by=found.proposed_by,
        by=actor.id,
        digest=digest,
    )
    keep(actor, "destroy-confidential", found, {"sha256": digest})
    for part in rows:
        part.delete()
    return remains


def _over(found: ConfidentialCase) -> date:
    """The day on which it was closed, when its term is over; raises NotNow otherwise."""
    until = kept_until(found)
    if found.closed_on is None or until is None or until > clock.today():
        raise NotNow(_("De bewaartermijn is nog niet voorbij."), code="too-early")
    return found.closed_on
