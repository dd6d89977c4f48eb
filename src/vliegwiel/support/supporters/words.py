"""Words on screen: the three questions about an authority, their answers, and what can come of a question for room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: dict[str, Promise] = {"yes": _("ja"), "partly": _("een beetje"), "no": _("nee")}
#: What is asked about an authority, by the column that holds the answer.
ASKED: dict[str, Promise] = {
    "space": _("Kreeg u ruimte om het op uw eigen manier te doen?"),
    "respect": _("Werd u serieus genomen?"),
    "backing": _("Stond deze overheid achter u toen het nodig was?"),
}
#: The same in one word, for a table.
SHORT: dict[str, Promise] = {"space": _("ruimte"), "respect": _("respect"), "backing": _("rugdekking")}
OUTCOMES: dict[str, Promise] = {
    "given": _("ruimte gegeven"),
    "partly": _("voor een deel gegeven"),
    "refused": _("niet gegeven"),
}
