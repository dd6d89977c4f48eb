"""Records of confidential casework."""

from vliegwiel.support.confidential.models.case import (
    About,
    AccessRequest,
    CaseSignal,
    ConfidentialCase,
    ConfidentialStep,
    SignalHandover,
)
from vliegwiel.support.confidential.models.remains import ConfidentialCount, DestroyedCase
from vliegwiel.support.confidential.models.team import ConfidentialMember, ConfidentialTeam

__all__ = [
    "About",
    "AccessRequest",
    "CaseSignal",
    "ConfidentialCase",
    "ConfidentialCount",
    "ConfidentialMember",
    "ConfidentialStep",
    "ConfidentialTeam",
    "DestroyedCase",
    "SignalHandover",
]
