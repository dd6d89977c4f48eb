"""Check the answers, sign, and send: three separate steps, so that nobody sends by accident."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Kind, Problem, Told, told
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid, Refusal
from vliegwiel.support.grants.actions.sign_application import reopen_application, sign_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.burden import count_sent
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import own_values
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.pages.apply.budget import funder_name
from vliegwiel.support.grants.pages.apply.documents import asked_of
from vliegwiel.support.grants.pages.apply.steps import FOLDER, REVIEW, context_of, titles_of
from vliegwiel.support.grants.readiness import lacking, outcome_of, warnings
from vliegwiel.support.grants.rules import totals
from vliegwiel.support.grants.standing import find


@dataclass(frozen=True)
class Section:
    """The answers of one page, with the way back to it."""

    key: str
    title: str
    told: tuple[Told, ...]


def sections_of(draft: Draft) -> list[Section]:
    """Every page with questions and its answers in words."""
    titles, found = titles_of(draft), []
    for key, title in titles.items():
        own, scheme = draft.form.own.block(key), draft.form.block(key)
        lines: list[Told] = []
        if own:
            lines += told(own.questions, own_values(draft.application))
        if scheme:
            asked = [question for question in scheme.questions if question.kind is not Kind.FILE]
            lines += told(asked, draft.known, whole=draft.form.whole, refused=draft.application.withheld)
        if lines:
            found.append(Section(key, title, tuple(lines)))
    return found


def review_page(request: HttpRequest, draft: Draft, step: str, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/controleren`: everything that was filled in with *Wijzig*, what still lacks, what the rules say of it now."""
    lacks = lacking(draft)
    context = {
        **context_of(draft, REVIEW, actor),
        **seen_whole(draft),
        "lacks": lacks,
        "titles": titles_of(draft),
        "warned": warnings(draft, funder=funder_name()),
        "outcome": outcome_of(draft),
    }
    return render(request, f"{FOLDER}/review.html", context)


def seen_whole(draft: Draft) -> dict[str, object]:
    """Everything an application says, for its pages and its printed copy."""
    papers = {paper.kind: paper for paper in draft.papers}
    return {
        "sections": sections_of(draft),
        "rows": draft.rows,
        "sums": totals(draft.rows),
        "documents": [(item, papers.get(item.key), item.key in draft.application.later) for item in asked_of(draft)],
        "participants": draft.participants,
    }


def sign_page(request: HttpRequest, draft: Draft, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/ondertekenen`: sign exactly what is shown; who signs last sends it."""
    name, problem, field = draft.application.public_id, "", "naam"
    if request.method == "POST":
        try:
            if "wijzig" in request.POST:
                reopen_application(actor=actor, application=name)
                return redirect("apply_step", application=name, step=REVIEW)
            return _sign_and_send(request, draft, actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            problem = " ".join((refusal.message, *refusal.details))
            field = "akkoord" if refusal.code == "not-agreed" else "naam" if refusal.code == "no-name" else ""
            draft = Draft(find(name))
    unsigned = draft.unsigned
    along = {row.person: row.name for row in draft.participants if row.person}
    context = {
        **context_of(draft, REVIEW, actor),
        **seen_whole(draft),
        "seen": hash_of(draft.application),
        "signatures": draft.signatures,
        "waiting": [along.get(person, _("de aanvrager")) for person in unsigned if person != actor.id],
        "must_sign": actor.id in unsigned,
        "last": unsigned == [actor.id],
        "all_signed": not unsigned and draft.application.stands is State.SIGNING,
        "closed_for_changes": draft.application.stands is State.SIGNING,
        "own_name": along.get(actor.id)
        or (draft.application.applicant_name if draft.application.applicant_kind == "person" else ""),
        "given": request.POST,
        "opens_later": clock.now() < draft.call.opens_at,
        "problems": [Problem(problem, field)] if problem else [],
        "lacks": lacking(draft),
    }
    return render(request, f"{FOLDER}/sign.html", context)


def _sign_and_send(request: HttpRequest, draft: Draft, actor: Actor) -> HttpResponse:
    name = draft.application.public_id
    if "verstuur" not in request.POST:
        if "akkoord" not in request.POST:
            raise NotValid(_("Zet een vinkje: dat u de aanvraag hebt gelezen en dat alles klopt."), code="not-agreed")
        sign_application(actor=actor, application=name, name=request.POST.get("naam", ""), seen=request.POST.get("gezien", ""))
        if Draft(find(name)).unsigned or clock.now() < draft.call.opens_at:
            return redirect(request.path)
    count_sent(actor, submit_application(actor=actor, application=name))
    return redirect("my_application", application=name)
