"""A regulation says in typed parts what a grant needs, with the defaults of the law, and what is wrong is said in words of an officer."""

from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from vliegwiel.engines.rulebook import Regulation, problems_of
from vliegwiel.engines.rulebook.burden import burden_of
from vliegwiel.engines.rulebook.tests.test_rulebook import DOCUMENT, GOOD, ON, SHIPPED
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money, Share
from vliegwiel.kernel.verdict import Answer


def changed(**parts: Any) -> Any:
    return {**deepcopy(DOCUMENT), **parts}


def rules(**parts: Any) -> Any:
    return Regulation.read(changed(**parts)).rules


def test_what_a_regulation_leaves_out_is_what_the_law_says() -> None:
    found = rules()
    assert (found.term.weeks, found.term.source, found.term.counted_from, found.term.article) == (8, "wet", "receipt", "4:13 Awb")
    assert (found.completion.weeks, found.completion.article) == (2, "4:5 Awb")
    assert found.consent is None
    assert found.two_signatures_from == Money.euros(25_000)
    assert found.assessors == 2
    assert found.advance_for(Money.euros(1)) == Share(Fraction(0))
    assert found.state_aid is None
    assert found.again.effect == "warn"
    assert found.effect_report == date(2031, 1, 1), "five years after the first day (Awb 4:24)"


def test_a_scheme_that_title_4_2_does_not_cover_has_no_effect_report() -> None:
    assert rules(awb_title_4_2={"applies": "no"}).effect_report is None


def test_an_advance_and_an_arrangement_go_by_amount_with_their_edges() -> None:
    found = rules(
        advance=[{"below": 10_000, "share": "100%"}, {"share": "75%"}],
        amounts={**DOCUMENT["amounts"], "tables": [{"most": 50_000}]},
        arrangements=[
            {"key": "completion_note", "name": "Gereedmelding", "article": "7", "below": 25_000, "settled": "ex_officio"},
            {"key": "activity_report", "name": "Verslag", "article": "8", "from": 25_000, "decision_weeks": 22},
        ],
    )
    assert found.advance_for(Money(999_999)) == Share.of(1, 1)
    assert found.advance_for(Money.euros(10_000)) == Share.of(3, 4)
    below, on = found.arrangement_for(Money(2_499_999)), found.arrangement_for(Money.euros(25_000))
    assert below.settled == "ex_officio"
    assert (on.settled, on.decision_weeks) == ("on_application", 22)


def test_a_bound_may_be_a_share_of_another_answer_to_the_cent() -> None:
    quarter = {
        "code": "kwart",
        "article": "4",
        "when": {"fact": "gevraagd", "at_most": {"share": "25%", "of": "kosten"}},
        "otherwise": "U vraagt meer dan een kwart.",
    }
    regulation = Regulation.read(changed(rules=[quarter]))
    facts = {"kosten": Money(10_001), "gevraagd": Money(2_500)}
    assert regulation.evaluate(facts, on=ON).verdict
    assert regulation.evaluate({**facts, "gevraagd": Money(2_501)}, on=ON).verdict.answer is Answer.NO
    unknown = regulation.evaluate({"gevraagd": Money(2_501)}, on=ON)
    assert unknown.verdict.answer is Answer.UNKNOWN
    assert "kosten" in unknown.open_questions


def test_an_amount_in_a_condition_is_whole_euros() -> None:
    small = {
        "code": "klein",
        "article": "4",
        "when": {"fact": "gevraagd", "less_than": 50},
        "otherwise": "U vraagt te veel geld.",
    }
    regulation = Regulation.read(changed(rules=[small]))
    assert regulation.evaluate({**GOOD, "gevraagd": Money(4_999)}, on=ON).verdict
    assert regulation.evaluate({**GOOD, "gevraagd": Money.euros(50)}, on=ON).verdict.answer is Answer.NO


