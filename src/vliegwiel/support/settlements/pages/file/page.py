"""A grant after its decision, at work: money, account, decisions and claims, each with what can be done now."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.interest import dunning_fee, dunning_fee_since
from vliegwiel.foundation.budgets.public import lines_of_kind, payments_of
from vliegwiel.foundation.design.money_lines import money_line
from vliegwiel.foundation.papers.public import letters_of, papers_of, preview_of
from vliegwiel.foundation.people.public import Dossier, actor_of, of_form, show_dossier
from vliegwiel.foundation.questions.public import drawn, read, told
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import State, budget_of, demand_reading, may_move_on, notes_about
from vliegwiel.support.settlements.actions.ask_report import LEAST
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.actions.decide_later import may_sign
from vliegwiel.support.settlements.actions.determine_interest import BURDENS
from vliegwiel.support.settlements.files import GrantFile, OwingFile, due_payments, owing_file
from vliegwiel.support.settlements.forms import questions_of
from vliegwiel.support.settlements.models import Claim, HearingForm, ReportKind, SkipGround
from vliegwiel.support.settlements.owed import owed_on, total
from vliegwiel.support.settlements.pages.file.acts import ACTS, lay_down_interest
from vliegwiel.support.settlements.proposals import STATES, letter_of, parts_of
from vliegwiel.support.settlements.rules import GROUNDS

_FOLDER = "support/settlements/pages/file"
Part = Callable[[Actor, GrantFile, HttpRequest], dict[str, Any]]


def file_page(request: HttpRequest, number: str, part: str = "geld") -> HttpResponse:
    """`/werk/vaststellingen/<nummer>/<deel>`."""
    actor = actor_of(request)
    if actor.kind == "person" and not isinstance(_opened(actor, number), GrantFile):
        return show_dossier(request, _WITHOUT_GRANT, number, part)
    return show_dossier(request, _DOSSIER, number, part)


def _opened(actor: Actor, number: str) -> OwingFile:
    grant = demand_reading(actor, number)
    if actor.id in grant.applicants or not _at_work(actor, grant.id):
        raise NotAllowed(gettext("Deze pagina is voor wie bij de provincie betaalt, vaststelt of tekent."), code="not-at-work")
    file = owing_file(grant.id)
    if isinstance(file, GrantFile) or file.own_payments:
        return file
    raise NotFound(gettext("Voor deze aanvraag is geen subsidie gegeven, en er is niets anders betaald."))


def _granted(actor: Actor, number: str) -> GrantFile:
    return GrantFile(_opened(actor, number).name)


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
    "tie-instalment",
    "ask-report",
    "determine-interest",
)


def _at_work(actor: Actor, name: str) -> bool:
    return any(may_move_on(actor, key, name) for key in ("order-payment", "return-later-decision"))


def _frame(actor: Actor, file: GrantFile) -> dict[str, Any]:
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
        "notes": notes_about(file.name, for_applicant=False),
        "can": {key for key in _MOVES if may_move_on(actor, key, file.name)},
        "made_up": file.grant.made_up,
    }


def _own(_actor: Actor, file: OwingFile, _request: HttpRequest) -> dict[str, Any]:
    """What we owe beside a grant, with the interest over it."""
    owed = owed_on(file)
    return {
        "own_payments": file.own_payments,
        "owed": owed,
        "owed_total": total(owed),
        "interest": [(item, payments_of(Reference("interest", item.public_id, "", ""))) for item in file.interest],
        "lines": lines_of_kind(file.grant.province, BURDENS, clock.today()) if owed else [],
    }


def _money(actor: Actor, file: GrantFile, request: HttpRequest) -> dict[str, Any]:
    return {
        **_own(actor, file, request),
        "due": due_payments(file),
        "payments": file.payments,
        "account_problem": file.account_problem,
        "may_pay": file.grant.state in (State.GRANTED, State.REPORTED, State.DETERMINED),
        "open_duties": [duty for duty in file.duties if duty.met_on is None],
    }


def _account(_actor: Actor, file: GrantFile, request: HttpRequest) -> dict[str, Any]:
    kind, last = file.report_kind, file.report_by
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
        "may_ask": file.grant.state is State.GRANTED and kind is not None and (last is None or clock.today() > last),
        "first_day": clock.today() + LEAST,
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
    rows = [(claim, standing(claim) if claim.due_on else None, list(claim.steps.all()), _fee(claim)) for claim in file.claims]
    return {"rows": rows}


def _fee(claim: Claim) -> tuple[Money, date | None] | None:
    """What a reminder would cost (Awb 4:113), and since when when that is of an earlier year than the claim; nothing when it was charged
    before or is not due."""
    if claim.due_on is None or claim.closed_on or any(step.fee for step in claim.steps.all()):
        return None
    since = dunning_fee_since(claim.arose_on)
    return dunning_fee(standing(claim).principal, claim.arose_on), since if since.year < claim.arose_on.year else None


PARTS: dict[str, tuple[Promise, Part]] = {
    "geld": (_("Geld"), _money),
    "verslag": (_("Verslag en verplichtingen"), _account),
    "besluit": (_("Besluit"), _decision),
    "vordering": (_("Terugvordering"), _claims),
}
_TEMPLATES = {"geld": "money", "verslag": "account", "besluit": "decision", "vordering": "claims"}
_DOSSIER = Dossier[GrantFile](
    folder=_FOLDER,
    route="settlement_part",
    opened=_granted,
    number=lambda file: file.grant.number,
    parts=PARTS,
    acts={key: of_form(act) for key, act in ACTS.items()},
    around=_frame,
    templates=_TEMPLATES,
)


def _around_own(actor: Actor, file: OwingFile) -> dict[str, Any]:
    """What stands around what we owe on an application that got no grant."""
    return {
        "file": file,
        "grant": file.grant,
        "notes": notes_about(file.name, for_applicant=False),
        "can": {key for key in ("determine-interest",) if may_move_on(actor, key, file.name)},
        "made_up": file.grant.made_up,
    }


_WITHOUT_GRANT = Dossier[OwingFile](
    folder=_FOLDER,
    route="settlement_part",
    opened=_opened,
    number=lambda file: file.grant.number,
    parts={"geld": (_("Geld"), _own)},
    acts={"rente": of_form(lay_down_interest)},
    around=_around_own,
    templates={"geld": "owing"},
)
