"""What this room hands to shared places: who may read its papers, how the ledger calls its files, and reminders of what an applicant still
has to do."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.budgets.public import FileNames, NamedFile
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.papers.public import BatchPurpose, PaperAccess, PreparedLetter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.actions.discard_application import draft_term
from vliegwiel.support.grants.actions.propose_decision import named_decision
from vliegwiel.support.grants.actions.run_decisions import PURPOSE
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.lifecycle import MOVES, UNSENT, State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.standing import attaching, may_move, may_read, names_of_files, reference
from vliegwiel.support.grants.terms import events_of, open_request
from vliegwiel.support.schemes.public import calls_in

_WEEK = timedelta(days=7)


def _read(actor: Actor, record: str) -> Verdict:
    found = Application.objects.filter(public_id=record).first()
    return may_read(actor, found) if found else _gone()


def _add(actor: Actor, record: str) -> Verdict:
    """The applicant's side while it fills in or completes; afterwards who works on it (letters, minutes)."""
    found = Application.objects.filter(public_id=record).first()
    if found is None:
        return _gone()
    key = attaching(actor, found)
    moving = may_move(actor, key, found)
    if moving and found.stands in MOVES[key].sources:
        return moving
    own = may_move(actor, "attach-document", found)
    if own or (found.stands in UNSENT and found.channel == Channel.WEB):
        return Verdict.no(Reason("state", "U kunt nu geen stukken toevoegen. Stuur een bericht als er iets is veranderd."))
    return may_read(actor, found)


def _gone() -> Verdict:
    return Verdict.no(Reason("not-found", "Deze aanvraag kennen we niet."))


PAPERS = [PaperAccess("application", _read, _add)]


def _people(application: Application) -> list[str]:
    along = [row.person for row in application.participants.all() if row.person]
    return [person for person in (application.applicant, *along) if person]


def _closing(since: date, until: date) -> Iterator[Due]:
    """A week before a call closes, for who has a draft."""
    provinces = Application.objects.filter(state__in=UNSENT).values_list("province", flat=True).distinct()
    closing = {
        call.id: call
        for province in provinces
        for call in calls_in(province)
        if since <= clock.legal_date(call.closes_at) - _WEEK <= until
    }
    for found in Application.objects.filter(state__in=UNSENT, call__in=closing).prefetch_related("participants"):
        last = closing[found.call].closes_at
        for person in _people(found):
            yield Due(
                reference(found),
                found.province,
                "closing",
                clock.legal_date(last) - _WEEK,
                person=person,
                facts={"application": found, "closes": day(last, "week")},
            )


def _completion(since: date, until: date) -> Iterator[Due]:
    """Three days before the time to complete is over."""
    for found in Application.objects.filter(state=State.INCOMPLETE).prefetch_related("participants"):
        asked = open_request(events_of(found))
        if asked is None or asked.until is None or not since <= asked.until - timedelta(days=3) <= until:
            continue
        for person in _people(found):
            yield Due(
                reference(found),
                found.province,
                f"complete-{asked.until.isoformat()}",
                asked.until - timedelta(days=3),
                person=person,
                facts={"application": found, "until": day(asked.until, "week")},
            )


def _abandoned(since: date, until: date) -> Iterator[Due]:
    """Some time before a draft is thrown away."""
    term = draft_term()
    first = datetime.combine(since - term.kept + term.warned, time(), clock.AMSTERDAM)
    last = datetime.combine(until - term.kept + term.warned + timedelta(days=1), time(), clock.AMSTERDAM)
    old = Application.objects.filter(state__in=UNSENT, channel=Channel.WEB, changed_at__gte=first, changed_at__lt=last)
    for found in old:
        gone = clock.legal_date(found.changed_at + term.kept)
        yield Due(
            reference(found),
            found.province,
            f"abandoned-{gone.isoformat()}",
            gone - term.warned,
            person=found.applicant,
            facts={"application": found, "gone": day(gone, "full")},
        )


REMINDERS = [
    Reminder("draft-closing", "Een concept, een week voordat de regeling sluit", "support/grants/texts/closing", _closing),
    Reminder("completion", "Aanvullen, drie dagen voor de laatste dag", "support/grants/texts/complete", _completion),
    Reminder("draft-abandoned", "Een concept, voordat we het weggooien", "support/grants/texts/abandoned", _abandoned),
]


def _sign_and_send(actor: Actor, about: Reference, letter: PreparedLetter, _person: str) -> str:
    """A letter of a batch of decisions goes: its decision is signed by who released it, by the same action as one alone."""
    waiting = named_decision(about.id)
    return sign_decision(actor=actor, decision=about.id, seen=waiting.content_hash, prepared=letter).letter


def _named(actor: Actor, ids: Collection[str]) -> dict[str, NamedFile]:
    """The file number, and the file at work for who works on it."""
    found = names_of_files(actor, ids)
    return {key: NamedFile(number, f"/werk/aanvragen/{number}" if shown else "") for key, (number, shown) in found.items()}


def _numbered(number: str) -> list[str]:
    return list(Application.objects.filter(number=number).values_list("public_id", flat=True))


BOOKED_FILES = [FileNames("application", _named, _numbered)]
BATCHES = [BatchPurpose(PURPOSE, _("besluiten die bij het versturen worden ondertekend"), _sign_and_send)]
