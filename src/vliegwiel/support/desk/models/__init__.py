"""Records of the front desk."""

from vliegwiel.support.desk.models.case import (
    Advice,
    CaseGoal,
    CaseOutcome,
    HourEntry,
    KeptCount,
    Look,
    Rating,
    SupportCase,
    YearHours,
)
from vliegwiel.support.desk.models.enquiry import (
    Enquiry,
    EnquiryChannel,
    EnquiryEvent,
    EnquiryEventKind,
    EnquiryMessage,
    EnquirySeries,
    FileMember,
    FileRole,
    Voice,
)
from vliegwiel.support.desk.models.routing import DeskContact, Route

__all__ = [
    "Advice",
    "CaseGoal",
    "CaseOutcome",
    "DeskContact",
    "Enquiry",
    "EnquiryChannel",
    "EnquiryEvent",
    "EnquiryEventKind",
    "EnquiryMessage",
    "EnquirySeries",
    "FileMember",
    "FileRole",
    "HourEntry",
    "KeptCount",
    "Look",
    "Rating",
    "Route",
    "SupportCase",
    "Voice",
    "YearHours",
]
