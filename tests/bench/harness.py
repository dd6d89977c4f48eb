"""One measurement: a median of several runs, the bar it must meet, and a peer measured in the same run."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Bar:
    """What was promised: the value is at most (or at least) this."""

    limit: float
    at_most: bool = True

    def met_by(self, value: float) -> bool:
        """Whether a value keeps the promise."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}"


@dataclass(frozen=True)
class Result:
    """What was measured: value in unit over a number of runs. Without a value `why_not` says why; `peer` names what `peer_value` is of."""

    name: str
    unit: str
    value: float | None = None
    runs: int = 0
    bar: Bar | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""
    why_not: str = ""

    @property
    def verdict(self) -> str:
        """Kept, missed, not measured, or without a promise."""
        if self.value is None:
            return "kan nog niet"
        if self.bar is None:
            return ""
        return "gehaald" if self.bar.met_by(self.value) else "niet gehaald"

    @property
    def ratio(self) -> float | None:
        """How many times the peer's value ours is."""
        return self.value / self.peer_value if self.value is not None and self.peer_value else None

    def as_json(self) -> dict[str, Any]:
        """Plain values, with verdict and ratio."""
        bar = str(self.bar) if self.bar else None
        return {**asdict(self), "bar": bar, "verdict": self.verdict, "ratio": self.ratio}

    @classmethod
    def from_plain(cls, record: dict[str, Any]) -> "Result":
        """Back from what a child process wrote."""
        return cls(**{**record, "bar": Bar(**record["bar"]) if record["bar"] else None})


def seconds(deed: Callable[[], object]) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def median_ms(deed: Callable[[], object], runs: int) -> float:
    """The median of several runs in milliseconds."""
    return statistics.median(seconds(deed) for _ in range(runs)) * 1000


def medians(rounds: Sequence[Sequence[Result]]) -> list[Result]:
    """One result per name: the middle one by value of several rounds; a round that could not measure is told instead."""
    if len({len(again) for again in rounds}) > 1:  # a process that failed gives one result, which says why
        return list(min(rounds, key=len))
    found = []
    for again in zip(*rounds, strict=True):
        ordered = sorted(again, key=lambda result: (result.value is not None, result.value or 0.0))
        middle = ordered[0] if ordered[0].value is None else ordered[len(ordered) // 2]
        found.append(replace(middle, runs=sum(result.runs for result in again)))
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed.

    >>> percentile([1, 2, 3, 4, 100], 0.8)
    4
    """
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * round(share * 1000) // 1000) - 1, 0)]


def table(results: Sequence[Result]) -> str:
    """The results as a person reads them."""
    lines = [f"{'meting':58} {'waarde':>12} {'afspraak':>9}  {'oordeel':13} {'× naaste':>8}  naaste, opmerking"]
    for result in results:
        value = (
            "–"
            if result.value is None
            else f"{result.value:,.3g} {result.unit}"
            if result.value < 100
            else f"{result.value:,.0f} {result.unit}"
        )
        ratio = f"{result.ratio:.2f}" if result.ratio is not None else ""
        said = "; ".join(filter(None, (result.peer, result.note, result.why_not)))
        lines.append(f"{result.name:58} {value:>12} {result.bar or ''!s:>9}  {result.verdict:13} {ratio:>8}  {said}")
    return "\n".join(lines)


def write(path: Path, results: Sequence[Result], about: dict[str, Any]) -> None:
    """Keep the results as JSON."""
    document = {**about, "results": [result.as_json() for result in results]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
