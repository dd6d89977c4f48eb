"""`/geld`: what the province set up, what it may cost, what is granted and paid. Open to everybody, at any day, as page and table."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import instrument_kinds
from vliegwiel.foundation.budgets.files import table
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import CouncilDecision, CouncilItem, Programme
from vliegwiel.foundation.budgets.overview import ProgrammeStand, ceiling_line, line_of, rows_of, sum_of, tree
from vliegwiel.foundation.budgets.pages.council.page import items_table
from vliegwiel.foundation.budgets.pages.tree.page import asked_day
from vliegwiel.foundation.budgets.queries import budget_line, council_item_named, position_of
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money

_FOLDER = "foundation/budgets/pages/public"
COLUMNS = (
    "programma",
    "lijn",
    "instrument",
    "soort",
    "budgetpost",
    "krediet",
    "verleend of vastgelegd",
    "waarvan betaald",
    "terugontvangen",
    "gereserveerd",
    "vrij",
    "vervallen",
    "stand op",
    "adres",
)


def money_page(request: HttpRequest) -> HttpResponse:
    """`?op=2026-05-01` shows the stand at the end of that day, `?formaat=csv` gives it as a table."""
    demand(actor_of(request), "read-public")
    province, on = settings.VLIEGWIEL_PROVINCE, asked_day(request)
    found = tree(Programme.objects.filter(province=province), on)
    made_up = any(item.programme.made_up for item in found)
    if request.GET.get("formaat") == "csv":
        return table(f"geld-{on.isoformat()}", COLUMNS, _rows(found, on.isoformat()), made_up=made_up)
    decisions = CouncilDecision.objects.filter(province=province, amount__gt=0, decided_on__lte=on).order_by("-decided_on", "-pk")
    total = sum_of(item.stands for item in found)
    context = {
        "programmes": found,
        "total": total,
        "granted": total.committed + total.paid - total.returned,
        "on": on,
        "is_today": on == clock.today(),
        "decisions": [(item, Money(item.amount), Money(item.amount - item.appropriated)) for item in decisions[:100]],
        "open_items": CouncilItem.objects.filter(province=province, settled_on=None).count(),
        "made_up": made_up,
    }
    return render(request, f"{_FOLDER}/page.html", context)


def public_post(request: HttpRequest, post: str) -> HttpResponse:
    """`/geld/posten/<id>?op=2026-05-01&tot=153`: a budget line at the end of a day, as it was known when entry 153 was its last."""
    demand(actor_of(request), "read-public")
    found, on = budget_line(post), asked_day(request)
    up_to = int(text) if (text := request.GET.get("tot", "")).isdecimal() and len(text) < 16 else None
    stands = position_of(found, on, up_to)
    credits = found.entries.filter(decision__isnull=False, on__lte=on).select_related("decision").order_by("number")
    programme = found.instrument.line.programme
    context = {
        "post": found,
        "kind": instrument_kinds()[found.instrument.kind],
        "on": on,
        "up_to": up_to,
        "stands": stands,
        "line": line_of(stands),
        "rows": rows_of(stands),
        "credits": credits if up_to is None else credits.filter(number__lte=up_to),
        "ceilings": [(item, ceiling_line(item), Money(item.beyond)) for item in found.ceilings.order_by("starts", "name")],
        "corrected": found.entries.filter(kind=Kind.CORRECT, on__lte=on).count(),
        "made_up": programme.made_up,
    }
    return render(request, f"{_FOLDER}/post.html", context)


def public_items(request: HttpRequest) -> HttpResponse:
    """`/geld/moties`: what the Council asked and was promised, open first; `?formaat=csv`."""
    demand(actor_of(request), "read-public")
    found = CouncilItem.objects.filter(province=settings.VLIEGWIEL_PROVINCE).prefetch_related("answers", "instruments")
    found = found.order_by("settled_on", "due_on", "pk")
    if request.GET.get("formaat") == "csv":
        return items_table(found[:5_000])
    items = list(found[:500])
    context = {"items": items, "today": clock.today(), "made_up": any(item.made_up for item in items)}
    return render(request, f"{_FOLDER}/items.html", context)


def public_item(request: HttpRequest, item: str) -> HttpResponse:
    """`/geld/moties/<id>`: one of them with its answers."""
    demand(actor_of(request), "read-public")
    found = council_item_named(item)
    if found.province != settings.VLIEGWIEL_PROVINCE:
        raise NotFound(_("Dit punt van Provinciale Staten kennen we niet."))
    context = {
        "item": found,
        "answers": found.answers.all(),
        "instruments": found.instruments.order_by("title"),
        "made_up": found.made_up,
    }
    return render(request, f"{_FOLDER}/item.html", context)


def _rows(found: list[ProgrammeStand], on: str) -> list[list[object]]:
    return [
        [
            programme.programme.title,
            line.line.title,
            instrument.instrument.title,
            instrument.kind.name,
            item.post.title,
            item.stands.credit,
            item.stands.committed + item.stands.paid - item.stands.returned,
            item.stands.paid,
            item.stands.returned,
            item.stands.reserved,
            item.stands.free,
            item.stands.lapsed,
            on,
            f"{settings.VLIEGWIEL_ADDRESS}{reverse('public_post', args=[item.post.public_id])}?op={on}&tot={item.post.last_number}",
        ]
        for programme in found
        for line in programme.lines
        for instrument in line.instruments
        for item in instrument.posts
    ]
