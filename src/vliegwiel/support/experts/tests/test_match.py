"""An expert laid beside a request: reasons that can be read, what is not known is no "no", and always the same order."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.catalogue.experts import experts
from vliegwiel.support.experts.rules import Candidate, Ground, Need, free_minutes, match


def _seen(**more: Any) -> Candidate:
    words: dict[str, Any] = {
        "id": "een",
        "skills": frozenset({"recht"}),
        "languages": frozenset({"nl"}),
        "place_name": "Nergensdam",
        "point": (200_000, 450_000),
        "reach": 20,
        "remote": False,
        "minutes": 960,
        "running": 0,
    }
    return Candidate(**{**words, **more})


def _need(**more: Any) -> Need:
    words: dict[str, Any] = {
        "skills": ("recht",),
        "language": "nl",
        "place_name": "Elders",
        "point": (212_000, 450_000),
        "remote": False,
        "hours": 8,
        "by": date(2026, 4, 1),
    }
    return Need(**{**words, **more})


def _match(one: Candidate, need: Need) -> Any:
    return match(
        one, need, skills={key: skill.name for key, skill in experts().skills.items()}, languages=dict(experts().languages)
    )


def test_each_reason_is_told_in_a_sentence_with_the_facts_it_rests_on() -> None:
    found = _match(_seen(running=1), _need())
    assert [why.text for why in found.whys] == [
        "Kan: recht.",
        "Van Nergensdam naar Elders is 12 km. Komt tot 20 km.",
        "Heeft 16 uur vrij tot en met 1 april. Gevraagd: 8 uur.",
        "Spreekt Nederlands.",
        "Heeft nu 1 ander verzoek.",
    ]
    assert found.fits


@pytest.mark.parametrize(
    ("expert", "need", "ground", "good"),
    [
        ({}, {"skills": ("geld",)}, Ground.SKILL, False),
        ({"reach": 10}, {}, Ground.PLACE, False),
        ({"reach": 10, "remote": True}, {"remote": True}, Ground.PLACE, True),
        ({"reach": 10, "remote": True}, {}, Ground.PLACE, False),
        ({"reach": 0}, {"point": None}, Ground.PLACE, True),
        ({"point": None}, {}, Ground.PLACE, None),
        ({"minutes": None}, {}, Ground.TIME, None),
        ({"minutes": 479}, {}, Ground.TIME, False),
        ({"minutes": 480}, {}, Ground.TIME, True),
        ({}, {"language": "pl"}, Ground.LANGUAGE, False),
    ],
)
def test_what_is_not_known_is_no_no_and_what_does_not_fit_is(
    expert: dict[str, Any], need: dict[str, Any], ground: Ground, good: bool | None
) -> None:
    found = _match(_seen(**expert), _need(**need))
    assert next(why.good for why in found.whys if why.ground is ground) is good
    assert found.fits is (good is not False)


_POOL = [
    _seen(id=f"{number}", skills=frozenset(skills), point=point, reach=reach, minutes=minutes, running=number % 3)
    for number, (skills, point, reach, minutes) in enumerate(
        [
            (("recht",), (200_000, 450_000), 20, 960),
            (("recht", "geld"), (200_000, 450_000), 20, 960),
            (("recht", "geld"), (260_000, 450_000), 5, 960),
            (("geld",), None, 40, 960),
            (("geld",), None, 0, None),
            (("recht", "geld"), (211_000, 450_000), 0, 30),
            (("zorg",), (212_000, 450_000), 0, 960),
            (("recht",), (200_000, 450_000), 20, 960),
        ]
    )
]


@given(st.permutations(_POOL))
def test_the_order_is_the_same_however_the_pool_is_shuffled_and_never_puts_worse_above_better(shuffled: list[Candidate]) -> None:
    need = _need(skills=("recht", "geld"))
    laid, again = (sorted((_match(one, need) for one in found), key=lambda one: one.order) for found in (_POOL, shuffled))
    assert [one.id for one in laid] == [one.id for one in again]
    for above, below in pairwise(laid):
        assert above.fits or not below.fits
        if above.fits == below.fits:
            assert above.matched >= below.matched


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 200), st.integers(0, 3000))
def test_free_time_is_never_more_than_was_given_nor_less_than_nothing(start: int, length: int, hours: int, held: int) -> None:
    today = date(2026, 3, 2)
    first = today + timedelta(days=start - 30)
    found = free_minutes([(first, first + timedelta(days=length), hours)], held, today, today + timedelta(days=20))
    assert found is None or 0 <= found <= max(hours * 60 - held, 0)
