"""The page of a question for who asked it: where it stands and why that day, what was said, advice to answer, and who reads along."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.public import actor_of, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, inclusion_part, revision_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.desk import clocks, consent, links, queries
from vliegwiel.support.desk.actions.give_advice import RESIDENT_STATES, note_seen
from vliegwiel.support.desk.around import links_for
from vliegwiel.support.desk.lifecycle import ADVICE_MOVES, MOVES, AdviceState, CaseState, State
from vliegwiel.support.desk.models import Advice, Enquiry, Look, Rating, SupportCase, Voice
from vliegwiel.support.desk.pages import choices
from vliegwiel.support.desk.pages.follow.acts import ACTS
from vliegwiel.support.desk.standing import case_of, demand_unchanged, find, is_resident
from vliegwiel.support.experts.public import Helped, help_questions, languages, requests_about, skills
from vliegwiel.support.grants.public import grants_of

_FOLDER = "support/desk/pages/follow"


@never_cache
def linked_page(request: HttpRequest, enquiry: str, token: str) -> HttpResponse:
    """`/loket/vragen/<id>/<secret>`: for who has the link; a wrong link is no page, whether the question exists or not."""
    found = Enquiry.objects.filter(public_id=enquiry).first()
    if found is None or not links.fits(found, token):
        raise NotFound(
            _("Deze link klopt niet, of er is een nieuwe. Zoek in uw e-mail de laatste link."),
            nearest=((_("Het loket"), "/loket"),),
        )
    return _page(request, found, token)


@never_cache
def my_page(request: HttpRequest, enquiry: str) -> HttpResponse:
    """`/mijn/vragen/<id>`: the same with an account."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find(enquiry)
    if not is_resident(actor, found):
        raise NotAllowed(_("Dit is de vraag van iemand anders."), code="not-own")
    return _page(request, found, "")


@never_cache
def my_list(request: HttpRequest) -> HttpResponse:
    """`/mijn/vragen`: what one asked."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    return render(request, f"{_FOLDER}/list.html", {"rows": queries.asked_by(actor)[:100]})


def _page(request: HttpRequest, found: Enquiry, link: str) -> HttpResponse:
    actor = actor_of(request)
    problems: list[Problem] = []
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            _demand_unchanged(found, request)
            done = act(actor, found, request, link)
        except NotAllowed:
            if actor.kind == "visitor" and request.POST.get("doe") in ("bewaren", "aanvragen"):
                return to_sign_in(request)
            raise
        except (NotValid, NotNow) as refusal:
            problems.append(Problem(refusal.message, ""))
        else:
            if request.POST.get("doe") == "aanvragen":
                return redirect(f"/mijn/aanvragen/{done}")
            if request.POST.get("doe") == "nieuwe-link" and link:
                if found.person:
                    return redirect("my_enquiry", enquiry=found.public_id)
                return redirect(links.path_of(find(found.public_id)))
            return redirect(request.path)
        found = find(found.public_id)
    case = case_of(found)
    if case is not None and request.method == "GET":
        note_seen(found)
    return render(request, f"{_FOLDER}/page.html", _context(request, found, case, link, problems))


def _demand_unchanged(found: Enquiry, request: HttpRequest) -> None:
    """Forms that write over something carry what was read: when more happened since, say so. What was typed stays. Raises NotNow."""
    try:
        demand_unchanged(found, revision_in(request.POST))
    except NotNow:
        text = _("Er veranderde net iets bij uw vraag. Lees eerst wat erbij kwam. Wat u typte, staat nog in de velden.")
        raise NotNow(text, code="stale") from None


def _thinks(request: HttpRequest) -> bool:
    return request.POST.get("doe") == "meedoen"


def _context(
    request: HttpRequest, found: Enquiry, case: SupportCase | None, link: str, problems: list[Problem]
) -> dict[str, Any]:
    actor, promise = actor_of(request), clocks.promise_for(found)
    advices = list(case.advices.all()) if case else []
    begun = grants_of([item.application for item in advices if item.application])
    kept = request.POST if problems else {}
    rated = _typed_for(kept, "mening")
    return {
        "enquiry": found,
        "state": found.stands,
        "promise": promise,
        "waits": found.stands is State.RECEIVED,
        "late": found.stands is State.RECEIVED and clock.today() > found.promised_on,
        "kind_name": choices.kind_name(found.kind),
        "theme_name": choices.theme_name(found.theme),
        "messages": [item for item in found.messages.all() if item.voice != Voice.NOTE],
        "case": case,
        "consent": consent.asked(case) if case and case.stands is CaseState.OPEN else [],
        "goals": list(case.goals.all()) if case else [],
        "advices": [(item, _answers(item), begun.get(item.application)) for item in advices],
        "experts": requests_about("support-case", case.public_id) if case else [],
        "may_wish": bool(case and case.stands is CaseState.ACTIVE),
        "expert_skills": skills(),
        "expert_languages": languages(),
        "help_questions": help_questions(),
        "helped_words": Helped.choices,
        "answering": bool(case and case.stands in (CaseState.ACTIVE, CaseState.PAUSED)),
        "looks": [(look, _typed_for(kept, "terugblik", str(look.months))) for look in _looks(case)] if case else [],
        "shadow": desk().shadow,
        "phases": Look.Phase.choices,
        "rate": bool(case and case.stands is CaseState.CLOSED and not Rating.objects.filter(case=case).exists()),
        "rating_questions": [(key, question, rated.get(key, "")) for key, question in desk().satisfaction.items()],
        "said": Rating.Said.choices,
        "members": list(found.members.filter(until=None)),
        "links": links_for(actor, found.kind, file=found.public_id),
        "may_write": found.stands in MOVES["write-message"].sources,
        "may_stop": found.stands in MOVES["stop-enquiry"].sources,
        "may_think": found.stands in MOVES["think-inclusion"].sources,
        "inclusion": inclusion_part(found.inclusion, typed=request.POST if problems and _thinks(request) else None),
        "link": bool(link),
        "own": actor.kind == "person" and actor.id == found.person,
        "may_keep": bool(link) and not found.person,
        "address": settings.VLIEGWIEL_ADDRESS,
        "problems": problems,
        "typed_advice": kept.get("advies", ""),
        "typed_answer": kept.get("reactie", ""),
        "rated": rated,
        "typed": _typed_for(kept, "schrijven").get("tekst", ""),
    }


def _looks(case: SupportCase) -> list[Look]:
    """The moments to tell how it goes that are there now; the start is not asked any more once the help has ended."""
    due = [look for look in case.looks.all() if look.answered_on is None and look.due_on <= clock.today()]
    return [look for look in due if look.months or case.stands is not CaseState.CLOSED]


def _typed_for(kept: Mapping[str, str], act: str, months: str = "") -> dict[str, str]:
    """What was typed in this form, when it was refused."""
    return dict(kept.items()) if kept.get("doe") == act and kept.get("maanden", "") == months else {}


def _answers(advice: Advice) -> list[tuple[str, Any]]:
    """What who asked can do with an advice now."""
    words = {
        AdviceState.ACCEPTED: _("Dat ga ik doen"),
        AdviceState.BUSY: _("Ik ben ermee bezig"),
        AdviceState.BLOCKED: _("Ik loop vast"),
        AdviceState.DONE: _("Het is gedaan"),
        AdviceState.DECLINED: _("Dit kies ik niet"),
    }
    return [(state.value, word) for state, word in words.items() if state in ADVICE_MOVES[advice.stands] & RESIDENT_STATES]
