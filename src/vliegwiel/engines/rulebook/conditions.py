"""Conditions on facts, in three values: true, false, or unknown when a fact is missing (strong Kleene logic)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

Facts = Mapping[str, Any]
#: True, False, or None for unknown.
Truth = bool | None
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "more_than": lambda value, bound: value > bound,
    "less_than": lambda value, bound: value < bound,
}
#: What each kind of fact may be compared with.
OPERATORS = {
    "yes_no": {"is"},
    "number": {"is", *_ORDERS},
    "money": {"is", *_ORDERS},
    "date": {"is", *_ORDERS},
    "choice": {"is", "one_of"},
    "choices": {"has"},
}


def share_of(text: str) -> Fraction:
    """A share as regulations write it.

    >>> share_of("75%"), share_of("1/3")
    (Fraction(3, 4), Fraction(1, 3))
    """
    return Fraction(int(text[:-1]), 100) if text.endswith("%") else Fraction(text)


def holds(condition: Mapping[str, Any], facts: Facts) -> Truth:
    """Whether a condition holds. Amounts in a condition are whole euros; a bound may be a share of another fact.

    >>> holds({"any": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}, {"a": True}), holds({"fact": "n", "at_least": 5}, {"n": 5})
    (True, True)
    >>> holds({"all": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}, {"a": True}) is None
    True
    >>> holds({"fact": "own", "at_least": {"share": "25%", "of": "costs"}}, {"own": Money.euros(250), "costs": Money.euros(1000)})
    True
    """
    if "all" in condition:
        return _all([holds(part, facts) for part in condition["all"]])
    if "any" in condition:
        return _not(_all([_not(holds(part, facts)) for part in condition["any"]]))
    if "not" in condition:
        return _not(holds(condition["not"], facts))
    value = facts.get(condition["fact"])
    operator, wanted = next((name, bound) for name, bound in condition.items() if name != "fact")
    if isinstance(wanted, Mapping):
        return _against_part(operator, value, wanted, facts)
    if value is None:
        return None
    if operator == "is":
        return bool(value == _as(value, wanted))
    if operator == "one_of":
        return value in wanted
    if operator == "has":
        return wanted in value
    return _ORDERS[operator](value, _as(value, wanted))


def facts_in(condition: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Every (fact, operator, value) that a condition looks at; a share of another fact names that fact too."""
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from facts_in(part)
    if "not" in condition:
        yield from facts_in(condition["not"])
    if "fact" in condition:
        operator, wanted = next((name, bound) for name, bound in condition.items() if name != "fact")
        yield condition["fact"], operator, wanted
        if isinstance(wanted, Mapping):
            yield wanted["of"], operator, {"share": wanted["share"], "of": condition["fact"]}


def _against_part(operator: str, value: Any, wanted: Mapping[str, Any], facts: Facts) -> Truth:
    """Compare with a share of another amount or number, exactly."""
    whole = facts.get(wanted["of"])
    if value is None or whole is None:
        return None
    return _ORDERS[operator](Fraction(_plain(value)), share_of(wanted["share"]) * Fraction(_plain(whole)))


def _plain(value: Any) -> Any:
    return value.cents if isinstance(value, Money) else value


def _as(value: Any, wanted: Any) -> Any:
    """The bound in the kind of the value: a date written as text becomes a date, whole euros become an amount."""
    if isinstance(value, Money) and isinstance(wanted, int):
        return Money.euros(wanted)
    if isinstance(value, date) and isinstance(wanted, str):
        try:
            return date.fromisoformat(wanted)
        except ValueError as error:
            raise NotValid(f"{wanted!r} is geen datum zoals 2026-03-02.") from error
    return wanted


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _all(parts: list[Truth]) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True
