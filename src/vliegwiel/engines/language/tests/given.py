"""The reviewed lists as they lie in the catalogue: read as files, for an engine does not know the catalogue."""

from pathlib import Path

import yaml

from vliegwiel.engines.language import Analyser

_LISTS = Path(__file__).parents[3] / "catalogue" / "language"
_WORDS = yaml.safe_load((_LISTS / "words.yml").read_text(encoding="utf-8"))
PARTS = frozenset(_WORDS["parts"].split())
WHOLE = frozenset(_WORDS["whole"].split())
SYNONYMS = yaml.safe_load((_LISTS / "synonyms.yml").read_text(encoding="utf-8"))["groups"]
ANALYSER = Analyser(SYNONYMS, PARTS, WHOLE)
