"""Rows of a file as facilities, or with what is wrong in them, one line each."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.questions.public import date_of, number_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.see.facilities.tables import FileRow
from vliegwiel.see.facilities.where import RD_BOX, Grounds, to_rd

_LENGTHS = {"naam": 120, "adres": 120, "open": 300, "ruimtes": 300, "toelichting kosten": 200}
_MOST_CAPACITY, _MOST_WAITING = 100_000, 3_650
_POSTCODE = re.compile(r"(\d{4})\s*([A-Za-z]{2})?")
_NO = {"nee", "no", "n", "false", "0"}
Values = dict[str, str | int | list[str] | None]
_YES = {"ja", "yes", "j", "y", "true", "1"}


@dataclass(frozen=True)
class Wrong:
    """A row that cannot be used, and why, in words of who made the file."""

    place: int
    text: str


@dataclass(frozen=True)
class FoundFacility:
    """A row as a facility: kind, key within its source, point in RD metres, neighbourhood (position), day of the check, and values."""

    place: int
    kind: str
    key: str
    x: int
    y: int
    area: int
    checked_on: date | None
    values: Mapping[str, str | int | list[str] | None]


def says_nothing(value: object) -> bool:
    """Whether a value is empty: unknown, which is never "no" and never zero."""
    return value in (None, "", [])


def read_rows(rows: Iterable[FileRow], grounds: Grounds, *, kind: str = "") -> tuple[list[FoundFacility], list[Wrong]]:
    """Every row as a facility or as wrong. `kind` is that of all rows when they do not say it themselves."""
    rows = list(rows)
    points = _points(rows)
    inside = [(x, y) if x is not None and y is not None else (0.0, 0.0) for x, y, _why in points]
    places = grounds.of([x for x, _y in inside], [y for _x, y in inside])
    found: list[FoundFacility] = []
    wrong: list[Wrong] = []
    seen: dict[str, int] = {}
    for row, (x, y, why), area in zip(rows, points, places.tolist(), strict=True):
        problems: list[str] = []
        item = _read(row, kind, problems)
        if why:
            problems.append(why)
        elif area < 0:
            problems.append(_("deze plek ligt niet in de provincie, maar in zee of over de grens"))
        if item is None or x is None or y is None or problems:
            wrong.append(Wrong(row.place, "; ".join(problems)))
            continue
        kind_key, values, checked = item
        number = row.cells.get("nummer", "").strip()
        key = number[:64] or content_hash(
            [kind_key, str(values["name"]).casefold(), str(values["address"]).casefold() or [round(x, -1), round(y, -1)]]
        )
        if key in seen:
            wrong.append(Wrong(row.place, _("dezelfde voorziening staat ook op regel {place}").format(place=seen[key])))
            continue
        seen[key] = row.place
        found.append(FoundFacility(row.place, kind_key, key, round(x), round(y), area, checked, values))
    return found, wrong


def _points(rows: list[FileRow]) -> list[tuple[float | None, float | None, str]]:
    """Per row its point in RD metres, or why it has none."""
    found: list[tuple[float | None, float | None, str]] = []
    for row in rows:
        x, y = _coordinate(row.cells.get("x", "")), _coordinate(row.cells.get("y", ""))
        if x is None or y is None:
            lon, lat = _coordinate(row.cells.get("lon", "")), _coordinate(row.cells.get("lat", ""))
            if lon is not None and lat is not None and -180 <= lon <= 180 and -90 <= lat <= 90:
                there = to_rd([lon], [lat])
                x, y = float(there[0][0]), float(there[1][0])
        if x is None or y is None:
            found.append((None, None, _("de plek ontbreekt, of is geen getal")))
        elif not (math.isfinite(x) and math.isfinite(y)) or not (RD_BOX[0] <= x <= RD_BOX[2] and RD_BOX[1] <= y <= RD_BOX[3]):
            found.append((None, None, _("deze plek ligt niet in Nederland")))
        else:
            found.append((x, y, ""))
    return found


def _coordinate(text: str) -> float | None:
    """A coordinate as files have it: with a point or a comma, without marks between thousands."""
    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _read(row: FileRow, kind: str, problems: list[str]) -> tuple[str, Values, date | None] | None:
    """Kind, values and day of one row; what is wrong goes to `problems`."""
    told = row.cells.get("soort", "")
    known = facility_words().kind_called(told) if told else facility_words().kinds.get(kind)
    if known is None:
        problems.append(_("de soort “{kind}” kennen we niet").format(kind=told[:40]) if told else _("de soort ontbreekt"))
    checked = _day(row.cells.get("gecontroleerd op", ""), problems)
    values = values_of(row, problems)
    return (known.key, values, checked) if known is not None else None


def values_of(row: FileRow, problems: list[str]) -> Values:
    """The values of a facility in the cells of a row; what is wrong goes to `problems`. An empty cell is unknown."""
    cells = row.cells
    if not cells.get("naam", "").strip():
        problems.append(_("de naam ontbreekt"))
    for name, most in _LENGTHS.items():
        if len(cells.get(name, "")) > most:
            problems.append(_("{name} is langer dan {most} tekens").format(name=name, most=most))
    address = " ".join(part for part in (cells.get("adres", ""), cells.get("huisnummer", "")) if part)
    return {
        "name": " ".join(cells.get("naam", "").split()),
        "address": " ".join(address.split())[:120],
        "postcode": _postcode(cells.get("postcode", ""), problems),
        "opening": " ".join(cells.get("open", "").split()),
        "capacity": _whole(cells.get("capaciteit", ""), "capaciteit", _MOST_CAPACITY, problems),
        "cost": _one_of(cells.get("kosten", ""), facility_words().costs, "kosten", problems),
        "cost_note": " ".join(cells.get("toelichting kosten", "").split()),
        "accessible": _access(cells.get("toegankelijk", ""), problems),
        "access_details": _details(cells.get("toegang", ""), problems),
        "rooms": " ".join(cells.get("ruimtes", "").split()),
        "takes_new": _yes_or_no(cells.get("nieuwe klanten", ""), problems),
        "waiting_days": _whole(cells.get("wachttijd", ""), "wachttijd", _MOST_WAITING, problems),
    }


def _day(text: str, problems: list[str]) -> date | None:
    found = date_of(text) if text.strip() else None
    if text.strip() and found is None:
        problems.append(_("“{text}” is geen datum").format(text=text[:40]))
    if found is not None and found > clock.today():
        problems.append(_("de dag van controle moet nog komen"))
    return found


def _postcode(text: str, problems: list[str]) -> str:
    match = _POSTCODE.fullmatch(text.strip())
    if text.strip() and match is None:
        problems.append(_("“{text}” is geen postcode").format(text=text[:20]))
    return " ".join(part.upper() for part in match.groups() if part) if match else ""


def _whole(text: str, name: str, most: int, problems: list[str]) -> int | None:
    """Empty is unknown; anything else has to be a whole number that can be."""
    if not text.strip():
        return None
    found = number_of(text)
    if not isinstance(found, int) or not 0 <= found <= most:
        problems.append(_("{name}: “{text}” is geen aantal dat kan").format(name=name, text=text[:20]))
        return None
    return found


def _one_of(text: str, known: Mapping[str, str], name: str, problems: list[str]) -> str:
    plain = text.strip().casefold()
    found = next((key for key, words in known.items() if plain in (key, words)), "")
    if plain and not found:
        problems.append(_("{name}: kies uit {known}").format(name=name, known=", ".join(known)))
    return found


def _access(text: str, problems: list[str]) -> str:
    plain = text.strip().casefold()
    return "ja" if plain in _YES else "nee" if plain in _NO else _one_of(text, facility_words().access, "toegankelijk", problems)


def _details(text: str, problems: list[str]) -> list[str]:
    """What somebody meets at the door, in the order of the catalogue: keys or names with a semicolon between them."""
    told = {part.strip().casefold() for part in text.split(";") if part.strip()}
    known = facility_words().access_details
    found = [key for key, name in known.items() if told & {key, name}]
    if told - {word for key in found for word in (key, known[key])}:
        problems.append(_("toegang: kies uit {known}").format(known="; ".join(known.values())))
    return found


def _yes_or_no(text: str, problems: list[str]) -> str:
    plain = text.strip().casefold()
    if plain and plain not in _YES | _NO:
        problems.append(_("nieuwe klanten: schrijf ja of nee"))
    return "ja" if plain in _YES else "nee" if plain in _NO else ""
