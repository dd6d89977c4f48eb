"""The pages of a draft in order, how far each is, and what every one of them shows beside its questions."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.grants.burden import count_saved
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.readiness import BUDGET, DOCUMENTS, TOGETHER, Lack, documents_of, lacking, least_lacking

REVIEW, SIGN = "controleren", "ondertekenen"
FOLDER = "support/grants/pages/apply"


@dataclass(frozen=True)
class Step:
    """A page of the form: its key in the address, its title, whether nothing lacks there, whether it is this one, its number."""

    key: str
    title: str
    done: bool
    now: bool
    number: int


def titles_of(draft: Draft) -> dict[str, str]:
    """The pages of this draft in order."""
    own = {block.key: block.title for block in draft.form.own.blocks}
    scheme = {block.key: block.title for block in draft.form.blocks if block.key != PLAN}
    paper = draft.application.channel != Channel.WEB
    found = {PLAN: own[PLAN], **scheme, WHO: own[WHO]}
    if not paper:
        found[TOGETHER] = _("Samen met wie?")
    found[BUDGET] = _("Wat kost het en wie betaalt?")
    if paper or documents_of(draft):
        found[DOCUMENTS] = _("Documenten")
    found[REVIEW] = _("Registreren") if paper else _("Controleren en versturen")
    return found


def steps_of(draft: Draft, here: str, lacks: list[Lack] | None = None) -> list[Step]:
    """The pages with how far each is."""
    found = [*least_lacking(draft), *lacking(draft)] if lacks is None else lacks
    lacking_at = {lack.step for lack in found}
    begun = bool(draft.application.applicant_name and draft.rows)
    return [
        Step(
            key=key,
            title=title,
            done=key not in lacking_at and key != REVIEW and (begun or key not in (TOGETHER, DOCUMENTS)),
            now=key == here,
            number=number,
        )
        for number, (key, title) in enumerate(titles_of(draft).items(), 1)
    ]


def context_of(draft: Draft, here: str, actor: Actor) -> dict[str, Any]:
    """What every page of a draft shows."""
    steps = steps_of(draft, here)
    place = next((place for place, step in enumerate(steps) if step.now), len(steps) - 1)
    along = [row.name for row in draft.participants if row.person and row.person != actor.id]
    return {
        "draft": draft,
        "application": draft.application,
        "call": draft.call,
        "steps": steps,
        "step": steps[place],
        "count": len(steps),
        "previous": steps[place - 1] if place else None,
        "along": along,
        "paper": draft.application.channel != Channel.WEB,
        "help": draft.rules.texts.get("help", ""),
    }


def onward(request: HttpRequest, before: Draft, draft: Draft, here: str, actor: Actor) -> HttpResponse:
    """After saving: to the next page, or to the overview for who goes on later. `before` is the draft as it was read first."""
    name, keys = draft.application.public_id, list(titles_of(draft))
    following = keys[keys.index(here) + 1 :]
    later = "later" in request.POST
    count_saved(actor, before.application, here, "" if later or not following else following[0])
    if later:
        return redirect("my_application", application=name)
    return redirect("apply_step", application=name, step=following[0] if following else REVIEW)


def demand_step(draft: Draft, step: str) -> None:
    """Go on only when this draft has such a page; raises NotFound."""
    if step not in titles_of(draft):
        nearest = ((_("Uw aanvraag"), f"/mijn/aanvragen/{draft.application.public_id}"),)
        raise NotFound(_("Dit deel van de aanvraag bestaat niet."), nearest=nearest)
