"""The bench of travel compares equal answers, and says when there is nothing to compare with."""

from pathlib import Path

import pytest

from tests.bench import travel


def test_what_is_compared_is_equal_and_a_peer_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travel, "PYTHON", tmp_path / "none")
    found = {result.name: result for result in travel.measure("tiny")}
    assert "gelijk: True" in found["provincie: dichtstbijzijnde van 20"].note
    assert found["provincie: elke sluiting van 20"].value > 0
    told = [result.why_not for result in found.values() if result.value is None]
    assert len(told) == 2
    assert all("bench --peers" in why for why in told)
