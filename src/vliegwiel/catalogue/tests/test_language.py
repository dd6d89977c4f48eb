"""The lists that the search reads are reviewed, dated, and do not contradict each other."""

import datetime

import pytest
import yaml

from vliegwiel.catalogue import language
from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.kernel.errors import NotValid


def test_the_lists_are_valid_and_dated() -> None:
    language.validate()
    for name in ("words", "synonyms"):
        assert isinstance(yaml.safe_load((FOLDER / "language" / f"{name}.yml").read_text())["reviewed"], datetime.date)


def test_words_stand_in_one_form_once() -> None:
    words = yaml.safe_load((FOLDER / "language" / "words.yml").read_text())
    for name in ("parts", "whole"):
        listed = words[name].split()
        assert sorted({word for word in listed if listed.count(word) > 1}) == []
        assert all(word == word.lower() and word.isalpha() for word in listed)


def test_an_expression_in_two_groups_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "synonyms", lambda: (("eettafel", "samen eten"), ("samen eten", "lunch"), ("alleen",)))
    with pytest.raises(NotValid) as refused:
        language.validate()
    assert len(refused.value.details) == 2
