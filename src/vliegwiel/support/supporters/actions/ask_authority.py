"""Ask an authority for backing or for room, and take a question back. An account is enough: nobody has to be registered as anything."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.initiatives.public import first_concern
from vliegwiel.support.supporters.authorities import Authority, authority_named, who_answers
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest
from vliegwiel.support.supporters.standing import backing_named, begin, finish, named, note, room_named

_A_DAY, _LONGEST = 5, 4000


@dataclass(frozen=True)
class BackingWish:
    """A question for backing: of whom (code or public id), in one line and with the story, by who (may be empty) and for which
    initiative (its name; may be empty)."""

    authority: str
    subject: str
    text: str
    name: str = ""
    initiative: str = ""


@dataclass(frozen=True)
class RoomWish:
    """A question for room: of whom, a title, the rule that stands in the way, what is asked, and how who asks is called in public."""

    authority: str
    title: str
    rule: str
    asks: str
    group: str = ""


@trail.recorded("ask-backing", kind="backing-request")
@transaction.atomic
def ask_backing(*, actor: Actor, province: str, wish: BackingWish, made_up: bool = False) -> BackingRequest:
    """Ask an authority or organisation something; everybody who answers there is told. Raises NotAllowed, NotFound, NotNow (too often, or
    nobody there has an account), NotValid."""
    demand(actor, "ask-backing", Subject(person=actor.id))
    at = authority_named(wish.authority, province)
    if not wish.subject.strip() or not wish.text.strip() or len(wish.text) > _LONGEST:
        raise NotValid(_("Schrijf uw vraag in een regel, en daaronder wat er speelt."), code="text")
    people = _people(at, province)
    count_use(what="supporters.asked", whose=actor.id, most=_A_DAY)
    found = BackingRequest.objects.create(
        province=province,
        person=actor.id,
        name=" ".join(wish.name.split())[:60],
        initiative=" ".join(wish.initiative.split())[:120],
        authority_kind=at.kind,
        authority=at.key,
        authority_name=at.name[:120],
        subject=" ".join(wish.subject.split())[:120],
        text=wish.text.strip(),
        asked_on=clock.today(),
        made_up=made_up,
    )
    note(actor, "ask-backing", found)
    _tell_all(people, found, f"/werk/rugdekking/{found.public_id}", "backing_asked")
    return found


@trail.recorded("withdraw-backing", kind="backing-request", about=named("request"))
@transaction.atomic
def withdraw_backing(*, actor: Actor, request: str) -> BackingRequest:
    """No answer is needed any more. Raises NotFound, NotAllowed, NotNow."""
    found = backing_named(request)
    begin(actor, "withdraw-backing", found)
    return finish(actor, "withdraw-backing", found, ended_on=clock.today())


@trail.recorded("ask-room", kind="room-request")
@transaction.atomic
def ask_room(*, actor: Actor, province: str, wish: RoomWish, made_up: bool = False) -> RoomRequest:
    """Ask for room, in public: nothing in it may be about a person. Raises NotAllowed, NotFound, NotNow, NotValid."""
    demand(actor, "ask-backing", Subject(person=actor.id))
    at = authority_named(wish.authority, province)
    texts = [wish.title.strip(), wish.rule.strip(), wish.asks.strip()]
    if not all(texts) or len(wish.asks) > _LONGEST:
        raise NotValid(_("Schrijf op welke regel in de weg staat, en wat u vraagt."), code="text")
    concern = first_concern([*texts, wish.group])
    if concern:
        raise NotValid(concern, code="concern")
    people = _people(at, province)
    count_use(what="supporters.asked", whose=actor.id, most=_A_DAY)
    found = RoomRequest.objects.create(
        province=province,
        person=actor.id,
        group=" ".join(wish.group.split())[:120],
        authority_kind=at.kind,
        authority=at.key,
        authority_name=at.name[:120],
        title=" ".join(wish.title.split())[:120],
        rule=wish.rule.strip()[:400],
        asks=wish.asks.strip(),
        asked_on=clock.today(),
        made_up=made_up,
    )
    note(actor, "ask-room", found)
    _tell_all(people, found, f"/werk/ruimte/{found.public_id}", "room_asked")
    return found


@trail.recorded("withdraw-room", kind="room-request", about=named("request"))
@transaction.atomic
def withdraw_room(*, actor: Actor, request: str) -> RoomRequest:
    """Who asked takes it back; the page stays and says so. Raises NotFound, NotAllowed, NotNow."""
    found = room_named(request)
    begin(actor, "withdraw-room", found)
    return finish(actor, "withdraw-room", found, ended_on=clock.today())


def _people(at: Authority, province: str) -> list[str]:
    found = who_answers(province, at.kind, at.key)
    if not found:
        text = _("Bij {name} kan nog niemand hier antwoorden. Stel uw vraag aan het loket, dan zoekt een adviseur het uit.")
        raise NotNow(text.format(name=at.name), code="nobody-there")
    return found


def _tell_all(people: list[str], found: BackingRequest | RoomRequest, path: str, text: str) -> None:
    kind = "backing-request" if isinstance(found, BackingRequest) else "room-request"
    for person in people:
        tell(
            about=Reference(kind, found.public_id, str(found), path),
            moment="asked",
            template=f"support/supporters/texts/{text}",
            facts={"asked": found},
            province=found.province,
            person=person,
            kind="work",
        )
