"""Payments that are due: what the plans ask, by day, and ordering them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import actor_of, demand_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import due_instalments
from vliegwiel.support.settlements.actions.order_payment import order_payment
from vliegwiel.support.settlements.files import DuePayment, GrantFile, due_payments
from vliegwiel.support.settlements.many import files_of

_VERB = "pay-and-settle"
_MOST = 50


@dataclass(frozen=True)
class Row:
    """A payment with its grant."""

    file: GrantFile
    payment: DuePayment

    @property
    def value(self) -> str:
        """What the form sends back."""
        return f"{self.file.name}/{self.payment.instalment.id}"


def due_page(request: HttpRequest) -> HttpResponse:
    """`/werk/uitbetalingen`: tick what is to be paid; each is ordered on its own, and what cannot be says why."""
    actor = actor_of(request)
    demand_somewhere(actor, _VERB)
    done, refused = 0, []
    if request.method == "POST":
        for chosen in request.POST.getlist("betaling")[:_MOST]:
            name, _slash, number = chosen.partition("/")
            try:
                order_payment(actor=actor, application=name, instalment=int(number) if number.isdecimal() else 0)
            except NotAllowed:
                raise
            except Refusal as refusal:
                refused.append(refusal.message)
            else:
                done += 1
        if not refused and done:
            return redirect(f"{request.path}?klaargezet={done}")
    names = list(dict.fromkeys(due_instalments(actor, _VERB)))
    rows = [Row(file, item) for file in files_of(names[:_MOST]).values() for item in due_payments(file)]
    rows.sort(key=lambda row: row.payment.instalment.due_on)
    ready = [row for row in rows if not row.payment.why_not]
    context: dict[str, Any] = {
        "ready": ready,
        "waiting": [row for row in rows if row.payment.why_not],
        "total": Money(sum(row.payment.instalment.amount.cents for row in ready)),
        "today": clock.today(),
        "said": _said(request.GET.get("klaargezet", "")) if request.method == "GET" else "",
        "done": done,
        "refused": refused,
        "nothing_chosen": request.method == "POST" and not done and not refused,
        "made_up": any(row.file.grant.made_up for row in rows),
        "more": len(names) > _MOST,
    }
    return render(request, "support/settlements/pages/due/page.html", context, status=400 if refused else 200)


def _said(number: str) -> str:
    if not number.isdecimal() or len(number) > 4:
        return ""
    return _("Klaargezet: {number}. Een ander geeft de betalingen vrij.").format(number=int(number))
