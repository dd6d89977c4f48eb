"""What files with areas say, as plain records, and the checks that every file must pass. No database here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid


@dataclass(frozen=True)
class AreaRecord:
    """One area of a file, with its border as WKB in RD when the file has one.

    `change_mark` is what CBS says about the year before: 1 nothing changed, 2 another code, 3 another border; empty when it says nothing.
    """

    code: AreaCode
    name: str
    municipality_name: str = ""
    province_code: str = ""
    change_mark: str = ""
    border: bytes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class LinkRecord:
    """An old area that went to a new one: `share` is the part of the old land (0–1), `whole` that all of it went there."""

    old_code: AreaCode
    old_year: int
    new_code: AreaCode
    new_year: int
    share: float
    whole: bool
    old_name: str = ""
    new_name: str = ""


@dataclass(frozen=True)
class AreaFile:
    """What a file says: its areas of one year, the links from older areas, and what was left out and why."""

    year: int
    records: tuple[AreaRecord, ...]
    source: str
    licence: str
    left_out: tuple[str, ...] = ()
    links: tuple[LinkRecord, ...] = ()

    def of(self, level: Level) -> list[AreaRecord]:
        """The records of one level."""
        return [record for record in self.records if record.code.level is level]


def refuse_duplicates(path: Path, records: Sequence[AreaRecord]) -> None:
    """Raise NotValid when a code stands there more than once."""
    seen: set[AreaCode] = set()
    twice: set[str] = set()
    for record in records:
        if record.code in seen:
            twice.add(record.code.text)
        seen.add(record.code)
    if twice:
        raise NotValid(
            ngettext(
                "{name}: {count} code staat er meer dan één keer in.",
                "{name}: {count} codes staan er meer dan één keer in.",
                len(twice),
            ).format(name=path.name, count=len(twice)),
            code="duplicate-code",
            details=tuple(sorted(twice)[:20]),
        )


def code_of(path: Path, text: Any) -> AreaCode:
    """The code in a cell. Raises NotValid when it is none."""
    try:
        return AreaCode.parse(str(text))
    except ValueError as error:
        raise NotValid(
            _("{name}: {text!r} is geen gebiedscode zoals BU18760002.").format(name=path.name, text=text), code="no-area-code"
        ) from error


def text_of(value: Any) -> str:
    """The text in a cell; empty, NaN and the sentinels of CBS are nothing.

    >>> text_of(" 's-Hertogenbosch "), text_of(float("nan")), text_of(-99999999)
    ("'s-Hertogenbosch", '', '')
    """
    text = "" if value is None else str(value).strip()
    return "" if text in ("nan", ".", "-99995", "-99997", "-99999999", "-99995.0", "-99997.0", "-99999999.0") else text


def mark_of(value: Any) -> str:
    """The change mark of CBS in a cell; anything but 1, 2 and 3 says nothing.

    >>> mark_of("1"), mark_of(3.0), mark_of(".")
    ('1', '3', '')
    """
    text = text_of(value).removesuffix(".0")
    return text if text in ("1", "2", "3") else ""
