"""What other rooms may ask of notices.

`tell` decides one message once, in the transaction of the act; `deliver_letter` brings a letter to who it is for, by e-mail or on
paper.
`Reminder` is what a room contributes so that it goes by itself; `Due` is one of its messages. `channel_of` says how someone
wants a kind of message, `choose_channel` changes it. `forget` deletes the messages about a record that never was.
"""

from vliegwiel.foundation.notices.actions.choose_channel import choose_channel
from vliegwiel.foundation.notices.actions.deliver_letter import deliver_letter
from vliegwiel.foundation.notices.actions.forget import forget
from vliegwiel.foundation.notices.actions.tell import tell
from vliegwiel.foundation.notices.queries import MessageFacts, channel_of, messages_of, unread_count
from vliegwiel.foundation.notices.reminders import Due, Reminder, preview

__all__ = [
    "Due",
    "MessageFacts",
    "Reminder",
    "channel_of",
    "choose_channel",
    "deliver_letter",
    "forget",
    "messages_of",
    "preview",
    "tell",
    "unread_count",
]
