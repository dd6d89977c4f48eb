"""The form with a question per unknown column: its fields, and the answers read from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.questions import Question, Questions

_TEXTS = {
    "naam": gettext_lazy("Vul de naam in, hoogstens 60 tekens."),
    "eenheid": gettext_lazy("Vul de eenheid in, zoals % of km."),
    "bron": gettext_lazy("Vul in wie het cijfer maakt."),
    "licentie": gettext_lazy("Vul de licentie in, zoals CC BY 4.0."),
    "methode": gettext_lazy("Schrijf op hoe het cijfer wordt gemeten."),
}
CHOICES = {
    "richting": {
        "higher_is_better": gettext_lazy("Hoger is gunstiger"),
        "lower_is_better": gettext_lazy("Lager is gunstiger"),
        "neutral": gettext_lazy("Hoog of laag is niet goed of slecht"),
    },
    "optelling": {
        "count": gettext_lazy("Aantal: op te tellen"),
        "rate": gettext_lazy("Aandeel of verhouding"),
        "mean": gettext_lazy("Gemiddelde"),
        "median": gettext_lazy("Middelste waarde"),
        "index": gettext_lazy("Index of klasse"),
    },
    "soort": {
        "register": gettext_lazy("Telling uit een register"),
        "survey": gettext_lazy("Uitkomst van een enquête"),
        "model": gettext_lazy("Schatting met een model"),
    },
}
_LABELS = (
    ("naam", gettext_lazy("Naam"), gettext_lazy("Hoogstens 60 tekens.")),
    ("thema", gettext_lazy("Thema"), ""),
    ("eenheid", gettext_lazy("Eenheid"), gettext_lazy("Zoals %, km of aantal.")),
    ("laagste", gettext_lazy("Laagste waarde die kan"), gettext_lazy("Lager weigeren we.")),
    ("hoogste", gettext_lazy("Hoogste waarde die kan"), gettext_lazy("Hoger weigeren we.")),
    ("decimalen", gettext_lazy("Cijfers achter de komma"), ""),
    ("richting", gettext_lazy("Hoog of laag"), ""),
    ("optelling", gettext_lazy("Hoe telt u dit op voor een groter gebied?"), ""),
    ("soort", gettext_lazy("Soort cijfer"), ""),
    ("bron", gettext_lazy("Bron"), gettext_lazy("Wie maakt dit cijfer?")),
    ("licentie", gettext_lazy("Licentie"), gettext_lazy("Zoals CC BY 4.0.")),
    ("methode", gettext_lazy("Methode"), gettext_lazy("Hoe is dit gemeten? Schrijf het in gewone zinnen.")),
    ("sdgs", gettext_lazy("Duurzame doelen (SDG’s)"), gettext_lazy("Nummers van 1 tot en met 17, zoals 3, 11.")),
)
_SHORT = {"laagste", "hoogste", "sdgs", "eenheid"}
_PICK = gettext_lazy("Maak hier een keuze.")


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
                str(label),
                str(hint),
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
    return tuple((key, str(words)) for key, words in CHOICES.get(part, {}).items())


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
        return {} if given.get("indicator") in known else {"indicator": _("Kies welke indicator dit is.")}
    if answer != "nieuw":
        return {"zelfde": _("Kies wat deze kolom is.")}
    return _wrong_with_new(given, known)


def _wrong_with_new(given: Mapping[str, str], known: Mapping[str, Indicator]) -> dict[str, str]:
    found = {
        part: str(line) for part, line in _TEXTS.items() if not given.get(part) or (part == "naam" and len(given[part]) > 60)
    }
    if given.get("thema") not in reader.themes():
        found["thema"] = _("Kies een thema.")
    for part in ("laagste", "hoogste"):
        if _number(given.get(part, "")) is None:
            found[part] = _("Vul een getal in.")
    low, high = _number(given.get("laagste", "")), _number(given.get("hoogste", ""))
    if low is not None and high is not None and low > high:
        found["hoogste"] = _("De hoogste waarde is lager dan de laagste.")
    found |= {part: str(_PICK) for part, options in CHOICES.items() if given.get(part) not in options}
    if given.get("decimalen") not in ("0", "1", "2", "3"):
        found["decimalen"] = str(_PICK)
    goals = _goals(given.get("sdgs", ""))
    if not goals or not all(1 <= goal <= 17 for goal in goals):
        found["sdgs"] = _("Vul een of meer nummers van 1 tot en met 17 in, zoals 3, 11.")
    if not found:
        try:
            made = reader.refuse_unless_indicator(_record(given))
        except NotValid as refusal:
            return {"naam": " ".join(refusal.details)}
        if made.key in known:
            found["naam"] = _("Er is al een indicator met deze naam: {name}. Kies “zelfde als”, of een andere naam.").format(
                name=known[made.key].name
            )
    return found


def _number(text: str) -> float | None:
    clean = text.replace("−", "-").replace(",", ".")
    return float(clean) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", clean) else None


def _goals(text: str) -> list[int]:
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    return sorted({int(part) for part in parts}) if all(re.fullmatch(r"\d{1,2}", part) for part in parts) else []
