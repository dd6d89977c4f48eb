"""A form as data: what is asked, what was typed, and that nothing a person wrote gets lost."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.foundation.questions.public import (
    KeptFile,
    Kind,
    Option,
    Question,
    amount_of,
    as_facts,
    as_typed,
    date_of,
    differences,
    drawn,
    in_words,
    inclusion_block,
    inclusion_part,
    kept,
    missing,
    number_of,
    problems_of,
    read,
    read_inclusion,
    shown,
    told,
)
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

COSTS = Question("kosten", Kind.AMOUNT, "Wat kost het?", required=True)
BUILDING = Question("bouwen", Kind.YES_NO, "Gaat u bouwen?", required=True)
PERMIT = Question("vergunning", Kind.SINGLE, "Hebt u een vergunning?", required=True, may_refuse=True,
                  options=(Option("ja", "Ja"), Option("bezig", "Wij zijn ermee bezig")),
                  show_if={"fact": "bouwen", "is": True})  # fmt: skip
SINCE = Question("sinds", Kind.DATE, "Sinds wanneer?", show_if={"fact": "vergunning", "is": "ja"})
FORM = (COSTS, BUILDING, PERMIT, SINCE)


def typed(**fields: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, value in fields.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_amount_we_write_can_be_typed_back(cents: int) -> None:
    assert amount_of(as_typed(Money(cents))) == Money(cents)
    assert amount_of(Money(cents).dutch()) == Money(cents)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_every_date_we_write_can_be_typed_back(day: date) -> None:
    assert date_of(as_typed(day)) == day == date_of(day.isoformat())
    assert date_of(in_words(SINCE, day.isoformat())) == day


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_a_reader(text: str) -> None:
    for reader in (amount_of, date_of, number_of):
        reader(text)


@pytest.mark.parametrize("text", ["zesduizend", "-5", "1.2.3", "6,000,00", "€", "12.5", "1e9", "٣", "9" * 20])
def test_what_is_no_amount_is_asked_again_and_stays_on_screen(text: str) -> None:
    reading = read(FORM, typed(kosten=text))
    assert "kosten" in reading.problems
    assert "kosten" not in reading.values
    field = drawn(FORM, {"kosten": 100}, reading=reading)[0]
    assert (field.value, field.id in field.described_by) == (text, True)
    assert problems_of([field])[0].field == field.id


def test_a_field_that_was_not_sent_is_left_alone_and_an_empty_one_is_emptied() -> None:
    assert "kosten" not in read(FORM, typed(bouwen="ja")).values
    assert read(FORM, typed(kosten="")).values["kosten"] is None


def test_a_question_is_there_only_when_its_condition_holds_and_unknown_is_not_yet() -> None:
    def keys(**answers: object) -> list[str]:
        return [question.key for question in shown(FORM, answers)]

    assert keys() == ["kosten", "bouwen"]
    assert keys(bouwen=False) == ["kosten", "bouwen"]
    assert keys(bouwen=True) == ["kosten", "bouwen", "vergunning"]
    assert keys(bouwen=True, vergunning="ja") == ["kosten", "bouwen", "vergunning", "sinds"]


def test_what_hangs_on_a_hidden_question_is_hidden_and_not_kept() -> None:
    answers = {"kosten": 5, "bouwen": False, "vergunning": "ja", "sinds": "2026-03-16"}
    assert [question.key for question in shown(FORM, answers)] == ["kosten", "bouwen"]
    assert kept(FORM, answers) == {"kosten": 5, "bouwen": False}


def test_a_condition_may_look_at_another_block() -> None:
    assert shown([PERMIT], {"bouwen": True}) == []
    assert shown([PERMIT], {"bouwen": True}, FORM) == [PERMIT]


def test_only_what_is_asked_can_be_missing_and_a_reason_takes_its_place() -> None:
    assert [question.key for question in missing(FORM, {"bouwen": False})] == ["kosten"]
    assert [question.key for question in missing(FORM, {"bouwen": True, "kosten": 1})] == ["vergunning"]
    assert missing(FORM, {"bouwen": True, "kosten": 1}, refused={"vergunning"}) == []


def test_a_reason_counts_only_for_what_may_be_kept_to_oneself_and_only_without_an_answer() -> None:
    data = typed(bouwen="ja", vergunning="", kosten="", **{"niet-vergunning": "Privé.", "niet-kosten": "Privé."})
    assert read(FORM, data).refused == {"vergunning": "Privé."}
    assert read(FORM, typed(vergunning="bezig", **{"niet-vergunning": "Privé."})).refused == {"vergunning": ""}


@pytest.mark.parametrize(
    ("question", "text"),
    [(PERMIT, "elders"), (BUILDING, "misschien"), (SINCE, "30-2-2026"), (Question("s", Kind.SCALE, "Hoe?"), "6"),
     (Question("s", Kind.SCALE, "Hoe?"), "²"),
     (Question("m", Kind.MULTIPLE, "Wie?", options=(Option("a", "A"),)), "b"), (Question("t", Kind.TEXT, "Naam?"), "x" * 201)],
)  # fmt: skip
def test_an_answer_outside_the_question_is_refused_in_words(question: Question, text: str) -> None:
    reading = read([question], typed(**{question.key: text}))
    assert reading.values == {}
    assert reading.problems[question.key].endswith(".")


def test_facts_have_the_kinds_of_the_rulebook() -> None:
    facts = as_facts(FORM, {"kosten": 1250, "bouwen": True, "sinds": "2026-03-16", "vergunning": None})
    assert facts == {"kosten": Money(1250), "bouwen": True, "sinds": date(2026, 3, 16)}


def test_two_texts_are_laid_beside_each_other_only_where_they_differ() -> None:
    found = differences(FORM, {"kosten": 100, "bouwen": True}, {"kosten": 200, "bouwen": True})
    assert [(item.question, item.there, item.yours) for item in found] == [("Wat kost het?", "€\u00a01,00", "€\u00a02,00")]


def test_answers_are_told_in_words() -> None:
    answers = {"kosten": 100, "bouwen": True, "vergunning": "bezig"}
    assert [item.words for item in told(FORM, answers)] == ["€\u00a01,00", "Ja", "Wij zijn ermee bezig"]


def test_a_field_says_to_a_screen_reader_what_belongs_to_it() -> None:
    question = Question("naam", Kind.TEXT, "Naam", hint="Voluit", required=True)
    reading = read([question], typed(naam="x" * 300))
    html = render_to_string("foundation/questions/parts/fields.html", {"fields": drawn([question], {}, reading=reading)})
    assert 'aria-describedby="v-naam-uitleg v-naam-fout"' in html
    assert 'id="v-naam-fout"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_drawn_with_its_own_field(kind: Kind) -> None:
    question = Question("vraag", kind, "Wat?", options=(Option("a", "Eén"),), may_refuse=True, low_name="nee", high_name="ja")
    fields = drawn([question], {}, files={"vraag": [KeptFile("a.pdf", "/stukken/a", "gescand")]})
    html = render_to_string("foundation/questions/parts/fields.html", {"fields": fields})
    assert 'name="vraag"' in html
    assert 'name="niet-vraag"' in html


def test_what_was_typed_is_never_markup() -> None:
    question = Question("naam", Kind.LONG_TEXT, "Naam")
    html = render_to_string("foundation/questions/parts/fields.html", {"fields": drawn([question], {"naam": "<b>&"})})
    assert "<b>&" not in html
    assert "&lt;b&gt;&amp;" in html


def test_the_step_on_who_is_missing_asks_nothing_that_must_be_answered_and_gives_tips_for_the_groups_that_were_named() -> None:
    block = inclusion_block()
    assert not any(question.required for question in block.questions)
    assert {question.kind for question in block.questions} <= {Kind.LONG_TEXT, Kind.MULTIPLE}, "nothing that can be added up"
    sent = QueryDict("meedoen=Iedereen&ontbreekt=young&ontbreekt=carers&mist=")
    answers = read_inclusion(sent)
    assert answers == {"meedoen": "Iedereen", "ontbreekt": ["young", "carers"]}
    part = inclusion_part(answers)
    assert [group.key for group in part.tips] == ["young", "carers"]
    assert len(part.told) == 2
    with pytest.raises(NotValid, match="Kies uit de lijst"):
        read_inclusion(QueryDict("ontbreekt=wie-dan-ook"))
