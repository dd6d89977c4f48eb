"""Areas through time, decided without a database: what an area was made from, and whether two years of it may be compared.

Sources: the meaning of CBS's mark is in the description of *Indelingswijziging wijken en buurten* (tables 84799NED and later): 1 means
that code and border are those of the year before, 2 that only the code changed, 3 that a border moved five metres or more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.see.areas.names import same_name

#: From this overlap (intersection ÷ union of both borders) the borders are the same. Two generalisations by CBS of one border overlap
#: 0.973 or more (286 municipalities, 2024 and 2025), and real changes that no list names were 0.94 or less.
SAME_OVERLAP = 0.95
#: Under this overlap the border changed. Coarse drawings of one border can come as low as 0.68 (2019 against 2020), so that anything
#: between decides nothing.
OTHER_OVERLAP = 0.60
#: How far inhabitants may differ for one place: a quarter, or this many people because CBS rounds to five.
SAME_PEOPLE = 0.25
FEW_PEOPLE = 25


@dataclass(frozen=True)
class Link:
    """An old area that went to a new one, after `old_year` and at the latest in `new_year`; `share` is the part of its land (0–1)."""

    old_code: str
    old_year: int
    new_code: str
    new_year: int
    share: float
    whole: bool
    old_name: str = ""
    new_name: str = ""


@dataclass(frozen=True)
class Origins:
    """What an area was in an older year: old codes that are in it whole, and old codes of which it has a share of the land.

    `links` are the changes between the two years; without any the area is what it was, as far as lists tell.
    """

    whole: tuple[str, ...]
    shares: Mapping[str, float]
    links: tuple[Link, ...]

    @property
    def all_whole(self) -> bool:
        """Whether the area consists of whole old areas only, so that counts may be summed."""
        return bool(self.whole) and not self.shares


@dataclass(frozen=True)
class Side:
    """An area in one of the two years: its code, name and inhabitants (None when not known)."""

    code: str
    year: int
    name: str
    inhabitants: float | None = None


def origins(
    code: str, new_year: int, old_year: int, links: Sequence[Link], *, codes_then: Collection[str], codes_now: Collection[str]
) -> Origins:
    """Follow links back from `code` in `new_year` to `old_year`.

    `codes_then` and `codes_now` are the known codes of the same level in both years. A link between years of which only one lies in the
    period counts when the registers of both years show that it happened in the period.
    """
    applied = [link for link in links if _happened(link, new_year, old_year, codes_then, codes_now)]
    held = {code: (1.0, True)}
    used: list[Link] = []
    for moment in sorted({link.new_year for link in applied}, reverse=True):
        step = [link for link in applied if link.new_year == moment]
        before: dict[str, tuple[float, bool]] = {}
        for place, (share, whole) in held.items():
            came = [link for link in step if link.new_code == place]
            gave = [link for link in step if link.old_code == place]
            used += came + gave
            if place in codes_then or any(link.new_code == place and link.new_year < moment for link in applied):
                _add(before, place, share * (1 - sum(link.share for link in gave)), whole=whole and not gave)
            for link in came:
                _add(before, link.old_code, share * link.share, whole=whole and link.whole)
        held = before
    there = {place: part for place, part in held.items() if place in codes_then and part[0] > 0}
    return Origins(
        tuple(sorted(place for place, (_share, whole) in there.items() if whole)),
        {place: round(share, 6) for place, (share, whole) in sorted(there.items()) if not whole},
        tuple(used),
    )


def comparability(
    new: Side, old: Side | None, *, marks: Mapping[int, str], origins: Origins | None = None, overlap: float | None = None
) -> Verdict:
    """Whether the figures of both years are about one place (*oordeel vergelijkbaarheid*); its first reason names the evidence.

    `old` is the area with the same code in the older year. Evidence in order: `marks` of CBS by year, lists of changes (`origins`),
    `overlap` of both borders (0–1), and code with name and inhabitants. What is not known well enough is "unknown": treat it as changed.
    """
    if origins is not None and origins.links:
        return Verdict.no(Reason("link-table", _changes(new, origins), facts={"links": [_told(link) for link in origins.links]}))
    if old is None:
        return Verdict.unknown(Reason("no-such-code", _("De code van dit gebied bestond toen niet."), facts={"code": new.code}))
    from_marks = _by_marks(new, old, marks)
    if from_marks is not None:
        return from_marks
    if overlap is not None and (overlap >= SAME_OVERLAP or overlap < OTHER_OVERLAP):
        return _by_overlap(new, old, overlap)
    return _by_name_and_people(new, old, overlap)


def listed(names: Sequence[str]) -> str:
    """Names as a Dutch sentence has them.

    >>> listed(["Grave"]), listed(["Grave", "Cuijk", "Boxmeer"])
    ('Grave', 'Grave, Cuijk en Boxmeer')
    """
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _by_marks(new: Side, old: Side, marks: Mapping[int, str]) -> Verdict | None:
    """CBS compares with the year before, so one changed year decides, and "unchanged" needs every year."""
    years = range(old.year + 1, new.year + 1)
    for year in years:
        if marks.get(year) == "3":
            return Verdict.no(
                Reason(
                    "cbs-mark",
                    _("De grens is in {year} veranderd, zegt het CBS.").format(year=year),
                    facts={"marks": dict(marks)},
                )
            )
        if marks.get(year) == "2":
            return Verdict.no(
                Reason(
                    "cbs-mark",
                    _("Dit gebied kreeg in {year} een andere code, zegt het CBS.").format(year=year),
                    facts={"marks": dict(marks)},
                )
            )
    if years and all(marks.get(year) == "1" for year in years):
        return Verdict.yes(Reason("cbs-mark", _("De grens is gelijk gebleven, zegt het CBS."), facts={"marks": dict(marks)}))
    return None


def _by_overlap(new: Side, old: Side, overlap: float) -> Verdict:
    facts = {"overlap": round(overlap, 3), "same_from": SAME_OVERLAP, "other_under": OTHER_OVERLAP}
    percent = f"{100 * overlap:.0f} procent"
    if overlap >= SAME_OVERLAP:
        renamed = (" " + _("Het gebied heette toen {name}.").format(name=old.name)) if not same_name(old.name, new.name) else ""
        text = _("De grenzen van {year} en {new_year} vallen voor {percent} samen.{renamed}").format(
            year=old.year, new_year=new.year, percent=percent, renamed=renamed
        )
        return Verdict.yes(Reason("borders", text, facts=facts))
    return Verdict.no(
        Reason(
            "borders",
            _("De grenzen van {year} en {new_year} vallen maar voor {percent} samen.").format(
                year=old.year, new_year=new.year, percent=percent
            ),
            facts=facts,
        )
    )


def _by_name_and_people(new: Side, old: Side, overlap: float | None) -> Verdict:
    facts: dict[str, Any] = {"names": [old.name, new.name], "inhabitants": [old.inhabitants, new.inhabitants]}
    if overlap is not None:
        facts["overlap"] = round(overlap, 3)
    if not same_name(old.name, new.name):
        return Verdict.no(
            Reason(
                "other-name",
                _("Deze code hoorde in {year} bij een andere naam: {name}.").format(year=old.year, name=old.name),
                facts=facts,
            )
        )
    if old.inhabitants is None or new.inhabitants is None:
        return Verdict.unknown(Reason("no-evidence", _("We weten niet of de grens gelijk is gebleven."), facts=facts))
    difference, larger = abs(new.inhabitants - old.inhabitants), max(new.inhabitants, old.inhabitants)
    if difference > max(FEW_PEOPLE, SAME_PEOPLE * larger):
        text = _("Het aantal inwoners verschilt sterk. De grens kan veranderd zijn.")
        return Verdict.unknown(Reason("other-inhabitants", text, facts=facts))
    text = _("De code en de naam zijn gelijk en het aantal inwoners past daarbij. De grens zelf kunnen we niet vergelijken.")
    return Verdict.yes(Reason("name-and-inhabitants", text, facts=facts))


def _happened(link: Link, new_year: int, old_year: int, codes_then: Collection[str], codes_now: Collection[str]) -> bool:
    if link.new_year <= old_year or link.old_year >= new_year:
        return False
    after_start = link.old_year >= old_year or link.old_code in codes_then
    before_end = link.new_year <= new_year or (link.old_code not in codes_now and link.new_code in codes_now)
    return after_start and before_end


def _add(found: dict[str, tuple[float, bool]], place: str, share: float, *, whole: bool) -> None:
    known, all_of_it = found.get(place, (0.0, True))
    found[place] = (known + share, all_of_it and whole)


def _changes(new: Side, origins: Origins) -> str:
    """What happened, in one or two plain sentences."""
    since = min(link.old_year for link in origins.links)
    if new.code in origins.whole or new.code in origins.shares:
        joined = listed([link.old_name or link.old_code for link in origins.links if link.whole and link.new_code == new.code])
        parts = listed([link.old_name or link.old_code for link in origins.links if not link.whole and link.new_code == new.code])
        said = [f"kwam {joined} erbij"] if joined else []
        said += [_("kwam een deel van {parts} erbij").format(parts=parts)] if parts else []
        return f"Na {since} {' en '.join(said) or 'ging een deel van het gebied weg'}."
    old = [link for link in origins.links if link.old_code in (*origins.whole, *origins.shares)]
    names = [("" if link.whole else (_("een deel van") + " ")) + (link.old_name or link.old_code) for link in old]
    return _("{name} is na {since} ontstaan uit {places}.").format(
        name=new.name, since=since, places=listed(list(dict.fromkeys(names)))
    )


def _told(link: Link) -> str:
    return f"{link.old_code} {link.old_year} → {link.new_code} {link.new_year} ({'geheel' if link.whole else f'{link.share:g}'})"
