"""Reads of objections: what waits, by legal clock; what belongs to a file; and counts for everyone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.papers.public import sent_days
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.objections.lifecycle import PENDING, State
from vliegwiel.support.objections.models import DefaultNotice, Objection, ObjectionDecision
from vliegwiel.support.objections.penalties import DefaultFacts, facts_of_each
from vliegwiel.support.objections.standing import WORKING
from vliegwiel.support.settlements.public import pay_by

_PLACE = Fields(province="province", municipality="municipality")
_SOON = timedelta(days=14)
#: A penalty that was laid down stays in the list until it was asked of payments, this long at most.
_PAID_WITHIN = timedelta(days=366)
MOST_COUNTED = 1_000
#: The heaps of the inbox, in the order in which they are shown.
HEAPS: Mapping[str, Promise] = {
    "open": _("alles"),
    "te-laat": _("te laat"),
    "binnenkort": _("binnen twee weken"),
    "nieuw": _("nog niemand"),
    "horen": _("wordt gehoord"),
    "beslissen": _("klaar voor een besluit"),
    "tekenen": _("wacht op een handtekening"),
    "betalen": _("kosten te betalen"),
    "klaar": _("afgerond"),
}
#: How the list can be sorted: a key of the address and what it sorts by; with a minus before it the other way round.
ORDERS: Mapping[str, str] = {
    "dag": "due_on",
    "bezwaar": "title",
    "ontvangen": "received_on",
    "regeling": "scheme_title",
    "stand": "state",
    "behandelaar": "handler_name",
}


@dataclass(frozen=True)
class Chosen:
    """What someone looks at: a heap, words in number, title or name, a scheme (its key), a state, whose files ("mij", "niemand" or the
    public id of a colleague), and the order."""

    heap: str = "open"
    words: str = ""
    scheme: str = ""
    state: str = ""
    whose: str = ""
    order: str = ""


@dataclass(frozen=True)
class CostsWaiting:
    """Costs of objecting that were granted and not asked of payments yet, with the last day to pay (Awb 4:87)."""

    objection: Objection
    decision: ObjectionDecision
    pay_by: date


@dataclass(frozen=True)
class ObjectionCount:
    """Objections against decisions under one scheme: how many were lodged, wait, and came to which outcome."""

    scheme: str
    scheme_title: str
    lodged: int
    waiting: int
    upheld: int
    partly: int
    dismissed: int
    inadmissible: int
    withdrawn: int


def at_work_on(actor: Actor) -> QuerySet[Objection]:
    """Every objection this person may work on, with one of the verbs of this room."""
    found = Objection.objects.all()
    allowed = Q(pk__in=[])
    for verb in WORKING:
        allowed |= Q(pk__in=may_filter(actor, verb, found, _PLACE).values("pk"))
    return found.filter(allowed)


def heap_of(found: QuerySet[Objection], heap: str, today: date) -> QuerySet[Objection]:
    """One heap of the inbox, the first legal day first."""
    if heap == "klaar":
        return found.filter(state__in=[State.DECIDED.value, State.WITHDRAWN.value]).order_by("-closed_on", "-pk")
    if heap == "betalen":
        return found.filter(pk__in=_costs_to_pay().values("objection")).order_by("closed_on", "pk")
    pending = found.filter(state__in=[state.value for state in PENDING]).order_by("due_on", "pk")
    chosen = _pending(today)
    return pending.filter(chosen[heap]) if heap in chosen else pending


def _pending(today: date) -> dict[str, Q]:
    """The heaps of what waits for a decision; each of them is counted in the same question."""
    return {
        "open": Q(),
        "te-laat": Q(due_on__lt=today),
        "binnenkort": Q(due_on__gte=today, due_on__lte=today + _SOON),
        "nieuw": Q(handler=""),
        "horen": Q(state=State.INVITED.value),
        "beslissen": Q(state__in=[State.READY.value, State.ADVISED.value]),
        "tekenen": Q(state=State.PROPOSED.value),
    }


def _costs_to_pay() -> QuerySet[ObjectionDecision]:
    return ObjectionDecision.objects.filter(taken_at__isnull=False, costs__gt=0, costs_ordered_at=None)


def narrowed(found: QuerySet[Objection], chosen: Chosen, *, actor: Actor) -> QuerySet[Objection]:
    """The same, as someone asked."""
    if chosen.words:
        named = Q(title__icontains=chosen.words) | Q(objector_name__icontains=chosen.words)
        number = Q(number__startswith=chosen.words.upper()) | Q(application_number__startswith=chosen.words)
        found = found.filter(named | number)
    if chosen.scheme:
        found = found.filter(scheme=chosen.scheme)
    if chosen.state:
        found = found.filter(state=chosen.state)
    if chosen.whose:
        found = found.filter(handler={"mij": actor.id, "niemand": ""}.get(chosen.whose, chosen.whose))
    return found


def listed(found: QuerySet[Objection], chosen: Chosen, *, actor: Actor, today: date) -> QuerySet[Objection]:
    """The heap that was chosen, narrowed and in the order that was asked; without one the first legal day is first. What is closed sorts
    by the day on which it was."""
    rows = heap_of(narrowed(found, chosen, actor=actor), chosen.heap, today)
    field = ORDERS.get(chosen.order.removeprefix("-"), "")
    if not field:
        return rows
    if field == "due_on" and chosen.heap in ("klaar", "betalen"):
        field = "closed_on"
    return rows.order_by(f"-{field}", "-pk") if chosen.order.startswith("-") else rows.order_by(field, "pk")


def counted(found: QuerySet[Objection], today: date) -> list[tuple[str, Promise, int]]:
    """How many lie on each heap; what waits is counted in one question, what is closed up to a limit."""
    simple = _pending(today)
    pending = found.filter(state__in=[state.value for state in PENDING]).order_by()
    counts = pending.aggregate(**{f"heap_{place}": Count("pk", filter=heap) for place, heap in enumerate(simple.values())})
    numbers = {heap: counts[f"heap_{place}"] for place, heap in enumerate(simple)}
    numbers |= {heap: heap_of(found, heap, today).order_by()[: MOST_COUNTED + 1].count() for heap in HEAPS if heap not in simple}
    return [(heap, name, numbers[heap]) for heap, name in HEAPS.items()]


def choices_in(found: QuerySet[Objection]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Schemes (key and title) and handlers (public id and name) of which there is something, by name."""
    schemes = set(found.order_by().values_list("scheme", "scheme_title").distinct())
    handlers = set(found.exclude(handler="").order_by().values_list("handler", "handler_name").distinct())
    return sorted(schemes, key=lambda pair: pair[1]), sorted(handlers, key=lambda pair: pair[1])


