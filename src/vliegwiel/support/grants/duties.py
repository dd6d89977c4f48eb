"""Conditions and obligations: which may be set, on which article, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.support.grants.models.decision import DutyKind
from vliegwiel.support.grants.regulation import AWARD_BASES, CONDITION_ARTICLES, under_title_4_2

OWN = "own"
#: The question of every regulation on when the activity ends.
END = "klaar"


@dataclass(frozen=True)
class DutyIn:
    """A condition or obligation as it is proposed: on which article, what it says, what shows that it was met, and by when. `basis` names
    the rule or grant that gives the ground for an obligation of 4:38 or 4:39, or the article of the ordinance itself."""

    kind: str
    article: str
    text: str
    basis: str = ""
    evidence: str = ""
    due_on: date | None = None


def problems(duties: Sequence[DutyIn], rules: SchemeRules) -> list[str]:
    """What is wrong with these duties, one Dutch line each."""
    return [text for duty in duties for text in _problems(duty, rules)]


def offered(duty: DutyIn, rules: SchemeRules) -> DutyIn:
    """The same, or the obligation that is offered where a condition is not possible: what the recipient does is an obligation (Awb 4:37),
    on an article of the ordinance where title 4.2 does not hold."""
    possible = under_title_4_2(rules) and duty.article in CONDITION_ARTICLES
    if duty.kind != DutyKind.CONDITION or possible:
        return duty
    return replace(duty, kind=DutyKind.OBLIGATION, article="4:37" if under_title_4_2(rules) else OWN)


def usual(rules: SchemeRules, ends: date | None) -> list[DutyIn]:
    """The obligations of the regulation, with their dates when it is known when the activity ends."""
    return [
        DutyIn(
            DutyKind.OBLIGATION,
            item.basis if item.basis in AWARD_BASES else OWN,
            item.text,
            item.article or rules.legal_basis,
            due_on=ends + timedelta(weeks=item.weeks_after_end) if ends and item.weeks_after_end is not None else None,
        )
        for item in rules.obligations
    ]


def named_end(answers: Mapping[str, Any]) -> date | None:
    """When the activity ends, as the applicant said it: every form asks that."""
    try:
        return date.fromisoformat(str(answers.get(END) or ""))
    except ValueError:
        return None


def _problems(duty: DutyIn, rules: SchemeRules) -> list[str]:
    found = []
    if not duty.text.strip():
        found.append("Schrijf op wat de ontvanger moet doen, of wat er moet gebeuren.")
    if duty.kind == DutyKind.CONDITION:
        if not under_title_4_2(rules):
            found.append(
                "Voor deze regeling geldt titel 4.2 van de Awb niet. Een voorwaarde kan dan niet. Maak er een verplichting van."
            )
        elif duty.article not in CONDITION_ARTICLES:
            found.append(
                f"Een voorwaarde kan alleen volgens artikel 4:33 of 4:34 Awb. Maak van ‘{duty.text.strip()[:60]}’ een verplichting."
            )
        elif not duty.evidence.strip():
            found.append("Schrijf bij de voorwaarde op waaruit blijkt dat eraan is voldaan.")
    elif under_title_4_2(rules):
        if duty.article not in AWARD_BASES:
            found.append("Kies bij elke verplichting artikel 4:37, 4:38 of 4:39 Awb.")
        elif duty.article != "4:37" and not duty.basis.strip():
            found.append(f"Noem bij een verplichting volgens {duty.article} de regel of bepaling waarop zij rust.")
    elif duty.article != OWN or not duty.basis.strip():
        found.append("Noem bij elke verplichting het artikel van de verordening. Titel 4.2 van de Awb geldt hier niet.")
    return found
