"""Dutch words for what the trail keeps in codes: acts, kinds of record, facts, who and through what. A test sees that none is missing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What was done.
ACTIONS: dict[str, Promise] = {
    "add-organisation": _("organisatie toegevoegd"),
    "answer-columns": _("vragen over kolommen beantwoord"),
    "answer-consent": _("vraag om instemming beantwoord"),
    "arrange-stand-in": _("vervanging geregeld"),
    "ask-consent": _("om instemming gevraagd"),
    "ask-scan-advice": _("advies bij een scan gevraagd"),
    "begin-scan": _("scan begonnen"),
    "choose-channel": _("voorkeur voor berichten gekozen"),
    "close-consent": _("vraag om instemming gesloten"),
    "close-scan": _("scan afgesloten"),
    "confirm-withdrawal": _("intrekken bevestigd"),
    "declare-conflict": _("belang gemeld"),
    "deliver-letter": _("brief bezorgd"),
    "describe-file": _("bestand beschreven"),
    "discard-file": _("bestand weggegooid"),
    "drop-withdrawal": _("voorstel om in te trekken weggehaald"),
    "end-mandate": _("mandaat beëindigd"),
    "end-stand-in": _("vervanging gestopt"),
    "expire-consent": _("geen antwoord op tijd vastgelegd"),
    "export-access": _("overzicht van toegang gemaakt"),
    "give-mandate": _("mandaat gegeven"),
    "give-role": _("rol gegeven"),
    "import-area-sets": _("regio’s of dorpen ingelezen"),
    "import-areas": _("gebieden ingelezen"),
    "import-figures": _("cijfers ingelezen"),
    "issue-letter": _("brief vastgesteld"),
    "keep-scan-advice": _("advies bij een scan bewaard"),
    "link-organisations": _("band tussen organisaties vastgelegd"),
    "make-backup": _("reservekopie gemaakt"),
    "mark-printed": _("brief als geprint gemeld"),
    "number-organisation": _("nummers van een organisatie vastgelegd"),
    "open-account": _("account geopend"),
    "open-letter": _("brief geopend"),
    "open-paper": _("stuk geopend"),
    "propose-withdrawal": _("intrekken voorgesteld"),
    "put-to-print": _("brief klaargezet om te printen"),
    "read-outbox": _("postbak bekeken"),
    "read-trail": _("logboek bekeken"),
    "receive-file": _("bestand ontvangen"),
    "receive-paper": _("stuk ontvangen"),
    "release-index": _("uitkomst vrijgegeven"),
    "remove-account": _("account verwijderd"),
    "remove-app": _("app weggehaald"),
    "remove-passkey": _("passkey weggehaald"),
    "renew-recovery-codes": _("herstelcodes vernieuwd"),
    "restore-backup": _("reservekopie teruggezet"),
    "save-scan-effects": _("effecten in een scan bewaard"),
    "save-scan-groups": _("groepen in een scan bewaard"),
    "scan-paper": _("stuk op virussen nagekeken"),
    "set-up-app": _("app ingesteld"),
    "set-up-passkey": _("passkey ingesteld"),
    "sign-in": _("ingelogd"),
    "sign-out": _("uitgelogd"),
    "unlink-organisations": _("band tussen organisaties beëindigd"),
    "withdraw-role": _("rol ingetrokken"),
    "write-note": _("toelichting geschreven"),
}

#: What it was about.
OBJECTS: dict[str, Promise] = {
    "access-report": _("overzicht"),
    "application": _("aanvraag"),
    "area-import": _("gebieden"),
    "areas": _("gebieden"),
    "backup": _("reservekopie"),
    "column-answers": _("antwoorden"),
    "conflict": _("belang"),
    "consent": _("vraag om instemming"),
    "digest": _("weekbericht"),
    "index-release": _("uitkomst"),
    "letter": _("brief"),
    "mandate": _("mandaat"),
    "organisation": _("organisatie"),
    "outbox": _("postbak"),
    "paper": _("stuk"),
    "person": _("account"),
    "received-file": _("bestand"),
    "release": _("levering"),
    "role": _("rol"),
    "scan": _("scan"),
    "stand-in": _("vervanging"),
    "trail": _("logboek"),
}

#: Names of facts.
FACTS: dict[str, Promise] = {
    "about": _("over nummer"),
    "about-kind": _("over"),
    "absent": _("afwezige"),
    "answer": _("antwoord"),
    "answers": _("antwoorden"),
    "bytes": _("bytes"),
    "changed": _("veranderd"),
    "channel": _("hoe"),
    "content": _("inhoud"),
    "controlled": _("ander deel van de band"),
    "draft": _("concept"),
    "due": _("uiterlijk"),
    "file": _("bestand"),
    "files": _("bestanden"),
    "filter": _("filter"),
    "from": _("van"),
    "kind": _("soort"),
    "late": _("te laat"),
    "length": _("lengte"),
    "letter-kind": _("soort brief"),
    "matter": _("onderwerp"),
    "most": _("hoogste bedrag in centen"),
    "municipality": _("gemeente"),
    "on-paper": _("op papier"),
    "organisation": _("organisatie"),
    "person": _("account"),
    "proposed-by": _("voorgesteld door"),
    "public-from": _("openbaar vanaf"),
    "receipt": _("code van de berekening"),
    "replacement": _("vervanger"),
    "rows": _("regels"),
    "sha256": _("code van de inhoud"),
    "silence": _("zonder antwoord geldt"),
    "since": _("sinds"),
    "state": _("stand"),
    "until": _("tot"),
    "version": _("versie"),
    "year": _("jaar"),
}

#: Who did it, when it was nobody with an account.
ACTORS: dict[str, Promise] = {"system": _("de installatie"), "visitor": _("een bezoeker"), "person": _("een account")}

#: Through what it was done.
ORIGINS: dict[str, Promise] = {
    "api": _("de API"),
    "cli": _("een opdracht"),
    "demo": _("het voorbeeld"),
    "job": _("een taak"),
    "web": _("de website"),
}

#: Why it was refused. Other codes are shown as they are: they are what the log of the machine holds too.
REASONS: dict[str, Promise] = {
    "changed": _("het was intussen veranderd"),
    "conflict": _("er is een belang bij"),
    "gone": _("het is ingetrokken"),
    "incorrect-code": _("een verkeerde code"),
    "incorrect-second-step": _("een verkeerde tweede stap"),
    "no-mandate": _("geen mandaat"),
    "no-reason": _("geen reden opgeschreven"),
    "no-role": _("geen rol die dit mag"),
    "not-allowed": _("het mag niet"),
    "not-found": _("het bestaat niet"),
    "not-now": _("het kan nu niet"),
    "not-own": _("het is van iemand anders"),
    "not-valid": _("het klopte niet"),
    "out-of-scope": _("de rol geldt hier niet"),
    "past-end": _("de tijd is voorbij"),
    "proposed": _("het was al voorgesteld"),
    "same-person": _("dezelfde persoon mag het niet twee keer doen"),
    "sign-in": _("niet ingelogd"),
    "stale": _("het was intussen veranderd"),
    "state": _("het kan in deze stand niet"),
    "too-large": _("het is te groot"),
    "too-often": _("het is te vaak geprobeerd"),
    "withdrawn": _("het was al ingetrokken"),
}


def fact_in_words(name: str, value: object) -> str:
    """A fact as a person reads it: its name in Dutch, and yes or no for what is so or not."""
    told = _("leeg") if value is None else _("ja") if value is True else _("nee") if value is False else value
    return f"{word_of(FACTS, name)}: {str(told)[:16]}"


def word_of(words: Mapping[str, Promise], code: str) -> str:
    """The Dutch word of a code, or the code itself when there is none."""
    return str(words.get(code, code))
