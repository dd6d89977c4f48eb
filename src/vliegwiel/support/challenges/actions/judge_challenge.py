"""What the authority does first: show the text, forward it, ask, name a later day, and judge each ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import organisations_who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.challenges import telling
from vliegwiel.support.challenges.findable import refresh
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge, ChallengeEventKind, ChallengeGround
from vliegwiel.support.challenges.standing import ANSWERS, begin, find, finish, named, note
from vliegwiel.support.challenges.terms import answer_for, latest, rules_on

_LONGEST = 4_000


@dataclass(frozen=True)
class Judged:
    """What was found on a ground: met or not, and why."""

    met: bool
    reason: str = ""


def grounds_for(challenge: Challenge) -> tuple[str, ...]:
    """The grounds (keys) that count for this challenge: those of the rules of the authority; without rules all that we know."""
    known = challenges().grounds
    return tuple(key for key in known if challenge.rules is None or key in challenge.rules.grounds)


@trail.recorded("show-challenge", kind="challenge", about=named())
@transaction.atomic
def show_challenge(*, actor: Actor, challenge: str, shown: bool) -> Challenge:
    """Put the text on the site, when it names no people, or take it off. Raises NotFound, NotAllowed, NotNow."""
    found = find(challenge)
    begin(actor, "show-challenge", found)
    return finish(actor, "show-challenge", found, facts={"published": shown}, shown_on=clock.today() if shown else None)


@trail.recorded("forward-challenge", kind="challenge", about=named())
@transaction.atomic
def forward_challenge(*, actor: Actor, challenge: str, organisation: str, why: str) -> Challenge:
    """Send it on to the authority (public id) whose task it is, at once (Awb 2:3, first paragraph); the challengers read why. There the
    time begins anew, by its rules. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "forward-challenge", found)
    names = dict(organisations_who_may(ANSWERS, found.province))
    if organisation not in names or organisation == found.organisation:
        raise NotValid(_("Kies een andere overheid in deze provincie."), code="organisation")
    if not why.strip():
        raise NotValid(_("Schrijf waarom u het doorstuurt. De indieners lezen dit."), code="why")
    today, was = clock.today(), found.organisation_name
    found.organisation, found.organisation_name = organisation, names[organisation]
    found.rules = rules_on(organisation, today)
    note(found, actor, ChallengeEventKind.FORWARDED, why.strip())
    done = finish(
        actor,
        "forward-challenge",
        found,
        facts={"to": organisation},
        organisation=organisation,
        organisation_name=found.organisation_name,
        rules=found.rules,
        received_on=today,
    )
    telling.to_challenger(done, f"forwarded-{done.revision}", "forwarded", {"was": was, "why": why.strip()})
    telling.to_authority(done, f"sent-{organisation}-{done.revision}", "sent_work")
    return done


@trail.recorded("ask-challengers", kind="challenge", about=named())
@transaction.atomic
def ask_challengers(*, actor: Actor, challenge: str, text: str) -> Challenge:
    """Ask the challengers something; the time stands still only when the rules of the authority say so. Raises NotFound,
    NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "ask-challengers", found)
    if not text.strip() or len(text) > _LONGEST:
        raise NotValid(_("Schrijf wat u wilt weten."), code="text")
    note(found, actor, ChallengeEventKind.ASKED, text.strip())
    done = finish(actor, "ask-challengers", found)
    telling.to_challenger(done, f"asked-{done.revision}", "asked", {"text": text.strip()})
    return done


@trail.recorded("extend-challenge", kind="challenge", about=named())
@transaction.atomic
def extend_challenge(*, actor: Actor, challenge: str, until: date, why: str) -> Challenge:
    """Name a later day, once, as far as the rules of the authority allow, with the reason; before the last day has passed. Raises NotFound,
    NotAllowed, NotNow, NotValid."""
    found = find(challenge)
    begin(actor, "extend-challenge", found)
    due = answer_for(found).on
    if found.rules is None or due is None:
        raise NotNow(_("Zonder eigen regels is er geen laatste dag om te verzetten."), code="no-rules")
    since = found.events.filter(kind__in=[ChallengeEventKind.RECEIVED, ChallengeEventKind.FORWARDED]).last()
    if since is not None and found.events.filter(kind=ChallengeEventKind.LATER, pk__gt=since.pk).exists():
        raise NotNow(_("De laatste dag is al een keer verzet."), code="once")
    most = latest(found.rules, due)
    if clock.today() > due:
        raise NotNow(_("De laatste dag is al voorbij. Antwoord zo snel mogelijk."), code="late")
    if not due < until <= most or not why.strip():
        text = _("Kies een dag na {due}, uiterlijk {most}, en schrijf waarom.").format(due=day(due), most=day(most))
        raise NotValid(text, code="later")
    note(found, actor, ChallengeEventKind.LATER, why.strip(), until=until)
    done = finish(actor, "extend-challenge", found)
    telling.to_challenger(done, f"later-{until.isoformat()}", "later", {"why": why.strip(), "was": day(due, "week")})
    return done


@trail.recorded("judge-challenge", kind="challenge", about=named())
@transaction.atomic
def judge_challenge(*, actor: Actor, challenge: str, judged: Mapping[str, Judged]) -> Challenge:
    """Say per ground whether it is met. All met: it goes on to talks. One not met: it is not treated, and everyone reads why.
    Raises NotFound, NotAllowed, NotNow, NotValid with a line per ground that lacks an answer or a reason."""
    found = find(challenge)
    begin(actor, "judge-challenge", found)
    wanted, names = grounds_for(found), challenges().grounds
    problems = [_("{name}: kies ja of nee.").format(name=names[key].name) for key in wanted if key not in judged]
    problems += [
        _("{name}: schrijf waarom niet.").format(name=names[key].name)
        for key in wanted
        if key in judged and not judged[key].met and not judged[key].reason.strip()
    ]
    if problems:
        raise NotValid(problems[0], code="grounds", details=tuple(problems))
    today, missed = clock.today(), [key for key in wanted if not judged[key].met]
    if missed:
        why = " ".join(f"{names[key].unmet} {judged[key].reason.strip()}" for key in missed)
        note(found, actor, ChallengeEventKind.ANSWERED, why)
        done = finish(actor, "judge-challenge", found, target=State.INADMISSIBLE, decided_on=today, reasons=why)
        _keep_grounds(done, {key: judged[key] for key in wanted})
        refresh(actor, done)
        telling.to_challenger(done, "answered", "inadmissible")
        return done
    note(found, actor, ChallengeEventKind.ADMITTED)
    done = finish(actor, "judge-challenge", found, target=State.ADMITTED, admitted_on=today)
    _keep_grounds(done, {key: judged[key] for key in wanted})
    refresh(actor, done)
    telling.to_challenger(done, f"admitted-{done.organisation}", "admitted")
    return done


def _keep_grounds(found: Challenge, judged: Mapping[str, Judged]) -> None:
    """After the move itself, so that of two who judge at once the second hears that the first was."""
    for key, one in judged.items():
        ChallengeGround.objects.create(challenge=found, ground=key, met=one.met, reason=one.reason.strip()[:_LONGEST])
