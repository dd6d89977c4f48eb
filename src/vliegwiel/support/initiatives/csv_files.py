"""Initiatives and meeting places as CSV: what the pages show, and no more."""

from collections.abc import Iterator
from typing import Any

from vliegwiel.catalogue.reader import themes
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import line
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace
from vliegwiel.support.initiatives.words import ACCESS, PHASES


def csv_lines(found: Iterator[Initiative]) -> Iterator[str]:
    """CSV with comma and UTF-8 (RFC 4180): what the pages show, and no more. Points are the published ones, in metres (RD)."""
    yield line(
        [
            "nummer",
            "titel",
            "kort",
            "fase",
            "themas",
            "gemeente",
            "gemeentecode",
            "plaats",
            "x",
            "y",
            "vrijwilligers",
            "bereikt",
            "sinds",
            "let op",
        ]
    )
    for item in found:
        names = "; ".join(themes_of(item))
        people = item.volunteers if item.shows_volunteers else None
        since = item.published_at.date().isoformat() if item.published_at else ""
        row: list[Any] = [item.public_id, item.title, item.summary, str(PHASES[item.phase]), names, item.municipality_name]
        row += [item.municipality, item.place_name, item.x, item.y, people, item.reached, since]
        yield line([*row, MADE_UP if item.made_up else ""])


def place_lines(found: Iterator[MeetingPlace]) -> Iterator[str]:
    """The same for meeting places, whose points are public."""
    yield line(
        [
            "nummer",
            "naam",
            "soort",
            "beheer",
            "gemeente",
            "gemeentecode",
            "plaats",
            "x",
            "y",
            "zitplaatsen",
            "bezoek per week",
            "toegankelijk",
            "let op",
        ]
    )
    for item in found:
        access = "; ".join(str(ACCESS[key]) for key in item.access if key in ACCESS)
        row: list[Any] = [
            item.public_id,
            item.name,
            str(item.get_kind_display()),
            item.run_by,
            item.municipality_name,
            item.municipality,
        ]
        row += [item.place_name, item.x, item.y, item.seats, item.visits, access]
        yield line([*row, MADE_UP if item.made_up else ""])


def themes_of(item: Initiative) -> list[str]:
    """The names of its themes."""
    known = themes()
    return [known[one.theme].name for one in item.themes.all() if one.theme in known]
