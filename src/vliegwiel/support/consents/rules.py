"""What an answer, or silence, means for who has to decide."""

from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel.verdict import Answer, Reason, Verdict
from vliegwiel.support.consents.models import AnswerKind, Consent, ConsentAnswer, Silence


def meaning(consent: Consent, answer: ConsentAnswer | None) -> Verdict:
    """Yes, no, unknown while the term runs, or for a person; rule 7 of the domain.

    "Does not agree" is a no only where the scheme names it as a ground; elsewhere it is for a person to weigh.
    """
    facts = {"consent": consent.public_id, "due": consent.due.isoformat()}
    if answer is not None:
        facts["answer"] = answer.kind
        if answer.kind == AnswerKind.AGREES:
            return Verdict.yes(Reason("agrees", "De gemeente stemt in.", facts=facts))
        if answer.kind == AnswerKind.AGREES_IF:
            return Verdict.yes(Reason("agrees-if", f"De gemeente stemt in, als: {answer.wish}", facts=facts))
        return _against(consent, Reason("does-not-agree", f"De gemeente stemt niet in: {answer.why}", facts=facts))
    if consent.expired_at is None:
        text = f"De gemeente heeft nog niet geantwoord. Zij heeft tijd tot en met {day(consent.due, 'full')}."
        return Verdict.unknown(Reason("waiting", text, facts=facts))
    text = f"De gemeente antwoordde niet voor het einde van {day(consent.due, 'full')}."
    reason = Reason("expired", text, facts={**facts, "silence": consent.silence})
    if consent.silence == Silence.AGREES:
        return Verdict.yes(reason)
    if consent.silence == Silence.NOT_AGREES:
        return _against(consent, reason)
    return Verdict(Answer.FOR_A_PERSON, (reason,))


def _against(consent: Consent, reason: Reason) -> Verdict:
    return Verdict.no(reason) if consent.refuses else Verdict(Answer.FOR_A_PERSON, (reason,))
