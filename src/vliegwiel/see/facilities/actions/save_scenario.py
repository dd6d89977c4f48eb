"""Save what happens when facilities close, with its answer as it is now."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.facilities import tasks
from vliegwiel.see.facilities.models import ClosureScenario
from vliegwiel.see.facilities.outcome import Point, demanded_ground, in_every_way, is_large, refuse_too_many
from vliegwiel.see.facilities.standing import VERB, reference


@trail.recorded("save-scenario", kind="closure-scenario")
def save_scenario(
    *,
    actor: Actor,
    province: str,
    title: str,
    kind: str,
    profile: str,
    close: Sequence[str],
    opens: Sequence[Point] = (),
    note: str = "",
) -> ClosureScenario:
    """Keep a scenario with author, day and what it rests on. A small one is answered at once, a large one in the background.

    Raises NotAllowed, NotNow without roads, NotValid for what cannot be worked out.
    """
    demand(actor, VERB, Subject(organisation=actor.organisation))
    check_title(title, note)
    if kind not in facility_words().kinds:
        raise NotValid(_("Kies een soort voorziening."), code="unknown-kind")
    ground = demanded_ground(province, profile)
    large = is_large(province, profile, close, opens)
    refuse_too_many(close, opens)
    outcome = {} if large else in_every_way(province, profile, kind, close, opens)
    with transaction.atomic():
        saved = ClosureScenario.objects.create(
            province=province, organisation=actor.organisation, author=actor.id, title=title.strip(), note=note.strip(), profile=profile,
            kind=kind, close=list(dict.fromkeys(close)), opens=[list(point) for point in opens], state="waiting" if large else "done",
            outcome=outcome, vintage=ground.vintage, made_up=ground.made_up or settings.VLIEGWIEL_DEMO,
        )  # fmt: skip
        facts = {"closed": len(saved.close), "opened": len(saved.opens), "large": large}
        trail.record(actor=actor, action="save-scenario", subject=reference(saved), facts=facts, province=province)
        if large:
            tasks.work_out_scenario.enqueue(saved.public_id)
    return saved


def check_title(title: str, note: str) -> None:
    """A saved question has a name of at most 120 signs, and a note of at most 600."""
    if not title.strip() or len(title) > 120:
        raise NotValid(_("Geef een naam van hoogstens 120 tekens."), code="no-title")
    if len(note) > 600:
        raise NotValid(_("De toelichting is langer dan 600 tekens. Maak hem korter."), code="too-long")
