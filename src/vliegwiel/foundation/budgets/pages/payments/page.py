"""Payments: what waits, gathering a batch, releasing it as a second person, its file, and what the bank said."""

from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.connect.bank.pain001 import VERSIONS
from vliegwiel.foundation.budgets.actions.confirm_payments import confirm_payments
from vliegwiel.foundation.budgets.actions.release_batch import prepare_batch, release_batch, return_batch, send_batch
from vliegwiel.foundation.budgets.actions.request_payment import ask_again, check_account, withdraw_payment
from vliegwiel.foundation.budgets.files import payment_file, table
from vliegwiel.foundation.budgets.models import BatchState, Payment, PaymentBatch, PaymentState
from vliegwiel.foundation.budgets.named_files import NamedFile, with_files
from vliegwiel.foundation.budgets.pages.asking import Asked, ask
from vliegwiel.foundation.budgets.pages.trail_of import above_budgets
from vliegwiel.foundation.budgets.queries import batch_named, payment_named
from vliegwiel.foundation.people.public import Fields, Subject, actor_of, demand, demand_somewhere, may, may_filter, may_somewhere
from vliegwiel.foundation.questions.public import Kind, Question, date_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money

_FOLDER = "foundation/budgets/pages/payments"
_COLUMNS = ("kenmerk", "naam", "rekening", "bedrag", "omschrijving", "dossier", "uiterlijk", "stand", "betaald op", "reden")


def payments_page(request: HttpRequest, *, wrong: Refusal | None = None) -> HttpResponse:
    """`/beheer/betalingen`: what can be paid, what waits for a second person, what failed, and the batches."""
    actor = actor_of(request)
    verb = _verb(actor)
    demand_somewhere(actor, verb)
    where = Fields(province="province")
    found = may_filter(actor, verb, Payment.objects.all(), where).order_by("due_on", "pk")
    batches = may_filter(actor, verb, PaymentBatch.objects.all(), where).order_by("-execute_on", "-pk")
    waiting = found.filter(state=PaymentState.ASKED)
    last = batches.first()
    context = {
        "waiting": with_files(actor, waiting[:500]),
        "total": Money(waiting.aggregate(cents=Sum("cents"))["cents"] or 0),
        "held": with_files(actor, found.filter(state=PaymentState.HELD)[:100]),
        "failed": found.filter(state=PaymentState.FAILED).order_by("-pk")[:100],
        "batches": batches[:50],
        "account": request.POST.get("rekening") or (last.account if last else ""),
        "account_name": request.POST.get("naam") or (last.account_name if last else ""),
        "execute_on": request.POST.get("dag") or clock.today().isoformat(),
        "chosen": request.POST.getlist("betaling"),
        "today": clock.today(),
        "me": actor.id,
        "may_prepare": bool(may_somewhere(actor, "prepare-payments")),
        "above": above_budgets(),
        "wrong": wrong,
    }
    return render(request, f"{_FOLDER}/page.html", context)


@require_POST
def batch_prepared(request: HttpRequest) -> HttpResponse:
    """`/beheer/betalingen/batch`."""
    actor, posted = actor_of(request), request.POST
    chosen = posted.getlist("betaling")
    first = Payment.objects.filter(public_id__in=chosen).first()
    try:
        batch = prepare_batch(
            actor=actor,
            province=first.province if first else actor.province or settings.VLIEGWIEL_PROVINCE,
            payments=chosen,
            account=posted.get("rekening", ""),
            account_name=posted.get("naam", ""),
            execute_on=date_of(posted.get("dag", "")) or clock.today(),
        )
    except (NotValid, NotNow) as refusal:
        return payments_page(request, wrong=refusal)
    return redirect("batch", batch=batch.public_id)


def batch_page(request: HttpRequest, batch: str, *, wrong: Refusal | None = None) -> HttpResponse:
    """`/beheer/betalingen/batches/<id>`; `?formaat=csv` gives the payments as a table."""
    actor, found = actor_of(request), batch_named(batch)
    at = Subject(province=found.province)
    demand(actor, _verb(actor), at)
    payments = with_files(actor, found.payments.order_by("payee_name", "pk"))
    if request.GET.get("formaat") == "csv":
        _read(actor, found)
        return table(found.message_id, _COLUMNS, [_row(*pair) for pair in payments], made_up=settings.VLIEGWIEL_DEMO)
    context = {
        "batch": found,
        "payments": payments,
        "versions": VERSIONS[::-1],
        "own": actor.id == found.prepared_by,
        "may_prepare": bool(may(actor, "prepare-payments", at)),
        "may_release": bool(may(actor, "approve-payments", at)) and found.state == BatchState.PREPARED,
        "may_return": found.state in (BatchState.PREPARED, BatchState.APPROVED),
        "above": [*above_budgets(), (_("Betalingen"), reverse("payments"))],
        "wrong": wrong,
    }
    return render(request, f"{_FOLDER}/batch.html", context)


@require_POST
def batch_moved(request: HttpRequest, batch: str, act: str) -> HttpResponse:
    """`/beheer/betalingen/batches/<id>/vrijgeven`, `/terug` and `/versturen`."""
    actor = actor_of(request)
    try:
        if act == "vrijgeven":
            release_batch(actor=actor, batch=batch)
        elif act == "terug":
            return_batch(actor=actor, batch=batch, reason=request.POST.get("reden", ""))
        elif act == "versturen":
            send_batch(actor=actor, batch=batch)
        else:
            raise NotFound(_("Deze pagina is er niet."))
    except (NotValid, NotNow) as refusal:
        return batch_page(request, batch, wrong=refusal)
    return redirect("batch", batch=batch)


