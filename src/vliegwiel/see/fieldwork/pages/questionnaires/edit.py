"""One page or one question of a questionnaire in a form."""

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.questions.public import Kind, Option, Question, ask, revision_in
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.fieldwork import changing
from vliegwiel.see.fieldwork.actions.edit_questionnaire import save_questionnaire
from vliegwiel.see.fieldwork.document import Document, Item, Page
from vliegwiel.see.fieldwork.pages.questionnaires.page import FOLDER, opened

NEW = "nieuw"
KINDS = {
    "choice": "Eén antwoord kiezen", "several": "Meer antwoorden kiezen", "scale": "Een cijfer op een schaal", "yes_no": "Ja of nee",
    "number": "Een getal", "date": "Een datum", "text": "Een antwoord in eigen woorden",
}  # fmt: skip
_LINE = re.compile(r"\s*([A-Za-z0-9_]{1,20})\s*[:=]\s*(.+)")


@require_http_methods(["GET", "POST"])
def page_page(request: HttpRequest, questionnaire: str, name: str) -> HttpResponse:
    """`/werk/vragenlijsten/<id>/blad/<blad of nieuw>`."""
    actor, found = opened(request, questionnaire)
    document = found.document
    page = document.page(name)
    if page is None and name != NEW:
        raise NotFound(_("Dit blad is er niet meer."))
    begins = page is not None and page is document.pages[0]
    questions = [
        Question("titel", Kind.TEXT, _("Titel van het blad"), hint=_("Staat boven de vragen."), longest=80),
        Question("inleiding", Kind.LONG_TEXT, _("Inleiding"), hint=_("Wat mensen lezen voordat de vragen komen."), longest=1000),
        Question(
            "thema",
            Kind.TEXT,
            _("Thema, als het niet elke keer wordt gevraagd"),
            hint=_("Laat leeg voor vragen die elke meting terugkomen. Per meting kiest u welke thema’s meegaan."),
            longest=40,
        ),
    ]
    if begins:
        questions = [
            Question("welkom", Kind.LONG_TEXT, _("Eerste zin van de enquête"), hint=_("Waarom vraagt u dit?"), longest=600),
            Question(
                "dank", Kind.TEXT, _("Laatste zin van de enquête"), hint=_("Wat mensen lezen als zij klaar zijn."), longest=300
            ),
            *questions,
        ]
    before = {"titel": page.title, "inleiding": page.intro, "thema": page.theme} if page else {}
    if begins:
        before |= {"welkom": document.intro, "dank": document.thanks}

    def act(given: dict[str, Any]) -> Any:
        new = Page(
            page.id if page else _next_id("blad", {one.id for one in document.pages}), given.get("titel") or "",
            given.get("inleiding") or "", given.get("thema") or "",
        )  # fmt: skip
        whole = changing.with_page(document, new, page.id if page else "")
        if begins:
            whole = replace(whole, intro=given.get("welkom") or "", thanks=given.get("dank") or "")
        revision = revision_in(request.POST) or 0
        return save_questionnaire(actor=actor, questionnaire=found.public_id, document=whole, revision=revision)

    asked = ask(request, "bewaar", questions, act, before={key: value or None for key, value in before.items()})
    if asked.done:
        return redirect("questionnaire", found.public_id)
    title = _("Blad wijzigen") if page else _("Nieuw blad")
    context = {"questionnaire": found, "title": title, "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/edit.html", context, status=400 if asked.problems else 200)


@require_http_methods(["GET", "POST"])
def item_page(request: HttpRequest, questionnaire: str, name: str) -> HttpResponse:
    """`/werk/vragenlijsten/<id>/vraag/<vraag of nieuw>?blad=`."""
    actor, found = opened(request, questionnaire)
    document = found.document
    item = document.item(name)
    if item is None and name != NEW:
        raise NotFound(_("Deze vraag is er niet meer."))
    page = request.GET.get("blad", "") or (document.pages[-1].id if document.pages else "")
    questions = _questions(document, item)

    def act(given: dict[str, Any]) -> Any:
        new = _item(document, given, item)
        whole = changing.with_item(document, page, new, item.id if item else "")
        revision = revision_in(request.POST) or 0
        return save_questionnaire(actor=actor, questionnaire=found.public_id, document=whole, revision=revision)

    asked = ask(request, "bewaar", questions, act, before=_before(item))
    if asked.done:
        return redirect(f"/werk/vragenlijsten/{found.public_id}#{asked.done.public_id}")
    title = _("Vraag wijzigen") if item else _("Nieuwe vraag")
    context = {"questionnaire": found, "title": title, "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/edit.html", context, status=400 if asked.problems else 200)


