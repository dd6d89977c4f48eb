"""What can be chosen in the forms of a regulation: kinds of question, phases of a crisis, what happens when the money runs short."""

from django.utils.translation import gettext_lazy as _

from vliegwiel.engines.rulebook.parts import PHASES
from vliegwiel.support.schemes.builder.columns import Choices
from vliegwiel.support.schemes.models import Phase

PHASE_KINDS: Choices = tuple((key, Phase(key).label) for key in PHASES)
FACT_KINDS: Choices = (
    ("yes_no", _("ja of nee")),
    ("number", _("een getal")),
    ("money", _("een bedrag")),
    ("date", _("een datum")),
    ("choice", _("een keuze uit een lijst")),
    ("choices", _("meer keuzes uit een lijst")),
)
QUESTION_KINDS: Choices = (
    ("text", _("een korte tekst")),
    ("long_text", _("een langere tekst")),
    ("yes_no", _("ja of nee")),
    ("number", _("een getal")),
    ("amount", _("een bedrag")),
    ("date", _("een datum")),
    ("single", _("een keuze uit een lijst")),
    ("multiple", _("meer keuzes uit een lijst")),
    ("scale", _("een cijfer van 1 tot en met 5")),
    ("file", _("een bestand")),
)
SHORTAGE_KINDS: Choices = (
    ("stop", _("dan is het geld op, ook voor wie daarna komt")),
    ("skip", _("dan is de volgende aan de beurt die wel past")),
)
