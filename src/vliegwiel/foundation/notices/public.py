"""What other rooms may ask of notices.

`tell` decides one message once, in the transaction of the act; `deliver_letter` brings a letter to who it is for, by e-mail or on
paper. E-mail goes only to who chose it for that kind of message (`KINDS`): ask for it where someone hands something in, and keep it with
`choose_channels`, or with `note_choice` when they said it on paper, by phone or at the desk. `Reminder` is what a room contributes so
that it goes by itself; `Due` is one of its messages. `forget` deletes the messages about a record
that never was; `forget_receivers` and `old_messages` what is over its term.
"""

from vliegwiel.foundation.notices.actions.choose_channel import choose_channel, choose_channels, note_choice
from vliegwiel.foundation.notices.actions.deliver_letter import deliver_letter
from vliegwiel.foundation.notices.actions.forget import forget
from vliegwiel.foundation.notices.actions.tell import tell
from vliegwiel.foundation.notices.kinds import CHANNELS, KINDS
from vliegwiel.foundation.notices.queries import MessageFacts, channel_of, messages_of, unread_count
from vliegwiel.foundation.notices.reminders import Due, Reminder, preview
from vliegwiel.foundation.notices.retention import forget_receivers, old_messages

__all__ = [
    "CHANNELS",
    "KINDS",
    "Due",
    "MessageFacts",
    "Reminder",
    "channel_of",
    "choose_channel",
    "choose_channels",
    "deliver_letter",
    "forget",
    "forget_receivers",
    "messages_of",
    "note_choice",
    "old_messages",
    "preview",
    "tell",
    "unread_count",
]
