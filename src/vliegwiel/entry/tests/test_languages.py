"""Which languages an installation offers."""

from pathlib import Path

from vliegwiel.entry.languages import languages_in


def test_a_language_is_offered_as_soon_as_its_compiled_words_are_there(tmp_path: Path) -> None:
    assert languages_in(tmp_path) == [("nl", "Nederlands")]
    compiled = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    compiled.touch()
    assert languages_in(tmp_path) == [("nl", "Nederlands"), ("en", "English")]
