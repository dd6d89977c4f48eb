"""Ask to do it otherwise, and decide on it."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterDraft, prepare_letter
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.grants.public import draft_letter_to, move_on, send_letter
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.models import ChangeRequest
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.rules import REASONABLE


@trail.recorded("ask-change", kind="application", about=named("application"))
@transaction.atomic
def ask_change(*, actor: Actor, application: str, what: str, why: str, new_end: date | None = None) -> ChangeRequest:
    """Ask to change what was granted (*wijzigingsverzoek*): another way, another moment. Within eight weeks a decision follows (4:13).

    Raises NotAllowed, NotNow while one waits, NotValid without what and why or with an end that is not later.
    """
    file = GrantFile(application)
    begin(actor, "ask-change", file)
    if not what.strip() or not why.strip():
        raise NotValid(_("Schrijf op wat u wilt veranderen en waarom."), code="no-reason")
    if new_end is not None and (new_end <= clock.today() or (file.ends is not None and new_end <= file.ends)):
        raise NotValid(_("Kies een einddatum die later is dan nu is afgesproken."), code="not-later")
    try:
        with transaction.atomic():
            asked = ChangeRequest.objects.create(
                application=file.name,
                number=file.grant.number,
                province=file.grant.province,
                what=what.strip(),
                why=why.strip(),
                new_end=new_end,
                asked_on=clock.today(),
                asked_by=actor.id,
                due_on=clock.today() + timedelta(weeks=REASONABLE),
            )
    except IntegrityError as clash:
        raise NotNow(_("U vroeg al een wijziging. Wacht eerst op ons antwoord."), code="waiting") from clash
    move_on(actor, "ask-change", file.name, facts={"request": asked.public_id})
    return asked


@trail.recorded("decide-change", kind="application", about=named("application"))
def decide_change(*, actor: Actor, application: str, granted: bool, motivation: str) -> ChangeRequest:
    """Decide on a request to change, with the mandate for the amount of the grant, by letter with the remedy clause. The amount stays.

    Raises NotAllowed, NotNow when nothing waits, NotValid without a motivation (Awb 3:46).
    """
    file = GrantFile(application)
    begin(actor, "decide-change", file)
    asked = file.open_change
    if asked is None:
        raise NotNow(_("Er ligt geen verzoek om iets te veranderen."), code="nothing")
    if not motivation.strip():
        raise NotValid(_("Schrijf op waarom u dit besluit (Awb 3:46)."), code="no-motivation")
    held = mandate(actor, province=file.grant.province, matter="grants", amount=file.grant.awarded)
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    person = known_person(actor.id)
    draft = letter_of(file, asked, granted, motivation.strip(), person.name if person else "")
    ready = prepare_letter(province=file.grant.province, draft=draft)
    with transaction.atomic():
        letter = send_letter(actor, file.name, ready)
        change = {
            "granted": granted,
            "motivation": motivation.strip(),
            "decided_on": clock.today(),
            "decided_at": clock.now(),
        }
        waits = ChangeRequest.objects.filter(pk=asked.pk, decided_on=None)
        if not waits.update(**change, decided_by=actor.id, letter=letter.id):
            raise NotNow(_("Iemand anders heeft hierover net besloten."), code="stale")
        facts: dict[str, Any] = {"request": asked.public_id, "granted": granted, "letter": letter.id}
        move_on(actor, "decide-change", file.name, facts=facts)
    asked.refresh_from_db()
    return asked


def grant_after_all(*, actor: Actor, request: str, motivation: str, by: str, letter: str) -> ChangeRequest:
    """The change that was refused may be made after all, after an objection (Awb 7:11), in the transaction of the act that decides on it,
    which demands mandate and permission. `by` prepared it. Raises NotFound, NotNow when another answer took its place or the grant does
    not run any more."""
    found = ChangeRequest.objects.filter(public_id=request, granted=False).first()
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    if ChangeRequest.objects.filter(replaces=found).exists():
        raise NotNow(_("Voor dit besluit is al een ander in de plaats gekomen."), code="replaced")
    fresh = ChangeRequest.objects.create(
        application=found.application,
        number=found.number,
        province=found.province,
        what=found.what,
        why=found.why,
        new_end=found.new_end,
        asked_on=found.asked_on,
        asked_by=found.asked_by,
        due_on=found.due_on,
        granted=True,
        motivation=motivation.strip(),
        decided_on=clock.today(),
        decided_at=clock.now(),
        decided_by=actor.id,
        letter=letter,
        replaces=found,
    )
    facts: dict[str, Any] = {"request": fresh.public_id, "replaces": found.public_id, "prepared": by, "letter": letter}
    move_on(actor, "decide-change", found.application, facts=facts)
    return fresh


def refused_change(asked: ChangeRequest) -> str:
    """What the answer to a request is called."""
    return _("wijziging goedgevonden") if asked.granted else _("wijziging geweigerd")


def letter_of(file: GrantFile, asked: ChangeRequest, granted: bool, motivation: str, signer: str) -> LetterDraft:
    """The letter that tells the decision on a request."""
    if not granted:
        outcome = _("Wij zijn het niet eens met uw verzoek. Wat is afgesproken, blijft gelden.")
    elif asked.new_end:
        outcome = _("U mag het doen zoals u vroeg. U hebt tot en met {day} de tijd.").format(day=day(asked.new_end, "full"))
    else:
        outcome = _("U mag het doen zoals u vroeg.")
    facts = {
        "activity": f"‘{file.grant.title}’",
        "asked": asked.what,
        "outcome": outcome,
        "new_end": asked.new_end if granted else None,
    }
    return draft_letter_to(file.name, "change-decision", facts, signer=signer, motivation=motivation, summary=outcome)
