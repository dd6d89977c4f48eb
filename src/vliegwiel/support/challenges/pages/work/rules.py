"""`/werk/uitdagingen/regels`: the rules of the own authority through time."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people.public import Subject, actor_of, demand, to_sign_in
from vliegwiel.foundation.questions.public import day_in, whole_in
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.support.challenges.actions.keep_rules import Rules, keep_rules
from vliegwiel.support.challenges.models import ChallengeRules
from vliegwiel.support.challenges.standing import ANSWERS


def rules_page(request: HttpRequest) -> HttpResponse:
    """The newest first, and a form for new ones."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, ANSWERS, Subject(province=province, organisation=actor.organisation))
    wrong: Refusal | None = None
    form = request.POST
    if request.method == "POST":
        try:
            told = Rules(
                title=form.get("verordening", ""),
                article=form.get("artikel", ""),
                first_day=day_in(form, "vanaf"),
                weeks=whole_in(form, "weken"),
                later=whole_in(form, "later"),
                stands_still=form.get("stil") == "ja",
                like_act=form.get("termijnenwet") == "ja",
                grounds=tuple(form.getlist("grond")),
                least=whole_in(form, "mensen"),
            )
            keep_rules(actor=actor, province=province, rules=told)
            return redirect("challenge_rules")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    names = challenges().grounds
    found = ChallengeRules.objects.filter(organisation=actor.organisation)
    context = {
        "rows": [(row, [names[key].name for key in row.grounds if key in names]) for row in found],
        "grounds": names.values(),
        "chosen": form.getlist("grond") if wrong else list(names),
        "wrong": wrong,
        "typed": form if wrong else {},
    }
    return render(request, "support/challenges/pages/work/rules.html", context, status=400 if wrong else 200)
