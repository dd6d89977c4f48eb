"""The design of a wave with its newest weighting, made again from what was kept: the same totals give the same weights."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.engines.estimation import Design, Margin
from vliegwiel.engines.estimation.margins import fitted
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.surveys.frames import EVERYBODY, Frame, design_of
from vliegwiel.see.surveys.models import Weighting

#: How weights may be made, with the words on screen. All but the first keep to bounds when they are given.
METHODS = {
    "rake": gettext_lazy("Om en om naar elke marge (raking)"),
    "linear": gettext_lazy("Lineair, met grenzen"),
    "raking": gettext_lazy("Vermenigvuldigen, met grenzen"),
    "logit": gettext_lazy("Logit, altijd tussen twee grenzen"),
}
#: Where margins of estimates come from.
REPLICATES = {
    "": gettext_lazy("Uit een formule (linearisatie)"),
    "bootstrap": gettext_lazy("Uit trekkingen (bootstrap)"),
    "JK1": gettext_lazy("Jackknife zonder strata (JK1)"),
    "JKn": gettext_lazy("Jackknife met strata (JKn)"),
    "BRR": gettext_lazy("Halve steekproeven (BRR), bij twee clusters per stratum"),
}
_FEWEST, _MOST, _MOST_CLUSTERS = 20, 500, 400


@dataclass(frozen=True)
class Way:
    """How a wave is weighted: the method, the least and most a weight may be changed by (as a factor on what it is when all weights
    together count the population), and the replicates."""

    method: str = "rake"
    low: float | None = None
    high: float | None = None
    replicates: str = ""
    draws: int = 200

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    def refuse_odd(self) -> None:
        """Raises NotValid for what does not go together."""
        if self.method not in METHODS or self.replicates not in REPLICATES:
            raise NotValid(_("Kies hoe we wegen, en waar de marges vandaan komen."), code="no-method")
        given = self.low is not None or self.high is not None
        if self.method == "rake" and given:
            raise NotValid(_("Om en om wegen kent geen grenzen. Kies een andere manier, of laat de grenzen leeg."), code="bounds")
        if self.method == "logit" and (self.low is None or self.high is None):
            raise NotValid(_("De manier logit heeft twee grenzen nodig, zoals 0,5 en 2."), code="bounds")
        if given and not ((self.low is None or 0 <= self.low < 1) and (self.high is None or self.high > 1)):
            raise NotValid(_("De ondergrens ligt tussen 0 en 1. De bovengrens ligt boven 1."), code="bounds")
        if self.replicates == "bootstrap" and not _FEWEST <= self.draws <= _MOST:
            raise NotValid(_("Kies {few} tot {most} trekkingen.").format(few=_FEWEST, most=_MOST), code="draws")


def weighted(frame: Frame, weighting: Weighting | None) -> Design:
    """The design, with the weights that were kept; as drawn without a weighting."""
    design = design_of(frame)
    return design if weighting is None else calibrated(design, weighting.ordered, Way(**weighting.way))


def calibrated(design: Design, margins: Mapping[str, Any], way: Way) -> Design:
    """Weights that meet margins as they were kept, made in one way. All add up to the first; what that changed is in the diagnostics.

    Raises NotValid (what, where, what to do) when a margin and the sample do not fit, or no weights within the bounds meet them all.
    """
    population = str(design.settings["population"])
    found = {
        column: Margin(about["totals"], population, about["published"], 0.0, about["source"]) for column, about in margins.items()
    }
    if way.method == "rake":
        made = design.rake(found, rescale=True)
    else:
        fitting, _scaled = fitted(design, found, rescale=True)
        totals = {one.name: dict(zip(one.labels, one.totals.tolist(), strict=True)) for one in fitting}
        # first to the size of the population, so that bounds say how far a person may move from an equal step for all
        whole = float(fitting[0].totals.sum())
        design = design.poststratify({EVERYBODY: dict.fromkeys(design.table.coded(EVERYBODY).labels, whole)})
        infinity = float("inf")
        bounds = (-infinity if way.low is None else way.low, infinity if way.high is None else way.high)
        made = design.calibrate(totals, way.method, None if way.low is None and way.high is None else bounds)
    return replicated(made, way)


def replicated(design: Design, way: Way) -> Design:
    """The same with replicates, when they were chosen. Raises NotValid when there are too many clusters to leave out one by one."""
    if not way.replicates:
        return design
    if way.replicates.startswith("JK") and design.structure.psus > _MOST_CLUSTERS:
        raise NotValid(
            _("Er zijn {count} clusters. Een jackknife rekent dan te lang. Kies trekkingen (bootstrap).").format(
                count=design.structure.psus
            ),
            code="replicates",
        )
    return design.replicates(way.replicates, n=way.draws, seed=1)
