"""The ranking workbench: who gets what under the ceiling, live; tried without saving, and then written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.engines.allocation import Outcome
from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.people.public import Subject, actor_of, demand, demand_somewhere, may
from vliegwiel.foundation.questions.public import as_typed
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.grants.actions.divide_call import VERB, divide_call, publish_seed, seed_for
from vliegwiel.support.grants.freed import freed_money
from vliegwiel.support.grants.lifecycle import PENDING
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.pages.bench.asked import AMOUNT, WEIGHT, Asked, asked_of
from vliegwiel.support.grants.ranking import (
    UNDRAWN,
    Entrant,
    Line,
    Ranking,
    WhatIf,
    before_the_draw,
    entrants_of,
    not_ready,
    rank,
    recorded,
    undrawn,
)
from vliegwiel.support.grants.scores import LARGE
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.grants.workbench import judged
from vliegwiel.support.schemes.public import CallFacts, call_of, calls_in

_FOLDER = "support/grants/pages/bench"
_READ = "assess-applications"
_DECIDING = ("decide-applications", "sign-decisions")
#: So many rows on a page; the page with the line of the ceiling opens first.
PAGE = 100
#: So many of the line are named.
_MISSED = 50
_WORDS = {
    Outcome.GRANTED.value: "toekennen",
    Outcome.PARTLY.value: "deels",
    Outcome.WAITING.value: "geld is op",
    Outcome.REFUSED.value: "afwijzen",
    UNDRAWN: "nog te loten",
}


#: How a row is drawn; any other as who gets nothing.
_DRAWN = {Outcome.GRANTED.value: "", UNDRAWN: "", Outcome.PARTLY.value: "is-partly"}
#: Why several lines are drawn: equal marks, or complete on the same day. In a lottery everyone is.
_TIED = {"tender": gettext_lazy("gelijk cijfer"), "first-come": gettext_lazy("op dezelfde dag compleet")}


@dataclass(frozen=True)
class Cell:
    """A score on a criterion and how it is drawn: with a shade from 0 (pale) to 4, or soft when nobody gave one."""

    value: str
    drawn: str


@dataclass(frozen=True)
class Block:
    """An application in the bar: where it begins and ends in percent of the bar, and how it stands."""

    x: float
    width: float
    kind: str
    title: str


def calls_page(request: HttpRequest) -> HttpResponse:
    """`/werk/openstellingen`: the calls, those to divide first, with how many applications each has."""
    actor = actor_of(request)
    demand_somewhere(actor, _READ)
    found = [call for call in calls_in(actor.province) if call.state not in ("planned", "announced")]
    received = Application.objects.filter(call__in=[call.id for call in found], number__isnull=False).order_by().values("call")
    waits = Count("pk", filter=Q(state__in=[state.value for state in PENDING]))
    counted = received.annotate(count=Count("pk"), waits=waits).values_list("call", "count", "waits")
    counts = {key: (count, waiting) for key, count, waiting in counted}
    rows = sorted(((call, *counts.get(call.id, (0, 0))) for call in found), key=_urgency)
    return render(request, f"{_FOLDER}/calls.html", {"rows": rows, "made_up": any(call.made_up for call in found)})


def _urgency(row: tuple[CallFacts, int, int]) -> tuple[int, float]:
    """What closed and waits for a decision first, then what is open; what is done last, the newest on top."""
    call, _count, waiting = row
    moment = call.closes_at.timestamp()
    if call.state == "open":
        return 1, moment
    return (0, moment) if waiting else (2, -moment)


def ranking_page(request: HttpRequest, call: str) -> HttpResponse:
    """`/werk/openstellingen/<id>/rangschikking?plafond=&gewicht-<criterium>=&bedrag-<id>=&aanvraag=`: the address holds the trial."""
    found = _readable(request, call)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _act(request, call)
        except NotAllowed:
            raise
        except (NotNow, NotValid) as refusal:
            wrong = refusal
        else:
            return redirect("ranking", call=call)
    asked = asked_of(found, request.GET.dict())
    return render(request, f"{_FOLDER}/page.html", _context(request, found, asked, wrong))


def ranking_file(request: HttpRequest, call: str) -> HttpResponse:
    """`…/rangschikking/lijst`: the rows as CSV, with the same trial as the page."""
    found = _readable(request, call)
    ranking = _ranking(found, asked_of(found, request.GET.dict()).what_if)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rangschikking-{found.id}.csv"'
    writer = Rows(answer)
    names = [item.name for item in found.rules.criteria]
    writer.write(["plaats", "nummer", "titel", "totaal", *names, "gevraagd", "voorstel", "opgeteld", "uitkomst", "waarom"])
    for line in ranking.lines:
        scores = [_plain(line.entrant.scores.get(item.key)) for item in found.rules.criteria]
        application = line.entrant.application
        writer.write(
            [
                line.place or "",
                application.number,
                application.title,
                _plain(line.total),
                *scores,
                _euros(application.asked_money),
                _euros(line.amount),
                _euros(line.running),
                _WORDS[line.outcome],
                "; ".join(reason.text for reason in line.reasons),
            ]
        )
    return answer


def _act(request: HttpRequest, call: str) -> None:
    actor = actor_of(request)
    if request.POST.get("daad") == "startgetal":
        publish_seed(actor=actor, call=call)
    elif request.POST.get("daad") == "verdeel":
        divide_call(actor=actor, call=call, seen=request.POST.get("gezien", ""))
    else:
        raise NotValid(_("Kies wat u wilt doen."), code="act")


def _readable(request: HttpRequest, call: str) -> CallFacts:
    found = call_of(call)
    demand(actor_of(request), _READ, Subject(province=found.province))
    if found.method == "direct":
        raise NotFound(_("Deze subsidie wordt niet verdeeld. Er is dus geen rangschikking."))
    return found


def _ranking(call: CallFacts, tried: WhatIf) -> Ranking:
    entrants = entrants_of(call)
    division = newest_division(call.id)
    if division is not None and not tried and not _someone_new(entrants, division.awards):
        return recorded(call, entrants, division)
    made = rank(call, entrants, tried, seed=seed_for(call))
    return before_the_draw(made) if undrawn(made) else made


def _someone_new(entrants: Sequence[Entrant], awards: Mapping[str, object]) -> bool:
    return any(item.takes_part and item.application.public_id not in awards for item in entrants)


def _context(request: HttpRequest, call: CallFacts, asked: Asked, wrong: Refusal | None) -> dict[str, object]:
    known = judged(call)
    entrants = known.entrants
    problems, tried = list(asked.problems), asked.what_if if not asked.problems else WhatIf()
    division = newest_division(call.id)
    stands = division is not None and not tried and not _someone_new(entrants, division.awards)
    try:
        made = recorded(call, entrants, division) if stands and division else known.ranking
        made = rank(call, entrants, tried, seed=seed_for(call)) if tried else made
    except NotValid as refusal:
        problems.append(refusal.message)
        made, tried = known.ranking, WhatIf()
    waits_for_draw = undrawn(made)
    made = before_the_draw(made) if waits_for_draw else made
    usual = {line.entrant.application.pk: line for line in known.ranking.lines} if tried else {}
    opened = next((line for line in made.lines if line.entrant.application.public_id == request.GET.get("aanvraag")), None)
    page, pages = _pages(made, opened, request.GET.get("pagina", ""))
    rows = [_row(line, made, usual) for line in made.lines[(page - 1) * PAGE : page * PAGE]]
    lacking, freed = not_ready(entrants), freed_money(call)
    criteria = call.rules.criteria if call.method == "tender" else ()
    ceiling = tried.ceiling or (made.ceilings[0].amount if made.ceilings else Money(0))
    return {
        "call": call,
        "ranking": made,
        "ceiling": ceiling,
        "ceiling_typed": as_typed(ceiling),
        "rows": rows,
        "all_decided": not made.lines and Application.objects.filter(call=call.id, decided_on__isnull=False).exists(),
        "opened": _row(opened, made, usual) if opened else None,
        "count": len(made.lines),
        "pages": pages,
        "page": page,
        "others": [_other(item) for item in made.others] if page == len(pages) else [],
        "bar": _bar(made, tried) if not waits_for_draw else {},
        "problems": problems,
        "wrong": wrong,
        "tried": bool(tried),
        "changed": sum(_changed(line, usual) for line in made.lines),
        "stands": stands,
        "division": division,
        "lacking": lacking,
        "freed": freed,
        "in_line": freed.line[:_MISSED] if made.free.cents or freed.proposed else (),
        "may_come_back": bool(may(actor_of(request), VERB, Subject(province=call.province))),
        "seed": seed_for(call),
        "tied": _TIED.get(call.method, ""),
        "may_try": not waits_for_draw and any(item.takes_part for item in entrants),
        "hash": known.ranking.hash if not tried and not stands else "",
        "may_divide": bool(may(actor_of(request), VERB, Subject(province=call.province))),
        "may_decide": any(may(actor_of(request), verb, Subject(province=call.province)) for verb in _DECIDING),
        "counts": [(count, word) for count, word in _counts(made) if count],
        "weights": [(item, _percent(tried.weights.get(item.key, item.weight)), f"{WEIGHT}{item.key}") for item in criteria],
        "waits": call.method != "first-come" and (bool(lacking) or call.state == "open"),
        "minimum": number(float(call.rules.minimum_total if tried.minimum_total is None else tried.minimum_total), 1),
        "strict": [(name, number(float(difference), 1), files) for name, difference, files in known.strict],
        "query": _query(request.GET),
        "amount_field": f"{AMOUNT}{opened.entrant.application.public_id}" if opened else "",
        "today": clock.today(),
        "made_up": call.made_up,
    }


def _counts(made: Ranking) -> list[tuple[int, str]]:
    """How many get what; who is not scored yet counts apart, as nobody knows."""
    open_ones = sum(_unscored(line, made) for line in made.lines)
    return [
        (made.counted(Outcome.GRANTED), _("toekennen")),
        (made.counted(Outcome.PARTLY), _("deels")),
        (made.counted(Outcome.WAITING), _("geld is op")),
        (made.counted(Outcome.REFUSED) - open_ones, _("onder het minimum")),
        (open_ones, _("nog niet beoordeeld")),
        (sum(line.outcome == UNDRAWN for line in made.lines), _("nog te loten")),
    ]


def _unscored(line: Line, made: Ranking) -> bool:
    """Not every assessor of a tender has scored it: then it is not refused, it is open."""
    return made.call.method == "tender" and not line.entrant.ready and line.outcome == Outcome.REFUSED.value


def _pages(made: Ranking, opened: Line | None, asked: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The page that is shown, and of each page its number with the first and last row: what was asked, else where the open row or the
    line of the ceiling is."""
    count = len(made.lines)
    pages = [(page, first + 1, min(first + PAGE, count)) for page, first in enumerate(range(0, max(count, 1), PAGE), start=1)]
    places = [line.place for line in made.lines]
    here = made.lines.index(opened) if opened else places.index(made.line_after) if made.line_after in places else 0
    page = int(asked) if asked.isascii() and asked.isdigit() else here // PAGE + 1
    return min(max(page, 1), len(pages)), pages


