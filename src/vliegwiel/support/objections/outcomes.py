"""A decision on an objection as it is proposed: what it says with its hash, what is missing, and the letter that tells it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterDraft
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import DutyIn, rules_of
from vliegwiel.support.objections import costs, effects, letters
from vliegwiel.support.objections.actions.hear_objection import hearing_of
from vliegwiel.support.objections.contested import Contested, contested_of
from vliegwiel.support.objections.costs import NOTHING, Reimbursement
from vliegwiel.support.objections.effects import REMEDIES, Upheld
from vliegwiel.support.objections.models import (
    REVISING,
    InadmissibleGround,
    Matter,
    Objection,
    ObjectionAdvice,
    ObjectionDecision,
    ObjectionEventKind,
    Outcome,
    Remedy,
)


@dataclass(frozen=True)
class ProposedOutcome:
    """What someone proposes to decide on an objection. `remedy` says what changes when it is upheld; `awarded` is the whole amount from now
    on, or what is still asked back. `duties` (None: as they were) and `grounds` take the place of those of the first decision, `pay_by`
    is a later day to pay back; `line` carries what we owe besides a grant. `beyond_reason` with the budget line (public id) that carries
    it lets it pass the ceiling (Awb 4:25(3)); `costs` is what is proposed about the costs of objecting (7:15)."""

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
    costs: Reimbursement = NOTHING
    beyond_reason: str = ""
    beyond_line: str = ""
    remedy: str = Remedy.MONEY
    duties: tuple[DutyIn, ...] | None = None
    grounds: tuple[str, ...] = ()
    pay_by: date | None = None
    line: str = ""


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
    lacks += costs.problems(objection, proposal.costs, proposal.outcome, proposal.remedy)
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
    if proposal.outcome not in REVISING:
        return [_("Bij deze uitkomst blijft het eerste besluit staan. Laat het bedrag leeg.")] if proposal.awarded else []
    against = contested_of(objection)
    if proposal.remedy not in REMEDIES[against.matter]:
        return [_("Kies wat er verandert. Bij dit besluit kan dat niet alles zijn.")]
    if proposal.remedy == Remedy.MONEY and (proposal.awarded is None or not against.better(proposal.awarded)):
        return [_needed(against)]
    if proposal.outcome == Outcome.PARTLY and proposal.remedy == Remedy.MONEY and proposal.awarded == against.best:
        return [_("Dit is alles wat kan. Kies ‘gegrond’.")]
    return effects.problems(against, upheld_of(proposal, against, by=by), objection.province)


def _needed(against: Contested) -> str:
    if against.asks_back:
        text = _("Vul in wat nog terug moet. Het is minder dan {was} uit het eerste besluit.")
    else:
        text = _("Vul het nieuwe bedrag in. Het is meer dan {was} uit het eerste besluit, en hoogstens {best}.")
    return text.format(was=against.amount.dutch(), best=against.best.dutch())


def upheld_of(proposal: "ProposedOutcome | ObjectionDecision", against: Contested, *, by: str, mandate: str = "") -> Upheld:
    """What a proposal, or a decision that waits, puts in the place of the first. Without another amount that of the first stays."""
    if isinstance(proposal, ObjectionDecision):
        awarded, reason, line = proposal.awarded_money, proposal.beyond.get("reason", ""), proposal.beyond.get("line", "")
        duties = None if proposal.duties is None else tuple(_duty(row) for row in proposal.duties)
    else:
        awarded, reason, line = proposal.awarded, proposal.beyond_reason.strip(), proposal.beyond_line.strip()
        duties = proposal.duties
    return Upheld(
        remedy=Remedy(proposal.remedy),
        amount=against.amount if awarded is None else awarded,
        summary=proposal.summary,
        motivation=proposal.motivation,
        by=by,
        mandate=mandate,
        public_title=proposal.public_title,
        activity_ends=proposal.activity_ends,
        consent_weighed=proposal.consent_weighed,
        at_once=proposal.at_once,
        duties=duties,
        grounds=tuple(proposal.grounds),
        pay_by=proposal.pay_by,
        line=proposal.line,
        beyond_reason=reason,
        beyond_line=line,
    )


def as_row(duty: DutyIn) -> dict[str, str | None]:
    """A duty as a decision that waits keeps it."""
    return {**vars(duty), "due_on": duty.due_on.isoformat() if duty.due_on else None}


def _duty(row: dict[str, Any]) -> DutyIn:
    return DutyIn(**{**row, "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None})


def needs_two(objection: Objection, awarded: Money | None, *, costs: Money, beyond: bool) -> bool:
    """Whether proposer and signer are two people: above the amount of the scheme, with the costs that are paid, past a ceiling, and for
    every decision after the grant, which two people took too (rules 1 and 8)."""
    if objection.matter != Matter.AWARD:
        return True
    together = costs if awarded is None else awarded + costs
    return beyond or (together.cents > 0 and together >= rules_of(objection.application).two_signatures_from)


def content_of(decision: ObjectionDecision) -> dict[str, Any]:
    """Everything a signature stands under."""
    fields = (
        "public_id outcome ground remedy awarded duties grounds pay_by line at_once summary motivation deviates consent_weighed "
        "public_title activity_ends costs costs_ours costs_lines costs_provider costs_why beyond"
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
    objection = decision.objection
    facts: dict[str, letters.Fact] = {
        "decision": objection.decision_name,
        "outcome": _OUTCOMES[Outcome(decision.outcome)],
        "effect": "Het eerste besluit blijft zoals het is.",
        "basis": "artikel 7:11 van de Algemene wet bestuursrecht",
        "hearing": _heard(objection),
        "advice": _advised(decision),
        **costs.facts_of_letter(decision),
    }
    if decision.ground:
        facts["basis"] = _BASIS[InadmissibleGround(decision.ground)]
    if decision.remedy:
        against = contested_of(objection)
        facts |= effects.words(against, upheld_of(decision, against, by=decision.proposed_by))
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


def _motivation(decision: ObjectionDecision) -> str:
    parts = [decision.motivation]
    if decision.consent_weighed:
        parts.append(f"Over het antwoord van de gemeente: {decision.consent_weighed}")
    if decision.beyond:
        parts.append(f"Dit bedrag komt boven het plafond. {decision.beyond['reason']}")
    return "\n".join(parts)
