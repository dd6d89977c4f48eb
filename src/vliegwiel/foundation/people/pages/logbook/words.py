"""Dutch words for what the trail keeps in codes; a room that is not listed here shows its own code."""

ACTIONS = {
    "add-organisation": "organisatie toegevoegd",
    "export-access": "overzicht van toegang gemaakt",
    "give-role": "rol gegeven",
    "import-area-sets": "regio's of dorpen ingelezen",
    "import-areas": "gebieden ingelezen",
    "import-figures": "cijfers ingelezen",
    "open-account": "account geopend",
    "read-outbox": "postbak bekeken",
    "read-trail": "logboek bekeken",
    "remove-account": "account verwijderd",
    "remove-app": "app weggehaald",
    "remove-passkey": "passkey weggehaald",
    "renew-recovery-codes": "herstelcodes vernieuwd",
    "set-up-app": "app ingesteld",
    "set-up-passkey": "passkey ingesteld",
    "sign-in": "ingelogd",
    "sign-out": "uitgelogd",
    "withdraw-role": "rol ingetrokken",
}
OBJECTS = {
    "access-report": "overzicht",
    "area-import": "gebieden",
    "areas": "gebieden",
    "organisation": "organisatie",
    "outbox": "postbak",
    "person": "account",
    "release": "levering",
    "role": "rol",
    "trail": "logboek",
}
