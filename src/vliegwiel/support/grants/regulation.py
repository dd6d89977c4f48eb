"""What holds for an application: the rules of the version it was filed on, and the facts of its call."""

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.support.grants.models import Application
from vliegwiel.support.schemes.public import CallFacts, call_of, regulation_of, without_call_of

NO_TITLE_4_2 = "no"
AWARD_BASES = ("4:37", "4:38", "4:39")
CONDITION_ARTICLES = ("4:33", "4:34")


def rules_for(application: Application) -> SchemeRules:
    """The rules of the version that holds for this application. Raises NotFound."""
    return regulation_of(application.version).rules


def call_for(application: Application) -> CallFacts:
    """The call it was filed in; for one without a call what stands in its place. Raises NotFound."""
    return call_of(application.call) if application.call else without_call_of(application.version)


def under_title_4_2(rules: SchemeRules) -> bool:
    """Whether title 4.2 of the Awb holds: not for a scheme for public bodies only, unless its ordinance says so (4:21(3))."""
    return rules.awb_title_4_2 != NO_TITLE_4_2


def basis_of(rules: SchemeRules) -> str:
    """The article that a decision rests on, as a letter names it."""
    return f"artikel {rules.amounts_article}" if rules.amounts_article else rules.legal_basis


def version_why(rules: SchemeRules) -> str:
    """Why this version of the scheme holds: its own transitional article, or the law at the moment of deciding."""
    return rules.transitional or "De regels zoals ze gelden op de dag van het besluit."


def ceiling_for(application: Application) -> str:
    """The ceiling (public id) on which this application counts: its own part of the call, or the whole."""
    return application.ceiling or call_for(application).ceiling


def money_for(application: Application) -> dict[str, str]:
    """Where its money comes from, as the ledger takes it: under a ceiling, or on a budget line when it rests on no scheme."""
    return {"line": application.line} if application.line else {"ceiling": ceiling_for(application)}
