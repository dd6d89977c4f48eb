"""What is done after an act, and what returns by the clock. Every task may run twice and does its work once."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import letters
from vliegwiel.support.grants.actions.ask_completion import lapse_all
from vliegwiel.support.grants.actions.discard_application import discard_abandoned
from vliegwiel.support.grants.actions.make_known import make_known_what_was_posted
from vliegwiel.support.grants.actions.run_decisions import carry_on
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import BudgetSide, Purpose
from vliegwiel.support.grants.standing import reference

_JOB = Actor.system("job")


@task()
def issue_receipt(application: str) -> str:
    """The letter that confirms receipt (Awb 4:3a), with the number and the date; returns its public id."""
    found = Application.objects.get(public_id=application)
    facts: dict[str, letters.Fact] = {"received": found.received_on, "decide_by": found.due_on}
    facts |= {"online": "ja"} if found.applicant else {"noted": noted(Draft(found))}
    return _letter(found, "receipt", facts)


def noted(draft: Draft) -> list[str]:
    """What an officer typed in for somebody else, so that they see whether it was understood."""
    found, costs = draft.application, sum(row.amount.cents for row in draft.rows if row.side == BudgetSide.COST)
    rows = [
        ("Uw plan", found.title),
        ("Wie vraagt", found.applicant_name),
        ("U vraagt", found.asked_money.dutch()),
        ("Het plan kost", Money(costs).dutch() if costs else ""),
        ("Rekening", found.account),
        ("Getekend door", ", ".join(item.name for item in found.signatures.filter(purpose=Purpose.APPLICATION))),
    ]
    return [f"{name}: {value}." for name, value in rows if value]


@task()
def confirm_withdrawal(application: str) -> str:
    """The letter that confirms a withdrawal by the applicant; returns its public id."""
    found = Application.objects.get(public_id=application)
    return _letter(found, "withdrawn", {"withdrawn_on": clock.legal_date(found.changed_at)})


@task()
def discard_old_drafts() -> int:
    """Drafts that nobody touched for the retention term."""
    return discard_abandoned(actor=_JOB)


def _letter(found: Application, kind: str, facts: Mapping[str, letters.Fact]) -> str:
    """Issue a letter of this kind once, and bring it to the applicant."""
    there = next((letter for letter in letters_of(reference(found)) if letter.kind == kind), None)
    if there is not None:
        return there.id
    ready = letters.prepared(
        found, letters.draft_of(found, kind, {"scheme": found.scheme_title, "number": found.number or "", **facts})
    )
    with transaction.atomic():
        return letters.send(_JOB, found, ready).id


@task()
def lapse_completions() -> int:
    """Requests to complete whose time ran out: the term runs again."""
    return lapse_all(actor=_JOB)


@task()
def carry_on_run(run: str) -> int:
    """The rows of a run of decisions that wait."""
    return carry_on(run)


@task()
def make_posted_known() -> int:
    """Decisions whose letter was posted: they enter the register."""
    return make_known_what_was_posted(actor=_JOB)


SCHEDULE = (
    Periodic(discard_old_drafts, timedelta(days=1)),
    Periodic(lapse_completions, timedelta(minutes=30)),
    Periodic(make_posted_known, timedelta(minutes=10)),
)
