"""A case as a form: the answers as a resident would give them, and the outcome that is expected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.engines.rulebook import Evaluation, Regulation, SchemeRules, in_cents
from vliegwiel.engines.rulebook.cases import KINDS
from vliegwiel.foundation.questions.public import Field, Problem, Question, date_of, drawn, number_of, problems_of, read, shown
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.schemes.check_form import questions_of

KIND_NAMES = {
    "granted": gettext_lazy("een toekenning"),
    "refused": gettext_lazy("een afwijzing"),
    "boundary": gettext_lazy("een grens"),
}
#: Reasons that come from the table of amounts and not from a rule.
AMOUNT_REASONS = {
    "below-least": gettext_lazy("onder het laagste bedrag"),
    "less-than-asked": gettext_lazy("minder dan gevraagd"),
    "no-amount": gettext_lazy("geen bedrag voor dit soort plan"),
    "amount": gettext_lazy("bedrag nog niet bekend"),
}
ANSWER_NAMES = {
    Answer.YES.value: gettext_lazy("ja"),
    Answer.NO.value: gettext_lazy("nee"),
    Answer.UNKNOWN.value: gettext_lazy("onbekend"),
    Answer.FOR_A_PERSON.value: gettext_lazy("een mens beslist"),
}


@dataclass(frozen=True)
class CaseForm:
    """A case on screen: its own record, the questions as fields, what is wrong, and the record that came in."""

    record: Mapping[str, Any]
    fields: list[Field]
    problems: list[Problem]


def opened(record: Mapping[str, Any], rules: SchemeRules) -> CaseForm:
    """A case with its answers; an empty record is a new one."""
    questions = questions_of(rules)
    return CaseForm(record, drawn(questions, _plain(record.get("facts", {}), rules), whole=questions), [])


def posted(data: QueryDict, rules: SchemeRules, record: Mapping[str, Any]) -> CaseForm:
    """What came in. Amounts in a case are whole euros."""
    questions = questions_of(rules)
    reading = read(questions, data)
    own: list[Problem] = []
    name, day = data.get("naam", "").strip(), date_of(data.get("dag", ""))
    if not name:
        own.append(Problem(_("Geef het voorbeeld een naam."), "v-naam"))
    if day is None:
        own.append(Problem(_("Schrijf de datum zo: 16-3-2026."), "v-dag"))
    kind, verdict = data.get("soort", ""), data.get("uitkomst", "")
    if kind not in KINDS or verdict not in ANSWER_NAMES:
        own.append(Problem(_("Kies wat voor voorbeeld het is en wat eruit komt."), "v-soort"))
    most = number_of(data.get("bedrag", "")) if data.get("bedrag", "").strip() else None
    facts = {key: _as_written(rules, key, value) for key, value in reading.values.items() if value is not None}
    found: dict[str, Any] = {
        **{key: value for key, value in record.items() if key not in ("reasons", "most", "arrangement")},
        "name": name,
        "kind": kind,
        "day": day.isoformat() if day else "",
        "verdict": verdict,
        "facts": facts,
    }
    if reasons := [code for code in data.getlist("redenen") if code]:
        found["reasons"] = reasons
    if isinstance(most, int):
        found["most"] = most
    if data.get("verantwoording"):
        found["arrangement"] = data["verantwoording"]
    if data.get("fase"):
        found["phase"] = data["fase"]
    fields = drawn(questions, reading.values, whole=questions, reading=reading)
    return CaseForm(found, fields, [*own, *problems_of(fields)])


def unanswered(records: Sequence[Mapping[str, Any]], rules: SchemeRules) -> list[Question]:
    """The questions that more than half of the cases do not answer, though they are asked there: mostly a question that was just added."""
    questions = questions_of(rules)
    missing = Counter(
        question.key
        for record in records
        for question in shown(questions, _plain(record.get("facts", {}), rules))
        if question.key not in record.get("facts", {})
    )
    return [question for question in questions if 2 * missing[question.key] > len(records)]


def filled_in(records: Sequence[Mapping[str, Any]], rules: SchemeRules, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cases with these answers where they had none."""
    written = {key: _as_written(rules, key, value) for key, value in values.items() if value is not None}
    return [{**record, "facts": {**written, **record.get("facts", {})}} for record in records]


def as_it_came_out(regulation: Regulation, record: Mapping[str, Any], outcome: Evaluation) -> dict[str, Any]:
    """The case with the outcome that the regulation gives now as the expected one; what is no grant or refusal any more is an edge."""
    decisive = [reason.code for reason in outcome.reasons] if outcome.verdict.answer is not Answer.YES else []
    known = {fact.key for fact in regulation.rules.facts}
    facts = {key: value for key, value in record["facts"].items() if key in known}
    taken: dict[str, Any] = {**record, "facts": facts, "verdict": outcome.verdict.answer.value}
    taken.pop("reasons", None)
    taken.pop("most", None)
    taken.pop("arrangement", None)
    fitting = {"granted": (Answer.YES, Answer.FOR_A_PERSON), "refused": (Answer.NO,)}
    if outcome.verdict.answer not in fitting.get(record["kind"], tuple(Answer)):
        taken["kind"] = "boundary"
    if decisive:
        taken["reasons"] = decisive
    if outcome.most is not None and outcome.most.cents % 100 == 0:
        taken["most"] = outcome.most.cents // 100
    if outcome.arrangement:
        taken["arrangement"] = outcome.arrangement
    return taken


def outcome_of(regulation: Regulation, record: Mapping[str, Any]) -> Evaluation:
    """How a case comes out now. Raises the refusals of evaluating."""
    phase = record.get("phase", "")
    reads = regulation.in_phase(phase) if phase else regulation
    known = {fact.key for fact in reads.rules.facts}
    facts = {key: value for key, value in record["facts"].items() if key in known}
    return reads.evaluate(in_cents(reads, facts), on=date.fromisoformat(record["day"]))


def _plain(facts: Mapping[str, Any], rules: SchemeRules) -> dict[str, Any]:
    """Answers of a case in the plain values of a form: cents for an amount."""
    kinds = {fact.key: fact.type for fact in rules.facts}
    return {key: value * 100 if kinds.get(key) == "money" and isinstance(value, int) else value for key, value in facts.items()}


def _as_written(rules: SchemeRules, key: str, value: Any) -> Any:
    kind = next(fact.type for fact in rules.facts if fact.key == key)
    return Money(value).cents // 100 if kind == "money" else value
