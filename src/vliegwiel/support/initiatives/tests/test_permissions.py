"""Who may do what with an initiative, in which state: everything else is refused, changes nothing, and is kept in the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vliegwiel.foundation.people.models import Tally
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.initiatives.actions import guard_initiative as guarding
from vliegwiel.support.initiatives.actions.add_photo import add_photo
from vliegwiel.support.initiatives.actions.draw_year import YearFigures, draw_year, end_sharing_years, erase_year, share_years
from vliegwiel.support.initiatives.actions.guard_initiative import clean_initiative, clear_initiative, merge_initiatives
from vliegwiel.support.initiatives.actions.offer_to_volunteers import thank_initiative
from vliegwiel.support.initiatives.actions.publish_initiative import (
    discard_initiative,
    end_initiative,
    publish_initiative,
    withdraw_initiative,
)
from vliegwiel.support.initiatives.actions.send_message import decline_message, write_message
from vliegwiel.support.initiatives.actions.take_part import invite_person, remove_person
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.contact import Written
from vliegwiel.support.initiatives.lifecycle import MOVES, Side, State
from vliegwiel.support.initiatives.models import (
    ContactMessage,
    Initiative,
    InitiativeLink,
    InitiativePerson,
    InitiativePhoto,
    InitiativeTheme,
    InitiativeWant,
    PictureShare,
    Thanks,
    YearPicture,
)
from vliegwiel.support.initiatives.standing import find, may_move
from vliegwiel.support.initiatives.tests.given import (
    PROVINCE,
    WEST,
    a_draft,
    a_person,
    a_resident,
    an_adviser,
    an_initiative,
    joined,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_province(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE


def _people() -> dict[str, Actor]:
    return {
        "taker": a_resident(),
        "helper": a_resident("helper"),
        "contact": a_resident("contact"),
        "adviser": an_adviser(),
        "municipality": a_person("gemeente", municipality="GM1876"),
        "elsewhere": a_person("gemeente", "gemeente-elders", municipality="GM0003"),
        "programme": a_person("programma"),
        "stranger": a_resident("vreemd"),
        "visitor": Actor("visitor"),
    }


WHO = {
    Side.TAKER: {"taker"},
    Side.MAKER: {"taker", "helper"},
    Side.ANSWERS: {"taker", "contact"},
    Side.GUARD: {"adviser"},
}
THANKS = {"adviser", "municipality"}
FIGURES = YearFigures(Money.euros(900), Money.euros(100), Money.euros(500), Money.euros(200), 8, "Zelf meer verdienen.")


def _act(key: str, actor: Actor, found: Initiative, other: Initiative) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "initiative": found.public_id}
    message = found.messages.values_list("public_id", flat=True).first() or "geen"
    person = found.people.exclude(person=actor.id).order_by("-pk").values_list("public_id", flat=True).first() or "geen"
    photo = SimpleUploadedFile("foto.png", b"geen foto")
    return {
        "edit-initiative": lambda: write_initiative(**by, answers={"kort": "Anders."}),
        "place-initiative": lambda: place_initiative(**by, precision="area", area=WEST),
        "add-photo": lambda: add_photo(**by, upload=photo, described="Een tafel met eten."),
        "publish-initiative": lambda: publish_initiative(**by),
        "withdraw-initiative": lambda: withdraw_initiative(**by),
        "end-initiative": lambda: end_initiative(**by, phase="stopped", brought="Veel."),
        "discard-initiative": lambda: discard_initiative(**by),
        "invite-person": lambda: invite_person(**by, email="een@voorbeeld.invalid", role="helper"),
        "remove-person": lambda: remove_person(**by, participant=person),
        "answer-contact": lambda: decline_message(**by, message=message),
        "draw-year": lambda: draw_year(**by, year=clock.today().year, figures=FIGURES),
        "erase-year": lambda: erase_year(**by, year=clock.today().year - 1),
        "share-years": lambda: share_years(**by, person=an_adviser().id),
        "end-sharing-years": lambda: end_sharing_years(**by, person=an_adviser("ander").id),
        "clear-initiative": lambda: clear_initiative(**by),
        "clean-initiative": lambda: clean_initiative(**by, texts={"story": "Schoon."}),
        "merge-initiatives": lambda: merge_initiatives(**by, into=other.public_id, why="Zelfde."),
        "thank-initiative": lambda: thank_initiative(**by, kind="message", text="Dank."),
    }[key]


def _in_state(state: State, people: dict[str, Actor]) -> tuple[Initiative, Initiative]:
    """An initiative with its people and a message, brought to a state by the real actions; and another one on the site."""
    taker = people["taker"]
    other = an_initiative(people["helper"], "Ander")
    found = a_draft(taker) if state is State.DRAFT else an_initiative(taker)
    joined(found, taker, people["contact"], "contact")
    joined(found, taker, people["helper"], "helper")
    draw_year(actor=taker, initiative=found.public_id, year=clock.today().year - 1, figures=FIGURES)
    share_years(actor=taker, initiative=found.public_id, person=an_adviser("ander").id)
    if state is not State.DRAFT:
        write_message(actor=people["stranger"], initiative=found.public_id, written=Written("Mag ik een keer komen kijken?"))
    if state is State.WITHDRAWN:
        withdraw_initiative(actor=taker, initiative=found.public_id)
    if state is State.MERGED:
        third = an_initiative(a_resident("derde"), "Derde")
        merge_initiatives(actor=people["adviser"], initiative=found.public_id, into=third.public_id, why="Zelfde.")
    return find(found.public_id), other


def _everything() -> list[object]:
    tables = (
        Initiative,
        InitiativeLink,
        InitiativePerson,
        InitiativePhoto,
        InitiativeTheme,
        InitiativeWant,
        ContactMessage,
        Thanks,
        YearPicture,
        PictureShare,
        Tally,
        Document,
    )
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("state", list(State))
def test_the_whole_matrix_of_moves_people_and_states_holds_and_a_refusal_changes_nothing(state: State) -> None:
    people = _people()
    found, other = _in_state(state, people)
    assert found.stands is state
    before = _everything()
    for key, move in MOVES.items():
        gone = state is State.MERGED and move.side is not Side.GUARD  # its people went along to the other one
        allowed = set() if gone else THANKS if key == "thank-initiative" else WHO[move.side]
        for name, actor in people.items():
            assert bool(may_move(actor, key, find(found.public_id))) == (name in allowed), (key, name)
            if name in allowed and state in move.sources:
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, find(found.public_id), other)()
            assert isinstance(refusal.value, NotAllowed if name not in allowed else NotNow), (key, name, refusal.value)
            assert _everything() == before, (key, name)
            assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).exists()


def test_nobody_guards_or_thanks_an_initiative_of_their_own() -> None:
    adviser = an_adviser()
    found = an_initiative(adviser, verhaal="Bel 0612345678.")
    with pytest.raises(NotAllowed) as refusal:
        clear_initiative(actor=adviser, initiative=found.public_id)
    assert refusal.value.code == "own-file"


def test_a_visitor_begins_nothing() -> None:
    with pytest.raises(NotAllowed) as refusal:
        start_initiative(actor=Actor("visitor"), province=PROVINCE, title="Tuin")
    assert refusal.value.code == "sign-in"
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("crossed", [False, True])
def test_of_two_people_who_merge_at_once_one_succeeds_and_the_other_hears_it(
    crossed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one read both before the first one wrote: the same way round, or crosswise, which would make a circle."""
    first, second = an_adviser(), an_adviser("tweede")
    one, two = an_initiative(a_resident("een"), "Een"), an_initiative(a_resident("twee"), "Twee")
    read = {item.public_id: find(item.public_id) for item in (one, two)}
    merge_initiatives(actor=first, initiative=one.public_id, into=two.public_id, why="Zelfde.")
    before = _everything()
    monkeypatch.setattr(guarding, "find", lambda name: read[name])
    gone, kept = (two, one) if crossed else (one, two)
    with pytest.raises(NotNow):
        merge_initiatives(actor=second, initiative=gone.public_id, into=kept.public_id, why="Ook gezien.")
    assert _everything() == before
    assert InitiativeLink.objects.count() == 1
