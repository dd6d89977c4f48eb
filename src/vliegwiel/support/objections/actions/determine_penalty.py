"""Lay down what a late decision cost, of one's own accord within two weeks (Awb 4:18)."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.models import DefaultNotice, NoPenaltyGround
from vliegwiel.support.objections.penalties import DefaultFacts, about_words, facts_of
from vliegwiel.support.objections.standing import at_work, named, notice_reference

VERB = "decide-objections"


def notice_named(notice: str) -> DefaultNotice:
    """By public id or number; raises NotFound."""
    field = "number" if "-" in notice else "public_id"
    found = DefaultNotice.objects.select_related("objection").filter(**{field: notice}).first()
    if found is None:
        raise NotFound(_("Deze ingebrekestelling kennen we niet."))
    return found


@trail.recorded("determine-penalty", kind="default-notice", about=named("notice"))
def determine_penalty(*, actor: Actor, notice: str, ground: str = "", why: str = "") -> DefaultNotice:
    """Decide how much is due, by letter (*dwangsombesluit*): the counted amount, or nothing on a ground of 4:17(6) with its reason.

    Raises NotFound; NotAllowed without the verb or a mandate; NotNow while it still runs, when none is due or it was done; NotValid.
    """
    found = notice_named(notice)
    signer = demand_penalty(actor, found)
    facts = facts_of(found)
    if not facts.determinable:
        raise NotNow(_("Er is nu geen dwangsom vast te stellen."), code="state")
    if ground and (ground not in NoPenaltyGround.values or not why.strip()):
        raise NotValid(_("Kies een grond van artikel 4:17, zesde lid, en schrijf op waarom die hier geldt."), code="no-ground")
    amount = Money(0) if ground else facts.penalty.amount
    letter = letters.prepared(
        found.application,
        found.province,
        "penalty-decision",
        {**_told(facts, amount, ground), "number": found.number, "about": about_words(found)},
        signer=signer,
        motivation=_why(facts, ground, why),
    )
    with transaction.atomic():
        issued = letters.send(actor, found.application, letter)
        done = DefaultNotice.objects.filter(pk=found.pk, determined_on=None).update(
            determined_on=clock.today(),
            penalty=amount.cents,
            days=facts.penalty.days,
            ground=ground,
            why=why.strip(),
            letter=issued,
            determined_by=actor.id,
        )
        if not done:
            raise NotNow(_("De dwangsom is al vastgesteld."), code="state")
        trail.record(
            actor=actor,
            action="determine-penalty",
            subject=notice_reference(found),
            facts={"cents": amount.cents, "days": facts.penalty.days, "letter": issued},
            province=found.province,
        )
    found.refresh_from_db()
    return found


def demand_penalty(actor: Actor, found: DefaultNotice) -> str:
    """The name of who may lay it down; raises NotAllowed."""
    verdict = at_work(actor, found.province, found.municipality, grant_of(found.application), (VERB,))
    if verdict:
        verdict = mandate(actor, province=found.province, matter="objections", amount=facts_of(found).penalty.amount)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    person = known_person(actor.id)
    return person.name if person else ""


def _told(facts: DefaultFacts, amount: Money, ground: str) -> dict[str, letters.Fact]:
    counted = facts.penalty
    if facts.decided is not None:
        until = f"Ons besluit ging weg op {day(facts.decided, 'full')}."
    else:
        until = "Na 42 dagen telt de dwangsom niet verder."
    days = "1 dag" if counted.days == 1 else f"{counted.days} dagen"
    basis = "artikel 4:17, zesde lid, en 4:18" if ground else "artikel 4:17 en 4:18"
    return {
        "outcome": f"U krijgt {amount.dutch()} van ons." if amount.cents else "U krijgt geen dwangsom.",
        "reckoning": f"De eerste dag die telt, is {day(counted.first_day, 'full')}. {until} Dat zijn {days}.",
        "basis": f"{basis} van de Algemene wet bestuursrecht",
    }


def _why(facts: DefaultFacts, ground: str, why: str) -> str:
    if ground:
        return f"Er is geen dwangsom, want {NoPenaltyGround(ground).label}. {why.strip()}"
    notice = facts.notice
    return (
        f"Wij moesten uiterlijk {day(notice.due_on, 'full')} besluiten. Op {day(notice.received_on, 'full')} kregen wij uw brief. "
        f"De twee weken daarna gingen voorbij op {day(facts.grace, 'full')}. Betalen doen wij binnen zes weken (artikel 4:87)."
    )
