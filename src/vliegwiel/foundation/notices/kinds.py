"""Kinds of message and the ways in which they may reach someone.

An administrative body may send a message electronically to who said so, for that kind of message; otherwise it goes by post (Awb 2:8).
Typing an e-mail address in a form is not saying so. Colleagues who work here are told by e-mail: that is no message to a citizen.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIL, POST, SITE, WEEKLY, NONE = "mail", "post", "site", "weekly", "none"
CHANNELS = {
    MAIL: _("per e-mail"),
    POST: _("op papier, met de post"),
    SITE: _("alleen hier, op deze pagina"),
    WEEKLY: _("één keer per week, bij elkaar in één e-mail"),
    NONE: _("niet"),
}
LETTERS = "letters"


@dataclass(frozen=True)
class MessageKind:
    """A kind of message (*soort bericht*): how it reaches someone who said nothing, and what they may choose.

    `at_work`: only for people who do their work here. `from_others`: another person asks us to pass it on, so that it is no message of
    the authority (Awb 2:8). `asked`: the person asked for exactly this by e-mail and confirmed their address, which is saying so.
    """

    key: str
    name: str | Promise
    usual: str
    choices: tuple[str, ...]
    hint: str | Promise = ""
    at_work: bool = False
    from_others: bool = False
    asked: bool = False


KINDS = {
    kind.key: kind
    for kind in (
        MessageKind(
            LETTERS,
            _("Besluiten en brieven"),
            POST,
            (POST, MAIL),
            _("Kiest u e-mail? Dan krijgt u bericht zodra er een brief klaarstaat. U krijgt dan geen papier meer."),
        ),
        MessageKind("file", _("Berichten over uw aanvraag of dossier"), POST, (POST, MAIL, SITE)),
        MessageKind("reminders", _("Herinneringen"), POST, (POST, MAIL, SITE, NONE)),
        MessageKind(
            "news", _("Nieuws en tips"), SITE, (SITE, WEEKLY, MAIL, NONE), _("Wij sturen dit alleen als u daarvoor kiest.")
        ),
        MessageKind(
            "invitations",
            _("Uitnodigingen van andere mensen"),
            MAIL,
            (MAIL, NONE),
            _("Iemand vraagt u mee te doen en gaf ons uw e-mailadres. Wij sturen die vraag door."),
            from_others=True,
        ),
        MessageKind(
            "contact",
            _("Berichten die mensen elkaar sturen via de site"),
            MAIL,
            (MAIL, SITE, NONE),
            _("Uw adres geven wij niet door. U kiest zelf of u antwoordt."),
            from_others=True,
        ),
        MessageKind(
            "following",
            _("Nieuws van plekken en thema’s die u volgt"),
            MAIL,
            (MAIL, WEEKLY, SITE, NONE),
            _("Hoogstens één bericht per dag, en alleen als er iets nieuws is."),
            asked=True,
        ),
        MessageKind("initiatives", _("Berichten over uw initiatief"), SITE, (SITE, WEEKLY, MAIL, NONE)),
        MessageKind(
            "desk",
            _("Berichten over uw vraag aan het loket"),
            MAIL,
            (MAIL, SITE, NONE),
            _("U koos zelf voor e-mail toen u uw vraag stelde."),
            asked=True,
        ),
        MessageKind(
            "experts",
            _("Berichten voor u als deskundige"),
            MAIL,
            (MAIL, WEEKLY, SITE, NONE),
            _("U vroeg hierom toen u in de pool kwam."),
            asked=True,
        ),
        MessageKind("work", _("Berichten voor uw werk"), MAIL, (MAIL, WEEKLY, SITE), at_work=True),
    )
}
