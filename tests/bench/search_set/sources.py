"""The second set: passages of the policy papers, which stay where they lie, and questions that are judged on them by reading.

A passage is as many paragraphs as hold sixty words. Nothing of the papers is kept here: a passage is named by the first word of its file
(with a k for the second paper of a province) and its place.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.bench.search_set.corpus import Made
from tests.requirements import SHARED

FOLDER = SHARED / "sources"
_LEAST = 60
_HERE = Path(__file__).parent


@cache
def passages() -> tuple[Made, ...]:
    """The passages in one order; none where the papers are not there."""
    found: list[Made] = []
    for path in sorted(FOLDER.glob("*.txt")):
        name = f"{path.stem.split('-')[0]}-{'k' if 'kennis' in path.stem else ''}"
        texts, held = [], list[str]()
        for paragraph in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            held += paragraph.split()
            if len(held) >= _LEAST:
                texts.append(" ".join(held))
                held = []
        texts += [" ".join(held)] if held else []
        found += [Made(f"{name}{place}", "bron", "", "", "", "", text) for place, text in enumerate(texts, 1)]
    return tuple(found)


@cache
def judged() -> tuple[tuple[str, Mapping[str, int]], ...]:
    """Each question with its grade per passage. Raises ValueError when a passage is judged that is not there."""
    known, rows = {made.key for made in passages()}, []
    for line in (_HERE / "sources.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, told = line.partition(" | ")
        grades = {name: int(grade) for name, _, grade in (part.strip().partition("=") for part in told.split(","))}
        if not grades.keys() <= known:
            message = f"{text}: {', '.join(sorted(grades.keys() - known))} is not there"
            raise ValueError(message)
        rows.append((text, grades))
    return tuple(rows)
