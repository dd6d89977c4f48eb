"""One shared plan under the fund's headings: read by the fund and by officers, asked, answered, and its settlement followed."""

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import actor_of, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.funders.actions.count_aid import count_aid_of_fund
from vliegwiel.support.funders.actions.follow_settlement import FundSettlement, follow_settlement
from vliegwiel.support.funders.actions.share_application import (
    answer_for_fund,
    ask_fund,
    fair_share,
    read_shared,
    share_application,
)
from vliegwiel.support.funders.aid import uncounted
from vliegwiel.support.funders.mapped import MappedPlan, too_much
from vliegwiel.support.funders.models import Disclosure, FollowedSettlement, FundAnswer, FunderAgreement, Handler
from vliegwiel.support.funders.models.agreement import PROVINCE
from vliegwiel.support.funders.models.disclosure import Part
from vliegwiel.support.funders.pages.office.agreement import FOLDER, csv_answer
from vliegwiel.support.funders.stand import terms_now
from vliegwiel.support.funders.standing import AGREE, agreement_named, demand_act, may_act, side_of
from vliegwiel.support.grants.public import GrantFacts, demand_reading


@require_http_methods(["GET", "POST"])
def shared_page(request: HttpRequest, agreement: str, number: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/aanvragen/<nummer>`: the plan as the fund reads it, and what can be done now."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = agreement_named(agreement)
    side = side_of(actor, found)
    grant = _officers_view(actor, found, number) if side == PROVINCE else None
    shared = Disclosure.objects.filter(agreement=found, number=number[:11], ended_at=None).first()
    answer = FundAnswer.objects.filter(agreement=found, number=number[:11]).select_related("agreement").first()
    if shared is None and grant is None:
        raise NotFound(_("Dit plan is niet gedeeld met dit fonds."))
    forms = {
        "delen": ask(request, "delen", _paper_questions(), lambda given: _share(actor, found, number, given)),
        "vragen": ask(request, "vragen", _ask_questions(), lambda given: _ask(actor, found, number, given)),
        "antwoord": ask(request, "antwoord", _answer_questions(side == PROVINCE), lambda given: _answer(actor, answer, given)),
        "steun": ask(request, "steun", [], lambda _given: _count(actor, answer)),
        "volgen": ask(request, "volgen", _follow_questions(), lambda given: _follow(actor, answer, given)),
    }
    if any(form.done for form in forms.values()):
        return redirect("shared_application", agreement=found.public_id, number=number)
    problems = [problem for form in forms.values() for problem in form.problems]
    terms = terms_now(found)
    handled_here = terms is not None and terms.handled_by == Handler.PROVINCE
    plan = read_shared(actor=actor, agreement=found.public_id, application=number) if shared else None
    context = {
        "agreement": found,
        "as_fund": side != PROVINCE,
        "grant": grant,
        "shared": shared,
        "plan": plan,
        "too_much": too_much(plan, answer, found.funder_name) if plan and answer else None,
        "answer": answer,
        "followed": FollowedSettlement.objects.filter(answer=answer).first() if answer else None,
        "may_share": grant is not None and not grant.applicants and shared is None and bool(may_act(actor, AGREE, found)),
        "may_ask": grant is not None
        and shared is not None
        and answer is None
        and handled_here
        and bool(may_act(actor, AGREE, found)),
        "fair": fair_share(found, terms, grant) if grant is not None and terms is not None and handled_here else None,
        "may_answer": answer is not None and answer.agrees is None and (side != PROVINCE or bool(may_act(actor, AGREE, found))),
        "may_follow": grant is not None and answer is not None and bool(answer.agrees) and bool(terms and terms.follow),
        "uncounted": grant is not None and answer is not None and answer.pk in {item.pk for item in uncounted(grant.id)},
        "forms": forms,
        "problems": problems,
    }
    return render(request, f"{FOLDER}/plan.html", context, status=400 if problems else 200)


@require_GET
def shared_file(request: HttpRequest, agreement: str, number: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/aanvragen/<nummer>.csv`: the mapped view as a file."""
    actor, found = actor_of(request), agreement_named(agreement)
    side_of(actor, found)
    plan = read_shared(actor=actor, agreement=found.public_id, application=number)
    return csv_answer(_as_csv(plan), f"plan-{plan.number}")


def _as_csv(plan: MappedPlan) -> str:
    out = io.StringIO()
    writer = Rows(out)
    writer.write(["nummer", "kant", "kop van het fonds", "onze soort", "omschrijving", "bedrag", "let op"])
    names = {"cost": "kosten", "cover": "dekking"}
    mark = MADE_UP if plan.made_up else ""
    for row in plan.rows:
        cells = [plan.number, names[row.side], row.heading, row.kind, row.text]
        writer.write([*cells, f"{row.amount.cents // 100}.{row.amount.cents % 100:02d}", mark])
    return out.getvalue()


def _officers_view(actor: Actor, agreement: FunderAgreement, number: str) -> GrantFacts:
    """The application of this scheme, for an officer who may read it. Raises NotFound and NotAllowed."""
    demand_act(actor, AGREE, agreement)
    grant = demand_reading(actor, number)
    if (grant.province, grant.scheme) != (agreement.province, agreement.scheme):
        raise NotFound(_("Deze aanvraag hoort niet bij de regeling van deze afspraak."))
    return grant


def _share(actor: Actor, agreement: FunderAgreement, number: str, given: dict[str, Any]) -> bool:
    share_application(
        actor=actor,
        application=number,
        agreement=agreement.public_id,
        parts=given.get("wat-delen") or (),
        on_paper=given["hoe-gegeven"],
    )
    return True


def _ask(actor: Actor, agreement: FunderAgreement, number: str, given: dict[str, Any]) -> bool:
    ask_fund(actor=actor, agreement=agreement.public_id, application=number, until=given["tot"], amount=given.get("vraag"))
    return True


def _answer(actor: Actor, answer: FundAnswer | None, given: dict[str, Any]) -> bool:
    answer_for_fund(
        actor=actor,
        answer=answer.public_id if answer else "",
        agrees=given["doet-mee"] is True,
        amount=given.get("geeft") or Money(0),
        why=given.get("reden") or "",
        how=given.get("hoe-kwam") or "",
    )
    return True


def _count(actor: Actor, answer: FundAnswer | None) -> bool:
    count_aid_of_fund(actor=actor, answer=answer.public_id if answer else "")
    return True


def _follow(actor: Actor, answer: FundAnswer | None, given: dict[str, Any]) -> bool:
    settled = FundSettlement(given["vast-nummer"], given["vast-op"], given["vast-kosten"], given["vast-bedrag"])
    follow_settlement(actor=actor, answer=answer.public_id if answer else "", settled=settled)
    return True


def _paper_questions() -> list[Question]:
    parts = tuple(Option(part.value, str(part.label)[:1].upper() + str(part.label)[1:]) for part in Part if part is not Part.PLAN)
    return [
        Question("hoe-gegeven", Kind.TEXT, _("Hoe en wanneer vond de aanvrager dit goed?"), required=True, longest=160),
        Question("wat-delen", Kind.MULTIPLE, _("Wat deelt u, naast wat het plan is?"), options=parts),
    ]


def _ask_questions() -> list[Question]:
    return [
        Question("tot", Kind.DATE, _("Tot en met welke dag kan het fonds antwoorden?"), required=True),
        Question("vraag", Kind.AMOUNT, _("Hoeveel vraagt u?"), hint=_("Leeg is: het bedrag dat uit de afspraak volgt.")),
    ]


def _answer_questions(on_behalf: bool) -> list[Question]:
    how = Question("hoe-kwam", Kind.TEXT, _("Met welke brief of mail kwam dit antwoord?"), required=True, longest=160)
    return [
        Question("doet-mee", Kind.YES_NO, _("Betaalt het fonds mee?"), required=True),
        Question("geeft", Kind.AMOUNT, _("Hoeveel?"), hint=_("Alleen bij ja.")),
        Question("reden", Kind.LONG_TEXT, _("Waarom?"), hint=_("Nodig bij nee. De aanvrager leest dit.")),
        *([how] if on_behalf else []),
    ]


def _follow_questions() -> list[Question]:
    return [
        Question("vast-nummer", Kind.TEXT, _("Nummer van de vaststelling van het fonds"), required=True, longest=40),
        Question("vast-op", Kind.DATE, _("Op welke dag?"), required=True),
        Question("vast-kosten", Kind.AMOUNT, _("Welke kosten nam het fonds aan?"), required=True),
        Question("vast-bedrag", Kind.AMOUNT, _("Op welk bedrag stelde het fonds zijn deel vast?"), required=True),
    ]
