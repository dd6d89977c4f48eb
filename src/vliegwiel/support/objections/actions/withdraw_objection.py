"""Withdraw an objection: by who made it, or written down by an officer (Awb 6:21)."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.standing import begin, find, finish, named, reference

_ABOUT = named("objection")


@trail.recorded("withdraw-objection", kind="objection", about=_ABOUT)
@transaction.atomic
def withdraw_objection(*, actor: Actor, objection: str) -> Objection:
    """Who objected does not go on: the first decision stands. Raises NotAllowed, and NotNow once it is decided."""
    return _withdraw(actor, "withdraw-objection", objection, "")


@trail.recorded("note-withdrawal", kind="objection", about=_ABOUT)
@transaction.atomic
def note_withdrawal(*, actor: Actor, objection: str, how: str) -> Objection:
    """Write down that it was withdrawn on paper or at the hearing, and how. Raises NotAllowed, NotNow, NotValid without `how`."""
    if not how.strip():
        raise NotValid(_("Schrijf op hoe en wanneer het bezwaar is ingetrokken."), code="no-reason")
    return _withdraw(actor, "note-withdrawal", objection, how.strip())


def _withdraw(actor: Actor, key: str, objection: str, how: str) -> Objection:
    found = find(objection)
    begin(actor, key, found)
    waiting = found.decisions.filter(taken_at=None, returned_at=None)
    waiting.update(returned_at=clock.now(), returned_why=_("Het bezwaar is ingetrokken."))
    done = finish(actor, key, found, facts={"length": len(how)}, closed_on=clock.today(), outcome="withdrawn")
    letters.message(done, "withdrawn", "withdrawn")
    letters.to_colleague(reference(done), done.province, done.handler, "withdrawn", "withdrawn_work", {"objection": done})
    return done
