"""How the sample was drawn, and the variance that follows: strata, clusters in stages, population sizes, lonely clusters.

The variance of a total is that of Särndal, Swensson and Wretman (1992, §4.3): per stage, between the clusters of a stratum, times the
share that was not drawn, and for a later stage times the share that was drawn above it. Clusters are counted on the whole sample; a
domain without a member in a cluster counts there with zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Floats, Ints, Table

LONELY = ("fail", "remove", "certainty", "adjust", "average")
#: A stratum of which less than this part was left undrawn is known whole.
_KNOWN_WHOLE = 1e-7


@dataclass(frozen=True)
class Stage:
    """One stage of drawing. `cluster` of each unit; per cluster its `stratum`; per stratum how many clusters were `drawn`, the share
    that was `left` undrawn, and the `share` drawn in the stages above."""

    cluster: Ints
    stratum: Ints
    drawn: Ints
    left: Floats
    share: Floats

    @property
    def lonely(self) -> NDArray[np.bool_]:
        """Strata with one cluster, unless they are known whole."""
        found: NDArray[np.bool_] = (self.drawn == 1) & (self.left >= _KNOWN_WHOLE)
        return found

    @property
    def scale(self) -> Floats:
        """What a squared deviation in a stratum weighs."""
        factor = self.left * np.where(self.drawn > 1, self.drawn / np.maximum(self.drawn - 1, 1), 1.0)
        scale: Floats = np.where(self.left < _KNOWN_WHOLE, 0.0, factor) * self.share
        return scale


@dataclass(frozen=True)
class Structure:
    """The drawn sample. Units are the clusters of the last stage that adds variance, numbered so that all stages are contiguous."""

    unit: Ints
    stages: tuple[Stage, ...]
    lonely_psu: str
    strata: int
    has_fpc: bool
    lonely_strata: tuple[str, ...]

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.stages[0].cluster)

    @property
    def psus(self) -> int:
        """How many primary clusters there are."""
        return len(self.stages[0].stratum)

    @property
    def df(self) -> int:
        """Primary clusters less strata."""
        return self.psus - self.strata

    def degrees(self, domain: Ints, unit: Ints, domains: int) -> Ints:
        """Per domain the primary clusters less the strata in which it has members. Pairs come sorted by domain and unit."""
        first = self.stages[0]
        cluster = first.cluster[unit]
        clusters, strata = np.zeros(domains, dtype=np.int64), np.zeros(domains, dtype=np.int64)
        if len(unit):
            new = _changes(domain, cluster)
            np.add.at(clusters, domain[new], 1)
            stratum = first.stratum[cluster[new]]
            np.add.at(strata, domain[new][_changes(domain[new], stratum)], 1)
        return clusters - strata

    def variances(self, domain: Ints, unit: Ints, influence: Floats, domains: int) -> Floats:
        """Variances (domains × items) of totals of `influence` (pairs × items), for pairs (domain, unit) sorted in that order."""
        found = np.zeros((domains, influence.shape[1]))
        if not len(unit):
            return found
        for stage in self.stages:
            cluster = stage.cluster[unit]
            starts = _changes(domain, cluster)
            sums = np.add.reduceat(influence, starts, axis=0)
            here, stratum = domain[starts], stage.stratum[cluster[starts]]
            blocks = _changes(here, stratum)
            block = np.cumsum(_flags(here, stratum)) - 1
            which, count = stratum[blocks], np.diff(np.append(blocks, len(here)))
            drawn = stage.drawn[which]
            middle = np.add.reduceat(sums, blocks, axis=0) / drawn[:, None]
            if self.lonely_psu == "adjust":
                middle[stage.lonely[which]] = 0.0
            squares = np.add.reduceat((sums - middle[block]) ** 2, blocks, axis=0) + (drawn - count)[:, None] * middle**2
            parts = squares * stage.scale[which][:, None]
            owner = here[blocks]
            if self.lonely_psu == "average":
                parts *= self._stretch(stage, owner, which)[:, None]
            edges = _changes(owner)
            found[owner[edges]] += np.add.reduceat(parts, edges, axis=0)
        return found

    def covariance(self, influence: Floats) -> Floats:
        """Covariances (items × items) of totals of `influence`, given for all units (units × items)."""
        found = np.zeros((influence.shape[1],) * 2)
        for stage in self.stages:
            starts = _changes(stage.cluster)
            sums = np.add.reduceat(influence, starts, axis=0)
            blocks = _changes(stage.stratum)
            middle = np.add.reduceat(sums, blocks, axis=0) / stage.drawn[:, None]
            if self.lonely_psu == "adjust":
                middle[stage.lonely] = 0.0
            sums -= middle[stage.stratum]
            scale = stage.scale
            if self.lonely_psu == "average":
                scale = scale * self._stretch(stage, np.zeros(len(stage.drawn), dtype=np.int64), np.arange(len(stage.drawn)))
            sums *= np.sqrt(scale)[stage.stratum][:, None]
            found += sums.T @ sums
        return found

    def _stretch(self, stage: Stage, owner: Ints, stratum: Ints) -> Floats:
        """Strata over strata that are not lonely, per domain: what a lonely one is taken to be like. Lonely ones themselves add nothing."""
        alone = stage.lonely[stratum]
        size = int(owner.max()) + 1
        every, fine = np.bincount(owner, minlength=size), np.bincount(owner, weights=~alone, minlength=size)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor: Floats = np.where(fine > 0, every / fine, np.nan)
        return np.where(alone, np.where(fine > 0, 0.0, np.nan)[owner], factor[owner])


def structure_of(
    table: Table, *, strata: Sequence[str], clusters: Sequence[str], fpc: Sequence[str | None], nested: bool, lonely_psu: str
) -> Structure:
    """Read the design columns of all rows. Raises `NotPossible` when they contradict each other."""
    if lonely_psu not in LONELY:
        raise NotPossible(
            f"De regel {lonely_psu!r} voor een alleenstaande cluster bestaat niet.", todo=f"Kies uit {some(LONELY)}."
        )
    depth = max(len(clusters), 1)
    if fpc and len(fpc) != depth:
        raise NotPossible(
            f"Er zijn {depth} trappen en {len(fpc)} kolommen met populatiegroottes.",
            todo="Geef er één per trap: hoeveel clusters er in het stratum zijn, dan hoeveel eenheden er in de cluster zijn.",
            code="fpc",
        )
    sizes = [_sizes(table, name) if name else np.full(table.rows, np.inf) for name in fpc]
    ids = [_known(table, name) for name in clusters]
    levels = [_known(table, name) for name in strata]
    lies_in = _stratum_of(table, clusters[0], strata[0]) if not nested and clusters and strata else None
    used = _stages_that_matter(sizes, depth)
    stages: list[Stage] = []
    lonely: list[str] = []
    cluster: NDArray[Any] = np.zeros(table.rows, dtype=np.int8)
    reached, upper = 1, np.ones(1)
    of_rows: list[Ints] = []
    for stage in range(used):
        stratum, parent = cluster, np.arange(reached)
        if stage < len(levels):
            whole = reached == 1  # then the codes of the column are those of the strata
            stratum, parent = (
                (levels[stage], np.zeros(int(levels[stage].max()) + 1, dtype=np.int64))
                if whole
                else _within(cluster, levels[stage])
            )
        above = upper[parent]
        if stage == 0 and lies_in is not None:
            cluster, owner = _in_order_of(lies_in, ids[0])
        else:
            cluster, owner = _within(stratum, ids[stage]) if clusters else _each_row(stratum)
        reached = len(owner)
        drawn = np.bincount(owner, minlength=len(parent))
        size = _population(sizes[stage], stratum, drawn, fpc[stage], stage) if sizes else np.full(len(drawn), np.inf)
        with np.errstate(invalid="ignore"):
            left = np.where(np.isinf(size), 1.0, (size - drawn) / size)
        stages.append(Stage(cluster, owner, drawn, left, above))
        of_rows.append(cluster)
        upper = (above * np.where(np.isinf(size), 0.0, drawn / size))[owner]
        alone = np.flatnonzero(stages[stage].lonely)
        if len(alone):
            first = np.zeros(len(parent), dtype=np.int64)
            first[stratum[::-1]] = np.arange(table.rows)[::-1]
            named = strata[:1] if stage == 0 else clusters[stage - 1 : stage]
            lonely += [_name_of(table, named, first[place]) for place in alone]
    # Units are the clusters of the last stage; the stages before are told per unit.
    for stage, own in enumerate(of_rows):
        per_unit = np.arange(reached)
        if own is not cluster:
            per_unit[cluster] = own
        stages[stage] = replace(stages[stage], cluster=per_unit)
    if clusters and len(stages[0].stratum) == 1:
        raise NotPossible(
            f"Er is maar één cluster in {clusters[0]}.",
            todo="Met één cluster is er geen marge. Geef de kolom met clusters op, of laat haar weg.",
        )
    if lonely and lonely_psu == "fail":
        raise NotPossible(
            f"Op {len(lonely)} {'plek' if len(lonely) == 1 else 'plekken'} is maar één cluster getrokken.",
            where=f"Het gaat om {some(lonely)}.",
            todo="Voeg strata samen, of kies lonely_psu: adjust, average, remove of certainty.",
            code="lonely-psu",
        )
    return Structure(cluster, tuple(stages), lonely_psu, len(stages[0].drawn), bool(sizes), tuple(lonely))


def _stages_that_matter(sizes: list[Floats], depth: int) -> int:
    """A stage adds variance only when something above it was drawn with a known share."""
    used = 1
    while used < depth and sizes and np.isfinite(sizes[used - 1]).any():
        used += 1
    return used


def _within(parent: Ints, own: Ints) -> tuple[Ints, Ints]:
    """Codes of what lies within something, numbered in its order; and per code in what it lies.

    A file that lies in the order of its clusters is looked at once per run of equal rows.
    """
    runs = _changes(parent, own)
    if 4 * len(runs) < len(own):
        code, owner = _within(parent[runs], own[runs])
        return np.repeat(code, np.diff(runs, append=len(own))), owner
    size = int(own.max(initial=0)) + 1
    key = parent.astype(np.int64) * size + own
    most = (int(parent.max(initial=0)) + 1) * size
    if most < 4 * len(key) + 1024:
        rank = np.zeros(most, dtype=np.int64)
        rank[key] = 1
        there = np.flatnonzero(rank)
        rank[there] = np.arange(len(there))
        return rank[key], there // size
    there, code = np.unique(key, return_inverse=True)
    return code, there // size


def _in_order_of(lies_in: Ints, own: Ints) -> tuple[Ints, Ints]:
    """The same as `_within` when it is known per code of `own` in what it lies: numbered once per code, not once per row."""
    order = np.argsort(lies_in, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[own], lies_in[order].astype(np.int64)


def _each_row(parent: Ints) -> tuple[Ints, Ints]:
    """Every row on its own, numbered in the order of what it lies in."""
    order = np.argsort(parent, kind="stable")
    code = np.empty(len(parent), dtype=np.int64)
    code[order] = np.arange(len(parent))
    return code, parent[order]


def _known(table: Table, name: str) -> Ints:
    codes = table.coded(name).codes
    if (codes < 0).any():
        row = int(np.flatnonzero(codes < 0)[0]) + 1
        raise NotPossible(
            f"In de kolom {name} ontbreekt {int((codes < 0).sum())} keer een waarde.",
            where=f"De eerste keer in rij {row}.",
            todo="Vul stratum en cluster van elke rij in: zonder is de marge niet te berekenen.",
            code="design-missing",
        )
    return codes


def _sizes(table: Table, name: str) -> Floats:
    sizes = table.numbers(name)
    wrong = ~(sizes > 0)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1
        raise NotPossible(
            f"De populatiegrootte in {name} is niet overal een getal boven nul.",
            where=f"De eerste keer in rij {row}.",
            todo="Vul de populatiegrootte van elke rij in.",
            code="fpc",
        )
    return sizes


def _population(sizes: Floats, stratum: Ints, drawn: Ints, name: str | None, stage: int) -> Floats:
    """The population size per stratum. Sizes of at most 1 are read as sampling fractions, as in R."""
    lowest = np.full(len(drawn), np.inf)
    highest = np.zeros(len(drawn))
    np.minimum.at(lowest, stratum, sizes)
    np.maximum.at(highest, stratum, sizes)
    if (lowest != highest).any():
        row = int(np.flatnonzero((lowest != highest)[stratum])[0]) + 1
        raise NotPossible(
            f"De populatiegrootte {name} verschilt binnen een stratum van trap {stage + 1}.",
            where=f"Zie het stratum van rij {row}.",
            todo="Geef alle rijen van een stratum dezelfde populatiegrootte.",
            code="fpc",
        )
    found = lowest if (lowest > 1).any() else drawn / lowest
    small = found < drawn * (1 - 1e-12)
    if small.any():
        row = int(np.flatnonzero(small[stratum])[0]) + 1
        place = int(np.flatnonzero(small)[0])
        raise NotPossible(
            f"De populatie in {name} is kleiner dan de steekproef: {found[place]:g} tegen {drawn[place]}.",
            where=f"Zie het stratum van rij {row}.",
            todo="Controleer de populatiegrootte: per trap het aantal clusters in het stratum.",
            code="fpc",
        )
    return found


def _stratum_of(table: Table, cluster: str, stratum: str) -> Ints:
    """In which stratum each cluster lies. Raises `NotPossible` for a cluster that lies in two."""
    clusters, strata = table.coded(cluster), table.coded(stratum)
    some_stratum = np.zeros(len(clusters.levels), dtype=strata.codes.dtype)
    some_stratum[clusters.codes] = strata.codes
    if (some_stratum[clusters.codes] != strata.codes).any():
        low = np.full(len(clusters.levels), len(strata.levels), dtype=np.int64)
        high = np.full(len(clusters.levels), -1, dtype=np.int64)
        np.minimum.at(low, clusters.codes, strata.codes)
        np.maximum.at(high, clusters.codes, strata.codes)
        wrong = np.flatnonzero(low < high)
        one = int(wrong[0])
        raise NotPossible(
            f"In {cluster} liggen {len(wrong)} van de {len(low)} clusters in twee of meer strata.",
            where=f"Cluster {clusters.levels[one]} ligt in {strata.levels[low[one]]} en {strata.levels[high[one]]}.",
            todo="Zijn de nummers per stratum opnieuw begonnen? Geef dan nested=True. Verbeter ze anders.",
            code="psu-in-two-strata",
        )
    return some_stratum


def _name_of(table: Table, strata: Sequence[str], row: Any) -> str:
    if not strata:
        return "de hele steekproef"
    coded = table.coded(strata[0])
    return f"{strata[0]} {coded.levels[coded.codes[row]]}"


def _flags(*keys: Ints) -> NDArray[np.bool_]:
    """True where any key differs from the row before."""
    flags = np.ones(len(keys[0]), dtype=np.bool_)
    if len(flags) > 1:
        np.not_equal(keys[0][1:], keys[0][:-1], out=flags[1:])
        for key in keys[1:]:
            flags[1:] |= key[1:] != key[:-1]
    return flags


def _changes(*keys: Ints) -> Ints:
    """The places where a run of equal keys begins."""
    return np.flatnonzero(_flags(*keys))
