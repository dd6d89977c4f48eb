"""Fill in a draft, page by page: each save needs the version of that page, and changes that page only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Question, fits
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.budget_plan import HOURS
from vliegwiel.support.grants.content import answers_part, budget_part, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import own_columns, own_problems
from vliegwiel.support.grants.models import Application, BudgetRow
from vliegwiel.support.grants.rules import Row, totals
from vliegwiel.support.grants.standing import begin, filling, find, finish, named

_ROWS_AT_MOST = 60
_ABOUT = named("application")


@trail.recorded("fill-in-answers", kind="application", about=_ABOUT)
@transaction.atomic
def fill_in_answers(
    *,
    actor: Actor,
    application: str,
    block: str,
    version: str,
    answers: Mapping[str, Any],
    refused: Mapping[str, str] | None = None,
) -> Application:
    """Keep answers to questions of one block of the scheme, as plain values; None empties one, what is not named stays.

    `refused` holds the reason per question that someone does not want to answer (Awb 4:3); empty takes it away. Raises NotFound,
    NotAllowed, NotNow for a page made from an older text, NotValid for what is no answer.
    """
    found = find(application)
    begin(actor, filling(found), found)
    asked = Draft(found).form.block(block)
    if asked is None:
        raise NotFound(_("Dit deel van de aanvraag bestaat niet."))
    questions = {question.key: question for question in asked.questions}
    _same_version(answers_part(found, tuple(questions)), version)
    _only_answers(questions, answers)
    reasons = {key: text.strip()[:500] for key, text in (refused or {}).items() if questions[key].may_refuse}
    kept = {**found.answers, **answers}
    withheld = {**found.withheld, **reasons}
    return finish(
        actor,
        filling(found),
        found,
        facts={"block": block},
        answers={key: value for key, value in kept.items() if value is not None},
        withheld={key: text for key, text in withheld.items() if text and kept.get(key) is None},
    )


@trail.recorded("fill-in-own", kind="application", about=_ABOUT)
@transaction.atomic
def fill_in_own(*, actor: Actor, application: str, block: str, version: str, answers: Mapping[str, Any]) -> Application:
    """Keep what every application has: the name and place of the plan, or who asks and on which account.

    Raises NotFound, NotAllowed, NotNow for a page made from an older text, and NotValid, one line per thing: a number that is no IBAN or
    no KvK number.
    """
    found = find(application)
    begin(actor, filling(found), found)
    asked = Draft(found).form.own.block(block)
    if asked is None:
        raise NotFound(_("Dit deel van de aanvraag bestaat niet."))
    questions = {question.key: question for question in asked.questions}
    _same_version(own_part(found, tuple(questions)), version)
    _only_answers(questions, answers)
    problems = own_problems(answers)
    if problems:
        raise NotValid(_("Er klopt iets niet."), details=tuple(problems.values()))
    values = {**own_part(found, tuple(questions)), **answers}
    return finish(actor, filling(found), found, facts={"block": block}, **own_columns(values))


@trail.recorded("fill-in-budget", kind="application", about=_ABOUT)
@transaction.atomic
def fill_in_budget(*, actor: Actor, application: str, version: str, rows: Sequence[Row]) -> Application:
    """Keep the whole budget. It may be unfinished: that it balances is asked before signing.

    Hours of volunteers count at the tariff of the scheme only. Raises NotFound, NotAllowed, NotNow for a page made from an older text,
    NotValid for amounts below nothing, too many rows, or hours where the scheme has no tariff.
    """
    found = find(application)
    begin(actor, filling(found), found)
    _same_version(budget_part(found), version)
    tariff = Draft(found).rules.volunteer_hour
    if len(rows) > _ROWS_AT_MOST:
        raise NotValid(_("Een begroting heeft hoogstens {count} regels.").format(count=_ROWS_AT_MOST), code="too-many-rows")
    if any(row.amount.cents < 0 for row in rows):
        raise NotValid(_("Een bedrag is nooit lager dan nul."), code="negative")
    if any(row.kind == HOURS and (row.hours is None or row.amount != _worth(row.hours, tariff)) for row in rows):
        raise NotValid(_("Uren van vrijwilligers tellen mee tegen het tarief van de regeling."), code="wrong-tariff")
    found.budget.all().delete()
    BudgetRow.objects.bulk_create(
        BudgetRow(
            application=found,
            side=row.side,
            kind=row.kind,
            text=row.text.strip()[:120],
            cents=row.amount.cents,
            hours=row.hours,
            tariff=row.tariff.cents if row.tariff else None,
            certain=row.certain,
            place=place,
        )
        for place, row in enumerate(rows)
    )
    sums = totals(rows)
    facts: dict[str, str | int | bool | None] = {"asked": sums.asked.cents, "costs": sums.costs.cents}
    return finish(actor, filling(found), found, facts=facts, asked=sums.asked.cents)


def _worth(hours: int, tariff: Money | None) -> Money | None:
    return None if tariff is None else Money(hours * tariff.cents)


def _same_version(part: Mapping[str, Any], version: str) -> None:
    if version != version_of(part):
        raise NotNow(_("Iemand anders wijzigde dit deel intussen. Kijk beide teksten na en sla opnieuw op."), code="stale")


def _only_answers(questions: Mapping[str, Question], answers: Mapping[str, Any]) -> None:
    wrong = [key for key, value in answers.items() if key not in questions or not fits(questions[key], value)]
    if wrong:
        names = [questions[key].text if key in questions else key for key in wrong]
        raise NotValid(_("Er klopt iets niet."), code="no-answer", details=tuple(names))
