"""`/beheer/regelingen`: the officer's schemes, begun from an example or a file, written, checked, and put in force by two persons."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.catalogue.regulations import path_of, shipped
from vliegwiel.engines.rulebook import Regulation
from vliegwiel.engines.rulebook.burden import burden_of
from vliegwiel.foundation.people.public import Fields, Subject, actor_of, demand, demand_somewhere, may, may_filter, may_somewhere
from vliegwiel.foundation.questions.public import drawn
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotValid, Refusal
from vliegwiel.support.schemes.actions.check_draft import check_draft, content_of, examined
from vliegwiel.support.schemes.actions.close_scheme import close_scheme
from vliegwiel.support.schemes.actions.put_in_force import propose_version, put_in_force, take_back_version
from vliegwiel.support.schemes.actions.start_scheme import draft_version, import_scheme, start_scheme
from vliegwiel.support.schemes.actions.write_draft import discard_draft
from vliegwiel.support.schemes.builder.cases import ANSWER_NAMES, KIND_NAMES, unanswered
from vliegwiel.support.schemes.builder.parts import PARTS
from vliegwiel.support.schemes.check_form import step_words, steps_of
from vliegwiel.support.schemes.lifecycle import CALL_NAMES
from vliegwiel.support.schemes.measured import counted_in, measured
from vliegwiel.support.schemes.models import Scheme, SchemeDraft
from vliegwiel.support.schemes.queries import scheme_named, version_on
from vliegwiel.support.schemes.rounds import Round, rounds_of

_FOLDER = "support/schemes/pages/workbench"
_PLACE = Fields(province="province")


def schemes_page(request: HttpRequest, *, wrong: Refusal | None = None, place: str = "") -> HttpResponse:
    """The schemes one may manage, with a form to begin one."""
    actor = actor_of(request)
    manages = bool(may_somewhere(actor, "manage-schemes"))
    verb = "manage-schemes" if manages else "put-in-force"
    demand_somewhere(actor, verb)
    found = may_filter(actor, verb, Scheme.objects.all(), _PLACE).prefetch_related("calls").select_related("draft")
    documents = [(name, Regulation.load(path_of(name)).document) for name in shipped()]
    examples = [
        (name, name.split("/")[0].title(), document)
        for name, document in documents
        if document.get("dividing", {}).get("methods") != ["direct"]  # what rests on no scheme is no example of one
    ]
    context = {
        "rows": [(scheme, getattr(scheme, "draft", None), [_called(call) for call in scheme.calls.all()]) for scheme in found],
        "manages": manages,
        "examples": examples,
        "wrong": wrong,
        "wrong_place": place,
        "given": request.POST if wrong else {},
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/list.html", context, status=400 if wrong else 200)


@require_POST
def scheme_started(request: HttpRequest) -> HttpResponse:
    """`/beheer/regelingen/nieuw`: a copy of an example."""
    posted, actor = request.POST, actor_of(request)
    try:
        scheme = start_scheme(
            actor=actor,
            province=_province(actor),
            title=posted.get("naam", ""),
            example=_chosen(posted.get("voorbeeld", "")),
            made_up=settings.VLIEGWIEL_DEMO,
        )
    except NotValid as refusal:
        return schemes_page(request, wrong=refusal, place="nieuw")
    return redirect("scheme_workbench", scheme.key)


@require_POST
def scheme_imported(request: HttpRequest) -> HttpResponse:
    """`/beheer/regelingen/inlezen`: a regulation file, with its cases when there are any."""
    actor = actor_of(request)
    try:
        text, cases = (_text_of(request, name) for name in ("bestand", "gevallen"))
        scheme = import_scheme(actor=actor, province=_province(actor), text=text, cases=cases, made_up=settings.VLIEGWIEL_DEMO)
    except Refusal as refusal:
        return schemes_page(request, wrong=refusal, place="inlezen")
    return redirect("scheme_workbench", scheme.key)


def workbench_page(request: HttpRequest, key: str, *, wrong: Refusal | None = None) -> HttpResponse:
    """`/beheer/regelingen/<scheme>`: everything of one scheme: what is written, checked, in force, open, and measured."""
    actor, scheme = actor_of(request), scheme_named(key)
    manages = bool(may(actor, "manage-schemes", Subject(province=scheme.province)))
    if not manages:
        demand(actor, "put-in-force", Subject(province=scheme.province))
    draft = SchemeDraft.objects.filter(scheme=scheme).first()
    version = version_on(scheme)
    context: dict[str, Any] = {
        "scheme": scheme,
        "draft": draft,
        "manages": manages,
        "may_force": bool(may(actor, "put-in-force", Subject(province=scheme.province))),
        "own_proposal": bool(draft and draft.proposed_by == actor.id),
        "version": version,
        "versions": list(scheme.versions.all()),
        "calls": [_called(call) for call in scheme.calls.select_related("version").order_by("-opens_at")],
        "wrong": wrong,
        "made_up": scheme.made_up,
    }
    if draft:
        context |= _draft_context(draft, with_cases="controle" in request.GET or bool(draft.proposed_by))
    if scheme.versions.exists():
        latest = version or scheme.versions.first()
        assert latest is not None  # noqa: S101 - there are versions
        steps = [(step.key, step_words(step)) for step in steps_of(latest.regulation.rules)]
        context["measurements"] = [
            (_("De check"), measured(scheme, steps)),
            (_("De aanvraag"), measured(scheme, counted_in(scheme, "application"), "application")),
        ]
    return render(request, f"{_FOLDER}/page.html", context, status=409 if wrong else 200)


@require_POST
def scheme_acted(request: HttpRequest, key: str) -> HttpResponse:
    """`/beheer/regelingen/<scheme>/doe`: check, propose, take back, put in force, throw away, begin a new version."""
    actor = actor_of(request)
    acts = {
        "controleer": check_draft,
        "leg-voor": propose_version,
        "haal-terug": take_back_version,
        "zet-in-werking": put_in_force,
        "gooi-weg": discard_draft,
        "nieuwe-versie": draft_version,
        "stop": close_scheme,
    }
    act = acts.get(request.POST.get("daad", ""))
    if act is None:
        raise NotFound(_("Deze knop kennen we niet."))
    try:
        act(actor=actor, scheme=key)
    except Refusal as refusal:
        return workbench_page(request, key, wrong=refusal)
    if not Scheme.objects.filter(key=key).exists():
        return redirect("schemes_managed")
    answer = redirect("scheme_workbench", key)
    if act is check_draft:
        answer["Location"] += "?controle#controle"
    return answer


def _draft_context(draft: SchemeDraft, *, with_cases: bool) -> dict[str, Any]:
    checked = examined(draft)
    regulation = None if checked.problems and not checked.results else Regulation(draft.document)
    counts = {part.slug: len(_at(draft.document, part.rows)) if part.rows else None for part in PARTS}
    return {
        "document": draft.document,
        "parts": [(part, counts[part.slug]) for part in PARTS],
        "checked": checked if with_cases else None,
        "is_checked": draft.checked == content_of(draft),
        "results": [
            (number, result, KIND_NAMES[result.case.kind], ANSWER_NAMES[result.case.verdict.value])
            for number, result in enumerate(checked.results)
        ],
        "cases": list(enumerate(draft.cases)),
        "burden": burden_of(regulation.rules) if regulation else [],
        "unanswered": drawn(unanswered(draft.cases, regulation.rules), {}) if regulation and draft.cases else [],
        "rounds": [_told(item) for item in rounds_of(draft.scheme, regulation)] if regulation and with_cases else [],
    }


def _told(tried: Round) -> tuple[Round, list[tuple[str, Any, Any, Any, Any]]]:
    """A past round with each change in words: file number, the outcome and the amount before, and those after."""
    changed = []
    for item in tried.changes:
        before, after = (ANSWER_NAMES[side.verdict.answer.value] for side in (item.before, item.after))
        changed.append((item.application, before, item.before.most, after, item.after.most))
    return tried, changed


def _at(document: Any, path: str) -> list[Any]:
    for step in path.split("."):
        document = document.get(step, {}) if isinstance(document, dict) else {}
    return document if isinstance(document, list) else []


def _called(call: Any) -> tuple[Any, Any]:
    return call, CALL_NAMES[call.stands]


def _chosen(example: str) -> str:
    if not example:
        raise NotValid(_("Kies een voorbeeld om mee te beginnen."), code="no-example")
    return example


def _province(actor: Actor) -> str:
    """The province the actor works for, or the one of the installation."""
    return actor.province or str(settings.VLIEGWIEL_PROVINCE)


def _text_of(request: HttpRequest, name: str) -> str:
    """A file that was sent, or the text that was pasted instead. Raises NotValid for what is no text."""
    sent = request.FILES.get(name)
    if sent is None:
        return str(request.POST.get(name, ""))
    try:
        return str(sent.read(400_000).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotValid(_("Dit bestand is geen tekst. Kies een bestand dat op .yml eindigt."), code="no-text") from error
