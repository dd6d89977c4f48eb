"""The scan of a plan: list, begin, fill in per time, groups, advice, result, and two plans side by side."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.frames import goals
from vliegwiel.catalogue.scan import ScanForm, scan_form
from vliegwiel.foundation.people.public import Fields, Subject, actor_of, demand, may_filter
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, Refusal
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.monitor.actions import save_scan
from vliegwiel.see.monitor.models import Scan
from vliegwiel.see.monitor.pages.start.page import home_province
from vliegwiel.see.monitor.rules import name_of

_FOLDER = "see/monitor/pages/scan"


def scans_page(request: HttpRequest) -> HttpResponse:
    """`/scans`: the scans of my organisation, and a form to begin one."""
    actor = _actor(request)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        home = home_province()
        place = next(iter(areas.areas_named(request.POST.get("plaats", ""), home.year)), None) if home else None
        try:
            scan = save_scan.begin_scan(
                actor=actor,
                province=home.code if home else "",
                title=request.POST.get("titel", ""),
                plan=request.POST.get("plan", ""),
                area=(place.code, place.year) if place else None,
            )
            return redirect(f"/scans/{scan.public_id}/nu")
        except Refusal as refusal:
            problems = refusal.details or (refusal.message,)
    found = _scans_of(actor)[:200]
    context = {"scans": found, "problems": problems, "given": request.POST}
    return render(request, f"{_FOLDER}/list.html", context)


def scan_page(request: HttpRequest, scan_id: str) -> HttpResponse:
    """`/scans/{id}`: the outcome, to read and to print; closing it is a step of its own."""
    scan, actor = _scan(request, scan_id), _actor(request)
    if request.method == "POST":
        save_scan.close_scan(actor=actor, scan_id=scan_id, version=_version(request))
        return redirect(f"/scans/{scan_id}")
    area = areas.area(scan.area_code, scan.area_year) if scan.area_year else None
    others = _scans_of(actor).exclude(pk=scan.pk)[:50]
    return render(request, f"{_FOLDER}/result.html", {"scan": scan, "area": area, "others": others, **_outcome(scan)})


def scan_step(request: HttpRequest, scan_id: str, step: str) -> HttpResponse:
    """`/scans/{id}/nu`, `/later`, `/elders`, `/voor-wie`, `/advies`: one page per step, saved at each step."""
    form = scan_form()
    steps = [*form.times, "voor-wie", "advies"]
    if step not in steps:
        raise NotFound(_("Deze stap bestaat niet."), nearest=((scan_id, f"/scans/{scan_id}"),))
    scan, actor = _scan(request, scan_id), _actor(request)
    if scan.closed_at and request.method == "GET":
        return redirect(f"/scans/{scan_id}")
    problems: tuple[str, ...] = ()
    stale = False
    if request.method == "POST":
        try:
            _save_step(request, actor, scan_id, step, form)
            following = steps[steps.index(step) + 1 :]
            stay = step == "advies" or "blijf" in request.POST
            return redirect(f"/scans/{scan_id}/{step if stay else following[0]}")
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems, stale = refusal.details or (refusal.message,), refusal.code == "stale"
    context = {
        "scan": scan,
        "form": form,
        "step": step,
        "number": steps.index(step) + 1,
        "count": len(steps),
        "rows": _rows(scan, form, step, request.POST if problems else None),
        "problems": problems,
        "stale": stale,
        "there": _in_words(scan, form) if stale else [],
        "given": request.POST if problems else None,
        "goals": goals().values(),
        "previous": steps[steps.index(step) - 1] if steps.index(step) else "",
    }
    template = "advice" if step == "advies" else "groups" if step == "voor-wie" else "step"
    return render(request, f"{_FOLDER}/{template}.html", context)


def compare_page(request: HttpRequest) -> HttpResponse:
    """`/scans/vergelijk?een=…&twee=…`: two plans side by side."""
    pair = [_scan(request, request.GET.get(name, "")) for name in ("een", "twee")]
    form = scan_form()
    rows = [
        (theme, time, [scan.effects.get(f"{theme.key}/{time.key}") for scan in pair])
        for theme in form.themes.values()
        for time in form.times.values()
    ]
    groups = [(group, [scan.groups.get(group.key) for scan in pair]) for group in form.groups.values()]
    return render(request, f"{_FOLDER}/compare.html", {"pair": pair, "rows": rows, "groups": groups, "form": form})


def _save_step(request: HttpRequest, actor: Actor, scan_id: str, step: str, form: ScanForm) -> None:
    post, version = request.POST, _version(request)
    if step in form.times:
        effects = {f"{theme}/{step}": _answer(post, f"{theme}/{step}") for theme in form.themes}
        save_scan.save_effects(actor=actor, scan_id=scan_id, version=version, effects=effects)
    elif step == "voor-wie":
        goals = [int(goal) for goal in post.getlist("doel") if goal.isdigit()]
        groups = {group: _answer(post, group) for group in form.groups}
        save_scan.save_groups(
            actor=actor, scan_id=scan_id, version=version, groups=groups, side_effects=post.get("neveneffecten", ""), goals=goals
        )
    elif "advies" in post:
        number = int(post["advies"]) if post["advies"].isdigit() else 0
        save_scan.keep_advice(actor=actor, scan_id=scan_id, version=version, advice=number, answer=post.get("antwoord", ""))
    else:
        asked = {"name": post.get("naam", ""), "function": post.get("functie", ""), "question": post.get("vraag", "")}
        save_scan.ask_advice(actor=actor, scan_id=scan_id, version=version, **asked)


def _rows(scan: Scan, form: ScanForm, step: str, post: Any) -> list[tuple[Any, str, dict[str, str]]]:
    """Per theme or group: what is asked, the name of its fields, and the answer that is there or was just given."""
    asked = list(form.groups.values()) if step == "voor-wie" else list(form.themes.values())
    there = scan.groups if step == "voor-wie" else scan.effects
    names = [item.key if step == "voor-wie" else f"{item.key}/{step}" for item in asked]
    return [(item, name, _answer(post, name) if post else there.get(name, {})) for item, name in zip(asked, names, strict=True)]


def _in_words(scan: Scan, form: ScanForm) -> list[tuple[str, str, str]]:
    """What is stored now, as a person reads it, for who was overtaken by a colleague."""
    stored = [*scan.effects.items(), *scan.groups.items()]
    return [(name_of(form, key), form.effects[answer["effect"]].name, answer["why"]) for key, answer in stored]


def _outcome(scan: Scan) -> dict[str, Any]:
    form = scan_form()
    table = [(theme, [scan.effects.get(f"{theme.key}/{time}") for time in form.times]) for theme in form.themes.values()]
    groups = [(form.groups[key], answer) for key, answer in scan.groups.items() if key in form.groups]
    touched = [goals()[number] for number in scan.goals]
    return {
        "form": form,
        "table": table,
        "groups": groups,
        "goals": touched,
        "filled": len(scan.effects),
        "cells": len(form.cells),
    }


def _answer(post: Any, name: str) -> dict[str, str]:
    return {"effect": post.get(f"{name}-effect", ""), "why": post.get(f"{name}-waarom", "")}


def _version(request: HttpRequest) -> int:
    text = request.POST.get("versie", "")
    return int(text) if text.isdigit() else 0


def _scan(request: HttpRequest, scan_id: str) -> Scan:
    scan = Scan.objects.filter(public_id=scan_id).first()
    if scan is None:
        raise NotFound(_("Deze scan bestaat niet."), nearest=((_("Mijn scans"), "/scans"),))
    demand(actor_of(request), save_scan.VERB, Subject(organisation=scan.organisation))
    return scan


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    demand(actor, save_scan.VERB, Subject(organisation=actor.organisation))
    return actor


def _scans_of(actor: Actor) -> QuerySet[Scan]:
    return may_filter(actor, save_scan.VERB, Scan.objects.all(), Fields(organisation="organisation")).order_by("-changed_at")
