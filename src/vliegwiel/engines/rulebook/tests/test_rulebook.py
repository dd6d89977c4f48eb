"""A regulation says yes, no, unknown or "a person judges", always with the article, and can be made again."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.engines.rulebook import Regulation, load_cases, run_cases, simulate, written
from vliegwiel.engines.rulebook.conditions import holds
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer

ON = date(2026, 3, 2)
DOCUMENT: dict[str, Any] = {
    "regulation": "voorbeeld/tuin",
    "title": "Een voorbeeld van een regeling",
    "province": "PV99",
    "in_force": "2026-01-01",
    "lapsed": "2027-01-01",
    "legal_basis": {"name": "Voorbeeldverordening"},
    "awb_title_4_2": {"applies": "by_law"},
    "transitional": "Oude aanvragen houden hun versie.",
    "facts": [
        {"key": "mensen", "type": "number", "question": "Met hoeveel bent u?"},
        {"key": "dorp", "type": "yes_no", "question": "Is het in het dorp?"},
        {"key": "kosten", "type": "money", "question": "Wat kost het?"},
        {"key": "gevraagd", "type": "money", "question": "Wat vraagt u?"},
    ],
    "rules": [
        {
            "code": "genoeg",
            "article": "3",
            "when": {"fact": "mensen", "at_least": 5},
            "otherwise": "U bent met te weinig mensen.",
        },
        {"code": "dorp", "article": "4", "when": {"fact": "dorp", "is": True}, "otherwise": "Het plan ligt niet in het dorp."},
    ],
    "amounts": {"article": "5", "asked": "gevraagd", "costs": "kosten", "tables": [{"share": "75%", "least": 10, "most": 100}]},
    "arrangements": [
        {"key": "completion_note", "name": "Kort bericht", "article": "6", "below": 50},
        {"key": "activity_report", "name": "Verslag", "article": "6", "from": 50},
    ],
}
GOOD = {"mensen": 5, "dorp": True, "kosten": Money.euros(100), "gevraagd": Money.euros(60)}


def _with(**changes: Any) -> Any:
    return {**deepcopy(DOCUMENT), **changes}


def test_facts_that_fit_give_yes_with_the_amount_and_how_to_account() -> None:
    outcome = Regulation.read(DOCUMENT).evaluate(GOOD, on=ON)
    assert outcome.verdict
    assert outcome.most == Money.euros(60)
    assert outcome.arrangement == "activity_report"
    assert {reason.article for reason in outcome.reasons} == {"3", "4", "5"}


def test_a_missing_fact_gives_unknown_and_says_which_question_is_open() -> None:
    outcome = Regulation.read(DOCUMENT).evaluate({**GOOD, "mensen": None}, on=ON)
    assert outcome.verdict.answer is Answer.UNKNOWN
    assert outcome.open_questions == ("mensen",)


def test_one_broken_rule_is_a_no_also_when_other_facts_are_missing() -> None:
    outcome = Regulation.read(DOCUMENT).evaluate({"dorp": False}, on=ON)
    assert outcome.verdict.answer is Answer.NO
    assert [reason.code for reason in outcome.reasons] == ["dorp"]


def test_the_edges_of_amounts_and_arrangements_are_inclusive() -> None:
    regulation = Regulation.read(DOCUMENT)
    at_least = regulation.evaluate({**GOOD, "gevraagd": Money.euros(10)}, on=ON)
    below = regulation.evaluate({**GOOD, "gevraagd": Money(999)}, on=ON)
    assert at_least.verdict
    assert below.verdict.answer is Answer.NO
    assert regulation.evaluate({**GOOD, "gevraagd": Money.euros(50)}, on=ON).arrangement == "activity_report"
    assert regulation.evaluate({**GOOD, "gevraagd": Money(4999)}, on=ON).arrangement == "completion_note"


def test_what_a_person_must_weigh_is_never_decided_by_the_engine() -> None:
    rules = [{**DOCUMENT["rules"][0], "discretion": True}, DOCUMENT["rules"][1]]
    outcome = Regulation.read(_with(rules=rules)).evaluate(GOOD, on=ON)
    assert outcome.verdict.answer is Answer.FOR_A_PERSON
    assert [reason.code for reason in outcome.reasons] == ["genoeg"]


def test_a_version_holds_from_its_first_day_until_the_day_it_lapses() -> None:
    regulation = Regulation.read(DOCUMENT)
    assert regulation.evaluate(GOOD, on=date(2026, 1, 1)).verdict
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NotNow, match="geldt niet"):
            regulation.evaluate(GOOD, on=day)


def test_the_same_facts_and_version_give_the_same_receipt() -> None:
    regulation = Regulation.read(DOCUMENT)
    assert (
        regulation.evaluate(GOOD, on=ON).receipt.hash
        == Regulation.read(deepcopy(DOCUMENT)).evaluate(dict(GOOD), on=ON).receipt.hash
    )
    assert regulation.evaluate(GOOD, on=ON).receipt.hash != regulation.evaluate({**GOOD, "mensen": 6}, on=ON).receipt.hash


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (_with(rules=[{**DOCUMENT["rules"][0], "when": {"fact": "leden", "at_least": 5}}]), "Die vraag bestaat niet"),
        (_with(rules=[{**DOCUMENT["rules"][0], "when": {"fact": "dorp", "at_least": 5}}]), "kun je niet vergelijken"),
        (_with(rules=[DOCUMENT["rules"][0], DOCUMENT["rules"][0]]), "twee keer"),
        (_with(rules=[]), "leeg"),
        (_with(province="Gelderland"), "schrijfwijze"),
        (_with(geluk="ja"), "kennen we niet"),
        ({key: value for key, value in DOCUMENT.items() if key != "transitional"}, "ontbreekt"),
        (_with(amounts={**DOCUMENT["amounts"], "tables": [{"least": 200, "most": 100}]}), "hoger dan het hoogste"),
        (_with(amounts={**DOCUMENT["amounts"], "costs": "mensen"}), "geen vraag naar een bedrag"),
    ],
)
def test_a_wrong_document_is_refused_in_words_of_an_officer(document: Any, words: str) -> None:
    with pytest.raises(NotValid) as refusal:
        Regulation.read(document)
    assert any(words in line for line in refusal.value.details)


@pytest.mark.parametrize("facts", [{"leden": 4}, {"mensen": "vijf"}, {"mensen": True}, {"kosten": 12.5}])
def test_a_wrong_fact_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        Regulation.read(DOCUMENT).evaluate(facts, on=ON)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regeling.yml"
    path.write_text("regulation: [")
    with pytest.raises(NotValid, match="geen leesbaar") as refused:
        Regulation.load(path)
    assert refused.value.details[0].startswith("Het lezen stopt bij regel ")


def test_a_file_that_is_no_text_is_refused_without_a_word_of_the_reader() -> None:
    with pytest.raises(NotValid, match="geen leesbaar") as refused:
        Regulation.parse("PK\x03\x04 geen regeling")
    assert not any("control characters" in line for line in refused.value.details)


@pytest.mark.parametrize("text", ["- " * 100_000 + "a", "[" * 100_000 + "]" * 100_000, "a: &a [1]\nb: *a"])
def test_a_file_of_parts_in_parts_without_end_or_of_references_is_refused_before_it_is_put_together(text: str) -> None:
    with pytest.raises(NotValid, match="geen leesbaar"):
        written.read(text)


def test_a_changed_version_shows_whose_outcome_changes() -> None:
    stricter = Regulation.read(
        _with(
            in_force="2026-06-01",
            rules=[{**DOCUMENT["rules"][0], "when": {"fact": "mensen", "at_least": 10}}, DOCUMENT["rules"][1]],
        )
    )
    past = {"a": GOOD, "b": {**GOOD, "mensen": 12}}
    changes = simulate(Regulation.read(DOCUMENT), stricter, past, on=ON, then=date(2026, 7, 1))
    assert [change.application for change in changes] == ["a"]
    assert changes[0].after.verdict.answer is Answer.NO


TRUTHS = st.sampled_from([True, False, None])


@given(TRUTHS, TRUTHS)
def test_unknown_follows_the_logic_of_kleene(a: bool | None, b: bool | None) -> None:
    facts = {"a": a, "b": b}
    both = {"all": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}
    either = {"any": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}
    assert holds(both, facts) is (False if False in (a, b) else None if None in (a, b) else True)
    assert holds(either, facts) is (True if True in (a, b) else None if None in (a, b) else False)
    turned = {"not": {"any": [{"not": {"fact": "a", "is": True}}, {"not": {"fact": "b", "is": True}}]}}
    assert holds(turned, facts) is holds(both, facts)


@given(
    st.integers(0, 10),
    st.booleans(),
    st.integers(0, 20_000),
    st.integers(0, 20_000),
    st.sampled_from(["mensen", "dorp", "kosten", "gevraagd"]),
)
def test_learning_a_missing_fact_never_turns_a_no_into_something_else(
    people: int, village: bool, costs: int, asked: int, hidden: str
) -> None:
    facts = {"mensen": people, "dorp": village, "kosten": Money(costs), "gevraagd": Money(asked)}
    regulation = Regulation.read(DOCUMENT)
    before = regulation.evaluate({key: value for key, value in facts.items() if key != hidden}, on=ON)
    after = regulation.evaluate(facts, on=ON)
    assert before.verdict.answer is not Answer.YES
    assert before.verdict.answer is Answer.UNKNOWN or after.verdict.answer is Answer.NO
    assert after.most is None or after.most <= min(Money(asked), Money.euros(100))


SHIPPED = sorted(Path(__file__).resolve().parents[3].joinpath("catalogue", "regulations").rglob("????-??-??.yml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_regulation_that_ships_passes_its_own_cases(path: Path) -> None:
    results = run_cases(Regulation.load(path), load_cases(path.with_suffix(".cases.yml")))
    assert [(result.case.name, result.differences) for result in results if result.differences] == []


def test_cases_without_an_edge_are_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "2026.cases.yml"
    path.write_text("- {name: een, kind: granted, day: '2026-03-02', verdict: ja, facts: {}}")
    with pytest.raises(NotValid, match="een grens"):
        run_cases(Regulation.read(DOCUMENT), load_cases(path))
