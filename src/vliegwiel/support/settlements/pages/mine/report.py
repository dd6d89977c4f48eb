"""Account for a grant, or tell in between how it goes: the questions of that report, the costs beside the plan, papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.papers.public import papers_of, receive
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, drawn, problems_of, read
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import State, budget_of
from vliegwiel.support.settlements.actions.send_report import save_report, send_report
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.forms import questions_of
from vliegwiel.support.settlements.models import Report, ReportKind
from vliegwiel.support.settlements.pages.mine.typed_costs import costs_in
from vliegwiel.support.settlements.pages.visitors import own_file

PAPER = "report"


def report_page(request: HttpRequest, application: str, *, progress: bool = False) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld/verslag` and `/tussenbericht`: save and go on later, or send."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    file = own_file(actor, application)
    kind = ReportKind.PROGRESS if progress else file.report_kind
    if kind is None or file.grant.state is not State.GRANTED:
        return redirect("my_money", application=file.name)
    asked = questions_of(kind)
    draft = Report.objects.filter(application=file.name, kind=kind, sent_on=None).first()
    plan = budget_of(file.name) if kind == ReportKind.COSTS else []
    reading = read(asked, request.POST) if request.method == "POST" else None
    wrong: list[Problem] = []
    if reading is not None:
        costs, wrong_costs = costs_in(request.POST, len(plan)) if plan else (None, {})
        wrong = [Problem(text, f"v-{key}") for key, text in reading.problems.items()]
        wrong += [Problem(text, name) for name, text in wrong_costs.items()]
        act = send_report if request.POST.get("doe") == "versturen" else save_report
        try:
            if upload := request.FILES.get("stuk"):
                receive(actor=actor, province=file.grant.province, about=file.papers_about, kind=PAPER, upload=upload)
            if not wrong:
                act(actor=actor, application=file.name, kind=kind.value, answers=reading.values, costs=costs)
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong += [Problem(line, "") for line in refusal.details or (refusal.message,)]
        if not wrong:
            return redirect("my_money", application=file.name)
    fields = drawn(asked, draft.answers if draft else {}, reading=reading)
    context: dict[str, Any] = {
        "file": file,
        "grant": file.grant,
        "kind": kind,
        "progress": progress,
        "fields": fields,
        "rows": _rows(file, draft, request) if plan else [],
        "planned": Money(sum(row.amount.cents for row in plan)),
        "total": request.POST.get("samen", ""),
        "others": request.POST.get("anderen", as_amount(draft.others) if draft and draft.others else ""),
        "papers": [paper for paper in papers_of(file.papers_about) if paper.kind == PAPER],
        "problems": wrong or problems_of(fields),
        "made_up": file.grant.made_up,
    }
    status = 400 if wrong else 200
    return render(request, "support/settlements/pages/mine/report.html", context, status=status)


def as_amount(cents: int) -> str:
    """Cents as someone types them."""
    return f"{cents // 100},{cents % 100:02d}"


def _rows(file: GrantFile, draft: Report | None, request: HttpRequest) -> list[dict[str, Any]]:
    kept = [row["actual"] for row in draft.costs] if draft else []
    return [
        {
            "name": f"post-{place}",
            "text": f"{row.kind}: {row.text}" if row.text else row.kind,
            "planned": row.amount,
            "value": request.POST.get(f"post-{place}", as_amount(kept[place - 1]) if _there(kept, place) else ""),
        }
        for place, row in enumerate(budget_of(file.name), start=1)
    ]


def _there(kept: list[int | None], place: int) -> bool:
    return len(kept) >= place and kept[place - 1] is not None
