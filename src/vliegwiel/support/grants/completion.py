"""What an applicant may be asked to complete, and what not any more after a tender closed (Awb 4:5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.questions.public import missing
from vliegwiel.kernel import clock
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.regulation import call_for, rules_for
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.schemes.public import CallFacts

SIGNATURE, BUDGET, OTHER = "signature", "budget", "other"


@dataclass(frozen=True)
class Item:
    """One thing to complete (*aan te vullen*): its key, what the applicant reads, and whether it counts for the scores of a tender.

    `key` is "document:<key>", "question:<key>", "signature", "budget" or "other".
    """

    key: str
    text: str
    affects_scores: bool
    missing: bool = False


def askable(application: Application) -> list[Item]:
    """Everything that can be asked for, what is missing first. In a tender every answer and the budget count for the scores."""
    rules, compared = rules_for(application), call_for(application).method == "tender"
    there = {paper.kind for paper in papers_of(reference(application)) if paper.current}
    found = [
        Item(
            f"document:{item.key}",
            item.name,
            item.affects_scores,
            missing=item.required and item.key not in there and f"document:{item.key}" not in there,
        )
        for item in rules.documents
    ]
    found += [
        Item(f"question:{item.key}", item.question, compared, missing=item.required and application.answers.get(item.key) is None)
        for item in rules.questions
    ]
    found += _facts(application, compared, {item.key for item in found})
    found.append(Item(BUDGET, "Een begroting die klopt", compared))
    found.append(Item(SIGNATURE, "Een handtekening van wie de aanvraag doet", affects_scores=False))
    return sorted(found, key=lambda item: not item.missing)


def _facts(application: Application, compared: bool, there: set[str]) -> list[Item]:
    """The facts of the check, as the form asks them: what the rules look at must be known too (Awb 4:2(2))."""
    draft = Draft(application)
    asked = {question.key for question in missing(draft.form.facts, draft.known, whole=draft.form.whole)}
    return [
        Item(f"question:{question.key}", question.text, compared, missing=question.key in asked)
        for question in draft.form.facts
        if f"question:{question.key}" not in there
    ]


def closed_to(items: Iterable[Item], call: CallFacts) -> list[Item]:
    """The items that may not be asked for any more: in a tender that closed, all that would change the comparison."""
    if call.method != "tender" or clock.now() <= call.closes_at:
        return []
    return [item for item in items if item.affects_scores]
