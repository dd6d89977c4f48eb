"""Tables of initiatives, contact, follows, meeting places, and what volunteers are offered."""

from vliegwiel.support.initiatives.models.contact import BlockedSender, ContactMessage, Follow, FollowRun
from vliegwiel.support.initiatives.models.initiative import (
    Initiative,
    InitiativeLink,
    InitiativePerson,
    InitiativePhoto,
    InitiativeTheme,
    InitiativeWant,
)
from vliegwiel.support.initiatives.models.meeting import MeetingPlace, PlaceKeeper, ViabilityCheck
from vliegwiel.support.initiatives.models.offer import OfferRegistration, Thanks, VolunteerOffer
from vliegwiel.support.initiatives.models.year import PictureShare, YearPicture

__all__ = [
    "BlockedSender",
    "ContactMessage",
    "Follow",
    "FollowRun",
    "Initiative",
    "InitiativeLink",
    "InitiativePerson",
    "InitiativePhoto",
    "InitiativeTheme",
    "InitiativeWant",
    "MeetingPlace",
    "OfferRegistration",
    "PictureShare",
    "PlaceKeeper",
    "Thanks",
    "ViabilityCheck",
    "VolunteerOffer",
    "YearPicture",
]
