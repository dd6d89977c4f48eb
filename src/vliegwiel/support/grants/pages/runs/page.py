"""Many decisions in one go: the trial run with a line per application, and the batch of letters for who signs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.support.grants.actions.run_decisions import Planned, Words, planned, prepare_decisions, signable, start_run
from vliegwiel.support.grants.gates import CEILING, grounds_for
from vliegwiel.support.grants.models import DecisionRun
from vliegwiel.support.grants.models.run import RunState
from vliegwiel.support.grants.tasks import carry_on_run
from vliegwiel.support.schemes.public import CallFacts, call_of

_FOLDER = "support/grants/pages/runs"
#: The field for the end of the activity, before the number of its row.
_END = "einde-"
#: A run that is not done by then stopped somewhere: the trial run is shown again.
_LONGEST_RUN = timedelta(hours=1)


def decisions_page(request: HttpRequest, call: str) -> HttpResponse:
    """`/werk/openstellingen/<id>/besluiten`: what would be proposed for each (nothing is kept), start it, and put the letters together."""
    actor, found = actor_of(request), call_of(call)
    subject = Subject(province=found.province)
    decides, signs = may(actor, "decide-applications", subject), may(actor, "sign-decisions", subject)
    if not decides and not signs:
        demand(actor, "decide-applications", subject)
    words, wrong = _words(request.POST or request.GET), None
    if request.method == "POST":
        try:
            if done := _done(request, found, words):
                return done
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    runs = list(DecisionRun.objects.filter(call=call).order_by("-pk").prefetch_related("rows__application")[:3])
    busy = _busy(runs)
    context: dict[str, Any] = {
        "call": found,
        "words": words,
        "rows": [],
        "wrong": wrong,
        "decides": bool(decides),
        "ranks": bool(may(actor, "assess-applications", subject)),
        "signable": signable(actor, call) if signs else [],
        "runs": runs,
        "busy": busy,
        "made_up": found.made_up,
        **(_trial(request, found, words) if decides and not busy else {}),
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)


def _busy(runs: Sequence[DecisionRun]) -> dict[str, int]:
    """How far a run is that goes on now; empty when none does, or when it has been silent for so long that it may be tried again."""
    since = clock.now() - _LONGEST_RUN
    states = [row.state for run in runs if run.finished_at is None and run.started_at > since for row in run.rows.all()]
    return {"done": sum(state != RunState.WAITING for state in states), "all": len(states)} if states else {}


def _done(request: HttpRequest, found: CallFacts, words: Words) -> HttpResponse | None:
    """What the button does; None when the trial run is only reckoned again."""
    actor = actor_of(request)
    if request.POST.get("doe") == "stapel":
        return redirect("letter_batch", prepare_decisions(actor=actor, call=found.id))
    if request.POST.get("doe") == "reken":
        return None
    run = start_run(actor=actor, call=found.id, words=words, ends=_ends(request.POST))
    carry_on_run.enqueue(run=run.public_id)
    return redirect("decisions_in_bulk", call=found.id)


def _trial(request: HttpRequest, found: CallFacts, words: Words) -> dict[str, Any]:
    try:
        rows = planned(actor_of(request), found.id, words, _ends(request.POST or request.GET))
    except Refusal as refusal:
        return {"rows": [], "nothing": refusal.message}
    ready = sum(not row.problems for row in rows)
    return {
        "rows": rows,
        "grounds": _grounds(rows) if found.method == "tender" else [],
        "ready": ready,
        "nothing": "" if rows else _("Op elke aanvraag in de verdeling is al iets voorgesteld."),
    }


def _grounds(rows: Sequence[Planned]) -> list[tuple[str, str]]:
    """The grounds of the scheme to choose from for who stayed below a minimum: key and words."""
    known = grounds_for(rows[0].application) if rows else {}
    return [(key, f"{text} ({article})") for key, (article, text) in known.items() if key != CEILING]


def _ends(form: QueryDict) -> dict[str, date | None]:
    return {name.removeprefix(_END): date_of(form.get(name, "")) for name in form if name.startswith(_END)}


def _words(form: QueryDict) -> Words:
    return Words(
        granted=form.get("toegekend", "") or _("U krijgt het geld dat u vroeg."),
        partly=form.get("deels", "") or _("U krijgt een deel van het geld dat u vroeg."),
        refused=form.get("afgewezen", "") or _("U krijgt geen geld."),
        motivation=form.get("motivering", ""),
        below=form.get("onder", ""),
    )
