"""The page about the rooms names what exists."""

import re

from tests.requirements import ROOT

PAGE = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "vliegwiel"


def test_every_name_in_a_journey_is_in_the_code() -> None:
    journeys = PAGE[PAGE.index("## The journey") :]
    words = set(re.findall(r"[A-Za-z_]+", " ".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))))
    names = {name for name in re.findall(r"`([A-Za-z_.]+)`", journeys) if not name.startswith("VLIEGWIEL_")}
    files = {path.name for path in SOURCE.rglob("*") if path.suffix in {".py", ".js", ".typ"}}
    assert sorted(name for name in names if name not in files and not set(name.split(".")) <= words) == []
