"""Cases beside a regulation (*voorbeeldgevallen*): granted, refused and on the edge; they run as tests before it can be used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vliegwiel.engines.rulebook import written
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.kernel.errors import NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer

#: What a case shows: a grant, a refusal, or an outcome on an edge.
KINDS = ("granted", "refused", "boundary")
_WORDS = {"granted": "een toekenning", "refused": "een afwijzing", "boundary": "een grens"}


@dataclass(frozen=True)
class Case:
    """A made-up application with the outcome that the regulation must give. `phase` is the phase of a crisis, when that matters."""

    name: str
    day: date
    facts: Mapping[str, Any]
    verdict: Answer
    kind: str
    reasons: frozenset[str] = frozenset()
    most: Money | None = None
    arrangement: str = ""
    phase: str = ""


@dataclass(frozen=True)
class CaseResult:
    """Whether a case came out as it should, and if not what differed."""

    case: Case
    differences: tuple[str, ...]


def load_cases(path: Path) -> list[Case]:
    """Read the cases beside a regulation: `<date>.cases.yml`. Raises NotValid."""
    return read_cases(written.read(path.read_text(encoding="utf-8"), path.name), path.name)


def read_cases(records: Any, where: str = "De voorbeeldgevallen") -> list[Case]:
    """Cases from their records; amounts are whole euros. Raises NotValid, naming the case that is not complete."""
    if not isinstance(records, list):
        raise NotValid(f"{where}: hier hoort een lijst van voorbeeldgevallen.", code="bad-cases")
    return [_case(record, f"{where}, nummer {place}") for place, record in enumerate(records, start=1)]


def _case(record: Any, where: str) -> Case:
    try:
        if record["kind"] not in KINDS:
            raise NotValid(f"{where}: {record['kind']!r} kan niet. Kies uit: {', '.join(KINDS)}.", code="bad-cases")
        return Case(
            name=str(record["name"]),
            day=date.fromisoformat(str(record["day"])),
            facts=dict(record["facts"]),
            verdict=Answer(record["verdict"]),
            kind=record["kind"],
            reasons=frozenset(record.get("reasons", ())),
            most=Money.euros(record["most"]) if "most" in record else None,
            arrangement=record.get("arrangement", ""),
            phase=record.get("phase", ""),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise NotValid(f"{where} is niet volledig ({error}).", code="bad-cases") from error


def run_cases(regulation: Regulation, cases: Sequence[Case]) -> list[CaseResult]:
    """Evaluate every case. A regulation needs at least one granted, one refused and one on the edge; raises NotValid without."""
    lacking = [kind for kind in KINDS if kind not in {case.kind for case in cases}]
    if lacking:
        words = ", ".join(_WORDS[kind] for kind in lacking)
        raise NotValid(f"{regulation.name} mist een voorbeeld van {words}.", code="lacking-cases")
    return [CaseResult(case, _differences(regulation, case)) for case in cases]


def _differences(regulation: Regulation, case: Case) -> tuple[str, ...]:
    try:
        reads = regulation.in_phase(case.phase) if case.phase else regulation
        outcome = reads.evaluate(in_cents(regulation, case.facts), on=case.day)
    except Refusal as refusal:
        return (refusal.message,)
    found = []
    if outcome.verdict.answer is not case.verdict:
        found.append(f"De uitkomst is: {_ANSWERS[outcome.verdict.answer]}. U verwachtte: {_ANSWERS[case.verdict]}.")
    if lacking := case.reasons - {reason.code for reason in outcome.reasons}:
        given = _quoted(regulation, {reason.code for reason in outcome.reasons}) or "geen"
        found.append(f"U verwachtte de reden {_quoted(regulation, lacking)}. De redenen zijn: {given}.")
    if case.most is not None and outcome.most != case.most:
        most = outcome.most.dutch() if outcome.most else "onbekend"
        found.append(f"Het bedrag is {most}. U verwachtte {case.most.dutch()}.")
    if case.arrangement and outcome.arrangement != case.arrangement:
        names = {row["key"]: row["name"] for row in regulation.document.get("arrangements", ())}
        now, then = names.get(outcome.arrangement, "onbekend"), names.get(case.arrangement, case.arrangement)
        found.append(f"De verantwoording is: {now}. U verwachtte: {then}.")
    return tuple(found)


_ANSWERS = {Answer.YES: "ja", Answer.NO: "nee", Answer.UNKNOWN: "onbekend", Answer.FOR_A_PERSON: "een mens beslist"}
_OF_AMOUNTS = {
    "below-least": "onder het laagste bedrag",
    "less-than-asked": "minder dan gevraagd",
    "no-amount": "geen bedrag voor dit soort plan",
    "amount": "bedrag nog niet bekend",
}


def _quoted(regulation: Regulation, codes: Iterable[str]) -> str:
    """Reasons as an officer wrote them: what someone reads when it is not so."""
    names = _OF_AMOUNTS | {rule["code"]: rule.get("otherwise", rule["code"]) for rule in regulation.document["rules"]}
    return ", ".join(f"“{names.get(code, code).rstrip('.')}”" for code in sorted(codes))


def in_cents(regulation: Regulation, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as a person writes them, whole euros and days as text, in the kinds that the regulation asks for."""
    kinds = {fact["key"]: fact["type"] for fact in regulation.document["facts"]}
    return {key: _as_kind(kinds.get(key, ""), value) for key, value in facts.items()}


def _as_kind(kind: str, value: Any) -> Any:
    if kind == "money" and isinstance(value, int) and not isinstance(value, bool):
        return Money.euros(value)
    if kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise NotValid(f"{value!r} is geen datum zoals 2026-03-02.") from error
    return value
