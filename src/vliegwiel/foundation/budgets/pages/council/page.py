"""What the Provincial Council decided, asked and was promised: the decisions, and the register with its answers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.foundation.budgets.actions.appropriate_credit import record_decision
from vliegwiel.foundation.budgets.actions.keep_council_item import (
    answer_council_item,
    link_council_item,
    record_council_item,
    settle_council_item,
)
from vliegwiel.foundation.budgets.files import table
from vliegwiel.foundation.budgets.models import CouncilDecision, CouncilItem, Instrument, ItemKind
from vliegwiel.foundation.budgets.pages.asking import Asked, amount, ask
from vliegwiel.foundation.budgets.pages.trail_of import above_budgets, to_budgets
from vliegwiel.foundation.budgets.queries import council_item_named
from vliegwiel.foundation.design.money_lines import money_line
from vliegwiel.foundation.people.public import Fields, Subject, actor_of, demand, demand_somewhere, may, may_filter
from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money

_LINKS = 5


def decisions_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/statenbesluiten`: every decision with how far it is appropriated, and to which budget lines."""
    actor = actor_of(request)
    demand_somewhere(actor, "read-budgets")
    found = may_filter(actor, "read-budgets", CouncilDecision.objects.all(), Fields(province="province"))
    rows = [
        (
            item,
            Money(item.amount),
            money_line(
                _("Besluit"),
                Money(item.amount),
                ("used", _("Toegedeeld"), Money(item.appropriated)),
                ("free", _("Nog toe te delen"), Money(item.amount - item.appropriated)),
            ),
            item.entries.select_related("line").order_by("pk"),
        )
        for item in found.order_by("-decided_on", "-pk")[:200]
    ]
    at = Subject(province=actor.province or settings.VLIEGWIEL_PROVINCE)
    context = {"rows": rows, "above": to_budgets(), "may_manage": bool(may(actor, "manage-budgets", at))}
    return render(request, "foundation/budgets/pages/council/decisions.html", context)


def decision_new(request: HttpRequest) -> HttpResponse:
    """`/beheer/statenbesluiten/nieuw`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, "manage-budgets", Subject(province=province))

    def act(given: dict[str, Any], _key: str) -> str:
        record_decision(
            actor=actor,
            province=province,
            number=given["nummer"],
            title=given["titel"],
            decided_on=given["dag"],
            amount=given["bedrag"],
            publication=given.get("waar", ""),
        )
        return reverse("council_decisions")

    questions = [
        Question("nummer", Kind.TEXT, _("Nummer van het besluit"), required=True, longest=40),
        Question("titel", Kind.TEXT, _("Titel"), required=True, longest=160),
        Question("dag", Kind.DATE, _("Genomen op"), required=True),
        amount(_("Hoogste bedrag dat het beschikbaar maakt")),
        Question("waar", Kind.TEXT, _("Waar staat het?"), hint=_("Nummer van het provinciaal blad of een internetadres.")),
    ]
    above = [*to_budgets(), (_("Statenbesluiten"), reverse("council_decisions"))]
    return ask(request, Asked(_("Statenbesluit vastleggen"), questions, _("Leg dit besluit vast"), above), act)


def items_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/moties`: what is open, the first day first; `?ook=afgedaan` adds what is done, `?soort=` narrows, `?formaat=csv`."""
    actor = actor_of(request)
    demand_somewhere(actor, "read-budgets")
    found = may_filter(actor, "read-budgets", CouncilItem.objects.all(), Fields(province="province"))
    kind, with_settled = request.GET.get("soort", ""), request.GET.get("ook") == "afgedaan"
    if kind in ItemKind.values:
        found = found.filter(kind=kind)
    if not with_settled:
        found = found.filter(settled_on=None)
    found = found.prefetch_related("answers", "instruments").order_by("due_on", "pk")
    if request.GET.get("formaat") == "csv":
        return items_table(found[:5_000])
    at = Subject(province=actor.province or settings.VLIEGWIEL_PROVINCE)
    context = {
        "items": found[:500],
        "kinds": ItemKind.choices,
        "kind": kind,
        "with_settled": with_settled,
        "today": clock.today(),
        "above": above_budgets(),
        "may_record": bool(may(actor, "answer-council", at) or may(actor, "follow-motions", at)),
        "made_up": any(item.made_up for item in found[:500]),
    }
    return render(request, "foundation/budgets/pages/council/items.html", context)


