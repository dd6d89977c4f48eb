"""The forms hold the same document as the file: opened and saved without a change, nothing changes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.catalogue.regulations import path_of, shipped
from vliegwiel.engines.rulebook import Regulation, problems_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.schemes.builder import comparisons, form
from vliegwiel.support.schemes.builder.columns import Cell
from vliegwiel.support.schemes.builder.parts import PARTS, Part, part_named

FACTS: dict[str, dict[str, Any]] = {
    "mensen": {"key": "mensen", "type": "number", "question": "Met hoeveel bent u?"},
    "dorp": {"key": "dorp", "type": "yes_no", "question": "Is het in het dorp?"},
    "kosten": {"key": "kosten", "type": "money", "question": "Wat kost het?"},
    "dag": {"key": "dag", "type": "date", "question": "Wanneer begint u?"},
    "wie": {"key": "wie", "type": "choice", "question": "Wie bent u?", "options": [{"key": k, "name": k} for k in "abc"]},
    "wat": {"key": "wat", "type": "choices", "question": "Wat doet u?", "options": [{"key": k, "name": k} for k in "abc"]},
}


def posted(shown: form.PartForm, **extra: Any) -> QueryDict:
    """What a browser sends when someone saves a form as it stands."""
    data = QueryDict(mutable=True)
    for cell in [*shown.cells, *(cell for row in shown.rows for cell in row.cells)]:
        _fill(data, cell)
    for row in shown.rows:
        data[f"r{row.number}-plaats"] = str(row.place)
    for name, value in extra.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def _fill(data: QueryDict, cell: Cell) -> None:
    kind = cell.column.kind
    if kind == "condition":
        assert cell.condition is not None
        if cell.condition.whole is not None:
            data[f"{cell.id}-houd"] = "ja"
        data[f"{cell.id}-samen"] = cell.condition.join
        for drawn in cell.comparisons:
            data[f"{drawn.id}-vraag"] = drawn.row.fact
            data[f"{drawn.id}-hoe"] = drawn.row.how
            data[f"{drawn.id}-waarde"] = drawn.row.typed
            data.setlist(f"{drawn.id}-keuze", list(drawn.row.chosen))
    elif kind in ("many", "choice", "flag"):
        first = [cell.choices[0][0]] if kind == "choice" and cell.column.needed and not cell.chosen else []
        data.setlist(cell.id, [*cell.chosen, *first])
    else:
        data[cell.id] = cell.typed


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
@pytest.mark.parametrize("name", sorted(shipped()))
def test_saving_a_form_as_it_stands_changes_nothing(name: str, part: Part) -> None:
    document = Regulation.load(path_of(name)).document
    result = form.read(part, posted(form.opened(part, document)), document)
    assert result.problems == []
    changed = {**document, **result.changes}
    plain = {key: value for key, value in changed.items() if value is not None}
    assert Regulation.read(plain).rules == Regulation(document).rules


def test_a_new_row_gets_a_key_of_its_own_and_a_removed_one_goes() -> None:
    document = Regulation.load(path_of("gelderland/kleine-initiatieven")).document
    part = part_named("documenten")
    assert part is not None
    shown = form.opened(part, document)
    result = form.read(part, posted(shown, **{"r1-name": "Offertes of een prijsopgave", "r0-weg": "ja"}), document)
    assert result.changes["documents"] == [{"key": "offertes-of-een-prijsopgave", "name": "Offertes of een prijsopgave"}]


def test_how_a_shortage_is_shared_is_typed_and_ties_keep_their_order() -> None:
    document = dict(Regulation.load(path_of("groningen/zorg-en-voorzieningen")).document)
    document["dividing"] = {**document["dividing"], "ties": ["toekomst", "nodig"]}
    part = part_named("punten")
    assert part is not None
    data = posted(form.opened(part, document), **{"dividing.shortage": "skip", "dividing.smallest": "12.500"})
    data.setlist("dividing.ties", ["nodig", "toekomst", "samen"])
    data.setlist("dividing.partial", [])
    result = form.read(part, data, document)
    assert result.problems == []
    dividing = Regulation.read({**document, **result.changes}).rules.dividing
    assert (dividing.shortage, dividing.partial, dividing.smallest) == ("skip", False, Money.euros(12_500))
    assert dividing.ties == ("toekomst", "nodig", "samen"), "the first decides first"


def test_rows_come_in_the_order_that_was_asked() -> None:
    document = Regulation.load(path_of("gelderland/kleine-initiatieven")).document
    part = part_named("voorwaarden")
    assert part is not None
    result = form.read(part, posted(form.opened(part, document), **{"r4-plaats": "0"}), document)
    codes = [rule["code"] for rule in result.changes["rules"]]
    assert codes == ["draagvlak", "in-de-provincie", "genoeg-inwoners", "juiste-aanvrager", "nog-niet-begonnen"]


def test_a_question_of_other_schemes_comes_in_with_one_choice() -> None:
    document = Regulation.load(path_of("flevoland/leefbaarheid")).document
    part = part_named("vragen")
    assert part is not None
    result = form.read(part, posted(form.opened(part, document), erbij="plaats_in_provincie"), document)
    assert result.changes == {}, "it is there already"
    result = form.read(part, posted(form.opened(part, document), erbij="gewone_kosten"), document)
    assert result.changes["facts"][-1]["key"] == "gewone_kosten"
    assert problems_of({**document, **result.changes}) == []


@pytest.mark.parametrize(
    ("name", "field", "typed", "words"),
    [
        ("bedragen", "r0-most", "veel", "bedrag in hele euro’s"),
        ("bedragen", "r0-most", "100,50", "bedrag in hele euro’s"),
        ("bedragen", "r0-share", "120", "75 of 1/3"),
        ("bedragen", "r0-share", "0", "75 of 1/3"),
        ("termijnen", "in_force", "31-2-2026", "16-3-2026"),
        ("termijnen", "term.weeks", "-1", "getal"),
        ("voorwaarden", "r1-when-0-waarde", "vijf", "getal"),
        ("voorwaarden", "r1-otherwise", "", "Vul dit nog in"),
        ("vragen", "r0-options", "alleen een", "twee verschillende antwoorden"),
    ],
)
def test_what_is_typed_wrong_comes_back_with_what_to_do(name: str, field: str, typed: str, words: str) -> None:
    document = Regulation.load(path_of("gelderland/kleine-initiatieven")).document
    part = part_named(name)
    assert part is not None
    result = form.read(part, posted(form.opened(part, document), **{field: typed}), document)
    assert any(words in problem.text for problem in result.problems), result.problems
    assert result.changes == {}


def leaf() -> st.SearchStrategy[dict[str, Any]]:
    orders = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
    return st.one_of(
        st.builds(lambda how, value: {"fact": "mensen", how: value}, orders, st.integers(0, 99_999)),
        st.builds(lambda how, value: {"fact": "kosten", how: value}, orders, st.integers(0, 9_999_999)),
        st.builds(lambda how, day: {"fact": "dag", how: day.isoformat()}, orders, st.dates(min_value=date(1900, 1, 1))),
        st.builds(lambda value: {"fact": "dorp", "is": value}, st.booleans()),
        st.builds(lambda keys: {"fact": "wie", "one_of": sorted(keys)}, st.sets(st.sampled_from("abc"), min_size=2)),
        st.builds(lambda keys: {"not": {"fact": "wie", "one_of": sorted(keys)}}, st.sets(st.sampled_from("abc"), min_size=2)),
        st.builds(lambda key: {"fact": "wie", "is": key}, st.sampled_from("abc")),
        st.builds(lambda key: {"fact": "wat", "has": key}, st.sampled_from("abc")),
        st.builds(lambda key: {"not": {"fact": "wat", "has": key}}, st.sampled_from("abc")),
        st.builds(
            lambda how, share: {"fact": "kosten", how: {"share": f"{share}%", "of": "kosten"}}, orders, st.integers(1, 100)
        ),
    )


@given(
    st.one_of(
        leaf(),
        st.builds(lambda parts: {"all": parts}, st.lists(leaf(), min_size=2, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(leaf(), min_size=2, max_size=3)),
    )
)
def test_a_condition_goes_through_a_form_and_comes_back_the_same(condition: dict[str, Any]) -> None:
    typed = comparisons.opened(condition, FACTS)
    assert typed.whole is None
    data = QueryDict(mutable=True)
    data["c-samen"] = typed.join
    for place, row in enumerate(typed.rows):
        data[f"c-{place}-vraag"], data[f"c-{place}-hoe"], data[f"c-{place}-waarde"] = row.fact, row.how, row.typed
        data.setlist(f"c-{place}-keuze", list(row.chosen))
    _again, back, problem = comparisons.read(data, "c", FACTS)
    assert (back, problem) == (condition, "")


def test_a_condition_that_is_nested_deeper_is_shown_in_words_and_kept() -> None:
    deep: Mapping[str, Any] = {
        "any": [{"fact": "dorp", "is": True}, {"all": [{"fact": "mensen", "at_least": 5}, {"fact": "wie", "one_of": ["a", "b"]}]}]
    }
    assert comparisons.opened(deep, FACTS).whole == deep
    words = comparisons.in_words(deep, FACTS)
    assert words == "“Is het in het dorp?” is ja of (“Met hoeveel bent u?” is ten minste 5 en “Wie bent u?” is een van a, b)"
    assert re.search("[{}]", words) is None
