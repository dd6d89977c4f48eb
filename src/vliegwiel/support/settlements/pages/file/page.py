"""A grant after its decision, at work: money, account, decisions and claims, each with what can be done now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.design.money_lines import money_line
from vliegwiel.foundation.papers.public import letters_of, papers_of, preview_of
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import drawn, read, told
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.grants.public import State, budget_of, demand_reading, may_move_on
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.actions.decide_later import may_sign
from vliegwiel.support.settlements.files import GrantFile, due_payments
from vliegwiel.support.settlements.forms import questions_of
from vliegwiel.support.settlements.models import HearingForm, ReportKind, SkipGround
from vliegwiel.support.settlements.pages.file.acts import ACTS
from vliegwiel.support.settlements.proposals import STATES, letter_of, parts_of
from vliegwiel.support.settlements.rules import GROUNDS

_FOLDER = "support/settlements/pages/file"
Part = Callable[[Actor, GrantFile, HttpRequest], dict[str, Any]]


def file_page(request: HttpRequest, number: str, part: str = "geld") -> HttpResponse:
    """`/werk/vaststellingen/<nummer>/<deel>`: one part; a form on it does one act and comes back here."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    grant = demand_reading(actor, number)
    if part not in PARTS:
        raise NotFound(gettext("Dit deel van het dossier bestaat niet."))
    if actor.id in grant.applicants or not _at_work(actor, grant.id):
        raise NotAllowed(gettext("Deze pagina is voor wie bij de provincie betaalt, vaststelt of tekent."), code="not-at-work")
    file = GrantFile(grant.id)
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(gettext("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, file, request.POST)
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect("settlement_part", number=file.grant.number, part=part)
        file = GrantFile(grant.id)
    name, context_of = PARTS[part]
    context = {
        **_frame(actor, file, part),
        **context_of(actor, file, request),
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "part_name": name,
    }
    return render(request, f"{_FOLDER}/{_TEMPLATES[part]}.html", context, status=400 if wrong else 200)


_MOVES = (
    "order-payment",
    "suspend-payment",
    "judge-proof",
    "enter-report",
    "check-report",
    "tell-intention",
    "propose-later-decision",
    "collect-money",
    "decide-change",
    "return-later-decision",
)


def _at_work(actor: Actor, name: str) -> bool:
    return any(may_move_on(actor, key, name) for key in ("order-payment", "return-later-decision"))


def _frame(actor: Actor, file: GrantFile, part: str) -> dict[str, Any]:
    """What stands around every part."""
    net = file.money.paid - file.money.returned
    rest = file.money.committed
    line = money_line(
        gettext("Verleend"),
        file.decision.awarded,
        ("used", gettext("Betaald"), net),
        ("reserved", gettext("Nog vastgelegd"), rest),
    )
    return {
        "file": file,
        "grant": file.grant,
        "line": line,
        "net": net,
        "can": {key for key in _MOVES if may_move_on(actor, key, file.name)},
        "parts": [(key, name, key == part) for key, (name, _context) in PARTS.items()],
        "made_up": file.grant.made_up,
    }


def _money(_actor: Actor, file: GrantFile, _request: HttpRequest) -> dict[str, Any]:
    return {
        "due": due_payments(file),
        "payments": file.payments,
        "account_problem": file.account_problem,
        "may_pay": file.grant.state in (State.GRANTED, State.REPORTED, State.DETERMINED),
    }


def _account(_actor: Actor, file: GrantFile, request: HttpRequest) -> dict[str, Any]:
    kind = file.report_kind
    asked = questions_of(kind) if kind else ()
    typed = request.POST.get("doe") == "verslag"
    fields = drawn(asked, {}, reading=read(asked, request.POST) if typed else None)
    return {
        "said": [(report, told(questions_of(report.kind), report.answers), report.rows) for report in reversed(file.reports)],
        "costs_kind": ReportKind.COSTS,
        "duties": [(duty, file.proofs.get(duty.id)) for duty in file.duties],
        "papers": papers_of(file.papers_about),
        "fields": fields,
        "cost_rows": list(enumerate(budget_of(file.name), start=1)) if kind == ReportKind.COSTS else [],
        "may_enter": file.grant.state is State.GRANTED and kind is not None,
    }


def _decision(actor: Actor, file: GrantFile, _request: HttpRequest) -> dict[str, Any]:
    waiting = file.waiting
    acts = [act for act, states in STATES.items() if file.grant.state in states]
    context: dict[str, Any] = {
        "waiting": waiting,
        "grounds": [ground for ground in GROUNDS.values() if ground.act in acts and _fits(file, ground.key)],
        "hearing_forms": HearingForm.choices,
        "skip_grounds": SkipGround.choices,
        "taken": list(reversed(file.taken)),
        "returned": [item for item in reversed(file.laters) if item.returned_at],
        "letters": {letter.id: letter for letter in letters_of(file.about)},
        "may_decide": bool(acts),
        "recovers": file.grant.state in (State.DETERMINED, State.WITHDRAWN) and bool(file.undue.cents),
    }
    if waiting is not None:
        name = waiting.proposed_name
        try:
            signer = may_sign(actor, file, waiting)
            context["signer"], name = signer, signer.name
        except (NotAllowed, NotNow) as refusal:
            context["no_signer"] = refusal.message
        context["letter"] = preview_of(province=file.grant.province, draft=letter_of(file, waiting, name=name))
        context["free"], context["rest"], context["back"] = parts_of(file, waiting)
    return context


def _fits(file: GrantFile, key: str) -> bool:
    """Whether a ground can come up now: costs only with a report of costs, recovery only when too much was paid."""
    if key == "actual-costs":
        return file.report is not None and file.report.kind == ReportKind.COSTS
    if key == "follow-funder":
        return bool(file.rules.follow_funder)
    return key != "undue" or bool(file.undue.cents)


def _claims(actor: Actor, file: GrantFile, _request: HttpRequest) -> dict[str, Any]:
    rows = [(claim, standing(claim) if claim.due_on else None, list(claim.steps.all())) for claim in file.claims]
    return {"rows": rows}


PARTS: dict[str, tuple[Promise, Part]] = {
    "geld": (_("Geld"), _money),
    "verslag": (_("Verslag en verplichtingen"), _account),
    "besluit": (_("Besluit"), _decision),
    "vordering": (_("Terugvordering"), _claims),
}
_TEMPLATES = {"geld": "money", "verslag": "account", "besluit": "decision", "vordering": "claims"}
