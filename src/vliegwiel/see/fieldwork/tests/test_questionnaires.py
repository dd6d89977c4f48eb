"""What may be asked, what stays the same, and SurveyJS in and out with nothing lost in silence."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.catalogue.locked_scales import locked_scales
from vliegwiel.catalogue.questionnaires import questionnaires
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.fieldwork.changing import changed, with_scale
from vliegwiel.see.fieldwork.document import Document, Item, Page, opened, problems_of
from vliegwiel.see.fieldwork.rules import alike, drawn_from, hasty, shown_counts
from vliegwiel.see.fieldwork.steady import changes_since, example, items_of, locked_problems
from vliegwiel.see.fieldwork.surveyjs import read_surveyjs, to_surveyjs
from vliegwiel.see.fieldwork.tests.given import DOCUMENT, HOME, SCORES

LONELY = with_scale(DOCUMENT, "eenzaamheid-6", "wonen")


def _with(*items: Item) -> Document:
    return Document("Proef", pages=(Page("een", "Een", items=items),))


@pytest.mark.parametrize("key", sorted(questionnaires()))
def test_every_questionnaire_that_ships_is_right_and_goes_out_and_in_unchanged(key: str) -> None:
    document = example(key)
    assert [*problems_of(document), *locked_problems(document)] == []
    assert opened(json.loads(json.dumps(document.plain()))) == document
    back = read_surveyjs(json.dumps(to_surveyjs(document)))
    assert (back.left_out, back.document) == ((), document)


def test_a_condition_in_a_condition_goes_out_between_brackets() -> None:
    home, score = {"fact": "thuis", "is": "1"}, {"fact": "cijfer1", "at_least": 6}
    asked = replace(SCORES[1], show_if={"all": [home, {"any": [score, home]}]})
    (page,) = to_surveyjs(_with(HOME, SCORES[0], asked))["pages"]
    assert page["elements"][2]["visibleIf"] == "{thuis} = '1' and ({cijfer1} >= 6 or {thuis} = '1')"


def test_every_locked_scale_says_who_made_it_and_is_right_as_it_stands() -> None:
    for scale in locked_scales().values():
        assert scale.source
        assert scale.free
        document = _with(*items_of(scale))
        assert [*problems_of(document), *locked_problems(document)] == []


@pytest.mark.parametrize(
    "change", [{"text": "Ik voel een leegte."}, {"hint": "Denk na."}, {"options": (("1", "ja"), ("2", "nee"))}]
)
def test_a_changed_word_of_a_locked_question_is_refused_with_the_reason(change: dict[str, Any]) -> None:
    items = tuple(replace(item, **change) if item.id == "leegte" else item for item in LONELY.pages[0].items)
    said = locked_problems(replace(LONELY, pages=(replace(LONELY.pages[0], items=items), *LONELY.pages[1:])))
    assert len(said) == 1
    assert "De Jong Gierveld" in said[0]
    assert "meet zij iets anders" in said[0]
    unlocked = tuple(replace(item, scale="") for item in items)
    assert locked_problems(_with(*unlocked)), "taking the lock off does not help"


def test_a_scale_is_asked_whole_in_order_and_to_everybody() -> None:
    items = items_of(locked_scales()["eenzaamheid-6"])
    assert "alleen geldig in zijn geheel" in locked_problems(_with(*items[:5]))[0]
    assert locked_problems(_with(*items[::-1]))
    some = replace(items[0], show_if={"fact": "thuis", "is": "1"})
    assert "aan iedereen" in locked_problems(_with(HOME, some, *items[1:]))[0]
    gone = changed(LONELY, {"doe": "schaal-weg", "wat": "eenzaamheid-6"})
    assert gone == DOCUMENT


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Item("Naam", "text", "Wat?"), "kleine letters"),
        (Item("gewicht", "number", "Hoe zwaar?"), "gebruiken wij zelf"),
        (Item("a", "matrix", "Wat?"), "soort vraag"),
        (Item("a", "choice", "Wat?", options=(("1", "Ja"),)), "ten minste twee"),
        (Item("a", "choice", "Wat?", options=(("1", "Ja"), ("1", "Nee"))), "eigen code"),
        (Item("a", "choice", "Wat?", options=(("1", "Ja"), ("2", "ja "))), "dezelfde woorden"),
        (Item("a", "scale", "Wat?", low=0, high=20), "elf stappen"),
        (Item("a", "scale", "Wat?", cut=11), "buiten de schaal"),
        (Item("a", "text", " "), "wat u vraagt"),
        (Item("a", "text", "Wat?", show_if={"fact": "weg", "is": "1"}), "is er niet"),
        (Item("a", "text", "Wat?", show_if={"fact": "thuis", "is": "9"}), "past niet"),
        (Item("gemeente", "choice", "Waar?", options=(("1", "Hier"), ("2", "Daar"))), "GM1876"),
    ],
)
def test_what_cannot_be_asked_says_what_and_where(item: Item, said: str) -> None:
    found = problems_of(_with(HOME, item))
    assert any(said in line and line.startswith(f"{item.id}:") for line in found), found


def test_a_condition_looks_back_and_never_forward() -> None:
    first = replace(SCORES[0], show_if={"fact": "thuis", "is": "1"})
    assert "komt later" in problems_of(_with(first, HOME))[0]
    assert problems_of(_with(HOME, first)) == []


def test_an_id_keeps_its_meaning_over_waves() -> None:
    assert changes_since(DOCUMENT, [DOCUMENT]) == []
    worded = replace(HOME, text="Bent u hier thuis?")
    assert "de reeks breekt" in changes_since(_with(worded), [DOCUMENT])[0]
    assert changes_since(_with(replace(worded, changed="Korter, na een proef.")), [DOCUMENT]) == []
    other = Item("thuis", "scale", "Hoe thuis voelt u zich?", changed="Anders.")
    assert "een ander nummer" in changes_since(_with(other), [DOCUMENT])[0]
    swapped = replace(HOME, options=(("1", "Nee"), ("2", "Ja")))
    assert "andere woorden" in changes_since(_with(swapped), [DOCUMENT])[0]


def test_surveyjs_that_we_do_not_know_is_named_and_the_rest_comes_along() -> None:
    survey = {
        "title": {"nl": "Proef", "en": "Test"}, "widthMode": "static", "triggers": [],
        "pages": [{"name": "p1", "elements": [
            {"type": "radiogroup", "name": "q1", "title": "Ja?", "choices": [1, {"value": 2, "text": "Twee", "enableIf": "x"}],
             "hasOther": True},
            {"type": "matrixdynamic", "name": "rooster"},
            {"type": "html", "name": "i", "html": "<b>Lees dit</b>"},
            {"type": "rating", "name": "cijfer", "rateMax": 10, "visibleIf": "{q1} = 2"},
            {"type": "text", "name": "anders", "inputType": "color", "visibleIf": "age({q1}) > 3"},
        ]}],
    }  # fmt: skip
    found = read_surveyjs(json.dumps(survey))
    said = " ".join(found.left_out)
    for word in ("triggers", "hasOther", "enableIf", "rooster", "color", "age({q1}) > 3", "widthMode"):
        assert word in said, word
    assert [item.id for item in found.document] == ["q1", "cijfer", "anders"]
    assert found.document.pages[0].intro == "Lees dit"
    assert found.document.item("cijfer").show_if == {"fact": "q1", "is": "2"}  # type: ignore[union-attr]  # it is there
    assert problems_of(found.document) == []


def test_a_matrix_becomes_a_question_per_row_and_goes_out_as_the_same_matrix() -> None:
    grid = {
        "type": "matrix", "name": "Tevreden", "title": "Hoe tevreden bent u met", "description": "Kies per rij.", "cellType": "radio",
        "isAllRowRequired": True, "columns": [{"value": 1, "text": "Ontevreden"}, {"value": 2, "text": "Tevreden"}],
        "rows": [{"value": "winkels", "text": "de winkels"}, {"value": "bus", "text": "de bus"}],
    }  # fmt: skip
    after = {"type": "comment", "name": "waarom", "title": "Waarom niet?", "visibleIf": "{Tevreden.bus} = 1"}
    survey = {"title": "Proef", "pages": [{"name": "p1", "elements": [grid, after]}]}
    found = read_surveyjs(json.dumps(survey))
    assert list(found.left_out) == [f"Tevreden.{one}: heet hier tevreden_{one}." for one in ("winkels", "bus")]
    shops, bus, why = found.document
    assert (shops.id, shops.text, shops.hint) == ("tevreden_winkels", "Hoe tevreden bent u met: de winkels", "Kies per rij.")
    assert (bus.options, bus.required, bus.hint) == ((("1", "Ontevreden"), ("2", "Tevreden")), True, "")
    assert why.show_if == {"fact": "tevreden_bus", "is": "1"}
    assert problems_of(found.document) == []
    assert opened(json.loads(json.dumps(found.document.plain()))) == found.document
    out = to_surveyjs(found.document)
    assert [one["type"] for one in out["pages"][0]["elements"]] == ["matrix", "comment"]
    assert out["pages"][0]["elements"][1]["visibleIf"] == "{tevreden.bus} = '1'"
    back = read_surveyjs(json.dumps(out))
    assert (back.left_out, back.document) == ((), found.document)
    page = found.document.pages[0]
    apart = replace(found.document, pages=(replace(page, items=(shops, replace(bus, text="De bus?"), why)),))
    kinds = [one["type"] for one in to_surveyjs(apart)["pages"][0]["elements"]]
    assert kinds == ["matrix", "radiogroup", "comment"], "a row with other words is a question of its own"


def test_a_matrix_with_more_answers_in_a_row_is_named_and_left_out() -> None:
    grid = {"type": "matrix", "name": "q", "cellType": "checkbox", "columns": [1, 2], "rows": ["a"]}
    one = {"type": "matrix", "name": "r", "columns": [1, 2], "isRequired": True, "rows": [{"value": "a", "visibleIf": "x"}]}
    found = read_surveyjs(json.dumps({"title": "Proef", "pages": [{"name": "p1", "elements": [grid, one]}]}))
    said = " ".join(found.left_out)
    assert all(word in said for word in ("meer antwoorden per rij", "ten minste één rij", "rij a: visibleIf"))
    assert [item.id for item in found.document] == ["r_a"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pages": 3}', "[" * 5000, '{"pages": [3]}'])
def test_what_is_no_survey_is_refused_or_named(text: str) -> None:
    try:
        assert read_surveyjs(text).left_out
    except NotValid as refusal:
        assert "JSON" in refusal.message or "SurveyJS" in refusal.message


def test_a_group_that_is_hidden_never_follows_from_the_total() -> None:
    shown = shown_counts({"a": (200, 150), "b": (12, 9), "c": (3, 3)})
    assert (shown["a"], shown["b"], shown["c"]) == ((200, 150), None, None)
    assert shown_counts({"a": (40, 11), "b": (12, 7)}) == {"a": (40, 10), "b": (12, 5)}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=10, max_size=60), st.integers(10, 80), st.randoms(use_true_random=False))
def test_a_draw_gives_every_stratum_its_share(people: list[str], size: int, chance: Any) -> None:
    numbered = [(stratum, number) for number, stratum in enumerate(people)]
    drawn = drawn_from(numbered, size, lambda one: one[0], chance)
    assert len(drawn) == len(set(drawn)) == min(size, len(people))
    for stratum in "abc":
        share = min(size, len(people)) * people.count(stratum) / len(people)
        assert abs(sum(one[0] == stratum for one in drawn) - share) < 1


def test_who_is_hasty_or_gives_one_answer_all_through_is_seen() -> None:
    assert hasty([100] * 9 + [20]) == [False] * 9 + [True]
    assert not any(hasty([100] * 8 + [1])), "below ten there is no usual time"
    same = {f"cijfer{n}": 7 for n in range(1, 5)}
    assert alike(DOCUMENT, same)
    assert not alike(DOCUMENT, same | {"cijfer2": 6})
    assert not alike(DOCUMENT, {"cijfer1": 7, "cijfer2": 7, "cijfer3": 7})
