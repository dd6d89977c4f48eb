"""What a notebook has without the catalogue: the commonest parts of compounds, and a few expressions that mean the same.

An installation hands in the reviewed lists of `catalogue/language`, of which these are a part.
"""

WORDS = frozenset(
    [
        "dorp",
        "huis",
        "wijk",
        "buurt",
        "eenzaamheid",
        "bestrijding",
        "eet",
        "tafel",
        "jongeren",
        "ouderen",
        "kinderen",
        "vrijwilliger",
        "werk",
        "plan",
        "avond",
        "feest",
        "tuin",
        "plek",
        "zorg",
        "school",
        "winkel",
        "energie",
        "zon",
        "dak",
        "woning",
        "gemeente",
        "subsidie",
    ]
)
WHOLE = frozenset({"overlast", "werkelijk", "planten"})
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("eettafel", "samen eten", "samen koken"),
    ("dorpshuis", "buurthuis", "gemeenschapshuis"),
)
