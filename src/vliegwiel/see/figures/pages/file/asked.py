"""The form with a question per unknown column: its fields, and the answers read from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.questions import Question, Questions

_TEXTS = {
    "naam": "Vul de naam in, hoogstens 60 tekens.",
    "eenheid": "Vul de eenheid in, zoals % of km.",
    "bron": "Vul in wie het cijfer maakt.",
    "licentie": "Vul de licentie in, zoals CC BY 4.0.",
    "methode": "Schrijf op hoe het cijfer wordt gemeten.",
}
CHOICES = {
    "richting": {
        "higher_is_better": "Hoger is gunstiger",
        "lower_is_better": "Lager is gunstiger",
        "neutral": "Hoog of laag is niet goed of slecht",
    },
    "optelling": {
        "count": "Aantal: op te tellen",
        "rate": "Aandeel of verhouding",
        "mean": "Gemiddelde",
        "median": "Middelste waarde",
        "index": "Index of klasse",
    },
    "soort": {"register": "Telling uit een register", "survey": "Uitkomst van een enquête", "model": "Schatting met een model"},
}
_LABELS = (
    ("naam", "Naam", "Hoogstens 60 tekens."),
    ("thema", "Thema", ""),
    ("eenheid", "Eenheid", "Zoals %, km of aantal."),
    ("laagste", "Laagste waarde die kan", "Lager weigeren we."),
    ("hoogste", "Hoogste waarde die kan", "Hoger weigeren we."),
    ("decimalen", "Cijfers achter de komma", ""),
    ("richting", "Hoog of laag", ""),
    ("optelling", "Hoe telt u dit op voor een groter gebied?", ""),
    ("soort", "Soort cijfer", ""),
    ("bron", "Bron", "Wie maakt dit cijfer?"),
    ("licentie", "Licentie", "Zoals CC BY 4.0."),
    ("methode", "Methode", "Hoe is dit gemeten? Schrijf het in gewone zinnen."),
    ("sdgs", "Duurzame doelen (SDG’s)", "Nummers van 1 tot en met 17, zoals 3, 11."),
)
_SHORT = {"laagste", "hoogste", "sdgs", "eenheid"}
_PICK = "Maak hier een keuze."


@dataclass(frozen=True)
class Field:
    """A field about a new indicator, as the screen shows it. `options` when one is chosen from a list."""

    id: str
    label: str
    hint: str
    value: str
    wrong: str
    options: tuple[tuple[str, str], ...] = ()
    short: bool = False

    @property
    def described(self) -> str:
        """The ids of what explains the field."""
        return " ".join(f"{self.id}-{part}" for part, there in (("uitleg", self.hint), ("fout", self.wrong)) if there)


@dataclass(frozen=True)
class Asked:
    """One question on the screen: `name` starts the ids of its fields, `given` is what was filled in, `wrong` one line per field."""

    question: Question
    name: str
    given: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> str:
        """The indicator that stands in the list: what was filled in, or our guess, which is no answer."""
        return self.given.get("indicator") or (self.question.guesses[0].indicator if self.question.guesses else "")

    @property
    def guessed(self) -> bool:
        """Whether what stands in the list is one of our guesses."""
        return self.chosen in {guess.indicator for guess in self.question.guesses}

    @property
    def fields(self) -> list[Field]:
        """The fields about a new indicator."""
        return [
            Field(
                f"{self.name}-{part}",
                label,
                hint,
                self.given.get(part, ""),
                self.wrong.get(part, ""),
                _options(part),
                short=part in _SHORT,
            )
            for part, label, hint in _LABELS
        ]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The ids of the fields that are wrong, each with its line and the question it belongs to."""
        title = self.question.title[:1].upper() + self.question.title[1:]
        return [(f"{self.name}-{part}", f"{title}: {line}") for part, line in self.wrong.items()]


def _options(part: str) -> tuple[tuple[str, str], ...]:
    if part == "thema":
        return tuple((theme.key, theme.name) for theme in reader.themes().values())
    if part == "decimalen":
        return tuple((str(count), str(count)) for count in range(4))
    return tuple(CHOICES.get(part, {}).items())


