"""What an application says, as plain values: the part of each page with its hash, and the whole that is signed."""

from collections.abc import Mapping
from typing import Any

from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.support.grants.budget_plan import rows_of
from vliegwiel.support.grants.form import PLAN_COLUMNS, WHO_COLUMNS, own_values
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import reference


def version_of(part: Mapping[str, Any]) -> str:
    """A short hash of one page of the form: a page that was made from another one is too old."""
    return content_hash(part)[:16]


def answers_part(application: Application, keys: tuple[str, ...]) -> dict[str, Any]:
    """The answers and reasons of some questions."""
    return {
        "answers": {key: application.answers[key] for key in keys if application.answers.get(key) is not None},
        "withheld": {key: application.withheld[key] for key in keys if application.withheld.get(key)},
    }


def own_part(application: Application, keys: tuple[str, ...]) -> dict[str, Any]:
    """The columns that the form of the application itself fills."""
    values = own_values(application)
    return {key: values[key] for key in keys}


def budget_part(application: Application) -> dict[str, Any]:
    """The budget."""
    return {"rows": rows_of(application)}


def whole_of(application: Application) -> dict[str, Any]:
    """Everything that is signed (*ondertekende inhoud*): who asks what of whom, for what, with whom, with which documents.

    Documents by their hash, or by their id while they wait for the scanner.
    """
    return {
        "call": application.call,
        "version": application.version,
        "regulation": application.regulation_hash,
        "applicant": application.applicant,
        "organisation": application.organisation,
        "own": own_part(application, (*PLAN_COLUMNS, *WHO_COLUMNS)),
        "answers": dict(application.answers),
        "withheld": dict(application.withheld),
        "later": list(application.later),
        "budget": rows_of(application),
        "with": sorted((row.person or row.name, row.role) for row in application.participants.all() if row.accepted_at),
        "papers": sorted((paper.kind, paper.version, paper.id) for paper in papers_of(reference(application)) if paper.current),
    }


def hash_of(application: Application) -> str:
    """The hash that signatures name."""
    return content_hash(whole_of(application))
