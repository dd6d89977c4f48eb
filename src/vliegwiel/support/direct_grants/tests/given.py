"""Direct grants of the made-up province, made by the real actions."""

from datetime import date
from typing import Any

from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.actions.make_direct_grant import Intended, make_direct_grant, propose_direct_grant
from vliegwiel.support.direct_grants.models import DirectGrant
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.models import Decision
from vliegwiel.support.grants.public import Recipient
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import PROVINCE, a_signer, an_officer, no_state_aid
from vliegwiel.support.schemes.models import SchemeVersion
from vliegwiel.support.schemes.tests.given import a_version_in_force

RULES = "groningen/subsidies-zonder-regeling"


def the_rules() -> SchemeVersion:
    """The rules for grants without a scheme, in force in the made-up province."""
    found = SchemeVersion.objects.filter(scheme__title="Subsidies zonder regeling").first()
    return found or a_version_in_force(RULES, title="Subsidies zonder regeling")


def a_recipient(name: str = "Stichting Kleding voor Niemand", kvk: str = "") -> Recipient:
    """An organisation that does not exist."""
    return Recipient(name, "Luchtstraat 12", "0000 AB Nergensdam", kvk=kvk, account="NL91ABNA0417164300")


def intended(line: str = "", **changes: Any) -> Intended:
    """Forty thousand euros for this year, because the budget names it."""
    usual: dict[str, Any] = {
        "title": "Kleding voor wie het nodig heeft",
        "line": line or a_line(Money.euros(200_000), kind="jaarsubsidie"),
        "amount": Money.euros(40_000),
        "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31),
        "ground": "budget",
        "proof": "Verzonnen begroting 2026, post 12",
        "most": Money.euros(40_000),
    }
    return Intended(**{**usual, **changes})


def a_direct_grant(line: str = "", *, actor: Actor | None = None, to: str = "", kvk: str = "", **changes: Any) -> DirectGrant:
    """A direct grant whose file is open."""
    the_rules()
    recipient = a_recipient(to, kvk) if to else a_recipient(kvk=kvk)
    return make_direct_grant(
        actor=actor or an_officer(), province=PROVINCE, recipient=recipient, intended=intended(line, **changes)
    )


def proposed(grant: DirectGrant) -> Decision:
    """Assessed as no state aid, and laid before who signs."""
    no_state_aid(find(grant.application))
    said = propose_direct_grant(
        actor=an_officer(), grant=grant.public_id, summary="U krijgt geld.", motivation="Wat u doet, helpt mensen."
    )
    return Decision.objects.get(public_id=said.id)


def granted(grant: DirectGrant) -> DirectGrant:
    """Signed by a second person."""
    waiting = proposed(grant)
    sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    return grant