def empty(questions: Questions) -> list[Asked]:
    """The questions before anyone answered."""
    return [Asked(question, f"k{place}", {"eenheid": question.unit}) for place, question in enumerate(questions.columns)]


def filled(questions: Questions, form: Mapping[str, str], known: Mapping[str, Indicator]) -> list[Asked]:
    """The questions with what was filled in, and what is wrong with it."""
    found = []
    for place, question in enumerate(questions.columns):
        name = f"k{place}"
        given = {key.removeprefix(f"{name}-"): text.strip() for key, text in form.items() if key.startswith(f"{name}-")}
        found.append(Asked(question, name, given, _wrong(given, known)))
    return found


def answers_of(questions: Questions, asked: list[Asked]) -> GivenAnswers:
    """The answers of a form in which nothing is wrong."""
    return GivenAnswers(questions.family, {item.question.key: _answer(item.given) for item in asked})


def _answer(given: Mapping[str, str]) -> str | Mapping[str, Any] | None:
    if given["antwoord"] == "weglaten":
        return None
    return given["indicator"] if given["antwoord"] == "zelfde" else _record(given)


def _record(given: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": slugify(given["naam"])[:60].strip("-"),
        "name": given["naam"],
        "theme": given["thema"],
        "unit": given["eenheid"],
        "decimals": int(given["decimalen"]),
        "range": [_number(given["laagste"]), _number(given["hoogste"])],
        "direction": given["richting"],
        "aggregation": given["optelling"],
        "kind": given["soort"],
        "source": given["bron"],
        "licence": given["licentie"],
        "method": given["methode"],
        "sdgs": _goals(given["sdgs"]),
    }


def _wrong(given: Mapping[str, str], known: Mapping[str, Indicator]) -> dict[str, str]:
    answer = given.get("antwoord", "")
    if answer == "weglaten":
        return {}
    if answer == "zelfde":
        return {} if given.get("indicator") in known else {"indicator": "Kies welke indicator dit is."}
    if answer != "nieuw":
        return {"zelfde": "Kies wat deze kolom is."}
    return _wrong_with_new(given, known)


def _wrong_with_new(given: Mapping[str, str], known: Mapping[str, Indicator]) -> dict[str, str]:
    found = {part: line for part, line in _TEXTS.items() if not given.get(part) or (part == "naam" and len(given[part]) > 60)}
    if given.get("thema") not in reader.themes():
        found["thema"] = "Kies een thema."
    for part in ("laagste", "hoogste"):
        if _number(given.get(part, "")) is None:
            found[part] = "Vul een getal in."
    low, high = _number(given.get("laagste", "")), _number(given.get("hoogste", ""))
    if low is not None and high is not None and low > high:
        found["hoogste"] = "De hoogste waarde is lager dan de laagste."
    found |= {part: _PICK for part, options in CHOICES.items() if given.get(part) not in options}
    if given.get("decimalen") not in ("0", "1", "2", "3"):
        found["decimalen"] = _PICK
    goals = _goals(given.get("sdgs", ""))
    if not goals or not all(1 <= goal <= 17 for goal in goals):
        found["sdgs"] = "Vul een of meer nummers van 1 tot en met 17 in, zoals 3, 11."
    if not found:
        try:
            made = reader.refuse_unless_indicator(_record(given))
        except NotValid as refusal:
            return {"naam": " ".join(refusal.details)}
        if made.key in known:
            found["naam"] = (
                f"Er is al een indicator met deze naam: {known[made.key].name}. Kies “zelfde als”, of een andere naam."
            )
    return found


def _number(text: str) -> float | None:
    clean = text.replace("−", "-").replace(",", ".")
    return float(clean) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", clean) else None


def _goals(text: str) -> list[int]:
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    return sorted({int(part) for part in parts}) if all(re.fullmatch(r"\d{1,2}", part) for part in parts) else []
