"""What must still be reported to the European register, and what each undertaking got."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.state_aid import aid_register
from vliegwiel.foundation.design.money_lines import money_line
from vliegwiel.foundation.people.public import actor_of, demand_somewhere, organisation_names, organisation_with, undertaking_of
from vliegwiel.foundation.questions.public import amount_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.state_aid.actions.book_aid import correct_aid, report_aid
from vliegwiel.support.state_aid.public import LedgerFacts, ledger_of
from vliegwiel.support.state_aid.queries import readable_entries, to_report, undertakings

_FOLDER = "support/state_aid/pages/tasks"
_VERB = "assess-applications"
_MOST = 200
_LEDGERS = {"regular": gettext_lazy("De-minimissteun"), "daeb": gettext_lazy("De-minimissteun voor een DAEB")}


def tasks_page(request: HttpRequest) -> HttpResponse:
    """`/werk/staatssteun`: what to report and by when, and the undertakings with a ledger; `?kvk=` leads to one."""
    actor = actor_of(request)
    demand_somewhere(actor, _VERB)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            report_aid(actor=actor, entry=request.POST.get("regel", ""), number=request.POST.get("nummer", ""))
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("state_aid")
    typed = request.GET.get("kvk", "").strip()
    if typed:
        found = organisation_with(typed) or typed
        if readable_entries(actor, found).exists():
            return redirect("state_aid_ledger", organisation=found)
    waiting = list(to_report(actor)[:_MOST])
    listed = list(undertakings(actor)[:_MOST])
    names = organisation_names([*listed, *(entry.organisation for entry in waiting)])
    context = {
        "waiting": [(entry, names.get(entry.organisation, "")) for entry in waiting],
        "listed": [(key, names.get(key, "")) for key in listed],
        "register": aid_register(),
        "today": clock.today(),
        "typed": typed,
        "wrong": wrong,
        "wrong_entry": request.POST.get("regel", "") if wrong else "",
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)


def ledger_page(request: HttpRequest, organisation: str) -> HttpResponse:
    """`/werk/staatssteun/<organisation>`: how much the undertaking got in three years, what it may still get, and every entry."""
    actor = actor_of(request)
    demand_somewhere(actor, _VERB)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _correct(request)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("state_aid_ledger", organisation=organisation)
    entries = list(readable_entries(actor, organisation).prefetch_related("corrections"))
    if not entries:
        raise NotFound(
            _("Van deze onderneming kennen we geen de-minimissteun."), nearest=((_("Staatssteun"), "/werk/staatssteun"),)
        )
    together = undertaking_of(organisation)
    names = organisation_names(together)
    context = {
        "name": names.get(organisation) or _("KvK {number}").format(number=organisation),
        "others": sorted(name for key, name in names.items() if key != organisation),
        "ledgers": [_drawn(facts) for facts in ledger_of(organisation)],
        "entries": [(entry, names.get(entry.organisation, ""), _left(entry)) for entry in entries],
        "wrong": wrong,
        "wrong_entry": request.POST.get("regel", "") if wrong else "",
        "given": request.POST if wrong else {},
    }
    return render(request, f"{_FOLDER}/ledger.html", context, status=400 if wrong else 200)


def _correct(request: HttpRequest) -> None:
    amount = amount_of(request.POST.get("bedrag", ""))
    if amount is None:
        raise NotValid(_("Vul een bedrag in, bijvoorbeeld 1.250."), code="no-amount")
    posted = request.POST
    correct_aid(actor=actor_of(request), entry=posted.get("regel", ""), amount=amount, reason=posted.get("reden", ""))


def _drawn(facts: LedgerFacts) -> dict[str, Any]:
    left = Money(max(facts.left.cents, 0))
    line = money_line(_("Plafond"), facts.ceiling, ("used", _("Gekregen"), facts.used), ("free", _("Mag nog"), left))
    return {"facts": facts, "name": _LEDGERS[facts.ledger], "line": line}


def _left(entry: Any) -> Money | None:
    """What can still be corrected of an entry; None for a correction, and when nothing is left."""
    left = entry.amount + sum(item.amount for item in entry.corrections.all())
    return Money(left) if entry.corrects_id is None and left > 0 else None
