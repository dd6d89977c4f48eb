"""The last day to answer a challenge: made again from the events each time, by the rules of the authority itself. Without rules there is no
last day: none is made up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import Term
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.challenges.models import Challenge, ChallengeEvent, ChallengeEventKind, ChallengeRules

_K = ChallengeEventKind


@dataclass(frozen=True)
class Answer:
    """The last day (None: no rules name one), whether the time stands still now, and why in one sentence."""

    on: date | None
    stands_still: bool
    why: str


def rules_on(organisation: str, on: date) -> ChallengeRules | None:
    """The rules of an authority (public id) as they hold on a day."""
    return ChallengeRules.objects.filter(organisation=organisation, first_day__lte=on).order_by("-first_day", "-pk").first()


def answer_for(challenge: Challenge) -> Answer:
    """The last day of this challenge, from its events."""
    return answer_of(challenge.rules, challenge.events.all())


def answer_of(rules: ChallengeRules | None, events: Iterable[ChallengeEvent]) -> Answer:
    """Read the events in order: receipt (again after forwarding) starts the term, a question stops it when the rules say so, a later day
    is named once."""
    if rules is None:
        return Answer(
            None, stands_still=False, why=_("Deze overheid heeft hier geen regels voor. Daarom noemen wij geen laatste dag.")
        )
    term: Term | None = None
    asked: date | None = None
    for event in events:
        if event.kind in (_K.RECEIVED, _K.FORWARDED):
            term, asked = started(rules, event.on), None
        elif event.kind == _K.ASKED:
            asked = event.on
        elif event.kind == _K.TOLD and asked is not None and term is not None:
            if rules.stands_still and asked <= term.ends:
                term = term.suspend(asked=asked, completed=event.on, article=rules.article)
            asked = None
        elif event.kind == _K.LATER and event.until is not None and term is not None and event.until > term.ends:
            term = term.extend(until=event.until, article=rules.article)
    if term is None:
        return Answer(None, stands_still=False, why=_("De uitdaging is nog niet verstuurd."))
    still = asked is not None and rules.stands_still
    told = str(term.explain())
    why = f"{rules.title}, {rules.article}: {told[:1].lower()}{told[1:]}"
    if still and asked is not None:
        why += " " + _("Sinds {on} staat de tijd stil.").format(on=day(asked))
    return Answer(term.ends, stands_still=still, why=why)


def started(rules: ChallengeRules, on: date) -> Term:
    """The term of these rules from a day of receipt. An ordinance is bound by the Algemene termijnenwet only when it says so
    (article 5)."""
    return Term(start=on, source="verordening", weeks=rules.weeks, like_act=rules.like_act, holidays=equated_days())


def latest(rules: ChallengeRules, due: date) -> date:
    """The latest day that may be named when the answer comes later; raises NotValid when the rules do not allow it."""
    if not rules.later:
        raise NotValid(_("Uw eigen regels laten niet toe dat het antwoord later komt."), code="no-later")
    return due + timedelta(weeks=rules.later)
