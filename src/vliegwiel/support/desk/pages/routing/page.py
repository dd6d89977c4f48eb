"""`/werk/loket/verdeling`: who gets which question, how busy everyone is, and handing over all that someone has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.foundation.people.public import Subject, actor_of, colleagues, may_somewhere, stand_ins, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.desk.actions.hand_over import hand_over_all
from vliegwiel.support.desk.actions.keep_routing import Rule, end_route, keep_desk_contact, may_keep, write_route
from vliegwiel.support.desk.lifecycle import OPEN
from vliegwiel.support.desk.models import DeskContact, Enquiry, Route
from vliegwiel.support.desk.pages import choices
from vliegwiel.support.desk.routing import open_files

_SAID = "loket-gedaan"


def routing_page(request: HttpRequest) -> HttpResponse:
    """The rules, with a form for a new one; each rule is changed by ending it and writing another."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    if not any(may_somewhere(actor, verb) for verb in ("keep-own-routing", "keep-routing")):
        raise NotAllowed(_("U hebt geen rol die dit mag."), code="no-role")
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            request.session[_SAID] = _done(request, actor)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect("desk_routing")
    context = {**_context(actor), "wrong": wrong, "said": "" if wrong else request.session.pop(_SAID, "")}
    return render(request, "support/desk/pages/routing/page.html", context, status=400 if wrong else 200)


def _done(request: HttpRequest, actor: Actor) -> str:
    """Do what the form asks; returns what was done, in words."""
    form = request.POST
    organisation, _dash, adviser = form.get("wie", "").partition("/")
    if form.get("doe") == "beeindigen":
        end_route(actor=actor, route=form.get("regel", ""))
        return _("De regel is beëindigd.")
    if form.get("doe") == "overdragen":
        count = hand_over_all(
            actor=actor, organisation=organisation, person=adviser, to=form.get("aan", ""), note=form.get("tekst", "")
        )
        return ngettext("%(count)s dossier is overgedragen.", "%(count)s dossiers zijn overgedragen.", count) % {"count": count}
    if form.get("doe") == "bereik":
        keep_desk_contact(
            actor=actor,
            province=settings.VLIEGWIEL_PROVINCE,
            organisation=organisation,
            phone=form.get("telefoon", ""),
            hours=form.get("uren", ""),
            address=form.get("adres", ""),
        )
        return _("Zo staat het nu bij het loket.")
    typed = form.get("hoogste", "").strip()
    if typed and not (typed.isdecimal() and len(typed) < 4):
        raise NotValid(_("Schrijf het hoogste aantal als getal, of laat het leeg."), code="most")
    rule = Rule(adviser, form.getlist("thema"), form.getlist("hulp"), form.getlist("gemeente"), int(typed) if typed else None)
    write_route(actor=actor, province=settings.VLIEGWIEL_PROVINCE, organisation=organisation, rule=rule)
    return _("De regel is bewaard. Nieuwe vragen gaan zo.")


def _context(actor: Actor) -> dict[str, Any]:
    province = settings.VLIEGWIEL_PROVINCE
    places = dict(municipalities_of(province))
    rows = list(Route.objects.filter(province=province, ended_at=None))
    people = colleagues(["do-casework"], Subject(province=province))
    loads = open_files({row.organisation for row in rows} | {person.organisation for person in people})
    away = stand_ins(clock.today())
    here = {(person.organisation, person.id) for person in people}
    mine = {person.organisation: person.organisation_name for person in people if may_keep(actor, province, person.organisation)}
    reached = {row.organisation: row for row in DeskContact.objects.filter(province=province, organisation__in=mine)}
    left: dict[tuple[str, str], tuple[str, str]] = {}
    open_states = [state.value for state in OPEN]
    for organisation, name, adviser, called in (
        Enquiry.objects.filter(province=province, organisation__in=mine, state__in=open_states)
        .exclude(adviser="")
        .order_by()
        .values_list("organisation", "organisation_name", "adviser", "adviser_name")
        .distinct()
    ):
        left.setdefault((organisation, adviser), (name, called))
    ours = [person for person in people if person.organisation in mine]
    return {
        "rows": [
            {
                "route": row,
                "themes": [choices.theme_name(key) for key in row.themes],
                "kinds": [choices.kind_name(key) for key in row.kinds],
                "places": [places.get(code, code) for code in row.municipalities],
                "load": loads.get((row.organisation, row.adviser), 0),
                "away": away.get((row.adviser, row.organisation)),
                "gone": bool(row.adviser) and (row.organisation, row.adviser) not in here,
                "mine": row.organisation in mine,
            }
            for row in rows
        ],
        "organisations": sorted(mine.items(), key=lambda pair: pair[1]),
        "contacts": [(key, name, reached.get(key)) for key, name in sorted(mine.items(), key=lambda pair: pair[1])],
        "people": ours,
        "others": any((who.organisation, who.id) != held and who.organisation == held[0] for who in ours for held in left),
        "holders": [
            (organisation, adviser, name, called, loads.get((organisation, adviser), 0), (organisation, adviser) not in here)
            for (organisation, adviser), (name, called) in sorted(left.items(), key=lambda item: item[1])
        ],
        "themes": choices.themes(),
        "kinds": choices.kinds(),
        "municipalities": sorted(places.items(), key=lambda pair: pair[1]),
    }
