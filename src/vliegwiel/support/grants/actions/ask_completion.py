"""Ask the applicant to complete the application: the term stands still until the answer, or until the time for it is over."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import Term
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants import letters
from vliegwiel.support.grants.completion import OTHER, Item, askable, closed_to
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.regulation import call_for, rules_for
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named, reference
from vliegwiel.support.grants.terms import due_of, events_of, note, open_request

SUSPENSION = "4:15, eerste lid, onder a, Awb"


@trail.recorded("ask-completion", kind="application", about=named("application"))
def ask_completion(
    *, actor: Actor, application: str, items: Sequence[str], own: Sequence[Item] = (), revision: int | None = None
) -> Application:
    """Ask for these things (keys of `completion.askable`, and `own` in words) within the time of the regulation (Awb 4:5), by letter.

    The term stops from the day after (Awb 4:15). Raises NotAllowed, NotNow, and NotValid without anything to ask, for an unknown key, or
    after a tender closed for what counts for its scores: nobody may improve a plan that is compared with others.
    """
    found = find(application)
    begin(actor, "ask-completion", found)
    demand_revision(found, revision)
    asked = _chosen(found, items, own)
    if not asked:
        raise NotValid(_("Kies wat de aanvrager moet aanvullen."), code="nothing-asked")
    refused = closed_to(asked, call_for(found))
    if refused:
        text = _("De regeling is gesloten en de aanvragen worden vergeleken. Dit mag u dan niet meer laten aanvullen:")
        raise NotValid(text, code="affects-scores", details=tuple(item.text for item in refused))
    rules, today = rules_for(found), clock.today()
    until = Term(start=today, weeks=rules.completion.weeks, source=rules.term.source, holidays=equated_days()).ends
    facts: dict[str, letters.Fact] = {
        "scheme": found.scheme_title,
        "missing": [item.text for item in asked],
        "answer_by": until,
        "number": found.number or "",
        "basis": f"artikel {rules.completion.article} en artikel 4:15 Awb",
    }
    letter = letters.prepared(found, letters.draft_of(found, "completion-request", facts))
    late = found.due_on is not None and today > found.due_on
    with transaction.atomic():
        issued = letters.send(actor, found, letter)
        note(
            actor=actor,
            application=found,
            kind=ClockKind.ASKED,
            on=today,
            until=until,
            article=SUSPENSION,
            facts={
                "items": [{"key": item.key, "text": item.text, "affects_scores": item.affects_scores} for item in asked],
                "letter": issued.id,
                **({"after_the_end": True} if late else {}),
            },
        )
        return finish(
            actor,
            "ask-completion",
            found,
            facts={"items": len(asked), "until": until.isoformat(), "letter": issued.id},
            due_on=due_of(found),
            complete_on=None,
        )


@trail.recorded("lapse-completion", kind="application", about=named("application"))
@transaction.atomic
def lapse_completion(*, actor: Actor, application: str) -> bool:
    """Record that the time to complete ran out unused: the term runs again from that day (Awb 4:15). Only the installation does this.

    False when it had been recorded, or when it is not over yet. Raises NotFound.
    """
    found = find(application)
    if actor.kind != "system":
        raise NotNow(_("Dit gaat vanzelf op de dag erna."), code="by-the-clock")
    asked = open_request(events_of(found))
    if found.stands is not State.INCOMPLETE or asked is None or asked.until is None or clock.today() <= asked.until:
        return False
    note(actor=actor, application=found, kind=ClockKind.LAPSED, on=asked.until, article=SUSPENSION)
    if not Application.objects.filter(pk=found.pk, revision=found.revision).update(due_on=due_of(found)):
        raise NotNow(_("Iemand anders heeft deze aanvraag net gewijzigd."), code="stale")
    facts = {"until": asked.until.isoformat()}
    trail.record(actor=actor, action="lapse-completion", subject=reference(found), facts=facts, province=found.province)
    return True


def lapse_all(*, actor: Actor) -> int:
    """Every request whose time ran out; returns how many."""
    waiting = Application.objects.filter(state=State.INCOMPLETE).values_list("public_id", flat=True)
    return sum(lapse_completion(actor=actor, application=name) for name in waiting)


def _chosen(application: Application, keys: Sequence[str], own: Sequence[Item]) -> list[Item]:
    known = {item.key: item for item in askable(application)}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise NotValid(_("Dit vraagt de regeling niet. Kies uit de lijst."), code="unknown-item", details=tuple(unknown))
    return [known[key] for key in dict.fromkeys(keys)] + [
        Item(OTHER, item.text.strip()[:300], item.affects_scores) for item in own if item.text.strip()
    ]
