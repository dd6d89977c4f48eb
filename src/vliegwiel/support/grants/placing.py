"""Where an application ended in a division, in sentences for a letter: each decision has reasons of its own (Awb 3:46)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from vliegwiel.engines.allocation import Outcome
from vliegwiel.foundation.design.dutch import day, number
from vliegwiel.support.grants.models import Application, Division
from vliegwiel.support.grants.regulation import call_for, rules_for
from vliegwiel.support.grants.scores import cards_of, together


def placed(application: Application, division: Division | None) -> str:
    """What came out for this application: in a tender its marks and its place, else the order in which it came; nothing when it took no
    part. Of the others it says only after which place the money was gone."""
    award = division.awards.get(application.public_id) if division else None
    if division is None or award is None:
        return ""
    method = call_for(application).method
    told = _marks(application, award) if method == "tender" else _order(application, division, award, method)
    if award["outcome"] == Outcome.REFUSED.value:
        told += [str(reason["text"]) for reason in award.get("reasons", ())]
    elif award["outcome"] == Outcome.WAITING.value and method != "proportional":
        told.append(_ran_out(division))
    elif award["outcome"] == Outcome.PARTLY.value and method != "proportional":
        told.append("Voor uw aanvraag was nog een deel van het geld over.")
    return " ".join(told)


def _marks(application: Application, award: Mapping[str, Any]) -> list[str]:
    rules = rules_for(application)
    marks = together(cards_of(application, rules))
    told = []
    if award.get("total") is not None:
        told.append(f"Uw plan kreeg gemiddeld het cijfer {_mark(Fraction(str(award['total'])), 2)}.")
    if marks:
        told.append("Dit zijn de cijfers per onderdeel.")  # a sentence for each: a letter with a long one is not sent
        told += [f"{item.name}: {_mark(marks[item.key], 1)}." for item in rules.criteria if item.key in marks]
    if award.get("place"):
        told.append(f"Daarmee staat uw aanvraag op plaats {award['place']}.")
    return told


def _order(application: Application, division: Division, award: Mapping[str, Any], method: str) -> list[str]:
    if method == "first-come" and application.complete_on:
        return [f"Uw aanvraag was compleet op {day(application.complete_on, 'full')}. Wij beslissen op volgorde van die dag."]
    if method == "lottery" and award.get("place"):
        drawn = f"Na de loting staat uw aanvraag op plaats {award['place']}."
        return [drawn, f"Uw lotnummer is {application.public_id}, het startgetal van de loting is {division.seed}."]
    return ["Er was niet genoeg geld voor iedereen. Elke aanvraag krijgt hetzelfde deel."] if method == "proportional" else []


def _ran_out(division: Division) -> str:
    last = max((int(award["place"]) for award in division.awards.values() if award["amount"] and award.get("place")), default=0)
    return f"Na plaats {last} was het geld op." if last else "Er was niet genoeg geld voor uw aanvraag."


def _mark(value: Fraction, decimals: int) -> str:
    return number(float(value), decimals)
