"""The applicant completes the application: the term runs again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.questions.public import fits
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application, ClockEvent
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.terms import due_of, events_of, items_of, note, open_request


@trail.recorded("supply-completion", kind="application", about=named("application"))
@transaction.atomic
def supply_completion(*, actor: Actor, application: str, text: str = "", answers: Mapping[str, Any] | None = None) -> Application:
    """Say that what was asked is there (Awb 4:5, 4:15): documents were added before (`attach_document`), `answers` are to questions that
    were asked again, `text` says the rest.

    From the day of this the term runs again and the date moves. Raises NotAllowed, NotNow after the last day for it, NotValid when there
    is nothing new since the request, or an answer to what was not asked.
    """
    found = find(application)
    begin(actor, "supply-completion", found)
    asked = open_request(events_of(found))
    if asked is None or asked.until is None:
        raise NotNow(_("Er is nu niets gevraagd."), code="nothing-asked")
    today = clock.today()
    if today > asked.until:
        late = _("De tijd om aan te vullen was voorbij op {day}. Neem contact op met de behandelaar.")
        raise NotNow(late.format(day=day(asked.until, "week")), code="too-late")
    documents = sum(paper.received_at >= asked.at for paper in papers_of(reference(found)))
    given = {key: value for key, value in (answers or {}).items() if value is not None}
    _only_asked(found, asked, given)
    if not text.strip() and not documents and not given:
        raise NotValid(_("Voeg toe wat we vroegen, of schrijf een antwoord."), code="nothing-new")
    note(
        actor=actor,
        application=found,
        kind=ClockKind.COMPLETED,
        on=today,
        article=asked.article,
        reason=text.strip()[:4_000],
        facts={"documents": documents, "answers": sorted(given)},
    )
    return finish(
        actor,
        "supply-completion",
        found,
        facts={"documents": documents, "answers": len(given)},
        due_on=due_of(found),
        answers={**found.answers, **given},
        withheld={key: why for key, why in found.withheld.items() if key not in given},
    )


def _only_asked(application: Application, asked: ClockEvent, given: Mapping[str, Any]) -> None:
    """What was not asked again does not change any more."""
    keys = {item["key"].removeprefix("question:") for item in items_of(asked) if item["key"].startswith("question:")}
    questions = {question.key: question for question in Draft(application).form.whole}
    wrong = [key for key, value in given.items() if key not in keys or key not in questions or not fits(questions[key], value)]
    if wrong:
        raise NotValid(_("Er klopt iets niet."), code="no-answer", details=tuple(wrong))
