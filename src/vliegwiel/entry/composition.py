"""The one list of what the rooms hand to the shared places. Only rooms that exist are named."""

MENU: list[tuple[str, str]] = [
    ("Start", "/"),
    ("Kaart", "/kaart"),
    ("Vergelijk", "/vergelijk"),
    ("Waar stapelt het zich op?", "/kwetsbaarheid"),
    ("Over de cijfers", "/methoden"),
    ("Open data", "/data"),
]
