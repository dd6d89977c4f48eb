"""Hours of an expert, within what was agreed; over it they ask, and who asked for help says yes or no."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.hours import take
from vliegwiel.support.experts.models import ExpertHours, ExpertRequest, ExpertTask, MoreHours, PaidBy
from vliegwiel.support.experts.standing import begin, current, find, finish, named

_DAY, _LATE, _MOST = 24 * 60, timedelta(days=62), 200


@trail.recorded("book-expert-hours", kind="expert-request", about=named())
@transaction.atomic
def book_hours(*, actor: Actor, request: str, minutes: int, on: date, what: str) -> ExpertHours:
    """Minutes worked on a day since the request was given, at most two months ago, within the hours agreed: the row count of one
    conditional update decides. Raises NotFound, NotAllowed, NotValid, and NotNow when it would be more than agreed."""
    found = find(request)
    begin(actor, "book-expert-hours", found)
    task = _running(found)
    today = clock.today()
    first = max(task.since, today - _LATE)
    if not 0 < minutes <= _DAY or not first <= on <= today or not what.strip():
        raise NotValid(_("Schrijf hoe lang u werkte, op welke dag en waaraan."), code="hours")
    within = ExpertTask.objects.filter(pk=task.pk, ended_on=None, minutes__lte=F("agreed") * 60 - minutes)
    if not within.update(minutes=F("minutes") + minutes):
        left = number(task.left / 60, 0 if task.left % 60 == 0 else 1)
        text = _("Er zijn nog {left} uur over van wat is afgesproken. Vraag eerst om meer uren.").format(left=left)
        raise NotNow(text, code="over-agreed")
    entry = ExpertHours.objects.create(task=task, on=on, minutes=minutes, what=what.strip()[:120])
    finish(actor, "book-expert-hours", found, facts={"minutes": minutes})
    return entry


@trail.recorded("correct-expert-hours", kind="expert-request", about=named())
def correct_hours(*, actor: Actor, request: str, entry: int, why: str) -> ExpertHours:
    """Set an entry right by a counter-entry; the first stays. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "correct-expert-hours", found)
    task = _running(found)
    wrong = task.hours.filter(pk=entry, corrects=None).first()
    if wrong is None:
        raise NotFound(_("Deze uren kennen we niet."))
    if not why.strip():
        raise NotValid(_("Schrijf waarom de uren niet kloppen."), code="why")
    try:
        with transaction.atomic():
            undone = ExpertHours.objects.create(
                task=task, on=wrong.on, minutes=-wrong.minutes, what=why.strip()[:120], corrects=wrong
            )
            ExpertTask.objects.filter(pk=task.pk).update(minutes=F("minutes") - wrong.minutes)
            finish(actor, "correct-expert-hours", found, facts={"minutes": -wrong.minutes})
    except IntegrityError:
        raise NotNow(_("Deze uren zijn al rechtgezet."), code="corrected") from None
    return undone


@trail.recorded("ask-more-hours", kind="expert-request", about=named())
def ask_more_hours(*, actor: Actor, request: str, hours: int, why: str) -> MoreHours:
    """Ask for hours above what was agreed. One question at a time. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "ask-more-hours", found)
    task = _running(found)
    if not 0 < hours <= _MOST - task.agreed or not why.strip():
        raise NotValid(_("Schrijf hoeveel uren er nog nodig zijn, en waarom."), code="hours")
    try:
        with transaction.atomic():
            asked = MoreHours.objects.create(task=task, hours=hours, why=why.strip()[:300], asked_on=clock.today())
            done = finish(actor, "ask-more-hours", found, facts={"hours": hours})
            telling.to_asker(done, f"more-{asked.public_id}", "more_work", {"more": asked})
    except IntegrityError:
        raise NotNow(_("U vroeg al om meer uren. Wacht op het antwoord."), code="there") from None
    return asked


@trail.recorded("answer-more-hours", kind="expert-request", about=named())
@transaction.atomic
def answer_more_hours(*, actor: Actor, request: str, more: str, granted: bool, answer: str = "") -> MoreHours:
    """Yes or no to more hours; a no says why. A yes takes them from the pool of the year of the task. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = find(request)
    begin(actor, "answer-more-hours", found)
    task = _running(found)
    asked = task.more.filter(public_id=more[:12], granted=None).first()
    if asked is None:
        raise NotNow(_("Op deze vraag is al antwoord gegeven."), code="answered")
    if not granted and not answer.strip():
        raise NotValid(_("Schrijf waarom niet. De deskundige leest dit."), code="why")
    if actor.kind == "person" and actor.id == task.expert.person:
        raise NotValid(_("Over uw eigen uren beslist een collega."), code="same-person")
    answered = MoreHours.objects.filter(pk=asked.pk, granted=None).update(
        granted=granted,
        answer=answer.strip()[:300],
        answered_by=actor.id if actor.kind == "person" else "",
        answered_on=clock.today(),
    )
    if not answered:
        raise NotNow(_("Op deze vraag is al antwoord gegeven."), code="answered")
    if granted:
        ExpertTask.objects.filter(pk=task.pk).update(agreed=F("agreed") + asked.hours)
        if task.paid_by == PaidBy.POOL:
            take(found.province, task.year, asked.hours)
    done = finish(actor, "answer-more-hours", found, facts={"hours": asked.hours, "granted": granted})
    asked.refresh_from_db()
    telling.to_expert(task.expert, done, f"more-{asked.public_id}", "more_answered", {"more": asked})
    return asked


def _running(found: ExpertRequest) -> ExpertTask:
    task = current(found)
    if task is None or task.ended_on is not None:
        raise NotNow(_("Niemand heeft dit verzoek nu."), code="nobody")
    return task
