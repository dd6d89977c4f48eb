"""Dutch words for what the trail keeps in codes; a room that is not listed here shows its own code."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "answer-columns": gettext_lazy("vragen over kolommen beantwoord"),
    "confirm-withdrawal": gettext_lazy("intrekken bevestigd"),
    "describe-file": gettext_lazy("bestand beschreven"),
    "discard-file": gettext_lazy("bestand weggegooid"),
    "propose-withdrawal": gettext_lazy("intrekken voorgesteld"),
    "receive-file": gettext_lazy("bestand ontvangen"),
    "add-organisation": gettext_lazy("organisatie toegevoegd"),
    "export-access": gettext_lazy("overzicht van toegang gemaakt"),
    "give-role": gettext_lazy("rol gegeven"),
    "import-area-sets": gettext_lazy("regio's of dorpen ingelezen"),
    "import-areas": gettext_lazy("gebieden ingelezen"),
    "import-figures": gettext_lazy("cijfers ingelezen"),
    "open-account": gettext_lazy("account geopend"),
    "read-outbox": gettext_lazy("postbak bekeken"),
    "read-trail": gettext_lazy("logboek bekeken"),
    "remove-account": gettext_lazy("account verwijderd"),
    "remove-app": gettext_lazy("app weggehaald"),
    "remove-passkey": gettext_lazy("passkey weggehaald"),
    "renew-recovery-codes": gettext_lazy("herstelcodes vernieuwd"),
    "set-up-app": gettext_lazy("app ingesteld"),
    "set-up-passkey": gettext_lazy("passkey ingesteld"),
    "sign-in": gettext_lazy("ingelogd"),
    "sign-out": gettext_lazy("uitgelogd"),
    "withdraw-role": gettext_lazy("rol ingetrokken"),
}
OBJECTS = {
    "column-answers": gettext_lazy("antwoorden"),
    "received-file": gettext_lazy("bestand"),
    "access-report": gettext_lazy("overzicht"),
    "area-import": gettext_lazy("gebieden"),
    "areas": gettext_lazy("gebieden"),
    "organisation": gettext_lazy("organisatie"),
    "outbox": gettext_lazy("postbak"),
    "person": gettext_lazy("account"),
    "release": gettext_lazy("levering"),
    "role": gettext_lazy("rol"),
    "trail": gettext_lazy("logboek"),
}
