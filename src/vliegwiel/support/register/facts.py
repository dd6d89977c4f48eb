"""What the room of the decision hands in."""

from dataclasses import dataclass
from datetime import date

from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class Entered:
    """A decision as the register takes it in. `organisation` (with its number in the trade register) is empty for natural persons,
    sole traders and informal groups: the caller never hands in their names."""

    province: str
    decision: str
    number: str
    kind: str
    scheme: str
    scheme_title: str
    legal_basis: str
    organisation: str
    organisation_number: str
    municipality: str
    title: str
    conditions: str
    amount: Money
    decided_on: date
    public_from: date
    beyond: str = ""
    made_up: bool = False