def costs_waiting(actor: Actor) -> list[CostsWaiting]:
    """Costs of objecting that must still be paid, for who pays or works on objections; the oldest decision first."""
    allowed = Q(pk__in=[])
    for verb in (*WORKING, "pay-and-settle"):
        allowed |= Q(pk__in=may_filter(actor, verb, Objection.objects.all(), _PLACE).values("pk"))
    mine = Objection.objects.filter(allowed)
    return costs_of_each(_costs_to_pay().filter(objection__in=mine))


def costs_of_each(found: QuerySet[ObjectionDecision] | None = None) -> list[CostsWaiting]:
    """The same for these decisions, or for all that wait; a fixed number of questions."""
    rows = (_costs_to_pay() if found is None else found).select_related("objection").order_by("taken_at", "pk")[:200]
    decisions = list(rows)
    sent = sent_days([row.letter for row in decisions])
    return [CostsWaiting(row.objection, row, pay_by(sent.get(row.letter) or clock.today(), equated_days())) for row in decisions]


def notices_waiting(actor: Actor) -> list[DefaultFacts]:
    """Notices of default that ask something, the oldest first: to decide, to lay the penalty down, or to pay it."""
    since = clock.today() - _PAID_WITHIN
    found = DefaultNotice.objects.filter(Q(determined_on=None) | Q(determined_on__gte=since)).select_related("objection")
    allowed = Q(pk__in=[])
    for verb in ("handle-objections", "decide-objections"):
        allowed |= Q(pk__in=may_filter(actor, verb, found, _PLACE).values("pk"))
    rows = list(found.filter(allowed).order_by("received_on", "pk")[:200])
    return [item for item in facts_of_each(rows) if not item.over]


def objections_of(application: str) -> list[Objection]:
    """Every objection against decisions on an application (public id), newest first."""
    return list(Objection.objects.filter(application=application).order_by("-pk"))


def notice_of(application: str, objection: Objection | None = None) -> DefaultNotice | None:
    """The notice of default about the decision on an application (public id), or on an objection."""
    return DefaultNotice.objects.select_related("objection").filter(application=application, objection=objection).first()


def counts(province: str) -> list[ObjectionCount]:
    """Objections per scheme and outcome, without names or numbers of files."""
    rows = Objection.objects.filter(province=province).order_by().values("scheme", "scheme_title", "outcome")
    sums: dict[str, dict[str, int]] = {}
    titles: dict[str, str] = {}
    for row in rows.annotate(number=Count("pk")):
        titles[row["scheme"]] = row["scheme_title"]
        part, key = sums.setdefault(row["scheme"], {}), row["outcome"] or "waiting"
        part[key] = part.get(key, 0) + row["number"]
    keys = ("waiting", "upheld", "partly", "dismissed", "inadmissible", "withdrawn")
    return [
        ObjectionCount(scheme, titles[scheme], sum(part.values()), *(part.get(key, 0) for key in keys))
        for scheme, part in sorted(sums.items(), key=lambda item: titles[item[0]])
    ]
