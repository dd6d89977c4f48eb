"""What waits for someone in this room: for who applies, handles, scores or signs."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Waiting, may_filter, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants import inbox
from vliegwiel.support.grants.inbox import Chosen
from vliegwiel.support.grants.lifecycle import DECIDABLE, UNSENT, State
from vliegwiel.support.grants.models import Application, Assessment, Assignment, Decision, Hearing
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.models.assessment import Task
from vliegwiel.support.grants.models.decision import FREED

_WHERE = Fields(province="application__province", municipality="application__municipality")
#: So many of one kind are named one by one.
_MOST = 10


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Everything, for whatever this person is here."""
    yield from _applying(actor)
    if may_somewhere(actor, inbox.VERB):
        yield from _handling(actor)
    if may_somewhere(actor, "score-applications"):
        yield from _scoring(actor)
    if may_somewhere(actor, "sign-decisions"):
        yield from _signing(actor)


def _applying(actor: Actor) -> Iterator[Waiting]:
    own = Application.objects.filter(applicant=actor.id, channel=Channel.WEB)
    for found in own.filter(state__in=[*UNSENT, State.INCOMPLETE.value]).order_by("-changed_at")[:_MOST]:
        text = _("Vul aan: {title}") if found.stands is State.INCOMPLETE else _("Maak af: {title}")
        title = found.title or found.scheme_title
        yield Waiting(text.format(title=title), f"/mijn/aanvragen/{found.public_id}")
    decidable = [state.value for state in DECIDABLE]
    asked = Hearing.objects.filter(application__in=own.filter(state__in=decidable), until__gte=clock.today(), received_on=None)
    last = {hearing.application_id: hearing for hearing in asked.select_related("application").order_by("pk")}
    for hearing in sorted(last.values(), key=lambda one: (one.until, one.pk))[:_MOST]:
        found = hearing.application
        text = _("Reageer op wat wij van plan zijn: {title}").format(title=found.title or found.scheme_title)
        yield Waiting(text, f"/mijn/aanvragen/{found.public_id}/reageren", 1, hearing.until)


def _handling(actor: Actor) -> Iterator[Waiting]:
    today, every = clock.today(), inbox.waiting_for(actor)
    ours = ~Q(state=State.INCOMPLETE.value) & ~Q(state=State.PROPOSED.value)
    for whose, name in (("mij", _("Aanvragen die u behandelt")), ("niemand", _("Aanvragen die nog niemand behandelt"))):
        rows = inbox.narrowed(every, Chosen(whose=whose), actor=actor, today=today).filter(ours).order_by()
        found = rows.aggregate(count=Count("pk"), first=Min("due_on"), late=Count("pk", filter=Q(due_on__lt=today)))
        yield Waiting(name, f"/werk/aanvragen?van={whose}", found["count"], found["first"], found["late"])
    letters = inbox.narrowed(every, Chosen("bericht"), actor=actor, today=today).order_by().count()
    yield Waiting(_("Aanvragers die u schreven"), "/werk/aanvragen?stapel=bericht", letters)


def _scoring(actor: Actor) -> Iterator[Waiting]:
    done = Assessment.objects.filter(assessor=actor.id).values("application")
    mine = Assignment.objects.filter(person=actor.id, task=Task.ASSESSOR, ended_at=None).exclude(application__in=done)
    open_ = mine.filter(application__state__in=[State.COMPLETE.value, State.IN_ASSESSMENT.value])
    found = open_.aggregate(count=Count("pk"), first=Min("application__due_on"))
    yield Waiting(_("Aanvragen die u beoordeelt"), "/beoordelen", found["count"], found["first"])


def _signing(actor: Actor) -> Iterator[Waiting]:
    comes_back = Q(ledger_ground=FREED, application__state=State.REFUSED.value)
    proposed = Decision.objects.filter(Q(application__state=State.PROPOSED.value) | comes_back, taken_at=None, returned_at=None)
    rows = may_filter(actor, "sign-decisions", proposed, _WHERE).exclude(proposed_by=actor.id).select_related("application")
    today = clock.today()
    for found in rows.order_by("application__due_on", "pk")[:_MOST]:
        due = None if found.comes_back else found.application.due_on
        path = f"/werk/aanvragen/{found.application.number}/besluit"
        name = _("Teken het besluit: {title}").format(title=found.application.title)
        yield Waiting(name, path, 1, due, int(due is not None and due < today))
