"""Replicates: the estimate again with some clusters left out or counted more often. Everything works on sums per primary cluster.

JK1 and JKn leave out one cluster at a time; BRR halves strata of two; the bootstrap draws n − 1 of the n clusters of a stratum (Rao and
Wu 1988, with their correction for a known population). Weights are calibrated again in every replicate.
"""

from itertools import pairwise

import numpy as np

from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.structure import Stage
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.engines.estimation.weighting import Replication

KINDS = ("JK1", "JKn", "BRR", "bootstrap")
_MOST = 6000


def replicated(design: Sample, kind: str, n: int, seed: int, fay: float) -> Replication:
    """Replicates of a kind for a design; a calibrated design is calibrated again in each."""
    if kind not in KINDS:
        raise NotPossible(f"Replicaten van soort {kind!r} bestaan niet.", todo=f"Kies uit {some(KINDS)}.")
    stage, lonely = design.structure.stages[0], design.structure.lonely_psu
    if kind == "bootstrap":
        factors, scales = _bootstrap(stage, n, seed)
    elif kind == "BRR":
        factors, scales = _brr(stage, fay)
    else:
        factors, scales = _jackknife(stage, lonely, kind)
    # A replicate without a lonely cluster is one more degree of freedom, as in R.
    extra = len(scales) - int(stage.drawn[stage.drawn > 1].sum()) if kind == "JKn" else 0
    found = Replication(kind, factors, scales, extra, {"kind": kind, "n": len(scales), "seed": seed, "fay": fay})
    if design.calibrations:
        first = design.calibrations[0].before
        cluster = stage.cluster[design.structure.unit]
        weights = []
        for place in range(found.count):
            again = first * factors[cluster, place]
            for calibration in design.calibrations:
                again = calibration.again(again)
            weights.append(again)
        found = found.with_weights(weights)
    return found


def _jackknife(stage: Stage, lonely: str, kind: str) -> tuple[Floats, Floats]:
    clusters, strata = len(stage.stratum), len(stage.drawn)
    if clusters > _MOST:
        raise NotPossible(
            f"Er zijn {clusters} clusters; een jackknife maakt evenveel replicaten.", todo='Kies "bootstrap" met 200 replicaten.'
        )
    if kind == "JK1" and strata > 1:
        raise NotPossible(f"JK1 kent geen strata, en deze steekproef heeft er {strata}.", todo='Kies "JKn".')
    columns, scales = [], []
    for cluster in range(clusters):
        stratum = stage.stratum[cluster]
        drawn, here = stage.drawn[stratum], stage.stratum == stratum
        if drawn == 1:
            if lonely != "adjust" or strata == 1 or not stage.lonely[stratum]:
                continue
            factor = np.where(here, 0.0, strata / (strata - 1))
            scales.append((strata - 1) / strata)
        else:
            factor = np.where(here, drawn / (drawn - 1), 1.0)
            factor[cluster] = 0.0
            scales.append(float(stage.left[stratum] * (drawn - 1) / drawn))
        columns.append(factor)
    if not columns:
        raise NotPossible("Elk stratum heeft maar één cluster: er is niets om weg te laten.", todo="Voeg strata samen.")
    stretch = clusters / len(columns) if lonely == "average" else 1.0
    return np.array(columns).T, np.array(scales) * stretch


def _brr(stage: Stage, fay: float) -> tuple[Floats, Floats]:
    wrong = np.flatnonzero(stage.drawn != 2)
    if len(wrong):
        raise NotPossible(
            f"BRR heeft twee clusters per stratum nodig; {len(wrong)} van de {len(stage.drawn)} strata hebben er een ander aantal.",
            todo='Kies "JKn" of "bootstrap".',
        )
    if not 0 <= fay < 1:
        raise NotPossible(f"Fay's factor {fay} kan niet.", todo="Geef een getal van 0 tot 1.")
    from scipy import linalg

    size = 2 ** int(np.ceil(np.log2(len(stage.drawn) + 1)))
    signs = np.asarray(linalg.hadamard(size), dtype=np.float64)[:, 1 : len(stage.drawn) + 1]
    second = np.append(False, stage.stratum[1:] == stage.stratum[:-1])
    chosen = np.where(second, -1.0, 1.0)[:, None] * signs.T[stage.stratum]
    return np.where(chosen > 0, 2 - fay, fay), np.full(size, 1 / (size * (1 - fay) ** 2))


def _bootstrap(stage: Stage, n: int, seed: int) -> tuple[Floats, Floats]:
    if n < 2:
        raise NotPossible(
            f"Een bootstrap met {n} replicaten geeft geen marge.", todo="Neem er ten minste 2; 200 is gebruikelijk."
        )
    stream = np.random.default_rng(seed)
    factors = np.ones((len(stage.stratum), n))
    starts = np.append(np.flatnonzero(np.append(True, stage.stratum[1:] != stage.stratum[:-1])), len(stage.stratum))
    for stratum, (first, last) in enumerate(pairwise(starts)):
        drawn = last - first
        if drawn == 1:
            continue
        chosen = stream.integers(0, drawn, size=(n, drawn - 1)) + np.arange(n)[:, None] * drawn
        counts = np.bincount(chosen.ravel(), minlength=n * drawn).reshape(n, drawn).T
        share = np.sqrt(stage.left[stratum])
        factors[first:last] = 1 - share + share * counts * drawn / (drawn - 1)
    return factors, np.full(n, 1 / (n - 1))
