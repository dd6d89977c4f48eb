"""The reach list with filters in the address, the tasks that came from it, and the partners."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.inclusion import inclusion
from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import Subject, actor_of, demand_somewhere, may, may_somewhere, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.monitor.public import pressed_areas
from vliegwiel.support.outreach.actions.keep_partners import PartnerContact, end_partner, register_partner
from vliegwiel.support.outreach.lifecycle import ASK, OPEN
from vliegwiel.support.outreach.models import OutreachPartner
from vliegwiel.support.outreach.reach import MONTHS, Reach, Wish, reach_list
from vliegwiel.support.outreach.standing import PARTNERS, READ, readable_by

_FOLDER = "support/outreach/pages/work"
_PAGE = 50
_WISHES = ("gemeente", "thema", "maanden", "toon")
_MOST_TASKS = 200


def _province(actor: Actor) -> str:
    return actor.province or str(settings.VLIEGWIEL_PROVINCE)


def _wish(request: HttpRequest) -> Wish:
    asked = request.GET
    months = asked.get("maanden", "")
    theme = asked.get("thema", "")
    return Wish(
        asked.get("gemeente", "")[:6],
        theme if theme in themes() else "",
        next((number for number in MONTHS if str(number) == months), MONTHS[1]),
        asked.get("toon") == "alles",
    )


def _rows(actor: Actor, wish: Wish) -> list[Reach]:
    """The rows in the places for which this person may read the list."""
    province = _province(actor)
    readable = {
        code: bool(may(actor, READ, Subject(province=province, municipality=code))) for code, _name in municipalities_of(province)
    }
    return [row for row in reach_list(province, wish) if readable.get(row.area.municipality)]


@require_GET
def reach_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bereik?gemeente=&thema=&maanden=&toon=&pagina=`: neighbourhoods under pressure where nobody asked anything."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, READ)
    wish = _wish(request)
    found = _rows(actor, wish)
    typed = request.GET.get("pagina", "")
    page = int(typed) if typed.isdecimal() and 0 < len(typed) < 4 and int(typed) else 1
    kept = {key: value for key in _WISHES if (value := str(request.GET.get(key, "")))}
    first = (page - 1) * _PAGE
    rows = found[first : first + _PAGE]
    context = {
        "rows": [(row, [themes()[key].name for key in row.area.themes]) for row in rows],
        "count": len(found),
        "known": bool(pressed_areas(_province(actor))),
        "wish": wish,
        "months": MONTHS,
        "themes": themes().values(),
        "municipalities": municipalities_of(_province(actor)),
        "may_ask": bool(may_somewhere(actor, ASK)),
        "download": f"?{urlencode(kept)}",
        "later": f"?{urlencode({**kept, 'pagina': str(page + 1)})}" if len(found) > first + _PAGE else "",
        "earlier": f"?{urlencode({**kept, 'pagina': str(page - 1)})}" if page > 1 else "",
        "made_up": any(row.area.made_up for row in rows),
    }
    return render(request, f"{_FOLDER}/reach.html", context)


@require_GET
def reach_file(request: HttpRequest) -> HttpResponse:
    """`/werk/bereik.csv`: the same list as a file."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, READ)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bereik.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write(["buurtcode", "buurt", "gemeente", "jaar", "thema’s onder druk", "initiatieven", "vragen", "taak", "let op"])
    for row in _rows(actor, _wish(request)):
        area = row.area
        pressing = ", ".join(themes()[key].name for key in area.themes)
        task = row.task.get_state_display() if row.task else ""
        note = MADE_UP if area.made_up else ""
        lines.write(
            [area.code, area.name, area.municipality_name, area.year, pressing, row.initiatives, row.enquiries, task, note]
        )
    return answer


@require_GET
def tasks_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bereik/taken?van=`: open tasks first, the first day on top; those of the adviser unless all are asked for."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, READ)
    everything = readable_by(actor)
    mine = request.GET.get("van", "mij") == "mij" and everything.filter(adviser=actor.id).exists()
    found = everything.filter(adviser=actor.id) if mine else everything
    open_ones = found.filter(state__in=[state.value for state in OPEN])
    ended = found.exclude(state__in=[state.value for state in OPEN]).order_by("-ended_on", "-pk")
    tasks = [*open_ones[:_MOST_TASKS], *ended[:_PAGE]]
    context = {"tasks": tasks, "mine": mine, "made_up": any(task.made_up for task in tasks)}
    return render(request, f"{_FOLDER}/tasks.html", context)


@require_http_methods(["GET", "POST"])
def partners_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bereik/partners`: who reaches other people; contact details only for who keeps them."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, READ)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _change(actor, request)
            return redirect("outreach_partners")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    keeps = bool(may(actor, PARTNERS, Subject(province=_province(actor))))
    partners = OutreachPartner.objects.filter(province=_province(actor), ended_on=None)
    rows = [(partner, [group.name for group in inclusion().chosen(partner.groups)]) for partner in partners]
    context = {
        "rows": rows,
        "keeps": keeps,
        "groups": inclusion().groups,
        "ticked": request.POST.getlist("groep"),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": any(partner.made_up for partner in partners),
    }
    return render(request, f"{_FOLDER}/partners.html", context, status=400 if wrong else 200)


def _change(actor: Actor, request: HttpRequest) -> None:
    form = request.POST
    if form.get("doe") == "stoppen":
        end_partner(actor=actor, partner=form.get("partner", ""))
        return
    if form.get("doe") != "erbij":
        raise NotValid(_("Kies wat u wilt doen."), code="no-act")
    contact = PartnerContact(
        form.get("contact", "").strip(), form.get("email", "").strip(), form.get("telefoon", "").strip(), form.get("goed", "")
    )
    register_partner(
        actor=actor,
        province=_province(actor),
        name=form.get("naam", ""),
        about=form.get("over", ""),
        groups=form.getlist("groep"),
        contact=contact,
    )
