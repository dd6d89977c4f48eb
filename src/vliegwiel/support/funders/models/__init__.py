"""The records of working with another funder."""

from vliegwiel.support.funders.models.agreement import AgreementTerms, FunderAgreement, Handler, Kind
from vliegwiel.support.funders.models.decision import FundDecision, Intake, IntakeSeries, Outcome
from vliegwiel.support.funders.models.disclosure import Disclosure, FollowedSettlement, FundAnswer
from vliegwiel.support.funders.models.statement import Difference, Statement

__all__ = [
    "AgreementTerms",
    "Difference",
    "Disclosure",
    "FollowedSettlement",
    "FundAnswer",
    "FundDecision",
    "FunderAgreement",
    "Handler",
    "Intake",
    "IntakeSeries",
    "Kind",
    "Outcome",
    "Statement",
]
