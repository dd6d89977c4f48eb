"""Take over a grant that was given before this installation was there (*lopende subsidie*): decided long ago, paid in part."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import commit, pay
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import decisions
from vliegwiel.support.grants.actions.make_known import make_known
from vliegwiel.support.grants.actions.register_direct import Recipient
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.application import ApplicantKind, Channel
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.numbers import next_number
from vliegwiel.support.grants.regulation import rules_for, version_why
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.schemes.public import direct_rules


@dataclass(frozen=True)
class Former:
    """A grant as the former administration knows it: its number there, what was granted and paid, on which day, and until when it runs.

    `line` is the public id of its budget line; `ceiling` that of the ceiling on that line under which it counts, empty without one.
    `scheme` is key and title of our scheme that goes on with it, so that it counts as a year there (Awb 4:51).
    """

    number: str
    title: str
    line: str
    awarded: Money
    paid: Money
    decided_on: date
    ends: date | None = None
    ceiling: str = ""
    scheme: tuple[str, str] | None = None


@trail.recorded("take-over-grant", kind="application")
def take_over_grant(*, actor: Actor, province: str, recipient: Recipient, former: Former) -> Application:
    """A file that is granted already, in the caller's transaction: committed on its budget line today, what was paid booked as paid, and in
    the register on the day of the former decision. No letter goes out.

    Raises NotAllowed, NotFound for the line, NotNow without rules in force or when the line has too little credit.
    """
    demand(actor, "decide-applications", Subject(province=province))
    facts = direct_rules(province)
    if facts is None:
        raise NotNow(_("Zet eerst de regels voor subsidies zonder regeling in werking."), code="no-rules")
    today = clock.today()
    made = Application.objects.create(
        number=next_number(today.year),
        state=State.GRANTED.value,
        province=province,
        municipality=recipient.municipality,
        scheme=facts.scheme,
        scheme_title=former.scheme[1] if former.scheme else facts.scheme_title,
        goes_on_under=former.scheme[0] if former.scheme else "",
        version=facts.version,
        regulation_hash=facts.regulation_hash,
        applicant_kind=ApplicantKind.ORGANISATION,
        applicant_name=recipient.name.strip()[:120],
        address=f"{recipient.street.strip()}\n{recipient.place.strip()}"[:200],
        kvk=recipient.kvk,
        account=recipient.account.replace(" ", "").upper(),
        account_name=recipient.name.strip()[:70],
        channel=Channel.OWN,
        entered_by=actor.id,
        title=former.title.strip()[:120],
        asked=former.awarded.cents,
        awarded=former.awarded.cents,
        line="" if former.ceiling else former.line,
        ceiling=former.ceiling,
        received_at=clock.now(),
        received_on=former.decided_on,
        complete_on=former.decided_on,
        decided_on=former.decided_on,
        made_up=bool(settings.VLIEGWIEL_DEMO or facts.made_up),
    )
    decision = _decision(actor, made, former)
    about, key = reference(made), decision.public_id
    commit(
        actor=actor,
        line=made.line,
        ceiling=former.ceiling,
        amount=former.awarded,
        about=about,
        received_on=former.decided_on,
        key=key,
    )
    if former.paid.cents:
        pay(actor=actor, about=about, amount=former.paid, key=f"{key}-p", on=today)
    make_known(actor=actor, decision=decision, sent_on=former.decided_on)
    trail.record(
        actor=actor,
        action="take-over-grant",
        subject=about,
        facts={"amount": former.awarded.cents, "paid": former.paid.cents, "line": former.line},
        province=province,
    )
    return made


def _decision(actor: Actor, made: Application, former: Former) -> Decision:
    text = _("Overgenomen uit de vorige administratie, nummer {number}.").format(number=former.number)
    decision = Decision(
        application=made,
        kind=DecisionKind.GRANT,
        asked=made.asked,
        awarded=made.asked,
        summary=text,
        motivation=text,
        public_title=made.title,
        activity_ends=former.ends,
        version=made.version,
        version_why=version_why(rules_for(made)),
        proposed_by=actor.id or actor.kind,
        taken_at=datetime.combine(former.decided_on, time(12), clock.AMSTERDAM),
        taken_by=actor.id or actor.kind,
        came_from=State.COMPLETE.value,
    )
    decision.save()
    decision.content_hash = decisions.hash_of(decision)
    decision.save(update_fields=["content_hash"])
    return decision
