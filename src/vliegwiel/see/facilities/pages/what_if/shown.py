"""An outcome as the page tells it: the answer first, then tables. The same for a question in the address and for a saved one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.design.dutch import day, number
from vliegwiel.see.facilities.homes import NO_CAR
from vliegwiel.see.facilities.pages import told

#: Neighbourhoods in the table, those with the most people; the map and the CSV have them all.
MOST_SHOWN = 100


def shown(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Sentences and rows of an outcome that was worked out."""
    everybody = outcome["groups"][0]
    return {
        "sentence": _sentence(outcome, everybody),
        "more": _more(outcome, everybody),
        "opens": bool(outcome["opened"]),
        "stop": _stop(outcome),
        "groups": [_group(row) for row in outcome["groups"]],
        "places": [_place(row) for row in outcome["places"][:MOST_SHOWN]],
        "all_places": len(outcome["places"]) if len(outcome["places"]) > MOST_SHOWN else 0,
        "norms": [_norm(row) for row in outcome["norms"]],
        "instead": [
            {
                **row,
                "people": told.people(row["persons"]),
                "room": told.people(row["capacity"]) if row["capacity"] is not None else "",
            }
            for row in outcome["instead"]
        ],
        "off_road": told.people(outcome["off_road"]) if outcome["off_road"] != 0 else "",
        "kind": told.kind(outcome["kind"]),
        "how": told.how(outcome["profile"]),
    }


def title_of(outcome: Mapping[str, Any]) -> str:
    """What a saved question is called unless somebody says otherwise."""
    names, places = [item["name"] for item in outcome["closed"]], [one["name"] for one in outcome["opened"]]
    if not names:
        return _("Een nieuwe {kind} in {place}").format(kind=told.kind(outcome["kind"]), place=places[0])[:120]
    if len(names) == 1 and places:
        return _("{name} verhuist naar {place}").format(name=names[0], place=places[0])[:120]
    return (_("{name} sluit") if len(names) == 1 else _("{name} en {count} andere sluiten")).format(
        name=names[0], count=len(names) - 1
    )[:120]


def _sentence(outcome: Mapping[str, Any], everybody: Mapping[str, Any]) -> str:
    """The answer that somebody can repeat."""
    names, places = [item["name"] for item in outcome["closed"]], [one["name"] for one in outcome["opened"]]
    how = told.how(outcome["profile"])
    if not everybody["known"]:
        return _("Van deze buurten weten wij niet hoeveel mensen er wonen. Daarom tellen wij niemand.")
    if not names:
        return _("Met een nieuwe {kind} in {place} zijn {people} {how} sneller.").format(
            kind=told.kind(outcome["kind"]), place=_listed(places), people=told.people(everybody["shorter"]), how=how
        )
    if len(names) == 1 and places:
        what = _("Verhuist {name} naar {place}").format(name=names[0], place=_listed(places))
    elif places:
        what = _("Sluiten deze {count}, met een nieuwe in {place}").format(count=len(names), place=_listed(places))
    elif len(names) == 1:
        what = _("Sluit {name}").format(name=names[0])
    else:
        what = _("Sluiten deze {count} tegelijk").format(count=len(names))
    if everybody["longer"] == 0:
        return _("{what}, dan reist niemand {how} langer.").format(what=what, how=how)
    if everybody["mean_more"] is None:
        return _("{what}, dan reizen {people} {how} langer.").format(what=what, people=told.people(everybody["longer"]), how=how)
    return _("{what}, dan reizen {people} {how} gemiddeld {more} langer.").format(
        what=what, people=told.people(everybody["longer"]), how=how, more=told.minutes(everybody["mean_more"])
    )


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return _("{first} en {last}").format(first=", ".join(unique[:-1]), last=unique[-1]) if len(unique) > 1 else unique[0]


def _more(outcome: Mapping[str, Any], everybody: Mapping[str, Any]) -> list[str]:
    found = []
    if outcome["closed"] and everybody.get("shorter", 0) != 0:
        found.append(_("{people} reizen korter.").format(people=told.people(everybody["shorter"]).capitalize()))
    if everybody.get("worst"):
        found.append(_("Voor wie het verst woont, komt er {worst} bij.").format(worst=told.minutes(everybody["worst"])))
    if everybody.get("lost", 0) != 0:
        found.append(_("Voor {people} is er daarna geen meer te bereiken.").format(people=told.people(everybody["lost"])))
    if everybody.get("gained", 0) != 0:
        found.append(_("{people} kunnen er nu een bereiken, eerst niet.").format(people=told.people(everybody["gained"])))
    return found


def _group(row: Mapping[str, Any]) -> dict[str, Any]:
    if not row["known"]:
        return {"name": row["name"], "known": False}
    return {
        "name": row["name"],
        "known": True,
        "persons": told.count(row["persons"]),
        "longer": told.count(row["longer"]),
        "shorter": told.count(row["shorter"]),
        "more": told.minutes(row["mean_more"]) if row["mean_more"] is not None else "–",
        "worst": told.minutes(row["worst"]) if row["worst"] is not None else "–",
        "lost": told.count(row["lost"]),
        "note": ngettext(
            "zonder {count} buurt waarvan wij dit niet weten",
            "zonder {count} buurten waarvan wij dit niet weten",
            row["unknown_places"],
        ).format(count=row["unknown_places"])
        if row["unknown_places"]
        else "",
    }


def _stop(outcome: Mapping[str, Any]) -> str:
    """How far who has no car and notices lives from a stop: we do not work trips by bus out."""
    row = next(group for group in outcome["groups"] if group["key"] == NO_CAR)
    if not row["known"] or (row["longer"] == 0 and row["lost"] == 0):
        return ""
    return stop_text(row["stop"])


def stop_text(stop: Mapping[str, Any] | None) -> str:
    """The distance to the stop in a sentence."""
    if stop is None:
        return _("Wij weten niet hoe ver zij van een halte wonen: in onze lijst staan geen haltes.")
    without = _("{people} kunnen geen halte bereiken.").format(people=told.people(stop["without"]).capitalize())
    if stop["metres"] is None:
        return without if stop["without"] else _("Dat zijn te weinig mensen om te zeggen hoe ver zij van een halte wonen.")
    text = _("Zij wonen gemiddeld {metres} meter van een halte. Dat is {minutes} minuten lopen.").format(
        metres=number(stop["metres"]), minutes=stop["minutes"]
    )
    return f"{text} {without}" if stop["without"] != 0 else text


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    gone = row["lost"] != 0
    return {
        "code": row["code"],
        "name": row["name"],
        "owner": row["municipality_name"],
        "people": told.count(row["persons"]),
        "before": told.minutes(row["before"]),
        "after": told.minutes(row["after"]) if row["after"] is not None or not gone else _("niet bereikbaar"),
        "more": told.minutes(round(row["after"] - row["before"], 1)) if row["after"] is not None else "–",
        "lost": told.count(row["lost"]) if gone else "",
    }


def _norm(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "minutes": row["minutes"],
        "source": row["source"],
        "status": row["status"],
        "since": day(date.fromisoformat(row["from"]), "full"),
        "before": told.people(row["before"]),
        "after": told.people(row["after"]),
        "crossed": told.people(row["crossed"]),
        "is_crossed": row["crossed"] != 0,
        "places": ", ".join(row["places"]),
        "made_up": row["made_up"],
    }


def use_text(told_use: Mapping[str, Any]) -> str:
    """What becomes of a building, in words."""
    return facility_words().next_uses.get(told_use.get("use", ""), "")
