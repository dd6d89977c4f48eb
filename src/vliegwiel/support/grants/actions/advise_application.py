"""Advice: asked of someone outside, written down when it comes, and the advice on the decision itself."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Advice, AdviceRequest, Application
from vliegwiel.support.grants.models.assessment import OUTCOMES
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.scores import all_in, needed
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named

HANDLER, PANEL, OUTSIDE = "handler", "panel", "outside"


@trail.recorded("ask-advice", kind="application", about=named("application"))
@transaction.atomic
def ask_advice(*, actor: Actor, application: str, adviser: str, question: str, due_on: date) -> AdviceRequest:
    """Ask someone outside for advice, by a date (Awb 3:6). It stops no term: where the ordinance gives a longer term for it, that is told
    with `extend_term`. Raises NotAllowed, NotNow, NotValid without adviser, question or a day to come."""
    found = find(application)
    begin(actor, "ask-advice", found)
    if not adviser.strip() or not question.strip():
        raise NotValid(_("Schrijf op wie u om advies vraagt en wat u wilt weten."), code="no-question")
    if due_on <= clock.today():
        raise NotValid(_("Kies een dag die nog komt."), code="not-later")
    asked = AdviceRequest.objects.create(
        application=found,
        adviser=adviser.strip()[:120],
        question=question.strip(),
        asked_on=clock.today(),
        due_on=due_on,
        by=actor.id or actor.kind,
    )
    finish(actor, "ask-advice", found, facts={"request": asked.public_id, "due": due_on.isoformat()})
    return asked


@trail.recorded("record-advice", kind="application", about=named("application"))
@transaction.atomic
def record_advice(*, actor: Actor, application: str, request: str, outcome: str, amount: Money, motivation: str) -> Advice:
    """Write down the advice that came on a request (public id). Raises NotFound, NotAllowed, NotNow when it was answered, NotValid."""
    found = find(application)
    begin(actor, "record-advice", found)
    asked = found.advice_requests.filter(public_id=request).first()
    if asked is None:
        raise NotFound(_("Dit verzoek om advies kennen we niet."))
    if asked.answer_id is not None:
        raise NotNow(_("Dit advies is er al."), code="answered")
    advice = _advice(actor, found, OUTSIDE, asked.adviser, outcome, amount, motivation)
    if not AdviceRequest.objects.filter(pk=asked.pk, answer=None).update(answer=advice):
        raise NotNow(_("Dit advies is er al."), code="answered")
    finish(actor, "record-advice", found, facts={"advice": advice.public_id})
    return advice


@trail.recorded("advise-application", kind="application", about=named("application"))
@transaction.atomic
def advise_application(
    *,
    actor: Actor,
    application: str,
    outcome: str,
    amount: Money,
    motivation: str,
    source: str = HANDLER,
    revision: int | None = None,
) -> Advice:
    """The advice on the decision, of the handler or of the panel, with its reasons; the amount advised stands apart from what was asked
    and what is awarded. Raises NotAllowed, NotNow while an assessor still has to score, NotValid."""
    found = find(application)
    begin(actor, "advise-application", found)
    demand_revision(found, revision)
    if source not in (HANDLER, PANEL):
        raise NotValid(_("Kies van wie het advies is."), code="unknown-source")
    rules = rules_for(found)
    if needed(rules) and not all_in(found, rules):
        raise NotNow(_("Nog niet alle beoordelingen zijn binnen. Adviseer daarna."), code="not-scored")
    person = known_person(actor.id)
    name = str(_("Adviescommissie")) if source == PANEL else (person.name if person else actor.kind)
    advice = _advice(actor, found, source, name, outcome, amount, motivation)
    finish(actor, "advise-application", found, facts={"advice": advice.public_id, "amount": amount.cents}, advised=amount.cents)
    return advice


def _advice(actor: Actor, found: Application, source: str, name: str, outcome: str, amount: Money, motivation: str) -> Advice:
    if outcome not in dict(OUTCOMES) or not motivation.strip():
        raise NotValid(_("Kies een uitkomst en schrijf op waarom."), code="no-motivation")
    if not 0 <= amount.cents <= found.asked or (outcome == "refuse") != (amount.cents == 0):
        text = _("Het bedrag past niet bij de uitkomst. Gevraagd is {asked}.").format(asked=found.asked_money.dutch())
        raise NotValid(text, code="amount")
    return Advice.objects.create(
        application=found,
        source=source,
        by=actor.id or actor.kind,
        name=name[:80],
        outcome=outcome,
        amount=amount.cents,
        motivation=motivation.strip(),
    )
