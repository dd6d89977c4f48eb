"""What waits after the decision: to determine, to sign, to answer, to collect, and the samples."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.interest import legal_interest
from vliegwiel.foundation.budgets.public import paid_late
from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter, may_somewhere
from vliegwiel.foundation.questions.public import whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.public import State, grants_of, paid_too_late, running_grants
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.actions.draw_sample import draw_sample
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.interest import LEAST_OF_OURS, interest_on
from vliegwiel.support.settlements.many import files_of, owing_files_of
from vliegwiel.support.settlements.models import (
    ChangeRequest,
    Claim,
    Draw,
    InterestCause,
    InterestDecision,
    LaterDecision,
    Proof,
    Report,
)
from vliegwiel.support.settlements.owed import owed_on, total
from vliegwiel.support.settlements.own_debts import own_debts

Row = TypeVar("Row", Claim, ChangeRequest, LaterDecision, Report)
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
        "to_sign": _titled(may_filter(actor, verb, waiting, _PLACE).order_by("proposed_at")[:_MOST]),
        "wrong": wrong,
        "given": request.POST if wrong else {},
        **(_to_do(actor) if settles else {}),
    }
    return render(request, "support/settlements/pages/work/page.html", context, status=400 if wrong else 200)


def _to_do(actor: Actor) -> dict[str, Any]:
    today = clock.today()
    rows = running_grants(actor, _VERB, (State.REPORTED, State.GRANTED))
    waiting = set(LaterDecision.objects.filter(taken_at=None, returned_at=None).values_list("application", flat=True))
    shown = [row for row in rows[:_MOST] if row.id not in waiting]
    claims = may_filter(actor, _VERB, Claim.objects.filter(closed_on=None), _PLACE).order_by("due_on", "pk")[:_MOST]
    changes = may_filter(actor, _VERB, ChangeRequest.objects.filter(decided_on=None), _PLACE).order_by("due_on")[:_MOST]
    proofs = may_filter(actor, _VERB, Proof.objects.filter(good=None), _PLACE).order_by("pk")[:_MOST]
    drawn = may_filter(actor, _VERB, Report.objects.filter(draw__isnull=False, checked_on=None), _PLACE).order_by("sent_on")
    reports = may_filter(actor, _VERB, Report.objects.filter(kind="completion", sent_on__isnull=False, draw=None), _PLACE)
    interest = interest_waits(actor.province)
    known = files_of({*(row.id for row in shown), *(proof.application for proof in proofs)})
    owing_files = owing_files_of(interest)
    files = [(row, known[row.id]) for row in shown if row.id in known]
    owing = [
        (owing_files[name], total(owed)) for name in interest if name in owing_files and (owed := owed_on(owing_files[name]))
    ]
    return {
        "interest": owing[:_MOST],
        "more_interest": len(owing[_MOST:]),
        "to_settle": [(row, file, file.settle_by) for row, file in files if row.state is State.REPORTED],
        "overdue": [(row, file) for row, file in files if row.state is State.GRANTED and is_late(file, today)],
        "running": sum(row.state is State.GRANTED for row in rows),
        "claims": [
            (claim, title, standing(claim) if claim.due_on else None, _late(claim, today))
            for claim, title in _titled(claims.prefetch_related("steps"))
        ],
        "changes": _titled(changes),
        "proofs": [(proof, known[proof.application]) for proof in proofs if proof.application in known],
        "drawn": _titled(drawn[:_MOST]),
        "draws": list(may_filter(actor, _VERB, Draw.objects.all(), _PLACE).order_by("-pk")[:5]),
        "undrawn": reports.count(),
        "suggested": f"{today.year}-{Draw.objects.filter(at__year=today.year).count() + 1}",
    }


def _titled(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """Each row with the title of the plan it is about; the number where it has none."""
    found = list(rows)
    grants = grants_of({row.application for row in found})
    return [(row, grants[row.application].title or row.number) for row in found]


def interest_waits(province: str) -> list[str]:
    """Applications (public ids) for which interest may have to be laid down: a payment came so late that it bears interest that nobody
    decided on, a decision came late, or an objection changed a decision. Those on which nothing was decided yet come first."""
    rates = legal_interest()
    settled = InterestCause.objects.exclude(payment="").values("payment")
    most = max(percent for _day, percent in rates)

    def late(kind: str) -> list[str]:
        return [
            about
            for about, payment in paid_late(province, kind, percent=most, least=LEAST_OF_OURS, settled=settled)
            if payment.paid_on
            if interest_on(payment.amount, payment.due_on, payment.paid_on, rates).cents
        ]

    own = [debts.files(late(debts.kind)).values() for debts in own_debts()]
    redressed = LaterDecision.objects.filter(province=province, replaces__isnull=False).values_list("application", flat=True)
    found = dict.fromkeys([*late("application"), *chain(*own), *paid_too_late(province), *redressed])
    decided = set(InterestDecision.objects.filter(application__in=found).values_list("application", flat=True))
    return sorted(found, key=lambda name: name in decided)


def is_late(file: GrantFile, today: date) -> bool:
    """Whether an account should have come in."""
    return file.report is None and file.report_by is not None and today > file.report_by


def _late(claim: Claim, today: date) -> str:
    if claim.due_on is None:
        return _("de brief is nog niet op de post")
    return _("te laat") if today > claim.due_on else ""
