"""Send the reminders that are due."""

import logging

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import Message, decide, send_on
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
    count, ways = 0, set[str]()
    for item in planned(today - LATEST, today):
        if item.waits:
            continue
        due, reminder = item.due, item.reminder
        message = Message(due.about, due.moment, reminder.template, due.facts, due.province, tuple(due.post), reminder.kind)
        try:
            with transaction.atomic():
                way = decide(message, item.receiver, item.channel)
        except Refusal as refusal:
            log.warning("reminder %s was refused: %s", reminder.key, refusal.code)
            continue
        ways.add(way)
        count += bool(way)
    send_on(ways)
    return count
