"""Whoever reads the trail reads Dutch: every act, kind of record and fact that the program writes has its word."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.requirements import ROOT
from vliegwiel.foundation.people.pages.logbook import words

SOURCE = ROOT / "src" / "vliegwiel"


def _calls() -> Iterator[tuple[Path, str, ast.Call]]:
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield path, getattr(node.func, "attr", getattr(node.func, "id", "")), node


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def test_every_act_has_a_dutch_word() -> None:
    found = {_text(_keyword(call, "action")) for _path, name, call in _calls() if name == "record"}
    found |= {_text(call.args[0]) for _path, name, call in _calls() if name == "recorded" and call.args}
    assert len(found) > 30
    assert sorted(found - {""} - set(words.ACTIONS)) == [], "add them to foundation/people/pages/logbook/words.py"


def test_every_kind_of_record_in_the_trail_has_a_dutch_word() -> None:
    found = {_text(_keyword(call, "kind")) for _path, name, call in _calls() if name == "recorded"}
    found |= {
        _text(subject.args[0])
        for _path, name, call in _calls()
        if name == "record" and isinstance(subject := _keyword(call, "subject"), ast.Call) and subject.args
    }
    assert len(found) > 10
    assert sorted(found - {""} - set(words.OBJECTS)) == [], "add them to foundation/people/pages/logbook/words.py"


def test_every_fact_that_is_written_with_an_entry_has_a_dutch_name() -> None:
    found = set()
    for _path, name, call in _calls():
        facts = _keyword(call, "facts") if name == "record" else None
        for node in ast.walk(facts) if facts else ():
            found |= {_text(key) for key in node.keys if key} if isinstance(node, ast.Dict) else set()
    assert len(found) > 10
    assert sorted(found - {""} - set(words.FACTS)) == [], "add them to foundation/people/pages/logbook/words.py"


def test_a_code_without_a_word_is_shown_as_it_is_and_yes_and_no_are_words() -> None:
    assert words.word_of(words.ACTIONS, "unheard-of") == "unheard-of"
    assert words.fact_in_words("rows", 3) == "regels: 3"
    assert words.fact_in_words("late", True) == "te laat: ja"
    assert words.fact_in_words("until", None) == "tot: leeg"
