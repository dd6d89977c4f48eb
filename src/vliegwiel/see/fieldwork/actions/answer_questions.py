"""Answer a questionnaire: begin or go on with a code, save a page, send. Who answered what stands nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.questions.public import fits, kept, missing
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.models import Door, Fielding, SentAnswers, UnsentAnswers, WrittenAnswer
from vliegwiel.see.fieldwork.queries import PHONE, door_of, fielding_for, fielding_named, takes_answers

#: A pause longer than this is no answering.
_LONGEST_PAUSE = 300
_MOST_SECONDS = 7_200


@dataclass(frozen=True)
class Begun:
    """Someone who answers: where, the code with which they go on, and what they answered so far. It is never the code of a letter."""

    fielding: Fielding
    code: str
    values: Mapping[str, Any]


@trail.recorded("begin-answers", kind="fielding")
def come_in(*, actor: Actor, typed: str) -> Begun:
    """Come in with a code from a letter, or go on with one that was shown when stopping.

    The code of a letter only opens the door: whoever prints letters could otherwise read what someone did not send yet. Raises NotFound for
    a code that opens nothing, NotNow when answers with it came in already. Nothing says which of its pages was seen.
    """
    code = codes.read_code(typed)
    fielding = fielding_for(code) if code else None
    if fielding is None:
        raise NotFound(_("Deze code kennen we niet. Kijk of u hem goed hebt overgetypt. Misschien is de enquête al gesloten."))
    return begin(actor=actor, fielding=fielding.public_id, code=code)


@trail.recorded("begin-answers", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def begin(*, actor: Actor, fielding: str, code: str = "", agreed: bool = False) -> Begun:
    """Begin with the code of a letter or, by an open link, without one; or go on with the code of one's own that was made then.

    `agreed`: explicit consent (AVG 9(2)(a)), which an experience survey cannot do without. Raises NotFound, NotNow, NotValid.
    """
    found = _open(fielding)
    content = _waiting(found, code) if code else None
    own = code if content else codes.new_code()
    if content is None:
        if code and not found.invites:
            raise NotFound(_("Deze code kennen we niet. Misschien zijn uw antwoorden al verstuurd."))
        if found.special and not agreed:
            raise NotValid(_("Zet eerst een vinkje. Zonder uw toestemming mogen we dit niet vragen."), code="no-consent")
        content = {"values": {}, "seconds": 0, "letter": code}
    if found.invites:
        _closed_door(found, content["letter"])
    content["at"] = clock.now().isoformat()
    box, mark = codes.locked(found.salt, own, content), codes.unsent_mark(found.salt, own)
    UnsentAnswers.objects.update_or_create(mark=mark, defaults={"fielding": found, "box": box})
    return Begun(found, own, content["values"])


@trail.recorded("save-answers", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def save_answers(*, actor: Actor, fielding: str, code: str, values: Mapping[str, Any]) -> Begun:
    """Keep what was answered on a page, in the box of the code; None empties an answer. Raises NotFound, NotNow and, for a value that is no
    answer to its question, NotValid."""
    found = _open(fielding)
    document = found.document
    for name, value in values.items():
        item = document.item(name)
        if item is None or not fits(item.asked(), value):
            raise NotValid(_("Dit antwoord past niet bij de vraag. Kijk het na."), code="no-answer")
    mark, content = _content(found, code)
    content["values"] = {name: value for name, value in {**content["values"], **values}.items() if value is not None}
    _count_time(content)
    if not UnsentAnswers.objects.filter(mark=mark).update(box=codes.locked(found.salt, code, content)):
        raise NotNow(_("Uw antwoorden zijn al verstuurd."), code="sent")
    return Begun(found, code, content["values"])


@trail.recorded("send-answers", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def send_answers(*, actor: Actor, fielding: str, code: str, by_phone: bool = False) -> None:
    """Hand in: the box goes, the door shuts, and the answers lie among those of others, without a code, a person or a moment.

    Answers to questions that are not asked (any more) are not kept; those in own words lie apart. `by_phone`: an employee typed them in.
    Raises NotValid for what must be answered and is not, NotNow for a second time, NotAllowed for who may not enter answers by phone.
    """
    found = _open(fielding)
    if by_phone:
        demand(actor, PHONE, Subject(province=found.province))
    document = found.document
    questions = [item.asked() for item in document]
    mark, content = _content(found, code)
    values = kept(questions, content["values"])
    if lacks := missing(questions, values):
        names = tuple(one.text for one in lacks)
        raise NotValid(_("Deze vragen missen nog een antwoord."), code="not-complete", details=names)
    _count_time(content)
    texts = {item.id for item in document if item.kind == "text"}
    mode = SentAnswers.Mode.PHONE if by_phone else SentAnswers.Mode.WEB
    with transaction.atomic():
        # first: who shuffles the answers at the same moment waits here, or we wait for them
        if not Fielding.objects.filter(pk=found.pk, state=Fielding.State.OPEN).update(unmixed=F("unmixed") + 1):
            raise NotNow(_("Deze enquête is intussen gesloten."), code="closed")
        door = _shut(found, content["letter"]) if found.invites else None
        if not UnsentAnswers.objects.filter(mark=mark).delete()[0]:
            raise NotNow(_("Uw antwoorden zijn al verstuurd."), code="sent")
        SentAnswers.objects.create(
            fielding=found, values={name: value for name, value in values.items() if name not in texts}, mode=mode,
            seconds=round(min(int(content["seconds"]), _MOST_SECONDS) / 5) * 5, facts=door.facts if door else {},
            pseudonym=door.pseudonym if door else "",
        )  # fmt: skip
        WrittenAnswer.objects.bulk_create(
            [
                WrittenAnswer(fielding=found, item=name, text=str(values[name]).replace("\x00", ""))
                for name in sorted(texts & values.keys())
            ]
        )
        record(actor, "send-answers", found, {"mode": str(mode)})


def answers_so_far(*, fielding: Fielding, code: str) -> Begun | None:
    """What waits in the box of this code, or None when there is nothing (any more) or the fieldwork is over."""
    content = _waiting(fielding, code) if takes_answers(fielding) else None
    return Begun(fielding, code, content["values"]) if content else None


def _open(fielding: str) -> Fielding:
    found = fielding_named(fielding)
    if not takes_answers(found):
        raise NotNow(_("Aan deze enquête kunt u nu niet meedoen. Zij is nog niet open, of al gesloten."), code="closed")
    return found


def _waiting(fielding: Fielding, code: str) -> dict[str, Any] | None:
    there = fielding.unsent.filter(mark=codes.unsent_mark(fielding.salt, code)).first()
    return codes.unlocked(fielding.salt, code, there.box) if there else None


def _closed_door(fielding: Fielding, code: str) -> None:
    if not code:
        raise NotFound(_("Vul de code in. Hij staat in de brief."))
    door = door_of(code, fielding)
    if door is None:
        raise NotFound(_("Deze code kennen we niet. Kijk of u hem goed hebt overgetypt."))
    if door.spent:
        raise NotNow(_("Met deze code zijn al antwoorden verstuurd. Dank u wel."), code="sent")


def _shut(fielding: Fielding, code: str) -> Door:
    mark = codes.door_mark(fielding.salt, code)
    if not Door.objects.filter(mark=mark, fielding=fielding, spent=False).update(spent=True):
        raise NotNow(_("Met deze code zijn al antwoorden verstuurd. Dank u wel."), code="sent")
    return Door.objects.get(mark=mark)


def _content(fielding: Fielding, code: str) -> tuple[str, dict[str, Any]]:
    content = _waiting(fielding, code)
    if content is None:
        raise NotNow(
            _("Hier zijn geen antwoorden die wachten. Misschien zijn ze al verstuurd. Begin anders opnieuw."), code="sent"
        )
    return codes.unsent_mark(fielding.salt, code), content


def _count_time(content: dict[str, Any]) -> None:
    """The time since the last step, without the pauses in which somebody did something else."""
    now = clock.now()
    passed = (now - datetime.fromisoformat(content["at"])).total_seconds()
    content["seconds"] = content["seconds"] + max(0, min(int(passed), _LONGEST_PAUSE))
    content["at"] = now.isoformat()
