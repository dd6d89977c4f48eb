"""The budget on one page: what it costs, who pays, and whether the two are equal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.questions.public import Difference, Problem, amount_of, as_typed, number_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget
from vliegwiel.support.grants.budget_plan import ASKED, COST, COVER, FUND, HOURS, OWN, costs_that_count, hours_rows, problems
from vliegwiel.support.grants.content import budget_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.pages.apply.steps import FOLDER, context_of, onward
from vliegwiel.support.grants.readiness import BUDGET, warnings
from vliegwiel.support.grants.rules import Row, totals
from vliegwiel.support.grants.standing import find

_ROWS = {"kosten": 3, "ander": 2}
_AT_MOST = 25


@dataclass(frozen=True)
class Line:
    """A row of the page as it was typed."""

    number: int
    kind: str = ""
    text: str = ""
    amount: str = ""
    certain: bool = False
    problem: str = ""


@dataclass
class Typed:
    """The whole page as it was typed, with what could not be read."""

    costs: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    hours: str = ""
    own: str = ""
    asked: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def budget_page(request: HttpRequest, draft: Draft, step: str, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/begroting`: kept at each save, also unfinished; what does not balance is said at once."""
    typed, stale = _typed_of(draft.rows), []
    wrong: list[Problem] = []
    first = draft
    if request.method == "POST":
        typed, rows = _read(request.POST, draft)
        try:
            fill_in_budget(
                actor=actor, application=draft.application.public_id, version=request.POST.get("versie", ""), rows=rows
            )
        except NotNow as refusal:
            if refusal.code != "stale":
                raise
            stale = _differences(Draft(find(draft.application.public_id)).rows, rows)
        draft = Draft(find(draft.application.public_id))
        more = request.POST.get("regel", "")
        if not stale and not typed.wrong:
            typed = _typed_of(draft.rows)
            if more in _ROWS:
                return redirect(
                    f"{request.path}?regel={more}#{more}-{len(typed.costs if more == 'kosten' else typed.others) + 1}"
                )
            wrong = (
                [] if "later" in request.POST else [Problem(item.text, item.field) for item in problems(draft.rows, draft.rules)]
            )
            if not wrong:
                return onward(request, first, draft, step, actor)
    wrong = [*(Problem(text, name) for name, text in typed.wrong.items()), *wrong]
    sums = totals(draft.rows)
    context = {
        **context_of(draft, BUDGET, actor),
        "typed": _with_room(typed, request.GET.get("regel", "")),
        "kinds": kinds_of(draft),
        "most": draft.rules.most.dutch(cents=False) if draft.rules.most else "",
        "left_out": draft.rules.costs_excluded,
        "tariff": draft.rules.volunteer_hour,
        "rules": draft.rules,
        "share": next((row.share for row in draft.rules.amounts if row.share), None),
        "sums": sums,
        "balanced": bool(sums.costs.cents and sums.asked.cents and not sums.missing.cents),
        "missing": sums.missing,
        "too_much": -sums.missing,
        "counting": costs_that_count(draft.rows, draft.rules),
        "problems": wrong,
        "at": {item.field: item.text for item in wrong},
        "warned": warnings(draft, funder=funder_name()) if draft.rows else [],
        "differences": stale,
        "version": version_of(budget_part(draft.application)),
    }
    return render(request, f"{FOLDER}/budget.html", context)


def kinds_of(draft: Draft) -> list[str]:
    """The kinds of cost one can choose. Hours of volunteers have a field of their own when the scheme has a tariff for them."""
    hours = draft.rules.volunteer_hour is not None
    return [kind for kind in draft.rules.cost_kinds if not (hours and "vrijwilligers" in kind)]


def funder_name() -> str:
    """The name of who gives the money here."""
    name = provinces().get(settings.VLIEGWIEL_PROVINCE, "")
    return f"Provincie {name}" if name else "provincie"


