"""Words on screen for what is chosen from a list: phases, target groups, what is sought, how precise a place is shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.facilities import facility_words

#: Phases as people know them, in order; the last two end an initiative.
PHASES: dict[str, Promise] = {
    "idea": _("idee"),
    "starting": _("begint net"),
    "running": _("loopt"),
    "lasting": _("is blijvend"),
    "stopped": _("is gestopt"),
    "became": _("werd iets anders"),
}
ENDED = ("stopped", "became")
GROUPS: dict[str, Promise] = {
    "everyone": _("iedereen"),
    "children": _("kinderen"),
    "young": _("jongeren"),
    "families": _("gezinnen"),
    "older": _("ouderen"),
    "newcomers": _("nieuwe bewoners"),
    "lonely": _("mensen die zich alleen voelen"),
    "little-money": _("mensen met weinig geld"),
    "disability": _("mensen met een beperking"),
    "carers": _("mantelzorgers"),
    "lhbti": _("lhbti+-mensen"),
}
#: What an initiative seeks or offers.
WANTS: dict[str, Promise] = {
    "hands": _("vrijwilligers"),
    "knowledge": _("kennis"),
    "room": _("een ruimte"),
    "money": _("geld"),
    "things": _("spullen"),
    "company": _("anderen die dit ook doen"),
}
PRECISIONS: dict[str, Promise] = {
    "area": _("alleen de buurt of het dorp"),
    "around": _("ongeveer: een vak van een kilometer"),
    "near": _("redelijk precies: een vak van tweehonderd meter"),
}
ROLES: dict[str, Promise] = {"taker": _("initiatiefnemer"), "helper": _("helper"), "contact": _("contactpersoon")}
PLACE_KINDS: dict[str, Promise] = {
    "village-hall": _("dorpshuis"),
    "neighbourhood-house": _("buurthuis"),
    "library": _("bibliotheek"),
    "club": _("clubgebouw of kantine"),
    "church": _("kerk"),
    "cafe": _("café of winkel"),
    "garden": _("tuin of speelplek"),
    "school": _("school"),
    "other": _("andere plek"),
}
#: What somebody meets at the door: the same words as in the register of facilities.
ACCESS = facility_words().access_details
OFFER_KINDS: dict[str, Promise] = {
    "training": _("training"),
    "evening": _("avond"),
    "festival": _("festival"),
    "thanks": _("bedankmiddag"),
}
THANKS_KINDS: dict[str, Promise] = {"message": _("bericht"), "invitation": _("uitnodiging"), "certificate": _("certificaat")}
