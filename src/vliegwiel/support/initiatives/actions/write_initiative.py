"""Make an initiative, write about it, and say where it is. Each step is kept at once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, count_use, demand
from vliegwiel.foundation.questions.public import fits
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import home_of, place_at
from vliegwiel.support.initiatives import form as questions
from vliegwiel.support.initiatives.limits import STARTED_PER_PERSON
from vliegwiel.support.initiatives.models import Initiative, InitiativePerson, InitiativeTheme, InitiativeWant
from vliegwiel.support.initiatives.rules import SQUARE, is_on_the_map, published_point
from vliegwiel.support.initiatives.standing import begin, find, finish, named
from vliegwiel.support.initiatives.texts_of import concern_changes
from vliegwiel.support.initiatives.words import PRECISIONS


@trail.recorded("start-initiative", kind="initiative")
@transaction.atomic
def start_initiative(*, actor: Actor, province: str, title: str, made_up: bool = False) -> Initiative:
    """Begin a draft that only its maker sees; they become the initiative taker (*initiatiefnemer*).

    Raises NotAllowed without an account, NotValid without a title, NotNow for who begins very many in a day.
    """
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    if not title.strip():
        raise NotValid(questions.problem_with({"titel": ""})["titel"], code="title")
    count_use(what="initiatives.start", whose=actor.id, most=STARTED_PER_PERSON)
    found = Initiative.objects.create(province=province, title=" ".join(title.split())[:80], made_up=made_up)
    InitiativePerson.objects.create(initiative=found, role="taker", person=actor.id)
    subject = Reference("initiative", found.public_id, "", "")
    trail.record(actor=actor, action="start-initiative", subject=subject, province=province)
    return found


@trail.recorded("edit-initiative", kind="initiative", about=named("initiative"))
@transaction.atomic
def write_initiative(*, actor: Actor, initiative: str, answers: Mapping[str, Any], seen: int | None = None) -> Initiative:
    """Keep answers to questions of the form (key → plain value; None empties it); `seen` is the version that the page showed.

    A text with someone's details is kept too, but hides the initiative until it is cleaned (`concern_changes`). Raises NotAllowed,
    NotNow (code "stale" when someone else saved first), and NotValid with a line per problem.
    """
    found = find(initiative)
    begin(actor, "edit-initiative", found)
    if seen is not None and seen != found.version:
        raise NotNow(_("Iemand anders wijzigde dit intussen. Kijk welke tekst u wilt houden."), code="stale")
    known = {question.key: question for question in questions.form()}
    wrong = [key for key, value in answers.items() if key not in known or not fits(known[key], value)]
    problems = questions.problem_with(answers)
    if wrong or problems:
        lines = (*problems.values(), *(_("Dit antwoord past niet bij de vraag.") for _key in wrong))
        raise NotValid(lines[0], code=next(iter([*problems, *wrong])), details=lines)
    changes = {column: _as_kept(column, answers[key]) for key, column in questions.COLUMNS.items() if key in answers}
    _keep_lists(found, answers)
    finish(actor, "edit-initiative", found, **changes, **concern_changes(found, changes))
    return found


@trail.recorded("place-initiative", kind="initiative", about=named("initiative"))
@transaction.atomic
def place_initiative(
    *, actor: Actor, initiative: str, precision: str, area: str = "", point: tuple[float, float] | None = None
) -> Initiative:
    """Say where it is: an area (code), or a point in metres (RD) that is coarsened before anything is kept of it.

    What the area is called follows from the coarsened point, never from the exact one: otherwise the border of a neighbourhood would say
    on which side of it the point lies. Raises NotAllowed, NotNow, NotValid for an unknown precision, and NotFound for a place that
    does not exist or lies outside the province.
    """
    found = find(initiative)
    begin(actor, "place-initiative", found)
    if precision not in PRECISIONS:
        raise NotValid(_("Kies hoe precies de plek op de kaart mag."), code="precision")
    if precision in SQUARE:
        if point is None or not is_on_the_map(*point):
            raise NotValid(_("Wijs de plek aan op de kaart, of kies alleen de buurt of het dorp."), code="point")
        x, y = published_point(*point, precision)
        spot = place_at(x, y, found.province)
    else:
        spot = home_of(area, found.province)
        x, y = (spot.point if spot else None) or (0, 0)
    if spot is None:
        raise NotFound(
            _("Deze plek vinden wij niet in de provincie. Zoek op de naam van het dorp, of op de vier cijfers van de postcode.")
        )
    finish(
        actor,
        "place-initiative",
        found,
        facts={"precision": precision},
        precision=precision,
        area=spot.code,
        place_name=spot.name,
        municipality=spot.municipality,
        municipality_name=spot.municipality_name,
        x=x,
        y=y,
    )
    return found


def _as_kept(column: str, value: Any) -> Any:
    """An emptied answer as its column holds it."""
    field = Initiative._meta.get_field(column)
    if value is None:
        return None if getattr(field, "null", False) else getattr(field, "get_default", str)()
    return int(value) if column == "volunteers" else value


def _keep_lists(found: Initiative, answers: Mapping[str, Any]) -> None:
    if questions.THEMES in answers:
        found.themes.all().delete()
        InitiativeTheme.objects.bulk_create(
            [InitiativeTheme(initiative=found, theme=key) for key in dict.fromkeys(answers[questions.THEMES] or ())]
        )
    for key, offers in ((questions.SEEKS, False), (questions.OFFERS, True)):
        if key in answers:
            found.wants.filter(offers=offers).delete()
            InitiativeWant.objects.bulk_create(
                [InitiativeWant(initiative=found, offers=offers, what=what) for what in dict.fromkeys(answers[key] or ())]
            )
