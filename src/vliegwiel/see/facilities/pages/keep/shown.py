"""The answer to which ones to keep, as a page tells it: the choice, the proof, what is nearly as good, and for whom."""

from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import number
from vliegwiel.see.facilities.homes import NO_CAR
from vliegwiel.see.facilities.models import KeepQuestion
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.maps import Legend, Mark, map_of
from vliegwiel.see.facilities.pages.what_if.shown import stop_text
from vliegwiel.see.facilities.where import grounds_of


def keep_context(found: KeepQuestion) -> dict[str, Any]:
    """Everything that the outcome part of the page needs."""
    outcome = found.outcome
    names = {item["id"]: item["name"] for item in outcome["candidates"]}
    chosen = set(outcome.get("chosen", []))
    context: dict[str, Any] = {
        "feasible": outcome["feasible"],
        "why": outcome["why"],
        "people": told.people(outcome["people"]),
        "left_out": told.people(outcome["left_out"]) if outcome["left_out"] != 0 else "",
        "rule": _rule(found),
        "receipt": outcome["receipt"][:16],
        "pins": {
            "always": [names[name] for name in found.always if name in names],
            "never": [names[name] for name in found.never if name in names],
        },
        "candidates": [
            {
                "item": item,
                "kept": item["id"] in chosen,
                "uses": told.people(outcome.get("uses", {}).get(item["id"], 0)),
                "room": told.people(item["capacity"]) if item["capacity"] is not None else "",
            }
            for item in sorted(outcome["candidates"], key=lambda item: (item["id"] not in chosen, item["name"]))
        ],
    }
    if not outcome["feasible"]:
        return context | {"map": None}
    return context | {
        "sentence": _sentence(found, [names[name] for name in outcome["chosen"]]),
        "proof": _proof(found),
        "proven": outcome["proven"],
        "alternatives": [_alternative(found, other, names, chosen) for other in outcome["alternatives"]],
        "fairness": [_fair(row) for row in outcome["fairness"]],
        "stop": _stop(outcome["fairness"]),
        "places": [_place(row) for row in outcome["places"]],
        "map": _map(found, chosen),
        "map_title": _("Hoeveel minuten {how} het wordt, per buurt").format(how=told.how(found.profile)),
    }


def _rule(found: KeepQuestion) -> str:
    return {
        "p-median": _("Alle inwoners samen reizen zo weinig mogelijk."),
        "p-centre": _("Wie het verst woont, reist zo kort mogelijk."),
        "coverage": _("Zo veel mogelijk inwoners hebben er een binnen {minutes} minuten.").format(minutes=found.reach),
    }[found.objective]


def _sentence(found: KeepQuestion, names: list[str]) -> str:
    listed = _("{first} en {last}").format(first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]
    return _("Houd {names}.").format(names=listed)


def _value(found: KeepQuestion, value: float | int | None) -> str:
    """The value that counted, in its own words."""
    return told.people(None if value is None else int(value)) if found.objective == "coverage" else told.minutes(value)


def _proof(found: KeepQuestion) -> list[str]:
    """What is certain: that nothing is better, or how much better something else could be at most."""
    outcome = found.outcome
    value, bound = _value(found, outcome["value"]), _value(found, outcome["bound"])
    what = {
        "p-median": _("Gemiddeld reizen inwoners dan {value}."),
        "p-centre": _("De langste reis is dan {value}."),
        "coverage": _("Dan hebben {value} er een dichtbij."),
    }[found.objective].format(value=value)
    if outcome["proven"]:
        return [
            what,
            _("Dit is bewezen de beste keuze: geen andere {count} gebouwen doen het beter.").format(count=len(outcome["chosen"])),
        ]
    gap = number(100 * outcome["gap"], 1)
    return [
        what,
        _(
            "Dit is de beste keuze die wij vonden. Een betere bestaat misschien, maar haalt hoogstens {bound}: dat scheelt {gap} procent."
        ).format(bound=bound, gap=gap),
    ]


def _alternative(found: KeepQuestion, other: dict[str, Any], names: dict[str, str], chosen: set[str]) -> dict[str, Any]:
    comes = [names[name] for name in other["chosen"] if name not in chosen]
    goes = [names[name] for name in chosen if name not in other["chosen"]]
    return {"value": _value(found, other["value"]), "comes": ", ".join(comes), "goes": ", ".join(sorted(goes))}


def _fair(row: dict[str, Any]) -> dict[str, Any]:
    if not row["known"]:
        return row
    cells = {name: told.minutes(row[name]) for name in ("mean_now", "mean", "worst_now", "worst")}
    return row | cells | {"persons": told.count(row["persons"]), "without": told.count(row["without"])}


def _stop(rows: list[dict[str, Any]]) -> str:
    """How far who has no car lives from a stop; empty when we do not know where they live."""
    row = next(row for row in rows if row["key"] == NO_CAR)
    return stop_text(row["stop"]) if row["known"] else ""


def _place(row: dict[str, Any]) -> dict[str, Any]:
    more = row["then"] - row["now"] if row["then"] is not None and row["now"] is not None else None
    now, then = (told.minutes(value) if value is not None else _("niet bereikbaar") for value in (row["now"], row["then"]))
    return row | {
        "persons": told.count(row["persons"]),
        "now": now,
        "then": then,
        "more": told.minutes(round(more, 1)) if more is not None else "–",
    }


def _map(found: KeepQuestion, chosen: set[str]) -> Any:
    marks = [
        Mark(
            item["x"],
            item["y"],
            "keeps" if item["id"] in chosen else "closes",
            _("{name}: blijft" if item["id"] in chosen else "{name}: blijft niet").format(name=item["name"]),
            f"/voorzieningen/{item['id']}",
        )
        for item in found.outcome["candidates"]
    ]
    values = {row["code"]: row["then"] for row in found.outcome["places"]}
    municipality = found.area if found.area.startswith("GM") else ""
    return map_of(
        grounds_of(found.province),
        municipality,
        marks,
        values,
        (Legend("keeps", _("blijft")), Legend("closes", _("blijft niet"))),
    )
