"""What other rooms may do with the register of subsidies.

`enter` writes a decision and `change` what happens to it later, both in the transaction of that decision. `name_giver` says who else
pays for the same plan, before or after the decision is there. What is written is seen from `public_from` on. `counted` gives
decisions per scheme and year, with refusals as numbers only. `is_public` says whether a decision has its page already.
"""

from vliegwiel.support.register.actions.enter_decision import change, enter
from vliegwiel.support.register.actions.name_giver import name_giver
from vliegwiel.support.register.facts import Entered
from vliegwiel.support.register.models import ChangeKind
from vliegwiel.support.register.queries import Counted, counted, is_public

__all__ = ["ChangeKind", "Counted", "Entered", "change", "counted", "enter", "is_public", "name_giver"]
