"""The date and its reason: made again from the events, drawn by the server, the same in words, table and bar."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.foundation.design.dutch import day
from vliegwiel.support.grants.pages.mine.clock import _reach, bar_of, reckoned
from vliegwiel.support.grants.terms import stops_in, term_from, why

START, ASKED, ANSWERED = date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 26)


def event(kind: str, on: date, **parts: Any) -> Any:
    """A change of a term, without a database."""
    return SimpleNamespace(kind=kind, on=on, **{"until": None, "article": "4:15 Awb", "reason": "", "facts": {}, **parts})


def the_start(on: date = START, weeks: int = 8, source: str = "wet", **facts: Any) -> Any:
    return event("start", on, article="12", facts={"weeks": weeks, "source": source, "like_act": False, **facts})


#: The vector of the conventions: received 5 January, asked on the 12th, completed on the 26th: 13 days, Sunday 15 becomes Monday 16 March.
VECTOR = [the_start(), event("asked", ASKED, until=date(2026, 1, 26)), event("completed", ANSWERED)]


def test_the_vector_of_the_law_gives_monday_16_march_in_words_in_the_table_and_in_the_bar() -> None:
    term = term_from(VECTOR)
    assert term is not None
    assert term.ends == date(2026, 3, 16)
    told = " ".join(why(VECTOR, term))
    for words in ("Wij beslissen binnen 8 weken", "13 dagen", "zondag 15 maart", "geen werkdag", "maandag 16 maart"):
        assert words in told
    rows = [(row.on, row.ends) for row in reckoned(VECTOR, term)]
    assert rows == [
        (START, date(2026, 3, 2)),
        (ASKED, None),
        (ANSWERED, date(2026, 3, 15)),
        (date(2026, 3, 15), date(2026, 3, 16)),
    ]
    bar = bar_of(VECTOR, term, date(2026, 1, 27), 720)
    assert [piece.kind for piece in bar.pieces] == ["ran", "stopped", "ran", "left"]
    assert {"13 dagen stil", day(date(2026, 3, 16)), "uiterlijke dag"} <= {word.text for word in bar.words}
    assert "13 dagen" in bar.spoken


def test_each_word_of_a_sentence_stands_in_at_most_25_words() -> None:
    late = [*VECTOR, event("extended", date(2026, 3, 10), until=date(2026, 3, 30), reason="Een beoordelaar is ziek.")]
    term = term_from(late)
    assert term is not None
    assert term.ends == date(2026, 3, 30)
    sentences = why(late, term)
    assert max(len(part.split()) for sentence in sentences for part in sentence.split(". ")) <= 25


def test_while_we_wait_the_bar_shows_the_rest_of_the_time_to_complete_as_standing_still() -> None:
    events = VECTOR[:2]
    assert [stop.answered for stop in stops_in(events)] == [False]
    term = term_from(events)
    assert term is not None
    kinds = [piece.kind for piece in bar_of(events, term, date(2026, 1, 14), 720).pieces]
    assert kinds == ["ran", "stopped", "left"]


def test_a_term_that_starts_at_the_closing_has_run_nothing_before_it() -> None:
    events = [the_start(date(2026, 3, 1), from_closing=True)]
    term = term_from(events)
    assert term is not None
    bar = bar_of(events, term, date(2026, 1, 5), 720)
    assert [piece.kind for piece in bar.pieces] == ["left"]
    assert bar.today is None
    assert "dichtging" in why(events, term)[0]


moves = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 25), st.booleans()), max_size=3)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 26), moves, st.integers(-5, 400), st.sampled_from([340, 720]))
def test_every_bar_fits_its_frame_covers_the_term_once_and_its_words_never_touch(
    start: date, weeks: int, asked: list[tuple[int, int, bool]], today: int, width: int
) -> None:
    events, on = [the_start(start, weeks, "verordening")], start
    for wait, days, answered in asked:
        on += timedelta(days=wait)
        term = term_from(events)
        if term is None or on > term.ends:
            break
        events.append(event("asked", on, until=on + timedelta(days=days)))
        on += timedelta(days=days)
        if not answered:
            break
        events.append(event("completed", on))
    term = term_from(events)
    assert term is not None
    bar = bar_of(events, term, start + timedelta(days=today), width)
    places = [(piece.x, piece.x + piece.width) for piece in bar.pieces]
    assert all(0 <= left <= right <= width for left, right in places)
    assert all(abs(one[1] - two[0]) < 0.2 for one, two in pairwise(places))
    assert abs(sum(right - left for left, right in places) - (width - 12)) < 1
    reaches = [(word.y, *_reach(word)) for word in bar.words]
    assert all(left >= 0 and right <= width for _y, left, right in reaches)
    for place, (y, left, right) in enumerate(reaches):
        assert all(y != other or right < first or left > last for other, first, last in reaches[place + 1 :])


@pytest.mark.parametrize("width", [340, 720])
def test_the_last_day_is_always_named(width: int) -> None:
    for offset in range(-3, 75):
        term = term_from(VECTOR)
        assert term is not None
        bar = bar_of(VECTOR, term, START + timedelta(days=offset), width)
        assert bar.words[0].text.startswith("16 maart")


def test_where_the_scheme_counts_from_completeness_the_term_begins_with_the_completion() -> None:
    complete = [the_start(source="verordening", weeks=13, from_completeness=True)]
    assert term_from(complete).ends == date(2026, 4, 6)
    events = [*complete, event("asked", ASKED, until=date(2026, 1, 28)), event("completed", ANSWERED)]
    term = term_from(events)
    assert term is not None
    assert (term.start, term.ends, term.suspended_days) == (ANSWERED, date(2026, 4, 27), 0)
    told = why(events, term)
    assert told[0] == "Wij beslissen binnen 13 weken nadat uw aanvraag compleet is."
    assert any("Toen begon de termijn" in sentence for sentence in told)
    assert [(row.on, row.ends) for row in reckoned(events, term)] == [(START, None), (ANSWERED, date(2026, 4, 27))]
    assert [piece.kind for piece in bar_of(events, term, date(2026, 1, 28), 720).pieces] == ["ran", "left"]


def test_a_day_on_which_no_term_ends_is_explained_also_without_any_change() -> None:
    events = [the_start(date(2026, 3, 2))]
    term = term_from(events)
    assert term is not None
    assert term.ends == date(2026, 4, 28)
    told = " ".join(why(events, term))
    for words in ("maandag 27 april", "geen werkdag", "dinsdag 28 april"):
        assert words in told
