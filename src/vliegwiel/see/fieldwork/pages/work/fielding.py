"""Enquiries in the field: all of them, planning one, following the response, opening, closing and handing over; typing in by phone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand, demand_somewhere, may
from vliegwiel.foundation.questions.public import Kind, Option, Problem, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.see.areas.queries import years
from vliegwiel.see.fieldwork.actions.answer_questions import Begun, begin, come_in
from vliegwiel.see.fieldwork.actions.close_fielding import close_fielding
from vliegwiel.see.fieldwork.actions.hand_over import hand_over
from vliegwiel.see.fieldwork.actions.plan_fielding import Plan, open_fielding, plan_fielding
from vliegwiel.see.fieldwork.models import Fielding, Panel, Questionnaire
from vliegwiel.see.fieldwork.pages.answering.visit import Visit, keep_visit
from vliegwiel.see.fieldwork.queries import (
    INVITE,
    PHONE,
    RUN,
    fielding_named,
    fieldings_of,
    questionnaire_named,
    takes_answers,
)
from vliegwiel.see.fieldwork.response import response_of

FOLDER = "see/fieldwork/pages/work"
_WORKS = (RUN, INVITE, PHONE)


def allowed(actor: Actor, fielding: Fielding) -> set[str]:
    """Which of the work on this fieldwork the actor may do. Raises NotAllowed for who may do none of it."""
    found = {verb for verb in _WORKS if may(actor, verb, Subject(province=fielding.province))}
    if not found:
        demand(actor, RUN, Subject(province=fielding.province))
    return found


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """`/werk/veldwerk`: what is planned, in the field and over."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    verbs = {verb for verb in _WORKS if may(actor, verb, Subject(province=province))}
    if not verbs:
        demand_somewhere(actor, RUN)
        raise NotAllowed(_("U werkt niet aan enquêtes van deze provincie."))
    found = list(fieldings_of(province))
    chosen = request.GET.get("stand", "")
    shown = [one for one in found if not chosen or one.state == chosen]
    states = [(key, words) for key, words in Fielding.State.choices if any(one.state == key for one in found)]
    context = {"fieldings": shown, "states": states, "chosen": chosen, "verbs": verbs}
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def plan_page(request: HttpRequest, questionnaire: str) -> HttpResponse:
    """`/werk/veldwerk/plan/<vragenlijst>`."""
    actor, asks = actor_of(request), questionnaire_named(questionnaire)
    demand(actor, RUN, Subject(province=asks.province))

    def act(given: dict[str, Any]) -> Fielding:
        area_year = str(given["gebieden"])
        plan = Plan(
            title=str(given["enquete"]), period=str(given["jaar"]), area_year=int(area_year) if area_year.isdecimal() else 0,
            route=str(given["route"]), population=str(given["wie"]), closes_on=given["tot"], by_chance=given.get("kans") is True,
            special=given.get("beleving") is True, assessment=given.get("dpia") or "",
            panel=str(given.get("panel") or "").strip("-"), themes=given.get("themas") or (),
            returns_after=int(given.get("terug") or 0), phone=given.get("telefoon") or "",
        )  # fmt: skip
        return plan_fielding(actor=actor, questionnaire=asks.public_id, plan=plan)

    before = {
        "gebieden": str(next(iter(years()), clock.today().year)), "jaar": str(clock.today().year), "wie": "15 jaar of ouder",
        "beleving": False, "enquete": asks.title,
    }  # fmt: skip
    asked = ask(request, "plan", _plan_questions(asks), act, before=before)
    if asked.done:
        return redirect("fielding", asked.done.public_id)
    context = {"questionnaire": asks, "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/plan.html", context, status=400 if asked.problems else 200)


def _plan_questions(asks: Questionnaire) -> list[Question]:
    routes = tuple(Option(key, words[:1].upper() + words[1:]) for key, words in Fielding.Route.choices)
    panels = tuple(
        Option(key, title)
        for key, title in Panel.objects.filter(province=asks.province).order_by("title").values_list("public_id", "title")
    )
    themes = tuple(Option(one, one) for one in asks.document.themes)
    found = [
        Question(
            "enquete",
            Kind.TEXT,
            _("Hoe heet de enquête?"),
            hint=_("Een volgende meting heeft dezelfde naam."),
            required=True,
            longest=120,
        ),
        Question("jaar", Kind.TEXT, _("Van welk jaar is de meting?"), required=True, longest=4),
        Question("wie", Kind.TEXT, _("Over wie gaat het?"), hint=_("Bijvoorbeeld: 15 jaar of ouder."), required=True, longest=60),
        Question(
            "route",
            Kind.SINGLE,
            _("Hoe doen mensen mee?"),
            hint=_("Eén manier per enquête. Zo blijven een steekproef en een open link uit elkaar."),
            options=routes,
            required=True,
        ),
        Question(
            "kans",
            Kind.YES_NO,
            _("Zijn de adressen door loting gekozen?"),
            hint=_("Dan is het een kanssteekproef. Alleen bij een brief aan een steekproef."),
        ),
        Question("panel", Kind.SINGLE, _("Uit welk panel?"), options=(Option("-", _("Geen panel")), *panels)),
        Question("tot", Kind.DATE, _("Tot en met welke dag kan men meedoen?"), required=True),
        Question(
            "telefoon",
            Kind.TEXT,
            _("Welk nummer belt wie liever belt?"),
            hint=_("Leeg: dan kan het niet per telefoon."),
            longest=40,
        ),
        Question(
            "beleving",
            Kind.YES_NO,
            _("Is dit een belevingsonderzoek onder een kleine groep?"),
            hint=_("Met bijzondere gegevens, zoals wie iemand liefheeft of gelooft. Dat gaat altijd met een open link."),
            required=True,
        ),
        Question("dpia", Kind.TEXT, _("Welke DPIA hoort erbij?"), hint=_("Nodig bij een belevingsonderzoek."), longest=80),
        Question(
            "terug",
            Kind.NUMBER,
            _("Na hoeveel jaar komt zij terug?"),
            hint=_("Bij tweejaarlijks: 2. Wij zetten het dan op tijd op uw lijst."),
        ),
        Question("gebieden", Kind.TEXT, _("Van welk jaar zijn de codes van gemeenten?"), required=True, longest=4),
    ]
    if themes:
        found.insert(4, Question("themas", Kind.MULTIPLE, _("Welke thema’s vraagt u deze keer?"), options=themes))
    return found


