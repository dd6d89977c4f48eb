"""The same estimators on sums that are made where the data lie: DuckDB, PostgreSQL, or any engine that Ibis speaks.

One statement gives the sums per (domain, stratum, cluster); from there everything is as for data in memory.
"""
# ruff: noqa: S608  # statements are put together from quoted names and the user's own conditions

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from vliegwiel.engines.estimation.answers import Domains, answered
from vliegwiel.engines.estimation.design import Design
from vliegwiel.engines.estimation.forms import MEAN, RATIO, SHARE, TOTAL, Form, Item
from vliegwiel.engines.estimation.intervals import checked
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.sample import listed
from vliegwiel.engines.estimation.structure import Structure
from vliegwiel.engines.estimation.sums import Sums, by_domain
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt

Names = str | Sequence[str]
_EMPTY: Floats = np.zeros(0)


class Connection(Protocol):
    """A database connection of Python (DB-API), such as those of DuckDB and psycopg."""

    def cursor(self) -> Any:
        """Where statements run."""


@dataclass(frozen=True)
class Asked:
    """One estimate as SQL: `top` over `bottom` ("1" counts every row once)."""

    form: Form
    variable: str
    category: str | None
    top: str
    bottom: str = "1"

    @property
    def known(self) -> str:
        """Where there is an answer."""
        return f"{self.top} IS NOT NULL" if self.bottom == "1" else f"{self.top} IS NOT NULL AND {self.bottom} IS NOT NULL"


