"""Experts of the pool, requests for them, work on a request, and the hours of a year."""

from vliegwiel.support.experts.models.expert import Expert, FreeTime, PaidBy
from vliegwiel.support.experts.models.pool import PoolCount, PoolYear
from vliegwiel.support.experts.models.request import ExpertInterest, ExpertRequest
from vliegwiel.support.experts.models.task import ExpertHours, ExpertTask, HelpAnswer, Helped, MoreHours

__all__ = [
    "Expert",
    "ExpertHours",
    "ExpertInterest",
    "ExpertRequest",
    "ExpertTask",
    "FreeTime",
    "HelpAnswer",
    "Helped",
    "MoreHours",
    "PaidBy",
    "PoolCount",
    "PoolYear",
]
