"""The file of an application at work: tabs as links, what can be done now, and who did what."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.state_aid import aid_questions, aid_routes, daeb_file
from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.papers.public import letters_of, papers_of, preview_of
from vliegwiel.foundation.people.models import InterestKind
from vliegwiel.foundation.people.public import Dossier, Subject, colleagues, of_form, show_dossier
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.support.consents.public import consents_of
from vliegwiel.support.grants import decisions
from vliegwiel.support.grants.actions.sign_decision import may_sign
from vliegwiel.support.grants.afterwards import messages_about
from vliegwiel.support.grants.alike import MOST, elsewhere, same_thing
from vliegwiel.support.grants.completion import Item, askable, closed_to
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.duties import OWN, offered, usual
from vliegwiel.support.grants.freed import FreedMoney, freed_money, refusal_of
from vliegwiel.support.grants.gates import CEILING, Intent, gates_of, grounds_for, hearing_of, rest_of_notice
from vliegwiel.support.grants.lifecycle import MOVES, State, moves_from
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.assessment import OUTCOMES, Task
from vliegwiel.support.grants.models.decision import AWARDING, DecisionKind, DutyKind, HearingForm, SkipGround
from vliegwiel.support.grants.notes import notes_about
from vliegwiel.support.grants.pages.apply.review import seen_whole
from vliegwiel.support.grants.pages.dossier.acts import ACTS
from vliegwiel.support.grants.pages.dossier.proposal import duties_of, rows_of, suggested
from vliegwiel.support.grants.pages.dossier.trail import latest, told
from vliegwiel.support.grants.pages.mine.clock import bar_of, reckoned
from vliegwiel.support.grants.pages.visitors import readable
from vliegwiel.support.grants.regulation import AWARD_BASES, CONDITION_ARTICLES, call_for, rules_for, under_title_4_2
from vliegwiel.support.grants.rules import totals
from vliegwiel.support.grants.scores import all_in, needed, visible_to
from vliegwiel.support.grants.standing import assignments_of, may_move, participants_of, reference
from vliegwiel.support.grants.terms import events_of, open_request, stood_still, term_from
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.state_aid.public import aid_of, ledger_of

_FOLDER = "support/grants/pages/dossier"
#: So long an applicant gets to react, unless an officer chooses another day.
_TO_REACT, _FRIDAY = timedelta(weeks=2), 4
Part = Callable[[Actor, Application, HttpRequest], dict[str, Any]]


def dossier_page(request: HttpRequest, number: str, part: str = "samenvatting") -> HttpResponse:
    """`/werk/aanvragen/<nummer>/<deel>`."""
    return show_dossier(request, _DOSSIER, number, part)


def _opened(actor: Actor, number: str) -> Application:
    found = readable(actor, number)
    if found.number is None:
        raise NotFound(gettext("Dit dossier is nog niet verstuurd."))
    if actor.id == found.applicant or not _at_work(actor, found):
        raise NotAllowed(gettext("Dit dossier is voor wie bij de provincie aan de aanvraag werkt."), code="not-at-work")
    return found


def _at_work(actor: Actor, found: Application) -> bool:
    return any(may_move(actor, key, found) for key in ("confirm-complete", "propose-decision", "return-decision"))


def _frame(actor: Actor, found: Application) -> dict[str, Any]:
    """What stands around every part."""
    events, people = events_of(found), assignments_of(found)
    today = clock.today()
    left = (found.due_on - today).days if found.due_on and found.decided_on is None else None
    can = {move.key for move in moves_from(found.stands) if may_move(actor, move.key, found)}
    return {
        "application": found,
        "call": call_for(found),
        "left": left,
        "stood": stood_still(events, today),
        "asked_for": open_request(events),
        "can": can,
        "handler": next((row for row in people if row.task == Task.HANDLER and row.ended_at is None), None),
        "along": [row for row in participants_of(found) if row.accepted_at is not None],
        "assessors": [row for row in people if row.task == Task.ASSESSOR],
        "gates": gates_of(found, _intended(found)) if found.stands in _UNDECIDED or _waiting(found) else [],
        "consents": consents_of(reference(found)),
        "actor_id": actor.id,
        "interests": InterestKind.choices,
        "made_up": found.made_up,
    }


_UNDECIDED = frozenset({State.SUBMITTED, State.INCOMPLETE, State.COMPLETE, State.IN_ASSESSMENT, State.ADVISED, State.PROPOSED})


def _intended(found: Application) -> Intent:
    """What would be decided if it were now: the proposal that waits, else a grant of what is advised or asked."""
    waiting = _waiting(found)
    if waiting is not None:
        return decisions.intent_again(waiting)
    return Intent(DecisionKind.GRANT, found.advised_money or found.asked_money)


def _waiting(found: Application) -> Decision | None:
    return once(("proposal", found.pk), lambda: found.decisions.filter(taken_at=None, returned_at=None).first())


def _people(found: Application, key: str) -> list[Any]:
    return colleagues(MOVES[key].verbs, Subject(province=found.province, municipality=found.municipality))


def _summary(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    call = call_for(found)
    ceilings = [ceiling_of(name) for name in (call.ceilings or (call.ceiling,)) if name]
    alike, other = (same_thing(found), elsewhere(found)) if found.stands in _UNDECIDED else ([], [])
    return {
        "handlers": lambda: _people(found, "confirm-complete"),
        "ceilings": ceilings,
        "sums": totals(Draft(found).rows),
        "notes": notes_about(found.public_id, for_applicant=False),
        "entries": latest(found, 8),
        "comes_back": found.stands is State.REFUSED and _waiting(found) is not None,
        "same": [*alike, *other],
        "same_goes_on": MOST in (len(alike), len(other)),
    }


def _answers(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    return {**seen_whole(Draft(found)), "change": False}


def _documents(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    items = askable(found)
    shut = {item.key for item in closed_to(items, call_for(found))}
    return {
        "papers": [(paper, _document_name(paper.kind, items)) for paper in papers_of(reference(found))],
        "items": [(item, item.key in shut) for item in items],
        "tender_closed": bool(shut),
    }


def _document_name(kind: str, items: Sequence[Item]) -> str:
    """What the scheme calls a document."""
    key = kind.removeprefix("document:")
    return next((item.text for item in items if item.key == f"document:{key}"), key)


def _clock(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    events = events_of(found)
    term = term_from(events)
    bars = [bar_of(events, term, clock.today(), width, decided=found.decided_on) for width in (720, 340)] if term else []
    return {"reckoned": reckoned(events, term) if term else [], "bars": bars, "rules": rules_for(found)}


def _assessment(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    rules = rules_for(found)
    return {
        "rules": rules,
        "people": _people(found, "score-application"),
        "cards": visible_to(actor, found, rules),
        "all_in": all_in(found, rules),
        "needed": needed(rules),
        "given_scores": found.assessments.values("assessor").distinct().count(),
        "revisions": list(found.assessments.filter(revision__gt=1)) if all_in(found, rules) else [],
        "requests": list(found.advice_requests.select_related("answer").order_by("pk")),
        "advices": list(found.advices.order_by("-pk")),
        "outcomes": OUTCOMES,
    }


def _consent(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    return {"rule": rules_for(found).consent}


def _aid(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    rules, standing = rules_for(found), aid_of(reference(found))
    who = (standing.undertaking if standing else "") or found.organisation or found.kvk
    return {
        "questions": list(aid_questions().values()),
        "routes": list(aid_routes().values()),
        "file_parts": list(daeb_file().items()),
        "usual": rules.state_aid,
        "standing": standing,
        "ledgers": ledger_of(who) if who else [],
        "undertaking": who,
    }


def _decision(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    rules, waiting = rules_for(found), _waiting(found)
    context: dict[str, Any] = {
        "kinds": DecisionKind.choices,
        "notes": notes_about(found.public_id, for_applicant=False),
        "grounds": [(key, article, text) for key, (article, text) in grounds_for(found).items()],
        "duties": usual(rules, None),
        "choices": _duty_choices(rules),
        "title_4_2": under_title_4_2(rules),
        "hearing": hearing_of(found),
        "hearing_open": _still_open(found),
        "hearing_over": not _still_open(found),
        "views_until": _last_day_to_react(),
        "hearing_forms": HearingForm.choices,
        "skip_grounds": SkipGround.choices,
        "rules": rules,
        "taken": list(found.decisions.exclude(taken_at=None).order_by("-pk")),
        "returned": list(found.decisions.exclude(returned_at=None).order_by("-pk")),
        "division": _award(found),
        "late": bool(found.due_on and clock.today() > found.due_on),
        "resting": rest_of_notice(found, Money(1)),
        "waiting": waiting,
        "freed": _freed(actor, found),
        "for_ceiling": found.stands is State.REFUSED and waiting is None and refusal_of(found) is not None,
    }
    if context["freed"]:
        award = context["freed"].awards[found.public_id]
        context["given_now"] = award.amount
        context["kinds"] = [(key, name) for key, name in DecisionKind.choices if key in AWARDING]
        context["gates"] = gates_of(found, replace(Intent(DecisionKind.GRANT, award.amount), settled=True))
    if waiting is not None:
        name = waiting.proposed_name
        try:
            context["signer"] = may_sign(actor, waiting)
            name = context["signer"].name
        except (NotAllowed, NotNow) as refusal:
            context["no_signer"] = refusal.message
        draft = decisions.letter_of(waiting, decisions.duties_of(waiting), name=name)
        context["letter"] = preview_of(province=found.province, draft=draft)
    return context | _typed(found, context, request.POST if request.method == "POST" else None)


def _freed(actor: Actor, found: Application) -> FreedMoney | None:
    """What would happen with money that came free, when this refused file would get some of it and this actor may propose that."""
    if found.stands is not State.REFUSED or not may_move(actor, "come-back-on-refusal", found):
        return None
    now = freed_money(call_for(found))
    return now if found.public_id in now.awards else None


def _still_open(found: Application) -> bool:
    """Whether the applicant was asked to react and still can."""
    asked = hearing_of(found)
    return bool(asked and asked.until and asked.received_on is None and clock.today() <= asked.until)


def _last_day_to_react() -> date:
    """Two weeks from now, and never in a weekend."""
    day = clock.today() + _TO_REACT
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > _FRIDAY else day


def _duty_choices(rules: SchemeRules) -> list[tuple[str, str]]:
    """The kinds of condition and obligation that the law allows here, as the form names them."""
    if not under_title_4_2(rules):
        return [(f"{DutyKind.OBLIGATION} {OWN}", gettext("verplichting uit de verordening"))]
    obligations = [
        (f"{DutyKind.OBLIGATION} {article}", gettext("verplichting, {article}").format(article=article))
        for article in AWARD_BASES
    ]
    conditions = [
        (f"{DutyKind.CONDITION} {article}", gettext("voorwaarde, {article}").format(article=article))
        for article in CONDITION_ARTICLES
    ]
    return obligations + conditions


def _typed(found: Application, context: dict[str, Any], form: QueryDict | None) -> dict[str, Any]:
    """What the form of the decision holds: what was typed, or what is usual and what came out of the division."""
    if form is None or form.get("doe") not in ("voorstellen", "terugkomen"):
        freed = context["freed"].awards[found.public_id] if context["freed"] else None
        partly = freed is not None and freed.amount < found.asked_money
        ticked = {"ticked": [CEILING]} if partly else {}
        return {"rows": rows_of(context["duties"]), "given": form or suggested(found, freed), **ticked}
    duties = [offered(duty, context["rules"]) for duty in duties_of(form)]
    return {"rows": rows_of(duties), "ticked": form.getlist("grond") + form.getlist("andere-feiten")}


def _award(found: Application) -> Any:
    division = newest_division(found.call)
    return division.awards.get(found.public_id) if division else None


def _messages(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    about = reference(found)
    said = messages_about(found.applicant, about) if found.applicant else []
    return {"letters": letters_of(about), "messages": said, "exchange": list(found.exchange.all())}


def _trail(actor: Actor, found: Application, request: HttpRequest) -> dict[str, Any]:
    return {"entries": told(found)}


PARTS: dict[str, tuple[Promise, Part]] = {
    "samenvatting": (_("Samenvatting"), _summary),
    "aanvraag": (_("Aanvraag en begroting"), _answers),
    "stukken": (_("Stukken en compleetheid"), _documents),
    "termijn": (_("Termijn"), _clock),
    "beoordeling": (_("Beoordeling en advies"), _assessment),
    "instemming": (_("Instemming"), _consent),
    "steun": (_("Staatssteun"), _aid),
    "besluit": (_("Besluit"), _decision),
    "berichten": (_("Brieven en berichten"), _messages),
    "logboek": (_("Logboek"), _trail),
}
_TEMPLATES = {
    "samenvatting": "summary",
    "aanvraag": "answers",
    "stukken": "documents",
    "termijn": "clock",
    "beoordeling": "assessment",
    "instemming": "consent",
    "steun": "aid",
    "besluit": "decision",
    "berichten": "messages",
    "logboek": "trail",
}


def _after(act: str) -> str:
    """Who reports an interest sees the file no more."""
    return reverse("inbox") if act == "belang" else ""


_DOSSIER = Dossier[Application](
    folder=_FOLDER,
    route="dossier_part",
    opened=_opened,
    number=lambda found: found.number or "",
    parts=PARTS,
    acts={key: of_form(act) for key, act in ACTS.items()},
    around=_frame,
    templates=_TEMPLATES,
    after=_after,
)
