"""What this room hands to shared places: who may read its papers, and reminders before a date."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.budgets.public import FileNames, NamedFile
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.papers.public import PaperAccess
from vliegwiel.foundation.people.public import Fields, Subject, conflicts_declared, may_filter, who_may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections.lifecycle import PENDING, State
from vliegwiel.support.objections.models import DefaultNotice, Objection, ObjectionHearing
from vliegwiel.support.objections.penalties import facts_of_each
from vliegwiel.support.objections.queries import costs_of_each
from vliegwiel.support.objections.standing import WORKING, at_work, is_objector, may_read, notice_reference, reference
from vliegwiel.support.objections.terms import open_request
from vliegwiel.support.settlements.public import PAPERS as OF_ACCOUNT
from vliegwiel.support.settlements.public import OwnDebts

_TEXTS = "support/objections/texts"
_AHEAD = timedelta(days=14)
_SHORT = timedelta(days=3)


def _read(actor: Actor, record: str) -> Verdict:
    found = Objection.objects.filter(public_id=record).first()
    return may_read(actor, found) if found else _gone()


def _add(actor: Actor, record: str) -> Verdict:
    """Who objects until it is decided (Awb 7:4); who works on it always."""
    found = Objection.objects.filter(public_id=record).first()
    if found is None:
        return _gone()
    if is_objector(actor, found) and found.stands not in PENDING:
        return Verdict.no(Reason("state", "Op dit bezwaar is besloten. U kunt er niets meer bij doen."))
    return may_read(actor, found)


def _gone() -> Verdict:
    return Verdict.no(Reason("not-found", "Dit bezwaar kennen we niet."))


def _read_for_advice(actor: Actor, record: str) -> Verdict:
    """The committee reads the papers of the application, also confidential ones, while it hears and advises (Awb 7:4, 7:13): only of files
    in which it was asked, and not with an interest of one's own. Each reading of a confidential paper is kept in the trail."""
    waiting = Objection.objects.filter(application=record, committee=True, state__in=[state.value for state in PENDING])
    found = waiting.first()
    if found is None or actor.kind != "person":
        return Verdict.no(Reason("no-committee", "De commissie is in dit dossier niet gevraagd, of is klaar."))
    return at_work(actor, found.province, found.municipality, grant_of(record), ("hear-objections",))


def _objections(actor: Actor, ids: Collection[str]) -> dict[str, NamedFile]:
    """Costs that we pay go by the number of the objection."""
    return _called(actor, Objection.objects.filter(public_id__in=ids), "/werk/bezwaren")


def _notices(actor: Actor, ids: Collection[str]) -> dict[str, NamedFile]:
    """A penalty goes by the number of the notice of default."""
    return _called(actor, DefaultNotice.objects.filter(public_id__in=ids), "/werk/ingebrekestellingen")


def _called(actor: Actor, rows: QuerySet[Any], path: str) -> dict[str, NamedFile]:
    may_work = Q(pk__in=[])
    for verb in WORKING:
        may_work |= Q(pk__in=may_filter(actor, verb, rows, Fields(province="province", municipality="municipality")).values("pk"))
    without_interest = rows.exclude(application__in=conflicts_declared(actor.id, "application"))
    shown = set(without_interest.filter(may_work).values_list("public_id", flat=True))
    numbers = rows.values_list("public_id", "number")
    return {key: NamedFile(number, f"{path}/{number}" if key in shown else "") for key, number in numbers}


def _ids_by_number(model: type[Objection | DefaultNotice]) -> Callable[[str], list[str]]:
    return lambda number: list(model._default_manager.filter(number=number).values_list("public_id", flat=True))


BOOKED_FILES = [
    FileNames("objection", _objections, _ids_by_number(Objection)),
    FileNames("default-notice", _notices, _ids_by_number(DefaultNotice)),
]
PAPERS = [
    PaperAccess("objection", _read, _add),
    PaperAccess("application", _read_for_advice, along=True),
    PaperAccess(OF_ACCOUNT, _read_for_advice, along=True),
]


def _to_objectors(found: Objection, moment: str, on: date, facts: dict[str, object]) -> Iterator[Due]:
    """Everyone of that side with an account; without one it goes on paper."""
    grant = grant_of(found.application)
    for person in list(dict.fromkeys(name for name in (found.objector, *grant.applicants) if name)) or [""]:
        yield Due(reference(found), found.province, moment, on, person=person, post=grant.post, facts=facts)


def _repair(since: date, until: date) -> Iterator[Due]:
    """Three days before the time to repair is over."""
    for found in Objection.objects.filter(state=State.REPAIRING):
        asked = open_request(found)
        if asked is None or asked.until is None or not since <= asked.until - _SHORT <= until:
            continue
        facts: dict[str, object] = {"objection": found, "until": day(asked.until, "week")}
        yield from _to_objectors(found, f"repair-{asked.until.isoformat()}", asked.until - _SHORT, facts)


def _hearing(since: date, until: date) -> Iterator[Due]:
    """A week before the hearing, when the papers lie ready."""
    rows = ObjectionHearing.objects.filter(held_on=None, papers_from__range=(since, until), objection__state=State.INVITED)
    for row in rows.select_related("objection"):
        if row.planned_on is None or row.papers_from is None:
            continue
        facts: dict[str, object] = {
            "objection": row.objection,
            "on": day(row.planned_on, "week"),
            "time": row.time,
            "place": row.place,
        }
        yield from _to_objectors(row.objection, f"hearing-{row.planned_on.isoformat()}", row.papers_from, facts)


