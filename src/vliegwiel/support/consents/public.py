"""What other rooms may ask about the municipality's consent.

`ask_consent` asks, in the transaction of the act that needs it; `consents_of` says how it stands; `gate` is a verdict over all
municipalities asked about a file; `close` ends the questions once the file is decided; `unanswered` narrows a list to files that wait for
a municipality.
"""

from dataclasses import dataclass
from datetime import date

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Answer, Reason, Verdict
from vliegwiel.support.consents.actions.ask_consent import ask_consent, close
from vliegwiel.support.consents.models import AnswerKind, Consent, Silence
from vliegwiel.support.consents.queries import answer_of, unanswered
from vliegwiel.support.consents.rules import meaning

__all__ = ["AnswerKind", "ConsentFacts", "Silence", "ask_consent", "close", "consents_of", "gate", "unanswered"]


@dataclass(frozen=True)
class ConsentFacts:
    """How a question stands: `answer` is empty without one, given on the legal date `answered_on`; `wish` is the condition of "agrees
    if", `why` the reasons."""

    id: str
    municipality: str
    asked_on: date
    due: date
    answer: str
    wish: str
    why: str
    late: bool
    expired: bool
    verdict: Verdict
    answered_on: date | None = None


def consents_of(about: Reference) -> list[ConsentFacts]:
    """Every question asked about this file, by municipality."""
    found = Consent.objects.filter(about_kind=about.kind, about_id=about.id).prefetch_related("answers").order_by("municipality")
    return once(("consents", about.kind, about.id), lambda: [_facts(consent) for consent in found])


def gate(about: Reference) -> Verdict:
    """Whether this file may be decided, as far as consent goes. Nobody asked is unknown, never yes.

    The weakest answer of all municipalities counts: no before unknown, unknown before for a person, before yes.
    """
    found = consents_of(about)
    if not found:
        return Verdict.unknown(Reason("not-asked", "De gemeente is nog niet gevraagd."))
    order = (Answer.NO, Answer.UNKNOWN, Answer.FOR_A_PERSON, Answer.YES)
    weakest = min((item.verdict.answer for item in found), key=order.index)
    return Verdict(weakest, tuple(reason for item in found if item.verdict.answer is weakest for reason in item.verdict.reasons))


def _facts(consent: Consent) -> ConsentFacts:
    answer = answer_of(consent)
    return ConsentFacts(
        consent.public_id,
        consent.municipality,
        consent.asked_on,
        consent.due,
        answer.kind if answer else "",
        answer.wish if answer else "",
        answer.why if answer else "",
        answer.late if answer else False,
        consent.expired_at is not None,
        meaning(consent, answer),
        clock.legal_date(answer.answered_at) if answer else None,
    )
