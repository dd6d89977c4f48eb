"""A ceiling is divided fairly, to the cent, and anyone can make the outcome again."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.engines.allocation import Application, Ceiling, Criterion, Outcome, Rules, award_freed_money, divide
from vliegwiel.engines.allocation.order import lot
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

SEED = "2026-11-21/1"
QUALITY = Criterion("kwaliteit", Fraction(2), minimum=Fraction(3))
SUPPORT = Criterion("draagvlak", Fraction(1))
TENDER = Rules("tender", partial=True, criteria=(QUALITY, SUPPORT), minimum_total=Fraction(9))


def _app(key: str, cents: int, day: int = 1, ceiling: str = "alles", **scores: int) -> Application:
    return Application(key, Money(cents), ceiling, date(2026, 1, day), {name: Fraction(score) for name, score in scores.items()})


def _given(division: object) -> dict[str, int]:
    return {key: award.amount.cents for key, award in division.awards.items()}


def test_who_is_complete_first_is_served_first() -> None:
    outcome = divide(Rules("first-come"), [_app("b", 60, 2), _app("a", 60, 1)], [Ceiling("alles", Money(100))], seed=SEED)
    assert _given(outcome) == {"a": 60, "b": 0}
    assert outcome.awards["b"].outcome is Outcome.WAITING
    assert outcome.drawn == ()
    assert outcome.left["alles"] == Money(40)


def test_a_day_that_does_not_fit_is_drawn_and_one_that_fits_is_not() -> None:
    same_day = [_app(key, 60) for key in "abc"]
    outcome = divide(Rules("first-come"), same_day, [Ceiling("alles", Money(120))], seed=SEED)
    assert outcome.drawn == (tuple(sorted("abc", key=lambda key: lot(SEED, key))),)
    assert sorted(_given(outcome).values()) == [0, 60, 60]
    assert divide(Rules("first-come"), same_day, [Ceiling("alles", Money(180))], seed=SEED).drawn == ()


def test_an_incomplete_application_is_not_ranked() -> None:
    incomplete = Application("a", Money(50), "alles")
    outcome = divide(Rules("first-come"), [incomplete], [Ceiling("alles", Money(100))], seed=SEED)
    assert outcome.awards["a"].outcome is Outcome.REFUSED
    assert outcome.awards["a"].reasons[0].code == "incomplete"


def test_a_tender_ranks_by_weighted_total_and_gives_the_rest_to_the_last() -> None:
    applications = [
        _app("laag", 50, kwaliteit=3, draagvlak=3),
        _app("hoog", 80, kwaliteit=5, draagvlak=4),
        _app("midden", 50, kwaliteit=4, draagvlak=4),
    ]
    outcome = divide(TENDER, applications, [Ceiling("alles", Money(100))], seed=SEED)
    assert outcome.order == ("hoog", "midden", "laag")
    assert _given(outcome) == {"hoog": 80, "midden": 20, "laag": 0}
    assert outcome.awards["midden"].outcome is Outcome.PARTLY
    assert outcome.awards["hoog"].total == 14


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ({"kwaliteit": 2, "draagvlak": 9}, "below-criterion"),
        ({"kwaliteit": 3, "draagvlak": 2}, "below-total"),
        ({"kwaliteit": 5}, "no-score"),
    ],
)
def test_below_a_minimum_is_refused_with_the_reason_also_when_there_is_money(scores: dict[str, int], code: str) -> None:
    outcome = divide(TENDER, [_app("a", 50, **scores)], [Ceiling("alles", Money(100))], seed=SEED)
    assert outcome.awards["a"].outcome is Outcome.REFUSED
    assert [reason.code for reason in outcome.awards["a"].reasons] == [code]


def test_exactly_the_minimum_is_enough() -> None:
    outcome = divide(TENDER, [_app("a", 50, kwaliteit=3, draagvlak=3)], [Ceiling("alles", Money(100))], seed=SEED)
    assert outcome.awards["a"].outcome is Outcome.GRANTED


def test_equal_totals_are_decided_by_the_named_criterion_then_by_lot() -> None:
    rules = Rules("tender", criteria=(QUALITY, SUPPORT), tie_criteria=("kwaliteit",))
    equal = [
        _app("a", 50, kwaliteit=4, draagvlak=4),
        _app("b", 50, kwaliteit=5, draagvlak=2),
        _app("c", 50, kwaliteit=4, draagvlak=4),
    ]
    outcome = divide(rules, equal, [Ceiling("alles", Money(1000))], seed=SEED)
    assert outcome.order[0] == "b"
    assert outcome.drawn == (tuple(sorted("ac", key=lambda key: lot(SEED, key))),)


_MARKS = st.fractions(0, 10, max_denominator=21)


@given(
    marks=st.lists(st.tuples(_MARKS, _MARKS), min_size=1, max_size=12),
    weight=st.fractions(0, 1, max_denominator=13),
    least=st.tuples(_MARKS, _MARKS),
    enough=_MARKS,
)
def test_a_tender_is_ranked_exactly_whatever_fractions_the_marks_are(
    marks: list[tuple[Fraction, Fraction]], weight: Fraction, least: tuple[Fraction, Fraction], enough: Fraction
) -> None:
    criteria = (Criterion("kwaliteit", weight, least[0]), Criterion("draagvlak", 1 - weight, least[1]))
    rules = Rules("tender", criteria=criteria, minimum_total=enough, tie_criteria=("draagvlak",))
    applications = [
        Application(f"{place:02d}", Money(1), "alles", date(2026, 1, 1), {"kwaliteit": one, "draagvlak": other})
        for place, (one, other) in enumerate(marks)
    ]
    outcome = divide(rules, applications, [Ceiling("alles", Money(100))], seed=SEED)
    totals = {f"{place:02d}": weight * one + (1 - weight) * other for place, (one, other) in enumerate(marks)}
    good = {
        f"{place:02d}"
        for place, (one, other) in enumerate(marks)
        if one >= least[0] and other >= least[1] and totals[f"{place:02d}"] >= enough
    }
    assert {key: award.total for key, award in outcome.awards.items()} == totals
    assert outcome.order == tuple(sorted(good, key=lambda key: (-totals[key], -marks[int(key)][1], lot(SEED, key))))


def test_a_sub_ceiling_that_is_empty_does_not_stop_the_other() -> None:
    ceilings = [
        Ceiling("alles", Money(100)),
        Ceiling("noord", Money(30), within="alles"),
        Ceiling("zuid", Money(70), within="alles"),
    ]
    applications = [_app("a", 40, 1, "noord"), _app("b", 60, 2, "zuid"), _app("c", 20, 3, "noord")]
    outcome = divide(Rules("first-come"), applications, ceilings, seed=SEED)
    assert _given(outcome) == {"a": 0, "b": 60, "c": 0}
    assert divide(Rules("first-come", shortage="skip"), applications, ceilings, seed=SEED).awards["c"].amount == Money(20)


def test_money_that_comes_free_returns_to_its_own_ceiling_and_the_first_in_line() -> None:
    ceilings = [Ceiling("noord", Money(60)), Ceiling("zuid", Money(60))]
    applications = [
        _app("a", 60, 1, "noord"),
        _app("b", 60, 1, "zuid"),
        _app("c", 40, 2, "zuid"),
        _app("d", 40, 3, "noord"),
        _app("e", 10, 4, "noord"),
    ]
    first = divide(Rules("first-come"), applications, ceilings, seed=SEED)
    line = [item for item in applications if item.id in first.waiting]
    now = [Ceiling("noord", Money(60), used=Money(15)), Ceiling("zuid", Money(60), used=Money(60))]
    freed = award_freed_money(Rules("first-come"), line, now, seed=SEED)
    assert {key: award.amount.cents for key, award in freed.awards.items()} == {"d": 40}
    skipping = award_freed_money(
        Rules("first-come", shortage="skip"), line, [Ceiling("noord", Money(60), used=Money(25)), now[1]], seed=SEED
    )
    assert {key: award.amount.cents for key, award in skipping.awards.items()} == {"e": 10}


def test_what_may_go_to_who_still_waits_for_a_decision_is_not_free() -> None:
    now = [Ceiling("alles", Money(100), used=Money(60))]
    line, waits = [_app("a", 30, 1)], [_app("b", 20, 9)]
    assert award_freed_money(Rules("first-come"), line, now, seed=SEED).awards["a"].amount == Money(30)
    assert not award_freed_money(Rules("first-come"), line, now, seed=SEED, before=waits).awards
    partly = Rules("first-come", partial=True)
    assert award_freed_money(partly, line, now, seed=SEED, before=waits).awards["a"].amount == Money(20)


def test_two_of_one_day_that_do_not_fit_together_are_drawn_and_a_recorded_order_is_kept() -> None:
    now = [Ceiling("alles", Money(100), used=Money(60))]
    line = [_app("a", 40, 1), _app("b", 40, 1)]
    for method, order in (("first-come", line), ("lottery", line), ("lottery", line[::-1])):
        freed = award_freed_money(Rules(method), order, now, seed=SEED)
        assert len(freed.awards) == 1
        assert bool(freed.drawn) is (method == "first-come")
        expected = min("ab", key=lambda key: lot(SEED, key)) if method == "first-come" else order[0].id
        assert list(freed.awards) == [expected]


def test_the_receipt_of_freed_money_changes_with_the_line_and_with_what_is_free() -> None:
    line, now = [_app("a", 40, 1)], [Ceiling("alles", Money(100), used=Money(60))]

    def made(found: list[Application], ceilings: list[Ceiling], waits: tuple[Application, ...] = ()) -> str:
        return award_freed_money(Rules("first-come"), found, ceilings, seed=SEED, before=waits).receipt.hash

    assert made(line, now) == made(line, now)
    others = [made([*line, _app("b", 1, 2)], now), made(line, [Ceiling("alles", Money(100), used=Money(59))])]
    others.append(made(line, now, (_app("c", 1, 1),)))
    assert len({made(line, now), *others}) == 4


def test_a_proportional_division_has_no_line() -> None:
    with pytest.raises(NotValid, match="wachtlijst"):
        award_freed_money(Rules("proportional"), [], [], seed=SEED)


def test_a_proportional_division_gives_everyone_the_same_share_to_the_cent() -> None:
    applications = [_app("a", 100), _app("b", 200), _app("c", 100)]
    outcome = divide(Rules("proportional"), applications, [Ceiling("alles", Money(101))], seed=SEED)
    assert sum(_given(outcome).values()) == 101
    assert all(abs(_given(outcome)[key] - Fraction(101, 400) * asked) < 1 for key, asked in (("a", 100), ("b", 200), ("c", 100)))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: divide(Rules("first-come"), [_app("a", 0)], [Ceiling("alles", Money(1))], seed=SEED),
        lambda: divide(Rules("first-come"), [_app("a", 1), _app("a", 2)], [Ceiling("alles", Money(1))], seed=SEED),
        lambda: divide(Rules("first-come"), [_app("a", 1, ceiling="niets")], [Ceiling("alles", Money(1))], seed=SEED),
        lambda: divide(
            Rules("first-come"), [], [Ceiling("a", Money(1), within="b"), Ceiling("b", Money(1), within="a")], seed=SEED
        ),
        lambda: Rules("tender"),
        lambda: Rules("eerlijk"),
    ],
)
def test_what_cannot_be_divided_is_refused_in_dutch(wrong: object) -> None:
    with pytest.raises(NotValid):
        wrong()


SCORES = st.integers(0, 5)
METHODS = st.sampled_from(["first-come", "tender", "lottery", "proportional"])


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Rules, list[Application], list[Ceiling]]:
    """A random scheme with nested ceilings and a random round."""
    method = draw(METHODS)
    criteria = (QUALITY, SUPPORT) if method == "tender" else ()
    minimum = Fraction(draw(st.integers(0, 8))) if method == "tender" else Fraction(0)
    shortage = draw(st.sampled_from(["stop", "skip"]))
    rules = Rules(method, shortage, draw(st.booleans()), Money(draw(st.integers(1, 30))), criteria, minimum)
    names = ["alles", "noord", "zuid", "dorp"]
    within = {"alles": "", "noord": "alles", "zuid": "alles", "dorp": "noord"}
    ceilings = [Ceiling(name, Money(draw(st.integers(0, 400))), Money(draw(st.integers(0, 50))), within[name]) for name in names]
    count = draw(st.integers(0, 12))
    applications = [
        Application(
            f"{place}",
            Money(draw(st.integers(1, 120))),
            draw(st.sampled_from(names)),
            draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))),
            {"kwaliteit": Fraction(draw(SCORES)), "draagvlak": Fraction(draw(SCORES))},
        )
        for place in range(count)
    ]
    return rules, applications, ceilings


@given(rounds())
@settings(max_examples=300, deadline=None)
def test_no_ceiling_is_passed_and_nobody_gets_more_than_asked(case: tuple[Rules, list[Application], list[Ceiling]]) -> None:
    rules, applications, ceilings = case
    outcome = divide(rules, applications, ceilings, seed=SEED)
    asked = {item.id: item.amount.cents for item in applications}
    within = {ceiling.name: ceiling.within for ceiling in ceilings}
    spent = dict.fromkeys(within, 0)
    for item in applications:
        given_cents = outcome.awards[item.id].amount.cents
        assert 0 <= given_cents <= asked[item.id]
        name = item.ceiling
        while name:
            spent[name] += given_cents
            name = within[name]
    for ceiling in ceilings:
        room = max(ceiling.amount.cents - ceiling.used.cents, 0)
        assert spent[ceiling.name] <= room
        assert outcome.left[ceiling.name].cents == room - spent[ceiling.name]
    assert set(outcome.awards) == set(asked)
    assert all(award.reasons for award in outcome.awards.values())


@given(rounds(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_handing_in_does_not_matter_and_the_receipt_is_the_same(
    case: tuple[Rules, list[Application], list[Ceiling]], shuffle: object
) -> None:
    rules, applications, ceilings = case
    other = list(applications)
    shuffle.shuffle(other)
    first, second = divide(rules, applications, ceilings, seed=SEED), divide(rules, other, ceilings, seed=SEED)
    assert first.awards == second.awards
    assert first.receipt.hash == second.receipt.hash


@given(rounds(), st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_more_money_on_the_whole_never_gives_anyone_less_when_the_line_stops(
    case: tuple[Rules, list[Application], list[Ceiling]], more: int
) -> None:
    rules, applications, ceilings = case
    if rules.shortage != "stop" or rules.method == "proportional":
        return
    flat = [Ceiling("alles", ceilings[0].amount)]
    moved = [Application(item.id, item.amount, "alles", item.complete_on, item.scores) for item in applications]
    richer = [Ceiling("alles", Money(ceilings[0].amount.cents + more))]
    before, after = divide(rules, moved, flat, seed=SEED), divide(rules, moved, richer, seed=SEED)
    if before.drawn == after.drawn:
        assert all(after.awards[key].amount >= award.amount for key, award in before.awards.items())


@given(rounds(), st.data())
@settings(max_examples=150, deadline=None)
def test_freed_money_never_passes_a_ceiling(case: tuple[Rules, list[Application], list[Ceiling]], data: st.DataObject) -> None:
    rules, applications, ceilings = case
    if rules.method == "proportional":
        return
    first = divide(rules, applications, ceilings, seed=SEED)
    winners = [key for key, award in first.awards.items() if award.amount.cents]
    if not winners:
        return
    key = data.draw(st.sampled_from(winners))
    freed = data.draw(st.integers(1, first.awards[key].amount.cents))
    by_id = {item.id: item for item in applications}
    chain, name = [], by_id[key].ceiling
    while name:
        chain.append(name)
        name = next(ceiling.within for ceiling in ceilings if ceiling.name == name)
    now = [
        replace(item, used=Money(item.amount.cents - first.left[item.name].cents - (freed if item.name in chain else 0)))
        for item in ceilings
    ]
    line = [by_id[name] for name in first.waiting if first.awards[name].outcome is Outcome.WAITING]
    extra = award_freed_money(rules, line, now, seed=SEED).awards
    within = {ceiling.name: ceiling.within for ceiling in ceilings}
    left = {item.name: item.amount.cents - item.used.cents for item in now}
    for waiting, award in extra.items():
        assert award.amount <= by_id[waiting].amount
        name = by_id[waiting].ceiling
        while name:
            left[name] -= award.amount.cents
            name = within[name]
    assert all(cents >= 0 for cents in left.values())
