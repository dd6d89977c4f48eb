"""Dutch words for what the trail keeps in codes: acts, kinds of record, facts, who and through what. A test sees that none is missing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.people.pages.logbook.acts import DONE

#: What was done.
ACTIONS: Mapping[str, Promise] = DONE

#: What it was about.
OBJECTS: dict[str, Promise] = {
    "access-report": _("overzicht"),
    "aid": _("staatssteun"),
    "aid-entry": _("boeking van staatssteun"),
    "application": _("aanvraag"),
    "area-import": _("gebieden"),
    "areas": _("gebieden"),
    "backup": _("reservekopie"),
    "batch": _("stapel brieven"),
    "budget-line": _("budgetpost"),
    "call": _("openstelling"),
    "ceiling": _("plafond"),
    "column-answers": _("antwoorden"),
    "claim": _("vordering"),
    "conflict": _("belang"),
    "consent": _("vraag om instemming"),
    "council-decision": _("besluit van Provinciale Staten"),
    "council-item": _("motie of toezegging"),
    "crisis": _("crisis"),
    "decision": _("besluit"),
    "default-notice": _("ingebrekestelling"),
    "digest": _("weekbericht"),
    "index-release": _("uitkomst"),
    "instrument": _("instrument"),
    "ledger-entry": _("boeking"),
    "letter": _("brief"),
    "mandate": _("mandaat"),
    "message": _("bericht"),
    "objection": _("bezwaar"),
    "misuse": _("misbruik"),
    "organisation": _("organisatie"),
    "outbox": _("postbak"),
    "paper": _("stuk"),
    "pause": _("pauze"),
    "payment": _("betaling"),
    "payment-batch": _("betaalbestand"),
    "person": _("account"),
    "programme": _("programma"),
    "programme-line": _("programmalijn"),
    "received-file": _("bestand"),
    "register-entry": _("regel in het subsidieregister"),
    "release": _("levering"),
    "role": _("rol"),
    "sample": _("steekproef"),
    "scan": _("scan"),
    "scheme": _("regeling"),
    "stand-in": _("vervanging"),
    "trail": _("logboek"),
}

#: Names of facts.
FACTS: dict[str, Promise] = {
    "about": _("over nummer"),
    "report": _("verslag"),
    "hash": _("code van de inhoud"),
    "payment": _("betaling"),
    "duty": _("verplichting"),
    "proof": _("bewijs"),
    "request": _("verzoek"),
    "granted": _("toegestaan"),
    "intention": _("voornemen"),
    "form": _("hoe"),
    "ground": _("grond"),
    "claim": _("vordering"),
    "letter": _("brief"),
    "percent": _("procent"),
    "population": _("waaruit"),
    "drawn": _("getrokken"),
    "run": _("reeks"),
    "sent": _("verstuurd op"),
    "register-from": _("in het register vanaf"),
    "about-kind": _("over"),
    "absent": _("afwezige"),
    "amount": _("bedrag"),
    "answer": _("antwoord"),
    "answers": _("antwoorden"),
    "bytes": _("bytes"),
    "cases": _("voorbeeldgevallen"),
    "ceiling": _("plafond"),
    "cents": _("bedrag in centen"),
    "changed": _("veranderd"),
    "channel": _("hoe"),
    "content": _("inhoud"),
    "controlled": _("ander deel van de band"),
    "count": _("aantal"),
    "days": _("dagen"),
    "decision": _("besluit"),
    "draft": _("concept"),
    "due": _("uiterlijk"),
    "effect": _("gevolg"),
    "ended": _("beëindigd"),
    "file": _("bestand"),
    "files": _("bestanden"),
    "filter": _("filter"),
    "from": _("van"),
    "good": _("goed"),
    "in-force": _("in werking vanaf"),
    "is-aid": _("is staatssteun"),
    "kind": _("soort"),
    "lapsed": _("vervallen"),
    "late": _("te laat"),
    "ledger": _("boeking"),
    "length": _("lengte"),
    "letter-kind": _("soort brief"),
    "letters": _("brieven"),
    "line": _("budgetpost"),
    "mandate": _("mandaat"),
    "matter": _("onderwerp"),
    "message": _("bericht"),
    "method": _("wijze"),
    "most": _("hoogste bedrag in centen"),
    "municipality": _("gemeente"),
    "number": _("nummer"),
    "on": _("op"),
    "on-paper": _("op papier"),
    "organisation": _("organisatie"),
    "parts": _("onderdelen"),
    "person": _("account"),
    "phase": _("fase"),
    "problems": _("wat er mis is"),
    "proposed-by": _("voorgesteld door"),
    "public-from": _("openbaar vanaf"),
    "receipt": _("code van de berekening"),
    "replacement": _("vervanger"),
    "revision": _("versie van het formulier"),
    "route": _("route"),
    "rows": _("regels"),
    "scheme": _("regeling"),
    "sha256": _("code van de inhoud"),
    "silence": _("zonder antwoord geldt"),
    "since": _("sinds"),
    "state": _("stand"),
    "told": _("verteld"),
    "until": _("tot"),
    "version": _("versie"),
    "wrong-cases": _("voorbeelden die anders uitkomen"),
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
