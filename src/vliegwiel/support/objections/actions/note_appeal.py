"""Note an appeal to the court and its outcome, so that the file is whole. The court itself is no part of this product."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.objections.models import Appeal
from vliegwiel.support.objections.standing import begin, find, finish, named


@trail.recorded("note-appeal", kind="objection", about=named("objection"))
@transaction.atomic
def note_appeal(*, actor: Actor, objection: str, court: str, lodged_on: date, case_number: str = "") -> Appeal:
    """An appeal was lodged against the decision on this objection (Awb 8:1). Raises NotAllowed, NotNow before that decision, NotValid."""
    found = find(objection)
    begin(actor, "note-appeal", found)
    if not court.strip():
        raise NotValid(_("Noem de rechtbank."), code="no-court")
    if not (found.closed_on or lodged_on) <= lodged_on <= clock.today():
        raise NotValid(_("Kies de dag waarop beroep is ingesteld."), code="day")
    noted = Appeal.objects.create(
        objection=found,
        court=court.strip()[:120],
        case_number=case_number.strip()[:40],
        lodged_on=lodged_on,
        by=actor.id,
    )
    finish(actor, "note-appeal", found, facts={"on": lodged_on.isoformat()})
    return noted


@trail.recorded("note-ruling", kind="objection", about=named("objection"))
@transaction.atomic
def note_ruling(*, actor: Actor, objection: str, appeal: int, outcome: str, ruled_on: date) -> Appeal:
    """What the court decided, and when. Raises NotFound, NotAllowed, NotNow when it was noted before, NotValid."""
    found = find(objection)
    begin(actor, "note-appeal", found)
    noted = found.appeals.filter(pk=appeal).first()
    if noted is None:
        raise NotFound(_("Dit beroep kennen we niet."))
    if not outcome.strip() or not noted.lodged_on <= ruled_on <= clock.today():
        raise NotValid(_("Schrijf op wat de rechter besliste, en kies de dag."), code="no-outcome")
    if not found.appeals.filter(pk=appeal, outcome="").update(outcome=outcome.strip(), ruled_on=ruled_on):
        raise NotNow(_("De uitspraak is al genoteerd."), code="noted")
    finish(actor, "note-appeal", found, facts={"ruled": ruled_on.isoformat()})
    noted.refresh_from_db()
    return noted
