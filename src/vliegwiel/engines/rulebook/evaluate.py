"""A regulation on facts: each rule in turn, then the amount, then how to account for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from vliegwiel.engines.rulebook.conditions import Truth, facts_in, holds, share_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Answer, Reason, Verdict

METHOD, VERSION = "rulebook.evaluate", "1"
_KINDS: dict[str, tuple[type, ...]] = {
    "yes_no": (bool,),
    "number": (int, float),
    "money": (Money, int),
    "date": (date,),
    "choice": (str,),
    "choices": (list, tuple, set, frozenset),
}


class Readable(Protocol):
    """A regulation as it is read here: its document in a phase of a crisis, and what the receipt names it by."""

    @property
    def document(self) -> Mapping[str, Any]:
        """What is written in it."""

    @property
    def phase(self) -> str:
        """The phase of a crisis in which it is read, empty without one."""

    @property
    def name(self) -> str:
        """Province and name."""

    @property
    def version(self) -> str:
        """The date from which it is in force."""

    @property
    def hash(self) -> str:
        """SHA-256 of the whole document."""


@dataclass(frozen=True)
class Evaluation:
    """The outcome: the verdict with its reasons, the most that may be granted (None when unknown), the arrangement of account that
    goes with it, the questions that are still open, and the receipt."""

    verdict: Verdict
    most: Money | None
    arrangement: str
    open_questions: tuple[str, ...]
    receipt: Receipt

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why."""
        return self.verdict.reasons


def evaluate(regulation: Readable, facts: Mapping[str, Any], on: date) -> Evaluation:
    """Go through the rules. One broken rule is a no, also when other facts are missing; then unknown; then what a person must weigh."""
    document = regulation.document
    known = _typed(document, facts)
    found: dict[Answer, list[Reason]] = {answer: [] for answer in Answer}
    missing: list[str] = []
    for rule in document["rules"]:
        applies = holds(rule["only_if"], known) if "only_if" in rule else True
        if applies is False:
            continue
        truth: Truth = holds(rule["when"], known) if applies else None
        answer, reason = _judged(rule, truth, known)
        found[answer].append(reason)
        if truth is None:
            looked_at = [key for part in ("only_if", "when") if part in rule for key, _op, _value in facts_in(rule[part])]
            missing += [key for key in looked_at if known.get(key) is None]
    most, amount_reasons = _amount(document, known, missing)
    for answer, reason in amount_reasons:
        found[answer].append(reason)
    answer = next(
        kind for kind in (Answer.NO, Answer.UNKNOWN, Answer.FOR_A_PERSON, Answer.YES) if found[kind] or kind is Answer.YES
    )
    receipt = Receipt(METHOD, VERSION, {regulation.name: regulation.hash}, _parameters(regulation, known, on))
    return Evaluation(
        Verdict(answer, tuple(found[answer])),
        most,
        _arrangement(document, most),
        tuple(dict.fromkeys(missing)),
        receipt,
    )


def _judged(rule: Mapping[str, Any], truth: Truth, known: Mapping[str, Any]) -> tuple[Answer, Reason]:
    looked_at = {key: _plain_value(known.get(key)) for key, _operator, _value in facts_in(rule["when"])}
    if truth is None:
        return Answer.UNKNOWN, Reason(rule["code"], "Hiervoor weten we nog niet genoeg.", rule["article"], looked_at)
    if not truth:
        return Answer.NO, Reason(rule["code"], rule["otherwise"], rule["article"], looked_at)
    answer = Answer.FOR_A_PERSON if rule.get("discretion") else Answer.YES
    return answer, Reason(rule["code"], rule.get("met", "Hieraan is voldaan."), rule["article"], looked_at)


def _amount(
    document: Mapping[str, Any], known: Mapping[str, Any], missing: list[str]
) -> tuple[Money | None, list[tuple[Answer, Reason]]]:
    """The most that may be granted: asked, the share of the costs, and the highest amount; below the least it is a no."""
    amounts = document.get("amounts")
    if not amounts:
        return None, []
    asked, costs = known.get(amounts["asked"]), known.get(amounts["costs"])
    table = next((row for row in amounts.get("tables", ()) if "if" not in row or holds(row["if"], known) is not False), None)
    undecided = table is not None and "if" in table and holds(table["if"], known) is None
    if asked is None or costs is None or undecided:
        looked_at = [key for key, _op, _value in facts_in(table["if"])] if table is not None and undecided else []
        missing += [key for key in (*looked_at, amounts["asked"], amounts["costs"]) if known.get(key) is None]
        return None, [(Answer.UNKNOWN, Reason("amount", "We weten nog niet om welk bedrag het gaat.", amounts["article"]))]
    if table is None and "tables" in amounts:
        return None, [
            (Answer.NO, Reason("no-amount", "Voor dit soort plan heeft deze regeling geen bedrag.", amounts["article"]))
        ]
    if table is None:
        return asked, []
    shared = Money(int(costs.cents * share_of(table["share"]))) if "share" in table else costs
    most = min(asked, shared, Money.euros(table["most"]))
    facts = {"asked": asked.cents, "costs": costs.cents, "most": most.cents}
    if most < Money.euros(table.get("least", 0)):
        least = Money.euros(table["least"]).dutch(cents=False)
        text = f"U kunt hier {most.dutch()} krijgen. Het laagste bedrag in deze regeling is {least}."
        return most, [(Answer.NO, Reason("below-least", text, amounts["article"], facts))]
    if most < asked:
        text = f"U vraagt {asked.dutch()}. U kunt ten hoogste {most.dutch()} krijgen."
        return most, [(Answer.YES, Reason("less-than-asked", text, amounts["article"], facts))]
    return most, [(Answer.YES, Reason("amount", "Het bedrag past in de regeling.", amounts["article"], facts))]


def _arrangement(document: Mapping[str, Any], most: Money | None) -> str:
    """How to account (*verantwoordingsarrangement*): from `from` (inclusive) to `below` (exclusive), in whole euros."""
    if most is None:
        return ""
    fits = (
        row["key"]
        for row in document.get("arrangements", ())
        if most >= Money.euros(row.get("from", 0)) and ("below" not in row or most < Money.euros(row["below"]))
    )
    return next(fits, "")


def _typed(document: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts in the kind that the regulation declares; money may be given in cents. Raises NotValid for another kind or a strange fact."""
    kinds = {fact["key"]: fact["type"] for fact in document["facts"]}
    known: dict[str, Any] = {}
    for key, value in facts.items():
        if key not in kinds:
            raise NotValid(f"De regeling vraagt niet naar {key}.", code="unknown-fact")
        if value is None:
            continue
        if not fits_kind(kinds[key], value):
            raise NotValid(f"Het antwoord op {key} is geen {kinds[key]}: {value!r}.", code="wrong-kind")
        known[key] = Money(value) if kinds[key] == "money" and isinstance(value, int) else value
        if isinstance(known[key], Money) and known[key].cents < 0:
            raise NotValid(f"Het antwoord op {key} is een bedrag onder nul.", code="negative-amount")
    return known


def _parameters(regulation: Readable, known: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What the receipt keeps; the phase of a crisis only where there is one."""
    phase = {"phase": regulation.phase} if regulation.phase else {}
    return {"version": regulation.version, "facts": _plain(known), "on": on, **phase}


def fits_kind(kind: str, value: Any) -> bool:
    """Whether a value is an answer of this kind: True is no number."""
    return isinstance(value, _KINDS[kind]) and isinstance(value, bool) == (kind == "yes_no")


def _plain(known: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in known.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Money):
        return value.cents
    return sorted(value) if isinstance(value, set | frozenset) else value
