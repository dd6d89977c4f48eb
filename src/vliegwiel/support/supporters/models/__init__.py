"""Tables of village supporters, what is asked of authorities, and what is said of them."""

from vliegwiel.support.supporters.models.asked import BackingRequest, PromiseCount, RoomRequest
from vliegwiel.support.supporters.models.rating import AuthorityRating, PublishedRating
from vliegwiel.support.supporters.models.supporter import NetworkAnswer, NetworkQuestion, Supporter, SupporterVillage

__all__ = [
    "AuthorityRating",
    "BackingRequest",
    "NetworkAnswer",
    "NetworkQuestion",
    "PromiseCount",
    "PublishedRating",
    "RoomRequest",
    "Supporter",
    "SupporterVillage",
]
