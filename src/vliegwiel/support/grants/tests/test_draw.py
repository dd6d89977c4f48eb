"""A call divided by lot: nobody is ahead before the seed is there, and afterwards everybody can make the draw again."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.divide_call import divide_call, publish_seed, trial_hash
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.placing import placed
from vliegwiel.support.grants.ranking import entrants_of, in_line, recorded
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import PLAIN, a_call, a_complete_application, an_officer, decided, no_state_aid
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import CallFacts, call_of
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def lottery(settings: Any) -> Any:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    call = an_open_call("lottery", PLAIN, Money.euros(20_000), dividing={"methods": ["lottery"], "article": "6"})
    people = [a_resident(f"loter{number}@voorbeeld.invalid") for number in range(4)]
    found = [no_state_aid(a_complete_application(call, person=person)) for person in people]
    with clock.at(call.closes_at + timedelta(hours=1)):
        yield call_of(call.id), found


def drawn(call: CallFacts) -> str:
    seed = publish_seed(actor=an_officer(), call=call.id)
    divide_call(actor=an_officer(), call=call.id, seen=trial_hash(call, entrants_of(call)))
    return seed.value


def test_before_the_seed_nobody_has_a_place_or_money(lottery: Any) -> None:
    call, found = lottery
    path = f"/werk/openstellingen/{call.id}/rangschikking"
    page = text(browser(an_officer()), path)
    assert "4 nog te loten" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "toekennen" not in page
    assert "geld is op" not in page
    assert "gelijk cijfer" not in page, "there are no marks in a lottery"
    rows = browser(an_officer()).get(f"{path}/lijst").content.decode().splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == sorted(str(item.number) for item in found), "by number, not by lot"
    assert all("nog te loten" in row for row in rows)


def test_everybody_can_make_the_draw_again_and_reads_no_name(lottery: Any) -> None:
    call, found = lottery
    before = text(Client(), f"/lotingen/{call.id}")
    assert "Daarna staat hier het startgetal" in before
    seed = drawn(call)
    page = text(Client(), f"/lotingen/{call.id}")
    assert seed in page
    expected = sorted((item.public_id for item in found), key=lambda key: sha256(f"{seed}\n{key}".encode()).hexdigest())
    assert re.findall(r'<th scope="row"><code>(\w+)</code>', page) == expected
    assert not any(item.title in page or item.applicant_name in page for item in found)
    ordered = sorted(newest_division(call.id).awards.items(), key=lambda pair: pair[1]["place"])
    assert [key for key, _award in ordered] == expected, "the page shows the draw that counts"


def test_a_letter_says_the_lot_and_the_seed(lottery: Any) -> None:
    call, found = lottery
    seed = drawn(call)
    item: Application = find(found[0].public_id)
    said = placed(item, newest_division(call.id))
    assert f"Uw lotnummer is {item.public_id}, het startgetal van de loting is {seed}." in said


def test_where_nothing_is_drawn_there_is_no_page() -> None:
    assert Client().get(f"/lotingen/{a_call().id}").status_code == 404


def test_who_missed_out_stands_on_a_list_for_when_money_comes_free(lottery: Any) -> None:
    call, found = lottery
    drawn(call)
    order = sorted(newest_division(call.id).awards.items(), key=lambda pair: pair[1]["place"])
    for key, award in order:
        if award["amount"]:
            decided(find(key), kind="grant", awarded=Money(award["amount"]))
        else:
            decided(find(key), kind="refusal", awarded=Money(0), grounds=("ceiling",))
    waiting = [key for key, award in order if not award["amount"]]
    assert [item.public_id for item in in_line(call.id)] == waiting
    page = text(browser(an_officer()), f"/werk/openstellingen/{call.id}/rangschikking")
    assert "Wachtlijst" in page
    assert len(found) == page.count('<th scope="row">'), "what was decided stays in sight"
    assert "kreeg later" not in page
    Application.objects.filter(public_id=waiting[0]).update(state=State.GRANTED.value, awarded=100_000, revision=99)
    page = text(browser(an_officer()), f"/werk/openstellingen/{call.id}/rangschikking")
    assert page.count("kreeg later") == 1, "the division that was recorded is not all that happened"


def test_who_withdrew_after_the_draw_no_longer_gets_money_in_it(lottery: Any) -> None:
    call, _found = lottery
    drawn(call)
    first = min(newest_division(call.id).awards.items(), key=lambda pair: pair[1]["place"])[0]
    withdrawn = find(first)
    withdraw_application(actor=Actor("person", withdrawn.applicant), application=first)
    made = recorded(call_of(call.id), entrants_of(call), newest_division(call.id))
    assert first not in [line.entrant.application.public_id for line in made.lines]
    assert [item.public_id for item in made.others] == [first], "it stays in sight"
    assert made.free == Money.euros(20_000) - made.awarded
