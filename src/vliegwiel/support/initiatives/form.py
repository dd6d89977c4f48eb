"""The questions about an initiative, in four small blocks; the fifth step, the place, has a page of its own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.questions.public import JOINS, MISSES, Block, Form, Kind, Option, Question, inclusion_question
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.words import ENDED, GROUPS, PHASES, WANTS

#: The blocks in order; "plek" is the page of the place.
STEPS = ("idee", "plek", "wie", "verhaal", "tonen")
#: Which column holds the answer to a question.
COLUMNS = {
    "titel": "title",
    "kort": "summary",
    "fase": "phase",
    "doelgroepen": "target_groups",
    "vrijwilligers": "volunteers",
    "zoekt-uitleg": "seeks_about",
    "biedt-uitleg": "offers_about",
    "verhaal": "story",
    JOINS: "who_joins",
    MISSES: "who_misses",
    "groep": "group_name",
    "toon-groep": "shows_group",
    "toon-vrijwilligers": "shows_volunteers",
    "contact": "takes_contact",
}
#: Kept in tables of their own.
THEMES, SEEKS, OFFERS = "themas", "zoekt", "biedt"
_MOST_PEOPLE = 100_000


def form() -> Form:
    """The whole form, in the language of the reader."""
    return Form((_idea(), _who(), _story(), _shown()))


def answers_of(found: Initiative) -> dict[str, Any]:
    """What was answered so far, by the keys of the questions."""
    answers = {key: getattr(found, column) for key, column in COLUMNS.items()}
    wants = list(found.wants.all())
    return {
        **{key: (None if value in ("", []) else value) for key, value in answers.items()},
        THEMES: [item.theme for item in found.themes.all()] or None,
        SEEKS: [item.what for item in wants if not item.offers] or None,
        OFFERS: [item.what for item in wants if item.offers] or None,
    }


def problem_with(answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong beyond the kind of each answer: a sentence per question."""
    problems = {}
    if "titel" in answers and not answers["titel"]:
        problems["titel"] = _("Geef uw initiatief een naam. Een paar woorden zijn genoeg.")
    people = answers.get("vrijwilligers")
    if people is not None and (people != int(people) or not 0 <= people <= _MOST_PEOPLE):
        problems["vrijwilligers"] = _("Schrijf met hoeveel mensen u het doet, bijvoorbeeld 8.")
    if "fase" in answers and not answers["fase"]:
        problems["fase"] = _("Kies hoe ver u bent.")
    return problems


def _options(words: Mapping[str, Any], leave_out: tuple[str, ...] = ()) -> tuple[Option, ...]:
    return tuple(Option(key, str(name).capitalize()) for key, name in words.items() if key not in leave_out)


def _idea() -> Block:
    return Block(
        "idee",
        _("Uw initiatief"),
        (
            Question(
                "titel",
                Kind.TEXT,
                _("Hoe heet het?"),
                _("Een paar woorden, zoals: samen eten in het dorpshuis."),
                True,
                longest=80,
            ),
            Question("kort", Kind.TEXT, _("Wat doet u, in één zin?"), _("Dit lezen mensen als eerste."), longest=240),
            Question(
                THEMES,
                Kind.MULTIPLE,
                _("Waar gaat het over?"),
                _("Kies wat past. Het mag er meer dan één zijn."),
                options=tuple(Option(theme.key, theme.name) for theme in themes().values()),
            ),
        ),
    )


def _who() -> Block:
    return Block(
        "wie",
        _("Wie en hoe ver"),
        (
            Question("fase", Kind.SINGLE, _("Hoe ver bent u?"), required=True, options=_options(PHASES, ENDED)),
            Question("doelgroepen", Kind.MULTIPLE, _("Voor wie is het?"), options=_options(GROUPS)),
            Question("vrijwilligers", Kind.NUMBER, _("Met hoeveel mensen doet u dit?"), _("Een schatting is goed.")),
            Question(SEEKS, Kind.MULTIPLE, _("Wat zoekt u?"), options=_options(WANTS)),
            Question("zoekt-uitleg", Kind.TEXT, _("Vertel er iets over"), longest=240),
            Question(OFFERS, Kind.MULTIPLE, _("Wat hebt u zelf te bieden?"), options=_options(WANTS)),
            Question("biedt-uitleg", Kind.TEXT, _("Vertel daar iets over"), longest=240),
        ),
    )


def _story() -> Block:
    careful = _("Schrijf geen namen, telefoonnummers of ziektes van mensen op. Iedereen leest dit.")
    return Block(
        "verhaal",
        _("Uw verhaal"),
        (
            Question("verhaal", Kind.LONG_TEXT, _("Wat doet u, en hoe ging het tot nu toe?"), careful),
            inclusion_question(JOINS),
            inclusion_question(MISSES, hint=_("Dit is voor uzelf. Alleen u en uw helpers lezen het.")),
        ),
    )


def _shown() -> Block:
    return Block(
        "tonen",
        _("Wat laat u zien?"),
        (
            Question(
                "groep",
                Kind.TEXT,
                _("Hoe heet uw groep?"),
                _("Niet uw eigen naam. Namen van mensen laten wij nooit zien."),
                longest=80,
            ),
            Question("toon-groep", Kind.YES_NO, _("Mag de naam van de groep op de site?")),
            Question("toon-vrijwilligers", Kind.YES_NO, _("Mag op de site met hoeveel mensen u het doet?")),
            Question(
                "contact",
                Kind.YES_NO,
                _("Mogen mensen u een bericht sturen?"),
                _("Dat gaat via de site. Uw adres laten wij nooit zien. U kiest zelf of u antwoordt."),
            ),
        ),
    )