def test_a_kind_of_plan_without_an_amount_is_a_no_and_never_without_limit() -> None:
    tables = [{"if": {"fact": "dorp", "is": True}, "most": 100}]
    regulation = Regulation.read(changed(rules=[DOCUMENT["rules"][0]], amounts={**DOCUMENT["amounts"], "tables": tables}))
    outcome = regulation.evaluate({**GOOD, "dorp": False}, on=ON)
    assert (outcome.verdict.answer, outcome.most) == (Answer.NO, None)
    assert [reason.code for reason in outcome.reasons] == ["no-amount"]


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(NotValid, match="onder nul"):
        Regulation.read(DOCUMENT).evaluate({**GOOD, "gevraagd": Money(-1)}, on=ON)


_CRITERION = {"key": "nodig", "name": "Nodig", "weight": "60%"}
_DUTY = {"key": "melden", "text": "U meldt een wijziging.", "basis": "4:37"}
_HIDDEN = [*DOCUMENT["facts"][:1], {**DOCUMENT["facts"][1], "show_if": {"fact": "mensen", "at_least": 5}}, *DOCUMENT["facts"][2:]]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"ruels": []}, "Bedoelt u rules?"),
        ({"term": {"weeks": 13, "from": "opening"}}, "bestaat niet als keuze"),
        ({"term": {"weken": 13}}, "Vul nog in: weeks"),
        ({"in_force": "2026-02-30"}, "geen dag die bestaat"),
        ({"lapsed": "2025-12-31"}, "vervalt voordat"),
        ({"criteria": [_CRITERION]}, "60 procent"),
        ({"minimum_total": 6}, "geen criteria"),
        ({"criteria": [_CRITERION, {**_CRITERION, "weight": "40%"}]}, "Criterium nodig staat er twee keer in"),
        ({"awb_title_4_2": {"applies": "declared_by"}}, "Noem dat artikel"),
        ({"awb_title_4_2": {"applies": "no"}, "obligations": [_DUTY]}, "titel 4.2 geldt hier niet"),
        ({"obligations": [{**_DUTY, "basis": "own"}]}, "noem het artikel"),
        ({"advance": [{"share": "100%"}, {"share": "75%"}]}, "alleen de laatste regel"),
        ({"advance": [{"share": "120%"}]}, "groter dan 100 procent"),
        ({"matching": [{"by": "crowd", "share": "25%"}]}, "25 procent"),
        ({"questions": [{"key": "dorp", "type": "text", "question": "Welk dorp is het?"}]}, "Vraag dorp staat er twee keer in"),
        ({"questions": [{"key": "keus", "type": "single", "question": "Wat kiest u?"}]}, "mist haar antwoorden"),
        ({"facts": _HIDDEN}, "zet er only_if bij"),
        ({"arrangements": [{"key": "completion_note", "name": "Kort", "article": "6", "below": 50}]}, "vanaf 50"),
        ({"arrangements": [{"key": "completion_note", "name": "Kort", "article": "6", "from": 50}]}, "onder 50"),
        ({"rules": [{**DOCUMENT["rules"][0], "when": {"fact": "mensne", "at_least": 5}}]}, "Bedoelt u mensen?"),
        ({"rules": [{**DOCUMENT["rules"][0], "when": {"fact": "mensen", "minstens": 5}}]}, "kunnen we niet lezen"),
        ({"rules": [{**DOCUMENT["rules"][0], "when": {"fact": "kosten", "at_least": 5.5}}]}, "past niet bij de vraag kosten"),
        ({"rules": [{**DOCUMENT["rules"][1], "when": {"fact": "dorp", "is": "ja"}}]}, "past niet bij de vraag dorp"),
    ],
)
def test_what_is_wrong_is_said_in_dutch_with_its_place(parts: dict[str, Any], words: str) -> None:
    found = problems_of(changed(**parts))
    assert any(words in line for line in found), found
    assert not any(english in line for line in found for english in (" is not ", "required property", "Additional"))


