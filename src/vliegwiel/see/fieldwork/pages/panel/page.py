"""The panel for who is in it or wants to be: what one agrees to, joining, and leaving at once."""

from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import count_use, network_code
from vliegwiel.foundation.questions.public import Kind, Option, Problem, Question, ask
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.fieldwork.actions.keep_panel import AGE_GROUPS, Joining, join_panel, leave_panel, stay_in_panel, undo_joining
from vliegwiel.see.fieldwork.models import Panel
from vliegwiel.see.fieldwork.pages.answering.page import wrong_code
from vliegwiel.see.fieldwork.queries import panel_named

FOLDER = "see/fieldwork/pages/panel"
SOMEONE = Actor("visitor")
_PER_DAY = 20
_SALT = "vliegwiel.fieldwork.joined"


@never_cache
@require_http_methods(["GET", "POST"])
def join_page(request: HttpRequest, panel: str) -> HttpResponse:
    """`/panel/<id>`: become a member."""
    found = panel_named(panel)

    def act(given: dict[str, Any]) -> str:
        joining = Joining(
            name=str(given["naam"]), street=str(given["straat"]), place=str(given["plaats"]), municipality=str(given["gemeente"]),
            age_group=str(given["leeftijd"]), agrees="vragen" in (given.get("akkoord") or ()),
            wants_results="uitkomst" in (given.get("akkoord") or ()),
        )  # fmt: skip
        with transaction.atomic():
            count_use(what="panel-join", whose=network_code(request), most=_PER_DAY)
            return join_panel(actor=SOMEONE, panel=found.public_id, joining=joining)

    asked = ask(request, "word-lid", _questions(found), act)
    context = {
        "panel": found, "fields": asked.fields, "problems": asked.problems, "made_up": found.made_up,
        "joined": signing.dumps([found.public_id, asked.done], salt=_SALT) if asked.done else "",
        "undone": request.method == "POST" and request.POST.get("doe") == "toch-niet" and _undone(request, found),
    }  # fmt: skip
    return render(request, f"{FOLDER}/join.html", context, status=400 if asked.problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def leave_page(request: HttpRequest) -> HttpResponse:
    """`/panel/mijn`: with the code of a letter a member stays, or leaves and is erased at once."""
    problems: list[Problem] = []
    left: Panel | None = None
    stays: Panel | None = None
    typed = request.POST.get("code", "")[:40]
    if request.method == "POST":
        try:
            if request.POST.get("doe") == "blijf":
                stays = stay_in_panel(actor=SOMEONE, typed=typed)
            else:
                left = leave_panel(actor=SOMEONE, typed=typed)
        except NotFound as refusal:
            problems = [Problem(wrong_code(request, refusal, typed), "code")]
    context = {"problems": problems, "typed": typed, "left": left, "stays": stays}
    return render(request, f"{FOLDER}/leave.html", context, status=400 if problems else 200)


def _undone(request: HttpRequest, panel: Panel) -> str:
    """Who joined on this screen within the hour takes it back; the answer is the same for who was a member already."""
    try:
        where, joined = signing.loads(request.POST.get("aanmelding", "")[:200], salt=_SALT, max_age=3600)
    except (signing.BadSignature, ValueError):
        return "late"
    if where == panel.public_id:
        undo_joining(actor=SOMEONE, panel=panel.public_id, joined=str(joined))
    return "gone"


def _questions(panel: Panel) -> list[Question]:
    places = tuple(Option(code, name) for code, name in municipalities_of(panel.province))
    return [
        Question("naam", Kind.TEXT, _("Uw naam"), required=True, longest=80, autocomplete="name"),
        Question("straat", Kind.TEXT, _("Straat en huisnummer"), required=True, longest=80, autocomplete="street-address"),
        Question("plaats", Kind.TEXT, _("Postcode en plaats"), required=True, longest=80),
        Question("gemeente", Kind.SINGLE, _("Uw gemeente"), options=places, required=True),
        Question(
            "leeftijd",
            Kind.SINGLE,
            _("Uw leeftijd"),
            hint=_("Zo vragen we jong en oud even vaak."),
            options=tuple(Option(age, age) for age in AGE_GROUPS),
            required=True,
        ),
        Question(
            "akkoord",
            Kind.MULTIPLE,
            _("Wat vindt u goed?"),
            required=True,
            options=(
                Option("vragen", _("U mag mij brieven sturen met vragen"), _("Zonder dit vinkje kunt u geen lid worden.")),
                Option("uitkomst", _("U mag mij de uitkomst sturen"), _("Dit hoeft niet.")),
            ),
        ),
    ]
