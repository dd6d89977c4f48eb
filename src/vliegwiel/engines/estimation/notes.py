"""What may stand in the column `note`: words for machines, with the sentence that a page shows."""

NO_MARGIN = "no margin because not a probability sample"
QUASI_RANDOM = "model-based margin (quasi-random)"
SUPPRESSED = "suppressed"
SYNTHETIC = "synthetic"
BENCHMARKED = "benchmarked"
NO_ANSWERS = "no answers"
NO_DF = "no margin because too few clusters"
OUT_OF_RANGE = "limit outside the answers"
HIGHER, LOWER, NO_DIFFERENCE = "higher", "lower", "no difference shown"
SELECTION_BIAS = "mse leaves selection bias out"

#: How a page says it.
DUTCH = {
    NO_MARGIN: "Geen marge: dit is geen kanssteekproef.",
    QUASI_RANDOM: "Modelmatige marge, neemt aan dat deelnemers binnen de weegklassen een aselecte steekproef vormen.",
    SUPPRESSED: "Niet getoond om herkenning te voorkomen.",
    SYNTHETIC: "Geschat zonder waarnemingen in dit gebied.",
    BENCHMARKED: "Aangepast aan het gepubliceerde totaal.",
    NO_ANSWERS: "Geen antwoorden.",
    NO_DF: "Geen marge: te weinig clusters.",
    OUT_OF_RANGE: "De marge loopt buiten de gegeven antwoorden.",
    HIGHER: "Hoger.",
    LOWER: "Lager.",
    NO_DIFFERENCE: "Geen verschil aangetoond.",
    SELECTION_BIAS: "De foutmarge bevat niet wie er niet meedoet.",
}


def joined(*notes: str | None) -> str | None:
    """Several notes as one; None when there are none."""
    there = list(dict.fromkeys(note for many in notes if many for note in many.split("; ")))
    return "; ".join(there) or None


def dutch(note: str | None) -> str:
    """The sentences for a page.

    >>> dutch("synthetic; benchmarked")
    'Geschat zonder waarnemingen in dit gebied. Aangepast aan het gepubliceerde totaal.'
    """
    return " ".join(DUTCH.get(part, part) for part in (note or "").split("; ") if part)