def _due(since: date, until: date) -> Iterator[Due]:
    """Two weeks before we must decide: who handles it, or everyone who may while nobody does."""
    soon = Objection.objects.filter(state__in=[state.value for state in PENDING], due_on__range=(since + _AHEAD, until + _AHEAD))
    for found in soon:
        facts = {"objection": found, "due": day(found.due_on, "week")}
        for person in [found.handler] if found.handler else _handlers(found.province, found.municipality):
            moment = f"due-{found.due_on.isoformat()}"
            yield Due(reference(found), found.province, moment, found.due_on - _AHEAD, person=person, facts=facts)


def _penalty(since: date, until: date) -> Iterator[Due]:
    """Three days before a penalty must have been laid down (Awb 4:18)."""
    for stands in facts_of_each(list(DefaultNotice.objects.filter(determined_on=None).select_related("objection"))):
        notice, by = stands.notice, stands.determine_by
        if by is None or not since <= by - _SHORT <= until:
            continue
        facts = {"notice": notice, "due": day(by, "week")}
        for person in _handlers(notice.province, notice.municipality):
            yield Due(notice_reference(notice), notice.province, "penalty-due", by - _SHORT, person=person, facts=facts)


def _to_pay(since: date, until: date) -> Iterator[Due]:
    """Two weeks before a penalty must have been paid (Awb 4:87): who pays, while nothing was asked of payments."""
    for stands in facts_of_each(list(DefaultNotice.objects.filter(determined_on__isnull=False).select_related("objection"))):
        notice, by = stands.notice, stands.pay_by
        if by is None or not stands.to_pay.cents or not since <= by - _AHEAD <= until:
            continue
        facts = {"notice": notice, "amount": stands.to_pay, "due": day(by, "week")}
        for person in who_may("pay-and-settle", Subject(province=notice.province, municipality=notice.municipality))[:20]:
            moment = f"penalty-pay-{by.isoformat()}"
            yield Due(notice_reference(notice), notice.province, moment, by - _AHEAD, person=person, facts=facts)


def _costs(since: date, until: date) -> Iterator[Due]:
    """Two weeks before costs of objecting must have been paid (Awb 4:87, 7:15): who pays, while nothing was asked of payments."""
    for item in costs_of_each():
        if not since <= item.pay_by - _AHEAD <= until:
            continue
        found, on = item.objection, item.pay_by - _AHEAD
        facts = {"objection": found, "amount": item.decision.costs_money, "due": day(item.pay_by, "week")}
        for person in who_may("pay-and-settle", Subject(province=found.province, municipality=found.municipality))[:20]:
            yield Due(reference(found), found.province, f"costs-pay-{item.pay_by.isoformat()}", on, person=person, facts=facts)


def _handlers(province: str, municipality: str) -> list[str]:
    return who_may("handle-objections", Subject(province=province, municipality=municipality))[:20]


def _notices_of(names: Iterable[str]) -> dict[str, list[str]]:
    return _by_file(DefaultNotice.objects.filter(application__in=list(names), determined_on__isnull=False))


def _objections_of(names: Iterable[str]) -> dict[str, list[str]]:
    return _by_file(Objection.objects.filter(application__in=list(names), wants_costs=True))


def _by_file(rows: QuerySet[DefaultNotice] | QuerySet[Objection]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for application, record in rows.order_by("pk").values_list("application", "public_id"):
        found[application].append(record)
    return found


def _files_of_notices(records: Iterable[str]) -> dict[str, str]:
    return dict(DefaultNotice.objects.filter(public_id__in=list(records)).values_list("public_id", "application"))


def _files_of_objections(records: Iterable[str]) -> dict[str, str]:
    return dict(Objection.objects.filter(public_id__in=list(records)).values_list("public_id", "application"))


OWN_DEBTS = [
    OwnDebts(gettext_lazy("dwangsom"), "default-notice", _notices_of, _files_of_notices),
    OwnDebts(gettext_lazy("kosten van het bezwaar"), "objection", _objections_of, _files_of_objections),
]

REMINDERS = [
    Reminder("objection-repair", "Een bezwaar aanvullen, drie dagen voor de laatste dag", f"{_TEXTS}/repair", _repair),
    Reminder("objection-hearing", "Vertellen over een bezwaar, een week vooraf", f"{_TEXTS}/hearing", _hearing),
    Reminder("objection-due", "Beslissen op een bezwaar, twee weken vooraf", f"{_TEXTS}/due", _due, kind="work"),
    Reminder("penalty-due", "Een dwangsom vaststellen, drie dagen vooraf", f"{_TEXTS}/penalty_due", _penalty, kind="work"),
    Reminder("objection-costs-pay", "Kosten van bezwaar betalen, twee weken vooraf", f"{_TEXTS}/costs_pay", _costs, kind="work"),
    Reminder("penalty-pay", "Een dwangsom betalen, twee weken vooraf", f"{_TEXTS}/penalty_pay", _to_pay, kind="work"),
]
