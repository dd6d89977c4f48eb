"""Kinds of message and the ways in which they may reach someone (Awb 2:8: electronically only for who said so, per kind)."""

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


@dataclass(frozen=True)
class MessageKind:
    """A kind of message (*soort bericht*): how it reaches someone who said nothing, and what they may choose."""

    key: str
    name: str | Promise
    usual: str
    choices: tuple[str, ...]
    hint: str | Promise = ""


KINDS = {
    kind.key: kind
    for kind in (
        MessageKind(
            "letters",
            _("Besluiten en brieven"),
            POST,
            (POST, MAIL),
            _("Kiest u e-mail? Dan krijgt u bericht zodra er een brief klaarstaat. U krijgt dan geen papier meer."),
        ),
        MessageKind("file", _("Berichten over uw aanvraag of dossier"), MAIL, (MAIL, SITE)),
        MessageKind("reminders", _("Herinneringen"), MAIL, (MAIL, SITE, NONE)),
        MessageKind("news", _("Nieuws en tips"), WEEKLY, (WEEKLY, MAIL, SITE, NONE)),
    )
}
