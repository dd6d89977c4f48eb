"""Offers, and their answers counted."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.offers.models import HelpOffer, OfferAnswer, OfferAnswerKind, OfferedTo

ANSWERS = "answer-offers"
#: What is counted apart from the answers themselves.
WAITING, SILENT = "wacht", "geen"


@dataclass(frozen=True)
class Stand:
    """How one municipality stands: its answer that counts, or `key` WAITING before the last day and SILENT after it."""

    offered: OfferedTo
    answer: OfferAnswer | None
    key: str

    @property
    def words(self) -> str:
        """In Dutch."""
        return self.answer.get_kind_display() if self.answer else words_of()[self.key]


def words_of() -> dict[str, str]:
    """Every thing that is counted, in the order of the page."""
    known = {kind.value: str(kind.label) for kind in OfferAnswerKind}
    return {**known, WAITING: _("Nog geen antwoord"), SILENT: _("Geen antwoord op tijd")}


def offer_named(name: str) -> HelpOffer:
    """By public id; raises NotFound."""
    found = HelpOffer.objects.filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Dit aanbod kennen we niet."))
    return found


def stands_of(offer: HelpOffer) -> list[Stand]:
    """Every municipality with what it answered, by name, in a fixed number of questions."""
    silent = SILENT if clock.today() > offer.due else WAITING
    found = []
    for offered in offer.offered.prefetch_related("answers"):
        answer = next(iter(offered.answers.all()), None)
        found.append(Stand(offered, answer, answer.kind if answer else silent))
    return found


def counted(stands: list[Stand]) -> list[tuple[str, str, int]]:
    """Key, words and number of each thing that is counted; answers are there also when nobody gave them."""
    counts = Counter(stand.key for stand in stands)
    return [(key, words, counts[key]) for key, words in words_of().items() if counts[key] or key not in (WAITING, SILENT)]


def for_municipality(actor: Actor) -> QuerySet[OfferedTo]:
    """Offers that this person may answer, the newest first."""
    found = OfferedTo.objects.select_related("offer").prefetch_related("answers").order_by("-offer_id", "pk")
    return may_filter(actor, ANSWERS, found, Fields(province="offer__province", municipality="municipality"))
