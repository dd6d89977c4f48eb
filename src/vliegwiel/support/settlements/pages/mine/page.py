"""My grant: what was granted, what was paid, what to send when, and what else can be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.design.money_lines import MoneyLine, money_line
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import State, messages_about
from vliegwiel.support.settlements.actions.collect_claim import standing
from vliegwiel.support.settlements.files import GrantFile, due_payments
from vliegwiel.support.settlements.models import Act, Report
from vliegwiel.support.settlements.pages.visitors import own_file
from vliegwiel.support.settlements.to_do import to_do


def money_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    file = own_file(actor, application)
    context: dict[str, Any] = {
        "file": file,
        "grant": file.grant,
        "line": line_of(file),
        "to_do": to_do(file),
        "answer": answer_of(file),
        "due": [item for item in due_payments(file) if not file.settlement],
        "payments": file.payments,
        "duties": [(duty, file.proofs.get(duty.id)) for duty in file.duties],
        "reports": list(reversed(file.reports)),
        "draft": Report.objects.filter(application=file.name, sent_on=None).exclude(kind="progress").first(),
        "claims": [(claim, standing(claim) if claim.due_on else None) for claim in file.claims],
        "letters": [letter for letter in letters_of(file.about) if letter.kind in _LETTERS],
        "interest": file.interest,
        "messages": messages_about(actor.id, file.about)[:8],
        "runs": file.grant.state is State.GRANTED,
        "may_change_account": file.grant.state in (State.GRANTED, State.REPORTED, State.DETERMINED),
        "today": clock.today(),
        "made_up": file.grant.made_up,
    }
    return render(request, "support/settlements/pages/mine/page.html", context)


_LETTERS = frozenset(
    {"grant", "partial-grant", "conditional-grant", "grant-at-once", "settlement", "grant-withdrawn", "recovery", "dunning"}
    | {"change-decision", "payment-hold", "views-request", "report-request", "interest-decision", "objection-decision"}
)


def line_of(file: GrantFile) -> MoneyLine:
    """What was granted, with how much of it was paid."""
    net = file.money.paid - file.money.returned
    rest = Money(max(file.grant.awarded.cents - net.cents, 0))
    parts = [("used", _("Betaald"), net), ("reserved", _("Nog niet betaald"), rest)]
    return money_line(_("Verleend"), file.decision.awarded, *parts)


def answer_of(file: GrantFile) -> tuple[str, str, str]:
    """The first thing to know: above, big, below."""
    claim = next((item for item in file.claims if item.closed_on is None), None)
    if claim is not None:
        left = standing(claim).left if claim.due_on else claim.money
        by = _("Doe dat uiterlijk {day}.").format(day=day(claim.due_on, "week")) if claim.due_on else _("In de brief staat hoe.")
        return _("U betaalt nog terug"), left.dutch(), by
    if file.settlement is not None or (file.taken and file.taken[-1].act != Act.RECOVER):
        last = file.taken[-1]
        return _("Uw subsidie is"), file.grant.awarded.dutch(), _("Besloten op {day}.").format(day=_taken(last.taken_at))
    if file.grant.state is State.REPORTED and file.report and file.report.sent_on:
        sent = day(file.report.sent_on, "full")
        return _("Wij bekijken uw verslag"), file.grant.awarded.dutch(), _("Het kwam binnen op {day}.").format(day=sent)
    below = _("U hoeft ons niets te sturen. Bewaar uw bewijzen: wij kunnen erom vragen.")
    if file.report_kind is not None:
        below = _("Vertel ons daarna hoe het ging.")
        if file.report_by:
            below = _("Vertel ons uiterlijk {day} hoe het ging.").format(day=day(file.report_by, "week"))
    return _("U krijgt"), file.grant.awarded.dutch(), below


def _taken(moment: Any) -> str:
    return day(clock.legal_date(moment), "full")
