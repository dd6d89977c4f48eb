"""Decisions of the fund: a file or one decision, the trial run, who books it, and one decision with its settlement."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.budgets.public import entries_of, money_about
from vliegwiel.foundation.people.public import actor_of, demand_somewhere, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.funders import sheet
from vliegwiel.support.funders.actions.take_in_decisions import (
    book_intake,
    prepare_intake,
    return_intake,
    settle_fund_decision,
    try_decisions,
)
from vliegwiel.support.funders.aid import aid_in
from vliegwiel.support.funders.models.agreement import FUND
from vliegwiel.support.funders.pages.office.agreement import FOLDER, csv_answer
from vliegwiel.support.funders.stand import net
from vliegwiel.support.funders.standing import (
    AGREE,
    SIGN,
    agreement_named,
    booked_about,
    decision_numbered,
    demand_act,
    intake_named,
    may_act,
    side_of,
)
from vliegwiel.support.funders.trial import Trial, tried
from vliegwiel.support.register.public import is_public


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """`/werk/medefinanciers/sjabloon.csv`."""
    demand_somewhere(actor_of(request), AGREE)
    return csv_answer(sheet.template(), "besluiten-van-het-fonds")


@require_http_methods(["GET", "POST"])
def intake_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/besluiten`: a file is first tried; what was tried goes along, so that exactly that is laid ready. One
    decision can be typed in: it goes the same way."""
    actor, found = actor_of(request), agreement_named(agreement)
    demand_act(actor, AGREE, found)
    trial: Trial | None = None
    wrong: Refusal | None = None
    data = b""
    one = ask(request, "een", _one(found.province), lambda given: _typed(given))
    if request.method == "POST" and not one.problems:
        try:
            data = one.done or _data(request)
            if request.POST.get("doe") == "klaarzetten":
                made = prepare_intake(actor=actor, agreement=found.public_id, data=data)
                return redirect("fund_intake", agreement=found.public_id, intake=made.public_id)
            trial = try_decisions(actor=actor, agreement=found.public_id, data=data)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    context = {
        "agreement": found,
        "trial": trial,
        "wrong": wrong,
        "kept": b64encode(data).decode("ascii") if trial and trial.good else "",
        "fields": one.fields,
        "problems": one.problems,
        "open": found.intakes.filter(booked_at=None, returned_at=None).first(),
    }
    return render(request, f"{FOLDER}/intake.html", context, status=400 if wrong or one.problems else 200)