def items_table(items: Any) -> HttpResponse:
    """The register as a table."""
    columns = (
        "nummer",
        "soort",
        "titel",
        "eigenaar",
        "gevraagd op",
        "uiterlijk",
        "bedrag",
        "beantwoord op",
        "afgedaan op",
        "instrumenten",
    )
    rows = [
        [
            item.number,
            item.get_kind_display(),
            item.title,
            item.owner,
            item.raised_on,
            item.due_on,
            item.asked_money,
            next((answer.answered_on for answer in item.answers.all()), None),
            item.settled_on,
            ", ".join(instrument.title for instrument in item.instruments.all()),
        ]
        for item in items
    ]
    return table("moties-en-toezeggingen", columns, rows, made_up=any(item.made_up for item in items))


def item_page(request: HttpRequest, item: str, *, wrong: NotNow | None = None) -> HttpResponse:
    """`/beheer/moties/<id>`."""
    actor, found = actor_of(request), council_item_named(item)
    at = Subject(province=found.province)
    demand(actor, "read-budgets", at)
    context = {
        "item": found,
        "answers": found.answers.all(),
        "late": found.settled_on is None and not found.answers.exists() and found.due_on < clock.today(),
        "instruments": found.instruments.order_by("title"),
        "above": [*above_budgets(), (_("Moties en toezeggingen"), reverse("council_items"))],
        "may_answer": bool(may(actor, "answer-council", at)) and found.settled_on is None,
        "may_settle": bool(may(actor, "follow-motions", at)) and found.settled_on is None,
        "wrong": wrong,
        "made_up": found.made_up,
    }
    return render(request, "foundation/budgets/pages/council/item.html", context)


def item_new(request: HttpRequest) -> HttpResponse:
    """`/beheer/moties/nieuw`."""
    actor = actor_of(request)
    at = Subject(province=actor.province or settings.VLIEGWIEL_PROVINCE)
    demand(actor, "answer-council" if may(actor, "answer-council", at) else "follow-motions", at)

    def act(given: dict[str, Any], _key: str) -> str:
        made = record_council_item(
            actor=actor,
            province=at.province,
            kind=given["soort"],
            number=given["nummer"],
            title=given["titel"],
            text=given.get("tekst", ""),
            owner=given["eigenaar"],
            raised_on=given["dag"],
            due_on=given["uiterlijk"],
            asked=given.get("bedrag"),
        )
        return reverse("council_item", args=[made.public_id])

    questions = [
        Question("soort", Kind.SINGLE, _("Wat is het?"), required=True, options=_kinds()),
        Question("nummer", Kind.TEXT, _("Nummer"), hint=_("Waaronder de griffie het kent."), required=True, longest=40),
        Question("titel", Kind.TEXT, _("Titel"), required=True, longest=160),
        Question("tekst", Kind.LONG_TEXT, _("Wat is gevraagd of beloofd?")),
        Question(
            "eigenaar", Kind.TEXT, _("Wie antwoordt?"), hint=_("Een team of gedeputeerde, geen naam."), required=True, longest=120
        ),
        Question("dag", Kind.DATE, _("Gevraagd of toegezegd op"), required=True),
        Question("uiterlijk", Kind.DATE, _("Antwoord uiterlijk op"), required=True),
        Question("bedrag", Kind.AMOUNT, _("Gevraagd bedrag"), hint=_("Alleen bij een kredietaanvraag.")),
    ]
    above = [*above_budgets(), (_("Moties en toezeggingen"), reverse("council_items"))]
    return ask(request, Asked(_("Nieuw punt van Provinciale Staten"), questions, _("Leg dit vast"), above), act)


