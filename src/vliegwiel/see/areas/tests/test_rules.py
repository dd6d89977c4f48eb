"""What an area was made from, and whether two years of it may be compared: without a database."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.kernel.verdict import Answer, Verdict
from vliegwiel.see.areas.names import same_name
from vliegwiel.see.areas.rules import Link, Origins, Side, comparability, origins

MERGED = Link("GM0003", 2020, "GM1979", 2022, 1.0, True, "Appingedam", "Eemsdelta")
SPLIT = [
    Link("GM0788", 2020, "GM0865", 2022, 0.452, False, "Haaren", "Vught"),
    Link("GM0788", 2020, "GM0824", 2022, 0.548, False, "Haaren", "Oisterwijk"),
]
LATER = Link("GM0457", 2022, "GM0363", 2025, 1.0, True, "Weesp", "Amsterdam")


def _verdict(new: Side, old: Side | None, **evidence: object) -> Verdict:
    return comparability(new, old, **{"marks": {}, **evidence})


def test_a_whole_municipality_that_merged_is_in_the_new_one_whole() -> None:
    found = origins("GM1979", 2024, 2020, [MERGED], codes_then={"GM0003"}, codes_now={"GM1979"})
    assert (found.whole, found.shares, found.all_whole) == (("GM0003",), {}, True)


def test_a_municipality_that_kept_its_code_and_got_a_part_is_whole_with_a_share() -> None:
    found = origins("GM0865", 2024, 2020, SPLIT, codes_then={"GM0788", "GM0865"}, codes_now={"GM0865"})
    assert (found.whole, found.shares, found.all_whole) == (("GM0865",), {"GM0788": 0.452}, False)


def test_changes_chain_over_years_that_are_not_loaded() -> None:
    first = Link("GM0001", 2018, "GM0002", 2019, 1.0, True)
    then = [Link("GM0002", 2020, "GM0004", 2022, 0.3, False), Link("GM0002", 2020, "GM0005", 2022, 0.7, False)]
    found = origins("GM0004", 2024, 2018, [first, *then], codes_then={"GM0001"}, codes_now={"GM0004", "GM0005"})
    assert found.shares == {"GM0001": 0.3}
    assert not found.whole


def test_a_change_between_two_registers_counts_when_they_show_it_had_happened() -> None:
    before, after = {"GM0457", "GM0363"}, {"GM0363"}
    assert origins("GM0363", 2024, 2020, [LATER], codes_then=before, codes_now=after).whole == ("GM0363", "GM0457")
    assert origins("GM0363", 2024, 2020, [LATER], codes_then=before, codes_now=before).whole == ("GM0363",)
    assert origins("GM0363", 2025, 2024, [LATER], codes_then=after, codes_now=after).links == ()


@st.composite
def _land(draw: st.DrawFn) -> list[Link]:
    """Old municipalities whose land is divided over one to three new ones."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        targets = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True))
        parts = [draw(st.integers(1, 9)) for _target in targets]
        for target, part in zip(targets, parts, strict=True):
            whole = len(targets) == 1
            found.append(Link(f"GM00{number:02d}", 2020, f"GM19{target:02d}", 2022, part / sum(parts), whole))
    return found


@given(_land())
def test_no_land_is_lost_or_made_and_only_what_did_not_split_is_whole(links: list[Link]) -> None:
    then, now = {link.old_code for link in links}, {link.new_code for link in links}
    held: dict[str, float] = {}
    for code in now:
        found = origins(code, 2024, 2020, links, codes_then=then, codes_now=now)
        for old in found.whole:
            assert [link.new_code for link in links if link.old_code == old] == [code]
            held[old] = held.get(old, 0.0) + 1.0
        for old, share in found.shares.items():
            held[old] = held.get(old, 0.0) + share
    assert held == pytest.approx(dict.fromkeys(then, 1.0), abs=1e-5)


names = st.sampled_from(["Ermelo-Oost", "Ermelo - Noord", "Verspreide huizen"])
people = st.none() | st.integers(0, 20_000).map(float)
sides = st.tuples(names, people)
marks = st.dictionaries(st.integers(2021, 2024), st.sampled_from(["", "1", "2", "3"]))


@given(sides, sides, marks, st.none() | st.floats(0, 1))
def test_every_verdict_names_its_evidence_and_another_name_never_joins_silently(
    new: tuple[str, float | None], old: tuple[str, float | None], marks: dict[int, str], overlap: float | None
) -> None:
    after, before = Side("BU02330001", 2024, *new), Side("BU02330001", 2020, *old)
    found = comparability(after, before, marks=marks, overlap=overlap)
    assert found.reasons[0].code
    assert found.reasons[0].text.endswith(".")
    if found and new[0] != old[0]:
        assert found.reasons[0].code in ("cbs-mark", "borders")
    if {"2", "3"} & set(marks.values()):
        assert found.answer is Answer.NO


