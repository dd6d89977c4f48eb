"""Frames, goals and words are whole, and say what is not known."""

import ast
from collections.abc import Iterator

import pytest

from vliegwiel.catalogue import frames, reader
from vliegwiel.kernel.errors import NotValid

ROOMS = reader.FOLDER.parent
DOMAIN_WORDS = [
    "Area",
    "Figure",
    "Indicator",
    "Release",
    "Wave",
    "Facility",
    "MeetingPlace",
    "Initiative",
    "Enquiry",
    "SupportCase",
    "Advice",
    "Consent",
    "SharingPermission",
    "Preference",
    "Scheme",
    "Call",
    "Ceiling",
    "Application",
    "Assessment",
    "Decision",
    "Hearing",
    "Obligation",
    "Settlement",
    "Recovery",
    "Objection",
    "Clock",
    "Commitment",
    "Payment",
    "Credit",
    "Deal",
    "Promise",
    "Practice",
    "Method",
    "Publication",
    "Lesson",
    "Gathering",
    "Case",
    "Pilot",
    "Signal",
    "FactSheet",
    "Edition",
    "Programme",
    "Line",
    "Instrument",
]
STATISTICAL_WORDS = [
    "marge",
    "register",
    "model",
    "enquête",
    "voorlopig",
    "levering",
    "indeling",
    "mediaan",
    "stedelijkheid",
    "aandeel",
]
VALUES = ["area_code.py", "figure.py", "money.py", "period.py", "receipt.py", "verdict.py", "actor.py"]


def test_every_frame_goal_and_word_keeps_its_schema_and_names_indicators_that_exist() -> None:
    frames.validate()


def test_a_frame_with_an_indicator_that_does_not_exist_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = frames.Frame("x", "X", "bron", "thema", "", (frames.FramePart("a", "A", indicators=("bestaat-niet",)),))
    monkeypatch.setattr(frames, "frames", lambda: {"x": wrong})
    with pytest.raises(NotValid) as refusal:
        frames.validate()
    assert refusal.value.details == ("x: a: onbekende indicator bestaat-niet",)


def test_the_cbs_has_eight_themes_for_now_and_four_capitals_for_later() -> None:
    groups = [part.group for part in frames.frames()["cbs"].parts]
    assert groups == ["hier en nu"] * 8 + ["later"] * 4


@pytest.mark.parametrize(("key", "size"), [("groningen", 7), ("pbl", 11), ("leefbaarometer", 5), ("kracht-van-oost", 11)])
def test_a_frame_has_as_many_parts_as_its_source_says(key: str, size: int) -> None:
    assert frames.frames()[key].size == size


def test_what_the_source_of_kracht_van_oost_does_not_name_stays_empty() -> None:
    frame = frames.frames()["kracht-van-oost"]
    assert [part.name for part in frame.parts] == ["Welbevinden"]
    assert frame.unnamed == 10
    assert not frame.parts[0].keys


def test_every_official_measure_of_the_regional_monitor_stands_in_the_frame_of_the_cbs() -> None:
    monitor = {key for key, item in reader.indicators().items() if item.source == "CBS, Regionale Monitor Brede Welvaart"}
    assert monitor <= {key for part in frames.frames()["cbs"].parts for key in part.official}


def test_an_indicator_knows_the_frames_it_stands_in() -> None:
    found = {frame.key: part.name for frame, part in frames.frames_of("eenzaam")}
    assert found["groningen"] == "Sociale samenhang en voorzieningenniveau"
    assert found["cbs"] == "Welzijn"
    assert frames.frames_of("mannen") == ()


def test_the_goals_are_numbered_one_to_seventeen_and_each_cluster_has_some() -> None:
    assert list(frames.goals()) == list(range(1, 18))
    assert {goal.cluster for goal in frames.goals().values()} == {"physical", "social", "economic"}


def test_the_glossary_explains_every_word_of_the_domain_and_of_statistics() -> None:
    codes = {term.code for term in frames.glossary().values()}
    assert set(DOMAIN_WORDS) - codes == set()
    assert set(STATISTICAL_WORDS) - set(frames.glossary()) == set()


def test_no_two_words_share_a_name_in_the_code() -> None:
    codes = [term.code for term in frames.glossary().values() if term.code]
    assert len(codes) == len(set(codes))


def test_every_kind_of_record_in_the_code_is_explained_in_the_glossary() -> None:
    missing = set(_kinds_of_record()) - {term.code for term in frames.glossary().values()}
    assert missing == set(), f"leg uit in catalogue/glossary.yml: {sorted(missing)}"


def _kinds_of_record() -> Iterator[str]:
    """What a room keeps (its models), what the catalogue ships, and the values of the kernel."""
    for path in ROOMS.rglob("models.py"):
        yield from _classes(path.read_text(encoding="utf-8"), base="Model")
    for path in [reader.FOLDER / "reader.py", reader.FOLDER / "frames.py", *(ROOMS / "kernel" / name for name in VALUES)]:
        yield from _classes(path.read_text(encoding="utf-8"))


def _classes(text: str, base: str = "") -> Iterator[str]:
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            parents = {ast.unparse(parent).rpartition(".")[2] for parent in node.bases}
            if not base or base in parents:
                yield node.name
