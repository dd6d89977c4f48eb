"""The letters of the catalogue are whole, plain, and lawful in what they hold."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from vliegwiel.catalogue import letters
from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.letters import letter_texts, refusal_grounds, remedies
from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.kernel.errors import NotValid

LONGEST, MEAN = 25, 12


def texts() -> list[str]:
    """Everything someone reads in a letter."""
    found = [block.text for text in letter_texts().values() for block in text.blocks]
    found += [item for text in letter_texts().values() for block in text.blocks for item in block.items]
    found += [text.summary for text in letter_texts().values()] + [text.title for text in letter_texts().values()]
    return [part for part in (*found, *remedies().values(), *(ground.text for ground in refusal_grounds().values())) if part]


def test_sentences_of_letters_are_short() -> None:
    sentences = [part for text in texts() for part in re.split(r"(?<=[.?!:])\s+", text) if part]
    counts = {sentence: len(re.findall(r"[\w{][\w},.’'-]*", sentence)) for sentence in sentences}
    assert [sentence for sentence, count in counts.items() if count > LONGEST] == []
    assert sum(counts.values()) / len(counts) <= MEAN


def test_letters_speak_to_the_reader_with_u_and_not_in_old_words() -> None:
    old = re.compile(
        r"\b(derhalve|alsmede|teneinde|middels|dient u|gelieve|inzake|jegens|ondergetekende|hierbij)\b", re.IGNORECASE
    )
    assert [text for text in texts() if old.search(text)] == []


def test_every_decision_names_what_can_be_done_and_says_where_and_until_when() -> None:
    for key, text in letter_texts().items():
        assert text.decision == (text.remedy != "none"), key
        assert text.summary or key == "message", key
    for key, text in remedies().items():
        assert "{until}" in text, key
        assert "{to}" in text, key
        for part in (
            "naam en adres",
            "datum",
            "handtekening",
            "voorlopige voorziening",
        ):  # what a notice of objection holds, Awb 6:5
            assert part in text, key


def test_every_ground_of_refusal_has_its_article() -> None:
    assert all(re.match(r"Awb 4:(25|35|51)", ground.article) for ground in refusal_grounds().values())


def test_only_what_may_be_absent_stands_in_blocks_that_may_be_absent() -> None:
    for key, text in letter_texts().items():
        for block in text.blocks:
            assert not block.when or block.when in text.optional, key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"remedy": "letter"}, "remedy"),
        ({"facts": {}}, "staat niet bij facts"),
        ({"facts": {"scheme": "text", "colour": "text"}}, "colour wordt nergens gebruikt"),
        ({"optional": ["colour"]}, "colour staat niet bij facts"),
        ({"optional": ["scheme"]}, "scheme mag ontbreken"),
        ({"blocks": []}, "blocks"),
        ({"blocks": [{"text": "a", "heading": "b"}]}, "blocks/0"),
    ],
)
def test_a_letter_that_is_wrong_is_refused_with_where_it_is_wrong(
    change: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {"name": "brief", "title": "Een brief", "decision": False, "remedy": "none", "facts": {"scheme": "text"}}
    right["blocks"] = [{"text": "Over {scheme}."}]
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters-schema.yml").write_text((FOLDER / "letters-schema.yml").read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "letters" / "proef.yml"
    monkeypatch.setattr(letters, "FOLDER", tmp_path)
    path.write_text(yaml.safe_dump(right), encoding="utf-8")
    assert letter_texts.__wrapped__()["proef"].name == "brief"
    path.write_text(yaml.safe_dump({**right, **change}), encoding="utf-8")
    with pytest.raises(NotValid) as refused:
        letter_texts.__wrapped__()
    assert any("proef.yml" in line and said in line for line in refused.value.details), refused.value.details


def test_an_equated_day_comes_from_a_decree_that_names_it() -> None:
    months = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ]
    decrees = yaml.safe_load((FOLDER / "equated_days.yml").read_text(encoding="utf-8"))
    for decree in decrees:
        for day in decree["days"]:
            assert f"{day.day} {months[day.month - 1]} {day.year}" in decree["decree"]
    assert all(day.weekday() < 5 for day in equated_days())
