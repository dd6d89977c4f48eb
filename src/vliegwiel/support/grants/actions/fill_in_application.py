"""Fill in a draft, page by page: each save needs the version of that page, and changes that page only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.parts import SchemeRules
from vliegwiel.foundation.people.numbers import check_kvk
from vliegwiel.foundation.questions.public import Kind, Question, kept
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.grants.budget_plan import HOURS
from vliegwiel.support.grants.content import answers_part, budget_part, own_part, version_of
from vliegwiel.support.grants.form import ApplicationForm, own_columns
from vliegwiel.support.grants.models import Application, BudgetRow
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.queries import form_for, rules_for
from vliegwiel.support.grants.rules import Row, account_problem
from vliegwiel.support.grants.standing import begin, find, finish

_ROWS_AT_MOST = 60
_about = trail.named("application")


def _filling(application: Application) -> str:
    """The move: of the applicant's side, or of the officer who types in what came on paper."""
    return "fill-in-application" if application.channel == Channel.WEB else "enter-application"
