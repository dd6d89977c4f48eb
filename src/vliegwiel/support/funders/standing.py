"""Who stands on which side of an agreement, and how records of this room are found and named."""

from vliegwiel.foundation.people.public import Subject, known_person, may
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.funders.models import AgreementTerms, FundDecision, FunderAgreement, Intake, Statement
from vliegwiel.support.funders.models.agreement import FUND, PROVINCE

AGREE, SIGN, SEE, PAY = "agree-with-funders", "sign-decisions", "see-shared-applications", "pay-and-settle"
#: What each side needs to accept a statement.
RECONCILE = {PROVINCE: "reconcile-with-funders", FUND: "reconcile-money"}
_PROVINCE_READS = (AGREE, SIGN, RECONCILE[PROVINCE])
LIST = "/werk/medefinanciers"


def subject_of(agreement: FunderAgreement, side: str) -> Subject:
    """What a permission is asked for: the province of the agreement, or the organisation of the fund."""
    return Subject(province=agreement.province) if side == PROVINCE else Subject(organisation=agreement.funder)


def side_of(actor: Actor, agreement: FunderAgreement) -> str:
    """On which side this actor reads an agreement: "province" or "fund". Raises NotAllowed for who stands on neither."""
    if may(actor, SEE, subject_of(agreement, FUND)):
        return FUND
    if any(may(actor, verb, subject_of(agreement, PROVINCE)) for verb in _PROVINCE_READS):
        return PROVINCE
    raise NotAllowed("Deze afspraak is van een ander fonds of een andere provincie.", code="other-side")


def may_act(actor: Actor, verb: str, agreement: FunderAgreement, side: str = PROVINCE) -> Verdict:
    """Whether this actor may do this for one side of an agreement. Who works for the fund never acts for the province."""
    if side == PROVINCE and actor.organisation == agreement.funder:
        return Verdict.no(Reason("other-side", "Dit doet de provincie, niet het fonds."))
    return may(actor, verb, subject_of(agreement, side))


def demand_act(actor: Actor, verb: str, agreement: FunderAgreement, side: str = PROVINCE) -> None:
    """Go on only when this actor may do this for that side; raises NotAllowed."""
    verdict = may_act(actor, verb, agreement, side)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def agreement_named(name: str) -> FunderAgreement:
    """By public id; raises NotFound."""
    found = FunderAgreement.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound("Deze afspraak kennen we niet.", nearest=(("Afspraken met fondsen", LIST),))
    return found


def terms_named(name: str) -> AgreementTerms:
    """By public id; raises NotFound."""
    found = AgreementTerms.objects.select_related("agreement").filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound("Deze versie van de afspraak kennen we niet.", nearest=(("Afspraken met fondsen", LIST),))
    return found


def intake_named(name: str) -> Intake:
    """By public id; raises NotFound."""
    found = Intake.objects.select_related("agreement").filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound("Deze aanlevering kennen we niet.", nearest=(("Afspraken met fondsen", LIST),))
    return found


def statement_named(name: str) -> Statement:
    """By public id; raises NotFound."""
    found = Statement.objects.select_related("agreement").filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound("Deze afrekening kennen we niet.", nearest=(("Afspraken met fondsen", LIST),))
    return found


def decision_numbered(number: str) -> FundDecision:
    """By our number; raises NotFound."""
    found = FundDecision.objects.select_related("agreement", "terms").filter(number=number[:11]).first()
    if found is None:
        raise NotFound("Dit besluit van een fonds kennen we niet.", nearest=(("Afspraken met fondsen", LIST),))
    return found


def reference(agreement: FunderAgreement) -> Reference:
    """How the trail points at an agreement."""
    title = f"{agreement.scheme_title}, {agreement.funder_name}"
    return Reference("funder-agreement", agreement.public_id, title, f"{LIST}/{agreement.public_id}")


def booked_about(decision: FundDecision) -> Reference:
    """How the ledger points at what the province gives by a decision of the fund."""
    return Reference("fund-decision", decision.public_id, decision.title, f"{LIST}/{decision.agreement.public_id}")


def name_of(actor: Actor) -> str:
    """How we call who acts; empty for the installation."""
    person = known_person(actor.id) if actor.kind == "person" else None
    return person.name[:80] if person else ""


def who(actor: Actor) -> str:
    """Who acts, as it is kept: the public id of a person, or the kind of actor."""
    return actor.id or actor.kind
