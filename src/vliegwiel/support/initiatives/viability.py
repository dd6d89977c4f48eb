"""The yearly self-check of a meeting place: six questions, three answers, and what may help. No score, and no list of who does worse."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANSWERS: dict[str, Promise] = {
    "good": _("Dat gaat goed"),
    "some": _("Dat gaat wel"),
    "worry": _("Daar maken wij ons zorgen over"),
}


@dataclass(frozen=True)
class Looked:
    """A question of the self-check, and what a board can do when it worries."""

    key: str
    question: Promise
    help: Promise


LOOKED = (
    Looked(
        "money",
        _("Komt er genoeg geld binnen voor de vaste lasten?"),
        _("Vraag een adviseur om mee te kijken naar huur, energie en regelingen."),
    ),
    Looked(
        "volunteers",
        _("Zijn er genoeg vrijwilligers?"),
        _("Zet een vraag om vrijwilligers op de site. Kijk ook naar taken die kleiner kunnen."),
    ),
    Looked(
        "board", _("Zijn er genoeg mensen in het bestuur?"), _("Praat op tijd over wie het overneemt. Een adviseur denkt mee.")
    ),
    Looked(
        "use", _("Komen er genoeg mensen en groepen?"), _("Vraag in het dorp wat men mist. Zoek op de site wat elders werkt.")
    ),
    Looked(
        "building",
        _("Is het gebouw in orde?"),
        _("Laat een deskundige kijken wat eerst moet. Voor verduurzamen is er soms geld."),
    ),
    Looked(
        "everyone",
        _("Voelt iedereen zich er welkom?"),
        _("Vraag wie er niet komt, en wat zou helpen. Denk aan geld, taal, drempels en tijden."),
    ),
)
