"""The answer of the authority: a trial, an agreement on paper, or a refusal with reasons; and what happens when the residents stop."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import PaperFacts, Upload, receive
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.challenges import telling
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge, ChallengeEventKind
from vliegwiel.support.challenges.standing import begin, find, finish, named, note

AGREEMENT, _LONGEST, _LONGEST_TRIAL = "agreement", 4_000, timedelta(days=3 * 366)


@trail.recorded("try-challenge", kind="challenge", about=named())
@transaction.atomic
def try_challenge(*, actor: Actor, challenge: str, until: date, reasons: str, way_back: str) -> Challenge:
    """A trial until a day, with the reasons, and what happens when it stops. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "try-challenge", found)
    _weighed(found, reasons, way_back)
    today = clock.today()
    if not today < until <= today + _LONGEST_TRIAL:
        raise NotValid(_("Kies de laatste dag van de proef, binnen drie jaar."), code="until")
    note(found, actor, ChallengeEventKind.ANSWERED, reasons.strip(), until=until)
    words: dict[str, Any] = {"reasons": reasons.strip(), "way_back": way_back.strip()}
    done = finish(actor, "try-challenge", found, decided_on=today, until=until, **words)
    telling.to_challenger(done, "tried", "trial", {"until": day(until, "full")})
    return done


@trail.recorded("agree-challenge", kind="challenge", about=named())
def agree_challenge(*, actor: Actor, challenge: str, agreed_on: date, upload: Upload, reasons: str, way_back: str) -> Challenge:
    """An agreement that both sides signed: its day and the paper. What it becomes later rests on these. Raises NotFound,
    NotAllowed, NotNow, NotValid, also for a file that is no document."""
    found = find(challenge)
    begin(actor, "agree-challenge", found)
    _weighed(found, reasons, way_back)
    if not (found.received_on or agreed_on) <= agreed_on <= clock.today():
        raise NotValid(_("Op welke dag is de afspraak getekend? Die dag ligt niet in de toekomst."), code="agreed-on")
    made: list[Challenge] = []

    def along(paper: PaperFacts) -> None:
        note(found, actor, ChallengeEventKind.ANSWERED, reasons.strip())
        words: dict[str, Any] = {
            "reasons": reasons.strip(),
            "way_back": way_back.strip(),
            "paper": paper.id,
            "agreed_on": agreed_on,
        }
        done = finish(actor, "agree-challenge", found, facts={"paper": paper.id}, decided_on=clock.today(), until=None, **words)
        telling.to_challenger(done, "agreed", "agreed", {"on": day(agreed_on, "full")})
        made.append(done)

    about = Reference("challenge", found.public_id, "", "")
    receive(actor=actor, province=found.province, about=about, kind=AGREEMENT, upload=upload, along=along)
    return made[0]


@trail.recorded("refuse-challenge", kind="challenge", about=named())
@transaction.atomic
def refuse_challenge(*, actor: Actor, challenge: str, reasons: str) -> Challenge:
    """No, with reasons that the residents can follow; after a trial: it does not go on. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "refuse-challenge", found)
    _told(reasons)
    note(found, actor, ChallengeEventKind.ANSWERED, reasons.strip())
    done = finish(actor, "refuse-challenge", found, decided_on=clock.today(), reasons=reasons.strip())
    telling.to_challenger(done, "refused", "refused")
    return done


@trail.recorded("end-challenge", kind="challenge", about=named())
@transaction.atomic
def end_challenge(*, actor: Actor, challenge: str, why: str) -> Challenge:
    """The residents stop, or the time is over: the authority does the task again, as the way back says. Raises NotFound,
    NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "end-challenge", found)
    if not why.strip() or len(why) > _LONGEST:
        raise NotValid(_("Schrijf waarom het stopt, en wie de taak nu doet."), code="why")
    note(found, actor, ChallengeEventKind.ENDED, why.strip())
    done = finish(actor, "end-challenge", found, target=State.ENDED, ended_on=clock.today(), ended_why=why.strip())
    telling.to_challenger(done, "ended", "ended")
    return done


def _weighed(found: Challenge, reasons: str, way_back: str) -> None:
    """Before an agreement or a trial: everything is weighed, and there is a way back."""
    there = set(found.weighings.values_list("what", flat=True))
    lacking = [check.name for key, check in challenges().checks.items() if key not in there]
    if lacking:
        raise NotValid(_("Schrijf eerst uw afweging op: {names}.").format(names=", ".join(lacking).lower()), code="not-weighed")
    _told(reasons)
    if not way_back.strip() or len(way_back) > _LONGEST:
        raise NotValid(_("Schrijf wat er gebeurt als de inwoners stoppen."), code="way-back")


def _told(reasons: str) -> None:
    if not reasons.strip() or len(reasons) > _LONGEST:
        raise NotValid(_("Schrijf waarom, zo dat iedereen het kan volgen."), code="reasons")
