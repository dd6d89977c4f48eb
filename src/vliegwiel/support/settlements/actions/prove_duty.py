"""Show that an obligation or condition was met, and say whether that is enough."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.public import Upload, receive
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.grants.public import DutyFacts, mark_met, move_on, plan_instalment
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.models import Proof
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.rules import PAYMENT_WEEKS

PROOF = "proof"


@trail.recorded("prove-duty", kind="application", about=named("application"))
def prove_duty(*, actor: Actor, application: str, duty: int, text: str, upload: Upload | None = None) -> Proof:
    """The recipient shows, in words and if need be with a paper, that an obligation was met.

    Raises NotFound, NotAllowed, NotNow when a proof waits or the duty was met, NotValid without words or for a file that is not right.
    """
    file = GrantFile(application)
    begin(actor, "prove-duty", file)
    found = _duty(file, duty)
    if found.met_on:
        raise NotNow(_("Hieraan is al voldaan."), code="met")
    if not text.strip():
        raise NotValid(_("Schrijf op wat u deed en wanneer."), code="no-text")
    before = file.proofs.get(duty)
    if before is not None and before.good is None:
        raise NotNow(_("U stuurde dit al. Wij kijken er nog naar."), code="waits")
    paper = (
        receive(actor=actor, province=file.grant.province, about=file.papers_about, kind=PROOF, upload=upload) if upload else None
    )
    try:
        with transaction.atomic():
            proof = Proof.objects.create(
                application=file.name,
                province=file.grant.province,
                duty=duty,
                text=text.strip(),
                paper=paper.id if paper else "",
                sent_on=clock.today(),
                sent_by=actor.id,
            )
            move_on(actor, "prove-duty", file.name, facts={"proof": proof.public_id})
    except IntegrityError as clash:
        raise NotNow(_("U stuurde dit al. Wij kijken er nog naar."), code="waits") from clash
    return proof


@trail.recorded("judge-proof", kind="application", about=named("application"))
@transaction.atomic
def judge_proof(*, actor: Actor, application: str, duty: int, good: bool, why: str = "") -> DutyFacts:
    """Say whether what was shown is enough, or note oneself that a duty was met. Enough frees the payments that wait for it; when every
    condition of a grant under condition is met, its advance is planned (4:33). The recipient hears it.

    Raises NotFound, NotAllowed, NotNow when it was met or nothing waits, NotValid for a no without a reason.
    """
    file = GrantFile(application)
    begin(actor, "judge-proof", file)
    found, proof = _duty(file, duty), file.proofs.get(duty)
    if found.met_on:
        raise NotNow(_("Hieraan is al voldaan."), code="met")
    waits = proof is not None and proof.good is None
    if not good and not waits:
        raise NotNow(_("Er is geen bewijs om te beoordelen."), code="nothing")
    if not why.strip() and (not good or not waits):
        raise NotValid(_("Schrijf op wat er nog mist, of waaruit blijkt dat het in orde is."), code="no-reason")
    if waits and proof is not None:
        change = {"good": good, "why": why.strip(), "judged_on": clock.today(), "judged_by": actor.id}
        if not Proof.objects.filter(pk=proof.pk, good=None).update(**change):
            raise NotNow(_("Iemand anders heeft dit net beoordeeld."), code="stale")
    if good:
        mark_met(file.name, duty, clock.today())
        _plan_when_all_conditions_are_met(GrantFile(application), found)
    move_on(actor, "judge-proof", file.name, facts={"duty": duty, "good": good})
    _tell(file, found, proof, good, why)
    return found


def _plan_when_all_conditions_are_met(file: GrantFile, duty: DutyFacts) -> None:
    conditions = [item for item in file.duties if item.kind == "condition"]
    if duty.kind != "condition" or file.instalments or any(item.met_on is None for item in conditions):
        return
    advance = file.decision.awarded.part(file.rules.advance_for(file.decision.awarded))
    if advance.cents:
        plan_instalment(file.decision.id, advance, clock.today() + timedelta(weeks=PAYMENT_WEEKS))


def _duty(file: GrantFile, duty: int) -> DutyFacts:
    found = next((item for item in file.duties if item.id == duty), None)
    if found is None:
        raise NotFound(_("Deze verplichting hoort niet bij dit besluit."))
    return found


def _tell(file: GrantFile, duty: DutyFacts, proof: Proof | None, good: bool, why: str) -> None:
    moment = f"proof-{proof.public_id}" if proof else f"duty-{duty.id}"
    for person in file.grant.applicants:
        if known_person(person):
            tell(
                about=file.papers_about,
                moment=moment,
                template="support/settlements/texts/proof",
                facts={"grant": file.grant, "duty": duty, "good": good, "why": why},
                province=file.grant.province,
                person=person,
                post=file.grant.post if person == file.grant.applicant else (),
            )