@given(sides, sides, st.none() | st.floats(0, 1))
def test_an_unchanged_mark_counts_only_when_every_year_has_one(
    new: tuple[str, float | None], old: tuple[str, float | None], overlap: float | None
) -> None:
    after, before = Side("BU02330001", 2024, *new), Side("BU02330001", 2020, *old)
    every = comparability(after, before, marks=dict.fromkeys(range(2021, 2025), "1"), overlap=overlap)
    assert every.answer is Answer.YES
    assert every.reasons[0].text == "De grens is gelijk gebleven, zegt het CBS."
    assert comparability(after, before, marks={2021: "1", 2022: "1", 2024: "1"}, overlap=overlap).reasons[0].code != "cbs-mark"


def test_the_mark_of_the_older_year_itself_says_nothing_about_what_came_after() -> None:
    new, old = Side("BU1", 2024, "Vorden", 100), Side("BU1", 2020, "Vorden", 100)
    assert _verdict(new, old, marks={2020: "3"}).reasons[0].code == "name-and-inhabitants"


def test_lists_of_changes_come_before_borders_and_borders_before_names() -> None:
    new, old = Side("GM0865", 2024, "Vught", 30_000), Side("GM0865", 2020, "Vught", 30_000)
    part = Origins(("GM0865",), {"GM0788": 0.452}, (SPLIT[0],))
    changed = _verdict(new, old, origins=part, overlap=0.99)
    assert (changed.answer, changed.reasons[0].code) == (Answer.NO, "link-table")
    assert changed.reasons[0].text == "Na 2020 kwam een deel van Haaren erbij."
    nothing = Origins(("GM0865",), {}, ())
    assert _verdict(new, old, origins=nothing, overlap=0.3).reasons[0].code == "borders"
    assert _verdict(new, old, origins=nothing, overlap=0.8).reasons[0].code == "name-and-inhabitants"


def test_a_new_municipality_says_what_it_was_made_from() -> None:
    others = [
        Link(code, 2020, "GM1979", 2022, 1.0, True, name) for code, name in (("GM0010", "Delfzijl"), ("GM0024", "Loppersum"))
    ]
    found = origins("GM1979", 2024, 2020, [MERGED, *others], codes_then={"GM0003", "GM0010", "GM0024"}, codes_now={"GM1979"})
    text = _verdict(Side("GM1979", 2024, "Eemsdelta"), None, origins=found).reasons[0].text
    assert text == "Eemsdelta is na 2020 ontstaan uit Appingedam, Delfzijl en Loppersum."


def test_what_is_not_known_well_enough_is_unknown_and_never_yes() -> None:
    new = Side("BU1", 2024, "Vorden", 1000)
    assert _verdict(new, None).answer is Answer.UNKNOWN
    assert _verdict(new, Side("BU1", 2020, "Vorden")).answer is Answer.UNKNOWN
    assert _verdict(new, Side("BU1", 2020, "Vorden", 400)).answer is Answer.UNKNOWN
    assert _verdict(new, Side("BU1", 2020, "Vorden", 900)).answer is Answer.YES


@pytest.mark.data
def test_none_of_the_436_real_neighbourhoods_with_another_name_is_joined(data: Path) -> None:
    def people(text: str) -> float | None:
        return float(text) if text.strip() not in ("", ".") else None

    def rows(name: str) -> list[dict[str, str]]:
        with (data / "kwb" / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    names = {row["Key"].strip(): row["Title"].strip() for row in rows("kwb_2020_84799NED_WijkenEnBuurten.csv")}
    old = {
        row["WijkenEnBuurten"]: Side(row["WijkenEnBuurten"], 2020, names[row["WijkenEnBuurten"]], people(row["AantalInwoners_5"]))
        for row in rows("kwb_2020_84799NED_TypedDataSet.csv")
    }
    new = {
        row["WijkenEnBuurten"]: Side(row["WijkenEnBuurten"], 2024, row["Naam"], people(row["AantalInwoners_5"]))
        for row in rows("kwb_2024_85984NED_selectie.csv")
    }
    both = [code for code in new if code in old and code.startswith("BU")]
    renamed = [code for code in both if not same_name(old[code].name, new[code].name)]
    assert (len(both), len(renamed)) == (10_382, 436)
    verdicts = {code: comparability(new[code], old[code], marks={}) for code in both}
    assert not any(verdicts[code] for code in renamed)
    assert sum(map(bool, verdicts.values())) == 9_135
    assert verdicts["BU02330001"].reasons[0].text == "Deze code hoorde in 2020 bij een andere naam: Ermelo-Oost."
