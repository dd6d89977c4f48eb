"""The figure of one area, also where no source gives it but its parts add up."""

from dataclasses import replace

from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.listing import Listing
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.queries import Figure, View


def figure_of(key: str, area: Area, period: str = "") -> Figure:
    """The figure of an area; of a province, region or village it is summed from its members when the source does not give it."""
    found = queries.figure(key, area.year, area.code, period)
    if found.estimate.value is None and (members := areas.members_of(area)):
        return queries.summed(key, area.year, members, period)
    return found


def view_of(key: str, listing: Listing, period: str = "") -> tuple[View, int]:
    """One indicator for a list of areas as `figure_of` gives each, and from how many members values were summed (0: none were)."""
    view = queries.view(key, listing.year, listing.codes, period)
    if listing.level not in _WITH_MEMBERS or not view.status.any():
        return view, 0
    values, status, count = view.values.copy(), view.status.copy(), 0
    for place, code in enumerate(listing.codes):
        area = areas.area(code, listing.year) if status[place] else None
        total = figure_of(key, area, view.period) if area is not None else None
        if total is None or total.estimate.value is None:
            continue
        values[place], status[place], count = total.estimate.value, 0, count + total.summed_from
    return replace(view, values=values, status=status), count


_WITH_MEMBERS = (Level.PROVINCE, Level.REGION, Level.VILLAGE)
