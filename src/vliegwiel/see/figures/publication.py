"""Which delivery is the newer one, and which may not come back."""

import hashlib
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.figures import columns, queries
from vliegwiel.see.figures.delivery import Delivery
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.registry import standing


def published_of(delivery: Delivery, file_hash: str) -> date:
    """The date of publication. It is asked when nobody knows it, or when another delivery of the same day says something else.

    Of two deliveries of the same table only the newest may be shown as current; without a date that would be a guess.
    """
    table = delivery.table
    pairs = {(column.indicator.key, column.period) for column in delivery.columns}
    if table.published is None:
        raise NotValid(
            _(
                "De tabel {id} van {year} staat niet in de catalogus. Geef --published met de datum van publicatie, "
                "zoals --published 2025-03-01."
            ).format(id=table.id, year=table.year),
            code="no-date",
        )
    others = standing().filter(table=table.id, area_year=table.year, published=table.published).exclude(file_hash=file_hash)
    codes = {code.text for code in delivery.codes}
    for other in others:
        same = pairs & set(other.columns.values_list("indicator", "period"))
        if same and codes & set(columns.columns_of(other.content_hash).codes()):
            raise NotValid(
                _(
                    "Van {id} is al een levering van {published} geladen ({file_name}). Welke is nieuwer? Geef "
                    "--published met de datum van publicatie van dit bestand."
                ).format(id=table.id, published=table.published.isoformat(), file_name=other.file_name),
                code="same-date",
            )
    return table.published


def refuse_if_withdrawn(release: Release) -> None:
    """Raises NotNow for a release that was withdrawn: the same bytes do not come back by loading them again."""
    gone = queries.withdrawal_of(release.public_id)
    if gone is not None and gone.confirmed_at is not None:
        when = clock.legal_date(gone.confirmed_at).isoformat()
        raise NotNow(
            _("Deze cijfers zijn ingetrokken op {when}. De reden is: {reason} Laad een verbeterd bestand.").format(
                when=when, reason=gone.reason
            ),
            code="withdrawn",
        )


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty when it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
