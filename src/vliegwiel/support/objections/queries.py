"""Reads of objections: what waits, by legal clock; what belongs to a file; and counts for everyone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.objections.lifecycle import PENDING, State
from vliegwiel.support.objections.models import DefaultNotice, Objection
from vliegwiel.support.objections.penalties import DefaultFacts, facts_of
from vliegwiel.support.objections.standing import WORKING

_PLACE = Fields(province="province", municipality="municipality")
_SOON = timedelta(days=14)
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
    "klaar": _("afgerond"),
}


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
    pending = found.filter(state__in=[state.value for state in PENDING]).order_by("due_on", "pk")
    chosen: dict[str, Q] = {
        "te-laat": Q(due_on__lt=today),
        "binnenkort": Q(due_on__gte=today, due_on__lte=today + _SOON),
        "nieuw": Q(handler=""),
        "horen": Q(state=State.INVITED.value),
        "beslissen": Q(state__in=[State.READY.value, State.ADVISED.value]),
        "tekenen": Q(state=State.PROPOSED.value),
    }
    return pending.filter(chosen[heap]) if heap in chosen else pending


def counted(found: QuerySet[Objection], today: date) -> list[tuple[str, Promise, int]]:
    """How many lie on each heap."""
    return [(heap, name, heap_of(found, heap, today).order_by()[: MOST_COUNTED + 1].count()) for heap, name in HEAPS.items()]


def notices_waiting(actor: Actor) -> list[DefaultFacts]:
    """Notices of default that ask something, the oldest first."""
    found = DefaultNotice.objects.filter(determined_on=None).select_related("objection")
    allowed = Q(pk__in=[])
    for verb in ("handle-objections", "decide-objections"):
        allowed |= Q(pk__in=may_filter(actor, verb, found, _PLACE).values("pk"))
    facts = [facts_of(notice) for notice in found.filter(allowed).order_by("received_on", "pk")[:200]]
    return [item for item in facts if not item.over]


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
