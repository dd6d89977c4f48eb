"""What applications of past rounds answered, to try a changed regulation on: facts by file number, nothing about who asked."""

from typing import Any

from vliegwiel.foundation.questions.public import as_facts
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.budget_plan import costs_that_count, rows_of
from vliegwiel.support.grants.form import ApplicationForm, facts_with_budget, form_of
from vliegwiel.support.grants.models import Application
from vliegwiel.support.schemes.public import SchemeRules, regulation_of


def past_facts(call: str) -> dict[str, dict[str, Any]]:
    """The facts of every application that was received in a call (public id), as the check of the scheme asks them: money as Money,
    dates as dates, without what was not answered. Drafts are of who makes them and stay out; so do names, texts and documents."""
    found: dict[str, dict[str, Any]] = {}
    forms: dict[str, tuple[ApplicationForm, SchemeRules]] = {}
    received = Application.objects.filter(call=call, number__isnull=False).prefetch_related("budget").order_by("number")
    for application in received:
        if application.version not in forms:
            regulation = regulation_of(application.version)
            forms[application.version] = form_of(regulation), regulation.rules
        form, rules = forms[application.version]
        costs = costs_that_count(rows_of(application), rules)
        known = facts_with_budget(form, application.answers, Money(application.asked), costs)
        found[str(application.number)] = as_facts(form.checked, known)
    return found
