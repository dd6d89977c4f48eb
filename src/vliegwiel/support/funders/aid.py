"""State aid where a fund takes part: only state resources are aid (VWEU 107(1)). Ours always count, those of a private fund never do."""

from dataclasses import dataclass

from vliegwiel.catalogue.state_aid import aid_routes
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import FundAnswer, FundDecision, Kind
from vliegwiel.support.funders.stand import terms_on
from vliegwiel.support.funders.standing import booked_about
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.state_aid.public import AidEntry, AidSource, LedgerFacts, aid_of, booked_about_organisation, ledger_of
from vliegwiel.support.state_aid.public import booked_about as entries_about


@dataclass(frozen=True)
class AwardAid:
    """What of an award counts as de-minimis aid now: ours, and the fund's when its money is public; with the ledger of the undertaking."""

    route_name: str
    why: str
    ours: Money
    fund: Money
    ledger: LedgerFacts | None


def aid_in(decision: FundDecision) -> AwardAid | None:
    """The aid in a decision of the fund; None when it is no aid."""
    about = booked_about(decision)
    found, entries = aid_of(about), entries_about(about)
    if found is None or not entries:
        return None
    ledger = next((item for item in ledger_of(found.undertaking) if item.ledger == entries[0].ledger), None)
    return AwardAid(found.route_name, found.why, _sum(entries, AidSource.GRANT), _sum(entries, AidSource.DECLARED), ledger)


def uncounted(application: str) -> list[FundAnswer]:
    """The yeses of public funders about an application that goes along a de-minimis route, and that were not counted yet."""
    grant = grant_of(application)
    route = aid_of(grant.about)
    if route is None or not route.undertaking or not aid_routes()[route.route].ledger:
        return []
    answers = FundAnswer.objects.filter(application=application, agrees=True).select_related("agreement").order_by("pk")
    counted = booked_about_organisation(route.undertaking)
    return [answer for answer in answers if _public(answer) and key_of(answer) not in counted]


def key_of(answer: FundAnswer) -> str:
    """How the ledger names what a fund gives to a plan that we handle."""
    return f"fund-{answer.public_id}"


def _public(answer: FundAnswer) -> bool:
    signed = list(answer.agreement.terms.exclude(signed_at=None))
    terms = terms_on(signed, answer.answered_on or answer.asked_on)
    return terms is not None and terms.public_money and terms.kind != Kind.CROWD


def _sum(entries: list[AidEntry], source: AidSource) -> Money:
    """An entry with what was taken back of it."""
    own = {entry.pk for entry in entries if entry.source == source}
    return Money(sum(entry.amount for entry in entries if entry.pk in own or entry.corrects_id in own))
