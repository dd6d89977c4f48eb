"""Questions to a municipality of the made-up province, asked by the real action."""

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel.actor import Reference
from vliegwiel.support.consents.models import Consent, Silence
from vliegwiel.support.consents.public import ask_consent

MUNICIPALITY = "GM9901"


def about(number: int = 1) -> Reference:
    """A file that waits for the municipality."""
    return Reference("application", f"2026-{number:06d}", "Een tafel op het plein", "")


def a_question(number: int = 1, *, silence: str = Silence.AGREES, refuses: bool = False) -> Consent:
    """A question with a term of four weeks."""
    return ask_consent(
        actor=SYSTEM,
        about=about(number),
        province=PROVINCE,
        municipality=MUNICIPALITY,
        summary="Bewoners willen een lange tafel op het plein.",
        term_weeks=4,
        silence=silence,
        refuses=refuses,
    )
