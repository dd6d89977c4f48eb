"""The rules of an authority for the Right to Challenge, from a day on."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people.public import Subject, demand, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.challenges.models import ChallengeRules
from vliegwiel.support.challenges.standing import ANSWERS

_MOST_PEOPLE = 30_000


@dataclass(frozen=True)
class Rules:
    """What the ordinance says: its title and article, from which day, in how many weeks, how many weeks more once, whether a question stops
    the time, whether the Algemene termijnenwet applies, which grounds (keys), and how many people at least."""

    title: str
    article: str
    first_day: date
    weeks: int
    later: int = 0
    stands_still: bool = False
    like_act: bool = False
    grounds: tuple[str, ...] = ()
    least: int = 0


@trail.recorded("keep-challenge-rules", kind="challenge-rules")
def keep_rules(*, actor: Actor, province: str, rules: Rules) -> ChallengeRules:
    """Lay down the rules of one's own authority. What was received before their first day stays on the rules it had. Raises NotAllowed,
    NotValid, NotNow when there are rules of that day."""
    demand(actor, ANSWERS, Subject(province=province, organisation=actor.organisation))
    problems = []
    if not rules.title.strip() or not rules.article.strip():
        problems.append(_("Noem de verordening en het artikel."))
    if not 0 < rules.weeks <= 52 or not 0 <= rules.later <= 52:
        problems.append(_("Kies hoeveel weken: minstens 1 en hoogstens 52."))
    if not rules.grounds or not set(rules.grounds) <= set(challenges().grounds):
        problems.append(_("Kies op welke gronden u een uitdaging bekijkt."))
    if not 0 <= rules.least <= _MOST_PEOPLE:
        problems.append(_("Vul een aantal mensen in, of laat het leeg."))
    if problems:
        raise NotValid(problems[0], code="incomplete", details=tuple(problems))
    try:
        with transaction.atomic():
            kept = ChallengeRules.objects.create(
                province=province,
                organisation=actor.organisation,
                organisation_name=organisation_names([actor.organisation]).get(actor.organisation, ""),
                title=rules.title.strip()[:160],
                article=rules.article.strip()[:40],
                first_day=rules.first_day,
                weeks=rules.weeks,
                later=rules.later,
                stands_still=rules.stands_still,
                like_act=rules.like_act,
                grounds=[key for key in challenges().grounds if key in rules.grounds],
                least=rules.least,
                kept_by=actor.id,
            )
            subject = Reference("challenge-rules", kept.public_id, "", "")
            facts: dict[str, str | int | bool | None] = {"since": rules.first_day.isoformat(), "weeks": rules.weeks}
            trail.record(actor=actor, action="keep-challenge-rules", subject=subject, facts=facts, province=province)
    except IntegrityError:
        raise NotNow(_("Vanaf die dag zijn er al regels. Kies een andere dag."), code="there") from None
    return kept
