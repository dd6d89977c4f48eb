"""The file of an objection at work: parts as links, what can be done now, and who did what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.budgets.public import ceiling_of, free_then
from vliegwiel.foundation.papers.public import letters_of, papers_of, preview_of
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.people.public import Subject, actor_of, colleagues, to_sign_in
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.grants.public import ceiling_under, decision_of, grant_of, rules_of
from vliegwiel.support.objections import outcomes
from vliegwiel.support.objections.actions.decide_objection import may_decide
from vliegwiel.support.objections.actions.determine_penalty import demand_penalty, determine_penalty, notice_named
from vliegwiel.support.objections.actions.hear_objection import NOTICE_DAYS, hearing_of
from vliegwiel.support.objections.lifecycle import MOVES, PENDING, moves_from
from vliegwiel.support.objections.models import (
    InadmissibleGround,
    NoPenaltyGround,
    Objection,
    Outcome,
    SkipHearingGround,
)
from vliegwiel.support.objections.pages.mine.status import moments_of
from vliegwiel.support.objections.pages.visitors import readable
from vliegwiel.support.objections.pages.work.acts import ACTS
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.queries import notice_of
from vliegwiel.support.objections.standing import at_work, is_objector, may_move, reference, uninvolved
from vliegwiel.support.objections.terms import REPAIR_WEEKS, may_still_adjourn, open_request, term_of, why_until

_FOLDER = "support/objections/pages/work"
Part = Callable[[Actor, Objection], dict[str, Any]]
#: What is usually missing (Awb 6:5), as the form offers it.
MISSING = (
    "De reden waarom u het niet eens bent met het besluit.",
    "Uw handtekening.",
    "Een machtiging als u voor iemand anders schrijft.",
    "Een kopie van het besluit, of het nummer ervan.",
)


def dossier_page(request: HttpRequest, number: str, part: str = "overzicht") -> HttpResponse:
    """`/werk/bezwaren/<nummer>/<deel>`: one part of the file; a form on it does one act and comes back here."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = readable(actor, number)
    if part not in PARTS:
        raise NotFound(gettext("Dit deel van het dossier bestaat niet."))
    if is_objector(actor, found):
        raise NotAllowed(gettext("Dit dossier is voor wie bij de provincie aan het bezwaar werkt."), code="not-at-work")
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(gettext("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found, request)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("objection_part", number=number, part=part)
        found = readable(actor, number)
    name, context_of = PARTS[part]
    context = {
        **_frame(actor, found, part),
        **context_of(actor, found),
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "typed": {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {},
        "part_name": name,
    }
    return render(request, f"{_FOLDER}/{part}.html", context, status=400 if wrong else 200)


def _frame(actor: Actor, found: Objection, part: str) -> dict[str, Any]:
    """What stands around every part."""
    grant, first = decision_of(found.decision)
    notice = notice_of(found.application, found)
    return {
        "objection": found,
        "grant": grant,
        "first": first,
        "parts": [(key, name, key == part) for key, (name, _part) in PARTS.items()],
        "part": part,
        "left": (found.due_on - clock.today()).days,
        "pending": found.stands in PENDING,
        "asked": open_request(found),
        "can": {move.key for move in moves_from(found.stands) if may_move(actor, move.key, found)},
        "involved": not uninvolved(actor, found),
        "hearing": hearing_of(found),
        "advice": outcomes.advice_of(found),
        "notice": facts_of(notice) if notice else None,
        "actor_id": actor.id,
        "outcome_name": dict(Outcome.choices).get(found.outcome, ""),
        "made_up": found.made_up,
    }


def _people(found: Objection, key: str) -> list[Any]:
    return list(colleagues(MOVES[key].verbs, Subject(province=found.province, municipality=found.municipality)))


def _overview(actor: Actor, found: Objection) -> dict[str, Any]:
    term = term_of(found)
    latest = term.ends + timedelta(days=42)
    return {
        "moments": moments_of(found),
        "term": term.explain(),
        "why_until": why_until(found.announced_on),
        "handlers": [person for person in _people(found, "take-objection") if person.id not in found.involved],
        "may_adjourn": may_still_adjourn(found),
        "latest": latest,
    }


def _grounds(actor: Actor, found: Objection) -> dict[str, Any]:
    return {
        "papers": papers_of(reference(found)),
        "letters": letters_of(grant_of(found.application).about),
        "missing": MISSING,
        "repair_by_iso": (clock.today() + timedelta(weeks=REPAIR_WEEKS)).isoformat(),
    }


def _hearing(actor: Actor, found: Objection) -> dict[str, Any]:
    return {
        "hearings": found.hearings.all(),
        "hearers": _people(found, "report-hearing"),
        "skip_grounds": SkipHearingGround.choices,
        "first_day": clock.today() + timedelta(days=NOTICE_DAYS),
    }


def _advice(actor: Actor, found: Objection) -> dict[str, Any]:
    return {"advices": found.advices.all(), "choices": Outcome.choices}


def _decision(actor: Actor, found: Objection) -> dict[str, Any]:
    waiting = found.decisions.select_related("objection").filter(taken_at=None, returned_at=None).first()
    context: dict[str, Any] = {
        "waiting": waiting,
        "taken": found.decisions.filter(taken_at__isnull=False),
        "returned": found.decisions.filter(returned_at__isnull=False),
        "choices": Outcome.choices,
        "grounds": InadmissibleGround.choices,
        "consent": rules_of(found.application).consent,
        "position": _position(found),
    }
    if waiting is not None:
        try:
            context["signer"] = may_decide(actor, found, waiting)
        except (NotAllowed, NotNow) as refusal:
            context["no_signer"] = refusal.message
        signer = context["signer"].name if "signer" in context else waiting.proposed_name
        context["letter"] = preview_of(province=found.province, draft=outcomes.letter_of(waiting, signer=signer))
    return context


def _position(found: Objection) -> dict[str, Any] | None:
    """How the ceiling stands now, and stood at the first decision: whether the duty to refuse held then (Awb 4:25(3))."""
    grant, first = decision_of(found.decision)
    if first.taken_at is None:
        return None
    under = ceiling_under(found.application)
    if not under:
        return None
    return {"now": ceiling_of(under, grant.received_on), "then": free_then(under, first.taken_at, grant.received_on)}


def _appeal(actor: Actor, found: Objection) -> dict[str, Any]:
    return {"appeals": found.appeals.all(), "decision": found.decisions.filter(taken_at__isnull=False).first()}


def _trail(actor: Actor, found: Objection) -> dict[str, Any]:
    rows = trail.entries(trail.Filter(object=found.public_id))[:200]
    return {"entries": [(entry, str(ACTIONS.get(entry.action, entry.action))) for entry in rows]}


PARTS: dict[str, tuple[Promise, Part]] = {
    "overzicht": (_("Overzicht"), _overview),
    "bezwaar": (_("Bezwaar en stukken"), _grounds),
    "horen": (_("Horen"), _hearing),
    "advies": (_("Commissie"), _advice),
    "besluit": (_("Besluit"), _decision),
    "beroep": (_("Beroep"), _appeal),
    "logboek": (_("Logboek"), _trail),
}


def notice_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/ingebrekestellingen/<nummer>`: what it costs by now, and the decision on it (Awb 4:18)."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = notice_named(number)
    verdict = at_work(
        actor,
        found.province,
        found.municipality,
        grant_of(found.application),
        ("handle-objections", "decide-objections"),
    )
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            ground = request.POST.get("grond", "")
            determine_penalty(actor=actor, notice=found.public_id, ground=ground, why=request.POST.get("waarom", ""))
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("default_notice", number=number)
    facts = facts_of(notice_named(number))
    no_signer = ""
    try:
        demand_penalty(actor, found)
    except NotAllowed as refusal:
        no_signer = refusal.message
    context = {
        "item": facts,
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "grounds": NoPenaltyGround.choices,
        "no_signer": no_signer,
    }
    return render(request, f"{_FOLDER}/notice.html", context, status=400 if wrong else 200)
