"""Talks about a challenge, and what is weighed before agreeing."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.challenges import telling
from vliegwiel.support.challenges.models import ChallengeTalk, ChallengeWeighing
from vliegwiel.support.challenges.standing import begin, find, finish, named

_LONGEST = 4_000


@trail.recorded("plan-talk", kind="challenge", about=named())
@transaction.atomic
def plan_talk(*, actor: Actor, challenge: str, kind: str, on: date, about: str) -> ChallengeTalk:
    """Plan a talk, visit, evening or hearing, from today on; the challengers hear it. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "plan-talk", found)
    if kind not in challenges().steps or on < clock.today() or not about.strip():
        raise NotValid(_("Kies wat voor gesprek, een dag die nog komt, en schrijf waarover."), code="talk")
    talk = ChallengeTalk.objects.create(challenge=found, kind=kind, planned_on=on, about=about.strip()[:200])
    done = finish(actor, "plan-talk", found, facts={"on": on.isoformat()})
    facts = {"talk": talk, "kind": challenges().steps[kind], "on": day(on, "week")}
    telling.to_challenger(done, f"talk-{talk.public_id}", "talk", facts)
    return talk


@trail.recorded("report-talk", kind="challenge", about=named())
@transaction.atomic
def report_talk(*, actor: Actor, challenge: str, talk: str, outcome: str) -> ChallengeTalk:
    """What came of a talk, for everyone to read; once. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "report-talk", found)
    there = found.talks.filter(public_id=talk[:12]).first()
    if there is None:
        raise NotFound(_("Dit gesprek kennen we niet."))
    if not outcome.strip() or len(outcome) > _LONGEST:
        raise NotValid(_("Schrijf in een paar zinnen wat is besproken. Noem geen namen."), code="outcome")
    today = clock.today()
    if there.planned_on > today:
        raise NotNow(_("Dit gesprek moet nog komen."), code="not-yet")
    held = ChallengeTalk.objects.filter(pk=there.pk, held_on=None)
    if not held.update(held_on=there.planned_on, outcome=outcome.strip()):
        raise NotNow(_("Van dit gesprek staat het verslag er al."), code="there")
    finish(actor, "report-talk", found)
    there.refresh_from_db()
    return there


@trail.recorded("weigh-challenge", kind="challenge", about=named())
@transaction.atomic
def weigh_challenge(*, actor: Actor, challenge: str, what: str, text: str) -> ChallengeWeighing:
    """Write down how others get an equal chance, or whether it has to be put out to tender. The last words count. Raises
    NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "weigh-challenge", found)
    if what not in challenges().checks or not text.strip() or len(text) > _LONGEST:
        raise NotValid(_("Schrijf uw afweging op in een paar zinnen."), code="weighing")
    words = {"text": text.strip(), "on": clock.today()}
    kept, _made = ChallengeWeighing.objects.update_or_create(challenge=found, what=what, defaults=words)
    finish(actor, "weigh-challenge", found, facts={"kind": what})
    return kept
