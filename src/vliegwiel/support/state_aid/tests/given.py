"""Assessments of state aid in the made-up province, by the real actions."""

from datetime import date

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.state_aid.models import AidAssessment
from vliegwiel.support.state_aid.public import Answered, assess_aid

ALL_YES = {key: Answered(True, "Dat blijkt uit de aanvraag.") for key in ("economic", "advantage", "selective", "trade")}
LOCAL = {**ALL_YES, "trade": Answered(False, "Alleen het dorp zelf komt er.")}


def a_file(number: int = 1) -> Reference:
    """A file that asks for money."""
    return Reference("application", f"2026-{number:06d}", "Een tafel op het plein", "")


def no_aid(about: Reference, *, actor: Actor = SYSTEM, province: str = PROVINCE) -> AidAssessment:
    """No state aid: the effect is local."""
    return assess_aid(
        actor=actor, about=about, province=province, answers=LOCAL, route="no_aid", why="Het is een plaatselijk plan."
    )


def de_minimis(about: Reference, undertaking: str, *, route: str = "de_minimis", province: str = PROVINCE) -> AidAssessment:
    """Aid by a de-minimis route, with a declaration."""
    return assess_aid(
        actor=SYSTEM,
        about=about,
        province=province,
        answers=ALL_YES,
        route=route,
        why="Klein bedrag voor een onderneming.",
        undertaking=undertaking,
        declared_on=date(2026, 1, 5),
    )
