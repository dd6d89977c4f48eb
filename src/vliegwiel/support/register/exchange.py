"""The register in the forms in which others take it over: rows for CSV, records for JSON, and awards by the 360Giving standard."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from django.conf import settings

from vliegwiel.catalogue.reader import provinces
from vliegwiel.kernel import clock
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import line
from vliegwiel.support.register.models import RegisterEntry, RegisterGiver
from vliegwiel.support.register.queries import givers_of, last_change

COLUMNS = (
    "nummer",
    "datum besluit",
    "besluit",
    "ontvanger",
    "kvk-nummer",
    "gemeente",
    "gemeentecode",
    "activiteit",
    "doel en voorwaarden",
    "regeling",
    "grondslag",
    "verleend",
    "nu",
    "stand",
    "laatste wijziging",
    "voorbij het plafond op grond van",
    "betaalt mee",
    "let op",
)
VERSION_360 = "1.4"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_LONGEST_TITLE = 139


def csv_lines(entries: Iterable[RegisterEntry]) -> Iterator[str]:
    """The register as CSV, line by line; amounts in euros with a decimal point. A text that a spreadsheet would run as a formula gets
    an apostrophe before it."""
    yield line(COLUMNS)
    for entry, others in with_givers(entries):
        record = described(entry, others)
        cells = (
            record["nummer"],
            record["datumBesluit"],
            record["besluit"],
            record["ontvanger"],
            record["kvkNummer"] or "",
            record["gemeente"],
            record["gemeentecode"],
            record["activiteit"],
            record["voorwaarden"],
            record["regeling"],
            record["grondslag"],
            f"{record['verleend']:.2f}",
            f"{record['nu']:.2f}",
            record["stand"],
            record["laatsteWijziging"],
            record["voorbijPlafond"] or "",
            "; ".join(f"{item['naam']}: {item['bedrag']:.2f}" for item in record["medegevers"]),
            record.get("letOp", ""),
        )
        yield line(cells)


def with_givers(entries: Iterable[RegisterEntry]) -> Iterator[tuple[RegisterEntry, list[RegisterGiver]]]:
    """Each entry with who else pays, asked piece by piece."""
    waiting = iter(entries)
    while piece := list(islice(waiting, 500)):
        givers = givers_of(piece[0].province, [entry.number for entry in piece])
        yield from ((entry, givers.get(entry.number, [])) for entry in piece)


def described(entry: RegisterEntry, others: Iterable[RegisterGiver]) -> dict[str, Any]:
    """An entry as plain values: the fields of Woo 3.3a(1), and who else pays for the same plan."""
    changes = list(entry.changes.all())
    last = changes[-1] if changes else None
    found: dict[str, Any] = {
        "nummer": entry.number,
        "datumBesluit": entry.decided_on.isoformat(),
        "besluit": entry.get_kind_display(),
        "ontvanger": entry.recipient_name,
        "kvkNummer": entry.recipient_number or None,
        "gemeente": entry.municipality_name,
        "gemeentecode": entry.municipality,
        "activiteit": entry.title,
        "voorwaarden": entry.conditions,
        "regeling": entry.scheme_title,
        "regelingsleutel": entry.scheme,
        "grondslag": entry.legal_basis,
        "verleend": euros(entry.amount),
        "nu": euros(last.amount if last else entry.amount),
        "stand": last.get_kind_display() if last else entry.get_kind_display(),
        "laatsteWijziging": last_change(entry).isoformat(),
        "voorbijPlafond": entry.beyond or None,
        "medegevers": [{"naam": item.name, "bedrag": euros(item.amount)} for item in others],
        "wijzigingen": [
            {"soort": item.get_kind_display(), "bedrag": euros(item.amount), "datumBesluit": item.decided_on.isoformat()}
            for item in changes
        ],
    }
    if entry.made_up:
        found["letOp"] = MADE_UP
    return found


def package_360(entries: Iterable[RegisterEntry], address: str) -> dict[str, Any]:
    """The register as a package of grants by the 360Giving Data Standard 1.4; `address` is where it is read."""
    return {
        "version": VERSION_360,
        "title": f"Subsidieregister {_funder_name()}",
        "description": "Besluiten over subsidies, vanaf de eerste werkdag na verzending.",
        "issued": clock.today().isoformat(),
        "modified": clock.now().isoformat(),
        "publisher": {"name": _funder_name(), "website": settings.VLIEGWIEL_ADDRESS},
        "downloadURL": address,
        "license": LICENCE,
        "grants": [_grant_360(entry, others, address) for entry, others in with_givers(entries)],
    }


def euros(cents: int) -> float:
    """Cents as an amount in euros, exact to the cent when printed.

    >>> euros(2_545_173)
    25451.73
    """
    return cents / 100


def _grant_360(entry: RegisterEntry, others: list[RegisterGiver], address: str) -> dict[str, Any]:
    record = described(entry, others)
    together = "".join(f" Samen met {item.name}: {item.money.dutch()}." for item in others)
    title = f"{MADE_UP}: {entry.title}" if entry.made_up else entry.title
    changed = datetime.combine(last_change(entry), time(), tzinfo=UTC)
    grant: dict[str, Any] = {
        "id": f"360G-vliegwiel-{entry.province}-{entry.number}",
        "title": title[:_LONGEST_TITLE],
        "description": f"{entry.conditions or entry.title}{together}",
        "currency": "EUR",
        "amountAwarded": record["nu"],
        "awardDate": record["datumBesluit"],
        "fundingOrganization": [{"id": f"NL-CBS-{entry.province}", "name": _funder_name()}],
        "grantProgramme": [{"code": entry.scheme, "title": entry.scheme_title}],
        "dateModified": changed.isoformat(),
        "dataSource": address,
    }
    if entry.municipality:
        place = {"name": entry.municipality_name, "countryCode": "NL", "geoCode": entry.municipality, "geoCodeType": "GM"}
        grant["beneficiaryLocation"] = [place]
    if entry.recipient:
        number = f"NL-KVK-{entry.recipient_number}" if entry.recipient_number else f"vliegwiel-{entry.province}-{entry.number}"
        grant["recipientOrganization"] = [{"id": number, "name": entry.recipient}]
    else:
        grant["recipientIndividual"] = {"id": f"vliegwiel-{entry.province}-{entry.number}", "name": entry.recipient_name}
    return grant


def _funder_name() -> str:
    name = provinces().get(settings.VLIEGWIEL_PROVINCE, "")
    return f"Provincie {name}" if name else "Provincie"
