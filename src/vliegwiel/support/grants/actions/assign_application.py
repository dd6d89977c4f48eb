"""Who works on a file: give it to someone, take it over, and step back because of an interest."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.actions.declare_conflict import declare_conflict
from vliegwiel.foundation.people.public import Subject, colleague_of, known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.grants.lifecycle import MOVES
from vliegwiel.support.grants.models import Application, Assignment
from vliegwiel.support.grants.models.assessment import EndReason, Task
from vliegwiel.support.grants.standing import begin, find, finish, may_move, named, reference

#: The move that someone with this task must be able to make.
_WORK = {Task.HANDLER: "confirm-complete", Task.ASSESSOR: "score-application"}


@trail.recorded("assign-application", kind="application", about=named("application"))
@transaction.atomic
def assign_application(*, actor: Actor, application: str, task: str, person: str, instead_of: str = "") -> Assignment:
    """This person (public id) works on the file from now on: as its one handler, or as one of its assessors.

    A new handler takes the file over from the former one; `instead_of` is the assessor whose place this one takes. Raises NotFound,
    NotNow, NotValid for an unknown task or a person with an interest in the file, and NotAllowed also for one who may not do this work.
    """
    found = find(application)
    begin(actor, "assign-application", found)
    if task not in Task.values:
        raise NotValid(_("Kies wat diegene gaat doen."), code="unknown-task")
    subject = Subject(province=found.province, municipality=found.municipality)
    colleague = colleague_of(person, MOVES[_WORK[Task(task)]].verbs, subject)
    if colleague is None:
        raise NotAllowed(_("Deze persoon heeft geen rol waarmee dit kan. Kies iemand uit de lijst."), code="no-role")
    works = may_move(colleague.actor, _WORK[Task(task)], found)
    if not works:
        raise NotValid(_("{name} kan dit dossier niet doen: er is een belang.").format(name=colleague.name), code="interest")
    place = _make_room(found, Task(task), instead_of)
    given, new = Assignment.objects.get_or_create(
        application=found,
        task=task,
        person=person,
        ended_at=None,
        defaults={"name": colleague.name[:80], "by": actor.id or actor.kind, "place": place},
    )
    if new:
        _tell(given, person, Task(task).label)
    finish(actor, "assign-application", found, facts={"task": task, "person": person})
    return given


@trail.recorded("declare-free", kind="application", about=named("application"))
@transaction.atomic
def declare_free(*, actor: Actor, application: str) -> Assignment:
    """Whoever assesses says to have no interest in the file (Awb 2:4); only then it is opened. Raises NotAllowed when not assigned."""
    found = find(application)
    begin(actor, "declare-free", found)
    given = open_assignment(found, actor, Task.ASSESSOR)
    if given.free_at is None:
        given.free_at = clock.now()
        given.save(update_fields=["free_at"])
        finish(actor, "declare-free", found)
    return given


@trail.recorded("declare-interest", kind="application", about=named("application"))
@transaction.atomic
def declare_interest(*, actor: Actor, application: str, kind: str) -> int:
    """The actor has an interest in the file: it is kept, and every assignment of theirs ends. What they assessed no longer counts; who
    assigned them hears that someone else is needed. Returns how many assignments ended. Raises NotAllowed, NotValid."""
    found = find(application)
    declare_conflict(actor=actor, about=reference(found), kind=kind)
    mine = list(found.assignments.filter(person=actor.id, ended_at=None))
    for given in mine:
        _end(given, EndReason.INTEREST)
        if given.by != actor.id and known_person(given.by):
            about = Reference("application", found.public_id, found.title, f"/werk/aanvragen/{found.number}")
            tell(
                about=about,
                moment=f"replace-{given.pk}",
                template="support/grants/texts/replace",
                facts={"application": found, "name": given.name, "task": given.get_task_display()},
                province=found.province,
                person=given.by,
                kind="file",
            )
    trail.record(
        actor=actor,
        action="declare-interest",
        subject=reference(found),
        facts={"kind": kind, "ended": len(mine)},
        province=found.province,
    )
    return len(mine)


def open_assignment(application: Application, actor: Actor, task: Task) -> Assignment:
    """The open assignment of this actor; raises NotAllowed without one."""
    given = application.assignments.filter(person=actor.id, task=task, ended_at=None).first()
    if given is None:
        raise NotAllowed(_("Dit dossier is niet aan u toegewezen."), code="not-assigned")
    return given


def _make_room(found: Application, task: Task, instead_of: str) -> int:
    """End what the new assignment takes the place of, and say which place that is."""
    open_now = found.assignments.filter(task=task, ended_at=None)
    if task is Task.HANDLER:
        for given in open_now:
            _end(given, EndReason.HANDED_OVER)
        return 0
    if instead_of:
        left = found.assignments.filter(task=task, person=instead_of).order_by("-pk").first()
        if left is None:
            raise NotFound(_("Wie u wilt vervangen, beoordeelt dit dossier niet."))
        if left.ended_at is None:
            if found.assessments.filter(assessor=instead_of).exists():
                raise NotNow(_("Deze beoordelaar heeft al beoordeeld. Vervangen kan alleen bij een belang."), code="scored")
            _end(left, EndReason.HANDED_OVER)
        return left.place
    places = set(open_now.values_list("place", flat=True))
    return next(place for place in range(1, len(places) + 2) if place not in places)


def _end(given: Assignment, why: EndReason) -> None:
    Assignment.objects.filter(pk=given.pk, ended_at=None).update(ended_at=clock.now(), ended_why=why)


def _tell(given: Assignment, person: str, task: str) -> None:
    found = given.application
    path = f"/werk/aanvragen/{found.number}" if given.task == Task.HANDLER else f"/beoordelen/{found.number}"
    tell(
        about=Reference("application", found.public_id, found.title, path),
        moment=f"assigned-{given.pk}",
        template="support/grants/texts/assigned",
        facts={"application": found, "task": task, "path": path},
        province=found.province,
        person=person,
        kind="file",
    )
