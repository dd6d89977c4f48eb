"""Values that cannot be wrong."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.kernel import clock
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.canonical import canonical_json, content_hash
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.kernel.money import Money, Share
from vliegwiel.kernel.period import Period
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Answer, Reason, Verdict


@given(st.integers(-(10**12), 10**12), st.integers(0, 997))
def test_a_share_and_its_rest_differ_from_the_whole_by_at_most_one_cent(cents: int, part: int) -> None:
    money = Money(cents)
    both = money.part(Share.of(part, 997)) + money.part(Share.of(997 - part, 997))
    assert abs(both.cents - cents) <= 1


def test_money_refuses_fractions_of_a_cent() -> None:
    with pytest.raises(TypeError):
        Money(12.5)  # the point of the test


def test_a_legal_date_is_a_date_in_amsterdam_also_around_midnight_in_summer_and_winter() -> None:
    assert clock.legal_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert clock.legal_date(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)


def test_the_clock_can_stand_still_and_goes_on_afterwards() -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
    assert clock.now() != moment


def test_padded_codes_and_the_other_country_code_read_as_the_same_area() -> None:
    assert AreaCode.parse("GM1680    ") == AreaCode("GM1680")
    assert AreaCode.parse("NL01") == AreaCode("NL00")
    assert AreaCode("BU0363AB12").district == AreaCode("WK0363AB")


@pytest.mark.parametrize("text", ["", "GM18", "BU1876", "1876", "GM1876 ", "gm1876"])
def test_what_is_no_area_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="area code"):
        AreaCode(text)


def test_every_level_has_a_dutch_plural() -> None:
    assert all(level.plural != level.value for level in Level)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2019JJ00", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019KW04", date(2019, 10, 1), date(2019, 12, 31)),
        ("2020MM02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021HJ02", date(2021, 7, 1), date(2021, 12, 31)),
    ],
)
def test_cbs_period_codes(code: str, start: date, end: date) -> None:
    assert Period.from_cbs(code) == Period(start, end)


@pytest.mark.parametrize("code", ["2019", "2019KW05", "2019MM13", "2019MM00", "JJ2019"])
def test_an_unknown_period_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.from_cbs(code)


def test_an_estimate_is_a_value_or_a_reason_never_both_and_never_neither() -> None:
    with pytest.raises(ValueError, match="reason"):
        Estimate()
    with pytest.raises(ValueError, match="reason"):
        Estimate(0.0, Missing.SUPPRESSED)
    assert Estimate(0.0).value == 0.0


def test_every_reason_for_a_missing_figure_has_a_sentence() -> None:
    assert all(reason.sentence.endswith(".") for reason in Missing)


def test_a_no_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="reason"):
        Verdict(Answer.NO)
    assert not Verdict.no(Reason("too-late", "De termijn is voorbij."))


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8) | st.none(), max_size=6))
def test_the_canonical_form_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert canonical_json(value) == canonical_json(backwards)
    assert content_hash(value) == content_hash(backwards)


def test_a_receipt_has_the_same_hash_whenever_the_same_work_is_done() -> None:
    first = Receipt("import", "1", {"file": "ab"}, {"year": 2024}, datetime(2026, 1, 1, tzinfo=UTC))
    later = Receipt("import", "1", {"file": "ab"}, {"year": 2024}, datetime(2027, 1, 1, tzinfo=UTC))
    other = Receipt("import", "1", {"file": "ab"}, {"year": 2020}, datetime(2026, 1, 1, tzinfo=UTC))
    assert first.hash == later.hash != other.hash