@dataclass(frozen=True)
class DatabaseDesign:
    """A design on a table or view in a database. One stage; means, totals, ratios and shares. `where`: conditions of `subset`.

    source: an Ibis table, or a connection with `table` as the name of a table or view. The other words are those of `Design`. For
    everything else: `local` brings the columns over.
    """

    source: Any
    table: str = ""
    weights: str = ""
    strata: str | None = None
    clusters: str = ""
    fpc: str | None = None
    nested: bool = False
    lonely_psu: str = "fail"
    sample: str = "probability"
    assume: str | None = None
    where: tuple[str, ...] = ()
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    calibrations = ()
    replication = None
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.weights or not self.clusters:
            raise NotPossible(
                "In een database zijn gewichten en clusters nodig.", todo="Noem de kolommen, of haal de gegevens op met Design."
            )

    @cached_property
    def _psus(self) -> Design:
        """The clusters as a small design of their own: it checks itself."""
        if "psus" not in self._kept:
            sizes = [f"MIN({_name(self.fpc)}) AS fpc", f"MAX({_name(self.fpc)}) AS most"] if self.fpc else []
            keys, weight = ", ".join(map(_name, self._keys)), _name(self.weights)
            counts = ["COUNT(*) AS n", f"MIN({_number(self.weights)}) AS lightest", f"COUNT(*) - COUNT({weight}) AS missing"]
            found = self._run(f"SELECT {keys}, {', '.join(sizes + counts)} FROM {self._from} GROUP BY {keys} ORDER BY {keys}")
            if (np.array(found["missing"]) > 0).any() or (np.array(found["lightest"], dtype=float) <= 0).any():
                raise NotPossible(
                    f"Het gewicht {self.weights} ontbreekt of is niet groter dan nul in een of meer rijen.",
                    todo="Geef elke respondent een gewicht boven nul.", code="weights",
                )  # fmt: skip
            if self.fpc and found["fpc"] != found["most"]:
                raise NotPossible(
                    f"De populatiegrootte {self.fpc} verschilt binnen een cluster.",
                    todo="Geef alle rijen van een stratum dezelfde.",
                )
            columns = {name: found[name] for name in [*self._keys, *(["fpc"] if self.fpc else [])]}
            self._kept["psus"] = Design(
                columns, strata=self.strata, clusters=self.clusters, fpc="fpc" if self.fpc else None, nested=self.nested,
                lonely_psu=self.lonely_psu, sample=self.sample, assume=self.assume,
            )  # fmt: skip
            self._kept["keys"] = {key: row for row, key in enumerate(self._keys_of(found))}
            self._kept["rows"] = int(np.sum(found["n"]))
        made: Design = self._kept["psus"]
        return made

    @property
    def _keys(self) -> list[str]:
        return [self.strata, self.clusters] if self.strata else [self.clusters]

    def _keys_of(self, found: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
        return list(zip(*(found[name] for name in self._keys), strict=True))

    @property
    def structure(self) -> Structure:
        """How the sample was drawn; units are the clusters."""
        return self._psus.structure

    @property
    def rows(self) -> int:
        """Rows of the table."""
        self._psus.rows  # noqa: B018  # reads the table
        found: int = self._kept["rows"]
        return found

    @property
    def df(self) -> int:
        """Primary clusters less strata."""
        return self._psus.df

    @property
    def margins(self) -> bool:
        """Whether margins may be given."""
        return self._psus.margins

    @property
    def note(self) -> str | None:
        """What every result must say of this kind of sample."""
        return self._psus.note

    @property
    def about(self) -> dict[str, Any]:
        """The design in numbers."""
        return {**self._psus.about, "rows": self.rows, "weights": self.weights, "conditions": self.where}

    def subset(self, condition: str) -> "DatabaseDesign":
        """Only who meets a condition, in the SQL of the database. It runs there as it is: never pass on what a stranger wrote."""
        return replace(self, where=(*self.where, condition))

    def mean(self, variables: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Weighted means."""
        return self._ask(
            "mean", [Asked(MEAN, name, None, _number(name)) for name in listed(variables)], listed(by), "t", confidence
        )

    def total(self, variables: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Population totals of number columns."""
        if not self.margins:
            raise NotPossible(
                "Een populatietotaal is er niet: dit is geen kanssteekproef.", todo='Noem de aanname met assume="quasi-random".'
            )
        return self._ask(
            "total", [Asked(TOTAL, name, None, _number(name)) for name in listed(variables)], listed(by), "t", confidence
        )

    def ratio(self, numerator: Names, denominator: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Totals over totals."""
        asked = [
            Asked(RATIO, f"{top}/{low}", None, _number(top), _number(low))
            for low in listed(denominator)
            for top in listed(numerator)
        ]
        return self._ask("ratio", asked, listed(by), "t", confidence)

    def proportion(
        self, variables: Names, by: Names | None = None, interval: str = "beta", confidence: float = 0.95
    ) -> Estimates:
        """Shares of each category, with a "beta", "wilson", "asin" or "wald" interval."""
        if interval not in ("beta", "wilson", "asin", "wald"):
            raise NotPossible(
                f"Een interval {interval!r} kan niet in een database.", todo="Kies beta, of haal de gegevens op met local."
            )
        asked = []
        for name in listed(variables):
            column = _name(name)
            levels = self._run(f"SELECT DISTINCT {column} AS level FROM {self._from} WHERE {column} IS NOT NULL ORDER BY 1")[
                "level"
            ]
            for level in levels:
                top = f"(CASE WHEN {column} IS NULL THEN NULL WHEN {column} = {_value(level)} THEN 1 ELSE 0 END)"
                asked.append(Asked(SHARE, name, str(level), top))
        return self._ask("proportion", asked, listed(by), interval, confidence)

    def local(self, columns: Sequence[str]) -> Design:
        """The design with these columns brought over, for every other question. Conditions of `subset` come along."""
        wanted = list(dict.fromkeys([*columns, self.weights, *self._keys, *([self.fpc] if self.fpc else [])]))
        data = self._run(f"SELECT {', '.join(map(_name, wanted))} FROM {self._from}")
        design = Design(
            data, weights=self.weights, strata=self.strata, clusters=self.clusters, fpc=self.fpc, nested=self.nested,
            lonely_psu=self.lonely_psu, sample=self.sample, assume=self.assume,
        )  # fmt: skip
        for condition in self.where:
            design = design.subset(condition)
        return design

    def statement(self, asked: Sequence[Asked], by: Sequence[str], centres: Sequence[float] = ()) -> str:
        """The sums as one statement: per item A, B, answers, Σw, Σw², and the squares for a design effect. Without centres: of all."""
        heavy = _number(self.weights)
        keys = [_name(name) for name in [*by, *self._keys]] if centres else []
        conditions = [*(f"{_name(name)} IS NOT NULL" for name in by), *(f"({condition})" for condition in self.where)]
        sums = []
        for place, one in enumerate(asked):
            centre = f"CAST({centres[place]!r} AS DOUBLE PRECISION)" if centres else "0"
            top = f"({one.top} - {centre} * {one.bottom})" if one.form.ratio and centres else one.top
            parts = {"a": f"{heavy} * {top}", "b": f"{heavy} * {one.bottom}"}
            if centres:
                parts |= {
                    "n": "1", "w": heavy, "v": f"{heavy} * {heavy}", "p": f"{heavy} * {top} * {top}",
                    "q": f"{heavy} * {top} * {one.bottom}", "r": f"{heavy} * {one.bottom} * {one.bottom}",
                }  # fmt: skip
            sums += [f"SUM(CASE WHEN {one.known} THEN {part} END) AS {name}{place}" for name, part in parts.items()]
        text = f"SELECT {', '.join([*keys, *sums])} FROM {self._from}"
        text += f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return text + (f" GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else "")

    def _ask(self, kind: str, asked: list[Asked], by: list[str], interval: str, confidence: float) -> Estimates:
        whole = self._run(self.statement(asked, by))
        centres = [
            float(whole[f"a{place}"][0]) / float(whole[f"b{place}"][0]) if one.form.ratio and whole[f"b{place}"][0] else 0.0
            for place, one in enumerate(asked)
        ]
        text = self.statement(asked, by, centres)
        found = self._run(text)
        linear, domains = self._linear(asked, by, found, centres)
        items = [Item(one.form, one.variable, one.category, _EMPTY) for one in asked]
        started = clock.now()
        parameters = {
            "variables": [one.variable for one in asked],
            "by": by,
            "confidence": confidence,
            "statement": text,
            **self.about,
        }
        return answered(
            self, kind, linear, items, domains, interval, checked(confidence),  # type: ignore[arg-type]  # asked as a design is
            lambda: Receipt(f"estimation.{kind}", "1", {}, parameters, started),
        )  # fmt: skip

    def _linear(
        self, asked: list[Asked], by: list[str], found: dict[str, list[Any]], centres: list[float]
    ) -> tuple[Linear, Domains]:
        structure, keys = self.structure, self._kept["keys"]
        units = structure.unit[np.array([keys[key] for key in self._keys_of(found)], dtype=np.int64)]
        labels = list(zip(*(found[name] for name in by), strict=True)) if by else [()] * len(units)
        every = sorted(set(labels)) if by else [()]
        place_of = {label: place for place, label in enumerate(every)}
        domain = np.array([place_of[label] for label in labels], dtype=np.int64)
        order = np.lexsort((units, domain))
        domain, units = domain[order], units[order]
        parts = []
        for place, one in enumerate(asked):
            columns = {name: np.array(found[f"{name}{place}"], dtype=np.float64)[order] for name in "abnwvpqr"}
            there = np.nan_to_num(columns["n"]) > 0
            own = domain[there]
            summed = {name: by_domain(own, values[there], len(every)) for name, values in columns.items()}
            spread = np.stack([summed["p"], summed["q"], summed["r"]], axis=1)[:, None, :]
            parts.append(
                Sums(
                    (place,),
                    own,
                    units[there],
                    columns["a"][there, None],
                    columns["b"][there, None],
                    np.array([centres[place] if one.form.ratio else 0.0]),
                    summed["n"].astype(np.int64),
                    summed["w"],
                    summed["v"],
                    spread,
                    np.zeros(0, dtype=np.int64),
                )
            )
        items = [Item(one.form, one.variable, one.category, _EMPTY) for one in asked]
        linear = Linear(self, items, np.zeros(0, dtype=np.int64), len(every))  # type: ignore[arg-type]  # asked as a design is
        linear.__dict__["parts"] = parts
        linear.__dict__["swift"] = None
        return linear, Domains(
            tuple(by), np.zeros(0, dtype=np.int64), len(every), tuple([label[k] for label in every] for k in range(len(by)))
        )

    @property
    def _from(self) -> str:
        return _name(self.table) if self.table else "answers"

    def _run(self, statement: str) -> dict[str, list[Any]]:
        """Run a statement and give its columns."""
        if hasattr(self.source, "alias"):
            found: dict[str, list[Any]] = self.source.alias("answers").sql(statement, dialect="duckdb").to_pyarrow().to_pydict()
            return found
        if hasattr(self.source, "execute") or hasattr(self.source, "cursor"):
            cursor = self.source if hasattr(self.source, "execute") else self.source.cursor()
            cursor = cursor.execute(statement) or cursor
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            return {name: [row[place] for row in rows] for place, name in enumerate(names)}
        raise NotPossible(
            f"{type(self.source).__name__} is geen verbinding en geen Ibis-tabel.",
            todo=f"Geef een verbinding van {some(['DuckDB', 'psycopg'])}, of een Ibis-tabel.",
        )


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _number(name: str) -> str:
    return f"CAST({_name(name)} AS DOUBLE PRECISION)"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"
