"""A notice of default at work: what it costs by now, the decision on it (Awb 4:18), and its payment (4:87)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.budgets.public import lines_of_kind
from vliegwiel.foundation.people.public import actor_of, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections.actions.determine_penalty import demand_penalty, determine_penalty, pay_penalty
from vliegwiel.support.objections.actions.divide_penalty import PAYS, give_share_account, notice_named, why_no_share
from vliegwiel.support.objections.models import NoPenaltyGround
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.standing import at_work
from vliegwiel.support.settlements.public import BURDENS, account_problem


def notice_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/ingebrekestellingen/<nummer>`: laid down by who decides, paid by who pays."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = notice_named(number)
    grant = grant_of(found.application)
    verdict = at_work(actor, found.province, found.municipality, grant, ("handle-objections", "decide-objections", PAYS))
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    wrong: Refusal | None = None
    if request.method == "POST":
        form = request.POST
        try:
            if form.get("doe") == "rekening":
                give_share_account(
                    actor=actor, notice=found.public_id, account=form.get("rekening", ""), person=form.get("wie", "")
                )
            elif form.get("doe") == "betalen":
                pay_penalty(actor=actor, notice=found.public_id, line=form.get("post", ""))
            else:
                determine_penalty(actor=actor, notice=found.public_id, ground=form.get("grond", ""), why=form.get("waarom", ""))
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("default_notice", number=number)
    no_signer = ""
    try:
        demand_penalty(actor, found)
    except NotAllowed as refusal:
        no_signer = refusal.message
    item = facts_of(notice_named(number))
    shares = [(part, why_no_share(grant, part.share)) for part in item.shares]
    context = {
        "item": item,
        "shares": shares,
        "ready": any(part.to_pay.cents and not why_not for part, why_not in shares),
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "grounds": NoPenaltyGround.choices,
        "no_signer": no_signer,
        "account_problem": account_problem(grant),
        "grant": grant,
        "may_pay": bool(at_work(actor, found.province, found.municipality, grant, (PAYS,))),
        "lines": lines_of_kind(found.province, BURDENS, clock.today()),
    }
    return render(request, "support/objections/pages/work/notice.html", context, status=400 if wrong else 200)
