"""What needs the municipality, per kind of help, and how that stands for a support case."""

from vliegwiel.catalogue.desk import desk
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.consents.public import ConsentFacts, Silence, ask_consent, consents_of, gate
from vliegwiel.support.desk.models import SupportCase
from vliegwiel.support.desk.standing import case_reference

CASE = "traject"
_SILENCE = {"agrees": Silence.AGREES, "does_not_agree": Silence.NOT_AGREES, "for_a_person": Silence.OPEN}


def needed(case: SupportCase) -> bool:
    """Whether this case waits for a municipality: by the data, and only where the file names one."""
    return desk().consent[CASE].rule == "may_object" and bool(case.enquiry.municipality)


def ask(actor: Actor, case: SupportCase, summary: str) -> None:
    """Tell the municipality of a case, so that it may object within the term; in the transaction of the act that opens it. It
    reads the title and summary, no names and no contact details."""
    rule = desk().consent[CASE]
    ask_consent(
        actor=actor,
        about=case_reference(case),
        province=case.province,
        municipality=case.enquiry.municipality,
        summary=summary,
        term_weeks=rule.weeks,
        silence=_SILENCE[rule.silence],
        refuses=rule.refuses,
        number=case.enquiry.number,
    )


def may_start(case: SupportCase) -> Verdict:
    """Whether the case may start, as far as the municipality goes: it agreed, or it did not object in time. Where nothing is
    needed, yes."""
    if not needed(case):
        return Verdict.yes(Reason("not-needed", "Voor deze hulp is de gemeente niet nodig."))
    return gate(case_reference(case))


def asked(case: SupportCase) -> list[ConsentFacts]:
    """What the municipality was asked and said."""
    return consents_of(case_reference(case))
