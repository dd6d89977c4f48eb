"""Six hundred and more made-up documents and the questions that are judged on them: the same from the same seed, always.

Each document is about one subject of `topics.yml`: a title, a few of its sentences, and sentences that many documents have, so that
the words of another subject may stand there too (*we spraken af in het dorpshuis*). Places and people do not exist.
"""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent
PER_SUBJECT = 11
PLACES = (
    "Wieringoord", "Kleidrecht", "Heemsluis", "Zompveld", "Broekerhiem", "Tjaarlo", "Grintelo", "Oudewiek", "Nijwarden", "Lutterveen",
    "Hazelerbrug", "Eekstein", "Vlaskamp", "Roggedam", "Schorrehoek",
)  # fmt: skip
KINDS = (
    "initiatief",
    "initiatief",
    "initiatief",
    "initiatief",
    "plek",
    "plek",
    "regeling",
    "regeling",
    "methode",
    "methode",
    "les",
)
_TITLES = {
    "initiatief": ("{title}", "{title} in {place}", "{place}: {lower}"),
    "plek": ("{title} ({place})", "{place}, plek voor ontmoeting: {lower}"),
    "regeling": ("Subsidie: {lower}", "Regeling voor plannen: {lower}"),
    "methode": ("Stappenplan: {lower}", "Zo pakt u het aan: {lower}"),
    "les": ("Wat we leerden: {lower}", "Les uit {place}: {lower}"),
}
_AROUND = {
    "initiatief": (
        "Het begon met drie buren aan een keukentafel in {place}.",
        "De gemeente dacht mee over de vergunning.",
        "In het dorpshuis was een avond met zestig mensen.",
        "De groep kreeg een bijdrage van de provincie.",
        "Vrijwilligers doen het meeste werk.",
        "Jong en oud doen mee.",
        "Een adviseur hielp bij het plan.",
        "Nieuwe bewoners leerden zo hun straat kennen.",
    ),
    "plek": (
        "De deur is open van dinsdag tot en met zaterdag.",
        "In {place} ontmoeten mensen elkaar hier elke dag.",
        "Er is een keuken, een zaal en een tuin.",
        "Parkeren kan achter de kerk of de school.",
        "De koffie is gratis voor wie helpt.",
        "De bushalte is om de hoek.",
    ),
    "regeling": (
        "U kunt subsidie vragen tot en met 30 september.",
        "Het hoogste bedrag is tienduizend euro.",
        "Uren van vrijwilligers tellen mee als eigen bijdrage.",
        "De gemeente moet instemmen met het plan.",
        "Een stichting of vereniging kan aanvragen.",
        "U hoort binnen dertien weken wat het besluit is.",
    ),
    "methode": (
        "Stap een: praat met twintig mensen voor u iets maakt.",
        "Stap twee: zoek wie er al mee bezig is.",
        "Maak een begroting met kosten en dekking.",
        "Kijk na een half jaar wat werkt.",
        "Deze aanpak is gebruikt in {place}.",
        "Vraag ook jongeren en mensen die zelden komen.",
    ),
    "les": (
        "Achteraf waren we te snel met bouwen.",
        "Wat hielp: één vaste persoon bij de gemeente.",
        "Wat tegenviel: het papierwerk voor de subsidie.",
        "In {place} duurde het twee jaar langer dan gedacht.",
        "We zouden eerder met de buren praten.",
    ),
}


@dataclass(frozen=True)
class Made:
    """A made-up document; `subject` is what it is about, which only the judge knows."""

    key: str
    kind: str
    subject: str
    theme: str
    place: str
    title: str
    text: str


@dataclass(frozen=True)
class Asked:
    """A question with what answers it: subject (and kind, or "" for each) to a grade from 1 to 3. `held` says that nothing was tuned
    on it."""

    text: str
    grades: dict[tuple[str, str], int]
    held: bool

    def grade(self, document: Made) -> int:
        """How well this document answers, 0 for not."""
        whole = self.grades.get((document.subject, ""), 0)
        return self.grades.get((document.subject, document.kind), whole)


@cache
def documents(seed: int = 1) -> tuple[Made, ...]:
    """The documents, in one order."""
    stream = random.Random(seed)
    found: list[Made] = []
    subjects = yaml.safe_load((_HERE / "topics.yml").read_text(encoding="utf-8"))
    for subject, record in subjects.items():
        for number in range(PER_SUBJECT):
            kind, place = KINDS[number], stream.choice(PLACES)
            title = record["titles"][number % len(record["titles"])]
            if stream.random() < 0.3:  # a title that says nothing: then only the sentences tell what it is about
                title = stream.choice(("Een idee uit het dorp", "Samen aan de slag", "Goed gelukt", "Begin klein"))
            title = stream.choice(_TITLES[kind]).format(title=title, lower=title[0].lower() + title[1:], place=place)
            own = stream.sample(record["says"], stream.choice((1, 2, 2, 3)))
            around = [line.format(place=place) for line in stream.sample(_AROUND[kind], stream.choice((2, 3, 4)))]
            sentences = [*own, *around]
            stream.shuffle(sentences)
            key = f"{subject}-{number}"
            found.append(Made(key, kind, subject, record["theme"], place, title, " ".join(sentences)))
    return tuple(found)


@cache
def questions() -> tuple[Asked, ...]:
    """The questions, in the order of the file."""
    lines = (_HERE / "queries.txt").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith("#")]
    return tuple(_asked(line, held=number % 3 == 0) for number, line in enumerate(asked, 1))


def _asked(line: str, *, held: bool) -> Asked:
    text, _, judged = line.partition(" | ")
    grades = {}
    for part in judged.split(","):
        name, _, grade = part.strip().partition("=")
        subject, _, kind = name.partition("@")
        grades[subject, kind] = int(grade)
    return Asked(text, grades, held)
