"""A decision on an objection as it is proposed: what it says with its hash, what is missing, and the letter that tells it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import Beyond
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterDraft
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import Award, award_problems, award_words, decision_of, rules_of
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.actions.hear_objection import hearing_of
from vliegwiel.support.objections.models import (
    REVISING,
    InadmissibleGround,
    Objection,
    ObjectionAdvice,
    ObjectionDecision,
    ObjectionEventKind,
    Outcome,
)

ARTICLE = "4:25(3)"


@dataclass(frozen=True)
class ProposedOutcome:
    """What someone proposes to decide on an objection. `awarded` is the whole amount from now on; `beyond_reason` with the budget line
    (public id) that carries it lets it pass the ceiling (Awb 4:25(3)); `costs` is what is paid of the costs of objecting (7:15)."""

    outcome: str
    summary: str
    motivation: str
    ground: str = ""
    awarded: Money | None = None
    at_once: bool = False
    deviates: str = ""
    consent_weighed: str = ""
    public_title: str = ""
    activity_ends: date | None = None
    costs: Money = Money(0)
    costs_why: str = ""
    beyond_reason: str = ""
    beyond_line: str = ""


def advice_of(objection: Objection) -> ObjectionAdvice | None:
    """The advice of the committee, if any."""
    return objection.advices.order_by("-pk").first()


def problems(objection: Objection, proposal: ProposedOutcome, *, by: str) -> list[str]:
    """What is missing, one Dutch line each."""
    if proposal.outcome not in Outcome.values:
        return [_("Kies wat u op het bezwaar besluit.")]
    lacks = []
    if not proposal.summary.strip():
        lacks.append(_("Schrijf in gewone woorden op wat het besluit is."))
    if not proposal.motivation.strip():
        lacks.append(_("Schrijf op waarom u dit besluit (Awb 7:12). Ga in op wat er in het bezwaar staat."))
    lacks += _admission(objection, proposal)
    advice = advice_of(objection)
    if objection.committee and advice is None:
        lacks.append(_("Het advies van de commissie is er nog niet (Awb 7:13)."))
    if advice is not None and advice.outcome != proposal.outcome and not proposal.deviates.strip():
        lacks.append(_("Schrijf op waarom u van het advies afwijkt (Awb 7:13, zevende lid)."))
    if objection.wants_costs and not proposal.costs_why.strip():
        lacks.append(_("Er is om vergoeding van kosten gevraagd. Schrijf op wat u daarop besluit (Awb 7:15)."))
    if bool(proposal.beyond_reason.strip()) != bool(proposal.beyond_line.strip()):
        lacks.append(_("Noem bij een bedrag boven het plafond de reden én de budgetpost (Awb 4:25, derde lid)."))
    return lacks + _money(objection, proposal, by)


def _admission(objection: Objection, proposal: ProposedOutcome) -> list[str]:
    inadmissible = proposal.outcome == Outcome.INADMISSIBLE
    if objection.in_time != "yes" and objection.excused is None:
        return [_("Beoordeel eerst of het bezwaar nog meetelt, nu het te laat kwam (Awb 6:11).")]
    if objection.excused is False and not inadmissible:
        return [_("Het bezwaar is te laat en dat is niet verschoonbaar. Dan is het niet-ontvankelijk.")]
    if not inadmissible:
        return []
    if proposal.ground not in InadmissibleGround.values:
        return [_("Kies waarom het bezwaar niet-ontvankelijk is.")]
    if proposal.ground == InadmissibleGround.LATE and objection.excused is not False:
        return [_("Dit bezwaar kwam op tijd, of te laat zijn is verschoonbaar. Kies een andere grond.")]
    lapsed = objection.clock.filter(kind=ObjectionEventKind.LAPSED).exists()
    if proposal.ground == InadmissibleGround.NOT_REPAIRED and not lapsed:
        return [_("Geef eerst de gelegenheid om te herstellen (Awb 6:6). Pas na die tijd kan dit een grond zijn.")]
    return []


def _money(objection: Objection, proposal: ProposedOutcome, by: str) -> list[str]:
    _grant, first = decision_of(objection.decision)
    if proposal.outcome not in REVISING:
        return [_("Bij deze uitkomst blijft het eerste besluit staan. Laat het bedrag leeg.")] if proposal.awarded else []
    if proposal.awarded is None or proposal.awarded <= first.awarded:
        text = _("Vul het nieuwe bedrag in. Het is meer dan {was} uit het eerste besluit.")
        return [text.format(was=first.awarded.dutch())]
    if proposal.outcome == Outcome.PARTLY and proposal.awarded == first.asked:
        return [_("Dit is alles wat is gevraagd. Kies ‘gegrond’.")]
    return award_problems(objection.decision, award_of(proposal, by=by))


def award_of(proposal: "ProposedOutcome | ObjectionDecision", *, by: str, mandate: str = "") -> Award:
    """The new award that a proposal, or a decision that waits, gives."""
    if isinstance(proposal, ObjectionDecision):
        awarded, reason, line = proposal.awarded_money, proposal.beyond.get("reason", ""), proposal.beyond.get("line", "")
    else:
        awarded, reason, line = proposal.awarded, proposal.beyond_reason.strip(), proposal.beyond_line.strip()
    return Award(
        awarded=awarded or Money(0),
        summary=proposal.summary,
        motivation=proposal.motivation,
        by=by,
        public_title=proposal.public_title,
        activity_ends=proposal.activity_ends,
        consent_weighed=proposal.consent_weighed,
        at_once=proposal.at_once,
        beyond=Beyond(ARTICLE, reason, second_signature=by, line=line) if line else None,
        mandate=mandate,
    )


def needs_two(objection: Objection, awarded: Money | None, *, beyond: bool) -> bool:
    """Whether proposer and signer are two people: above the amount of the scheme, and past a ceiling (rules 1 and 8)."""
    return beyond or (awarded is not None and awarded >= rules_of(objection.application).two_signatures_from)


def content_of(decision: ObjectionDecision) -> dict[str, Any]:
    """Everything a signature stands under."""
    fields = (
        "public_id outcome ground awarded at_once summary motivation deviates consent_weighed public_title activity_ends costs "
        "costs_why beyond"
    )
    objection = decision.objection
    found: dict[str, Any] = {name: getattr(decision, name) for name in fields.split()}
    return {**found, "objection": objection.public_id, "number": objection.number, "against": objection.decision}


def hash_of(decision: ObjectionDecision) -> str:
    """The hash of what it says now."""
    return content_hash(content_of(decision))


def letter_of(decision: ObjectionDecision, *, signer: str) -> LetterDraft:
    """The letter that tells it, signed by `signer` in the name of the executive; one can appeal to the court (Awb 8:1)."""
    objection = decision.objection
    return letters.drafted(
        objection.application,
        "objection-decision",
        _facts(decision),
        signer=signer,
        motivation=_motivation(decision),
        summary=decision.summary,
    )


_OUTCOMES = {
    Outcome.INADMISSIBLE: "Wij kunnen uw bezwaar niet behandelen: het is niet-ontvankelijk.",
    Outcome.DISMISSED: "Wij geven u geen gelijk: uw bezwaar is ongegrond.",
    Outcome.PARTLY: "Wij geven u voor een deel gelijk: uw bezwaar is deels gegrond.",
    Outcome.UPHELD: "Wij geven u gelijk: uw bezwaar is gegrond.",
}
_BASIS = {
    InadmissibleGround.LATE: "artikel 6:7 en 6:11 van de Algemene wet bestuursrecht",
    InadmissibleGround.NOT_REPAIRED: "artikel 6:6 van de Algemene wet bestuursrecht",
    InadmissibleGround.NO_INTEREST: "artikel 1:2 en 7:1 van de Algemene wet bestuursrecht",
}


def _facts(decision: ObjectionDecision) -> dict[str, letters.Fact]:
    objection, awarded = decision.objection, decision.awarded_money
    facts: dict[str, letters.Fact] = {
        "decision": objection.decision_name,
        "outcome": _OUTCOMES[Outcome(decision.outcome)],
        "effect": "Het eerste besluit blijft zoals het is.",
        "basis": "artikel 7:11 van de Algemene wet bestuursrecht",
        "hearing": _heard(objection),
        "advice": _advised(decision),
        "costs": _costs(decision),
    }
    if decision.ground:
        facts["basis"] = _BASIS[InadmissibleGround(decision.ground)]
    if awarded is not None:
        said = award_words(objection.decision, award_of(decision, by=decision.proposed_by))
        facts["effect"] = f"Dit besluit komt in de plaats van het eerste. U krijgt hoogstens {awarded.dutch()}."
        facts |= {name: said[name] for name in ("payment", "obligations", "account_by")}
    if decision.beyond:
        facts["basis"] = "artikel 7:11 en artikel 4:25, derde lid, van de Algemene wet bestuursrecht"
    return facts


def _heard(objection: Objection) -> str:
    hearing = hearing_of(objection)
    if hearing is None:
        return ""
    if hearing.ground:
        return f"Wij hebben u niet gehoord, want {hearing.get_ground_display()}. {hearing.why}"
    held = day(hearing.held_on, "full") if hearing.held_on else ""
    return f"Op {held} vertelde u over uw bezwaar. Het gesprek stond onder leiding van {hearing.chair}. Het verslag: {hearing.report}"


def _advised(decision: ObjectionDecision) -> str:
    advice = advice_of(decision.objection)
    if advice is None:
        return ""
    told = f"De {advice.committee} vindt uw bezwaar {advice.get_outcome_display()}. {advice.text}"
    return f"{told} Wij wijken daarvan af. {decision.deviates}" if decision.deviates else told


def _costs(decision: ObjectionDecision) -> str:
    if not decision.objection.wants_costs:
        return ""
    paid = Money(decision.costs)
    told = f"Wij betalen {paid.dutch()} van uw kosten." if paid.cents else "Wij betalen uw kosten niet."
    return f"{told} {decision.costs_why}"


def _motivation(decision: ObjectionDecision) -> str:
    parts = [decision.motivation]
    if decision.consent_weighed:
        parts.append(f"Over het antwoord van de gemeente: {decision.consent_weighed}")
    if decision.beyond:
        parts.append(f"Dit bedrag komt boven het plafond. {decision.beyond['reason']}")
    return "\n".join(parts)
