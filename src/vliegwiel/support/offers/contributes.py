"""What this room hands to shared places: a reminder to municipalities that did not answer yet."""

from collections.abc import Iterator
from datetime import date, timedelta

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.support.offers.actions.send_offer import reference
from vliegwiel.support.offers.models import OfferedTo
from vliegwiel.support.offers.queries import ANSWERS

_BEFORE = timedelta(days=2)


def _silent(since: date, until: date) -> Iterator[Due]:
    """Two days before the last day."""
    due = (since + _BEFORE, until + _BEFORE)
    for offered in OfferedTo.objects.filter(offer__due__range=due, answers=None).select_related("offer").order_by("pk"):
        offer = offered.offer
        for person in who_may(ANSWERS, Subject(province=offer.province, municipality=offered.municipality)):
            about = reference(offer, offered.municipality)
            facts = {"offer": offer, "name": offered.name, "last": day(offer.due, "week")}
            moment = f"silent-{offered.municipality}"
            yield Due(about, offer.province, moment, offer.due - _BEFORE, person=person, facts=facts)


REMINDERS = [
    Reminder(
        "help-offer", "Een aanbod van hulp, twee dagen voor de laatste dag", "support/offers/texts/silent", _silent, kind="work"
    )
]
