"""What the Council asked and was promised: who answers when, and with numbers that stay."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vliegwiel.foundation.budgets.actions.add_programme import add_budget_line, add_instrument, add_programme, add_programme_line
from vliegwiel.foundation.budgets.actions.keep_council_item import (
    answer_council_item,
    link_council_item,
    record_council_item,
    settle_council_item,
)
from vliegwiel.foundation.budgets.models import CouncilAnswer, CouncilItem, Instrument
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


def an_item(**change: Any) -> CouncilItem:
    given = {
        "actor": SYSTEM,
        "province": PROVINCE,
        "kind": "motion",
        "number": "M-1",
        "title": "Geen dorp zonder ontmoetingsplek",
        "owner": "Team leefbaarheid",
        "raised_on": TODAY,
        "due_on": date(2026, 6, 1),
        **change,
    }
    return record_council_item(**given)


def test_a_motion_is_recorded_linked_answered_and_settled() -> None:
    item = an_item()
    a_line()
    instrument = Instrument.objects.get()
    link_council_item(actor=SYSTEM, item=item.public_id, instruments=[instrument.public_id])
    for text in ("Eerst dit.", "Nu dit."):
        answer_council_item(
            actor=SYSTEM, item=item.public_id, text=text, links=[("Het krediet", "/geld/posten/x?op=2026-03-02&tot=1")]
        )
    settled = settle_council_item(actor=SYSTEM, item=item.public_id)
    assert settled.settled_on == TODAY
    assert [answer.text for answer in item.answers.all()] == ["Nu dit.", "Eerst dit."]
    assert list(instrument.council_items.all()) == [item]
    with pytest.raises(NotNow):
        answer_council_item(actor=SYSTEM, item=item.public_id, text="Te laat.")
    with pytest.raises(NotNow):
        settle_council_item(actor=SYSTEM, item=item.public_id)


def test_nothing_is_settled_without_an_answer() -> None:
    item = an_item()
    with pytest.raises(NotNow) as refused:
        settle_council_item(actor=SYSTEM, item=item.public_id)
    assert refused.value.code == "not-answered"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "brief"},
        {"number": " "},
        {"title": ""},
        {"owner": ""},
        {"raised_on": date(2026, 3, 3)},
        {"due_on": date(2026, 3, 1)},
        {"kind": "request"},
        {"kind": "request", "asked": Money(0)},
        {"asked": Money(100)},
    ],
)
def test_an_item_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        an_item(**change)
    assert not CouncilItem.objects.exists()


def test_a_number_is_used_once_per_kind() -> None:
    an_item()
    with pytest.raises(NotValid) as refused:
        an_item()
    assert refused.value.code == "there-already"
    an_item(kind="request", asked=Money.euros(5_000_000))


@pytest.mark.parametrize("link", [("Elders", "https://ergens.nl/"), ("Elders", "//ergens.nl"), ("", "/geld"), ("Geld", "geld")])
def test_a_link_stays_on_this_site_and_says_what_is_there(link: tuple[str, str]) -> None:
    item = an_item()
    with pytest.raises(NotValid):
        answer_council_item(actor=SYSTEM, item=item.public_id, text="Zie daar.", links=[link])
    assert not CouncilAnswer.objects.exists()


ROLES = {
    "griffie": {"record", "settle"},
    "programma": {"record", "link", "answer"},
    "controller": set(),
    "auditor": set(),
    "tekenbevoegde": set(),
    "gemeente": set(),
}


@pytest.mark.parametrize("kind", ROLES)
def test_who_may_do_what_with_the_register(kind: str) -> None:
    item, actor = an_item(), acting(a_role(kind))
    answer_council_item(actor=SYSTEM, item=item.public_id, text="Een antwoord.")
    acts = {
        "record": lambda: an_item(actor=actor, number="M-2"),
        "link": lambda: link_council_item(actor=actor, item=item.public_id, instruments=[]),
        "answer": lambda: answer_council_item(actor=actor, item=item.public_id, text="Nog een."),
        "settle": lambda: settle_council_item(actor=actor, item=item.public_id),
    }
    for name, act in acts.items():
        before = (list(CouncilItem.objects.values()), list(CouncilAnswer.objects.values()))
        if name in ROLES[kind]:
            act()
            continue
        with pytest.raises(NotAllowed):
            act()
        assert (list(CouncilItem.objects.values()), list(CouncilAnswer.objects.values())) == before


def test_an_instrument_of_another_province_answers_nothing_here() -> None:
    item = an_item()
    a_line(province="PV98")
    with pytest.raises(NotValid):
        link_council_item(actor=SYSTEM, item=item.public_id, instruments=[Instrument.objects.get().public_id])


SETUP = {"programma", "controller"}


@pytest.mark.parametrize("kind", ["programma", "controller", "auditor", "tekenbevoegde", "griffie", "gemeente", "adviseur"])
def test_who_may_set_up_programmes(kind: str) -> None:
    actor = acting(a_role(kind))
    a_line()
    instrument = Instrument.objects.select_related("line__programme").get()
    acts = (
        lambda: add_programme(actor=actor, province=PROVINCE, title="Nieuw", starts=TODAY),
        lambda: add_programme_line(actor=actor, programme=instrument.line.programme.public_id, title="Nieuw"),
        lambda: add_instrument(actor=actor, line=instrument.line.public_id, kind="inkoop", title="Nieuw"),
        lambda: add_budget_line(actor=actor, instrument=instrument.public_id, title="Nieuw", starts=TODAY, ends=TODAY),
    )
    for act in acts:
        if kind in SETUP:
            assert act().province == PROVINCE
        else:
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "no-title"),
        ({"title": "x" * 121}, "long-title"),
        ({"kind": "gift"}, "no-kind"),
        ({"roles": {"verkennen": ["toveren"]}}, "no-role"),
        ({"roles": {"dromen": ["verbinden"]}}, "no-role"),
        ({"starts": TODAY, "ends": date(2026, 3, 1)}, "ends-before"),
        ({"title": "Regeling Nergensgeld"}, "there-already"),
    ],
)
def test_an_instrument_that_cannot_be_is_refused(change: dict[str, Any], code: str) -> None:
    a_line()
    line = Instrument.objects.get().line.public_id
    with pytest.raises(NotValid) as refused:
        add_instrument(**{"actor": SYSTEM, "line": line, "kind": "inkoop", "title": "Nieuw", **change})
    assert refused.value.code == code
    assert Instrument.objects.count() == 1
