"""Cases beside a regulation (*voorbeeldgevallen*): granted, refused and on the edge; they run as tests before it can be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer


@dataclass(frozen=True)
class Case:
    """A made-up application with the outcome that the regulation must give."""

    name: str
    day: date
    facts: Mapping[str, Any]
    verdict: Answer
    kind: str
    reasons: frozenset[str] = frozenset()
    most: Money | None = None
    arrangement: str = ""


@dataclass(frozen=True)
class CaseResult:
    """Whether a case came out as it should, and if not what differed."""

    case: Case
    differences: tuple[str, ...]


def load_cases(path: Path) -> list[Case]:
    """Read the cases beside a regulation: `<date>.cases.yml`. Amounts are whole euros. Raises NotValid."""
    records = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return [
            Case(
                name=record["name"],
                day=date.fromisoformat(str(record["day"])),
                facts=record["facts"],
                verdict=Answer(record["verdict"]),
                kind=record["kind"],
                reasons=frozenset(record.get("reasons", ())),
                most=Money.euros(record["most"]) if "most" in record else None,
                arrangement=record.get("arrangement", ""),
            )
            for record in records
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise NotValid(f"{path.name}: een voorbeeldgeval is niet volledig ({error}).") from error


def run_cases(regulation: Regulation, cases: Sequence[Case]) -> list[CaseResult]:
    """Evaluate every case. A regulation needs at least one granted, one refused and one on the edge; raises NotValid without."""
    lacking = {"granted", "refused", "boundary"} - {case.kind for case in cases}
    if lacking:
        raise NotValid(f"{regulation.name} mist een voorbeeld van: {', '.join(sorted(lacking))}.")
    return [CaseResult(case, _differences(regulation, case)) for case in cases]


def _differences(regulation: Regulation, case: Case) -> tuple[str, ...]:
    outcome = regulation.evaluate(_in_cents(regulation, case.facts), on=case.day)
    found = []
    if outcome.verdict.answer is not case.verdict:
        found.append(f"uitkomst {outcome.verdict.answer.value} in plaats van {case.verdict.value}")
    if case.reasons - {reason.code for reason in outcome.reasons}:
        found.append(f"redenen {', '.join(sorted(reason.code for reason in outcome.reasons))}")
    if case.most is not None and outcome.most != case.most:
        found.append(f"bedrag {outcome.most.dutch() if outcome.most else 'onbekend'} in plaats van {case.most.dutch()}")
    if case.arrangement and outcome.arrangement != case.arrangement:
        found.append(f"verantwoording {outcome.arrangement} in plaats van {case.arrangement}")
    return tuple(found)


def _in_cents(regulation: Regulation, facts: Mapping[str, Any]) -> dict[str, Any]:
    money = {fact["key"] for fact in regulation.document["facts"] if fact["type"] == "money"}
    return {key: Money.euros(value) if key in money and value is not None else value for key, value in facts.items()}
