"""The yearly picture: for the people of an initiative, and for the adviser with whom they share it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.design.money_lines import MoneyLine, money_line
from vliegwiel.foundation.people.public import Subject, colleagues, demand_somewhere, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import (
    Difference,
    Kind,
    Problem,
    Question,
    as_facts,
    differences,
    drawn,
    problems_of,
    read,
    revision_in,
)
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.initiatives.actions.draw_year import (
    YearFigures,
    draw_year,
    end_sharing_years,
    erase_year,
    share_years,
    years_for,
)
from vliegwiel.support.initiatives.models import Initiative, PictureShare, YearPicture
from vliegwiel.support.initiatives.pages.mine.visitors import own
from vliegwiel.support.initiatives.standing import find, has_role

_FOLDER = "support/initiatives/pages/mine"
_AMOUNTS = {"eigen": "own", "gekregen": "given", "overheid": "public", "reserve": "reserves"}


def years_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/jaarbeeld?jaar=`: the years so far, a year to fill in, and who may read along."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    told: dict[str, Any] = {"problems": [], "stale": []}
    year = _year(request)
    if request.method == "POST":
        if request.POST.get("doe") == "jaar":
            told = _save(request, actor, found, year)
        else:
            told["problems"] = _other(request, actor, found)
        if not told["problems"] and not told["stale"]:
            return redirect(f"{found.own_path}/jaarbeeld?bewaard=ja")
    kept = found.years.filter(year=year).first()
    where = Subject(province=found.province, municipality=found.municipality)
    shares = list(found.shares.all())
    now = clock.today().year
    context = {
        "initiative": found,
        "year": year,
        "choices": list(range(now, now - 6, -1)),
        "kept": kept,
        "fields": drawn(_questions(), _answers(kept)),
        "rows": rows_of(years_for(actor, initiative)),
        "takes": has_role(actor, found, ("taker",)),
        "shares": shares,
        "advisers": [one for one in colleagues(["do-casework"], where) if one.id not in {share.person for share in shares}],
        "saved": request.GET.get("bewaard") == "ja",
        **told,
    }
    return render(request, f"{_FOLDER}/years.html", context, status=400 if context["problems"] or context["stale"] else 200)


@require_GET
def shared_list(request: HttpRequest) -> HttpResponse:
    """`/werk/jaarbeelden`: the initiatives that share their yearly picture with this adviser."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, "do-casework")
    shared = PictureShare.objects.filter(person=actor.id).select_related("initiative").order_by("initiative__title", "pk")
    return render(request, f"{_FOLDER}/years_shared.html", {"rows": [share.initiative for share in shared[:200]]})


@require_GET
def shared_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/werk/jaarbeelden/<id>`: the same as its people read, without a form."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    rows = rows_of(years_for(actor, initiative))
    return render(request, f"{_FOLDER}/years_shared.html", {"initiative": find(initiative), "years": rows})


def rows_of(years: list[YearPicture]) -> list[tuple[YearPicture, MoneyLine | None, Money]]:
    """Each year with what came in as a line, and what it holds."""
    return [(item, _line(item), Money(item.reserves)) for item in years]


def _line(item: YearPicture) -> MoneyLine | None:
    if not item.income.cents:
        return None
    parts = (
        ("used", _("zelf verdiend"), Money(item.own)),
        ("free", _("gekregen van mensen en fondsen"), Money(item.given)),
        ("reserved", _("van de overheid"), Money(item.public)),
    )
    return money_line(_("samen"), item.income, *parts)


def _save(request: HttpRequest, actor: Actor, found: Initiative, year: int) -> dict[str, Any]:
    """Save the year; what is wrong, or what someone else saved first beside what was typed."""
    questions = _questions()
    reading = read(questions, request.POST)
    fields = drawn(questions, {}, reading=reading)
    if reading.problems:
        return {"problems": list(problems_of(fields)), "stale": [], "fields": fields}
    facts = as_facts(questions, reading.values)
    number = facts.get("vrijwilligers")
    amounts = {name: facts.get(key, Money(0)) for key, name in _AMOUNTS.items()}
    figures = YearFigures(**amounts, volunteers=None if number is None else int(number), plan=facts.get("plan", ""))
    seen = revision_in(request.POST) or None
    try:
        draw_year(actor=actor, initiative=found.public_id, year=year, figures=figures, seen=seen)
    except NotNow as refusal:
        if refusal.code != "stale":
            raise
        there = _answers(found.years.filter(year=year).first())
        other: list[Difference] = list(differences(questions, there, reading.values))
        return {"problems": [], "stale": other or [Difference(refusal.message, "", "")], "fields": fields}
    except NotValid as refusal:
        return {"problems": [Problem(refusal.message, "")], "stale": [], "fields": fields}
    return {"problems": [], "stale": []}


def _other(request: HttpRequest, actor: Actor, found: Initiative) -> list[Problem]:
    form = request.POST
    name = found.public_id
    acts: dict[str, Callable[[], object]] = {
        "delen": lambda: share_years(actor=actor, initiative=name, person=form.get("wie", "")[:12]),
        "niet-delen": lambda: end_sharing_years(actor=actor, initiative=name, person=form.get("wie", "")[:12]),
        "wissen": lambda: erase_year(actor=actor, initiative=name, year=_whole(form.get("jaar", ""))),
    }
    act = acts.get(form.get("doe", ""))
    if act is None:
        raise NotFound(_("Dit kan hier niet."))
    try:
        act()
    except Refusal as refusal:
        return [Problem(refusal.message, "")]
    return []


def _year(request: HttpRequest) -> int:
    """The year of the form, this one by default; also when it may not be filled in, so that the act says so."""
    return _whole(request.POST.get("jaar", "") or request.GET.get("jaar", "")) or clock.today().year


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 else 0


def _answers(kept: YearPicture | None) -> dict[str, Any]:
    if kept is None:
        return {}
    amounts = {key: getattr(kept, name) for key, name in _AMOUNTS.items()}
    return {**amounts, "vrijwilligers": kept.volunteers, "plan": kept.plan or None}


def _questions() -> tuple[Question, ...]:
    return (
        Question("eigen", Kind.AMOUNT, _("Wat verdiende u zelf?"), _("Bijvoorbeeld met koffie, verhuur of lidgeld.")),
        Question("gekregen", Kind.AMOUNT, _("Wat kreeg u van mensen en fondsen?"), _("Giften, acties en fondsen.")),
        Question("overheid", Kind.AMOUNT, _("Wat kreeg u van de overheid?"), _("Van gemeente, provincie of rijk samen.")),
        Question("reserve", Kind.AMOUNT, _("Hoeveel hebt u achter de hand?"), _("Wat er aan het eind van het jaar over is.")),
        Question("vrijwilligers", Kind.NUMBER, _("Hoeveel vrijwilligers dragen het?")),
        Question(
            "plan",
            Kind.LONG_TEXT,
            _("Wilt u minder leunen op de overheid? Hoe?"),
            _("Alleen als u dat zelf wilt. Schrijf het op voor uzelf."),
            longest=2000,
        ),
    )
