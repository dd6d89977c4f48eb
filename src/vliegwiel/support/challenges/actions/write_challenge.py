"""Write a challenge, throw a draft away, send it, add to it, or withdraw it: by the challengers, or an adviser who helps them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand, organisations_who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges import telling
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge, ChallengeEventKind
from vliegwiel.support.challenges.numbers import next_number
from vliegwiel.support.challenges.standing import ANSWERS, STARTS, begin, find, finish, named, note, reference
from vliegwiel.support.challenges.terms import rules_on
from vliegwiel.support.desk.public import file_of, may_work_on
from vliegwiel.support.initiatives.public import first_concern

LONGEST, MOST_DRAFTS = 4_000, 10


@dataclass(frozen=True)
class Told:
    """What the challengers write: which authority (public id), the task, why better, who stands behind it, and what it costs a
    year now with where that comes from (None: not known)."""

    organisation: str
    title: str
    task: str
    better: str = ""
    behind: str = ""
    people: int | None = None
    cost: Money | None = None
    cost_from: str = ""
    name: str = ""
    shows_name: bool = False


@trail.recorded("start-challenge", kind="challenge")
@transaction.atomic
def start_challenge(*, actor: Actor, province: str, told: Told, enquiry: str = "") -> Challenge:
    """A draft, by someone with an account, or by an adviser on a question at the desk (public id or number). Raises NotFound, NotAllowed,
    NotNow with many drafts, NotValid."""
    file = file_of(enquiry) if enquiry else None
    if file is not None:
        verdict = may_work_on(actor, file.id)
        if not verdict:
            raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    else:
        demand(actor, STARTS, Subject(province=province, person=actor.id))
        if Challenge.objects.filter(person=actor.id, state=State.DRAFT.value).count() >= MOST_DRAFTS:
            raise NotNow(_("U hebt al veel concepten. Gooi er eerst een weg."), code="full")
    person = file.person if file is not None else actor.id
    made = Challenge.objects.create(
        province=province,
        person=person,
        enquiry=file.id if file is not None else "",
        made_up=settings.VLIEGWIEL_DEMO,
        **_fields(told, province),
    )
    trail.record(actor=actor, action="start-challenge", subject=reference(made), province=province)
    return made


@trail.recorded("write-challenge", kind="challenge", about=named())
@transaction.atomic
def write_challenge(*, actor: Actor, challenge: str, told: Told) -> Challenge:
    """Change a draft. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "write-challenge", found)
    return finish(actor, "write-challenge", found, **_fields(told, found.province))


@trail.recorded("discard-challenge", kind="challenge", about=named())
@transaction.atomic
def discard_challenge(*, actor: Actor, challenge: str) -> None:
    """Truly delete a draft. Raises NotFound, NotAllowed, NotNow."""
    found = find(challenge)
    begin(actor, "discard-challenge", found)
    trail.record(actor=actor, action="discard-challenge", subject=reference(found), province=found.province)
    found.delete()


@trail.recorded("send-challenge", kind="challenge", about=named())
@transaction.atomic
def send_challenge(*, actor: Actor, challenge: str) -> Challenge:
    """Send it to the authority: from today its own term runs, by its rules of today. Raises NotFound, NotAllowed, NotNow, and NotValid with
    a line for all that lacks."""
    found = find(challenge)
    begin(actor, "send-challenge", found)
    lacking = [
        text
        for there, text in (
            (found.better, _("Schrijf waarom u het beter kunt.")),
            (found.behind, _("Schrijf wie erachter staan.")),
            (found.name, _("Wie kunnen wij aanspreken? Schrijf uw naam of die van uw groep.")),
        )
        if not there
    ]
    if lacking:
        raise NotValid(lacking[0], code="incomplete", details=tuple(lacking))
    today = clock.today()
    found.rules = rules_on(found.organisation, today)
    note(found, actor, ChallengeEventKind.RECEIVED)
    done = finish(
        actor,
        "send-challenge",
        found,
        number=next_number(today.year),
        sent_on=today,
        received_on=today,
        rules=found.rules,
    )
    telling.to_challenger(done, "sent", "sent")
    telling.to_authority(done, f"sent-{done.organisation}", "sent_work")
    return done


@trail.recorded("add-to-challenge", kind="challenge", about=named())
@transaction.atomic
def add_to_challenge(*, actor: Actor, challenge: str, text: str) -> Challenge:
    """Answer what the authority asked; then its time runs again. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "add-to-challenge", found)
    if not text.strip() or len(text) > LONGEST:
        raise NotValid(_("Schrijf een antwoord van hoogstens {most} tekens.").format(most=LONGEST), code="text")
    note(found, actor, ChallengeEventKind.TOLD, text.strip())
    back = State.ADMITTED if found.admitted_on else State.SENT
    done = finish(actor, "add-to-challenge", found, target=back)
    telling.to_authority(done, f"told-{done.revision}", "told_work", {"text": text.strip()})
    return done


@trail.recorded("withdraw-challenge", kind="challenge", about=named())
@transaction.atomic
def withdraw_challenge(*, actor: Actor, challenge: str, why: str = "") -> Challenge:
    """The challengers stop. It stays on the list, with the reason when they give one; nobody looks at that first, so it may hold nothing
    about a person. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "withdraw-challenge", found)
    if concern := first_concern([why]):
        raise NotValid(concern, code="concern")
    done = finish(actor, "withdraw-challenge", found, ended_on=clock.today(), ended_why=why.strip()[:LONGEST])
    telling.to_authority(done, "withdrawn", "withdrawn_work")
    return done


def _fields(told: Told, province: str) -> dict[str, Any]:
    names, problems = dict(organisations_who_may(ANSWERS, province)), []
    if told.organisation not in names:
        problems.append(_("Kies welke overheid u uitdaagt. Staat zij er niet bij? Vraag het loket."))
    if not told.title.strip() or not told.task.strip():
        problems.append(_("Schrijf welke taak u wilt doen."))
    if max(len(told.task), len(told.better), len(told.behind)) > LONGEST:
        problems.append(_("Schrijf het korter: hoogstens {most} tekens.").format(most=LONGEST))
    if told.people is not None and not 0 < told.people <= 1_000_000:
        problems.append(_("Met hoeveel mensen bent u? Vul een getal in."))
    if told.cost is not None and (told.cost.cents < 0 or not told.cost_from.strip()):
        problems.append(_("Schrijf waar u het bedrag vandaan hebt."))
    if problems:
        raise NotValid(problems[0], code="incomplete", details=tuple(problems))
    return {
        "organisation": told.organisation,
        "organisation_name": names[told.organisation],
        "title": told.title.strip()[:120],
        "task": told.task.strip(),
        "better": told.better.strip(),
        "behind": told.behind.strip(),
        "people": told.people,
        "cents": told.cost.cents if told.cost is not None else None,
        "cents_from": told.cost_from.strip()[:160] if told.cost is not None else "",
        "name": told.name.strip()[:120],
        "shows_name": told.shows_name,
    }
