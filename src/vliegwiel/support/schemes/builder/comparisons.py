"""Conditions in a form: up to a few comparisons that must all hold, or of which one must; and every condition in Dutch words.

What is nested deeper is shown in words and kept as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day, number
from vliegwiel.foundation.questions.public import amount_of, as_typed, date_of, number_of
from vliegwiel.kernel.money import Money

#: How many comparisons one form holds.
MOST = 3
_PART = re.compile(r"(\d{1,3}) ?(?:%|procent) van ([a-z][a-z0-9_]*)")
#: A question of the application in the kinds of the check.
_AS_FACT = {"single": "choice", "multiple": "choices", "scale": "number", "amount": "money"}
Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Comparison:
    """One comparison as a form holds it: the question, how it is compared, and the value as typed (for a choice: the chosen keys)."""

    fact: str = ""
    how: str = ""
    typed: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Typed:
    """A condition as a form holds it. `whole` is a condition that no form can hold: it stays as it is."""

    rows: tuple[Comparison, ...] = ()
    join: str = "all"
    whole: Mapping[str, Any] | None = None


def kind_of(fact: Mapping[str, Any]) -> str:
    """The kind of a question, as the check knows kinds; empty for one that cannot be compared."""
    kind = _AS_FACT.get(fact["type"], fact["type"])
    return kind if kind in ("yes_no", "number", "money", "date", "choice", "choices") else ""


def hows(kind: str) -> list[tuple[str, str]]:
    """How a question of a kind can be compared: key and words."""
    if kind in ("number", "money", "date"):
        return [
            ("at_least", _("is ten minste")),
            ("at_most", _("is ten hoogste")),
            ("more_than", _("is meer dan")),
            ("less_than", _("is minder dan")),
            ("is", _("is precies")),
        ]
    if kind == "choice":
        return [("one_of", _("is een van")), ("none_of", _("is geen van"))]
    return [("has", _("heeft")), ("has_not", _("heeft niet"))] if kind == "choices" else [("is", _("is"))]


def opened(condition: Mapping[str, Any] | None, facts: Facts) -> Typed:
    """A condition as a form holds it."""
    if condition is None:
        return Typed()
    for join in ("all", "any"):
        if join in condition:
            rows = [row for part in condition[join] if (row := _leaf(part, facts)) is not None]
            fits = len(rows) == len(condition[join]) <= MOST
            return Typed(tuple(rows), join) if fits else Typed(whole=condition)
    row = _leaf(condition, facts)
    return Typed(whole=condition) if row is None else Typed((row,))


def _leaf(condition: Mapping[str, Any], facts: Facts) -> Comparison | None:
    turned = "not" in condition
    inner = condition["not"] if turned else condition
    if "fact" not in inner or inner["fact"] not in facts:
        return None
    how, wanted = next((name, value) for name, value in inner.items() if name != "fact")
    fact, kind = inner["fact"], kind_of(facts[inner["fact"]])
    if kind == "choice":
        return Comparison(fact, "none_of" if turned else "one_of", chosen=tuple([wanted] if how == "is" else wanted))
    if kind == "choices":
        return Comparison(fact, "has_not" if turned else "has", chosen=(str(wanted),))
    if kind == "yes_no":
        return Comparison(fact, "is", chosen=("ja" if wanted != turned else "nee",))
    return None if turned else Comparison(fact, how, typed=_as_text(kind, wanted))


def _as_text(kind: str, wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        return f"{wanted['share']} van {wanted['of']}"
    if kind == "money":
        return as_typed(Money.euros(wanted)).removesuffix(",00")
    return as_typed(date.fromisoformat(wanted)) if kind == "date" else as_typed(wanted)


def read(data: QueryDict, prefix: str, facts: Facts) -> tuple[Typed, Mapping[str, Any] | None, str]:
    """What came in with a form under a prefix: as typed, as a condition (None for an empty one), and what is wrong."""
    rows = []
    for place in range(MOST):
        name = f"{prefix}-{place}"
        fact = data.get(f"{name}-vraag", "")
        if fact in facts:
            rows.append(
                Comparison(
                    fact,
                    data.get(f"{name}-hoe", ""),
                    data.get(f"{name}-waarde", "").strip(),
                    tuple(data.getlist(f"{name}-keuze")),
                )
            )
    join = "any" if data.get(f"{prefix}-samen") == "any" else "all"
    typed = Typed(tuple(rows), join)
    parts, problem = [], ""
    for row in rows:
        part, wrong = _condition(row, facts[row.fact])
        problem = problem or wrong
        if part is not None:
            parts.append(part)
    if problem or not parts:
        return typed, None, problem
    return typed, parts[0] if len(parts) == 1 else {join: parts}, ""


def _condition(row: Comparison, fact: Mapping[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """A comparison as a condition. Without a value yet it gets the usual one, to change afterwards."""
    kind, options = kind_of(fact), [option["key"] for option in fact.get("options", ())]
    allowed = [key for key, _words in hows(kind)]
    how = row.how if row.how in allowed else allowed[0]
    if kind == "yes_no":
        return {"fact": row.fact, "is": row.chosen[:1] != ("nee",)}, ""
    if kind == "choice":
        keys = [key for key in options if key in row.chosen] or options[:1]
        leaf = {"fact": row.fact, "is": keys[0]} if len(keys) == 1 else {"fact": row.fact, "one_of": keys}
        return {"not": leaf} if how == "none_of" else leaf, ""
    if kind == "choices":
        chosen = next((key for key in options if key in row.chosen), options[0])
        leaf = {"fact": row.fact, "has": chosen}
        return {"not": leaf} if how == "has_not" else leaf, ""
    wanted, problem = _bound(kind, row.typed, fact["question"])
    return ({"fact": row.fact, how: wanted}, "") if not problem else (None, problem)


def _bound(kind: str, text: str, question: str) -> tuple[Any, str]:
    match = _PART.fullmatch(text.lower())
    if match and kind in ("money", "number"):
        return {"share": f"{match[1]}%", "of": match[2]}, ""
    if kind == "money":
        money = amount_of(text) if text else Money(0)
        if money is None or money.cents % 100:
            return None, _("{question} Vul een bedrag in hele euro’s in, bijvoorbeeld 5.000.").format(question=question)
        return money.cents // 100, ""
    if kind == "date":
        found = date_of(text)
        if found is None:
            return None, _("{question} Schrijf de datum zo: 16-3-2026.").format(question=question)
        return found.isoformat(), ""
    value = number_of(text) if text else 1
    return (
        (value, "") if value is not None else (None, _("{question} Vul een getal in, bijvoorbeeld 5.").format(question=question))
    )


def in_words(condition: Mapping[str, Any], facts: Facts) -> str:
    """A condition as a Dutch phrase.

    >>> in_words({"fact": "n", "at_least": 5}, {"n": {"key": "n", "type": "number", "question": "Met hoeveel?"}})
    '“Met hoeveel?” is ten minste 5'
    """
    for join, word in (("all", _(" en ")), ("any", _(" of "))):
        if join in condition:
            parts: list[str] = [in_words(part, facts) for part in condition[join]]
            return word.join(f"({part})" if " en " in part or " of " in part else part for part in parts)
    if "not" in condition:
        return _("niet ({part})").format(part=in_words(condition["not"], facts))
    fact = facts.get(condition["fact"], {"type": "text", "question": condition["fact"]})
    how, wanted = next((name, value) for name, value in condition.items() if name != "fact")
    words = {**dict(hows("number")), "one_of": _("is een van"), "has": _("heeft"), "is": _("is")}[how]
    return f"“{fact['question']}” {words} {_value_in_words(fact, wanted, facts)}"


def _value_in_words(fact: Mapping[str, Any], wanted: Any, facts: Facts) -> str:
    names = {option["key"]: option["name"] for option in fact.get("options", ())}
    if isinstance(wanted, bool):
        return _("ja") if wanted else _("nee")
    if isinstance(wanted, Mapping):
        other = facts.get(wanted["of"], {"question": wanted["of"]})
        return _("{share} van “{other}”").format(share=wanted["share"], other=other["question"])
    if isinstance(wanted, Sequence) and not isinstance(wanted, str):
        return ", ".join(str(names.get(key, key)) for key in wanted)
    if kind_of(fact) == "money":
        return Money.euros(wanted).dutch(cents=False)
    if kind_of(fact) == "date":
        return day(date.fromisoformat(wanted), "full")
    return names.get(str(wanted), str(wanted)) if isinstance(wanted, str) else number(wanted)
