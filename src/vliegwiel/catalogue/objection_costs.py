"""What is paid of the costs of objecting, from the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class CostTariff:
    """The tariff of professional help with an objection (*tarief van de proceskosten*, Besluit proceskosten bestuursrecht) from a day on:
    `point` is the amount a point, `acts` the points per act, `weights` the factor per weight of the case; from `related_cases` cases that
    belong together their factor holds. `checked` says whether someone compared it with the decree."""

    since: date
    point: Money
    acts: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    related_cases: int
    related_factor: Fraction
    source: str
    checked: bool

    def help_costs(self, acts: Iterable[str], weight: str, *, related: bool = False) -> Money:
        """Points × amount × weight, and once more for related cases; half a cent goes up. KeyError for an unknown act or weight.

        >>> cost_tariff(date(2025, 3, 1)).help_costs(["objection", "hearing"], "light").dutch()
        '€\\xa0647,00'
        """
        points = sum((self.acts[act] for act in acts), Fraction(0))
        factor = self.weights[weight] * (self.related_factor if related else 1)
        return Money(int(points * self.point.cents * factor + Fraction(1, 2)))


@cache
def _all() -> tuple[CostTariff, ...]:
    rows: list[Mapping[str, Any]] = values_in((FOLDER / "objection_costs.yml").read_text(encoding="utf-8"))
    return tuple(sorted((_tariff(row) for row in rows), key=lambda item: item.since))


def _tariff(row: Mapping[str, Any]) -> CostTariff:
    return CostTariff(
        since=row["from"],
        point=Money.euros(row["point"]),
        acts={key: Fraction(points) for key, points in row["acts"].items()},
        weights={key: Fraction(factor) for key, factor in row["weights"].items()},
        related_cases=row["related"]["cases"],
        related_factor=Fraction(row["related"]["factor"]),
        source=row["source"],
        checked=row.get("checked", True),
    )


def cost_tariff(day: date) -> CostTariff:
    """The tariff that holds on a day; raises NotFound for a day before the oldest one."""
    found = [tariff for tariff in _all() if tariff.since <= day]
    if not found:
        raise NotFound("Voor deze dag kennen we geen bedragen voor de kosten van bezwaar.")
    return found[-1]
