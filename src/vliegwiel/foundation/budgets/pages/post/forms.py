"""What is done with a budget line: credit, closing, carrying over, and the contracts of instruments that are no grants."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.appropriate_credit import appropriate_credit, lower_credit
from vliegwiel.foundation.budgets.actions.close_budget_line import carry_over, close_budget_line
from vliegwiel.foundation.budgets.actions.keep_contract import ask_contract_payment, commit_contract, release_contract
from vliegwiel.foundation.budgets.models import BudgetLine, CouncilDecision
from vliegwiel.foundation.budgets.pages.asking import Asked, amount, ask
from vliegwiel.foundation.budgets.pages.trail_of import to_post
from vliegwiel.foundation.budgets.queries import budget_line
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money


def credit_new(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/krediet`: a step of a council decision; a decision that has nothing left is not offered."""
    found = _demanded(request, post)

    def act(given: dict[str, Any], key: str) -> str:
        appropriate_credit(actor=actor_of(request), line=post, amount=given["bedrag"], decision=given["besluit"], key=key)
        return reverse("budget_post", args=[post])

    decisions = [item for item in _decisions(found) if item.amount > item.appropriated]
    asked = _asked(
        found,
        _("Krediet toevoegen"),
        [_decision_question(decisions, with_left=True), amount()],
        _("Voeg dit krediet toe"),
        lead=_("Krediet rust op een besluit van Provinciale Staten. U kunt een besluit in stappen toedelen."),
        notes=[] if decisions else [_("Er is geen besluit met geld over. Leg eerst het statenbesluit vast.")],
    )
    return ask(request, asked, act)


