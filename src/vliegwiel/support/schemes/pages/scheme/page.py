"""`/regelingen/<scheme>`: one scheme, the answer first, the rules behind a link; and the same regulation as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Share
from vliegwiel.support.schemes.check_form import step_words, steps_of
from vliegwiel.support.schemes.lifecycle import CALL_NAMES, CallState
from vliegwiel.support.schemes.measured import measured
from vliegwiel.support.schemes.overview import Shown, shown
from vliegwiel.support.schemes.queries import scheme_named
from vliegwiel.support.schemes.records import facts_of
from vliegwiel.support.schemes.words import account_in_words, row_in_words, share_in_words, term_in_words

_FOLDER = "support/schemes/pages/scheme"


def scheme_page(request: HttpRequest, key: str) -> HttpResponse:
    """What, for whom, how much, until when, how divided, what is left."""
    item = public_scheme(request, key)
    rules = item.rules
    calls = [facts_of(call) for call in item.scheme.calls.select_related("scheme", "version").order_by("-opens_at")]
    context = {
        "item": item,
        "rules": rules,
        "rows": [(row, row_in_words(row)) for row in rules.amounts] if len(rules.amounts) > 1 else [],
        "accounts": [(row, account_in_words(row)) for row in rules.arrangements],
        "term": term_in_words(rules.term),
        "matching": [(_PAYERS[step.by], share_in_words(step.share), step.most) for step in rules.matching],
        "funders": rules.funders,
        "criteria": [(row.name, share_in_words(Share(row.weight))) for row in rules.criteria],
        "calls": [(call, CALL_NAMES[CallState(call.state)]) for call in calls if call.state != CallState.PLANNED.value],
        "versions": list(item.scheme.versions.all()),
        "measured": measured(item.scheme, [(step.key, step_words(step)) for step in steps_of(rules)]),
        "document": item.regulation.document,
        "made_up": item.scheme.made_up,
    }
    return render(request, f"{_FOLDER}/page.html", context)


def regulation_file(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """`/regelingen/<scheme>/versies/<id>`: the regulation of a version as the YAML file it is."""
    item = public_scheme(request, key)
    found = item.scheme.versions.filter(public_id=version).first()
    if found is None:
        raise NotFound(_("Deze versie kennen we niet."), nearest=((item.rules.title, item.path),))
    mark = "# VERZONNEN VOORBEELD\n" if item.scheme.made_up else ""
    answer = HttpResponse(mark + found.regulation.to_text(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key.rpartition("/")[2]}-{found.in_force.isoformat()}.yml"'
    return answer


def public_scheme(request: HttpRequest, key: str) -> Shown:
    """The scheme of an address, for everybody; raises NotFound for one that never was in force."""
    demand(actor_of(request), "read-public")
    found = shown(scheme_named(key))
    if found is None:
        raise NotFound(_("Deze regeling kennen we niet."), nearest=((_("Alle regelingen"), "/regelingen"),))
    return found


_PAYERS = {
    "crowd": gettext_lazy("Mensen die meedoen leggen in"),
    "applicant": gettext_lazy("U betaalt zelf"),
    "municipality": gettext_lazy("De gemeente betaalt"),
    "fund": gettext_lazy("Het fonds betaalt"),
    "province": gettext_lazy("De provincie betaalt"),
}
