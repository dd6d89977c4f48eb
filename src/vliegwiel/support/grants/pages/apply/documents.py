"""The documents of a draft: kept one by one, checked at once, taken away again, or promised for later."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import PaperFacts
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.actions.attach_document import attach_document, promise_document, remove_document
from vliegwiel.support.grants.drafts import SCAN, Draft
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.pages.apply.steps import FOLDER, context_of, onward
from vliegwiel.support.grants.readiness import DOCUMENTS, Document, documents_of
from vliegwiel.support.grants.standing import find


@dataclass(frozen=True)
class Wanted:
    """A document on the page: what is asked, what is there, whether it may and does follow later, what was wrong with the last try."""

    document: Document
    paper: PaperFacts | None
    may_follow: bool
    follows: bool
    problem: str


def documents_page(request: HttpRequest, draft: Draft, step: str, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/documenten`: what is right is kept, what is not says why; nothing that was there is lost."""
    wrong: dict[str, str] = {}
    first = draft
    if request.method == "POST":
        wrong = _keep(request, draft, actor)
        draft = Draft(find(draft.application.public_id))
        if not wrong and "weg" in request.POST:
            return redirect(request.path)
        if not wrong:
            return onward(request, first, draft, step, actor)
    wanted = [_wanted(draft, document, wrong.get(document.key, "")) for document in asked_of(draft)]
    context = {
        **context_of(draft, DOCUMENTS, actor),
        "wanted": wanted,
        "problems": [Problem(item.problem, f"stuk-{item.document.key}") for item in wanted if item.problem],
    }
    return render(request, f"{FOLDER}/documents.html", context)


def asked_of(draft: Draft) -> list[Document]:
    """What is asked; on paper the scan first."""
    found = documents_of(draft)
    if draft.application.channel == Channel.WEB:
        return found
    hint = _("Het formulier of de brief zoals die binnenkwam, met datumstempel en handtekening.")
    return [Document(SCAN, _("Scan van de aanvraag"), hint, True, False, False), *found]


def _keep(request: HttpRequest, draft: Draft, actor: Actor) -> dict[str, str]:
    name, wrong = draft.application.public_id, {}
    for document in asked_of(draft):
        upload = request.FILES.get(f"stuk-{document.key}")
        follows = f"later-{document.key}" in request.POST
        try:
            if request.POST.get("weg") == document.key:
                remove_document(actor=actor, application=name, key=document.key)
            elif upload is not None:
                attach_document(actor=actor, application=name, key=document.key, upload=upload)
            elif follows != (document.key in draft.application.later):
                promise_document(actor=actor, application=name, key=document.key, follows=follows)
        except NotAllowed:
            raise
        except Refusal as refusal:
            if refusal.code == "state":
                raise
            wrong[document.key] = f"{document.name}: {refusal.message}"
    return wrong


def _wanted(draft: Draft, document: Document, problem: str) -> Wanted:
    paper = next((paper for paper in draft.papers if paper.kind == document.key), None)
    counts = document.affects_scores and draft.call.method == "tender"
    return Wanted(
        document,
        paper,
        document.required and not counts and document.key != SCAN,
        document.key in draft.application.later,
        problem,
    )
