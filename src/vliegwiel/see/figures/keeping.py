"""Writing a delivery down as a release, once: the same bytes are the same release."""

from datetime import date

from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.figures.delivery import Delivery
from vliegwiel.see.figures.models import Release, ReleaseColumn


def keep_release(
    delivery: Delivery,
    content_hash: str,
    receipt: Receipt,
    *,
    file_name: str,
    file_hash: str,
    published: date,
    made_up: bool,
    note: str = "",
) -> tuple[Release, bool]:
    """The release of these bytes and whether it is new; part of the caller's transaction."""
    table, family = delivery.table, delivery.family
    periods = delivery.periods
    span = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
    release, created = Release.objects.get_or_create(
        content_hash=content_hash,
        defaults={
            "family": family.family,
            "table": table.id,
            "title": f"{family.title} {span}",
            "source": family.source,
            "licence": family.licence,
            "file_name": file_name,
            "file_hash": file_hash,
            "area_year": table.year,
            "published": published,
            "published_estimated": table.estimated,
            "status": table.status,
            "levels": ",".join(sorted({code.text[:2] for code in delivery.codes})),
            "area_count": len(delivery.codes),
            "note": note,
            "made_up": made_up,
            "imported_at": clock.now(),
            "receipt": receipt.to_json(),
        },
    )
    if created:
        ReleaseColumn.objects.bulk_create(
            [
                ReleaseColumn(
                    release=release,
                    indicator=column.indicator.key,
                    period=column.period,
                    source_key=column.source_key,
                    known=int((column.status == 0).sum()),
                    missing=int((column.status != 0).sum()),
                    confidence=column.confidence,
                )
                for column in delivery.columns
            ],
            batch_size=500,
        )
    return release, created
