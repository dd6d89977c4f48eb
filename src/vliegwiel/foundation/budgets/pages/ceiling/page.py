"""A ceiling: what it carries, how it was announced and changed, and setting, raising or lowering it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.set_ceiling import lower_ceiling, raise_ceiling, set_ceiling
from vliegwiel.foundation.budgets.models import Ceiling
from vliegwiel.foundation.budgets.named_files import with_files
from vliegwiel.foundation.budgets.overview import ceiling_line
from vliegwiel.foundation.budgets.pages.asking import Asked, amount, ask
from vliegwiel.foundation.budgets.pages.trail_of import to_ceiling, to_post
from vliegwiel.foundation.budgets.queries import budget_line, ceiling_named
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money


def ceiling_page(request: HttpRequest, ceiling: str) -> HttpResponse:
    """`/beheer/budgetten/plafonds/<id>`."""
    actor, found = actor_of(request), _with_line(ceiling)
    at = Subject(province=found.province)
    demand(actor, "read-budgets", at)
    beyond = found.entries.filter(kind="commit_beyond").select_related("line", "words").order_by("pk")
    context = {
        "ceiling": found,
        "line": ceiling_line(found),
        "left": Money(max(found.amount - found.used, 0)),
        "versions": found.versions.order_by("-number"),
        "parts": [(part, ceiling_line(part)) for part in found.parts.order_by("name")],
        "beyond": with_files(actor, beyond[:100]),
        "above": to_post(found.line),
        "may_manage": bool(may(actor, "manage-budgets", at)),
        "made_up": found.line.instrument.line.programme.made_up,
    }
    return render(request, "foundation/budgets/pages/ceiling/page.html", context)


def ceiling_new(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>/plafond`."""
    found = budget_line(post)
    demand(actor_of(request), "manage-budgets", Subject(province=found.province))

    def act(given: dict[str, Any], _key: str) -> str:
        made = set_ceiling(
            actor=actor_of(request),
            line=post,
            name=given["naam"],
            amount=given["bedrag"],
            starts=given["van"],
            ends=given["tot"],
            announced_on=given["bekend"],
            publication=given["waar"],
            within=given.get("binnen", ""),
        )
        return reverse("ceiling", args=[made.id])

    wider = Ceiling.objects.filter(province=found.province, ends__gte=clock.today()).order_by("name")
    questions = [
        Question("naam", Kind.TEXT, _("Naam"), required=True, longest=120),
        amount(),
        Question("van", Kind.DATE, _("Eerste dag van de periode"), required=True),
        Question("tot", Kind.DATE, _("Laatste dag van de periode"), required=True),
        Question("bekend", Kind.DATE, _("Bekendgemaakt op"), hint=_("Voordat de periode begint (Awb 4:27)."), required=True),
        _publication(),
        Question(
            "binnen",
            Kind.SINGLE,
            _("Is dit een deel van een ruimer plafond?"),
            options=tuple(Option(item.public_id, item.name, Money(item.amount).dutch()) for item in wider),
        ),
    ]
    asked = Asked(
        _("Plafond vaststellen"),
        questions if wider else questions[:-1],
        _("Stel dit plafond vast"),
        to_post(found),
        lead=_("Een plafond is het hoogste bedrag dat u in een periode kunt verlenen (Awb 4:22)."),
        given={"tot": found.ends.isoformat()},
        made_up=found.instrument.line.programme.made_up,
    )
    return ask(request, asked, act)


def ceiling_raise(request: HttpRequest, ceiling: str) -> HttpResponse:
    """`/beheer/budgetten/plafonds/<id>/verhogen`."""
    found = _demanded(request, ceiling)

    def act(given: dict[str, Any], _key: str) -> str:
        raise_ceiling(
            actor=actor_of(request),
            ceiling=ceiling,
            amount=given["bedrag"],
            announced_on=given["bekend"],
            publication=given["waar"],
        )
        return reverse("ceiling", args=[ceiling])

    asked = _asked(
        found,
        _("Plafond verhogen"),
        [amount(_("Nieuw bedrag")), *_announced()],
        _("Verhoog het plafond"),
        _("Nu geldt {now}. Een verhoging geldt voor iedereen, ook voor aanvragen die er al zijn."),
    )
    return ask(request, asked, act)


def ceiling_lower(request: HttpRequest, ceiling: str) -> HttpResponse:
    """`/beheer/budgetten/plafonds/<id>/verlagen`: for who applies later (4:27), or for everybody when all of 4:28 holds."""
    found = _demanded(request, ceiling)

    def act(given: dict[str, Any], _key: str) -> str:
        lower_ceiling(
            actor=actor_of(request),
            ceiling=ceiling,
            amount=given["bedrag"],
            announced_on=given["bekend"],
            publication=given["waar"],
            for_all=given["wie"] == "iedereen",
            before_budget=given.get("vooraf", ""),
            follows_budget=given.get("begroting", ""),
            warned_in=given.get("gewezen", ""),
        )
        return reverse("ceiling", args=[ceiling])

    who = (
        Option(
            "later", _("Alleen voor aanvragen van na de bekendmaking"), _("Aanvragen die er al zijn, houden het oude plafond.")
        ),
        Option("iedereen", _("Voor alle aanvragen"), _("Kan alleen als alle drie de gronden van Awb 4:28 kloppen.")),
    )
    questions = [
        amount(_("Nieuw bedrag")),
        *_announced(),
        Question("wie", Kind.SINGLE, _("Voor wie?"), required=True, options=who),
        *(
            Question(key, Kind.TEXT, text, hint=_("Alleen nodig voor alle aanvragen."), longest=90)
            for key, text in (
                ("vooraf", _("Welke regel liet aanvragen voordat de begroting was vastgesteld?")),
                ("begroting", _("Uit welk begrotingsbesluit volgt de verlaging?")),
                ("gewezen", _("Waar is bij het plafond op deze mogelijkheid gewezen?")),
            )
        ),
    ]
    lead = _("Nu geldt {now}. Lager dan wat al is verleend kan niet.")
    return ask(request, _asked(found, _("Plafond verlagen"), questions, _("Verlaag het plafond"), lead), act)


def _with_line(ceiling: str) -> Ceiling:
    found = ceiling_named(ceiling)
    found.line = budget_line(found.line.public_id)
    return found


def _demanded(request: HttpRequest, ceiling: str) -> Ceiling:
    found = _with_line(ceiling)
    demand(actor_of(request), "manage-budgets", Subject(province=found.province))
    return found


def _asked(ceiling: Ceiling, title: str, questions: list[Question], button: str, lead: str) -> Asked:
    now = lead.format(now=ceiling.money.dutch())
    made_up = ceiling.line.instrument.line.programme.made_up
    return Asked(title, questions, button, to_ceiling(ceiling), lead=now, made_up=made_up)


def _announced() -> list[Question]:
    return [Question("bekend", Kind.DATE, _("Bekendgemaakt op"), required=True), _publication()]


def _publication() -> Question:
    hint = _("Nummer van het provinciaal blad.")
    return Question("waar", Kind.TEXT, _("Waar is het bekendgemaakt?"), hint=hint, required=True)
