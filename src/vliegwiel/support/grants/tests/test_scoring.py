"""Independent first, then shown; a score changes only by who gave it; strictness is told and corrects nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.advise_application import advise_application, ask_advice, record_advice
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free, declare_interest
from vliegwiel.support.grants.actions.score_application import Points, score_application
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.scores import Scorecard, all_in, apart, cards_of, strictness, together, visible_to
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import an_application_in_assessment, an_assessor, an_officer, days_later, scored
from vliegwiel.support.grants.tests.snapshot import snapshot

KEYS = ("ontmoeten", "blijvend", "draagvlak")


def names(actor: Actor, found: Application) -> list[str]:
    return [card.assessor for card in visible_to(actor, found, rules_for(found))]


@pytest.mark.django_db
def test_assessors_see_nothing_of_each_other_until_both_are_in() -> None:
    found = an_application_in_assessment()
    one, two, officer = an_assessor(1), an_assessor(2), an_officer()
    scored(found, 80, 70, 60, by=one)
    assert names(one, found) == [one.id]
    assert names(two, found) == names(officer, found) == []
    assert not all_in(found, rules_for(found))
    scored(find(found.public_id), 60, 70, 80, by=two)
    assert names(one, found) == names(two, found) == names(officer, found) == [one.id, two.id]
    cards = cards_of(found, rules_for(found))
    assert [card.total for card in cards] == [Fraction(71, 10), Fraction(69, 10)]
    assert together(cards) == {"ontmoeten": 7, "blijvend": 7, "draagvlak": 7}
    assert apart(cards) == Fraction(1, 5)


@pytest.mark.django_db
def test_a_revision_says_why_and_the_first_score_stays() -> None:
    found = an_application_in_assessment()
    one = an_assessor()
    scored(found, 80, 70, 60, by=one)
    points = {key: Points(50, "Bij nader inzien.") for key in KEYS}
    words = {"actor": one, "application": found.public_id, "scores": points, "outcome": "grant", "motivation": "Anders."}
    before = snapshot()
    with pytest.raises(NotValid) as refusal:
        score_application(**words)
    assert refusal.value.details == ("Schrijf op waarom u uw beoordeling verandert.",)
    assert snapshot() == before
    assert score_application(**words, why="Ik las de begroting verkeerd.").revision == 2
    assert list(found.assessments.values_list("revision", "why")) == [(1, ""), (2, "Ik las de begroting verkeerd.")]
    assert cards_of(found, rules_for(found))[0].total == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("points", "said"),
    [
        ({"ontmoeten": Points(70, "Ja")}, "Het blijft bestaan: geef punten"),
        ({key: Points(101, "Ja") for key in KEYS}, "van 0 tot en met 10"),
        ({key: Points(-1, "Ja") for key in KEYS}, "van 0 tot en met 10"),
        ({key: Points(70, " ") for key in KEYS}, "schrijf op waarom"),
        ({**{key: Points(70, "Ja") for key in KEYS}, "mooi": Points(70, "Ja")}, "kent de regeling niet"),
    ],
)
def test_a_score_is_whole_and_has_reasons(points: dict[str, Points], said: str) -> None:
    found = an_application_in_assessment()
    one = an_assessor()
    before = snapshot()
    with pytest.raises(NotValid) as refusal:
        score_application(actor=one, application=found.public_id, scores=points, outcome="grant", motivation="Goed.")
    assert any(said in line for line in refusal.value.details)
    with pytest.raises(NotValid):
        score_application(
            actor=one,
            application=found.public_id,
            scores={key: Points(70, "Ja") for key in KEYS},
            outcome="grant",
            motivation="Goed.",
            amount=Money(found.asked + 1),
        )
    assert snapshot() == before


@pytest.mark.django_db
def test_what_someone_with_an_interest_scored_counts_for_nothing() -> None:
    found = an_application_in_assessment()
    one, two = an_assessor(1), an_assessor(2)
    scored(found, 100, 100, 100, by=one)
    scored(find(found.public_id), 60, 60, 60, by=two)
    declare_interest(actor=one, application=found.public_id, kind="geld")
    assert not all_in(found, rules_for(found)), "two must score, and now there is one"
    three = an_assessor(3)
    assign_application(actor=an_officer(), application=found.public_id, task="assessor", person=three.id, instead_of=one.id)
    declare_free(actor=three, application=found.public_id)
    scored(find(found.public_id), 70, 70, 70, by=three)
    assert together(cards_of(found, rules_for(found)))["ontmoeten"] == Fraction(13, 2)


@pytest.mark.django_db
def test_an_advice_comes_after_the_scores_and_stands_apart_from_what_is_asked() -> None:
    found = an_application_in_assessment()
    officer = an_officer()
    words = {"actor": officer, "application": found.public_id, "outcome": "partly", "motivation": "Een deel is niet nodig."}
    with pytest.raises(NotNow, match="beoordelingen"):
        advise_application(**words, amount=Money.euros(12_000))
    for number in (1, 2):
        scored(find(found.public_id), 80, 80, 80, by=an_assessor(number))
    for amount in (Money(0), Money(found.asked + 1)):
        with pytest.raises(NotValid):
            advise_application(**words, amount=amount)
    advise_application(**words, amount=Money.euros(12_000), source="panel")
    again = find(found.public_id)
    assert (again.stands, again.advised_money, again.asked_money) == (State.ADVISED, Money.euros(12_000), Money.euros(15_000))


@pytest.mark.django_db
def test_advice_of_someone_outside_is_asked_with_a_date_and_written_down_once() -> None:
    found = an_application_in_assessment()
    officer = an_officer()
    with days_later(14):
        until = find(found.public_id).due_on
    assert until is not None
    asked = ask_advice(
        actor=officer, application=found.public_id, adviser="Bouwkundige Zonnen", question="Is het dak goed?", due_on=until
    )
    words = {
        "actor": officer,
        "application": found.public_id,
        "outcome": "grant",
        "amount": Money(1),
        "motivation": "Het dak is goed.",
    }
    advice = record_advice(**words, request=asked.public_id)
    assert (advice.source, advice.name) == ("outside", "Bouwkundige Zonnen")
    with pytest.raises(NotNow):
        record_advice(**words, request=asked.public_id)
    assert find(found.public_id).advised is None, "only the advice on the decision sets the amount"


def card(assessor: str, total: int) -> Scorecard:
    empty: dict[str, Fraction] = {}
    from vliegwiel.kernel import clock

    return Scorecard(assessor, assessor, 1, empty, {}, Fraction(total), "grant", None, "", "", clock.now())


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=12), st.integers(-3, 3))
def test_strictness_is_the_mean_difference_and_adds_up_to_nothing(pairs: list[tuple[int, int]], shift: int) -> None:
    found = strictness([[card("a", one), card("b", two)] for one, two in pairs])
    assert sum(item.difference for item in found) == 0, "between two assessors who share every file"
    assert [item.difference for item in found] == sorted(item.difference for item in found)
    moved = {
        item.assessor: item.difference for item in strictness([[card("a", one + shift), card("b", two)] for one, two in pairs])
    }
    before = {item.assessor: item.difference for item in found}
    assert moved["a"] == before["a"] + shift


def test_one_assessor_alone_is_neither_strict_nor_mild() -> None:
    assert strictness([[card("a", 5)], []]) == []
