"""The file in which someone answers what unknown columns are (`--map FILE`): written with the questions, read with the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from vliegwiel.catalogue import reader
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.questions import Questions

_INTRODUCTION = """\
# Wat betekenen de kolommen van {name}? Vul bij elke kolom een antwoord in en lees het bestand opnieuw in.
#   antwoord: gok          onze gok klopt
#   antwoord: zelfde-als   de kolom is een indicator die we al hebben; zet de sleutel bij indicator
#   antwoord: nieuw        de kolom is een nieuwe indicator; beschrijf hem bij indicator, zoals in het voorbeeld onderaan
#   antwoord: weglaten     de kolom hoort niet bij de cijfers
# Zolang ergens “vraag” staat, laden we niets. Uw antwoorden gelden ook voor de levering van volgend jaar.
"""
_EXAMPLE = """
# Voorbeeld van een nieuwe indicator:
#   Geluk_120:
#     antwoord: nieuw
#     indicator:
#       key: geluk                      # kleine letters, cijfers en streepjes
#       name: Gelukkige mensen
#       theme: {themes}
#       unit: '%'
#       decimals: 0
#       range: [0, 100]                 # buiten deze grenzen weigeren we een waarde
#       direction: higher_is_better     # of lower_is_better of neutral
#       aggregation: rate               # of count, mean, median, index
#       kind: survey                    # of register of model
#       source: Wie het cijfer maakt
#       licence: CC BY 4.0
#       method: Hoe het cijfer wordt gemeten, in gewone zinnen.
#       sdgs: [3]
"""


@dataclass(frozen=True)
class GivenAnswers:
    """Answers as someone gave them: key in the file → the indicator it is, the record of a new one, or None to leave it out."""

    family: str = ""
    columns: Mapping[str, str | Mapping[str, Any] | None] = field(default_factory=dict)


def write_questions(path: Path, questions: Questions) -> None:
    """Write a file to fill in, one block per unknown column with its title, unit and our guess."""
    document = {
        "familie": questions.family,
        "bestand": questions.file_name,
        "kolommen": {
            question.key: {
                "titel": question.title,
                **({"eenheid": question.unit} if question.unit else {}),
                "gok": question.guesses[0].indicator if question.guesses else None,
                "antwoord": "vraag",
                "indicator": None,
            }
            for question in questions.columns
        },
    }
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=130)
    example = _EXAMPLE.format(themes=", ".join(reader.themes()))
    path.write_text(_INTRODUCTION.format(name=questions.file_name) + text + example, encoding="utf-8")


def read_answers(path: Path) -> GivenAnswers:
    """Read a filled in file. Raises NotValid with one line per problem, each with the column it is about."""
    if not path.is_file():
        raise NotValid(_("Het bestand {name} met antwoorden bestaat niet.").format(name=path.name), code="no-file")
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = (" " + _("bij regel {line}").format(line=mark.line + 1)) if mark else ""
        raise NotValid(
            _("{name} is geen goed YAML-bestand{where}. Let op inspringen en dubbele punten.").format(
                name=path.name, where=where
            ),
            code="bad-map",
        ) from error
    problems = reader.problems_with("answers", document)
    if not problems:
        problems = [line for key, given in document["kolommen"].items() if (line := _problem(str(key), given))]
    if problems:
        raise NotValid(
            _("{name}: de antwoorden zijn nog niet compleet.").format(name=path.name), code="bad-map", details=tuple(problems)
        )
    columns = {str(key): _answer(given) for key, given in document["kolommen"].items()}
    return GivenAnswers(document["familie"], columns)


def _answer(given: Mapping[str, Any]) -> str | Mapping[str, Any] | None:
    if given["antwoord"] == "weglaten":
        return None
    found: str | Mapping[str, Any] = given["gok"] if given["antwoord"] == "gok" else given["indicator"]
    return found


def _problem(key: str, given: Mapping[str, Any]) -> str:
    answer, indicator = given["antwoord"], given.get("indicator")
    if answer == "vraag":
        return _("{key}: hier staat nog “vraag”. Kies gok, zelfde-als, nieuw of weglaten.").format(key=key)
    if answer == "gok" and not given.get("gok"):
        return _("{key}: hier hebben we geen gok. Kies zelfde-als, nieuw of weglaten.").format(key=key)
    if answer == "zelfde-als" and not isinstance(indicator, str):
        return _("{key}: zet bij indicator de sleutel van de indicator, zoals inwoners.").format(key=key)
    if answer == "nieuw" and not isinstance(indicator, Mapping):
        return _("{key}: beschrijf de nieuwe indicator bij indicator.").format(key=key)
    return ""
