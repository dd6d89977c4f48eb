"""Come back on a refusal when money came free under the ceiling that was full."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.allocation import Award
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants import decisions
from vliegwiel.support.grants.actions.propose_decision import lay_before
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.freed import freed_money, refusal_of
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.decision import AWARDING
from vliegwiel.support.grants.regulation import call_for
from vliegwiel.support.grants.standing import begin, demand_revision, find, named

KEY = "come-back-on-refusal"


@trail.recorded(KEY, kind="application", about=named("application"))
@transaction.atomic
def come_back_on_refusal(
    *, actor: Actor, application: str, proposal: Proposal, seen: str, revision: int | None = None
) -> Decision:
    """Lay a grant before who signs, instead of a refusal that rested only on a ceiling that was full (Awb 4:25(2)).

    That refusal was right and stands: who got it has no claim, and may apply afresh where a call is open. The province may come back on
    it by its own motion, as the new decision is in the applicant's favour and takes nothing from anyone: what may go to who still waits
    for a decision is not free (4:26), and nobody is passed over. The engine says for whom there is money, by the order of the division,
    and how much. The file stays refused until the new decision is signed, by the same road as a first one; against it one can object,
    as it is no decision on an objection. `seen` is the hash of the outcome that was looked at.

    Raises NotFound, NotAllowed; NotNow when nothing is free, others are first, something changed since, or a gate is shut; NotValid for
    another amount than the engine gives, or with one line per thing that is missing.
    """
    found = find(application)
    begin(actor, KEY, found)
    demand_revision(found, revision)
    refusal = refusal_of(found)
    if refusal is None:
        text = _("Deze aanvraag is niet alleen om het plafond afgewezen. Geld dat vrijkomt, verandert dat niet.")
        raise NotNow(text, code="other-ground")
    award = _award(found, seen)
    if proposal.kind not in AWARDING or proposal.awarded != award.amount or proposal.beyond is not None:
        text = _("Met het vrije geld krijgt deze aanvraag {amount}. Stel dat bedrag voor.")
        raise NotValid(text.format(amount=award.amount.dutch()), code="amount")
    lacks = decisions.problems(found, proposal)
    if lacks:
        raise NotValid(_("Dit voorstel is nog niet compleet."), code="not-complete", details=tuple(lacks))
    intent = replace(decisions.intent_of(found, proposal), settled=True)  # whose turn it is, the engine said
    return lay_before(actor, KEY, found, proposal, intent, instead_of=refusal)


def _award(found: Application, seen: str) -> Award:
    now = freed_money(call_for(found))
    if any(item.application_id == found.pk for item in now.proposed):
        raise NotNow(_("Er ligt al een voorstel voor deze aanvraag."), code="waits")
    if now.undrawn:
        raise NotNow(_("Publiceer eerst het startgetal van de loting."), code="no-seed")
    if not now.awards:
        raise NotNow(_("Er is geen geld vrij onder dit plafond."), code="nothing-free")
    if now.hash != seen:
        raise NotNow(_("Er is intussen iets veranderd. Kijk opnieuw naar de wachtlijst."), code="stale")
    award = now.awards.get(found.public_id)
    if award is None:
        raise NotNow(_("Anderen op de wachtlijst gaan voor. Voor deze aanvraag is er nu geen geld."), code="others-first")
    return award
