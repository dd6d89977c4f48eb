"""What is told about a challenge: to who wrote it, also through the desk, and to who answers for the authority. Each message once."""

from collections.abc import Mapping

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import ANSWERS, reference, work_reference
from vliegwiel.support.desk.public import tell_asker

TEXTS = "support/challenges/texts"
_MOST = 20


def to_challenger(challenge: Challenge, moment: str, text: str, facts: Mapping[str, object] | None = None) -> None:
    """Decide a message to who wrote it, in the caller's transaction: by account, else by the question at the desk."""
    words = facts_of(challenge, facts)
    if challenge.person:
        tell(
            about=reference(challenge),
            moment=moment,
            template=f"{TEXTS}/{text}",
            facts=words,
            province=challenge.province,
            person=challenge.person,
            kind="desk",
        )
    elif challenge.enquiry:
        tell_asker(challenge.enquiry, f"challenge-{moment}", f"{TEXTS}/{text}", words)


def to_authority(challenge: Challenge, moment: str, text: str, facts: Mapping[str, object] | None = None) -> None:
    """Decide a message to everyone who answers for the authority (at most twenty)."""
    for person in answerers(challenge):
        tell(
            about=work_reference(challenge),
            moment=moment,
            template=f"{TEXTS}/{text}",
            facts=facts_of(challenge, facts),
            province=challenge.province,
            person=person,
            kind="work",
        )


def answerers(challenge: Challenge) -> list[str]:
    """Who answers for the authority."""
    return who_may(ANSWERS, Subject(province=challenge.province, organisation=challenge.organisation))[:_MOST]


def facts_of(challenge: Challenge, facts: Mapping[str, object] | None = None) -> dict[str, object]:
    """What every text knows: the challenge and its last day in words, empty when there is none."""
    return {"challenge": challenge, "due": day(challenge.due_on, "week") if challenge.due_on else "", **(facts or {})}
