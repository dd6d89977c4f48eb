"""Two sides double each other, and neither gives alone."""

from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.engines.allocation import Given, MatchRules, Request, Side, crowd_share, match
from vliegwiel.kernel.money import Money, Share

RULES = MatchRules(per_award=Money.euros(10_000), per_initiative_per_year=Money.euros(10_000))


def _sides(first: int, second: int) -> list[Side]:
    return [Side("provincie", {2026: Money(first)}), Side("fonds", {2026: Money(second)})]


def test_each_side_gives_half_and_an_odd_cent_takes_turns() -> None:
    found, _receipt = match(
        RULES, _sides(1_000, 1_000), [Request("a", "x", 2026, Money(101)), Request("b", "y", 2026, Money(101))]
    )
    assert [item.total.cents for item in found] == [101, 101]
    assert sum(item.shares["provincie"].cents for item in found) == sum(item.shares["fonds"].cents for item in found)


def test_when_one_side_runs_dry_the_other_stops_too() -> None:
    found, _receipt = match(
        RULES,
        _sides(100_000, 60),
        [Request("a", "x", 2026, Money(100)), Request("b", "y", 2026, Money(100)), Request("c", "z", 2026, Money(10))],
    )
    assert [item.total.cents for item in found] == [100, 0, 0]
    assert found[2].reason.code == "dry"
    assert "fonds" in found[1].reason.text


def test_an_initiative_gets_no_more_than_its_cap_in_a_year() -> None:
    requests = [Request(str(place), "x", 2026, Money.euros(6_000)) for place in range(3)]
    found, _receipt = match(RULES, _sides(10**9, 10**9), requests)
    assert [item.total for item in found] == [Money.euros(6_000), Money.euros(4_000), Money(0)]


@given(
    st.lists(st.tuples(st.sampled_from("xyz"), st.integers(1, 2_000_000)), max_size=20),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
)
def test_shares_are_equal_within_one_cent_and_no_side_passes_its_year(
    asked: list[tuple[str, int]], first: int, second: int
) -> None:
    requests = [Request(str(place), who, 2026, Money(cents)) for place, (who, cents) in enumerate(asked)]
    found, _receipt = match(RULES, _sides(first, second), requests)
    assert all(abs(item.shares["provincie"].cents - item.shares["fonds"].cents) <= 1 for item in found)
    assert sum(item.shares["provincie"].cents for item in found) <= first
    assert sum(item.shares["fonds"].cents for item in found) <= second


def test_a_quarter_from_the_crowd_unlocks_half_up_to_the_cap() -> None:
    terms = {"unlock": Share.of(1, 4), "share": Share.of(1, 2), "cap": Money.euros(5_000)}
    assert crowd_share(goal=Money.euros(8_000), raised=Money.euros(1_999), **terms) == Money(0)
    assert crowd_share(goal=Money.euros(8_000), raised=Money.euros(2_000), **terms) == Money.euros(4_000)
    assert crowd_share(goal=Money.euros(20_000), raised=Money.euros(5_000), **terms) == Money.euros(5_000)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(1, 2_000_000)), max_size=20), st.integers(0, 20))
def test_matching_in_parts_gives_what_matching_at_once_gives(asked: list[tuple[str, int]], cut: int) -> None:
    requests = [Request(str(place), who, 2026, Money(cents)) for place, (who, cents) in enumerate(asked)]
    sides = _sides(10**9, 10**9)
    whole, _receipt = match(RULES, sides, requests)
    first, _first_receipt = match(RULES, sides, requests[:cut])
    already = [Given(request.initiative, request.year, item.shares) for request, item in zip(requests[:cut], first, strict=True)]
    rest, _rest_receipt = match(RULES, sides, requests[cut:], already=already)
    assert [item.shares for item in (*first, *rest)] == [item.shares for item in whole]
