"""What other rooms may ask of initiatives.

Each initiative and meeting place on the site is in `foundation.search` as a document of kind `INITIATIVE` or `MEETING_PLACE`, with its
municipality as place and its themes: who looks for something alike asks the search. `how_far` says how many metres some of them lie from
a point (RD), by the published point, and `told_distance` says it in words. `made_by` tells what someone makes. `first_concern` says
what in a text may not be public, `concerns_in` what points at a person, `is_about_health` whether it names an illness.
`places_with_initiatives` says where something is begun, `initiative_facts` what one is.

Contact by consent for records of other rooms: `send_contact` keeps a message to a `Mailbox` and passes it on, `contact_behind` and
`confirm_contact` serve the link of a sender without an account, `close_contact` ends it, `block_sender` after abuse, `messages_to`
reads and `forget_messages_to` deletes; `write_contact`, `confirm_contact_page` and `contact_inbox` are their pages. Who may do so is for
the room that owns the record.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from vliegwiel.support.initiatives import contact, queries
from vliegwiel.support.initiatives.actions.send_message import confirm_message, message_behind
from vliegwiel.support.initiatives.contact import Mailbox, Written
from vliegwiel.support.initiatives.contact_pages import confirm_contact_page, contact_inbox, write_contact
from vliegwiel.support.initiatives.findable import INITIATIVE, MEETING_PLACE
from vliegwiel.support.initiatives.models import ContactMessage
from vliegwiel.support.initiatives.queries import MadeFacts, made_by
from vliegwiel.support.initiatives.rules import concerns_in, distance, first_concern, is_about_health, told_distance
from vliegwiel.support.initiatives.words import ENDED

__all__ = [
    "INITIATIVE",
    "MEETING_PLACE",
    "ContactMessage",
    "InitiativeFacts",
    "MadeFacts",
    "Mailbox",
    "Written",
    "block_sender",
    "close_contact",
    "concerns_in",
    "confirm_contact",
    "confirm_contact_page",
    "contact_behind",
    "contact_inbox",
    "first_concern",
    "forget_messages_to",
    "how_far",
    "initiative_facts",
    "is_about_health",
    "made_by",
    "messages_to",
    "places_with_initiatives",
    "send_contact",
    "told_distance",
    "write_contact",
]
send_contact = contact.send
close_contact = contact.close
block_sender = contact.block
messages_to = contact.messages_to
forget_messages_to = contact.forget_messages_to
contact_behind = message_behind
confirm_contact = confirm_message


def how_far(kind: str, province: str, names: Iterable[str], point: tuple[int, int]) -> dict[str, float]:
    """How many metres each of these (public ids of a `kind`) lies from a point (RD), by the published point; only what is on the site."""
    shown = {INITIATIVE: queries.shown, MEETING_PLACE: queries.shown_places}.get(kind)
    rows = shown(province).filter(public_id__in=list(names)).values_list("public_id", "x", "y") if shown else ()
    return {name: distance(point, (x, y)) for name, x, y in rows if x is not None and y is not None}


@dataclass(frozen=True)
class InitiativeFacts:
    """What another room may know of an initiative on the site: public id, title, path, and the area and municipality it lies in (codes)."""

    id: str
    title: str
    path: str
    area: str
    municipality: str


def places_with_initiatives(province: str, since: datetime, theme: str = "") -> Mapping[str, int]:
    """How many initiatives on the site lie at each area code, that the public saw first since a moment or that still run; one question."""
    found = queries.shown(province).filter(Q(shown_at__gte=since) | ~Q(phase__in=ENDED)).exclude(area="")
    if theme:
        found = found.filter(themes__theme=theme)
    return Counter(dict(found.order_by().values("area").annotate(count=Count("pk")).values_list("area", "count")))


def initiative_facts(province: str, name: str) -> InitiativeFacts | None:
    """An initiative on the site by public id, or None."""
    found = queries.shown(province).filter(public_id=name).first()
    return InitiativeFacts(found.public_id, found.title, found.path, found.area, found.municipality) if found else None
