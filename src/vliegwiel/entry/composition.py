"""The one list of what the rooms hand to the shared places. Only rooms that exist are named."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MENU: list[tuple[Promise, str]] = [
    (_("Start"), "/"),
    (_("Kaart"), "/kaart"),
    (_("Vergelijk"), "/vergelijk"),
    (_("Waar stapelt het zich op?"), "/kwetsbaarheid"),
    (_("Over de cijfers"), "/methoden"),
    (_("Open data"), "/data"),
    (_("Hulp en geld"), "/regelingen"),
    (_("Geld van de provincie"), "/geld"),
]

#: Pages for who works here: the verb that opens it, its address, and its name.
WORK_PAGES: list[tuple[str, str, Promise]] = [
    ("import-figures", "/beheer/cijfers", _("Leveringen van cijfers")),
    ("publish-figures", "/beheer/uitkomsten", _("Uitkomsten vrijgeven")),
    ("write-note", "/gemeente/uitkomsten", _("Uitkomsten vooraf bekijken")),
    ("apply-for-support", "/mijn/aanvragen", _("Mijn aanvragen")),
    ("assess-applications", "/werk/invoeren", _("Aanvraag op papier invoeren")),
    ("put-in-force", "/beheer/regelingen", _("Regelingen en openstellingen")),
    ("manage-schemes", "/beheer/crisis", _("Crisis en fasen")),
    ("give-consent", "/gemeente/instemming", _("Instemming van de gemeente")),
    ("make-scans", "/scans", _("Brede-welvaartscans")),
    ("read-budgets", "/beheer/budgetten", _("Budgetten")),
    ("read-budgets", "/beheer/moties", _("Moties en toezeggingen")),
    ("prepare-payments", "/beheer/betalingen", _("Betalingen")),
    ("approve-payments", "/beheer/betalingen", _("Betalingen")),
    ("assess-applications", "/werk/aanvragen", _("Aanvragen die wachten")),
    ("assess-applications", "/werk/openstellingen", _("Verdelen")),
    ("assess-applications", "/werk/staatssteun", _("Staatssteun melden en nakijken")),
    ("pay-and-settle", "/werk/uitbetalingen", _("Uitbetalen")),
    ("pay-and-settle", "/werk/vaststellingen", _("Vaststellen en terugvorderen")),
    ("keep-misuse", "/werk/misbruik", _("Misbruik van subsidie")),
    ("sign-decisions", "/werk/vaststellingen", _("Vaststellen en terugvorderen")),
    ("give-direct-grants", "/werk/directe-subsidies", _("Subsidies zonder regeling")),
    ("give-direct-grants", "/werk/lopende-subsidies", _("Lopende subsidies overnemen")),
    ("score-applications", "/beoordelen", _("Wat u beoordeelt")),
    ("handle-objections", "/werk/bezwaren", _("Bezwaren")),
    ("hear-objections", "/werk/bezwaren", _("Bezwaren")),
    ("decide-objections", "/werk/bezwaren", _("Bezwaren")),
    ("manage-roles", "/beheer/mensen", _("Mensen en organisaties")),
    ("manage-mandates", "/beheer/mandaten", _("Mandaten")),
    ("read-trail", "/beheer/logboek", _("Logboek")),
    ("read-outbox", "/beheer/postbak", _("Postbak")),
    ("send-letters", "/beheer/brieven/stapels", _("Stapels brieven")),
    ("send-letters", "/beheer/brieven", _("Brieven om te printen")),
    ("plan-messages", "/beheer/berichten", _("Berichten die eraan komen")),
    ("manage-own-account", "/mijn/berichten", _("Mijn berichten")),
    ("manage-own-account", "/mijn/voorkeuren", _("Hoe u bericht krijgt")),
]

#: Kinds of record that a province owns: an entry of the trail about one always names the province.
PROVINCE_OWNED = frozenset(
    {
        "aid",
        "aid-entry",
        "application",
        "batch",
        "budget-line",
        "call",
        "ceiling",
        "claim",
        "consent",
        "council-decision",
        "council-item",
        "crisis",
        "default-notice",
        "direct-grant",
        "grant-series",
        "index-release",
        "instrument",
        "ledger-entry",
        "letter",
        "mandate",
        "message",
        "objection",
        "misuse",
        "organisation",
        "paper",
        "pause",
        "payment",
        "payment-batch",
        "programme",
        "programme-line",
        "register-entry",
        "role",
        "sample",
        "running-grants",
        "scan",
        "scheme",
        "stand-in",
        "year-report",
    }
)

#: Who may read papers and letters: paths of lists of PaperAccess in the rooms that own the records.
PAPER_ACCESS: list[str] = [
    "vliegwiel.foundation.papers.contributes.PAPER_ACCESS",
    "vliegwiel.support.grants.contributes.PAPERS",
    "vliegwiel.support.objections.contributes.PAPERS",
    "vliegwiel.support.settlements.contributes.PAPERS",
]

#: What batches of letters are for: paths of lists of BatchPurpose in the rooms that make them.
LETTER_BATCHES: list[str] = ["vliegwiel.support.grants.contributes.BATCHES"]

#: How a letter without an act of its own is brought to who it is for.
DELIVER_LETTER = "vliegwiel.foundation.notices.public.deliver_letter"

#: Applications of past rounds, to try a changed regulation on: paths of functions from a call to the facts of each application.
PAST_ROUNDS: list[str] = ["vliegwiel.support.grants.past.past_facts"]

#: Reminders that go by themselves: paths of lists of Reminder in the rooms that own the terms.
REMINDERS: list[str] = [
    "vliegwiel.support.grants.contributes.REMINDERS",
    "vliegwiel.support.objections.contributes.REMINDERS",
    "vliegwiel.support.settlements.contributes.REMINDERS",
]

#: What later stages show on the pages of a place: paths of lists of AreaPart in the rooms.
AREA_PARTS: list[str] = [
    "vliegwiel.support.schemes.contributes.PARTS",
    "vliegwiel.support.register.contributes.PARTS",
]

#: What can be found: paths of lists of Searchable in the rooms.
SEARCHABLES: list[str] = [
    "vliegwiel.support.schemes.contributes.SEARCHABLES",
    "vliegwiel.see.monitor.contributes.SEARCHABLES",
]

#: The foot of every page: a title with links below it.
FOOT: list[tuple[Promise, list[tuple[Promise, str]]]] = [
    (
        _("Over de cijfers"),
        [
            (_("Hoe elk cijfer is gemaakt"), "/methoden"),
            (_("Hoe we stapeling berekenen"), "/methoden/kwetsbaarheid"),
            (_("Woorden uitgelegd"), "/begrippen"),
            (_("Thema’s van het CBS en anderen"), "/kaders"),
        ],
    ),
    (
        _("Voor hergebruik"),
        [
            (_("Alle cijfers downloaden"), "/data"),
            (_("De API"), "/data/api"),
            (_("Catalogus voor programma’s"), "/data/catalogus?formaat=turtle"),
            (_("Subsidieregister"), "/subsidieregister"),
            (_("Bezwaren in cijfers"), "/bezwaren"),
            (_("Subsidies zonder regeling"), "/subsidies-zonder-regeling"),
        ],
    ),
]
