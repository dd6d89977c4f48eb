"""What waits for officers, by legal clock: one question per page, whatever the size of the archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents.public import unanswered
from vliegwiel.support.grants.lifecycle import PENDING, State
from vliegwiel.support.grants.models import Application, Assignment, Decision, FileMessage
from vliegwiel.support.grants.models.assessment import Task
from vliegwiel.support.grants.models.decision import FREED

VERB = "assess-applications"
_PLACE = Fields(province="province", municipality="municipality")
_SOON = timedelta(days=7)
#: Counting stops here: an officer needs no exact number above it.
MOST_COUNTED = 1_000
#: The heaps of the inbox, in the order in which they are shown; "open" is everything together.
HEAPS: Mapping[str, Promise] = {
    "open": _("alles"),
    "te-laat": _("te laat"),
    "deze-week": _("binnen een week"),
    "nieuw": _("nog niet bekeken"),
    "beslissen": _("klaar voor een besluit"),
    "tekenen": _("wacht op een handtekening"),
    "aanvrager": _("wacht op de aanvrager"),
    "gemeente": _("wacht op de gemeente"),
    "bericht": _("schreef ons"),
}
_TO_DECIDE = (State.COMPLETE, State.ADVISED)


@dataclass(frozen=True)
class Chosen:
    """What an officer looks at: a heap, words in number, title or name, a scheme (its title), and whose files: "mij", "niemand" or ""."""

    heap: str = "open"
    words: str = ""
    scheme: str = ""
    whose: str = ""


def waiting_for(actor: Actor) -> QuerySet[Application]:
    """Everything that waits for a decision and that this officer may work on; the first legal day first."""
    found = Application.objects.filter(state__in=[state.value for state in PENDING])
    return may_filter(actor, VERB, found, _PLACE).order_by(F("due_on").asc(nulls_last=True), "pk")


def coming_back(actor: Actor) -> list[Decision]:
    """Proposals to give money after a refusal that wait for their signature. No legal day runs for them, so they lie beside the heaps."""
    where = Fields(province="application__province", municipality="application__municipality")
    found = Decision.objects.filter(ledger_ground=FREED, application__state=State.REFUSED, taken_at=None, returned_at=None)
    return list(may_filter(actor, VERB, found, where).select_related("application").order_by("proposed_at", "pk"))


def narrowed(found: QuerySet[Application], chosen: Chosen, *, actor: Actor, today: date) -> QuerySet[Application]:
    """The same, as the officer asked."""
    found = _heap(found, chosen.heap, today)
    if chosen.words:
        by = Q(title__icontains=chosen.words) | Q(applicant_name__icontains=chosen.words) | Q(number__startswith=chosen.words)
        found = found.filter(by)
    if chosen.scheme:
        found = found.filter(scheme=chosen.scheme)
    handled = Assignment.objects.filter(application=OuterRef("pk"), task=Task.HANDLER, ended_at=None)
    if chosen.whose == "mij":
        return found.filter(Exists(handled.filter(person=actor.id)))
    return found.exclude(Exists(handled)) if chosen.whose == "niemand" else found


def counted(found: QuerySet[Application], chosen: Chosen, *, actor: Actor, today: date) -> list[tuple[str, Promise, int]]:
    """How many lie on each heap, with the other choices as they are; at most MOST_COUNTED + 1 each."""
    every = narrowed(found, Chosen("open", chosen.words, chosen.scheme, chosen.whose), actor=actor, today=today).order_by()
    simple = _simple(today)
    counts = every.aggregate(**{f"heap_{place}": Count("pk", filter=heap) for place, heap in enumerate(simple.values())})
    numbers = {heap: counts[f"heap_{place}"] for place, heap in enumerate(simple)}
    numbers |= {heap: _heap(every, heap, today)[: MOST_COUNTED + 1].count() for heap in HEAPS if heap not in simple}
    return [(heap, name, min(numbers[heap], MOST_COUNTED + 1)) for heap, name in HEAPS.items()]


def schemes_waiting(found: QuerySet[Application]) -> list[tuple[str, str]]:
    """Key and title of the schemes of which something waits."""
    return sorted(set(found.order_by().values_list("scheme", "scheme_title").distinct()), key=lambda pair: pair[1])


def handlers_of(rows: list[Application]) -> dict[int, str]:
    """Who handles each of these files."""
    found = Assignment.objects.filter(application__in=rows, task=Task.HANDLER, ended_at=None).order_by("pk")
    return dict(found.values_list("application_id", "name"))


def _simple(today: date) -> dict[str, Q]:
    """The heaps that the application itself tells: they are counted in one go."""
    return {
        "open": Q(),
        "te-laat": Q(due_on__lt=today),
        "deze-week": Q(due_on__gte=today, due_on__lte=today + _SOON),
        "nieuw": Q(state=State.SUBMITTED),
        "beslissen": Q(state__in=[state.value for state in _TO_DECIDE]),
        "tekenen": Q(state=State.PROPOSED),
        "aanvrager": Q(state=State.INCOMPLETE),
    }


def _heap(found: QuerySet[Application], heap: str, today: date) -> QuerySet[Application]:
    if heap == "bericht":
        waiting = FileMessage.objects.filter(application=OuterRef("pk"), from_applicant=True, answered_at=None)
        return found.filter(Exists(waiting))
    if heap == "gemeente":
        return found.filter(public_id__in=unanswered("application"))
    return found.filter(_simple(today)[heap])
