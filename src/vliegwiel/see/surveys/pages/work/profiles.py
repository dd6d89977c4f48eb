"""Protection profiles: those of others, those of the province, and a form to make one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Question, ask
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.actions.make_profile import ALMOST_ALL, FEWEST, FEWEST_IN_GROUP, make_profile
from vliegwiel.see.surveys.models import OwnProfile
from vliegwiel.see.surveys.pages.work.wave import FOLDER
from vliegwiel.see.surveys.queries import profiles_of


@require_http_methods(["GET", "POST"])
def profiles_page(request: HttpRequest) -> HttpResponse:
    """`/werk/enquetes/profielen`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))

    def act(given: dict[str, Any]) -> OwnProfile:
        rules = {
            "minimum": int(given["vak"]), "minimum_domain": int(given["groep"]), "group": float(given["zelfde"]) / 100,
            "dominance": float(given["een"]) / 100,
        }  # fmt: skip
        return make_profile(actor=actor, province=province, title=given["naam"], reason=given["reden"], rules=rules)

    asked = ask(request, "profiel", _questions(), act, before={})
    if asked.done:
        return redirect("survey_profiles")
    own = {one.name: one for one in OwnProfile.objects.filter(province=province)}
    rows = [
        (one, own.get(name), round(100 * one.group), round(100 * one.dominance)) for name, one in profiles_of(province).items()
    ]
    context = {"rows": rows, "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/profiles.html", context, status=400 if asked.problems else 200)


def _questions() -> list[Question]:
    return [
        Question("naam", Kind.TEXT, _("Hoe heet het profiel?"), required=True, longest=60),
        Question(
            "vak", Kind.NUMBER, _("Hoeveel antwoorden heeft een vak ten minste?"), required=True,
            hint=_("Een vak is een groep met een antwoord. Niet minder dan {fewest}.").format(fewest=FEWEST),
        ),
        Question(
            "groep", Kind.NUMBER, _("Hoeveel antwoorden heeft een groep ten minste?"), required=True,
            hint=_("Over zoveel mensen gaat een gemiddelde of aandeel. Niet minder dan {fewest}.").format(fewest=FEWEST_IN_GROUP),
        ),
        Question(
            "zelfde", Kind.NUMBER, _("Bij hoeveel procent hetzelfde antwoord verbergen we een groep?"), required=True,
            hint=_("Bijvoorbeeld 90. Niet meer dan {most}.").format(most=round(100 * ALMOST_ALL)),
        ),
        Question(
            "een", Kind.NUMBER, _("Welk deel van een bedrag mag van één mens zijn, in procent?"), required=True,
            hint=_("Bijvoorbeeld 30. Bij een enquête met cijfers telt dit zelden."),
        ),
        Question("reden", Kind.TEXT, _("Waarom maakt u dit profiel?"), required=True, longest=300),
    ]  # fmt: skip