def _questions(document: Document, item: Item | None) -> list[Question]:
    kinds = tuple(Option(key, words) for key, words in KINDS.items())
    of = [
        Option(f"{one.id}={key}", f"{one.text} → {words}"[:120])
        for one in document
        if one.kind in ("choice", "several", "yes_no") and (item is None or one.id != item.id)
        for key, words in (one.options or (("ja", _("Ja")), ("nee", _("Nee"))))
    ]
    return [
        Question("vraag", Kind.TEXT, _("Wat vraagt u?"), required=True, longest=500),
        Question("uitleg", Kind.TEXT, _("Uitleg"), hint=_("Alleen als mensen die nodig hebben."), longest=1000),
        Question(
            "nummer",
            Kind.TEXT,
            _("Nummer van de vraag"),
            hint=_("Zo heet de kolom, elke meting weer. Kleine letters, cijfers en _, zoals buurt_veilig."),
            required=True,
            longest=40,
        ),
        Question("soort", Kind.SINGLE, _("Hoe antwoorden mensen?"), options=kinds, required=True),
        Question(
            "antwoorden",
            Kind.LONG_TEXT,
            _("Antwoorden om uit te kiezen"),
            hint=_("Per regel een code en de woorden, zoals 1: Ja. Zonder code tellen wij vanaf 1."),
        ),
        Question("laag", Kind.NUMBER, _("Laagste cijfer van de schaal"), hint=_("Alleen bij een schaal.")),
        Question("laag_naam", Kind.TEXT, _("Woord bij het laagste cijfer"), longest=60),
        Question("hoog", Kind.NUMBER, _("Hoogste cijfer van de schaal")),
        Question("hoog_naam", Kind.TEXT, _("Woord bij het hoogste cijfer"), longest=60),
        Question("grens", Kind.NUMBER, _("Onder welk cijfer is het onvoldoende?"), hint=_("Leeg: dat tellen we niet.")),
        Question("verplicht", Kind.YES_NO, _("Moet iedereen antwoorden?"), required=True),
        Question("achtergrond", Kind.YES_NO, _("Is dit een achtergrond om uitkomsten naar te splitsen?"), required=True),
        Question(
            "alleen_als",
            Kind.SINGLE,
            _("Alleen vragen aan wie dit antwoordde"),
            options=(Option("-", _("Aan iedereen")), *of),
            required=True,
        ),
        Question(
            "anders",
            Kind.TEXT,
            _("Waarom zijn de woorden anders dan eerst?"),
            hint=_("Alleen als deze vraag al eens is gesteld. De reeks breekt dan hier."),
            longest=300,
        ),
    ]


def _before(item: Item | None) -> dict[str, Any]:
    if item is None:
        return {"verplicht": False, "achtergrond": False, "alleen_als": "-", "laag": 0, "hoog": 10}
    found: dict[str, Any] = {
        "vraag": item.text, "uitleg": item.hint or None, "nummer": item.id, "soort": item.kind,
        "antwoorden": "\n".join(f"{key}: {words}" for key, words in item.options) or None, "laag": item.low, "hoog": item.high,
        "laag_naam": item.low_name or None, "hoog_naam": item.high_name or None, "grens": item.cut, "verplicht": item.required,
        "achtergrond": item.background, "alleen_als": _chosen(item), "anders": item.changed or None,
    }  # fmt: skip
    return found


def _chosen(item: Item) -> str:
    condition = item.show_if or {}
    wanted = condition.get("is", condition.get("has"))
    if "fact" not in condition or wanted is None:
        return "-"
    return f"{condition['fact']}={'ja' if wanted is True else 'nee' if wanted is False else wanted}"


def _item(document: Document, given: dict[str, Any], before: Item | None) -> Item:
    """The question as the form says it; a condition that the form cannot show stays as it was."""
    chosen = str(given.get("alleen_als", "-"))
    show_if = None
    if chosen != "-":
        show_if = _condition(document, chosen)
    elif before is not None and _chosen(before) == "-":
        show_if = dict(before.show_if) if before.show_if else None
    whole = {name: _whole(given, key) for name, key in (("low", "laag"), ("high", "hoog"))}
    return Item(
        str(given["nummer"]), str(given["soort"]), str(given["vraag"]), hint=given.get("uitleg") or "",
        required=given.get("verplicht") is True, options=_options(given.get("antwoorden") or ""),
        low=whole["low"] or 0, high=whole["high"] if whole["high"] is not None else 10, low_name=given.get("laag_naam") or "",
        high_name=given.get("hoog_naam") or "", cut=_whole(given, "grens"), background=given.get("achtergrond") is True,
        show_if=show_if, scale=before.scale if before else "", changed=given.get("anders") or "",
        grid=before.grid if before else "", lead=before.lead if before else "", row=before.row if before else "",
    )  # fmt: skip


def _condition(document: Document, chosen: str) -> dict[str, Any]:
    """What the form writes as question=answer, in the words of the rulebook."""
    of, _sign, key = chosen.partition("=")
    asked = document.item(of)
    if asked is not None and asked.kind == "yes_no":
        return {"fact": of, "is": key == "ja"}
    return {"fact": of, "has" if asked is not None and asked.kind == "several" else "is": key}


def _whole(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if value != int(value):
        raise NotValid(_("Een schaal heeft hele cijfers."), code="not-whole")
    return int(value)


def _options(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
        match = _LINE.fullmatch(line)
        found.append((match[1], match[2].strip()) if match else (str(number), line.strip()))
    return tuple(found)


def _next_id(word: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{word}{number}" in taken:
        number += 1
    return f"{word}{number}"
