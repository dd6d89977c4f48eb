"""One's own page as a supporter: what is shown, the villages, what one knows, and messages."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import (
    Kind,
    Option,
    Problem,
    Question,
    differences,
    drawn,
    problems_of,
    read,
    revision_in,
)
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import nearest_places, place_named
from vliegwiel.support.initiatives.public import ContactMessage, contact_inbox, messages_to
from vliegwiel.support.supporters.actions.keep_supporter import Profile, keep_supporter, stop_supporter
from vliegwiel.support.supporters.actions.write_to_supporter import answer_for_supporter
from vliegwiel.support.supporters.models import Supporter
from vliegwiel.support.supporters.standing import supporter_of

_FOLDER = "support/supporters/pages/mine"
_OUTCOMES = {"antwoord": "answered", "niet": "declined", "misbruik": "reported"}


def supporter_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/dorpsondersteuner`: everything one chooses, in one form. What was saved elsewhere meanwhile is laid beside it."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    found = supporter_of(actor, province)
    questions = _questions()
    told: dict[str, Any] = {"problems": [], "stale": [], "fields": drawn(questions, _answers(found))}
    if request.method == "POST" and request.POST.get("doe") == "stop" and found is not None:
        stop_supporter(actor=actor, supporter=found.public_id)
        return redirect("supporters")
    if request.method == "POST":
        reading = read(questions, request.POST)
        told["fields"] = drawn(questions, {}, reading=reading)
        told["problems"] = list(problems_of(told["fields"]))
        if not reading.problems:
            try:
                profile = _profile(reading.values, province)
                keep_supporter(
                    actor=actor,
                    province=province,
                    profile=profile,
                    seen=revision_in(request.POST),
                    made_up=settings.VLIEGWIEL_DEMO,
                )
                return redirect(f"{request.path}?bewaard=ja")
            except NotNow as refusal:
                if refusal.code != "stale":
                    raise
                found = supporter_of(actor, province)
                told["stale"] = differences(questions, _answers(found), reading.values)
                told["problems"] = [] if told["stale"] else [Problem(refusal.message, "")]
            except (NotValid, NotFound) as refusal:
                told["problems"] = [Problem(refusal.message, "v-dorpen" if refusal.code == "villages" else "")]
    context = {
        "supporter": found,
        "saved": request.GET.get("bewaard") == "ja",
        "waiting": _waiting(found),
        **told,
    }
    wrong = bool(told["problems"] or told["stale"])
    return render(request, f"{_FOLDER}/supporter.html", context, status=400 if wrong else 200)


def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/dorpsondersteuner/berichten`: what people wrote; answer, do not go into it, or report abuse."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = supporter_of(actor, settings.VLIEGWIEL_PROVINCE)
    if found is None:
        return redirect("my_supporter")

    def do(key: str, message: str, text: str) -> None:
        outcome = _OUTCOMES.get(key, "")
        answer_for_supporter(actor=actor, supporter=found.public_id, message=message, outcome=outcome, text=text)

    crumbs = ((_("Mijn pagina als dorpsondersteuner"), "/mijn/dorpsondersteuner"),)
    return contact_inbox(request, crumbs, lambda: _messages(found), True, do)


def _messages(found: Supporter) -> list[ContactMessage]:
    return messages_to("supporter", found.public_id)


def _waiting(found: Supporter | None) -> int:
    return sum(message.state == "waiting" for message in _messages(found)) if found else 0


def _profile(values: Mapping[str, Any], province: str) -> Profile:
    """From the answers of the form; raises NotValid with places like one that is not known."""
    codes = []
    for name in (values.get("dorpen") or "").split(","):
        if not name.strip():
            continue
        place = place_named(name.strip(), province)
        if place is None:
            near = ", ".join(one.name for one in nearest_places(name.strip(), province)[:3])
            text = _("Wij kennen {name} niet. Bedoelt u: {near}?") if near else _("Wij kennen {name} niet. Kies een andere naam.")
            raise NotValid(text.format(name=name.strip()[:60], near=near), code="villages")
        codes.append(place.code)
    return Profile(
        first_name=values.get("naam") or "",
        about=values.get("over") or "",
        reach=values.get("bereik") or "",
        takes_contact=bool(values.get("berichten")),
        shown=bool(values.get("tonen")),
        villages=codes,
        knows=values.get("themas") or [],
        knows_about=values.get("weet") or "",
    )


def _answers(found: Supporter | None) -> dict[str, Any]:
    if found is None:
        return {"berichten": True}
    return {
        "naam": found.first_name or None,
        "over": found.about or None,
        "bereik": found.reach or None,
        "dorpen": ", ".join(village.place_name for village in found.villages.all()) or None,
        "berichten": found.takes_contact,
        "tonen": found.shown,
        "themas": found.knows or None,
        "weet": found.knows_about or None,
    }


def _questions() -> tuple[Question, ...]:
    options = tuple(Option(key, theme.name) for key, theme in themes().items())
    return (
        Question("dorpen", Kind.TEXT, _("Voor welke dorpen bent u er?"), _("Zet een komma tussen de namen.")),
        Question("naam", Kind.TEXT, _("Uw voornaam"), _("Alleen als u die wilt laten zien."), longest=40),
        Question("over", Kind.LONG_TEXT, _("Wat doet u voor het dorp?"), longest=240),
        Question(
            "bereik",
            Kind.LONG_TEXT,
            _("Waar en wanneer bent u te vinden?"),
            _("Iedereen leest dit. Zet er alleen een nummer in als u dat zelf wilt."),
            longest=240,
        ),
        Question("berichten", Kind.YES_NO, _("Mogen mensen u schrijven via de site?"), _("Zij zien uw adres niet.")),
        Question("tonen", Kind.YES_NO, _("Mogen mensen u hier vinden?"), _("U kunt dit altijd weer uitzetten.")),
        Question(
            "themas", Kind.MULTIPLE, _("Waar weet u veel van?"), _("Alleen andere ondersteuners zien dit."), options=options
        ),
        Question(
            "weet",
            Kind.LONG_TEXT,
            _("Waar mogen andere ondersteuners u iets over vragen?"),
            _("Alleen zij lezen dit."),
            longest=240,
        ),
    )
