"""The waves that are worked on, and a form to bring the next one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.design.uploads import takes_files
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Problem, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.queries import years
from vliegwiel.see.surveys.actions.import_wave import VERB, import_wave
from vliegwiel.see.surveys.delivered import KINDS
from vliegwiel.see.surveys.pages.work.standing import stand_of
from vliegwiel.see.surveys.queries import waves_of
from vliegwiel.see.surveys.received import waiting


def _too_large(request: HttpRequest, refusal: NotValid) -> HttpResponse:
    return _page(request, ask(request, "lees", _questions(), lambda _given: None).fields, [Problem(refusal.message, "bestand")])


@takes_files("VLIEGWIEL_LARGEST_DELIVERY", _too_large)
@require_http_methods(["GET", "POST"])
def waves_page(request: HttpRequest) -> HttpResponse:
    """`/werk/enquetes`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))

    def act(given: dict[str, object]) -> str:
        with waiting(request.FILES.get("bestand")) as path, waiting(request.FILES.get("codeboek"), (".csv",)) as book:
            if path is None:
                raise NotValid(_("Kies eerst een bestand."), code="no-file")
            wave = import_wave(
                actor=actor,
                province=province,
                survey=str(given["enquete"]),
                period=str(given["jaar"]),
                area_year=int(year) if (year := str(given["gebieden"])).isdecimal() else 0,
                path=path,
                book=book,
                made_up=given.get("verzonnen") is True,
                open_columns=[name.strip() for name in str(given.get("open") or "").split(",") if name.strip()],
            )
        return wave.public_id

    asked = ask(request, "lees", _questions(), act, before={"gebieden": str(next(iter(years()), clock.today().year))})
    if asked.done:
        return redirect("wave", wave=asked.done)
    return _page(request, asked.fields, asked.problems)


def _page(request: HttpRequest, fields: object, problems: list[Problem]) -> HttpResponse:
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))
    waves = list(waves_of(province))
    context = {
        "waves": [(wave, stand_of(wave)) for wave in waves],
        "fields": fields,
        "problems": problems,
        "kinds": ",".join(KINDS),
        "largest": settings.VLIEGWIEL_LARGEST_DELIVERY,
        "made_up": any(wave.made_up for wave in waves),
    }
    return render(request, "see/surveys/pages/work/waves.html", context, status=400 if problems else 200)


def _questions() -> list[Question]:
    return [
        Question(
            "enquete",
            Kind.TEXT,
            _("Hoe heet de enquête?"),
            hint=_("Een nieuwe meting heeft dezelfde naam."),
            required=True,
            longest=120,
        ),
        Question("jaar", Kind.TEXT, _("Van welk jaar is de meting?"), hint=_("Bijvoorbeeld 2026."), required=True, longest=4),
        Question(
            "gebieden",
            Kind.TEXT,
            _("Van welk jaar zijn de codes van gemeenten?"),
            hint=_("Bijvoorbeeld 2024."),
            required=True,
            longest=4,
        ),
        Question(
            "open",
            Kind.TEXT,
            _("Welke kolommen zijn open antwoorden die u wilt lezen?"),
            longest=200,
            hint=_("Namen van kolommen, met een komma ertussen. Twee mensen bekijken elk antwoord eerst. Leeg: we laten ze weg."),
        ),
        Question("verzonnen", Kind.YES_NO, _("Zijn de antwoorden verzonnen, om mee te oefenen?"), required=True),
    ]