@require_http_methods(["GET", "POST"])
def fielding_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/werk/veldwerk/<id>`: each step with how it stands, and the response while people answer."""
    actor, found = actor_of(request), fielding_named(fielding)
    verbs = allowed(actor, found)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _act(request, actor, found)
            return redirect("fielding", found.public_id)
        except (NotValid, NotNow) as refusal:
            problems = [Problem(line, "") for line in refusal.details or (refusal.message,)]
    context = {
        "fielding": found,
        "document": found.document,
        "verbs": verbs,
        "takes": takes_answers(found),
        "response": response_of(found) if RUN in verbs and found.state != Fielding.State.PLANNED else None,
        "problems": problems,
        "address": f"{settings.VLIEGWIEL_ADDRESS.rstrip('/')}/meedoen/{found.public_id}",
    }
    return render(request, f"{FOLDER}/fielding.html", context, status=400 if problems else 200)


@require_GET
def response_file(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/werk/veldwerk/<id>/respons.csv`: the same counts as on the page."""
    actor, found = actor_of(request), fielding_named(fielding)
    demand(actor, RUN, Subject(province=found.province))
    told = response_of(found)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="respons-{found.public_id}.csv"'
    answer.write("\ufeff")
    rows = Rows(answer, delimiter=";")
    rows.write(["indeling", "groep", "gevraagd", "antwoordde"])
    rows.write([_("Alle mensen"), "", told.asked or "", told.answered])
    for title, groups in told.tables:
        for group in groups:
            hidden = _("te weinig mensen")
            rows.write([title, group.name, *((hidden, hidden) if group.asked is None else (group.asked, group.answered))])
    return answer


@require_http_methods(["GET", "POST"])
def phone_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/werk/veldwerk/<id>/telefoon`: begin for who is on the phone, with the code of their letter or without one by an open link."""
    actor, found = actor_of(request), fielding_named(fielding)
    demand(actor, PHONE, Subject(province=found.province))
    problems: list[Problem] = []
    typed = request.POST.get("code", "")[:40]
    if request.method == "POST":
        try:
            agreed = request.POST.get("akkoord") == "ja"
            begun = _begun(found, typed, agreed=agreed)
            visit = Visit(found.public_id, begun.code, by_phone=True)
            return keep_visit(redirect("take_part_page", found.public_id, 1), visit)
        except (NotValid, NotNow, NotFound) as refusal:
            problems = [Problem(refusal.message, "code")]
    sent = request.method == "GET" and request.GET.get("verstuurd") == "ja"
    context = {"fielding": found, "takes": takes_answers(found), "typed": typed, "problems": problems, "sent": sent}
    return render(request, f"{FOLDER}/phone.html", context, status=400 if problems else 200)


def _act(request: HttpRequest, actor: Actor, found: Fielding) -> None:
    wanted = request.POST.get("doe", "")
    if wanted == "sluit" and request.POST.get("zeker") == "ja":
        close_fielding(actor=actor, fielding=found.public_id)
    elif wanted == "open":
        open_fielding(actor=actor, fielding=found.public_id)
    elif wanted == "draag-over":
        hand_over(actor=actor, fielding=found.public_id)
    else:
        raise NotValid(_("Zet een vinkje dat u het zeker weet. Sluiten kan niet terug."), code="not-sure")


def _begun(found: Fielding, typed: str, *, agreed: bool) -> Begun:
    """Whoever is on the phone is nobody to us: the employee only types."""
    someone = Actor("visitor")
    if not typed:
        return begin(actor=someone, fielding=found.public_id, agreed=agreed)
    begun = come_in(actor=someone, typed=typed)
    if begun.fielding.pk != found.pk:
        raise NotFound(_("Deze code hoort bij een andere enquête."))
    return begun
