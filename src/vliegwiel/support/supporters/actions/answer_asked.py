"""An authority promises an answer by name and day, gives it, and gives room or says why not."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.initiatives.public import first_concern
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest
from vliegwiel.support.supporters.standing import backing_named, begin, finish, name_of, named, room_named
from vliegwiel.support.supporters.words import OUTCOMES

_LATEST, _LONGEST = timedelta(days=92), 4000


@trail.recorded("promise-backing", kind="backing-request", about=named("request"))
@transaction.atomic
def promise_backing(*, actor: Actor, request: str, on: date | None) -> BackingRequest:
    """Promise an answer under one's own name on a day, at most three months off. A promise stays as it is: it is counted in public whether
    it was kept. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = backing_named(request)
    begin(actor, "promise-backing", found)
    if on is None or not clock.today() <= on <= clock.today() + _LATEST:
        raise NotValid(_("Kies een dag vanaf vandaag, binnen drie maanden."), code="day")
    by = name_of(actor)
    done = finish(actor, "promise-backing", found, promised_by=actor.id, promised_name=by[:80], promised_on=on)
    _tell(done, "promised", "backing_promised", {"on": day(on, "week")})
    return done


@trail.recorded("answer-backing", kind="backing-request", about=named("request"))
@transaction.atomic
def answer_backing(*, actor: Actor, request: str, text: str) -> BackingRequest:
    """Answer; also a colleague of who promised may. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = backing_named(request)
    begin(actor, "answer-backing", found)
    if not text.strip() or len(text) > _LONGEST:
        raise NotValid(_("Schrijf een antwoord van hoogstens 4.000 tekens."), code="text")
    by, today = name_of(actor)[:80], clock.today()
    done = finish(actor, "answer-backing", found, answer=text.strip(), answered_name=by, ended_on=today)
    _tell(done, "answered", "backing_answered", {})
    return done


@trail.recorded("answer-room", kind="room-request", about=named("request"))
@transaction.atomic
def answer_room(*, actor: Actor, request: str, outcome: str, reason: str) -> RoomRequest:
    """Give room ("given", "partly") or not ("refused"), always with the reason, which is public. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = room_named(request)
    begin(actor, "answer-room", found)
    if outcome not in OUTCOMES or not reason.strip() or len(reason) > _LONGEST:
        raise NotValid(_("Kies wat u besluit, en schrijf waarom. Iedereen leest de reden."), code="reason")
    concern = first_concern([reason])
    if concern:
        raise NotValid(concern, code="concern")
    done = finish(actor, "answer-room", found, target=outcome, reason=reason.strip(), ended_on=clock.today())
    if done.person:
        tell(
            about=Reference("room-request", done.public_id, done.title, done.path),
            moment="answered",
            template="support/supporters/texts/room_answered",
            facts={"asked": done, "outcome": OUTCOMES[outcome]},
            province=done.province,
            person=done.person,
            kind="initiatives",
        )
    return done


def _tell(found: BackingRequest, moment: str, text: str, facts: dict[str, object]) -> None:
    tell(
        about=Reference("backing-request", found.public_id, found.subject, f"/mijn/rugdekking/{found.public_id}"),
        moment=moment,
        template=f"support/supporters/texts/{text}",
        facts={"asked": found, **facts},
        province=found.province,
        person=found.person,
        kind="initiatives",
    )
