"""The form that says what a wave is: from what is in the file to questions, and from answers to a description."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Kind, Option, Question
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn
from vliegwiel.see.surveys.models import Wave, WaveColumn

POPULATIONS = ("15 jaar of ouder", "alle inwoners", "18 jaar of ouder", "65 jaar of ouder")
_FEW = 25
_GUESSES = {
    "gewicht": ("gewicht", "weging", "weight", "pw"),
    "strata": ("stratum", "strata"),
    "cluster": ("cluster", "psu"),
    "aantal": ("fpc",),
    "persoon": ("nummer", "persoon", "panelnummer", "respondent"),
    "gemeente": ("gemeente", "gemeentecode", "gm_code"),
    "duur": ("seconden", "duur", "duration"),
}


@dataclass(frozen=True)
class Offer:
    """The columns of a file that may be something: all with their titles, numbers, those with few different answers, and what is left of
    both when what says how the sample was drawn is taken out."""

    titles: dict[str, str]
    numbers: list[str]
    few: list[str]
    to_score: list[str]
    to_split: list[str]
    scores: list[str]
    backgrounds: list[str]
    guessed: dict[str, str]


def offer_of(wave: Wave) -> Offer:
    """What is in the file, and what each column may be."""
    import pyarrow as pa
    from pyarrow import compute

    table = stored.answers_of(wave)
    book = wave.code_book
    titles = {name: book["titles"].get(name) or name for name in table.column_names}
    numbers = [name for name in table.column_names if pa.types.is_floating(table[name].type)]
    counts = {name: compute.count_distinct(table[name]).as_py() for name in table.column_names}
    few = [name for name in table.column_names if counts[name] <= _FEW]
    guessed = {key: next((name for name in table.column_names if name.lower() in words), "") for key, words in _GUESSES.items()}
    special = set(guessed.values())
    numbers_left = [name for name in numbers if name not in special]
    few_left = [name for name in few if name not in special]
    worded = set(book["answers"])
    scores = [name for name in numbers if name not in special and name not in worded and 4 <= counts[name] <= 12]
    backgrounds = [name for name in few if name not in special and name in worded]
    return Offer(titles, numbers, few, numbers_left, few_left, scores, backgrounds, guessed)


def questions(offer: Offer) -> list[Question]:
    """What is asked."""

    def some(names: list[str]) -> tuple[Option, ...]:
        return tuple(
            Option(name, offer.titles[name] if offer.titles[name] == name else f"{offer.titles[name]} ({name})") for name in names
        )

    def one(key: str, text: str, names: list[str], hint: str = "") -> Question:
        return Question(
            key, Kind.SINGLE, text, hint=hint, options=(Option("-", _("Niet in dit bestand")), *some(names)), required=True
        )

    every = list(offer.titles)
    populations = tuple(Option(name, name[:1].upper() + name[1:]) for name in POPULATIONS)
    return [
        Question(
            "kans",
            Kind.YES_NO,
            _("Is dit een kanssteekproef?"),
            hint=_(
                "Ja: door loting gekozen, ieders kans is bekend. Een panel waarvoor mensen zich opgaven of een open link is dat niet."
            ),
            required=True,
        ),
        Question(
            "hoe",
            Kind.TEXT,
            _("Hoe zijn mensen gevraagd?"),
            hint=_("Bijvoorbeeld: brief met een code. Iedereen kan dit lezen."),
            required=True,
            longest=160,
        ),
        Question("wie", Kind.SINGLE, _("Over wie gaat de meting?"), options=populations, required=True),
        Question(
            "aanname",
            Kind.YES_NO,
            _("Toch een modelmatige marge tonen als het geen kanssteekproef is?"),
            hint=_("Die neemt aan dat deelnemers binnen de weegklassen door toeval meededen. Elke pagina zegt dat erbij."),
            required=True,
        ),
        Question(
            "beleving",
            Kind.YES_NO,
            _("Is dit een belevingsonderzoek onder een kleine groep?"),
            hint=_(
                "Met bijzondere gegevens, zoals wie iemand liefheeft of gelooft. De cijfers gaan dan alleen over wie meedeed."
            ),
            required=True,
        ),
        Question("dpia", Kind.TEXT, _("Welke DPIA hoort erbij?"), hint=_("Alleen bij een belevingsonderzoek."), longest=80),
        Question("cijfers", Kind.MULTIPLE, _("Welke vragen zijn een cijfer?"), options=some(offer.to_score), required=True),
        Question("laag", Kind.NUMBER, _("Laagste cijfer van de schaal"), required=True),
        Question("hoog", Kind.NUMBER, _("Hoogste cijfer van de schaal"), required=True),
        Question(
            "onvoldoende", Kind.MULTIPLE, _("Bij welke vragen tellen we wie een laag cijfer geeft?"), options=some(offer.to_score)
        ),
        Question(
            "grens",
            Kind.NUMBER,
            _("Onder welk cijfer is het laag?"),
            hint=_("Lager dan een 6 op 0–10 is een andere groep dan 5 of lager op 1–10."),
            required=True,
        ),
        Question("achtergronden", Kind.MULTIPLE, _("Welke vragen zijn een achtergrond?"), options=some(offer.to_split)),
        one("gemeente", _("Waar staat de gemeente?"), offer.few + [name for name in every if name not in offer.few]),
        one("gewicht", _("Waar staat het gewicht van de steekproef?"), offer.numbers),
        one("strata", _("Waar staat het stratum?"), every),
        one("cluster", _("Waar staat het cluster?"), every),
        Question(
            "opnieuw",
            Kind.YES_NO,
            _("Begint het nummeren van clusters in elk stratum opnieuw?"),
            hint=_("Dan is cluster 1 van het ene stratum een ander dan cluster 1 van het andere."),
            required=True,
        ),
        one(
            "aantal",
            _("Waar staat hoeveel er in heel het stratum zijn?"),
            offer.numbers,
            _("Het aantal clusters, of mensen als er geen clusters zijn. Alleen nodig als een groot deel meedeed."),
        ),
        one(
            "persoon",
            _("Waar staat het nummer van de deelnemer?"),
            every,
            _("Nodig om metingen met dezelfde mensen goed te vergelijken."),
        ),
        one("duur", _("Waar staat hoe lang iemand bezig was?"), offer.numbers),
        Question("haast", Kind.YES_NO, _("Laat u weg wie te snel was of steeds hetzelfde gaf?"), required=True),
    ]


def before(wave: Wave, offer: Offer) -> dict[str, Any]:
    """What stands in the form: what was said before, else a guess."""
    if wave.described_at is None:
        guesses = {key: name or "-" for key, name in offer.guessed.items()}
        first = offer.scores[:1]
        return {
            **guesses, "wie": POPULATIONS[0], "opnieuw": False, "aanname": False, "haast": False, "beleving": False,
            "laag": 0, "hoog": 10, "grens": 6,
            "cijfers": offer.scores, "onvoldoende": first, "achtergronden": offer.backgrounds,
        }  # fmt: skip
    columns = list(wave.columns.order_by("pk"))
    scores = [column for column in columns if column.role == WaveColumn.Role.SCORE]
    cuts = [column.cut for column in scores if column.cut is not None]
    return {
        "kans": wave.by_chance, "hoe": wave.channels, "wie": wave.population, "aanname": wave.assume, "haast": wave.without_hasty,
        "beleving": wave.special, "dpia": wave.assessment,
        "cijfers": [column.name for column in scores], "laag": _whole(scores[0].low), "hoog": _whole(scores[0].high),
        "onvoldoende": [column.name for column in scores if column.cut is not None], "grens": _whole(cuts[0] if cuts else 6),
        "achtergronden": [column.name for column in columns if column.role == WaveColumn.Role.BACKGROUND],
        "gewicht": wave.weight or "-", "strata": wave.strata or "-", "cluster": wave.cluster or "-", "persoon": wave.person or "-",
        "opnieuw": wave.nested, "aantal": wave.fpc or "-", "gemeente": wave.area or "-", "duur": wave.duration or "-",
    }  # fmt: skip


def read(wave: Wave, given: dict[str, Any]) -> tuple[Drawn, list[Asked]]:
    """The description in the words of the action. Raises NotValid when a low score is counted that is no score."""
    titles = wave.code_book["titles"]
    scores, low = given["cijfers"], given.get("onvoldoende") or []
    if set(low) - set(scores):
        raise NotValid(_("Een laag cijfer tellen kan alleen bij een vraag die een cijfer is."), code="no-score")

    def column(key: str) -> str:
        return "" if given[key] == "-" else str(given[key])

    drawn = Drawn(
        by_chance=given["kans"], population=given["wie"], channels=given["hoe"], assume=given["aanname"], weight=column("gewicht"),
        strata=column("strata"), cluster=column("cluster"), nested=given["opnieuw"], fpc=column("aantal"),
        person=column("persoon"), area=column("gemeente"), duration=column("duur"),
        without_hasty=given["haast"], special=given["beleving"], assessment=given.get("dpia", "") or "",
    )  # fmt: skip
    asked = [
        Asked(
            name, titles.get(name, name), score=True, low=float(given["laag"]), high=float(given["hoog"]),
            cut=float(given["grens"]) if name in low else None,
        )
        for name in scores
    ]  # fmt: skip
    asked += [Asked(name, titles.get(name, name), score=False) for name in given.get("achtergronden") or [] if name not in scores]
    return drawn, asked


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