def _read(data: Mapping[str, Any], draft: Draft) -> tuple[Typed, list[Row]]:
    """What was typed, and the rows of what could be read."""
    typed = Typed(hours=data.get("uren", ""), own=data.get("eigen", ""), asked=data.get("gevraagd", ""))
    rows: list[Row] = []
    for number in range(1, _AT_MOST + 1):
        line = _line(data, "kosten", number, typed.wrong)
        if line:
            typed.costs.append(line)
            kinds = kinds_of(draft)
            kind = line.kind or (kinds[0] if len(kinds) == 1 else "")
            if kinds and not kind and not line.problem:
                typed.wrong[f"kosten-{number}-soort"] = _("Kies bij {text} welke soort kosten het zijn.").format(
                    text=line.text or number
                )
            money = amount_of(line.amount) if line.amount else Money(0)
            if money is not None and (kind or not kinds):
                rows.append(Row(COST, kind or _("kosten"), line.text, money))
    hours = number_of(typed.hours) if typed.hours.strip() else 0
    if not isinstance(hours, int) or not 0 <= hours <= 100_000:
        typed.wrong["uren"] = _("Vul het aantal uren in hele getallen in, bijvoorbeeld 40.")
    elif hours and draft.rules.volunteer_hour:
        cost, cover = hours_rows(_("Uren van vrijwilligers"), hours, draft.rules.volunteer_hour)
        rows += [cost, cover]
    rows += _one(typed, "eigen", typed.own, OWN)
    for number in range(1, _AT_MOST + 1):
        line = _line(data, "ander", number, typed.wrong)
        if line:
            typed.others.append(line)
            money = amount_of(line.amount) if line.amount else Money(0)
            if money is not None:
                rows.append(Row(COVER, FUND, line.text, money, certain=line.certain))
    rows += _one(typed, "gevraagd", typed.asked, ASKED)
    return typed, rows


def _one(typed: Typed, name: str, text: str, kind: str) -> list[Row]:
    if not text.strip():
        return []
    money = amount_of(text)
    if money is None:
        typed.wrong[name] = {
            OWN: _("Vul in hoeveel u zelf bijdraagt. Gebruik alleen cijfers, bijvoorbeeld 6.000."),
            ASKED: _("Vul in hoeveel geld u vraagt. Gebruik alleen cijfers, bijvoorbeeld 6.000."),
        }[kind]
        return []
    return [Row(COVER, kind, "", money)] if money.cents else []


def _line(data: Mapping[str, Any], group: str, number: int, wrong: dict[str, str]) -> Line | None:
    kind, text, amount = (data.get(f"{group}-{number}-{part}", "").strip() for part in ("soort", "wat", "bedrag"))
    if not text and not amount:
        return None
    name, problem = f"{group}-{number}", ""
    if amount and amount_of(amount) is None:
        problem = _("Schrijf het bedrag bij {text} in cijfers, bijvoorbeeld 6.000.").format(text=text or _("deze regel"))
    elif amount and not text:
        problem = (
            _("Schrijf bij dit bedrag waar het voor is.") if group == "kosten" else _("Schrijf bij dit bedrag wie het betaalt.")
        )
    if problem:
        wrong[name] = problem
    return Line(number, kind, text[:120], amount, f"{group}-{number}-zeker" in data, problem)


def _typed_of(rows: list[Row]) -> Typed:
    """A budget that was kept, as it would be typed."""

    def single(kind: str) -> str:
        found = next((row for row in rows if row.side == COVER and row.kind == kind), None)
        return as_typed(found.amount) if found else ""

    costs = [row for row in rows if row.side == COST and row.kind != HOURS]
    others = [row for row in rows if row.side == COVER and row.kind == FUND]
    hours = next((row.hours for row in rows if row.kind == HOURS), None)
    return Typed(
        costs=[Line(place, row.kind, row.text, as_typed(row.amount)) for place, row in enumerate(costs, 1)],
        others=[Line(place, FUND, row.text, as_typed(row.amount), row.certain) for place, row in enumerate(others, 1)],
        hours=as_typed(hours),
        own=single(OWN),
        asked=single(ASKED),
    )


def _with_room(typed: Typed, more: str) -> Typed:
    """With empty rows to type in."""

    def room(lines: list[Line], group: str) -> list[Line]:
        last = max((line.number for line in lines), default=0)
        count = max(_ROWS[group], last + (3 if more == group else 1))
        there = {line.number: line for line in lines}
        return [there.get(number, Line(number)) for number in range(1, min(count, _AT_MOST) + 1)]

    return Typed(room(typed.costs, "kosten"), room(typed.others, "ander"), typed.hours, typed.own, typed.asked, typed.wrong)


def _differences(there: list[Row], yours: list[Row]) -> list[Difference]:
    return [Difference(_("Begroting"), _told(there), _told(yours))]


def _told(rows: list[Row]) -> str:
    names = {OWN: _("eigen geld"), ASKED: _("gevraagd"), HOURS: _("uren van vrijwilligers")}
    return "\n".join(f"{row.text or names.get(row.kind, row.kind)}: {row.amount.dutch()}" for row in rows)
