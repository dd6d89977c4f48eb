"""Agreements: the list, one agreement with how it stands for both sides, and the form for new terms."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.state_aid import aid_routes
from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.design.money_lines import MoneyLine, money_line
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may, may_somewhere, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Question, ask
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound
from vliegwiel.support.funders import queries
from vliegwiel.support.funders.actions.agree_terms import promised_by_province, propose_terms, return_terms, sign_terms
from vliegwiel.support.funders.actions.keep_statement import may_reconcile
from vliegwiel.support.funders.models import AgreementTerms, FunderAgreement, Handler
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE
from vliegwiel.support.funders.pages.office.forms import as_given, questions_of, terms_of
from vliegwiel.support.funders.stand import Stand, YearStand, newest_terms, stand_of, terms_now
from vliegwiel.support.funders.standing import AGREE, RECONCILE, SEE, SIGN, agreement_named, demand_act, may_act, side_of

FOLDER = "support/funders/pages/office"


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """`/werk/medefinanciers`: the agreements this person may see, for the province or for the fund."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    verdicts = [may_somewhere(actor, verb) for verb in (SEE, AGREE, SIGN, RECONCILE[PROVINCE])]
    if not any(verdicts):
        raise NotAllowed(verdicts[0].reasons[0].text, code="no-role")
    context = {
        "rows": queries.agreements_seen_by(actor),
        "may_agree": bool(may(actor, AGREE, Subject(province=_province(actor)))),
        "as_fund": bool(verdicts[0]),
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """`/werk/medefinanciers/nieuw`: the first terms of an agreement."""
    actor = actor_of(request)
    province = _province(actor)
    demand(actor, AGREE, Subject(province=province))

    def act(given: dict[str, Any]) -> str:
        made = propose_terms(
            actor=actor, province=province, scheme=given["regeling"], funder=given["fonds"], terms=terms_of(given)
        )
        return made.agreement.public_id

    asked = ask(request, "voorstel", questions_of(province, new=True), act)
    if asked.done:
        return redirect("funder_agreement", agreement=asked.done)
    context = {"fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/terms.html", context, status=400 if asked.problems else 200)


@require_http_methods(["GET", "POST"])
def change_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/wijzigen`: new terms, which hold from their day once a second person signed."""
    actor, found = actor_of(request), agreement_named(agreement)
    demand_act(actor, AGREE, found)

    def act(given: dict[str, Any]) -> bool:
        propose_terms(actor=actor, province=found.province, agreement=found.public_id, terms=terms_of(given))
        return True

    newest = newest_terms(found)
    before = as_given(newest) if newest else {}
    asked = ask(request, "voorstel", questions_of(found.province, new=False), act, before=before)
    if asked.done:
        return redirect("funder_agreement", agreement=found.public_id)
    context = {"agreement": found, "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/terms.html", context, status=400 if asked.problems else 200)


@require_http_methods(["GET", "POST"])
def agreement_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>`: what each side promised, put in and has left; euro against euro; what was agreed; what waits."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = agreement_named(agreement)
    side = side_of(actor, found)
    waiting = found.terms.filter(signed_at=None, returned_at=None).first()
    name = waiting.public_id if waiting else ""
    signing = ask(
        request,
        "tekenen",
        [],
        lambda _given: sign_terms(actor=actor, terms=name, seen=request.POST.get("gelezen", "")),
    )
    returning = ask(
        request,
        "terug",
        [Question("waarom", Kind.LONG_TEXT, _("Waarom tekent u niet?"), required=True)],
        lambda given: return_terms(actor=actor, terms=name, why=given["waarom"]),
    )
    if signing.done or returning.done:
        return redirect("funder_agreement", agreement=found.public_id)
    problems = [*signing.problems, *returning.problems]
    stand, terms = stand_of(found), terms_now(found)
    context = {
        **_around(actor, found, side),
        "stand": stand,
        "years": _years(found, stand),
        "terms": terms,
        "facts": _facts(terms) if terms else [],
        "history": list(found.terms.exclude(signed_at=None).order_by("-number")),
        "waiting": waiting,
        "waiting_facts": _facts(waiting) if waiting else [],
        "waiting_total": promised_by_province(waiting) if waiting else None,
        "returned": found.terms.exclude(returned_at=None).order_by("-number").first(),
        "may_sign": waiting is not None and waiting.proposed_by != actor.id and bool(may_act(actor, SIGN, found)),
        "returning": returning.fields,
        "intake": found.intakes.filter(booked_at=None, returned_at=None).first() if side == PROVINCE else None,
        "shared": queries.shared_with(found),
        "statements": list(found.statements.filter(replaced_at=None)[:24]),
        "by_fund": terms is not None and terms.handled_by == Handler.FUND,
        "problems": problems,
    }
    return render(request, f"{FOLDER}/agreement.html", context, status=400 if problems else 200)


@require_GET
def stand_file(request: HttpRequest, agreement: str) -> HttpResponse:
    """`/werk/medefinanciers/<id>/stand.csv`: euro against euro per initiative."""
    actor, found = actor_of(request), agreement_named(agreement)
    side_of(actor, found)
    return csv_answer(queries.stand_as_csv(found, stand_of(found)), "samen-betalen")


def csv_answer(text: str, name: str) -> HttpResponse:
    """A file to download."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _around(actor: Actor, found: FunderAgreement, side: str) -> dict[str, Any]:
    return {
        "agreement": found,
        "side": side,
        "as_fund": side == FUND,
        "may_agree": bool(may_act(actor, AGREE, found)),
        "may_reconcile": may_reconcile(actor, found, side),
    }


def _years(found: FunderAgreement, stand: Stand) -> list[tuple[int, list[tuple[YearStand, str, MoneyLine]]]]:
    """Per year both sides, each with its line."""
    names = {PROVINCE: _("De provincie"), FUND: found.funder_name}
    years: dict[int, list[tuple[YearStand, str, MoneyLine]]] = {}
    for item in stand.years:
        line = money_line(_("Toegezegd"), item.promised, ("used", _("Ingelegd"), item.put_in), ("free", _("Over"), item.left))
        years.setdefault(item.year, []).append((item, names[item.side], line))
    return list(years.items())


def _facts(terms: AgreementTerms) -> list[tuple[str, str]]:
    """What was agreed, line by line."""
    crowd = terms.kind == "crowd"
    rows = [
        (_("Zo betaalt u samen"), str(terms.get_kind_display())),
        (_("Wie behandelt"), str(terms.get_handled_by_display())),
        (_("Hoogste bedrag per besluit"), terms.award_cap.dutch()),
        (_("Hoogste bedrag per initiatief in een jaar"), terms.initiative_cap.dutch()),
    ]
    if crowd:
        text = _("eerst {unlock} procent van inwoners, dan {share} procent van de provincie, de rest weer van inwoners")
        rows.append((_("In delen"), text.format(unlock=terms.unlock, share=terms.share)))
    for year, sides in sorted(terms.promised.items()):
        text = _("provincie {province}, fonds {fund}")
        promise = {side: terms.promise(int(year), side).dutch() for side in sides}
        rows.append((_("Inleg {year}").format(year=year), text.format(**promise)))
    rows += [(_("Plafond"), ceiling_of(terms.ceiling).name)] if terms.ceiling else []
    rows += [
        (_("Beide gevers"), terms.naming),
        (_("Rust op"), terms.ground),
        (_("Staatssteun"), f"{aid_routes()[terms.aid_route].name}: {terms.aid}"),
        (
            _("Geld van het fonds"),
            _("overheidsgeld: telt mee als steun") if terms.public_money else _("geen overheidsgeld: telt niet als steun"),
        ),
        (_("Koppen van het fonds"), ", ".join(f"{ours} → {theirs}" for ours, theirs in terms.headings) or _("geen")),
    ]
    following = _("nee")
    if terms.follow and terms.follow_money is not None:
        following = _("als het fonds meer betaalt, tot en met {most} van de provincie").format(most=terms.follow_money.dutch())
    return [*rows, (_("Vaststelling van het fonds volgen"), following)]


def _province(actor: Actor) -> str:
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    if not province:
        raise NotFound(_("Kies eerst een provincie."))
    return str(province)