def batch_file(request: HttpRequest, batch: str) -> HttpResponse:
    """`/beheer/betalingen/batches/<id>/bestand?versie=`: the payment file, once the batch went to the bank. Each download is recorded."""
    actor, found = actor_of(request), batch_named(batch)
    demand(actor, "prepare-payments", Subject(province=found.province))
    if found.state != BatchState.SENT:
        raise NotNow(_("Er is nog geen betaalbestand. Een tweede persoon geeft de batch eerst vrij."), code="not-released")
    version = request.GET.get("versie", VERSIONS[1])
    if version not in VERSIONS:
        raise NotFound(_("Deze soort betaalbestand kennen we niet."))
    _read(actor, found)
    response = HttpResponse(payment_file(found, version), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.message_id}.xml"'
    return response


def confirmations_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/betalingen/bevestigingen`: hand over what the bank said, and read line by line what came of it."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, "prepare-payments", Subject(province=province))
    outcomes, wrong = None, None
    if request.method == "POST":
        file = request.FILES.get("bestand")
        try:
            outcomes = confirm_payments(actor=actor, province=province, content=file.read() if file else b"")
        except NotValid as refusal:
            wrong = refusal
    above = [*above_budgets(), (_("Betalingen"), reverse("payments"))]
    return render(request, f"{_FOLDER}/confirmations.html", {"outcomes": outcomes, "wrong": wrong, "above": above})


def payment_check(request: HttpRequest, payment: str) -> HttpResponse:
    """`/beheer/betalingen/<id>/nakijken`: a second person looks at a changed account."""
    found = _demanded(request, payment)

    def act(given: dict[str, Any], _key: str) -> str:
        check_account(actor=actor_of(request), payment=payment, good=given["klopt"], reason=given.get("reden", ""))
        return reverse("payments")

    questions = [
        Question(
            "klopt", Kind.YES_NO, _("Klopt het nieuwe rekeningnummer?"), hint=_("Bel het nummer dat u al had."), required=True
        ),
        Question("reden", Kind.TEXT, _("Waarom niet?"), hint=_("Alleen nodig als het niet klopt."), longest=200),
    ]
    lead = _("{name} wil {amount} ontvangen op {account}. Eerder gebruikten we een andere rekening.").format(
        name=found.payee_name, amount=found.money.dutch(), account=found.account_shown
    )
    return ask(request, _asked(_("Rekeningnummer nakijken"), questions, _("Bewaar"), lead), act)


def payment_withdraw(request: HttpRequest, payment: str) -> HttpResponse:
    """`/beheer/betalingen/<id>/intrekken`."""
    found = _demanded(request, payment)

    def act(given: dict[str, Any], _key: str) -> str:
        withdraw_payment(actor=actor_of(request), payment=payment, reason=given["reden"])
        return reverse("payments")

    questions = [Question("reden", Kind.TEXT, _("Waarom gaat deze betaling niet door?"), required=True)]
    lead = _("{amount} aan {name}. Het bedrag blijft vastgelegd.").format(amount=found.money.dutch(), name=found.payee_name)
    return ask(request, _asked(_("Betaling intrekken"), questions, _("Trek deze betaling in"), lead), act)


def payment_again(request: HttpRequest, payment: str) -> HttpResponse:
    """`/beheer/betalingen/<id>/opnieuw`: a payment that failed, on the same or another account."""
    found = _demanded(request, payment)

    def act(given: dict[str, Any], _key: str) -> str:
        ask_again(actor=actor_of(request), payment=payment, account=given["rekening"])
        return reverse("payments")

    questions = [Question("rekening", Kind.TEXT, _("Rekeningnummer (IBAN)"), required=True, longest=42)]
    lead = _("{amount} aan {name}. De bank zei: {why}").format(
        amount=found.money.dutch(), name=found.payee_name, why=found.why_not
    )
    asked = _asked(_("Opnieuw betalen"), questions, _("Zet deze betaling klaar"), lead, given={"rekening": found.account_shown})
    return ask(request, asked, act)


def _demanded(request: HttpRequest, payment: str) -> Payment:
    found = payment_named(payment)
    demand(actor_of(request), "prepare-payments", Subject(province=found.province))
    return found


def _asked(title: str, questions: list[Question], button: str, lead: str, **more: Any) -> Asked:
    above = [*above_budgets(), (_("Betalingen"), reverse("payments"))]
    return Asked(title, questions, button, above, lead=lead, **more)


def _verb(actor: Actor) -> str:
    """Who prepares and who releases read the same pages."""
    return "prepare-payments" if may_somewhere(actor, "prepare-payments") else "approve-payments"


def _read(actor: Actor, batch: PaymentBatch) -> None:
    """Names and accounts leave the system: that is recorded."""
    subject = Reference("payment-batch", batch.public_id, "", "")
    trail.record(actor=actor, action="download-batch", subject=subject, result=trail.Result.READ, province=batch.province)


def _row(payment: Payment, file: NamedFile) -> list[object]:
    return [
        payment.public_id,
        payment.payee_name,
        payment.account,
        payment.money,
        payment.reference,
        file.number,
        payment.due_on,
        payment.get_state_display(),
        payment.paid_on,
        payment.why_not,
    ]
