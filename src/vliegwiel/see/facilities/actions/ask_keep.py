"""Ask which buildings to keep; the answer comes at once when the question is small, otherwise in the background."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.see.facilities import tasks
from vliegwiel.see.facilities.actions.save_scenario import check_title
from vliegwiel.see.facilities.choosing import OBJECTIVES, Choosing, is_large, work_out
from vliegwiel.see.facilities.models import KeepQuestion
from vliegwiel.see.facilities.outcome import demanded_ground
from vliegwiel.see.facilities.standing import VERB, reference

MOST_CANDIDATES, MOST_FIT = 200, 1_000_000


@trail.recorded("ask-keep", kind="keep-question")
def ask_keep(
    *,
    actor: Actor,
    province: str,
    title: str,
    area: str,
    profile: str,
    candidates: Sequence[str],
    number: int,
    objective: str = "p-median",
    reach: int | None = None,
    always: Sequence[str] = (),
    never: Sequence[str] = (),
    by_capacity: bool = False,
    capacities: Mapping[str, int] | None = None,
    note: str = "",
) -> KeepQuestion:
    """Keep the question with its answer: the choice, the proof, what is nearly as good, and who travels what.

    `capacities`: how many people fit in a building (public id), where that is otherwise than the register says or it says nothing.
    A question without an answer (`number` larger than there are buildings, capacities too small) is answered with what is in the way.
    Raises NotAllowed, NotNow without roads, NotValid for what cannot be asked.
    """
    demand(actor, VERB, Subject(organisation=actor.organisation))
    check_title(title, note)
    names = tuple(dict.fromkeys(candidates))
    place = place_of(area, province)
    problems = [
        text
        for text, wrong in (
            (_("Kies een gebied: een gemeente, kern of buurt."), place is None and area != province),
            (_("Kies hoe mensen reizen."), profile not in facility_words().profiles),
            (_("Kies ten minste twee gebouwen."), len(names) < 2),
            (_("Kies hoogstens {most} gebouwen.").format(most=MOST_CANDIDATES), len(names) > MOST_CANDIDATES),
            (_("Vul in hoeveel gebouwen u houdt: een of meer."), number < 1),
            (_("Kies wat het zwaarst telt."), objective not in OBJECTIVES),
            (
                _("Vul in binnen hoeveel minuten een gebouw dichtbij is."),
                objective == "coverage" and not (reach and 1 <= reach <= 240),
            ),
            (_("Een gebouw kan niet altijd blijven en ook altijd dicht."), bool(set(always) & set(never))),
            (
                _("Vul bij elk gebouw een heel getal in van 0 tot en met {most}.").format(most=f"{MOST_FIT:,}".replace(",", ".")),
                any(not 0 <= most <= MOST_FIT for most in (capacities or {}).values()),
            ),
            (_("U houdt een gebouw vast dat niet in de lijst staat."), bool((set(always) | set(never)) - set(names))),
        )
        if wrong
    ]
    if problems:
        raise NotValid(_("Er klopt nog iets niet."), details=tuple(problems))
    reach = reach if objective == "coverage" else None
    fits = {name: int(most) for name, most in (capacities or {}).items() if by_capacity and name in names}
    pins = (tuple(always), tuple(never))
    asked = Choosing(province, profile, area, names, number, objective, reach, *pins, by_capacity, fits)
    ground = demanded_ground(province, profile)
    large = is_large(asked)
    outcome = {} if large else work_out(asked)
    with transaction.atomic():
        saved = KeepQuestion.objects.create(
            province=province, organisation=actor.organisation, author=actor.id, title=title.strip(), note=note.strip(), profile=profile,
            area=area, area_name=place.full_name if place else area, candidates=list(names), number=number, objective=objective,
            reach=reach, always=list(always), never=list(never), by_capacity=by_capacity, capacities=fits,
            state="waiting" if large else "done", outcome=outcome,
            vintage=ground.vintage, made_up=ground.made_up or settings.VLIEGWIEL_DEMO,
        )  # fmt: skip
        facts = {"candidates": len(names), "number": number, "large": large}
        trail.record(actor=actor, action="ask-keep", subject=reference(saved), facts=facts, province=province)
        if large:
            tasks.work_out_choice.enqueue(saved.public_id)
    return saved