def item_answer(request: HttpRequest, item: str) -> HttpResponse:
    """`/beheer/moties/<id>/antwoord`: the words, and a frozen link for each number."""
    actor, found = actor_of(request), council_item_named(item)
    demand(actor, "answer-council", Subject(province=found.province))

    def act(given: dict[str, Any], _key: str) -> str:
        links = [(given.get(f"wat-{place}", ""), _path(given.get(f"waar-{place}", ""))) for place in range(1, _LINKS + 1)]
        answer_council_item(actor=actor, item=item, text=given["antwoord"], links=links)
        return reverse("council_item", args=[item])

    questions = [Question("antwoord", Kind.LONG_TEXT, _("Antwoord aan Provinciale Staten"), required=True)]
    for place in range(1, _LINKS + 1):
        questions += [
            Question(
                f"wat-{place}", Kind.TEXT, _("Verwijzing {place}: wat ziet de lezer daar?").format(place=place), longest=120
            ),
            Question(f"waar-{place}", Kind.TEXT, _("Verwijzing {place}: adres op deze site").format(place=place), longest=200),
        ]
    asked = Asked(
        _("Antwoord geven"),
        questions,
        _("Geef dit antwoord"),
        _to_item(found),
        lead=f"{found.get_kind_display().capitalize()} {found.number}: {found.title}",
        notes=[_("Neem bij een bedrag de vaste verwijzing van de budgetpost. Dan ziet de lezer later nog hetzelfde bedrag.")],
        made_up=found.made_up,
    )
    return ask(request, asked, act)


def item_link(request: HttpRequest, item: str) -> HttpResponse:
    """`/beheer/moties/<id>/koppelen`: the instruments that answer it and the decision that came of it."""
    actor, found = actor_of(request), council_item_named(item)
    demand(actor, "answer-council", Subject(province=found.province))

    def act(given: dict[str, Any], _key: str) -> str:
        link_council_item(actor=actor, item=item, instruments=given.get("instrumenten", []), decision=given.get("besluit", ""))
        return reverse("council_item", args=[item])

    instruments = Instrument.objects.filter(province=found.province).select_related("line").order_by("title")
    decisions = CouncilDecision.objects.filter(province=found.province).order_by("-decided_on")
    questions = [
        Question(
            "instrumenten",
            Kind.MULTIPLE,
            _("Welke instrumenten beantwoorden dit?"),
            options=tuple(Option(one.public_id, one.title, one.line.title) for one in instruments),
        ),
        Question(
            "besluit",
            Kind.SINGLE,
            _("Welk statenbesluit kwam eruit?"),
            options=tuple(Option(one.public_id, f"{one.number}: {one.title}") for one in decisions),
        ),
    ]
    given = {
        "instrumenten": [one.public_id for one in found.instruments.all()],
        "besluit": found.decision.public_id if found.decision else None,
    }
    asked = Asked(_("Koppelen"), questions, _("Bewaar"), _to_item(found), given=given, made_up=found.made_up)
    return ask(request, asked, act)


@require_POST
def item_settled(request: HttpRequest, item: str) -> HttpResponse:
    """`/beheer/moties/<id>/afdoen`."""
    try:
        settle_council_item(actor=actor_of(request), item=item)
    except NotNow as refusal:
        return item_page(request, item, wrong=refusal)
    return redirect("council_item", item=item)


def _to_item(item: CouncilItem) -> list[tuple[str, str]]:
    return [
        *above_budgets(),
        (_("Moties en toezeggingen"), reverse("council_items")),
        (item.number, reverse("council_item", args=[item.public_id])),
    ]


def _kinds() -> tuple[Option, ...]:
    return tuple(Option(key, str(name).capitalize()) for key, name in ItemKind.choices)


def _path(address: str) -> str:
    """A whole address of this site becomes its path."""
    own = settings.VLIEGWIEL_ADDRESS
    return address.removeprefix(own) if own else address