def credit_lower(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/verlagen`."""
    found = _demanded(request, post)

    def act(given: dict[str, Any], key: str) -> str:
        lower_credit(actor=actor_of(request), line=post, amount=given["bedrag"], decision=given["besluit"], key=key)
        return reverse("budget_post", args=[post])

    lead = _("Alleen wat vrij is, kan eraf: nu {free}.").format(free=Money(found.free).dutch())
    questions = [_decision_question(_decisions(found)), amount()]
    return ask(request, _asked(found, _("Krediet verlagen"), questions, _("Verlaag het krediet"), lead=lead), act)


def post_close(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/afsluiten`."""
    found = _demanded(request, post)

    def act(_given: dict[str, Any], _key: str) -> str:
        close_budget_line(actor=actor_of(request), line=post)
        return reverse("budget_post", args=[post])

    lead = _("Deze post loopt tot en met {last}. Daarna kunt u haar afsluiten.").format(last=day(found.ends, "full"))
    notes = [
        _("Wat vrij is, vervalt: nu {free}.").format(free=Money(found.free).dutch()),
        _("Wat vastligt, blijft staan en kan nog worden betaald. Wat daarvan later vrijkomt, vervalt ook."),
        _("Afsluiten is niet terug te draaien. Overhevelen kan alleen met een besluit van Provinciale Staten."),
    ]
    return ask(request, _asked(found, _("Post afsluiten"), [], _("Sluit deze post af"), lead=lead, notes=notes), act)


def credit_carry(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/overhevelen`."""
    found = _demanded(request, post)

    def act(given: dict[str, Any], key: str) -> str:
        carry_over(
            actor=actor_of(request), line=post, to=given["naar"], amount=given["bedrag"], decision=given["besluit"], key=key
        )
        return reverse("budget_post", args=[post])

    open_lines = BudgetLine.objects.filter(province=found.province, closed_on=None).select_related("instrument")
    options = tuple(
        Option(line.public_id, f"{line.title} ({line.instrument.title})") for line in open_lines.order_by("title", "pk")
    )
    questions = [
        _decision_question(_decisions(found)),
        Question("naar", Kind.SINGLE, _("Naar welke post?"), required=True, options=options),
        amount(),
    ]
    lead = _("Op deze post is {lapsed} vervallen.").format(lapsed=Money(found.lapsed).dutch())
    return ask(request, _asked(found, _("Vervallen geld overhevelen"), questions, _("Hevel dit over"), lead=lead), act)


def contract_new(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/verplichting`: for what is no grant."""
    found = _demanded(request, post)

    def act(given: dict[str, Any], key: str) -> str:
        commit_contract(
            actor=actor_of(request),
            line=post,
            number=given["nummer"],
            amount=given["bedrag"],
            text=given["waarvoor"],
            key=f"commit-{key}",
        )
        return reverse("budget_post", args=[post])

    questions = [
        _number_question(),
        amount(),
        Question("waarvoor", Kind.LONG_TEXT, _("Waarvoor?"), hint=_("Noem geen namen van personen."), required=True),
    ]
    lead = _("Vrij op deze post: {free}.").format(free=Money(found.free).dutch())
    return ask(request, _asked(found, _("Verplichting vastleggen"), questions, _("Leg dit bedrag vast"), lead=lead), act)


def contract_release(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/vrijval?nummer=`."""
    found = _demanded(request, post)

    def act(given: dict[str, Any], key: str) -> str:
        release_contract(
            actor=actor_of(request),
            line=post,
            number=given["nummer"],
            amount=given["bedrag"],
            reason=given["waarom"],
            key=f"release-{key}",
        )
        return reverse("budget_post", args=[post])

    questions = [_number_question(), amount(), Question("waarom", Kind.LONG_TEXT, _("Waarom valt dit vrij?"), required=True)]
    asked = _asked(found, _("Geld laten vrijvallen"), questions, _("Laat dit bedrag vrijvallen"), given=_number_given(request))
    return ask(request, asked, act)


def contract_payment(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/betaling?nummer=`."""
    found = budget_line(post)
    demand(actor_of(request), "prepare-payments", Subject(province=found.province))

    def act(given: dict[str, Any], key: str) -> str:
        ask_contract_payment(
            actor=actor_of(request),
            line=post,
            number=given["nummer"],
            payee_name=given["naam"],
            account=given["rekening"],
            amount=given["bedrag"],
            due_on=given["uiterlijk"],
            reference=given["omschrijving"],
            key=f"pay-{key}",
        )
        return reverse("payments")

    questions = [
        _number_question(),
        Question("naam", Kind.TEXT, _("Op welke naam staat de rekening?"), required=True, longest=70),
        Question("rekening", Kind.TEXT, _("Rekeningnummer (IBAN)"), required=True, longest=42),
        amount(),
        Question("uiterlijk", Kind.DATE, _("Uiterlijk betalen op"), required=True),
        Question("omschrijving", Kind.TEXT, _("Omschrijving op het afschrift"), required=True, longest=140),
    ]
    given = {**_number_given(request), "uiterlijk": clock.today().isoformat()}
    asked = _asked(found, _("Betaling aanvragen"), questions, _("Vraag deze betaling aan"), given=given)
    return ask(request, asked, act)


def _demanded(request: HttpRequest, post: str) -> BudgetLine:
    found = budget_line(post)
    demand(actor_of(request), "manage-budgets", Subject(province=found.province))
    return found


def _asked(post: BudgetLine, title: str, questions: list[Question], button: str, **more: Any) -> Asked:
    return Asked(title, questions, button, to_post(post), made_up=post.instrument.line.programme.made_up, **more)


def _decisions(post: BudgetLine) -> list[CouncilDecision]:
    return list(CouncilDecision.objects.filter(province=post.province).order_by("-decided_on", "-pk"))


def _decision_question(decisions: list[CouncilDecision], *, with_left: bool = False) -> Question:
    words: Callable[[CouncilDecision], str] = (
        (lambda item: _("nog {left} toe te delen").format(left=Money(item.amount - item.appropriated).dutch()))
        if with_left
        else (lambda item: day(item.decided_on, "full"))
    )
    options = tuple(Option(item.public_id, f"{item.number}: {item.title}", words(item)) for item in decisions)
    return Question("besluit", Kind.SINGLE, _("Op welk statenbesluit rust dit?"), required=True, options=options)


def _number_question() -> Question:
    hint = _("Van de overeenkomst, opdracht of beschikking, zoals OPD-2026-014.")
    return Question("nummer", Kind.TEXT, _("Nummer"), hint=hint, required=True, longest=40)


def _number_given(request: HttpRequest) -> dict[str, str]:
    return {"nummer": request.GET.get("nummer", "")[:40]}
