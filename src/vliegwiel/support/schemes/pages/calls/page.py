"""A call of a scheme: planned in a form, announced as the law asks, and then moved by the clock."""

import re
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.foundation.budgets.public import CeilingFacts, ceiling_of, ceilings_in
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import as_typed, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotValid, Refusal
from vliegwiel.support.schemes.actions.plan_call import announce_call, change_call, drop_call, plan_call
from vliegwiel.support.schemes.lifecycle import CALL_NAMES, CallState
from vliegwiel.support.schemes.models import Call, Method, Scheme
from vliegwiel.support.schemes.pages.typed import small_number
from vliegwiel.support.schemes.queries import call_named, scheme_named, version_on
from vliegwiel.support.schemes.rules import announcement_problems

_FOLDER = "support/schemes/pages/calls"
_DATES = {"besluit_op": "decision_date", "bekend_op": "published_on"}
#: Nobody could apply yet: there is nothing to divide or decide.
_NOT_YET = (CallState.PLANNED, CallState.ANNOUNCED)
#: To which field a refusal leads.
_FIELDS = {
    "no-date": "v-open_dag",
    "no-time": "v-open_tijd",
    "closes-first": "v-dicht_dag",
    "no-version": "v-open_dag",
    "method": "v-verdelen",
    "no-method": "v-verdelen",
    "no-criteria": "v-verdelen",
    "ceiling": "v-plafond",
}


def call_planned(request: HttpRequest, key: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/openstelling`: plan a call."""
    scheme = scheme_named(key)
    demand(actor_of(request), "manage-schemes", Subject(province=scheme.province))
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            call = plan_call(actor=actor_of(request), scheme=scheme.key, **_given(request))
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect("call_managed", call.public_id)
    return _form(request, scheme, None, wrong)


def call_page(request: HttpRequest, call: str, *, wrong: Refusal | None = None) -> HttpResponse:
    """`/beheer/openstellingen/<id>`: change it while it is planned, see what is missing, announce it."""
    found = call_named(call)
    demand(actor_of(request), "manage-schemes", Subject(province=found.province))
    if request.method == "POST" and wrong is None:
        revision = small_number(request.POST.get("revisie")) or 0
        try:
            change_call(actor=actor_of(request), call=call, revision=revision, **_given(request))
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect("call_managed", call)
    return _form(request, found.scheme, found, wrong)


@require_POST
def call_announced(request: HttpRequest, call: str) -> HttpResponse:
    """`/beheer/openstellingen/<id>/bekend`: from now on it is public and moves by the clock."""
    try:
        announce_call(actor=actor_of(request), call=call)
    except Refusal as refusal:
        return call_page(request, call, wrong=refusal)
    return redirect("call_managed", call)


@require_POST
def call_dropped(request: HttpRequest, call: str) -> HttpResponse:
    """`/beheer/openstellingen/<id>/weg`: take away what nobody was told of."""
    scheme = call_named(call).scheme
    drop_call(actor=actor_of(request), call=call)
    return redirect("scheme_workbench", scheme.key)


def _given(request: HttpRequest) -> dict[str, Any]:
    """The facts of the form; an empty date is None. Raises NotValid for a moment that is none."""
    posted = request.POST
    given: dict[str, Any] = {
        "name": posted.get("naam", ""),
        "method": posted.get("verdelen", ""),
        "ceiling": posted.get("plafond", ""),
        "parts": [part for part in posted.getlist("delen") if part],
        "decision_number": posted.get("besluit", ""),
        "publication": posted.get("bekend", ""),
        "opens_at": _moment(posted.get("open_dag", ""), posted.get("open_tijd", ""), time(9)),
        "closes_at": _moment(posted.get("dicht_dag", ""), posted.get("dicht_tijd", ""), time(17)),
    }
    for field, fact in _DATES.items():
        text = posted.get(field, "").strip()
        found = date_of(text)
        if text and found is None:
            raise NotValid(_("{text} is geen datum. Schrijf de datum zo: 16-3-2026.").format(text=text[:20]), code="no-date")
        given[fact] = found
    return given


def _moment(day: str, hour: str, usual: time) -> datetime:
    found: date | None = date_of(day)
    if found is None:
        raise NotValid(_("Vul de eerste en de laatste dag in. Schrijf een datum zo: 16-3-2026."), code="no-date")
    match = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)", hour.strip())
    if hour.strip() and match is None:
        raise NotValid(_("Schrijf de tijd zo: 17.00."), code="no-time")
    at = time(int(match[1]), int(match[2])) if match else usual
    return datetime.combine(found, at, tzinfo=clock.AMSTERDAM)


def _form(request: HttpRequest, scheme: Scheme, call: Call | None, wrong: Refusal | None) -> HttpResponse:
    stands = call.stands if call else CallState.PLANNED
    ceilings = _ceilings(scheme.province, call)
    mine = [item for item in ceilings if call and item.id in (call.ceiling, *call.parts)]
    version = version_on(scheme) or scheme.versions.first()
    methods = version.document.get("dividing", {}).get("methods", Method.values) if version else Method.values
    typed = request.POST if request.method == "POST" and wrong else _typed(call)
    context = {
        "scheme": scheme,
        "call": call,
        "planned": stands is CallState.PLANNED,
        "state": CALL_NAMES[stands],
        "at_work": stands not in _NOT_YET
        and bool(may(actor_of(request), "decide-applications", Subject(province=scheme.province))),
        "ceilings": [item for item in ceilings if not item.within],
        "parts": [item for item in ceilings if item.within],
        "chosen_parts": request.POST.getlist("delen") if wrong else (call.parts if call else ()),
        "methods": [(key, name) for key, name in Method.choices if key in methods],
        "missing": announcement_problems(call, mine, clock.now()) if call and stands is CallState.PLANNED else (),
        "given": typed,
        "ceiling": mine[0] if mine else None,
        "wrong": wrong,
        "wrong_field": _FIELDS.get(wrong.code, "v-naam") if wrong else "",
        "made_up": scheme.made_up,
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if isinstance(wrong, NotValid) else 409 if wrong else 200)


def _ceilings(province: str, call: Call | None) -> list[CeilingFacts]:
    """Those whose period holds today or the first day of the call, and its own."""
    days = {clock.today(), clock.legal_date(call.opens_at)} if call else {clock.today()}
    found = {item.id: item for day in sorted(days) for item in ceilings_in(province, day)}
    for own in (call.ceiling, *call.parts) if call else ():
        if own and own not in found:
            try:
                found[own] = ceiling_of(own)
            except NotFound:
                continue
    return list(found.values())


def _typed(call: Call | None) -> dict[str, str]:
    if call is None:
        return {"open_tijd": "9.00", "dicht_tijd": "17.00"}
    opens, closes = (moment.astimezone(clock.AMSTERDAM) for moment in (call.opens_at, call.closes_at))
    return {
        "naam": call.name,
        "verdelen": call.method,
        "plafond": call.ceiling,
        "besluit": call.decision_number,
        "bekend": call.publication,
        "open_dag": as_typed(opens.date()),
        "open_tijd": f"{opens:%H.%M}",
        "dicht_dag": as_typed(closes.date()),
        "dicht_tijd": f"{closes:%H.%M}",
        "besluit_op": as_typed(call.decision_date),
        "bekend_op": as_typed(call.published_on),
    }
