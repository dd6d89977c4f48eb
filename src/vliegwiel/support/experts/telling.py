"""What is told about the pool: experts, who asks, and coordinators. Each message once."""

from collections.abc import Mapping

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.support.experts.models import Expert, ExpertRequest
from vliegwiel.support.experts.standing import ASKS, COORDINATES, expert_reference, own_reference, reference

TEXTS = "support/experts/texts"
_MOST = 20


def to_expert(expert: Expert, request: ExpertRequest, moment: str, text: str, facts: Mapping[str, object] | None = None) -> None:
    """Decide a message to an expert about a request, once per moment, in the caller's transaction."""
    if expert.person:
        tell(
            about=own_reference(request),
            moment=moment,
            template=f"{TEXTS}/{text}",
            facts=facts_of(request, facts),
            province=request.province,
            person=expert.person,
            kind="experts",
        )


def about_expert(expert: Expert, moment: str, text: str) -> None:
    """Decide a message to an expert about being in the pool."""
    if expert.person:
        tell(
            about=expert_reference(expert),
            moment=moment,
            template=f"{TEXTS}/{text}",
            facts={"expert": expert},
            province=expert.province,
            person=expert.person,
            kind="experts",
        )


def to_asker(request: ExpertRequest, moment: str, text: str, facts: Mapping[str, object] | None = None, *, but: str = "") -> None:
    """Decide a message to who asks: the adviser, else everyone of that organisation who may; not to `but`."""
    for person in askers(request):
        if person != but:
            tell(
                about=reference(request),
                moment=moment,
                template=f"{TEXTS}/{text}",
                facts=facts_of(request, facts),
                province=request.province,
                person=person,
                kind="work",
            )


def to_coordinators(expert: Expert, moment: str, text: str) -> None:
    """Decide a message to everyone who coordinates the pool (at most twenty)."""
    for person in who_may(COORDINATES, Subject(province=expert.province))[:_MOST]:
        tell(
            about=expert_reference(expert),
            moment=moment,
            template=f"{TEXTS}/{text}",
            facts={"expert": expert},
            province=expert.province,
            person=person,
            kind="work",
        )


def askers(request: ExpertRequest) -> list[str]:
    """Who works on a request: its adviser; without one, who may ask for experts there (at most twenty)."""
    if request.adviser:
        return [request.adviser]
    return who_may(ASKS, Subject(province=request.province, municipality=request.municipality))[:_MOST]


def facts_of(request: ExpertRequest, facts: Mapping[str, object] | None = None) -> dict[str, object]:
    """What every text knows: the request and its last day in words."""
    return {"request": request, "by": day(request.by, "week"), **(facts or {})}