def _changed(line: Line, usual: Mapping[int, Line]) -> bool:
    before = usual.get(line.entrant.application.pk)
    return before is not None and (before.amount, before.outcome) != (line.amount, line.outcome)


def _row(line: Line, made: Ranking, usual: Mapping[int, Line]) -> dict[str, object]:
    application = line.entrant.application
    before, moved = usual.get(application.pk), _changed(line, usual)
    unscored = _unscored(line, made)
    return {
        "id": application.public_id,
        "line": line,
        "application": application,
        "title": application.title,
        "place": str(line.place or "–"),
        "tied": line.tied,
        "waits": not line.entrant.ready,
        "cells": [_cell(line.entrant.scores.get(item.key)) for item in made.call.rules.criteria],
        "total": number(float(line.total), 2) if line.total is not None and not unscored else "",
        "asked": _bare(application.asked_money),
        "proposal": "–" if line.outcome == UNDRAWN else _bare(line.amount),
        "running": _bare(line.running) if line.amount.cents else "–",
        "typed": as_typed(line.entrant.amount),
        "word": _("nog niet beoordeeld") if unscored else _WORDS[line.outcome],
        "drawn": _DRAWN.get(line.outcome, "is-out"),
        "granted": line.outcome == Outcome.GRANTED.value,
        "partly": line.outcome == Outcome.PARTLY.value,
        "apart": number(float(line.entrant.apart), 1) if line.entrant.apart >= LARGE else "",
        "line_here": line.place is not None and line.place == made.line_after,
        "before": _bare(before.amount) if before is not None and moved else "",
        "after_all": application.awarded_money if application.awarded and not line.amount.cents else None,
        "share": round(100 * line.amount.cents / application.asked) if application.asked else 0,
        "before_it": Money(line.running.cents - line.amount.cents),
    }


