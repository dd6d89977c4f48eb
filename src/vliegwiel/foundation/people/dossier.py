"""The page of a file at work, the same in every room: parts as links, acts as forms that come back to the part, and what went wrong above.

The room says who may open it, what its parts show and which acts a form may do; the template `foundation/people/pages/dossier.html` is the
frame around them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.sessions import actor_of, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal

File = TypeVar("File")


@dataclass(frozen=True)
class DossierPart:
    """A part of a file as the navigation shows it."""

    key: str
    name: Promise
    path: str
    here: bool


@dataclass(frozen=True)
class Dossier(Generic[File]):
    """What a room says of its file: `opened` gives the file to who may work on it (raises NotFound, NotAllowed), `number` names it in the
    address. `parts` are what is shown, by key; a template of the same name lies in `folder`, or another in `templates`. `acts` are what
    the field `doe` of a form may ask. `around` is what stands around every part; `after` may name another place to go to after an act."""

    folder: str
    route: str
    opened: Callable[[Actor, str], File]
    number: Callable[[File], str]
    parts: Mapping[str, tuple[Promise, Callable[[Actor, File, HttpRequest], dict[str, Any]]]]
    acts: Mapping[str, Callable[[Actor, File, HttpRequest], object]]
    around: Callable[[Actor, File], dict[str, Any]]
    templates: Mapping[str, str]
    after: Callable[[str], str] = lambda _act: ""


def of_form(act: Callable[[Actor, File, QueryDict], object]) -> Callable[[Actor, File, HttpRequest], object]:
    """An act that needs the fields of the form only."""
    return lambda actor, file, request: act(actor, file, request.POST)


def show_dossier(request: HttpRequest, dossier: Dossier[File], name: str, part: str) -> HttpResponse:
    """One part of a file; a form on it does one act and comes back here. What is wrong is told, with what was typed (status 400)."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    file = dossier.opened(actor, name)
    if part not in dossier.parts:
        raise NotFound(_("Dit deel van het dossier bestaat niet."))
    wrong: Refusal | None = None
    if request.method == "POST":
        asked = request.POST.get("doe", "")
        act = dossier.acts.get(asked)
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, file, request)
        except (NotFound, NotNow, NotValid) as refusal:
            wrong = refusal
        else:
            elsewhere = dossier.after(asked)
            return redirect(elsewhere) if elsewhere else redirect(dossier.route, number=name, part=part)
        file = dossier.opened(actor, name)
    title, shown = dossier.parts[part]
    number = dossier.number(file)
    context = {
        "parts": [
            DossierPart(key, one, reverse(dossier.route, kwargs={"number": number, "part": key}), key == part)
            for key, (one, _shown) in dossier.parts.items()
        ],
        "part": part,
        "part_name": title,
        "dossier_number": number,
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "typed": {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {},
        **dossier.around(actor, file),
        **shown(actor, file, request),
    }
    template = f"{dossier.folder}/{dossier.templates.get(part, part)}.html"
    return render(request, template, context, status=400 if wrong else 200)
