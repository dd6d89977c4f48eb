"""Publish figures that we estimated ourselves, as a release like any other."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.tables import Table, TableFamily
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.figures import columns, indicators, queries
from vliegwiel.see.figures.delivery import CODE, Column, Delivery, refuse_out_of_range
from vliegwiel.see.figures.keeping import keep_release
from vliegwiel.see.figures.models import OwnIndicator, Release
from vliegwiel.see.figures.publication import refuse_if_withdrawn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EstimatedColumn:
    """One indicator for one period: its record as in the catalogue, and per area code a value, with its margin at `confidence` if it has
    one, or the reason why there is none."""

    record: Mapping[str, Any]
    period: str
    cells: Mapping[str, Estimate]
    confidence: float | None = None


@dataclass(frozen=True)
class Origin:
    """Where own figures come from: `table` is a name of at most 40 letters, `note` stands beside every figure on every page and file."""

    table: str
    title: str
    source: str
    licence: str
    area_year: int
    note: str = ""
    made_up: bool = False


@trail.recorded("publish-estimates", kind="release")
def publish_estimates(*, actor: Actor, origin: Origin, estimated: Sequence[EstimatedColumn], receipt: Receipt) -> Release:
    """Write the release and the indicators it needs, all or nothing; the same figures again change nothing.

    Raises NotValid for an indicator that is not described well or means something else here, or a value outside its range.
    """
    demand(actor, "publish-figures")
    delivery = _delivery(origin, estimated)
    content_hash = columns.store(delivery)
    try:
        with transaction.atomic():
            for one in estimated:
                _keep_indicator(one.record, actor)
            release, new = keep_release(
                delivery, content_hash, receipt, file_name=f"{origin.table}.parquet", file_hash=content_hash,
                published=clock.today(), made_up=origin.made_up, note=origin.note,
            )  # fmt: skip
            refuse_if_withdrawn(release)
            if new:
                facts = {"content": content_hash, "receipt": receipt.hash}
                trail.record(
                    actor=actor, action="publish-estimates", subject=Reference("release", release.public_id, "", ""), facts=facts
                )
    finally:
        queries.stamp.forget()
        indicators.stamp.forget()
    log.info("published release %s for %s", release.public_id, actor.id)
    return release


def _delivery(origin: Origin, estimated: Sequence[EstimatedColumn]) -> Delivery:
    codes = tuple(AreaCode(code) for code in sorted({code for one in estimated for code in one.cells}))
    found = tuple(_column(one, codes) for one in estimated)
    problems = [line for column in found for line in refuse_out_of_range(column, codes)]
    if problems or not codes:
        raise NotValid(
            _("Deze cijfers kunnen niet kloppen. Er is niets openbaar."), code="out-of-range", details=tuple(problems[:20])
        )
    family = TableFamily("eigen-schattingen", origin.title, origin.source, origin.licence)
    return Delivery(
        family, Table(origin.table[:40], origin.area_year, clock.today(), "definitief", Missing.UNKNOWN), codes, found
    )


def _column(one: EstimatedColumn, codes: tuple[AreaCode, ...]) -> Column:
    cells = [one.cells.get(code.text, Estimate(missing=Missing.NOT_COLLECTED)) for code in codes]
    values, lower, upper = (
        np.array([np.nan if (value := getattr(cell, name)) is None else value for cell in cells], dtype=np.float64)
        for name in ("value", "lower", "upper")
    )
    status = np.array([CODE[cell.missing] if cell.missing else 0 for cell in cells], dtype=np.uint8)
    margin = one.confidence is not None and bool(np.isfinite(lower).any())
    record = reader.refuse_unless_indicator(one.record)
    return Column(
        record, one.period, record.key, values, status, lower if margin else None, upper if margin else None,
        one.confidence if margin else None,
    )  # fmt: skip


def _keep_indicator(record: Mapping[str, Any], actor: Actor) -> None:
    known = indicators.indicators().get(str(record["key"]))
    if known is None:
        OwnIndicator.objects.get_or_create(
            key=record["key"], defaults={"record": dict(record), "added_by": actor.id, "added_at": clock.now()}
        )
    elif (known.unit, known.range, known.kind) != (record["unit"], tuple(record["range"]), record["kind"]):
        raise NotValid(
            _("Er is al een indicator {key} met een andere eenheid of schaal. Geef de vraag een andere naam.").format(
                key=record["key"]
            ),
            code="other-indicator",
        )
