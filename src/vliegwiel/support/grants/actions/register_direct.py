"""Register a grant that nobody applied for (*ambtshalve*): it rests on no scheme but on a ground of Awb 4:23(3)."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ApplicantKind, Channel, ClockKind
from vliegwiel.support.grants.numbers import next_number
from vliegwiel.support.grants.rules import account_problem
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.grants.terms import due_of, note
from vliegwiel.support.schemes.public import direct_rules


@dataclass(frozen=True)
class Recipient:
    """Who gets a grant without having applied: an organisation with its address, and its account when that is known."""

    name: str
    street: str
    place: str
    organisation: str = ""
    kvk: str = ""
    municipality: str = ""
    account: str = ""
    account_name: str = ""


@trail.recorded("register-direct", kind="application")
@transaction.atomic
def register_direct(*, actor: Actor, province: str, line: str, recipient: Recipient, title: str, amount: Money) -> Application:
    """A file of its own for a grant that rests on no scheme: complete from the start, on a budget line (public id), decided like any other.

    What is "asked" is what is intended, so that nobody gets more than was prepared. Raises NotAllowed, NotFound for the line, NotNow when
    the province has no rules for such grants in force, NotValid.
    """
    demand(actor, "decide-applications", Subject(province=province, municipality=recipient.municipality))
    facts = direct_rules(province)
    if facts is None:
        text = _("Zet eerst de regels voor subsidies zonder regeling in werking, met als voorbeeld ‘Subsidies zonder regeling’.")
        raise NotNow(text, code="no-rules")
    position(line, clock.today())
    problems = [_("Vul de naam van de ontvanger in.")] if not recipient.name.strip() else []
    problems += (
        [] if recipient.street.strip() and recipient.place.strip() else [_("Vul het adres in. Het besluit gaat per post.")]
    )
    problems += [] if title.strip() else [_("Vul in waarvoor de subsidie is.")]
    problems += [] if amount.cents > 0 else [_("Vul een bedrag in.")]
    if recipient.account and (wrong := account_problem(recipient.account)):
        problems.append(wrong)
    if problems:
        raise NotValid(_("Deze subsidie is nog niet compleet."), code="not-complete", details=tuple(problems))
    today, term = clock.today(), facts.rules.term
    made = Application.objects.create(
        number=next_number(today.year),
        state=State.COMPLETE.value,
        province=province,
        municipality=recipient.municipality,
        call="",
        scheme=facts.scheme,
        scheme_title=facts.scheme_title,
        version=facts.version,
        regulation_hash=facts.regulation_hash,
        organisation=recipient.organisation,
        applicant_kind=ApplicantKind.ORGANISATION,
        applicant_name=recipient.name.strip()[:120],
        address=f"{recipient.street.strip()}\n{recipient.place.strip()}"[:200],
        kvk=recipient.kvk,
        account=recipient.account.replace(" ", "").upper(),
        account_name=(recipient.account_name or recipient.name).strip()[:70],
        channel=Channel.OWN,
        entered_by=actor.id,
        title=title.strip()[:120],
        asked=amount.cents,
        line=line,
        received_at=clock.now(),
        received_on=today,
        complete_on=today,
        made_up=bool(settings.VLIEGWIEL_DEMO or facts.made_up),
    )
    counted = {"weeks": term.weeks, "source": term.source, "like_act": term.like_act, "from_closing": False}
    note(actor=actor, application=made, kind=ClockKind.START, on=today, article=term.article, facts=counted)
    made.due_on = due_of(made)
    made.save(update_fields=["due_on"])
    trail.record(
        actor=actor,
        action="register-direct",
        subject=reference(made),
        facts={"amount": amount.cents, "line": line},
        province=province,
    )
    return made
