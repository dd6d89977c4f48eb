"""Regulations and facts drawn from a seed, and what must hold for every one of them."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from vliegwiel.engines.rulebook import Evaluation, Regulation
from vliegwiel.engines.rulebook.conditions import holds, share_of
from vliegwiel.kernel.canonical import plain
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer

ON = date(2026, 3, 2)
_KINDS = ("yes_no", "number", "money", "date", "choice", "choices")
_OPTIONS = ("a", "b", "c")
_ORDERS = ("at_least", "at_most", "more_than", "less_than")


def a_regulation(chance: Random) -> dict[str, Any]:
    """A document that passes every check: a few facts of every kind, rules with nested conditions, a table of amounts."""
    facts = [{"key": key, "type": "money", "question": f"Vraag naar {key}?"} for key in ("kosten", "gevraagd")]
    for place in range(chance.randint(1, 6)):
        kind = chance.choice(_KINDS)
        fact: dict[str, Any] = {"key": f"f{place}", "type": kind, "question": f"Vraag nummer {place}?"}
        if kind in ("choice", "choices"):
            fact["options"] = [{"key": key, "name": key.upper()} for key in _OPTIONS]
        facts.append(fact)
    rules = [_rule(chance, facts, place) for place in range(chance.randint(1, 6))]
    document: dict[str, Any] = {
        "regulation": "voorbeeld/toeval",
        "title": "Een getrokken regeling",
        "province": "PV99",
        "in_force": "2026-01-01",
        "legal_basis": {"name": "Getrokken"},
        "awb_title_4_2": {"applies": chance.choice(["by_law", "no"])},
        "transitional": "Oude aanvragen houden hun versie.",
        "facts": facts,
        "rules": rules,
    }
    if chance.random() < 0.8:
        tables = [_row(chance, facts) for _ in range(chance.randint(1, 3))]
        document["amounts"] = {"article": "5", "asked": "gevraagd", "costs": "kosten", "tables": tables}
        edge = chance.randint(1, 60)
        document["arrangements"] = [
            {"key": "completion_note", "name": "Kort", "article": "6", "below": edge},
            {"key": "activity_report", "name": "Verslag", "article": "6", "from": edge},
        ]
    return document


def some_facts(chance: Random, document: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to each question, or None for one in four."""
    return {fact["key"]: None if chance.random() < 0.25 else an_answer(chance, fact) for fact in document["facts"]}


def an_answer(chance: Random, fact: Mapping[str, Any]) -> Any:
    """An answer of the right kind."""
    if fact["type"] == "yes_no":
        return chance.random() < 0.5
    if fact["type"] == "number":
        return chance.randint(0, 12)
    if fact["type"] == "money":
        return Money(chance.randint(0, 12_000))
    if fact["type"] == "date":
        return ON + timedelta(days=chance.randint(-5, 5))
    return chance.choice(_OPTIONS) if fact["type"] == "choice" else chance.sample(_OPTIONS, chance.randint(0, 3))


def prove_one(chance: Random) -> Answer:
    """Draw one regulation with facts and check everything that must hold; gives the answer, raises AssertionError."""
    document = a_regulation(chance)
    regulation, facts = Regulation.read(document), some_facts(chance, document)
    outcome = regulation.evaluate(facts, on=ON)
    _explains_itself(outcome)
    _follows_its_rules(document, facts, outcome)
    _keeps_within_its_amounts(document, facts, outcome)
    _can_be_made_again(chance, regulation, facts, outcome)
    _never_takes_back_when_more_is_known(chance, regulation, facts, outcome)
    return outcome.verdict.answer


def _explains_itself(outcome: Evaluation) -> None:
    assert all(reason.article and reason.text for reason in outcome.reasons)
    assert (outcome.verdict.answer is Answer.YES) or outcome.reasons
    if outcome.verdict.answer is Answer.UNKNOWN:
        assert outcome.open_questions, "unknown says what is still asked"


def _follows_its_rules(document: Mapping[str, Any], facts: Mapping[str, Any], outcome: Evaluation) -> None:
    """A broken rule is a no, a missing fact is never one, and what a person weighs is never a yes."""
    applying = [rule for rule in document["rules"] if "only_if" not in rule or holds(rule["only_if"], facts)]
    broken = {rule["code"] for rule in applying if holds(rule["when"], facts) is False}
    money = {reason.code for reason in outcome.reasons} & {"below-least", "no-amount"}
    if broken or money:
        assert outcome.verdict.answer is Answer.NO
        assert {reason.code for reason in outcome.reasons} == broken | money
    else:
        assert outcome.verdict.answer is not Answer.NO
    if outcome.verdict.answer is Answer.YES:
        assert not any(rule.get("discretion") for rule in applying)


