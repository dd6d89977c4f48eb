"""Name who else pays for a plan, in the transaction of the act that knows it."""

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.register.models import RegisterGiver


def name_giver(*, actor: Actor, province: str, number: str, name: str, amount: Money, key: str) -> RegisterGiver:
    """Another giver beside the province for the file with this number; harmless when repeated with one `key`. Zero takes the name away.

    Raises NotValid without a name or with an amount below zero.
    """
    if not name.strip() or amount.cents < 0:
        raise NotValid("Noem wie meebetaalt, en hoeveel.", code="no-giver")
    values = {"name": name.strip()[:120], "amount": amount.cents}
    kept, new = RegisterGiver.objects.get_or_create(province=province, number=number, key=key, defaults=values)
    if new:
        trail.record(
            actor=actor,
            action="name-giver",
            subject=Reference("register-entry", number, "", ""),
            facts={"amount": amount.cents},
            province=province,
        )
    return kept
