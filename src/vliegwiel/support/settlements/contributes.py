"""What this room hands to shared places: who may read its papers, and reminders of what a recipient still has to do."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from vliegwiel.foundation.budgets.public import FileNames, NamedFile
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.papers.public import PaperAccess
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, Refusal
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.public import State, grant_of, may_move_on, may_read_grant, names_of_files, running
from vliegwiel.support.settlements.files import PAPERS as ACCOUNT
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim, InterestDecision

_BEFORE = timedelta(days=14)


def _read(actor: Actor, record: str) -> Verdict:
    try:
        return may_read_grant(actor, record)
    except NotFound:
        return Verdict.no(Reason("not-found", "Deze aanvraag kennen we niet."))


def _add(actor: Actor, record: str) -> Verdict:
    """The recipient while the grant runs, and who settles."""
    try:
        grant = grant_of(record)
    except Refusal:
        return Verdict.no(Reason("not-found", "Deze aanvraag kennen we niet."))
    if grant.state not in (State.GRANTED, State.REPORTED, State.DETERMINED):
        return Verdict.no(Reason("state", "Bij deze aanvraag kunt u nu geen stukken voegen."))
    return may_move_on(actor, "prove-duty", record) or may_move_on(actor, "enter-report", record)


def _interest(actor: Actor, ids: Collection[str]) -> dict[str, NamedFile]:
    """Interest that we owe goes by the number of the application it is about."""
    rows = dict(InterestDecision.objects.filter(public_id__in=ids).values_list("public_id", "application"))
    known = names_of_files(actor, set(rows.values()))
    found = {key: known[application] for key, application in rows.items() if application in known}
    return {key: NamedFile(number, f"/werk/vaststellingen/{number}" if shown else "") for key, (number, shown) in found.items()}


def _interest_numbered(number: str) -> list[str]:
    return list(InterestDecision.objects.filter(number=number).values_list("public_id", flat=True))


BOOKED_FILES = [FileNames("interest", _interest, _interest_numbered)]
PAPERS = [PaperAccess(ACCOUNT, _read, _add)]


def _due(file: GrantFile, moment: str, on: date, **facts: object) -> Iterator[Due]:
    """One message per person of the recipient's side."""
    for person in file.grant.applicants:
        post = file.grant.post if person == file.grant.applicant else ()
        words = {"grant": file.grant, **facts}
        yield Due(file.papers_about, file.grant.province, moment, on, person=person, post=post, facts=words)


def _reports(since: date, until: date) -> Iterator[Due]:
    """Two weeks before the last day to account, and the day after it."""
    for name in running(State.GRANTED):
        file = GrantFile(name)
        last = file.report_by
        if last is None or file.report is not None:
            continue
        for on, late in ((last - _BEFORE, False), (last + timedelta(days=1), True)):
            if since <= on <= until:
                yield from _due(file, f"report-{on.isoformat()}", on, last=day(last, "week"), late=late)


def _duties(since: date, until: date) -> Iterator[Due]:
    """Two weeks before an obligation must have been met."""
    for name in (*running(State.GRANTED), *running(State.REPORTED)):
        file = GrantFile(name)
        for duty in file.duties:
            if duty.met_on is None and duty.due_on is not None and since <= duty.due_on - _BEFORE <= until:
                facts = {"duty": duty, "last": day(duty.due_on, "week")}
                yield from _due(file, f"duty-{duty.id}", duty.due_on - _BEFORE, **facts)


def _claims(since: date, until: date) -> Iterator[Due]:
    """A week before money must have come back."""
    week = timedelta(days=7)
    for claim in Claim.objects.filter(closed_on=None, due_on__range=(since + week, until + week)):
        file = GrantFile(claim.application)
        if claim.due_on is not None:
            facts = {"claim": claim, "last": day(claim.due_on, "week")}
            yield from _due(file, f"claim-{claim.public_id}", claim.due_on - week, **facts)


REMINDERS = [
    Reminder(
        "grant-report", "Verantwoorden, twee weken ervoor en als het te laat is", "support/settlements/texts/account", _reports
    ),
    Reminder("grant-duty", "Een verplichting, twee weken ervoor", "support/settlements/texts/duty", _duties),
    Reminder("grant-claim", "Terugbetalen, een week ervoor", "support/settlements/texts/claim", _claims),
]
