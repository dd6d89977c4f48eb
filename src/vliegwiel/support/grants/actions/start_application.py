"""Begin an application: a draft that only its maker sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand, known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.form import form_of
from vliegwiel.support.grants.models import Application, BudgetRow
from vliegwiel.support.grants.models.application import ApplicantKind, BudgetSide, Channel
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.schemes.public import CallFacts, call_of, regulation_of


@dataclass(frozen=True)
class Plan:
    """What is known of a plan before it is asked for (*plan*): its title, the code of its municipality, and answers as plain
    values by fact."""

    title: str
    municipality: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


#: States of a call in which a draft can be made; sending waits for the opening.
_IN_TIME = ("announced", "open")


@trail.recorded("start-application", kind="application")
@transaction.atomic
def start_application(*, actor: Actor, call: str, answers: Mapping[str, Any] | None = None) -> Application:
    """A draft for a call (public id), of the actor or the organisation the actor acts for.

    `answers` are those of the check, as plain values by fact; the asked amount becomes a row of the budget. Raises NotAllowed, NotFound,
    and NotNow when the call takes no applications.
    """
    demand(actor, "apply-for-support", Subject(person=actor.id))
    facts = call_of(call)
    if facts.state not in _IN_TIME:
        raise NotNow(_("Deze regeling neemt nu geen aanvragen aan. Kijk bij de regelingen welke open zijn."), code="closed")
    person = known_person(actor.id)
    kind = ApplicantKind.ORGANISATION if actor.organisation else ApplicantKind.PERSON
    draft = _draft(facts, actor=actor, applicant=actor.id, organisation=actor.organisation, applicant_kind=kind.value)
    _carry_over(draft, facts, answers or {})
    if person and not actor.organisation and "@" not in person.name:
        draft.applicant_name = person.name
        draft.save(update_fields=["applicant_name"])
    _record(actor, "start-application", draft)
    return draft


def start_from_plan(*, actor: Actor, call: str, plan: Plan) -> str:
    """A draft of the actor for a call (public id), with title, place and answers filled in; each can still be changed. Returns
    its public id.

    In the caller's transaction or its own. Raises NotAllowed, NotFound, and NotNow when the call takes no applications.
    """
    with transaction.atomic():
        draft = start_application(actor=actor, call=call, answers=plan.answers)
        draft.title, draft.municipality = plan.title[:120], plan.municipality
        draft.save(update_fields=["title", "municipality"])
    return draft.public_id


@trail.recorded("enter-application", kind="application")
@transaction.atomic
def enter_application(*, actor: Actor, call: str, channel: str) -> Application:
    """A draft that an officer types in for who came on paper, at the counter or by phone (Awb 2:13).

    Also after the closing, for what was received before it. Raises NotAllowed, NotFound, NotNow, NotValid.
    """
    facts = call_of(call)
    demand(actor, "assess-applications", Subject(province=facts.province))
    if channel not in (Channel.PAPER, Channel.PHONE):
        raise NotValid(_("Kies hoe de aanvraag binnenkwam: op papier, of aan de balie of telefoon."), code="unknown-channel")
    if facts.state not in (*_IN_TIME, "closed"):
        raise NotNow(_("Deze regeling neemt nu geen aanvragen aan."), code="closed")
    draft = _draft(facts, actor=actor, channel=channel, entered_by=actor.id)
    _record(actor, "enter-application", draft)
    return draft


def _draft(facts: CallFacts, *, actor: Actor, **columns: Any) -> Application:
    return Application.objects.create(
        province=facts.province,
        call=facts.id,
        scheme=facts.scheme,
        scheme_title=facts.scheme_title,
        version=facts.version,
        regulation_hash=facts.regulation_hash,
        made_up=bool(settings.VLIEGWIEL_DEMO or facts.made_up),
        **columns,
    )


def _carry_over(draft: Application, facts: CallFacts, answers: Mapping[str, Any]) -> None:
    """The answers of the check, as far as the form asks them."""
    form = form_of(regulation_of(facts.version))
    asked = {question.key for question in form.facts}
    draft.answers = {key: value for key, value in answers.items() if key in asked and value is not None}
    amount = answers.get(form.asked)
    if isinstance(amount, int) and amount > 0:
        draft.asked = amount
        BudgetRow.objects.create(application=draft, side=BudgetSide.COVER, kind="asked", text="", cents=amount, place=0)
    draft.save(update_fields=["answers", "asked"])


def _record(actor: Actor, action: str, draft: Application) -> None:
    facts: dict[str, str | int | bool | None] = {"call": draft.call, "channel": draft.channel}
    trail.record(actor=actor, action=action, subject=reference(draft), facts=facts, province=draft.province)
