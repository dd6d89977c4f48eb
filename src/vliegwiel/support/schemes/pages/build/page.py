"""The parts of a draft as forms, its cases, and the same draft as a file."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.engines.rulebook import Regulation, problems_of, written
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import as_typed, read
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.schemes.actions.write_draft import write_draft
from vliegwiel.support.schemes.builder import cases, form
from vliegwiel.support.schemes.builder.parts import PARTS, part_named
from vliegwiel.support.schemes.models import Scheme, SchemeDraft
from vliegwiel.support.schemes.pages.typed import small_number
from vliegwiel.support.schemes.queries import draft_of, scheme_named

_FOLDER = "support/schemes/pages/build"


def part_page(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/<part>`: one part. Saving leads to the next thing; what is not right comes back as typed."""
    scheme, draft = _draft(request, key)
    found = part_named(part)
    if found is None:
        raise NotFound(_("Dit onderdeel kennen we niet."))
    shown, wrong, both = form.opened(found, draft.document), None, []
    if request.method == "POST":
        shown = form.read(found, request.POST, draft.document)
        revision = _revision(request)
        if not shown.problems:
            try:
                if shown.changes or revision != draft.revision:
                    write_draft(actor=actor_of(request), scheme=scheme.key, revision=revision, document=dict(shown.changes))
            except NotNow as refusal:
                wrong, both = refusal, form.differences(shown, draft.document) if refusal.code == "stale" else []
            else:
                again = "nog-een" in request.POST or bool(request.POST.get("erbij"))
                answer = redirect("scheme_part" if again else "scheme_workbench", key, *([part] if again else []))
                answer["Location"] += "#nieuw" if again else f"#{part}"
                return answer
    slugs = [item.slug for item in PARTS]
    context = {
        "scheme": scheme,
        "draft": draft,
        "part": found,
        "form": shown,
        "questions": list(shown.facts.values()),
        "problems": shown.problems,
        "wrong": wrong,
        "differences": both,
        "following": PARTS[slugs.index(part) + 1] if part != slugs[-1] else None,
        "made_up": scheme.made_up,
    }
    return render(request, f"{_FOLDER}/part.html", context, status=400 if shown.problems else 409 if wrong else 200)


def case_page(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/voorbeelden/<number>`: a case; "nieuw" adds one."""
    scheme, draft = _draft(request, key)
    problems = problems_of(draft.document)
    if problems:
        raise NotNow(_("Maak eerst de regeling zelf kloppend. Daarna kunt u een voorbeeld invullen."), code="bad-regulation")
    position = _position(draft, number)
    record = {"day": draft.document["in_force"], "kind": "granted"} if position is None else draft.cases[position]
    phase = str(record.get("phase", ""))
    regulation = Regulation(draft.document)
    rules = (regulation.in_phase(phase) if phase else regulation).rules
    shown, wrong = cases.opened(record, rules), None
    if request.method == "POST":
        shown = cases.posted(request.POST, rules, record)
        kept = list(draft.cases)
        if "gooi-weg" in request.POST and position is not None:
            del kept[position]
        elif not shown.problems:
            kept = _placed(draft.cases, position, dict(shown.record))
        if kept != list(draft.cases):
            try:
                write_draft(actor=actor_of(request), scheme=scheme.key, revision=_revision(request), cases=kept)
            except NotNow as refusal:
                wrong = refusal
            else:
                return _to_check(key)
        elif not shown.problems:
            return _to_check(key)
    context = {
        "scheme": scheme,
        "draft": draft,
        "record": shown.record,
        "fields": shown.fields,
        "problems": shown.problems,
        "wrong": wrong,
        "kinds": cases.KIND_NAMES.items(),
        "answers": cases.ANSWER_NAMES.items(),
        "codes": [
            *((rule["code"], rule["code"].replace("-", " ")) for rule in draft.document["rules"]),
            *cases.AMOUNT_REASONS.items(),
        ],
        "day": as_typed(date.fromisoformat(shown.record["day"])) if shown.record.get("day") else request.POST.get("dag", ""),
        "arrangements": rules.arrangements,
        "phases": draft.document.get("phases", {}).get("shown_in", ()),
        "new": position is None,
        "made_up": scheme.made_up,
    }
    return render(request, f"{_FOLDER}/case.html", context, status=400 if shown.problems else 409 if wrong else 200)


@require_POST
def case_taken(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/voorbeelden/<number>/neem-over`: what comes out now is what should come out."""
    scheme, draft = _draft(request, key)
    position = _position(draft, number)
    if position is None:
        raise NotFound(_("Dit voorbeeld kennen we niet."))
    regulation = Regulation.read(draft.document)
    outcome = cases.outcome_of(regulation, draft.cases[position])
    taken = cases.as_it_came_out(regulation, draft.cases[position], outcome)
    write_draft(
        actor=actor_of(request),
        scheme=scheme.key,
        revision=_revision(request),
        cases=_placed(draft.cases, position, taken),
    )
    return _to_check(key)


@require_POST
def cases_filled(request: HttpRequest, key: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/voorbeelden/vul-in`: one answer to a new question in every case that has none."""
    scheme, draft = _draft(request, key)
    rules = Regulation.read(draft.document).rules
    asked = cases.unanswered(draft.cases, rules)
    reading = read(asked, request.POST)
    if any(value is not None for value in reading.values.values()) and not reading.problems:
        write_draft(
            actor=actor_of(request),
            scheme=scheme.key,
            revision=_revision(request),
            cases=cases.filled_in(draft.cases, rules, reading.values),
        )
    return _to_check(key)


def draft_file(request: HttpRequest, key: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/bestand`: the draft as the YAML file it is; `?gevallen` its cases."""
    scheme, draft = _draft(request, key)
    wants_cases = "gevallen" in request.GET
    mark = "# VERZONNEN VOORBEELD\n" if scheme.made_up else ""
    text = written.write(draft.cases if wants_cases else draft.document)
    answer = HttpResponse(mark + text, content_type="application/yaml; charset=utf-8")
    ending = ".cases.yml" if wants_cases else ".yml"
    file_name = f"{key.rpartition('/')[2]}-{draft.document.get('in_force', clock.today())}{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _draft(request: HttpRequest, key: str) -> tuple[Scheme, SchemeDraft]:
    scheme = scheme_named(key)
    demand(actor_of(request), "manage-schemes", Subject(province=scheme.province))
    return scheme, draft_of(scheme)


def _revision(request: HttpRequest) -> int:
    return small_number(request.POST.get("revisie")) or 0


def _position(draft: SchemeDraft, number: str) -> int | None:
    if number == "nieuw":
        return None
    position = small_number(number)
    if position is None or position >= len(draft.cases):
        raise NotFound(_("Dit voorbeeld kennen we niet."))
    return position


def _placed(kept: list[dict[str, object]], position: int | None, record: dict[str, object]) -> list[dict[str, object]]:
    return [*kept, record] if position is None else [*kept[:position], record, *kept[position + 1 :]]


def _to_check(key: str) -> HttpResponse:
    answer = redirect("scheme_workbench", key)
    answer["Location"] += "?controle#controle"
    return answer
