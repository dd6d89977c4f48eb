"""What can be done on an objection at work, from a form: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import date_of, day_in, money_in, money_or_none, revision_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.grants.public import DutyIn, duties_in
from vliegwiel.support.objections.actions.ask_costs import note_costs_request, pay_costs
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome, return_outcome
from vliegwiel.support.objections.actions.handle_objection import (
    adjourn_decision,
    involve_committee,
    judge_lateness,
    note_postponement,
    take_objection,
)
from vliegwiel.support.objections.actions.hear_objection import (
    advise_objection,
    invite_to_hearing,
    report_hearing,
    skip_hearing,
)
from vliegwiel.support.objections.actions.note_appeal import note_appeal, note_ruling
from vliegwiel.support.objections.actions.repair_objection import add_paper, ask_repair, type_in_grounds
from vliegwiel.support.objections.actions.withdraw_objection import note_withdrawal
from vliegwiel.support.objections.costs import ACTS as ACTS_OF_HELP
from vliegwiel.support.objections.costs import NOTHING, OTHERS, Reimbursement
from vliegwiel.support.objections.models import REVISING, Matter, Objection, Remedy
from vliegwiel.support.objections.outcomes import ProposedOutcome

Act = Callable[[Actor, Objection, HttpRequest], object]


def proposal_in(form: QueryDict, found: Objection) -> ProposedOutcome:
    """The decision that the form proposes."""
    outcome, remedy = form.get("uitkomst", ""), form.get("verandert", "") or Remedy.MONEY
    terms = outcome in REVISING and remedy in (Remedy.MONEY, Remedy.TERMS)
    better = form.get("betere-grond", "")
    return ProposedOutcome(
        outcome=outcome,
        summary=form.get("kort", ""),
        motivation=form.get("motivering", ""),
        ground=form.get("grond", ""),
        awarded=money_or_none(form, "bedrag") if outcome in REVISING and remedy == Remedy.MONEY else None,
        at_once=form.get("meteen") == "1",
        deviates=form.get("afwijken", ""),
        consent_weighed=form.get("instemming", ""),
        public_title=form.get("titel", ""),
        activity_ends=date_of(form.get("einde", "")),
        costs=costs_in(form) if found.wants_costs else NOTHING,
        beyond_reason=form.get("voorbij-reden", ""),
        beyond_line=form.get("voorbij-post", "").strip(),
        remedy=remedy,
        duties=duties_of(form, found) if terms else None,
        grounds=(better,) if better and remedy == Remedy.REASONS else (),
        pay_by=date_of(form.get("betaaldag", "")) if terms else None,
        line=form.get("post", ""),
    )


def costs_in(form: QueryDict) -> Reimbursement:
    """What the form proposes about the costs of objecting."""
    ours = form.get("kosten-fout", "")
    others = [(kind, money_in(form, f"kosten-{kind}").cents) for kind in OTHERS]
    return Reimbursement(
        ours=ours == "ja" if ours in ("ja", "nee") else None,
        acts=tuple(act for act in ACTS_OF_HELP if form.get(f"kosten-hulp-{act}") == "1"),
        weight=form.get("kosten-gewicht", "") or "average",
        related=form.get("kosten-samenhang") == "1",
        others=tuple((kind, cents) for kind, cents in others if cents),
        provider=form.get("kosten-toevoeging", ""),
        why=form.get("kosten-waarom", ""),
    )


def duties_of(form: QueryDict, found: Objection) -> tuple[DutyIn, ...] | None:
    """The conditions and obligations of the first decision as the form changes them; None when nothing is changed."""
    if found.matter != Matter.AWARD or "plicht-1" not in form:
        return None
    made, first = [], duties_in(found.decision)
    for place, duty in enumerate(first, start=1):
        if form.get(f"plicht-weg-{place}") != "1":
            text = form.get(f"plicht-{place}", duty.text).strip() or duty.text
            made.append(replace(duty, text=text, due_on=date_of(form.get(f"plicht-dag-{place}", ""))))
    return tuple(made) if tuple(made) != first else None


def _take(actor: Actor, found: Objection, request: HttpRequest) -> object:
    return take_objection(actor=actor, objection=found.public_id, person=request.POST.get("wie", ""))


def _judge(actor: Actor, found: Objection, request: HttpRequest) -> object:
    chosen = request.POST.get("verschoonbaar", "")
    if chosen not in ("ja", "nee"):
        raise NotValid(_("Kies of te laat zijn verschoonbaar is."), code="no-choice")
    return judge_lateness(actor=actor, objection=found.public_id, excused=chosen == "ja", why=request.POST.get("waarom", ""))


def _repair(actor: Actor, found: Objection, request: HttpRequest) -> object:
    items = (*request.POST.getlist("wat"), request.POST.get("anders", ""))
    return ask_repair(actor=actor, objection=found.public_id, items=items, until=day_in(request.POST, "dag"))


def _paper(actor: Actor, found: Objection, request: HttpRequest) -> object:
    upload = request.FILES.get("stuk-1")
    if upload is None and not request.POST.get("tekst", "").strip():
        raise NotValid(_("Schrijf op wat er kwam, of kies een bestand."), code="empty")
    if upload is not None:
        add_paper(actor=actor, objection=found.public_id, upload=upload)
    text = request.POST.get("tekst", "")
    return type_in_grounds(actor=actor, objection=found.public_id, text=text) if text.strip() else None


def _invite(actor: Actor, found: Objection, request: HttpRequest) -> object:
    form = request.POST
    return invite_to_hearing(
        actor=actor,
        objection=found.public_id,
        on=day_in(form, "dag"),
        time=form.get("tijd", ""),
        place=form.get("plek", ""),
    )


def _report(actor: Actor, found: Objection, request: HttpRequest) -> object:
    form = request.POST
    return report_hearing(
        actor=actor,
        objection=found.public_id,
        hearers=form.getlist("hoorder"),
        chair=form.get("leiding", ""),
        present=form.get("aanwezig", ""),
        report=form.get("verslag", ""),
        held_on=day_in(form, "dag"),
    )


def _advise(actor: Actor, found: Objection, request: HttpRequest) -> object:
    form = request.POST
    return advise_objection(
        actor=actor,
        objection=found.public_id,
        committee=form.get("commissie", ""),
        chair=form.get("voorzitter", ""),
        members=form.get("leden", ""),
        outcome=form.get("uitkomst", ""),
        text=form.get("advies", ""),
        outside=form.get("van-buiten") == "1",
    )


def _propose(actor: Actor, found: Objection, request: HttpRequest) -> object:
    return propose_outcome(
        actor=actor, objection=found.public_id, proposal=proposal_in(request.POST, found), revision=revision_in(request.POST)
    )


def _ruling(actor: Actor, found: Objection, request: HttpRequest) -> object:
    form, typed = request.POST, request.POST.get("beroep", "")
    return note_ruling(
        actor=actor,
        objection=found.public_id,
        appeal=int(typed) if typed.isdecimal() else 0,
        outcome=form.get("uitspraak", ""),
        ruled_on=day_in(form, "dag"),
    )


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "nemen": _take,
        "te-laat": _judge,
        "herstel": _repair,
        "binnen": _paper,
        "commissie": lambda actor, found, _request: involve_committee(actor=actor, objection=found.public_id),
        "uitnodigen": _invite,
        "niet-horen": lambda actor, found, request: skip_hearing(
            actor=actor,
            objection=found.public_id,
            ground=request.POST.get("grond", ""),
            why=request.POST.get("waarom", ""),
        ),
        "verslag": _report,
        "advies": _advise,
        "verdagen": lambda actor, found, request: adjourn_decision(
            actor=actor,
            objection=found.public_id,
            until=day_in(request.POST, "dag"),
            reason=request.POST.get("reden", ""),
        ),
        "uitstel": lambda actor, found, request: note_postponement(
            actor=actor, objection=found.public_id, until=day_in(request.POST, "dag"), how=request.POST.get("hoe", "")
        ),
        "ingetrokken": lambda actor, found, request: note_withdrawal(
            actor=actor, objection=found.public_id, how=request.POST.get("hoe", "")
        ),
        "voorstellen": _propose,
        "teruggeven": lambda actor, found, request: return_outcome(
            actor=actor, objection=found.public_id, why=request.POST.get("waarom", "")
        ),
        "ondertekenen": lambda actor, found, request: decide_objection(
            actor=actor, objection=found.public_id, seen=request.POST.get("gelezen", "")
        ),
        "beroep": lambda actor, found, request: note_appeal(
            actor=actor,
            objection=found.public_id,
            court=request.POST.get("rechtbank", ""),
            lodged_on=day_in(request.POST, "dag"),
            case_number=request.POST.get("zaaknummer", ""),
        ),
        "uitspraak": _ruling,
        "kosten-vragen": lambda actor, found, request: note_costs_request(
            actor=actor, objection=found.public_id, text=request.POST.get("kosten-tekst", "")
        ),
        "kosten-betalen": lambda actor, found, request: pay_costs(
            actor=actor,
            objection=found.public_id,
            line=request.POST.get("kosten-post", ""),
            account=request.POST.get("kosten-rekening", ""),
        ),
    }
)
