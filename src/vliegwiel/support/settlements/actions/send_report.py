"""Account for a grant: write, send, type in what came on paper, check what was drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.questions.public import kept, missing
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.grants.public import budget_of, move_on
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.forms import empty_costs, hash_of, questions_of
from vliegwiel.support.settlements.models import Report, ReportKind
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.rules import costs_problems


@dataclass(frozen=True)
class Costs:
    """What it cost, in cents: per row of the plan (None: left empty), all of it together as the recipient says, and what others paid."""

    actual: tuple[int | None, ...]
    total: int | None
    others: int = 0


@trail.recorded("write-report", kind="application", about=named("application"))
@transaction.atomic
def save_report(*, actor: Actor, application: str, kind: str, answers: Mapping[str, Any], costs: Costs | None = None) -> Report:
    """Keep a report that is not finished, to go on later. Raises NotAllowed, NotNow, and NotValid for a kind that is not asked."""
    file = GrantFile(application)
    begin(actor, "write-report", file)
    report = _filled(file, kind, answers, costs)
    report.save()
    move_on(actor, "write-report", file.name, facts={"report": report.public_id, "kind": report.kind})
    return report


@trail.recorded("report-on-grant", kind="application", about=named("application"))
def send_report(*, actor: Actor, application: str, kind: str, answers: Mapping[str, Any], costs: Costs | None = None) -> Report:
    """Send a report (*verantwoording*, Awb 4:44, 4:45). From then on it is fixed. A message about progress changes nothing; the account
    itself ends the running of the grant.

    Raises NotAllowed, NotNow, NotValid with one line per thing that lacks or does not add up.
    """
    move = "report-progress" if kind == ReportKind.PROGRESS else "report-on-grant"
    return _send(actor, application, kind, answers, costs, move, clock.today())


@trail.recorded("enter-report", kind="application", about=named("application"))
def enter_report(
    *, actor: Actor, application: str, answers: Mapping[str, Any], costs: Costs | None = None, received_on: date
) -> Report:
    """Type in an account that came on paper, at the desk or by phone: the same in every respect (Awb 2:13), with its date stamp.

    Raises NotAllowed, NotNow, NotValid.
    """
    if received_on > clock.today():
        raise NotValid(_("De datumstempel ligt in de toekomst."), code="later")
    file = GrantFile(application)
    begin(actor, "enter-report", file)
    kind = file.report_kind
    if kind is None:
        raise NotNow(_("Voor deze subsidie hoeft niets te worden gestuurd."), code="not-asked")
    return _send(actor, application, kind.value, answers, costs, "enter-report", received_on)


@trail.recorded("check-report", kind="application", about=named("application"))
@transaction.atomic
def check_report(*, actor: Actor, application: str, good: bool, finding: str) -> Report:
    """Say what a check of a drawn report showed. Raises NotAllowed, NotFound, NotNow when it was not drawn, NotValid without a finding."""
    file = GrantFile(application)
    begin(actor, "check-report", file)
    report = file.report
    if report is None:
        raise NotFound(_("Er is nog geen verantwoording."))
    if not finding.strip():
        raise NotValid(_("Schrijf op wat u zag, ook als alles klopt."), code="no-finding")
    waits = Report.objects.filter(pk=report.pk, draw__isnull=False, checked_on=None)
    change = {"checked_on": clock.today(), "checked_by": actor.id, "good": good, "finding": finding.strip()}
    if not waits.update(**change):
        raise NotNow(_("Deze verantwoording zit niet in een steekproef, of is al bekeken."), code="not-drawn")
    move_on(actor, "check-report", file.name, facts={"report": report.public_id, "good": good})
    report.refresh_from_db()
    return report


def _send(
    actor: Actor,
    application: str,
    kind: str,
    answers: Mapping[str, Any],
    costs: Costs | None,
    move: str,
    received_on: date,
) -> Report:
    file = GrantFile(application)
    begin(actor, move, file)
    report = _filled(file, kind, answers, costs)
    lacks = problems(report, costs)
    if lacks:
        raise NotValid(_("Uw verslag is nog niet compleet."), code="not-complete", details=tuple(lacks))
    with transaction.atomic():
        report.sent_on, report.sent_by = received_on, actor.id
        report.on_paper = move == "enter-report"
        report.content_hash = hash_of(report)
        report.save()
        facts = {"report": report.public_id, "kind": report.kind, "hash": report.content_hash}
        move_on(actor, move, file.name, facts=facts)
        _confirm(file, report)
    return report


def problems(report: Report, costs: Costs | None) -> list[str]:
    """What still lacks in a report, one Dutch line each."""
    found = [f"{_('Nog niet ingevuld')}: {question.text}" for question in missing(questions_of(report.kind), report.answers)]
    if report.kind == ReportKind.COSTS:
        found += costs_problems([row["actual"] for row in report.costs], costs.total if costs else None, report.others)
    return found


def _filled(file: GrantFile, kind: str, answers: Mapping[str, Any], costs: Costs | None) -> Report:
    """The draft of this kind with these answers, not saved."""
    if kind != ReportKind.PROGRESS and (file.report_kind is None or kind != file.report_kind):
        raise NotValid(_("Dit soort verslag hoort niet bij uw subsidie."), code="other-kind")
    report = Report.objects.filter(application=file.name, kind=kind, sent_on=None).first() or Report(
        application=file.name, number=file.grant.number, decision=file.decision.id, province=file.grant.province, kind=kind
    )
    report.answers = kept(questions_of(kind), dict(answers))
    if kind == ReportKind.COSTS:
        report.costs = empty_costs(budget_of(file.name))
        _take_costs(report.costs, costs)
        report.others = max(costs.others, 0) if costs else 0
    report.changed_at = clock.now()
    return report


def _take_costs(rows: Sequence[dict[str, Any]], costs: Costs | None) -> None:
    for row, cents in zip(rows, costs.actual if costs else (), strict=False):
        if cents is not None and cents < 0:
            raise NotValid(_("Kosten zijn nooit minder dan nul."), code="negative")
        row["actual"] = cents


def _confirm(file: GrantFile, report: Report) -> None:
    for person in file.grant.applicants:
        if known_person(person):
            tell(
                about=file.papers_about,
                moment=f"report-{report.public_id}",
                template="support/settlements/texts/report",
                facts={"grant": file.grant, "report": report},
                province=file.grant.province,
                person=person,
                post=file.grant.post if person == file.grant.applicant else (),
            )
