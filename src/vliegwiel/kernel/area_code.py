"""Codes of areas. A code is text and only means something together with its year."""

import re
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """The kinds of area, largest first; the value is the Dutch word used in addresses and the API."""

    COUNTRY = "land"
    PROVINCE = "provincie"
    REGION = "regio"
    MUNICIPALITY = "gemeente"
    DISTRICT = "wijk"
    NEIGHBOURHOOD = "buurt"
    VILLAGE = "kern"

    @property
    def plural(self) -> str:
        """The Dutch plural."""
        return {"land": "landen", "provincie": "provincies", "regio": "regio’s", "gemeente": "gemeenten"}.get(
            self.value, {"wijk": "wijken", "buurt": "buurten", "kern": "kernen"}.get(self.value, self.value)
        )


_PATTERNS = {
    Level.COUNTRY: re.compile(r"NL\d\d"),
    Level.PROVINCE: re.compile(r"PV\d\d"),
    Level.REGION: re.compile(r"RG[0-9A-Z]{2,8}"),
    Level.MUNICIPALITY: re.compile(r"GM\d{4}"),
    Level.DISTRICT: re.compile(r"WK\d{4}[0-9A-Z]{2}"),
    Level.NEIGHBOURHOOD: re.compile(r"BU\d{4}[0-9A-Z]{4}"),
    Level.VILLAGE: re.compile(r"KN[0-9A-Z]{4,8}"),
}


@dataclass(frozen=True, order=True)
class AreaCode:
    """A code as CBS writes it: NL00, PV25, GM1876, WK187600, BU18760002; ours: RG… for regions, KN… for villages.

    >>> AreaCode("BU18760002").municipality
    AreaCode(text='GM1876')
    >>> AreaCode.parse("GM1680    ").level
    <Level.MUNICIPALITY: 'gemeente'>
    """

    text: str

    def __post_init__(self) -> None:
        _level_of(self.text)

    @classmethod
    def parse(cls, text: str) -> "AreaCode":
        """Read a code as files hold it: blank padded, any case. NL01 (health tables) is the same country as NL00."""
        code = text.strip().upper()
        return cls("NL00" if code == "NL01" else code)

    @property
    def level(self) -> Level:
        """What kind of area the code names."""
        return _level_of(self.text)

    @property
    def municipality(self) -> "AreaCode | None":
        """The municipality that the code itself holds, for districts and neighbourhoods."""
        return AreaCode(f"GM{self.text[2:6]}") if self.level in (Level.DISTRICT, Level.NEIGHBOURHOOD) else None

    @property
    def district(self) -> "AreaCode | None":
        """The district that the code itself holds, for neighbourhoods."""
        return AreaCode(f"WK{self.text[2:8]}") if self.level is Level.NEIGHBOURHOOD else None


def _level_of(text: str) -> Level:
    for level, pattern in _PATTERNS.items():
        if pattern.fullmatch(text):
            return level
    message = f"{text!r} is not an area code"
    raise ValueError(message)
