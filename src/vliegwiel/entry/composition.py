"""The one list of what the rooms hand to the shared places. Only rooms that exist are named."""

MENU: list[tuple[str, str]] = [
    ("Start", "/"),
    ("Kaart", "/kaart"),
    ("Vergelijk", "/vergelijk"),
    ("Waar stapelt het zich op?", "/kwetsbaarheid"),
    ("Over de cijfers", "/methoden"),
    ("Open data", "/data"),
]

#: Pages for who works here: the verb that opens it, its address, and its name.
WORK_PAGES: list[tuple[str, str, str]] = [
    ("import-figures", "/beheer/cijfers", "Leveringen van cijfers"),
    ("give-consent", "/gemeente/instemming", "Instemming van de gemeente"),
    ("make-scans", "/scans", "Brede-welvaartscans"),
    ("manage-roles", "/beheer/mensen", "Mensen en organisaties"),
    ("manage-mandates", "/beheer/mandaten", "Mandaten"),
    ("read-trail", "/beheer/logboek", "Logboek"),
    ("read-outbox", "/beheer/postbak", "Postbak"),
]

#: The foot of every page: a title with links below it.
FOOT: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Over de cijfers",
        [
            ("Hoe elk cijfer is gemaakt", "/methoden"),
            ("Hoe we stapeling berekenen", "/methoden/kwetsbaarheid"),
            ("Woorden uitgelegd", "/begrippen"),
            ("Thema’s van het CBS en anderen", "/kaders"),
        ],
    ),
    (
        "Voor hergebruik",
        [
            ("Alle cijfers downloaden", "/data"),
            ("De API", "/data/api"),
            ("Catalogus voor programma’s", "/data/catalogus?formaat=turtle"),
        ],
    ),
]