def _keeps_within_its_amounts(document: Mapping[str, Any], facts: Mapping[str, Any], outcome: Evaluation) -> None:
    if outcome.most is None or facts["gevraagd"] is None:
        return
    tables = document["amounts"]["tables"]
    assert outcome.most <= facts["gevraagd"]
    assert outcome.most <= facts["kosten"]
    assert outcome.most <= max(Money.euros(row["most"]) for row in tables)
    row = next(row for row in tables if "if" not in row or holds(row["if"], facts))
    share = share_of(row["share"]) if "share" in row else Fraction(1)
    assert outcome.most.cents <= share * facts["kosten"].cents
    if outcome.verdict.answer is not Answer.NO:
        assert outcome.most >= Money.euros(row.get("least", 0))
    edge = Money.euros(document["arrangements"][0]["below"])
    assert outcome.arrangement == ("completion_note" if outcome.most < edge else "activity_report")


def _can_be_made_again(chance: Random, regulation: Regulation, facts: Mapping[str, Any], outcome: Evaluation) -> None:
    """The same file on another machine, with rules and answers in another order, comes to the same."""
    again = Regulation.parse(regulation.to_text())
    assert again.hash == regulation.hash
    turned = dict(sorted(facts.items(), reverse=True))
    assert again.evaluate(turned, on=ON).receipt.hash == outcome.receipt.hash
    kept = json.loads(json.dumps(plain(outcome.receipt.parameters)))
    known = {key: value for key, value in facts.items() if value is not None}
    assert kept["facts"] == {key: plain(value.cents if isinstance(value, Money) else value) for key, value in known.items()}
    mixed = {**regulation.document, "rules": chance.sample(regulation.document["rules"], len(regulation.document["rules"]))}
    other = Regulation(mixed).evaluate(facts, on=ON)
    assert (other.verdict.answer, other.most) == (outcome.verdict.answer, outcome.most)


def _never_takes_back_when_more_is_known(
    chance: Random, regulation: Regulation, facts: Mapping[str, Any], outcome: Evaluation
) -> None:
    """Once no, always no; a yes stands; and with every question answered nothing is unknown."""
    whole = {
        fact["key"]: facts[fact["key"]] if facts[fact["key"]] is not None else an_answer(chance, fact)
        for fact in regulation.document["facts"]
    }
    final = regulation.evaluate(whole, on=ON)
    assert final.verdict.answer is not Answer.UNKNOWN
    assert final.open_questions == ()
    if outcome.verdict.answer is not Answer.UNKNOWN:
        assert final.verdict.answer is outcome.verdict.answer
    answered = {**facts, **{key: whole[key] for key in outcome.open_questions}}
    if outcome.verdict.answer is Answer.UNKNOWN:
        further = regulation.evaluate(answered, on=ON)
        assert len(further.open_questions) == 0 or set(further.open_questions).isdisjoint(outcome.open_questions)


def _rule(chance: Random, facts: list[dict[str, Any]], place: int) -> dict[str, Any]:
    rule = {
        "code": f"r{place}",
        "article": str(place + 1),
        "when": _condition(chance, facts, 2),
        "otherwise": "Hieraan is niet voldaan.",
    }
    if chance.random() < 0.3:
        rule["only_if"] = _condition(chance, facts, 1)
    if chance.random() < 0.2:
        rule["discretion"] = True
    return rule


def _row(chance: Random, facts: list[dict[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"most": chance.randint(20, 100)}
    if chance.random() < 0.4:
        row["if"] = _condition(chance, facts, 1)
    if chance.random() < 0.7:
        row["share"] = chance.choice(["25%", "50%", "75%", "1/3", "100%"])
    if chance.random() < 0.5:
        row["least"] = chance.randint(0, 20)
    return row


def _condition(chance: Random, facts: list[dict[str, Any]], depth: int) -> dict[str, Any]:
    if depth and chance.random() < 0.5:
        kind = chance.choice(["all", "any", "not"])
        if kind == "not":
            return {"not": _condition(chance, facts, depth - 1)}
        return {kind: [_condition(chance, facts, depth - 1) for _ in range(chance.randint(1, 3))]}
    fact = chance.choice(facts)
    kind, order = fact["type"], chance.choice(_ORDERS)
    if kind == "yes_no":
        return {"fact": fact["key"], "is": chance.random() < 0.5}
    if kind == "choice":
        return {"fact": fact["key"], "one_of": chance.sample(_OPTIONS, chance.randint(1, 2))}
    if kind == "choices":
        return {"fact": fact["key"], "has": chance.choice(_OPTIONS)}
    if kind == "date":
        return {"fact": fact["key"], order: (ON + timedelta(days=chance.randint(-5, 5))).isoformat()}
    if kind == "money" and chance.random() < 0.4:
        return {"fact": "gevraagd", order: {"share": chance.choice(["25%", "1/3", "100%"]), "of": "kosten"}}
    return {"fact": fact["key"], order: chance.randint(0, 12)}
