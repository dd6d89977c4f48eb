"""Saved questions: which one, and who may read or change it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.see.facilities.models import ClosureScenario, KeepQuestion

VERB = "weigh-facilities"
Saved = ClosureScenario | KeepQuestion
#: The two kinds of question, by the name of their record in the trail.
KINDS: Mapping[str, type[ClosureScenario] | type[KeepQuestion]] = {
    "closure-scenario": ClosureScenario,
    "keep-question": KeepQuestion,
}


def kind_of(saved: Saved) -> str:
    """The name of its record."""
    return "closure-scenario" if isinstance(saved, ClosureScenario) else "keep-question"


def saved_named(kind: str, name: str) -> Saved:
    """By kind and public id. Raises NotFound."""
    model = KINDS.get(kind)
    found = model.objects.filter(public_id=name[:12]).first() if model else None
    if found is None:
        raise NotFound(
            _("Deze berekening kennen we niet. Na vijf jaar halen wij een berekening weg."),
            nearest=((_("Wat als een voorziening sluit"), "/voorzieningen/wat-als"),),
        )
    return found


def may_change(actor: Actor, saved: Saved) -> Verdict:
    """Whether the actor may share, send or add to it: whoever weighs facilities for the organisation that asked."""
    return may(actor, VERB, Subject(organisation=saved.organisation))


def may_read(actor: Actor, saved: Saved) -> Verdict:
    """Whether the actor may read it: the organisation that asked, a municipality that it was sent to, and everybody once it is shared."""
    if (
        saved.shared_at is not None
        or may_change(actor, saved)
        or any(may(actor, "keep-facilities", Subject(province=saved.province, municipality=code)) for code in saved.sent_to)
    ):
        return Verdict.yes()
    return Verdict.no(Reason("not-shared", _("Deze berekening is niet gedeeld. Vraag wie hem maakte om de link te delen.")))


def readable_by(actor: Actor, model: type[Any], province: str) -> list[Any]:
    """What the organisation of the actor saved, the newest first; at most ten."""
    if not actor.organisation:
        return []
    return list(model.objects.filter(organisation=actor.organisation, province=province).order_by("-made_at", "-pk")[:10])


def reference(saved: Saved) -> Reference:
    """How messages and the trail point at it."""
    return Reference(kind_of(saved), saved.public_id, saved.title, saved.path)
