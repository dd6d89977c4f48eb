"""The file of a question at work, in three small parts: what was said, the support case, who is on it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.people.public import Subject, actor_of, colleagues, to_sign_in
from vliegwiel.foundation.questions.public import inclusion_part, revision_in
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.desk import clocks, consent, telling
from vliegwiel.support.desk.around import links_for
from vliegwiel.support.desk.lifecycle import ADVICE_MOVES, ADVICE_NAMES, MOVES, CaseState, Side, State
from vliegwiel.support.desk.models import CaseOutcome, Enquiry, FileRole, Look, Rating, SupportCase, Voice
from vliegwiel.support.desk.pages import choices
from vliegwiel.support.desk.pages.work.acts import ACTS
from vliegwiel.support.desk.standing import case_of, demand_unchanged, find, is_resident, may_move, may_read, may_work
from vliegwiel.support.experts.public import languages, requests_about, skills
from vliegwiel.support.grants.public import grants_of
from vliegwiel.support.schemes.public import offers

_FOLDER = "support/desk/pages/work"
Part = Callable[[Actor, Enquiry, SupportCase | None], dict[str, Any]]


def file_page(request: HttpRequest, number: str, part: str = "gesprek") -> HttpResponse:
    """`/werk/loket/<nummer>/<deel>`: a form on it does one act and comes back here."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = find(number)
    verdict = may_read(actor, found)
    if not verdict or (is_resident(actor, found) and not may_work(actor, found)):
        raise NotAllowed(verdict.reasons[0].text if not verdict else gettext("Dit dossier is voor wie aan het loket werkt."))
    if part not in PARTS:
        raise NotFound(gettext("Dit deel van het dossier bestaat niet."))
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(gettext("Kies wat u wilt doen."), code="no-act")
        try:
            demand_unchanged(found, revision_in(request.POST))
            act(actor, found, request)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            if may_read(actor, find(number)):
                return redirect("desk_file_part", number=number, part=part)
            return redirect("desk_inbox")
        found = find(number)
    case = case_of(found)
    name, context_of = PARTS[part]
    typed = {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {}
    context = {
        **_frame(actor, found, case, part),
        **context_of(actor, found, case),
        "wrong": wrong,
        "typed": typed,
        "part_name": name,
    }
    if wrong and request.POST["doe"] == "meedoen":
        context["inclusion"] = inclusion_part(found.inclusion, typed=request.POST)
    return render(request, f"{_FOLDER}/{part}.html", context, status=400 if wrong else 200)


def _frame(actor: Actor, found: Enquiry, case: SupportCase | None, part: str) -> dict[str, Any]:
    """What stands around every part. Who only looks along sees no notes and no contact details."""
    today, works = clock.today(), bool(may_work(actor, found))
    return {
        "enquiry": found,
        "case": case,
        "parts": [(key, name, key == part) for key, (name, _part) in PARTS.items()],
        "works": works,
        "can": _can(actor, found, case) if works else set(),
        "promised": found.stands is State.RECEIVED,
        "left": (found.promised_on - today).days,
        "kind_name": choices.kind_name(found.kind),
        "theme_name": choices.theme_name(found.theme),
        "reachable": telling.reachable(found),
        "links": links_for(actor, found.kind, file=found.public_id, works=works),
        "members": list(found.members.filter(until=None)),
        "inclusion": inclusion_part(found.inclusion),
    }


def _can(actor: Actor, found: Enquiry, case: SupportCase | None) -> set[str]:
    """The moves that this person can make now, for the forms that are shown."""
    open_now = [
        key
        for key, move in MOVES.items()
        if move.side is Side.ADVISER
        and found.stands in move.sources
        and (not move.cases or (case is not None and case.stands in move.cases))
    ]
    return {key for key in open_now if may_move(actor, key, found)}


def _talk(actor: Actor, found: Enquiry, case: SupportCase | None) -> dict[str, Any]:
    works = bool(may_work(actor, found))
    everyone = colleagues(["do-casework"], Subject(province=found.province, municipality=found.municipality))
    readers = [found.organisation_name or gettext("alle organisaties van het loket")]
    readers += [member.organisation_name for member in found.members.filter(until=None, role=FileRole.ADVISER)]
    return {
        "messages": [item for item in found.messages.all() if works or item.voice != Voice.NOTE],
        "why": clocks.promise_for(found).why,
        "advisers": sorted(
            (item for item in everyone if item.id != found.adviser),
            key=lambda item: (item.organisation != actor.organisation, item.organisation_name, item.name),
        ),
        "readers": readers,
        "themes": choices.themes(),
        "kinds": choices.kinds(),
    }


def _support(actor: Actor, found: Enquiry, case: SupportCase | None) -> dict[str, Any]:
    if case is None:
        return {"shadow": desk().shadow, "consent_rule": desk().consent[consent.CASE], "today": clock.today()}
    advices = list(case.advices.all())
    begun = grants_of([item.application for item in advices if item.application]) if case.share_state else {}
    asked_experts = requests_about("support-case", case.public_id)
    by_id = {item.id: item for item in asked_experts}
    entries = list(case.hours.select_related("corrected_by"))
    return {
        "goals": list(case.goals.all()),
        "advices": [
            (
                item,
                [(state.value, ADVICE_NAMES[state]) for state in sorted(ADVICE_MOVES[item.stands])],
                begun.get(item.application),
                by_id.get(item.expert_request),
            )
            for item in advices
        ],
        "experts": asked_experts,
        "without_expert": [item for item in advices if not item.expert_request],
        "expert_skills": skills(),
        "expert_languages": languages(),
        "asked": consent.asked(case),
        "may_start": consent.may_start(case) if case.stands is CaseState.OPEN else None,
        "offers": offers(found.province, theme=found.theme),
        "hours": entries,
        "minutes_total": sum(entry.minutes for entry in entries),
        "looks": [(look, look.answered_on is None and look.due_on <= clock.today()) for look in case.looks.all()],
        "shadow": desk().shadow,
        "phases": Look.Phase.choices,
        "outcomes": CaseOutcome.choices,
        "rating": Rating.objects.filter(case=case).first(),
        "rating_questions": desk().satisfaction,
        "today": clock.today(),
    }


def _people(actor: Actor, found: Enquiry, case: SupportCase | None) -> dict[str, Any]:
    where = Subject(province=found.province, municipality=found.municipality)
    others = [item for item in colleagues(["read-shared-files"], where) if item.organisation != found.organisation]
    organisations = sorted({(item.organisation, item.organisation_name) for item in others}, key=lambda pair: pair[1])
    return {
        "others": [
            (organisation, name, [item for item in others if item.organisation == organisation])
            for organisation, name in organisations
        ],
        "roles": FileRole.choices,
        "past": list(found.members.exclude(until=None)),
        "entries": [
            (entry, ACTIONS.get(entry.action, entry.action)) for entry in trail.entries(trail.Filter(object=found.public_id))[:60]
        ]
        if may_work(actor, found)
        else [],
    }


PARTS: dict[str, tuple[Promise, Part]] = {
    "gesprek": (_("Gesprek"), _talk),
    "traject": (_("Traject"), _support),
    "mensen": (_("Wie doet mee"), _people),
}
