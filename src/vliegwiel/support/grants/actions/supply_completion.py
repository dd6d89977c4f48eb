"""What was asked is there, online or by post: the term runs again."""

from collections.abc import Mapping
from datetime import date
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
from vliegwiel.support.grants.actions.submit_application import with_treasurer
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application, ClockEvent, Signature
from vliegwiel.support.grants.models.application import ClockKind, Purpose
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.terms import due_of, events_of, items_of, note, open_request, unanswered_request


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
    return _take_in(actor, "supply-completion", found, asked, today, text, answers)


@trail.recorded("record-completion", kind="application", about=named("application"))
@transaction.atomic
def record_completion(
    *,
    actor: Actor,
    application: str,
    received_on: date,
    text: str = "",
    answers: Mapping[str, Any] | None = None,
    treasurer: str = "",
) -> Application:
    """Write down for the applicant what came by post or was said at the counter: paper is as good as online (Awb 2:13). `received_on` is
    the day on the date stamp, from which the term runs again, also when it is typed in after the time for it ran out. Scans were added
    before (`attach_document`); `treasurer` is who signed there to keep the money of a group (*penvoerder*).

    Raises NotAllowed, NotNow when nothing was asked or it came too late, NotValid for a stamp that cannot be, when there is nothing new
    since the request, or for an answer to what was not asked.
    """
    found = find(application)
    begin(actor, "record-completion", found)
    asked = unanswered_request(events_of(found))
    if asked is None or asked.until is None:
        raise NotNow(_("Er is nu niets gevraagd."), code="nothing-asked")
    if received_on > clock.today():
        raise NotValid(_("De datumstempel ligt in de toekomst. Kijk hem na."), code="stamp")
    if received_on < asked.on:
        early = _("Wij vroegen dit op {day}. De stempel kan niet van daarvoor zijn.")
        raise NotValid(early.format(day=day(asked.on, "week")), code="stamp")
    if received_on > asked.until:
        late = _("De tijd om aan te vullen was voorbij op {day}. Neemt u het toch mee? Zet de aanvraag dan op compleet.")
        raise NotNow(late.format(day=day(asked.until, "week")), code="too-late")
    if treasurer.strip():
        _sign_for_money(found, asked, treasurer)
    return _take_in(actor, "record-completion", found, asked, received_on, text, answers, signed=bool(treasurer.strip()))


def _sign_for_money(found: Application, asked: ClockEvent, treasurer: str) -> None:
    """Who keeps the money of a group signed on a scan that came now."""
    scan = next((paper.id for paper in papers_of(reference(found)) if paper.received_at >= asked.at), None)
    if scan is None:
        raise NotValid(_("Voeg de scan toe waarop de penvoerder tekende."), code="no-signature")
    first = found.signatures.filter(purpose=Purpose.APPLICATION).order_by("pk").first()
    signer = with_treasurer(found, first.name if first else "", treasurer)
    Signature.objects.create(
        application=found, purpose=Purpose.APPLICATION, person="", name=signer.name, content_hash=hash_of(found), scan=scan
    )


def _take_in(
    actor: Actor,
    key: str,
    found: Application,
    asked: ClockEvent,
    on: date,
    text: str,
    answers: Mapping[str, Any] | None,
    *,
    signed: bool = False,
) -> Application:
    """The completion itself, in the caller's transaction."""
    documents = sum(paper.received_at >= asked.at for paper in papers_of(reference(found)))
    given = {name: value for name, value in (answers or {}).items() if value is not None}
    _only_asked(found, asked, given)
    if not (text.strip() or documents or given or signed):
        raise NotValid(_("Voeg toe wat we vroegen, of schrijf een antwoord."), code="nothing-new")
    note(
        actor=actor,
        application=found,
        kind=ClockKind.COMPLETED,
        on=on,
        article=asked.article,
        reason=text.strip()[:4_000],
        facts={"documents": documents, "answers": sorted(given)},
    )
    return finish(
        actor,
        key,
        found,
        facts={"documents": documents, "answers": len(given), "received": on.isoformat()},
        due_on=due_of(found),
        answers={**found.answers, **given},
        withheld={name: why for name, why in found.withheld.items() if name not in given},
    )


def _only_asked(application: Application, asked: ClockEvent, given: Mapping[str, Any]) -> None:
    """What was not asked again does not change any more."""
    keys = {item["key"].removeprefix("question:") for item in items_of(asked) if item["key"].startswith("question:")}
    questions = {question.key: question for question in Draft(application).form.whole}
    wrong = [key for key, value in given.items() if key not in keys or key not in questions or not fits(questions[key], value)]
    if wrong:
        raise NotValid(_("Er klopt iets niet."), code="no-answer", details=tuple(wrong))
