"""What rooms above may ask of the desk.

`places_with_enquiries` counts where people asked and `enquiry_facts` says what a question is to who may read it, never its text.
`file_of` tells what a question at the desk is about, `may_work_on` whether someone works on it; `tell_asker` brings a message to who asked,
with or without an account. `DeskLink` is what a room contributes: beside a file, or to who is looking for one kind of help; `DeskHeap` what
lies there for an adviser.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.around import DeskHeap, DeskHeaps, DeskLink, DeskLinks
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.desk.queries import visible_to
from vliegwiel.support.desk.standing import find, may_work

__all__ = [
    "DeskHeap",
    "DeskHeaps",
    "DeskLink",
    "DeskLinks",
    "EnquiryFacts",
    "FileFacts",
    "enquiry_facts",
    "file_of",
    "may_work_on",
    "places_with_enquiries",
    "tell_asker",
]


@dataclass(frozen=True)
class FileFacts:
    """A question at the desk: public id, number, where, the kind of help (a key of catalogue/desk.yml), and who asked (public id, empty
    without an account)."""

    id: str
    number: str
    province: str
    municipality: str
    kind: str
    person: str


def file_of(name: str) -> FileFacts:
    """By public id or number; raises NotFound."""
    found = find(name)
    return FileFacts(found.public_id, found.number, found.province, found.municipality, found.kind, found.person)


def may_work_on(actor: Actor, name: str) -> Verdict:
    """Whether the actor works on this question (public id); nobody does on one that is destroyed."""
    found = Enquiry.objects.filter(public_id=name).first()
    return may_work(actor, found) if found else Verdict.no(Reason("gone", _("De vraag aan het loket is er niet meer.")))


def tell_asker(name: str, moment: str, text: str, facts: Mapping[str, object]) -> bool:
    """Decide a message to who asked, once per moment, in the caller's transaction; `text` is the path of a text without its ending.
    False when nobody could be told: an adviser phones or writes, or the question (public id) is destroyed."""
    found = Enquiry.objects.filter(public_id=name).first()
    return found is not None and telling.to_resident(found, moment, text, facts, whole_path=True)


@dataclass(frozen=True)
class EnquiryFacts:
    """What another room may know of a question: public id, number, and the area and municipality it is about (codes, may be empty)."""

    id: str
    number: str
    area: str
    municipality: str


def places_with_enquiries(province: str, since: date, theme: str = "") -> Mapping[str, int]:
    """How many questions about each area code came since a day; one question to the database."""
    found = Enquiry.objects.filter(province=province, received_on__gte=since).exclude(place="")
    if theme:
        found = found.filter(theme=theme)
    return Counter(dict(found.order_by().values("place").annotate(count=Count("pk")).values_list("place", "count")))


def enquiry_facts(actor: Actor, number: str) -> EnquiryFacts | None:
    """A question by its number, when this person may read it at work; None otherwise."""
    found = visible_to(actor).filter(number=number).first()
    return EnquiryFacts(found.public_id, found.number, found.place, found.municipality) if found else None
