"""Send the reminders that are due."""

import logging

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import tell
from vliegwiel.foundation.notices.reminders import LATEST, planned
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import Refusal

log = logging.getLogger(__name__)


def send_reminders(*, actor: Actor) -> int:
    """Decide every reminder that is due today or was due in the last thirty days and does not stand still; returns how many.

    Each is decided in a transaction of its own: when we stop half-way the rest follows at the next turn, and nothing goes twice. One
    that cannot be sent does not hold up the others.
    """
    today = clock.today()
    count = 0
    for item in planned(today - LATEST, today):
        if item.waits:
            continue
        due = item.due
        try:
            with transaction.atomic():
                count += tell(
                    about=due.about,
                    moment=due.moment,
                    template=item.reminder.template,
                    facts=due.facts,
                    province=due.province,
                    person=due.person,
                    address=due.address,
                    post=due.post,
                    kind=item.reminder.kind,
                )
        except Refusal as refusal:
            log.warning("reminder %s was refused: %s", item.reminder.key, refusal.code)
    return count
