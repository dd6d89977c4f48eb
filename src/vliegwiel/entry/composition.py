"""The one list of what the rooms hand to the shared places. Only rooms that exist are named."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MENU: list[tuple[Promise, str]] = [
    (_("Start"), "/"),
    (_("Kaart"), "/kaart"),
    (_("Vergelijk"), "/vergelijk"),
    (_("Voorzieningen"), "/voorzieningen"),
    (_("Waar stapelt het zich op?"), "/kwetsbaarheid"),
    (_("Over de cijfers"), "/methoden"),
    (_("Vertel uw idee"), "/loket"),
    (_("Initiatieven"), "/initiatieven"),
    (_("Hulp en geld"), "/regelingen"),
    (_("Uitgaven"), "/geld"),
]

#: Pages for who works here: the verb that opens it, its address, and its name.
WORK_PAGES: list[tuple[str, str, Promise]] = [
    ("import-figures", "/beheer/cijfers", _("Leveringen van cijfers")),
    ("publish-figures", "/beheer/uitkomsten", _("Uitkomsten vrijgeven")),
    ("make-questionnaires", "/werk/vragenlijsten", _("Vragenlijsten maken")),
    ("run-fieldwork", "/werk/veldwerk", _("Enquêtes in het veld")),
    ("send-invitations", "/werk/veldwerk", _("Enquêtes in het veld")),
    ("enter-by-phone", "/werk/veldwerk", _("Enquêtes in het veld")),
    ("keep-panels", "/werk/panels", _("Panels")),
    ("work-on-surveys", "/werk/enquetes", _("Enquêtes verwerken")),
    ("write-note", "/gemeente/uitkomsten", _("Uitkomsten vooraf bekijken")),
    ("follow-own-initiative", "/mijn/vragen", _("Mijn vragen aan het loket")),
    ("apply-for-support", "/mijn/aanvragen", _("Mijn aanvragen")),
    ("follow-own-initiative", "/mijn/initiatieven", _("Mijn initiatieven")),
    ("be-supporter", "/mijn/dorpsondersteuner", _("Mijn pagina als dorpsondersteuner")),
    ("ask-backing", "/mijn/rugdekking", _("Rugdekking en ruimte vragen")),
    ("join-supporters", "/dorpsondersteuners/netwerk", _("Dorpsondersteuners onder elkaar")),
    ("confirm-supporters", "/werk/dorpsondersteuners", _("Dorpsondersteuners")),
    ("back-for-municipality", "/werk/rugdekking", _("Rugdekking en ruimte")),
    ("back-for-province", "/werk/rugdekking", _("Rugdekking en ruimte")),
    ("back-for-organisation", "/werk/rugdekking", _("Rugdekking en ruimte")),
    ("do-casework", "/werk/jaarbeelden", _("Gedeelde jaarbeelden")),
    ("guard-initiatives", "/werk/initiatieven", _("Initiatieven nakijken")),
    ("keep-meeting-places", "/werk/ontmoetingsplekken", _("Ontmoetingsplekken")),
    ("share-offers", "/werk/vrijwilligers", _("Aanbod voor vrijwilligers")),
    ("answer-requests", "/mijn/deskundige", _("Mijn werk als deskundige")),
    ("challenge-authority", "/mijn/uitdagingen", _("Mijn uitdagingen")),
    ("answer-challenges", "/werk/uitdagingen", _("Uitdagingen van inwoners")),
    ("ask-experts", "/werk/deskundigen", _("Verzoeken om een deskundige")),
    ("coordinate-experts", "/werk/deskundigen", _("Verzoeken om een deskundige")),
    ("coordinate-experts", "/werk/deskundigen/mensen", _("Mensen in de pool")),
    ("read-support-hours", "/werk/deskundigen/jaar", _("Deskundigen per jaar")),
    ("assess-applications", "/werk/invoeren", _("Aanvraag op papier invoeren")),
    ("put-in-force", "/beheer/regelingen", _("Regelingen en openstellingen")),
    ("manage-schemes", "/beheer/crisis", _("Crisis en fasen")),
    ("manage-schemes", "/beheer/aanbod", _("Hulp voor alle gemeenten")),
    ("answer-offers", "/gemeente/aanbod", _("Hulp van de provincie")),
    ("read-shared-files", "/werk/loket", _("Het loket")),
    ("read-reach-list", "/werk/bereik", _("Waar niemand iets vroeg")),
    ("do-outreach", "/werk/bereik/taken", _("Waar u naartoe gaat")),
    ("keep-own-routing", "/werk/loket/verdeling", _("Wie krijgt welke vraag")),
    ("keep-routing", "/werk/loket/verdeling", _("Wie krijgt welke vraag")),
    ("record-hours", "/werk/loket/uren", _("Uren aan het loket")),
    ("read-support-hours", "/werk/loket/uren", _("Uren aan het loket")),
    ("do-confidential-casework", "/werk/vertrouwelijk", _("Vertrouwelijke zaken")),
    ("do-confidential-casework", "/werk/vertrouwelijke-teams", _("Vertrouwelijke teams")),
    ("keep-confidential-teams", "/werk/vertrouwelijke-teams", _("Vertrouwelijke teams")),
    ("give-consent", "/gemeente/instemming", _("Instemming van de gemeente")),
    ("make-scans", "/scans", _("Brede-welvaartscans")),
    ("keep-facilities", "/werk/voorzieningen", _("Voorzieningen bijhouden")),
    ("import-roads", "/werk/voorzieningen", _("Voorzieningen bijhouden")),
    ("weigh-facilities", "/voorzieningen/wat-als", _("Wat als een voorziening sluit")),
    ("weigh-facilities", "/voorzieningen/houden", _("Welke gebouwen houden we")),
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
    ("agree-with-funders", "/werk/medefinanciers", _("Afspraken met fondsen")),
    ("sign-decisions", "/werk/medefinanciers", _("Afspraken met fondsen")),
    ("reconcile-with-funders", "/werk/medefinanciers", _("Afspraken met fondsen")),
    ("see-shared-applications", "/werk/medefinanciers", _("Gedeelde plannen en afspraken")),
    ("score-applications", "/beoordelen", _("Wat u beoordeelt")),
    ("handle-objections", "/werk/bezwaren", _("Bezwaren")),
    ("hear-objections", "/werk/bezwaren", _("Bezwaren")),
    ("decide-objections", "/werk/bezwaren", _("Bezwaren")),
    ("propose-destruction", "/beheer/bewaren", _("Bewaren en vernietigen")),
    ("approve-destruction", "/beheer/bewaren", _("Bewaren en vernietigen")),
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

#: Headings over those pages, by the first part of their address.
WORK_GROUPS: list[tuple[str, Promise]] = [
    ("/beoordelen", _("Beoordelen")),
    ("/gemeente", _("Voor uw gemeente")),
    ("/werk", _("Aan het werk")),
    ("/scans", _("Plannen")),
    ("/beheer", _("Regelingen, geld en mensen")),
    ("/mijn", _("Van uzelf")),
]

#: What waits for someone, on the first page after signing in: paths of functions (`Waits`) in the rooms.
WAITING: list[str] = [
    "vliegwiel.support.grants.waiting.waiting",
    "vliegwiel.support.consents.waiting.waiting",
    "vliegwiel.support.objections.waiting.waiting",
    "vliegwiel.support.settlements.waiting.waiting",
    "vliegwiel.support.desk.waiting.waiting",
    "vliegwiel.support.experts.waiting.waiting",
    "vliegwiel.support.challenges.waiting.waiting",
    "vliegwiel.support.outreach.waiting.waiting",
    "vliegwiel.support.confidential.waiting.waiting",
    "vliegwiel.foundation.budgets.waiting.waiting",
    "vliegwiel.support.initiatives.waiting.waiting",
    "vliegwiel.support.supporters.waiting.waiting",
    "vliegwiel.see.surveys.waiting.waiting",
    "vliegwiel.see.fieldwork.waiting.waiting",
    "vliegwiel.see.facilities.waiting.waiting",
]

#: Kinds of record that a province owns: an entry of the trail about one always names the province.
PROVINCE_OWNED = frozenset(
    {
        "aid",
        "aid-entry",
        "application",
        "authority-rating",
        "backing-request",
        "batch",
        "budget-line",
        "call",
        "ceiling",
        "challenge",
        "challenge-rules",
        "claim",
        "confidential-case",
        "confidential-counts",
        "confidential-team",
        "consent",
        "contact-message",
        "council-decision",
        "council-item",
        "crisis",
        "default-notice",
        "destruction-list",
        "direct-grant",
        "follow",
        "fund-decision",
        "funder-agreement",
        "funder-statement",
        "enquiry",
        "expert",
        "expert-request",
        "grant-series",
        "help-offer",
        "index-release",
        "initiative",
        "instrument",
        "keeping",
        "ledger-entry",
        "letter",
        "mandate",
        "meeting-place",
        "message",
        "network-question",
        "objection",
        "misuse",
        "organisation",
        "outreach-partner",
        "outreach-task",
        "paper",
        "pause",
        "payment",
        "payment-batch",
        "pool-year",
        "programme",
        "programme-line",
        "register-entry",
        "role",
        "room-request",
        "route",
        "sample",
        "running-grants",
        "scan",
        "scheme",
        "stand-in",
        "supporter",
        "volunteer-offer",
        "wave",
        "wave-review",
        "questionnaire",
        "fielding",
        "panel",
        "year-report",
        "address-set",
        "closure-scenario",
        "distance-release",
        "facility",
        "facility-import",
        "facility-norm",
        "keep-question",
        "mistake-report",
        "road-network",
    }
)

#: Kinds of record of which no logbook shows the entries: only the room that owns them does, to who may read them.
CONFIDENTIAL_KINDS = frozenset({"confidential-case"})

#: Who may read papers and letters: paths of lists of PaperAccess in the rooms that own the records.
PAPER_ACCESS: list[str] = [
    "vliegwiel.foundation.papers.contributes.PAPER_ACCESS",
    "vliegwiel.support.challenges.contributes.PAPERS",
    "vliegwiel.support.grants.contributes.PAPERS",
    "vliegwiel.support.initiatives.contributes.PAPERS",
    "vliegwiel.support.objections.contributes.PAPERS",
    "vliegwiel.support.settlements.contributes.PAPERS",
]

#: What rooms above ask of every decision on an application: paths of lists of DecisionGuard.
DECISION_GUARDS: list[str] = [
    "vliegwiel.support.direct_grants.contributes.GUARDS",
    "vliegwiel.support.funders.contributes.GUARDS",
]

#: What we owe beside a grant: paths of lists of OwnDebts in the rooms that owe it.
OWN_DEBTS: list[str] = ["vliegwiel.support.objections.contributes.OWN_DEBTS"]

#: What batches of letters are for: paths of lists of BatchPurpose in the rooms that make them.
LETTER_BATCHES: list[str] = ["vliegwiel.support.grants.contributes.BATCHES"]

#: How the files that money is booked on are called: paths of lists of FileNames in the rooms that own them.
BOOKED_FILES: list[str] = [
    "vliegwiel.support.grants.contributes.BOOKED_FILES",
    "vliegwiel.support.settlements.contributes.BOOKED_FILES",
    "vliegwiel.support.objections.contributes.BOOKED_FILES",
    "vliegwiel.support.funders.contributes.BOOKED_FILES",
]

#: How a letter without an act of its own is brought to who it is for.
DELIVER_LETTER = "vliegwiel.foundation.notices.public.deliver_letter"

#: Applications of past rounds, to try a changed regulation on: paths of functions from a call to the facts of each application.
PAST_ROUNDS: list[str] = ["vliegwiel.support.grants.past.past_facts"]

#: What rooms above grants say beside a file: paths of functions from an application to its notes.
FILE_NOTES: list[str] = [
    "vliegwiel.support.direct_grants.contributes.file_notes",
    "vliegwiel.support.funders.contributes.file_notes",
]

#: What rooms above the desk show there: paths of functions (`DeskLinks`).
DESK_LINKS: list[str] = ["vliegwiel.support.challenges.contributes.desk_links"]

#: Heaps of rooms above beside those of the inbox of the desk: paths of functions (`DeskHeaps`).
DESK_HEAPS: list[str] = ["vliegwiel.support.outreach.contributes.desk_heaps"]

#: Reminders that go by themselves: paths of lists of Reminder in the rooms that own the terms.
REMINDERS: list[str] = [
    "vliegwiel.support.grants.contributes.REMINDERS",
    "vliegwiel.support.objections.contributes.REMINDERS",
    "vliegwiel.support.offers.contributes.REMINDERS",
    "vliegwiel.support.settlements.contributes.REMINDERS",
    "vliegwiel.support.desk.contributes.REMINDERS",
    "vliegwiel.support.challenges.contributes.REMINDERS",
    "vliegwiel.support.experts.contributes.REMINDERS",
    "vliegwiel.support.outreach.contributes.REMINDERS",
    "vliegwiel.support.supporters.contributes.REMINDERS",
]

#: What later stages show on the pages of a place: paths of lists of AreaPart in the rooms.
AREA_PARTS: list[str] = [
    "vliegwiel.see.surveys.contributes.PARTS",
    "vliegwiel.see.facilities.contributes.PARTS",
    "vliegwiel.support.initiatives.contributes.PARTS",
    "vliegwiel.support.supporters.contributes.PARTS",
    "vliegwiel.support.schemes.contributes.PARTS",
    "vliegwiel.support.register.contributes.PARTS",
]

#: What later rooms know to be near a facility that closes: paths of lists of NearbyList.
NEARBY: list[str] = ["vliegwiel.support.initiatives.contributes.NEARBY"]

#: Map layers of points beside those of areas: paths of lists of PointLayer.
POINT_LAYERS: list[str] = ["vliegwiel.support.initiatives.layers.LAYERS", "vliegwiel.see.facilities.layers.LAYERS"]

#: Tables of money, schemes and what residents do in the data catalogue.
OPEN_TABLES: list[str] = ["vliegwiel.entry.open_tables.TABLES"]

#: What can be found: paths of lists of Searchable in the rooms.
SEARCHABLES: list[str] = [
    "vliegwiel.support.initiatives.contributes.SEARCHABLES",
    "vliegwiel.support.challenges.contributes.SEARCHABLES",
    "vliegwiel.support.schemes.contributes.SEARCHABLES",
    "vliegwiel.see.monitor.contributes.SEARCHABLES",
    "vliegwiel.see.facilities.findable.SEARCHABLES",
    "vliegwiel.see.surveys.findable.SEARCHABLES",
]

#: When files end: paths of lists of RetentionRule in the rooms.
RETENTION_RULES: list[str] = [
    "vliegwiel.support.grants.retention.RULES",
    "vliegwiel.support.desk.retention.RULES",
    "vliegwiel.support.challenges.retention.RULES",
    "vliegwiel.support.initiatives.retention.RULES",
    "vliegwiel.support.funders.retention.RULES",
]

#: What rooms hold about a file, in the order in which it is destroyed: paths of lists of Holding.
HOLDINGS: list[str] = [
    "vliegwiel.support.challenges.retention.HOLDINGS",
    "vliegwiel.support.experts.retention.HOLDINGS",
    "vliegwiel.support.outreach.retention.HOLDINGS",
    "vliegwiel.support.confidential.retention.HOLDINGS",
    "vliegwiel.support.desk.retention.HOLDINGS",
    "vliegwiel.support.supporters.retention.HOLDINGS",
    "vliegwiel.support.initiatives.retention.HOLDINGS",
    "vliegwiel.support.funders.retention.HOLDINGS",
    "vliegwiel.support.settlements.retention.HOLDINGS",
    "vliegwiel.support.objections.retention.HOLDINGS",
    "vliegwiel.support.direct_grants.retention.HOLDINGS",
    "vliegwiel.support.running_grants.retention.HOLDINGS",
    "vliegwiel.support.consents.retention.HOLDINGS",
    "vliegwiel.support.state_aid.retention.HOLDINGS",
    "vliegwiel.support.grants.retention.HOLDINGS",
    "vliegwiel.see.facilities.retention.HOLDINGS",
    "vliegwiel.foundation.budgets.retention.HOLDINGS",
    "vliegwiel.foundation.papers.retention.HOLDINGS",
    "vliegwiel.foundation.notices.retention.HOLDINGS",
    "vliegwiel.foundation.search.retention.HOLDINGS",
    "vliegwiel.foundation.people.retention.HOLDINGS",
]

#: What became of a record that is gone: from the names in an address to the refusal that says so.
TOMBSTONES = "vliegwiel.support.archive.contributes.gone"

#: The foot of every page: a title with links below it.
FOOT: list[tuple[Promise, list[tuple[Promise, str]]]] = [
    (
        _("Over de cijfers"),
        [
            (_("Hoe elk cijfer is gemaakt"), "/methoden"),
            (_("Enquêtes"), "/enquetes"),
            (_("Hoe we stapeling berekenen"), "/methoden/kwetsbaarheid"),
            (_("Woorden uitgelegd"), "/begrippen"),
            (_("Thema’s van het CBS en anderen"), "/kaders"),
        ],
    ),
    (
        _("Wat inwoners doen en krijgen"),
        [
            (_("Meedoen aan een enquête"), "/meedoen"),
            (_("Zorgkaart"), "/zorgkaart"),
            (_("Ontmoetingsplekken"), "/ontmoetingsplekken"),
            (_("Aanbod voor vrijwilligers"), "/vrijwilligers"),
            (_("Dorpsondersteuners"), "/dorpsondersteuners"),
            (_("Ruimte en rugdekking"), "/ruimte-en-rugdekking"),
            (_("Antwoorden van het loket"), "/loket/op-tijd"),
            (_("Hulp van een deskundige"), "/deskundigen"),
            (_("Inwoners dagen de overheid uit"), "/uitdagingen"),
            (_("Subsidieregister"), "/subsidieregister"),
            (_("Subsidies zonder regeling"), "/subsidies-zonder-regeling"),
            (_("Bezwaren in cijfers"), "/bezwaren"),
            (_("Vertrouwelijk werk in cijfers"), "/vertrouwelijk-werk"),
        ],
    ),
    (
        _("Voor hergebruik"),
        [
            (_("Alle cijfers downloaden"), "/data"),
            (_("De API"), "/data/api"),
            (_("Catalogus voor programma’s"), "/data/catalogus?formaat=turtle"),
        ],
    ),
]
