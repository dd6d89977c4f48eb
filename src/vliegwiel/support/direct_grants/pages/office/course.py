"""What follows on grants of three years on end under a scheme: what the recipient may count on, and the announcement that it changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.direct_grants.actions.keep_course import announce_change, weigh_continuation
from vliegwiel.support.direct_grants.courses import course_of, found_about, rest_for
from vliegwiel.support.direct_grants.models import Following
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.public import demand_reading, may_move_on


@require_http_methods(["GET", "POST"])
def course_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/directe-subsidies/vervolg/<nummer>`: the years before this file, whether it is the same activity, and the announcement."""
    actor = actor_of(request)
    grant = demand_reading(actor, number[:12])
    weighing = ask(request, "zelfde", _weighing(), lambda given: _weigh(actor, grant.id, given))
    telling = ask(request, "aankondiging", _telling(), lambda given: _tell(actor, grant.id, given))
    if weighing.done or telling.done:
        return redirect("grant_course", number=grant.number)
    course = course_of(grant.id, with_itself=not grant.pending)
    may = bool(may_move_on(actor, "propose-decision", grant.id))
    problems = [*weighing.problems, *telling.problems]
    context: dict[str, Any] = {
        "grant": grant,
        "course": course,
        "counts": course is not None and course.counts,
        "found": found_about(grant.id),
        "rest": rest_for(grant.id) if grant.pending else None,
        "may_weigh": may and grant.pending and grant.state is not State.PROPOSED,
        "may_tell": may and course is not None and course.announced is None,
        "weighing": weighing,
        "telling": telling,
        "problems": problems,
        "made_up": grant.made_up,
    }
    return render(request, "support/direct_grants/pages/office/course.html", context, status=400 if problems else 200)


def _weigh(actor: Actor, application: str, given: dict[str, Any]) -> bool:
    weigh_continuation(actor=actor, application=application, kind=given["activiteit"], why=given["waarom"])
    return True


def _tell(actor: Actor, application: str, given: dict[str, Any]) -> bool:
    announce_change(actor=actor, application=application, until=given["tot"], reason=given["reden"])
    return True


def _weighing() -> list[Question]:
    options = tuple(Option(key, str(name)[:1].upper() + str(name)[1:]) for key, name in Following.choices)
    return [
        Question(
            "activiteit", Kind.SINGLE, _("Is dit dezelfde activiteit als in de jaren ervoor?"), options=options, required=True
        ),
        Question("waarom", Kind.LONG_TEXT, _("Waarom?"), hint=_("Dit staat in de brief als het minder wordt."), required=True),
    ]


def _telling() -> list[Question]:
    return [
        Question(
            "reden",
            Kind.LONG_TEXT,
            _("Wat verandert er en waarom?"),
            hint=_("De ontvanger leest dit in de brief."),
            required=True,
        ),
        Question(
            "tot",
            Kind.DATE,
            _("Tot en met welke dag loopt de redelijke termijn?"),
            hint=_("Hoe langer de subsidie liep, hoe langer de termijn. Denk aan contracten en mensen in dienst."),
            required=True,
        ),
    ]
