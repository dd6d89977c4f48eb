"""Say that an application is complete, ask the municipality where the scheme wants that, and choose the ceiling it counts on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.consents.public import ask_consent
from vliegwiel.support.grants.actions.ask_completion import SUSPENSION
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.regulation import call_for, rules_for
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named, reference
from vliegwiel.support.grants.terms import due_of, events_of, note, open_request
from vliegwiel.support.schemes.public import silence_of


@trail.recorded("confirm-complete", kind="application", about=named("application"))
@transaction.atomic
def confirm_complete(*, actor: Actor, application: str, revision: int | None = None) -> Application:
    """Everything that is needed is there (Awb 4:2). It was complete on the day of receipt, or of the last completion: that day counts for
    first come, first served. Where the scheme asks the municipality's consent, it is asked now.

    Raises NotAllowed, NotNow, and NotValid while it is not known on which part of the ceiling it counts.
    """
    found = find(application)
    begin(actor, "confirm-complete", found)
    demand_revision(found, revision)
    if not found.ceiling:
        raise NotValid(_("Kies eerst onder welk deel van het plafond deze aanvraag telt."), code="no-ceiling")
    if open_request(events_of(found)) is not None:  # what was asked turned out not to be needed
        note(actor=actor, application=found, kind=ClockKind.COMPLETED, on=clock.today(), article=SUSPENSION)
    day = _complete_on(found)
    finish(actor, "confirm-complete", found, facts={"complete": day.isoformat()}, complete_on=day, due_on=due_of(found))
    if rules_for(found).consent is not None and found.municipality:
        _ask(actor, found)
    return found


@trail.recorded("ask-municipality", kind="application", about=named("application"))
@transaction.atomic
def ask_municipality(*, actor: Actor, application: str) -> Application:
    """Ask the municipality of the plan for its consent, as the scheme says; asking again changes nothing. The question has a term of its
    own and never moves the date of the decision. Raises NotAllowed, NotNow, NotValid when the scheme or the plan names none."""
    found = find(application)
    begin(actor, "ask-municipality", found)
    if rules_for(found).consent is None:
        raise NotValid(_("Deze regeling vraagt geen instemming."), code="no-consent")
    if not found.municipality:
        raise NotValid(_("Bij deze aanvraag staat geen gemeente."), code="no-municipality")
    _ask(actor, found)
    return finish(actor, "ask-municipality", found, facts={"municipality": found.municipality})


@trail.recorded("choose-ceiling", kind="application", about=named("application"))
@transaction.atomic
def choose_ceiling(*, actor: Actor, application: str, ceiling: str) -> Application:
    """From now on the application counts on this part (public id) of the ceiling of its call. Raises NotAllowed, NotNow, NotValid."""
    found = find(application)
    begin(actor, "choose-ceiling", found)
    call = call_for(found)
    if ceiling not in (call.ceilings or (call.ceiling,)):
        raise NotValid(_("Dit plafond hoort niet bij deze openstelling."), code="other-ceiling")
    return finish(actor, "choose-ceiling", found, facts={"ceiling": ceiling}, ceiling=ceiling)


def _complete_on(found: Application) -> date:
    completed = [event.on for event in events_of(found) if event.kind == ClockKind.COMPLETED]
    day = max(completed, default=found.received_on)
    if day is None:
        raise NotNow(_("Deze aanvraag is nog niet ontvangen."), code="state")
    return day


def _ask(actor: Actor, found: Application) -> None:
    rules = rules_for(found)
    consent = rules.consent
    if consent is None:
        return
    summary = _("{who} vraagt {amount} voor {title}, volgens {scheme}.").format(
        who=found.applicant_name or _("Een inwoner"),
        amount=found.asked_money.dutch(cents=False),
        title=found.title,
        scheme=found.scheme_title,
    )
    ask_consent(
        actor=actor,
        about=reference(found),
        province=found.province,
        municipality=found.municipality,
        summary=summary,
        term_weeks=consent.term_weeks,
        silence=silence_of(consent),
        refuses=consent.refuses,
        term_source=rules.term.source,
        number=found.number or "",
    )
