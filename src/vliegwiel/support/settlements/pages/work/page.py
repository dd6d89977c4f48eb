"""What waits after the decision: to determine, to sign, to answer, to collect, and the samples."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.public import State, running_grants
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.actions.draw_sample import draw_sample
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import ChangeRequest, Claim, Draw, LaterDecision, Proof, Report
from vliegwiel.support.settlements.pages.typed import whole_in

_VERB, _SIGN = "pay-and-settle", "sign-decisions"
_PLACE = Fields(province="province")
_MOST = 50


def work_page(request: HttpRequest) -> HttpResponse:
    """`/werk/vaststellingen`: for who settles everything, for who only signs what waits for a signature."""
    actor = actor_of(request)
    settles = bool(may_somewhere(actor, _VERB))
    demand_somewhere(actor, _VERB if settles or not may_somewhere(actor, _SIGN) else _SIGN)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            draw_sample(
                actor=actor,
                province=actor.province,
                percent=whole_in(request.POST, "percentage"),
                seed=request.POST.get("startwaarde", ""),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect(request.path)
    verb = _VERB if settles else _SIGN
    waiting = LaterDecision.objects.filter(taken_at=None, returned_at=None)
    context: dict[str, Any] = {
        "settles": settles,
        "to_sign": list(may_filter(actor, verb, waiting, _PLACE).order_by("proposed_at")[:_MOST]),
        "wrong": wrong,
        "given": request.POST if wrong else {},
        **(_to_do(actor) if settles else {}),
    }
    return render(request, "support/settlements/pages/work/page.html", context, status=400 if wrong else 200)


def _to_do(actor: Actor) -> dict[str, Any]:
    today = clock.today()
    rows = running_grants(actor, _VERB, (State.REPORTED, State.GRANTED))
    waiting = set(LaterDecision.objects.filter(taken_at=None, returned_at=None).values_list("application", flat=True))
    files = [(row, GrantFile(row.id)) for row in rows[:_MOST] if row.id not in waiting]
    claims = may_filter(actor, _VERB, Claim.objects.filter(closed_on=None), _PLACE).order_by("due_on", "pk")[:_MOST]
    changes = may_filter(actor, _VERB, ChangeRequest.objects.filter(decided_on=None), _PLACE).order_by("due_on")[:_MOST]
    proofs = may_filter(actor, _VERB, Proof.objects.filter(good=None), _PLACE).order_by("pk")[:_MOST]
    drawn = may_filter(actor, _VERB, Report.objects.filter(draw__isnull=False, checked_on=None), _PLACE).order_by("sent_on")
    reports = may_filter(actor, _VERB, Report.objects.filter(kind="completion", sent_on__isnull=False, draw=None), _PLACE)
    return {
        "to_settle": [(row, file, settle_by(file)) for row, file in files if row.state is State.REPORTED],
        "overdue": [(row, file) for row, file in files if row.state is State.GRANTED and is_late(file, today)],
        "running": sum(row.state is State.GRANTED for row in rows),
        "claims": [(claim, standing(claim) if claim.due_on else None, _late(claim, today)) for claim in claims],
        "changes": list(changes),
        "proofs": [(proof, GrantFile(proof.application)) for proof in proofs],
        "drawn": list(drawn[:_MOST]),
        "draws": list(may_filter(actor, _VERB, Draw.objects.all(), _PLACE).order_by("-pk")[:5]),
        "undrawn": reports.count(),
        "suggested": f"{today.year}-{Draw.objects.filter(at__year=today.year).count() + 1}",
    }


def settle_by(file: GrantFile) -> date | None:
    """The last day to determine: so many weeks after the report came in, when the regulation says so."""
    report, rule = file.report, file.arrangement
    if report is None or report.sent_on is None or rule is None or rule.decision_weeks is None:
        return None
    return report.sent_on + timedelta(weeks=rule.decision_weeks)


def is_late(file: GrantFile, today: date) -> bool:
    """Whether an account should have come in."""
    return file.report is None and file.report_by is not None and today > file.report_by


def _late(claim: Claim, today: date) -> str:
    if claim.due_on is None:
        return _("de brief is nog niet op de post")
    return _("te laat") if today > claim.due_on else ""
