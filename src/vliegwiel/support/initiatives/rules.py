"""Decisions without the database: how a place is coarsened, how far things are apart, and what in a text needs a look."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

#: The side of the square, in metres, whose middle is published; for "area" the place of the area itself is.
SQUARE = {"around": 1000, "near": 200}
RADII = (500, 1000, 2000, 5000, 10_000)
#: Where RD coordinates are valid, in metres: west, south, east, north.
BOUNDS = (0, 300_000, 280_000, 625_000)


def published_point(x: float, y: float, precision: str) -> tuple[int, int]:
    """The middle of the square in which an exact point lies: all that is ever kept of it. Metres (RD) in and out.

    >>> published_point(207_431.7, 456_118.2, "near")
    (207500, 456100)
    >>> published_point(207_431.7, 456_118.2, "around")
    (207500, 456500)
    """
    side = SQUARE[precision]
    return int(x // side) * side + side // 2, int(y // side) * side + side // 2


def is_on_the_map(x: float, y: float) -> bool:
    """Whether a point in RD metres can lie in the Netherlands."""
    west, south, east, north = BOUNDS
    return math.isfinite(x) and math.isfinite(y) and west <= x <= east and south <= y <= north


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points in RD metres."""
    return math.hypot(one[0] - other[0], one[1] - other[1])


def told_distance(metres: float) -> str:
    """A distance as it is shown: in steps of a hundred metres up to a kilometre, then in half kilometres.

    >>> told_distance(40), told_distance(730), told_distance(3120)
    ('dichtbij', '700 m', '3 km')
    """
    if metres < 100:
        return "dichtbij"
    if metres < 1000:
        return f"{round(metres / 100) * 100} m"
    return f"{round(metres / 500) / 2:g} km".replace(".", ",")


@dataclass(frozen=True)
class Concern:
    """Something in a text that needs a look: its code, and what the writer reads about it. `hides`: nobody sees it until it is gone."""

    code: str
    text: str
    hides: bool


CONCERNS = {
    concern.code: concern
    for concern in (
        Concern("phone", "Er staat een telefoonnummer in. Haal het weg: mensen bereiken u via de site.", True),
        Concern("email", "Er staat een e-mailadres in. Haal het weg: mensen bereiken u via de site.", True),
        Concern("citizen-number", "Er staat een nummer in dat een burgerservicenummer kan zijn. Haal het weg.", True),
        Concern("health", "U schrijft over de gezondheid van iemand. Haal dat weg, of schrijf het zonder die persoon.", True),
        Concern("address", "Er staat een adres in. Woont daar iemand? Haal het dan weg.", False),
        Concern("language", "Dit lijkt geen Nederlands. U mag het zo laten. Een adviseur helpt u met de tekst.", False),
    )
}
_EMAIL = re.compile(r"[\w.+-]+\s*(?:@|\[at\]|\(at\))\s*[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w€.,])(?:\+|00)?\d(?:[\s().\-/]{0,3}\d){8,12}(?!\w)")
_CITIZEN = re.compile(r"(?<![\d.])\d{9}(?![\d])")
_ADDRESS = re.compile(r"\b\d{4}\s?[A-Z]{2}\b")
_SOMEONE = re.compile(
    r"\b(?:(?:mijn|onze|zijn|haar|hun|de)\s+(?:\w+\s+)?(?:buurman|buurvrouw|moeder|vader|oma|opa|zoon|dochter|kind|man|vrouw|broer|zus|vriend"
    r"|vriendin|collega)|mevrouw|mevr\.|meneer|dhr\.|mw\.)\b|\b(?:mevr|dhr|mw)\.",
    re.IGNORECASE,
)
_ILLNESS = re.compile(
    r"\b(?:dement\w*|depress\w*|kanker\w*|autis\w*|adhd|verslaa\w*|verslaving\w*|psychiatri\w*|psycho\w*|alzheimer\w*|parkinson\w*"
    r"|beroerte|burn-?out|hiv|diagnose\w*|medicijn\w*|suïcid\w*|zelfmoord\w*|borderline|schizofreni\w*|ziek(?:te)?|overspannen)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?\n]+")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that nearly every Dutch text of a few sentences has, and an English or German one hardly.
_DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "op",
        "te",
        "dat",
        "voor",
        "met",
        "zijn",
        "aan",
        "er",
        "niet",
        "wij",
        "ik",
        "om",
        "ook",
        "naar",
        "bij",
        "als",
        "maar",
        "samen",
        "onze",
        "ons",
        "wat",
        "elke",
        "kan",
        "kunnen",
        "wil",
        "willen",
        "dit",
        "deze",
        "hun",
        "graag",
        "mensen",
        "buurt",
        "dorp",
        "maken",
        "iedereen",
    ]
)


def concerns_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The codes of what needs a look in these texts, in the order of `CONCERNS`.

    >>> concerns_in(["Bel 06-12345678 als u mee wilt doen."])
    ('phone',)
    >>> concerns_in(["Wij koken elke week samen voor 40 mensen, voor € 7,50."])
    ()
    >>> concerns_in(["Wij eten samen met mensen met dementie."])
    ()
    """
    text = "\n".join(texts)
    found = set()
    if _EMAIL.search(text):
        found.add("email")
    if any(_is_phone(match[0]) for match in _DIGITS.finditer(text)):
        found.add("phone")
    if any(_is_citizen_number(match[0]) for match in _CITIZEN.finditer(text)):
        found.add("citizen-number")
    if any(_SOMEONE.search(part) and _ILLNESS.search(part) for part in _SENTENCE.split(text)):
        found.add("health")
    if _ADDRESS.search(text):
        found.add("address")
    if not is_dutch(text):
        found.add("language")
    return tuple(code for code in CONCERNS if code in found)


def is_about_health(text: str) -> bool:
    """Whether a text names an illness, about whomever.

    >>> is_about_health("Er is iemand verslaafd"), is_about_health("Er staat afval op de stoep")
    (True, False)
    """
    return _ILLNESS.search(text) is not None


def hides(codes: Sequence[str]) -> bool:
    """Whether a text with these concerns stays out of sight until someone cleaned it."""
    return any(CONCERNS[code].hides for code in codes)


def first_concern(texts: Sequence[str], *, own: Sequence[str] = ()) -> str:
    """The sentence about the first thing in these texts that may not be public; empty when there is none. Codes in `own` are allowed:
    someone may show their own phone number.

    >>> first_concern(["Bel 06-12345678."], own=["phone"]), first_concern(["Wij koken samen."])
    ('', '')
    """
    found = [code for code in concerns_in(texts) if CONCERNS[code].hides and code not in own]
    return CONCERNS[found[0]].text if found else ""


def is_dutch(text: str) -> bool:
    """Whether a text can be Dutch; one of under eight words always can.

    >>> is_dutch("We would like to start a small garden for everybody in the village")
    False
    >>> is_dutch("Wij willen een tuin beginnen voor iedereen in het dorp")
    True
    """
    words = _WORD.findall(text.lower())
    return len(words) < 8 or sum(word in _DUTCH for word in words) >= len(words) / 12


def _is_phone(text: str) -> bool:
    """Ten digits from 0, or +31 and nine: a date, an amount or a year is none."""
    digits = re.sub(r"\D", "", text)
    abroad = text.startswith(("+", "00"))
    return (digits.startswith("0") and len(digits) == 10) or (abroad and 9 <= len(digits) <= 14)


def _is_citizen_number(text: str) -> bool:
    """Nine digits that pass the eleven test (*elfproef*) of a BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return text != "0" * 9 and sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True)) % 11 == 0