def test_a_question_of_another_phase_is_left_out_and_the_hash_stays_that_of_the_whole() -> None:
    facts = [
        *DOCUMENT["facts"],
        {"key": "nu", "type": "yes_no", "question": "Is het nu nodig?", "phases": ["acute"]},
    ]
    now = {
        "code": "nu",
        "article": "9",
        "when": {"fact": "nu", "is": True},
        "otherwise": "Het is nu niet nodig.",
        "phases": ["acute"],
    }
    phases = {"crisis": "storm", "shown_in": ["acute"], "texts": {"recovery": {"title": "Herstel na de storm"}}}
    whole = Regulation.read(changed(facts=facts, rules=[*DOCUMENT["rules"], now], phases=phases))
    acute, recovery = whole.in_phase("acute"), whole.in_phase("recovery")
    assert acute.hash == recovery.hash == whole.hash
    assert acute.evaluate(GOOD, on=ON).verdict.answer is Answer.UNKNOWN
    assert recovery.evaluate(GOOD, on=ON).verdict
    assert recovery.rules.title == "Herstel na de storm"
    assert acute.evaluate(GOOD, on=ON).receipt.hash != whole.evaluate(GOOD, on=ON).receipt.hash
    assert Regulation.parse(recovery.to_text()).document == whole.document


def test_a_rule_that_misses_its_question_in_a_phase_is_refused() -> None:
    facts = [{**DOCUMENT["facts"][0], "phases": ["acute"]}, *DOCUMENT["facts"][1:]]
    found = problems_of(changed(facts=facts, phases={"crisis": "storm", "shown_in": ["acute"]}))
    assert any(line.startswith("In de fase bridging") for line in found)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_regulation_that_ships_is_honest_light_and_can_be_written_again(path: Path) -> None:
    regulation = Regulation.load(path)
    assert regulation.document["regulation"] == "/".join(path.parts[-3:-1])
    assert regulation.version == path.stem
    assert regulation.rules.verified or regulation.rules.made_up, "what no source gives is marked"
    assert [band for band in burden_of(regulation.rules) if not band.fits] == []
    assert Regulation.parse(regulation.to_text()).hash == regulation.hash
    assert yaml.safe_load(regulation.to_text()) == regulation.document, "every other reader of YAML reads the same"


def test_the_same_question_means_the_same_in_every_regulation_that_ships() -> None:
    listed = {fact["key"]: fact for fact in yaml.safe_load(SHIPPED[0].parents[2].joinpath("facts.yml").read_text())}
    for path in SHIPPED:
        for fact in Regulation.load(path).document["facts"]:
            if fact["key"] in listed:
                assert fact["type"] == listed[fact["key"]]["type"], f"{path}: {fact['key']}"
                assert fact.get("options") == listed[fact["key"]].get("options"), f"{path}: {fact['key']}"


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "a: " + "x" * 400_000, "regulation: ["])
def test_a_file_that_is_no_regulation_is_refused(text: str) -> None:
    with pytest.raises(NotValid):
        Regulation.parse(text)


def test_words_that_look_like_yes_and_no_stay_words() -> None:
    text = Regulation.read(changed(awb_title_4_2={"applies": "no"})).to_text()
    assert Regulation.parse(text.replace("'no'", "no")).rules.awb_title_4_2 == "no"
    assert Regulation.parse(text.replace("'2026-01-01'", "2026-01-01")).version == "2026-01-01"


def test_a_question_counts_for_an_amount_only_when_it_can_be_asked_there() -> None:
    questions = [
        {"key": f"v{place}", "type": "text", "question": "Nog een vraag?", "show_if": {"fact": "gevraagd", "at_least": 5_000}}
        for place in range(20)
    ]
    amounts = {**DOCUMENT["amounts"], "tables": [{"most": 50_000}]}
    arrangements = [{"key": "activity_report", "name": "Verslag", "article": "6"}]
    small, large = burden_of(rules(questions=questions, amounts=amounts, arrangements=arrangements))
    assert (small.questions, small.fits) == (4, True)
    assert (large.questions, large.fits) == (24, True)
    assert not burden_of(
        rules(
            questions=[*questions, *[{**questions[0], "key": f"w{n}"} for n in range(2)]],
            amounts=amounts,
            arrangements=arrangements,
        )
    )[1].fits
