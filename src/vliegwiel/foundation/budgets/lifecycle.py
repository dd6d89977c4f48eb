"""The kinds of entry of the ledger, in full words. What each moves stands in `rules.moves`."""

from django.db import models


class Kind(models.TextChoices):
    """What an entry does. Money goes credit → free → reserved → committed → paid; the rest goes back or corrects."""

    CREDIT = "credit", "krediet toegevoegd"
    CREDIT_LESS = "credit_less", "krediet verlaagd"
    RESERVE = "reserve", "gereserveerd"
    COMMIT = "commit", "vastgelegd"
    COMMIT_BEYOND = "commit_beyond", "vastgelegd boven het plafond"
    RELEASE = "release", "vrijgevallen"
    PAY = "pay", "betaald"
    TAKE_BACK = "take_back", "terugontvangen"
    LAPSE = "lapse", "vervallen"
    CARRY_OUT = "carry_out", "overgeheveld naar een andere post"
    CARRY_IN = "carry_in", "overgeheveld van een andere post"
    CORRECT = "correct", "gecorrigeerd"


#: Undone by a counter-entry. What a council decision or the closing of a year moved is put right by another decision.
CORRECTABLE = frozenset({Kind.RESERVE, Kind.COMMIT, Kind.COMMIT_BEYOND, Kind.RELEASE, Kind.PAY, Kind.TAKE_BACK})
