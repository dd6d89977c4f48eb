"""What happens with a grant after its decision."""

from vliegwiel.support.settlements.models.claim import Claim, ClaimKind, ClaimStep, InterestCause, InterestDecision
from vliegwiel.support.settlements.models.later_decision import Act, HearingForm, Intention, LaterDecision, SkipGround
from vliegwiel.support.settlements.models.report import (
    ChangeRequest,
    Draw,
    Hold,
    Misuse,
    Proof,
    Report,
    ReportKind,
    ReportRequest,
)

__all__ = [
    "Act",
    "ChangeRequest",
    "Claim",
    "ClaimKind",
    "ClaimStep",
    "Draw",
    "HearingForm",
    "Hold",
    "Intention",
    "InterestCause",
    "InterestDecision",
    "LaterDecision",
    "Misuse",
    "Proof",
    "Report",
    "ReportKind",
    "ReportRequest",
    "SkipGround",
]