@require_http_methods(["GET", "POST"])
def waiting_page(request: HttpRequest, agreement: str, intake: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/aanlevering/<id>`: what lies ready, what each row does now, and the button of the second person."""
    actor, found = actor_of(request), intake_named(intake)
    if not may_act(actor, AGREE, found.agreement):
        demand_act(actor, SIGN, found.agreement)
    booking = ask(
        request,
        "boeken",
        [],
        lambda _given: book_intake(actor=actor, intake=found.public_id, seen=request.POST.get("gelezen", "")),
    )
    returning = ask(
        request,
        "terug",
        [Question("waarom", Kind.LONG_TEXT, _("Waarom gaat dit terug?"), required=True)],
        lambda given: return_intake(actor=actor, intake=found.public_id, why=given["waarom"]),
    )
    if booking.done or returning.done:
        return redirect("funder_agreement", agreement=found.agreement.public_id)
    waits = found.booked_at is None and found.returned_at is None
    problems = [*booking.problems, *returning.problems]
    context = {
        "agreement": found.agreement,
        "intake": found,
        "waits": waits,
        "trial": tried(found.agreement, sheet.again(found.rows)) if waits else None,
        "done": list(found.decisions.all()),
        "may_book": waits and found.prepared_by != actor.id and bool(may_act(actor, SIGN, found.agreement)),
        "returning": returning.fields,
        "problems": problems,
    }
    return render(request, f"{FOLDER}/waiting.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "POST"])
def decision_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/medefinanciers/besluiten/<nummer>`: one decision of the fund, what stands in the ledger, and a lower settlement."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = decision_numbered(number)
    side = side_of(actor, found.agreement)

    def act(given: dict[str, Any]) -> bool:
        settle_fund_decision(actor=actor, decision=number, total=given["totaal"], why=given["waarom"])
        return True

    asked = ask(request, "lager", _settling(), act)
    if asked.done:
        return redirect("fund_decision", number=number)
    about = booked_about(found)
    context = {
        "agreement": found.agreement,
        "decision": found,
        "in_register": is_public(found.agreement.province, found.number or ""),
        "province": net(money_about(about)),
        "settled": Money(found.settled_cents) if found.settled_cents is not None else None,
        "entries": entries_of(about) if side != FUND else [],
        "aid": aid_in(found),
        "may_settle": found.settled_on is None and bool(may_act(actor, AGREE, found.agreement)),
        "fields": asked.fields,
        "problems": asked.problems,
    }
    return render(request, f"{FOLDER}/decision.html", context, status=400 if asked.problems else 200)


def _one(province: str) -> list[Question]:
    towns = tuple(Option(code, name) for code, name in municipalities_of(province))
    outcomes = (Option("toegekend", _("Toegekend")), Option("afgewezen", _("Afgewezen")))
    return [
        Question("nummer", Kind.TEXT, _("Nummer bij het fonds"), required=True, longest=40),
        Question("uitkomst", Kind.SINGLE, _("Wat besloot het fonds?"), options=outcomes, required=True),
        Question("besluit", Kind.DATE, _("Op welke dag?"), required=True),
        Question("ontvanger", Kind.TEXT, _("Wie krijgt het geld?"), longest=120),
        Question(
            "organisatie", Kind.YES_NO, _("Is dat een organisatie?"), hint=_("Een groep inwoners noemen we niet in het register.")
        ),
        Question("kvk", Kind.TEXT, _("KvK-nummer"), longest=8),
        *([Question("gemeente", Kind.SINGLE, _("In welke gemeente?"), options=towns)] if 0 < len(towns) <= 60 else []),
        Question("waarvoor", Kind.TEXT, _("Waarvoor?"), hint=_("Dit staat in het register."), longest=120),
        Question(
            "bedrag", Kind.AMOUNT, _("Bedrag"), hint=_("Van beide samen. Leggen inwoners in, dan het deel van de provincie.")
        ),
        Question("kosten", Kind.AMOUNT, _("Wat kost het plan?"), hint=_("Alleen als inwoners inleggen.")),
        Question("opgehaald", Kind.AMOUNT, _("Hoeveel haalden inwoners op?"), hint=_("Alleen als inwoners inleggen.")),
        Question(
            "staatssteun",
            Kind.SINGLE,
            _("Is dit staatssteun?"),
            hint=_("Leeg is: zoals u met het fonds afsprak."),
            options=(
                Option("geen", _("Nee")),
                Option("de-minimis", _("De-minimissteun")),
                Option("daeb", _("De-minimissteun, DAEB")),
            ),
        ),
        Question("verklaring", Kind.DATE, _("Datum van de verklaring over eerdere steun"), hint=_("Alleen bij de-minimissteun.")),
    ]


def _typed(given: dict[str, Any]) -> bytes:
    """One decision as a file of one row."""
    row = {key: str(value) for key, value in given.items() if isinstance(value, str)}
    row |= {key: value.dutch().replace("€\u00a0", "") for key, value in given.items() if isinstance(value, Money)}
    row["besluit"] = f"{given['besluit']:%d-%m-%Y}"
    row["verklaring"] = f"{given['verklaring']:%d-%m-%Y}" if given.get("verklaring") else ""
    row["organisatie"] = "ja" if given.get("organisatie") else "nee"
    return sheet.written([row]).encode()


def _settling() -> list[Question]:
    return [
        Question(
            "totaal",
            Kind.AMOUNT,
            _("Op welk bedrag stelde het fonds vast, van beide samen?"),
            hint=_("Nul als het fonds het besluit introk."),
            required=True,
        ),
        Question("waarom", Kind.TEXT, _("Waarom?"), required=True, longest=240),
    ]


def _data(request: HttpRequest) -> bytes:
    upload = request.FILES.get("bestand")
    if upload is not None:
        return bytes(upload.read(sheet.MOST_BYTES + 1))
    try:
        return b64decode(request.POST.get("inhoud", ""), validate=True) or _no_file()
    except (Error, ValueError):
        return _no_file()


def _no_file() -> bytes:
    raise NotValid(_("Kies een bestand."), code="no-file")
