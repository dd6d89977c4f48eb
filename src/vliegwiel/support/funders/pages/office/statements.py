"""A statement over a period: both sides, the differences by name, and who accepted it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.budgets.public import money_about_each
from vliegwiel.foundation.people.public import actor_of, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Question, ask
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.keep_statement import (
    accept_statement,
    explain_difference,
    make_statement,
    may_reconcile,
    name_difference,
)
from vliegwiel.support.funders.actions.pay_fund import pay_fund
from vliegwiel.support.funders.models import FundDecision, Statement
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.pages.office.agreement import FOLDER, csv_answer
from vliegwiel.support.funders.queries import statement_as_csv
from vliegwiel.support.funders.standing import PAY, RECONCILE, agreement_named, demand_act, may_act, side_of, statement_named


@require_http_methods(["GET", "POST"])
def new_statement_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/afrekenen`: choose the period."""
    actor, found = actor_of(request), agreement_named(agreement)
    demand_act(actor, RECONCILE[PROVINCE], found)

    def act(given: dict[str, Any]) -> str:
        return make_statement(actor=actor, agreement=found.public_id, starts=given["van"], ends=given["tot"]).public_id

    questions = [
        Question("van", Kind.DATE, _("Eerste dag"), required=True),
        Question("tot", Kind.DATE, _("Laatste dag"), hint=_("Ten laatste gisteren."), required=True),
    ]
    asked = ask(request, "maak", questions, act)
    if asked.done:
        return redirect("funder_statement", statement=asked.done)
    context = {
        "agreement": found,
        "statements": list(found.statements.filter(replaced_at=None)),
        "fields": asked.fields,
        "problems": asked.problems,
    }
    return render(request, f"{FOLDER}/new_statement.html", context, status=400 if asked.problems else 200)


@require_http_methods(["GET", "POST"])
def statement_page(request: HttpRequest, statement: str) -> HttpResponse:
    """`/werk/medefinanciers/afrekeningen/<id>`: for both sides."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = statement_named(statement)
    agreement = found.agreement
    side = side_of(actor, agreement)
    accepting = ask(
        request,
        "akkoord",
        [],
        lambda _given: accept_statement(actor=actor, statement=found.public_id, seen=request.POST.get("gelezen", "")),
    )
    naming = ask(request, "verschil", _difference_questions(), lambda given: _name(actor, found.public_id, given))
    which = request.POST.get("verschil", "")
    explaining = ask(
        request,
        "uitleg",
        [Question("uitleg", Kind.LONG_TEXT, _("Hoe zit het verschil?"), required=True)],
        lambda given: explain_difference(
            actor=actor, difference=int(which) if which.isdecimal() and len(which) < 10 else 0, text=given["uitleg"]
        ),
    )
    paying = ask(
        request,
        "betalen",
        [Question("rekening", Kind.TEXT, _("Rekeningnummer van het fonds (IBAN)"), required=True, longest=40)],
        lambda given: pay_fund(actor=actor, statement=found.public_id, account=given["rekening"]),
    )
    if accepting.done or naming.done or explaining.done or paying.done:
        return redirect("funder_statement", statement=found.public_id)
    problems = [*accepting.problems, *naming.problems, *explaining.problems, *paying.problems]
    found.refresh_from_db()
    open_now = found.replaced_at is None and not found.closed
    mine = bool(may_reconcile(actor, agreement, side))
    context = {
        "statement": found,
        "agreement": agreement,
        "as_fund": side == FUND,
        "rows": [(row, Money(row[PROVINCE]), Money(row[FUND]), Money(row[PROVINCE] + row[FUND])) for row in found.rows],
        "province": found.total(PROVINCE),
        "fund": found.total(FUND),
        "between": found.total(PROVINCE) - found.total(FUND),
        "differences": list(found.differences.all()),
        "can": mine and open_now,
        "can_accept": mine and open_now and getattr(found, f"{side}_at") is None,
        "may_renew": side == PROVINCE and mine and open_now,
        "naming": naming.fields,
        "paying": paying.fields,
        **_payments(found, may_pay=bool(may_act(actor, PAY, agreement))),
        "problems": problems,
    }
    return render(request, f"{FOLDER}/statement.html", context, status=400 if problems else 200)


@require_GET
def statement_file(request: HttpRequest, statement: str) -> HttpResponse:
    """`/werk/medefinanciers/afrekeningen/<id>.csv`."""
    actor, found = actor_of(request), statement_named(statement)
    side_of(actor, found.agreement)
    return csv_answer(statement_as_csv(found), f"afrekening-{found.starts.isoformat()}-{found.ends.isoformat()}")


def _payments(found: Statement, *, may_pay: bool) -> dict[str, Any]:
    """What of a closed statement was paid by the province, is on its way, and can still be asked for."""
    numbers = [row["number"] for row in found.rows]
    ids = FundDecision.objects.filter(agreement=found.agreement, number__in=numbers).values_list("public_id", flat=True)
    money = money_about_each("fund-decision", ids).values() if found.closed else []
    on_its_way = Money(sum(item.on_its_way.cents for item in money))
    left = Money(sum(item.committed.cents for item in money)) - on_its_way
    paid = Money(sum((item.paid - item.returned).cents for item in money))
    return {"paid": paid, "on_its_way": on_its_way, "left": left, "may_pay": may_pay and left.cents > 0}


def _name(actor: Any, statement: str, given: dict[str, Any]) -> bool:
    name_difference(actor=actor, statement=statement, number=given.get("welk") or "", amount=given["eigen"], text=given["wat"])
    return True


def _difference_questions() -> list[Question]:
    return [
        Question("welk", Kind.TEXT, _("Bij welk nummer?"), hint=_("Leeg is: bij het geheel."), longest=40),
        Question("eigen", Kind.AMOUNT, _("Welk bedrag hebt u zelf?"), required=True),
        Question("wat", Kind.LONG_TEXT, _("Wat is er anders?"), required=True),
    ]
