"""A decision is made known by sending its letter: from then on the register knows from which day it is public (Awb 3:41, Woo 3.3a)."""

from datetime import date

from django.db import transaction

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.application import ApplicantKind
from vliegwiel.support.grants.models.decision import AWARDING
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.rules import public_from
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.register.public import ChangeKind, Entered, change, enter


def make_known(*, actor: Actor, decision: Decision, sent_on: date) -> None:
    """The letter of a taken decision went out on this day: keep it, and enter the register, public from the first working day after.

    In the transaction of the act that sends it, or later when it was posted. Harmless when repeated.
    """
    known = Decision.objects.filter(pk=decision.pk, taken_at__isnull=False, sent_on=None)
    register_from = public_from(sent_on, equated_days())
    if not known.update(sent_on=sent_on, register_from=register_from):
        return
    decision.refresh_from_db()
    application = decision.application
    first = _first_award(decision)
    if decision.replaces is not None and decision.kind not in AWARDING:
        pass  # a refusal that stays one, for other reasons, was counted already
    elif first == decision:
        enter(actor=actor, entered=_entered(application, decision, sent_on, register_from))
    else:
        change(
            actor=actor,
            decision=first.public_id,
            kind=ChangeKind.CHANGED,
            amount=decision.awarded_money,
            decided_on=application.decided_on or sent_on,
            public_from=register_from,
            key=decision.public_id,
        )
    trail.record(
        actor=actor,
        action="make-known",
        subject=reference(application),
        facts={"decision": decision.public_id, "sent": sent_on.isoformat(), "register-from": register_from.isoformat()},
        province=application.province,
    )


def make_known_what_was_posted(*, actor: Actor) -> int:
    """Every decision whose letter was posted since it was signed; returns how many. Only the installation does this."""
    if actor.kind != "system":
        raise NotAllowed("Dit gaat vanzelf zodra de brief op de post is.", code="by-the-clock")
    count = 0
    for found in Decision.objects.filter(taken_at__isnull=False, sent_on=None).exclude(letter="").select_related("application"):
        letter = next((item for item in letters_of(reference(found.application)) if item.id == found.letter), None)
        if letter is not None and letter.sent_on is not None:
            with transaction.atomic():
                make_known(actor=actor, decision=found, sent_on=letter.sent_on)
            count += 1
    return count


def _first_award(decision: Decision) -> Decision:
    """The decision with which this grant stands in the register: after an objection a higher amount changes it, it is not a second one."""
    first = decision
    while first.replaces is not None and first.replaces.kind in AWARDING:
        first = first.replaces
    return first


def _entered(application: Application, found: Decision, sent_on: date, register_from: date) -> Entered:
    """The decision as the public reads it: an organisation by name, everyone else as *particulier* (Woo 3.3a)."""
    rules = rules_for(application)
    named_here = application.applicant_kind == ApplicantKind.ORGANISATION
    return Entered(
        province=application.province,
        decision=found.public_id,
        number=application.number or "",
        kind=found.kind,
        scheme=application.scheme,
        scheme_title=application.scheme_title,
        legal_basis=f"{rules.legal_basis}, artikel {rules.amounts_article}" if rules.amounts_article else rules.legal_basis,
        organisation=application.applicant_name if named_here else "",
        organisation_number=application.kvk if named_here else "",
        municipality=application.municipality,
        title=found.public_title,
        conditions="\n".join(duty.text for duty in found.duties.order_by("pk")),
        amount=found.awarded_money,
        decided_on=application.decided_on or sent_on,
        public_from=register_from,
        beyond=found.ledger_ground if found.beyond else "",
        made_up=application.made_up,
    )
