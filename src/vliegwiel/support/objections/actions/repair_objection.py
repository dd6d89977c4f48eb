"""Add grounds and papers, and repair what is missing in an objection (Awb 6:6)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import PaperFacts, Upload, receive
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Objection, ObjectionEventKind
from vliegwiel.support.objections.standing import begin, find, finish, named, reference
from vliegwiel.support.objections.terms import note, open_request, term_of

_ABOUT = named("objection")
PAPER = "stuk"


@trail.recorded("add-grounds", kind="objection", about=_ABOUT)
@transaction.atomic
def add_grounds(*, actor: Actor, objection: str, text: str) -> Objection:
    """Say more, in one's own words; what was said stays. Raises NotAllowed, NotNow once it waits for a signature, NotValid when empty."""
    return _more(actor, "add-grounds", objection, text)


@trail.recorded("type-in-grounds", kind="objection", about=_ABOUT)
@transaction.atomic
def type_in_grounds(*, actor: Actor, objection: str, text: str) -> Objection:
    """Type in what came on paper or was said by phone; it answers an open request to repair. Raises NotAllowed, NotNow, NotValid."""
    found = _more(actor, "type-in-grounds", objection, text)
    return _repaired(actor, "type-in-grounds", found) if found.stands is State.REPAIRING else found


@trail.recorded("add-objection-paper", kind="objection", about=_ABOUT)
def add_paper(*, actor: Actor, objection: str, upload: Upload) -> PaperFacts:
    """Keep a paper with the objection. Raises NotAllowed, NotNow, and NotValid as `papers.receive` does."""
    found = find(objection)
    number = clock.now().strftime("%y%m%d%H%M%S%f")[:17]
    return receive(actor=actor, province=found.province, about=reference(found), kind=f"{PAPER}-{number}", upload=upload)


@trail.recorded("ask-repair", kind="objection", about=_ABOUT)
def ask_repair(*, actor: Actor, objection: str, items: tuple[str, ...], until: date) -> Objection:
    """Ask by letter for what is missing, such as the grounds or a signature (Awb 6:5, 6:6), until a day: the term stands still from
    tomorrow (7:10(2)). Raises NotAllowed, NotNow, NotValid without an item or for a day that leaves less than a week."""
    found = find(objection)
    begin(actor, "ask-repair", found)
    wanted = tuple(item.strip() for item in items if item.strip())
    if not wanted:
        raise NotValid(_("Kies wat er ontbreekt."), code="no-items")
    if until < clock.today() + timedelta(days=7):
        raise NotValid(_("Geef ten minste een week om aan te vullen."), code="too-short")
    facts: dict[str, letters.Fact] = {"number": found.number, "items": list(wanted), "answer_by": until}
    letter = letters.prepared(found.application, found.province, "objection-repair", facts)
    with transaction.atomic():
        issued = letters.send(actor, found.application, letter)
        note(
            actor=actor,
            objection=found,
            kind=ObjectionEventKind.ASKED,
            until=until,
            article="6:6 Awb",
            items=wanted,
            letter=issued,
        )
        kept: dict[str, str | int | bool | None] = {"until": until.isoformat(), "letter": issued, "count": len(wanted)}
        return finish(actor, "ask-repair", found, facts=kept, due_on=term_of(found).ends)


@trail.recorded("supply-repair", kind="objection", about=_ABOUT)
@transaction.atomic
def supply_repair(*, actor: Actor, objection: str, text: str = "", signed: bool = False) -> Objection:
    """Answer what was asked: the term runs again. Raises NotAllowed, NotNow after the day, NotValid without any answer."""
    found = find(objection)
    begin(actor, "supply-repair", found)
    asked = open_request(found)
    if asked is not None and asked.until is not None and clock.today() > asked.until:
        raise NotNow(_("De tijd om aan te vullen is voorbij. Bel ons als u nog iets wilt sturen."), code="too-late")
    if not text.strip() and not signed:
        raise NotValid(_("Schrijf op wat wij vroegen."), code="empty")
    return _repaired(actor, "supply-repair", found, text)


def lapse_all(*, actor: Actor) -> int:
    """Requests to repair whose day has passed without an answer: they stop nothing any more. Only the installation does this."""
    if actor.kind != "system":
        raise NotAllowed("Dit gaat vanzelf als de tijd voorbij is.", code="by-the-clock")
    count = 0
    for found in Objection.objects.filter(state=State.REPAIRING):
        asked = open_request(found)
        if asked is None or asked.until is None or clock.today() <= asked.until:
            continue
        with transaction.atomic():
            note(actor=actor, objection=found, kind=ObjectionEventKind.LAPSED, article="7:10, tweede lid", on=asked.until)
            unchanged = Objection.objects.filter(pk=found.pk, state=State.REPAIRING, revision=found.revision)
            if not unchanged.update(state=State.RECEIVED, revision=found.revision + 1, due_on=term_of(found).ends):
                raise NotNow("Iemand was eerder.", code="stale")
            found.refresh_from_db()
            trail.record(
                actor=actor,
                action="lapse-repair",
                subject=reference(found),
                facts={"until": asked.until.isoformat()},
                province=found.province,
            )
            text_facts = {"objection": found, "until": day(asked.until, "full")}
            moment = f"lapsed-{asked.pk}"
            letters.to_colleague(reference(found), found.province, found.handler, moment, "lapsed", text_facts)
        count += 1
    return count


def _more(actor: Actor, key: str, objection: str, text: str) -> Objection:
    found = find(objection)
    begin(actor, key, found)
    if not text.strip():
        raise NotValid(_("Schrijf op wat u wilt zeggen."), code="empty")
    return finish(actor, key, found, facts={"length": len(text.strip())}, grounds=_together(found, text))


def _together(found: Objection, text: str) -> str:
    more = text.strip()
    if not more:
        return found.grounds
    return (
        f"{found.grounds}\n\n{_('Aangevuld op {on}:').format(on=day(clock.today(), 'full'))}\n{more}" if found.grounds else more
    )


def _repaired(actor: Actor, key: str, found: Objection, text: str = "") -> Objection:
    note(actor=actor, objection=found, kind=ObjectionEventKind.REPAIRED, article="7:10, tweede lid")
    done = finish(
        actor,
        key,
        found,
        target=State.RECEIVED,
        facts={"length": len(text.strip())},
        grounds=_together(found, text),
        signed=True,
        due_on=term_of(found).ends,
    )
    letters.to_colleague(
        reference(done), done.province, done.handler, f"repaired-{done.revision}", "repaired", {"objection": done}
    )
    return done
