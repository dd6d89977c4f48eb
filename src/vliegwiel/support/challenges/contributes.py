"""What this room hands to shared places: reminders, who may read the agreement, and links at the desk."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.papers.public import PaperAccess, PaperKind
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.challenges import findable, queries
from vliegwiel.support.challenges.actions.answer_challenge import AGREEMENT
from vliegwiel.support.challenges.lifecycle import NAMES, PENDING, State
from vliegwiel.support.challenges.models import Challenge, ChallengeEvent, ChallengeEventKind
from vliegwiel.support.challenges.standing import is_challenger, may_answer, may_move, reference, work_reference
from vliegwiel.support.challenges.telling import TEXTS, answerers, facts_of
from vliegwiel.support.desk.public import DeskLink

SEARCHABLES = findable.SEARCHABLES
#: The kind of help at the desk that this room is about.
_TAKE_OVER = "overnemen"


def _due(since: date, until: date) -> Iterator[Due]:
    """Some days before the last day: who answers for the authority. While it waits for the challengers under rules that stop the
    time, not."""
    ahead = timedelta(days=challenges().reminded_days)
    soon = Challenge.objects.filter(state__in=[state.value for state in PENDING], due_on__range=(since + ahead, until + ahead))
    for found in soon.select_related("rules").order_by("pk"):
        if found.due_on is None:
            continue
        still = found.stands is State.WAITING and found.rules is not None and found.rules.stands_still
        paused = _("Wacht op de indieners.") if still else ""
        for person in answerers(found):
            on, moment = found.due_on - ahead, f"due-{found.due_on.isoformat()}"
            yield Due(work_reference(found), found.province, moment, on, person=person, facts=facts_of(found), paused=paused)


def _silent(since: date, until: date) -> Iterator[Due]:
    """Some days after the authority asked something and heard nothing: who wrote the challenge, with an account."""
    patience = timedelta(days=challenges().silent_days)
    asked = ChallengeEvent.objects.filter(
        kind=ChallengeEventKind.ASKED,
        on__range=(since - patience, until - patience),
        challenge__state=State.WAITING.value,
    )
    for event in asked.exclude(challenge__person="").select_related("challenge").order_by("pk"):
        found = event.challenge
        if not found.events.filter(pk__gt=event.pk).exists():
            moment = f"silent-{event.pk}"
            yield Due(reference(found), found.province, moment, event.on + patience, person=found.person, facts=facts_of(found))


REMINDERS = [
    Reminder("challenge-due", "Een uitdaging beantwoorden, twee weken vooraf", f"{TEXTS}/due_work", _due, kind="work"),
    Reminder(
        "challenge-silent", "Een vraag over een uitdaging, tien dagen zonder antwoord", f"{TEXTS}/silent", _silent, kind="desk"
    ),
]


def _read(actor: Actor, record: str) -> Verdict:
    """Both sides read the agreement; the public reads the answer, not the paper with its names."""
    found = Challenge.objects.filter(public_id=record).first()
    if found is None:
        return Verdict.no(Reason("not-found", "Deze uitdaging kennen we niet."))
    own = is_challenger(actor, found)
    return own if own else may_answer(actor, found)


def _add(actor: Actor, record: str) -> Verdict:
    found = Challenge.objects.filter(public_id=record).first()
    return (
        may_move(actor, "agree-challenge", found) if found else Verdict.no(Reason("not-found", "Deze uitdaging kennen we niet."))
    )


def _kinds(_record: str) -> list[PaperKind]:
    return [PaperKind(AGREEMENT, _("getekende afspraak"), formats=("pdf",), largest=10)]


PAPERS = [PaperAccess("challenge", _read, _add, kinds=_kinds)]


def desk_links(actor: Actor, kind: str, file: str, works: bool) -> Iterable[DeskLink]:
    """At the desk: how to challenge, for who wants to take over a public task; beside a file its challenges, or how to begin one."""
    if not file:
        if kind == _TAKE_OVER:
            text = _("Wilt u een taak van de overheid zelf doen? Dan kunt u haar uitdagen.")
            yield DeskLink(text, "/uitdagingen", _("Lees hoe dat gaat"))
        return
    found = list(queries.about_file(file))
    for item in found:
        state = str(NAMES[item.stands])
        path = f"/mijn/uitdagingen/{item.public_id}" if works else item.path
        if works or item.stands is not State.DRAFT:
            yield DeskLink(_("Uitdaging, {state}:").format(state=state), path, item.title)
    if works and kind == _TAKE_OVER and not found:
        text = _("De bewoners willen een taak overnemen.")
        yield DeskLink(text, f"/mijn/uitdagingen/nieuw?vraag={file}", _("Schrijf met hen een uitdaging"))