def _other(application: Application) -> tuple[Application, str, str]:
    """Who takes no part, with what was asked and given, as the columns have it."""
    given = application.awarded_money
    return application, _bare(application.asked_money), _bare(given) if given is not None and given.cents else ""


def _cell(score: Fraction | None) -> Cell:
    return Cell("–", "soft") if score is None else Cell(number(float(score), 1), f"heat heat-{min(int(score) // 2, 4)}")


def _bar(made: Ranking, tried: WhatIf) -> dict[str, object]:
    """All that is asked, in order, as blocks; the ceiling is a line in it. With more than a page of them, neighbours run together."""
    ceiling = tried.ceiling or (made.ceilings[0].amount if made.ceilings else Money(0))
    used = max(made.ceilings[0].used.cents - made.settled.cents, 0) if made.ceilings else 0
    whole = max(used + sum(line.entrant.amount.cents for line in made.lines), ceiling.cents, 1)
    blocks = [Block(0, 100 * used / whole, "used", _("al verleend of gereserveerd"))] if used else []
    here = used
    many = len(made.lines) > PAGE
    for line in made.lines:
        wanted = line.entrant.amount.cents
        parts = [(line.amount.cents, "given"), (wanted - line.amount.cents, "short")]
        for cents, kind in parts:
            if not cents:
                continue
            width, last = 100 * cents / whole, blocks[-1] if blocks else None
            if many and last is not None and last.kind == kind:
                blocks[-1] = Block(last.x, last.width + width, kind, "")
            else:
                blocks.append(Block(100 * here / whole, width, kind, "" if many else line.entrant.application.title))
            here += cents
    return {"blocks": blocks, "ceiling": 100 * ceiling.cents / whole}


def _query(given: QueryDict) -> str:
    """The trial without the opened row and the page."""
    kept = given.copy()
    for name in ("aanvraag", "pagina"):
        kept.pop(name, None)
    return kept.urlencode()


def _percent(share: Fraction) -> str:
    return number(float(share * 100), 0 if (share * 100).denominator == 1 else 1)


def _plain(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.4f}".rstrip("0").rstrip(".")


def _euros(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"


def _bare(amount: Money) -> str:
    """An amount in a column that has the euro sign in its head; cents only when there are any."""
    return amount.dutch(cents=amount.cents % 100 != 0).replace("€\u00a0", "")
