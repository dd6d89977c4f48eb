"""A regulation in one version: read, checked, in a phase of a crisis, evaluated, and written again as the same file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from vliegwiel.engines.rulebook import written
from vliegwiel.engines.rulebook.checks import problems_with
from vliegwiel.engines.rulebook.evaluate import Evaluation, evaluate
from vliegwiel.engines.rulebook.parts import PHASES, SchemeRules
from vliegwiel.engines.rulebook.reading import rules_of
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotNow, NotValid


@dataclass(frozen=True)
class Regulation:
    """A regulation in one version (*versie van een regeling*): the document as written, its date and its hash.

    `phase` is the phase of a crisis in which it is read; the hash is always that of the whole document.
    """

    document: Mapping[str, Any]
    phase: str = ""
    whole: Mapping[str, Any] | None = None

    @classmethod
    def load(cls, path: Path) -> "Regulation":
        """Read a YAML file. Raises NotValid with one line per problem."""
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise NotValid(f"{path.name} is geen leesbaar regelingbestand.", details=(str(error),)) from error
        return cls.read(written.read(text, path.name))

    @classmethod
    def parse(cls, text: str) -> "Regulation":
        """Read a document from text, for example one that was sent in. Raises NotValid."""
        return cls.read(written.read(text))

    @classmethod
    def read(cls, document: Any) -> "Regulation":
        """Check a document that is already in memory, for example made in a form. Raises NotValid."""
        problems = problems_of(document)
        if problems:
            raise NotValid(
                f"De regeling klopt nog niet: {len(problems)} {'punt' if len(problems) == 1 else 'punten'}.",
                code="bad-regulation",
                details=tuple(problems),
            )
        return cls(document)

    @property
    def name(self) -> str:
        """Province and name, as in `gelderland/kleine-initiatieven`."""
        return str(self.document["regulation"])

    @property
    def version(self) -> str:
        """The date from which this version is in force."""
        return str(self.document["in_force"])

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical document."""
        return content_hash(self.document if self.whole is None else self.whole)

    @cached_property
    def rules(self) -> SchemeRules:
        """Its parts as typed values."""
        return rules_of(self.document)

    def in_force(self, on: date) -> bool:
        """Whether this version holds on a day."""
        lapsed = self.document.get("lapsed")
        return self.version <= on.isoformat() and (lapsed is None or on.isoformat() < lapsed)

    def in_phase(self, phase: str) -> "Regulation":
        """The regulation as it reads in a phase of its crisis: what belongs to other phases only is left out, its texts are of the phase.

        One without a crisis is the same in every phase. Raises KeyError for a phase that does not exist.
        """
        if phase not in PHASES:
            raise KeyError(phase)
        if "phases" not in self.document:
            return self
        return Regulation(_in_phase(self.document, phase), phase, self.document)

    def evaluate(self, facts: Mapping[str, Any], *, on: date) -> Evaluation:
        """The verdict on these facts on a day. Raises NotNow when this version does not hold then, NotValid for a wrong kind of fact."""
        if not self.in_force(on):
            raise NotNow(f"De versie van {self.version} van {self.document['title']} geldt niet op {on.isoformat()}.")
        return evaluate(self, facts, on)

    def to_text(self) -> str:
        """The same document as a YAML file."""
        return written.write(self.document if self.whole is None else self.whole)


def problems_of(document: Any) -> list[str]:
    """What is wrong with a document, also as it reads in each phase of its crisis; one line per problem."""
    found = problems_with(document)
    if not found and "phases" in document:
        for phase in PHASES:
            found += [f"In de fase {phase}: {line}" for line in problems_with(_in_phase(document, phase))]
    return found


def _in_phase(document: Mapping[str, Any], phase: str) -> dict[str, Any]:
    reads = dict(document)
    for part in ("facts", "rules", "questions", "documents"):
        if part in document:
            reads[part] = [row for row in document[part] if phase in row.get("phases", PHASES)]
    return {**reads, **document["phases"].get("texts", {}).get(phase, {})}
