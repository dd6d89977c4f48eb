"""Whose turn it is under a ceiling: first come by day of completeness, or the place in a recorded division."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum

from vliegwiel.engines.allocation import Outcome
from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.design.dutch import day as in_words
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.lifecycle import PENDING, State
from vliegwiel.support.grants.models import Application, Division
from vliegwiel.support.grants.regulation import call_for, ceiling_for

_WAITING = [state.value for state in PENDING if state is not State.PROPOSED]


def turn_of(application: Application, amount: Money) -> Verdict:
    """Whether it is the turn of this application for this amount (Awb 4:26): by day of completeness where the scheme divides so, and by
    the recorded division otherwise. A direct grant waits for nobody."""
    call = call_for(application)
    if call.method == "direct":
        return Verdict.yes(Reason("direct", "Deze subsidie heeft geen verdeling."))
    if call.method == "first-come":
        return _first_come(application, amount)
    return _by_division(application, amount)


def newest_division(call: str) -> Division | None:
    """The division of a call that counts."""
    return once(("division", call), lambda: Division.objects.filter(call=call).order_by("-pk").first())


def money_is_short(application: Application) -> Verdict:
    """Whether the ceiling is a ground to refuse this application, wholly or in part (Awb 4:25(2)): only when it does not fit."""
    call = call_for(application)
    if call.method in ("tender", "lottery", "proportional"):
        division = newest_division(application.call)
        award = division.awards.get(application.public_id) if division else None
        if award is None:
            return Verdict.no(Reason("no-division", "Verdeel eerst het geld, in de rangschikking.", "4:26 Awb"))
        short = int(award["amount"]) < application.asked and award["outcome"] in (Outcome.WAITING.value, Outcome.PARTLY.value)
    else:
        short = _free(application) < application.asked or _drawn_short(application)
        before, _together = _ahead(application)
        if not short and _free(application) - before < application.asked:
            text = f"Er is nog geld. Andere aanvragen waren eerder compleet en vragen samen {Money(before).dutch()}. Beslis eerst daarop."
            return Verdict.no(Reason("others-first", text, "4:25, tweede lid, Awb", {"before": before}))
    if short:
        return Verdict.yes(Reason("ceiling", "Er is niet genoeg geld onder het plafond.", "4:25, tweede lid, Awb"))
    return Verdict.no(Reason("money-left", "Onder het plafond is genoeg geld voor deze aanvraag. Kies een andere grond."))


def _drawn_short(application: Application) -> bool:
    """Whether the recorded order of this call leaves too little for this application."""
    division = newest_division(application.call)
    award = division.awards.get(application.public_id) if division else None
    return award is not None and award["outcome"] in (Outcome.WAITING.value, Outcome.PARTLY.value)


def _first_come(application: Application, amount: Money) -> Verdict:
    if application.complete_on is None:
        return Verdict.no(Reason("incomplete", "De aanvraag is nog niet compleet.", "4:5 Awb"))
    free, (before, together) = _free(application), _ahead(application)
    facts = {"before": before, "free": free, "same-day": together}
    if before and before + amount.cents > free:
        text = (
            f"Voor {in_words(application.complete_on)} waren andere aanvragen compleet. Die vragen samen {Money(before).dutch()}."
        )
        return Verdict.no(Reason("others-first", f"{text} Beslis eerst daarop.", "4:26 Awb", facts))
    if not together or before + together + application.asked <= free:
        return Verdict.yes(Reason("first", "Deze aanvraag is aan de beurt.", "4:26 Awb", facts))
    division = newest_division(application.call)
    award = division.awards.get(application.public_id) if division else None
    if award is None:
        text = f"Op {in_words(application.complete_on)} waren meer aanvragen compleet dan er geld is. Loot eerst, in de rangschikking."
        return Verdict.no(Reason("draw-first", text, "4:26 Awb", facts))
    return _within(award, amount)


def _by_division(application: Application, amount: Money) -> Verdict:
    division = newest_division(application.call)
    if division is None:
        return Verdict.no(Reason("no-division", "Verdeel eerst het geld, in de rangschikking.", "4:26 Awb"))
    award = division.awards.get(application.public_id)
    if award is None:
        text = "Deze aanvraag deed niet mee in de verdeling. Verdeel opnieuw, of wijs haar af."
        return Verdict.no(Reason("not-divided", text, "4:26 Awb"))
    return _within(award, amount)


def _within(award: Mapping[str, Any], amount: Money) -> Verdict:
    given = Money(int(award["amount"]))
    if amount <= given:
        return Verdict.yes(Reason("divided", f"De verdeling geeft {given.dutch()}.", "4:26 Awb", {"amount": given.cents}))
    text = f"De verdeling geeft {given.dutch()}. Meer kan niet: dan krijgt een ander minder."
    return Verdict.no(Reason("more-than-divided", text, "4:26 Awb", {"amount": given.cents}))


def _rivals(application: Application) -> QuerySet[Application]:
    """Who else waits for money of the same ceiling."""
    waiting = Application.objects.filter(call=application.call, ceiling=application.ceiling, state__in=_WAITING)
    return waiting.exclude(pk=application.pk)


def _ahead(application: Application) -> tuple[int, int]:
    """What was asked by who waits and was complete on an earlier day, and on the same day."""
    on = application.complete_on
    if on is None:
        return 0, 0
    rivals = _rivals(application).filter(complete_on__lte=on)
    sums = rivals.aggregate(before=Sum("asked", filter=Q(complete_on__lt=on)), together=Sum("asked", filter=Q(complete_on=on)))
    return int(sums["before"] or 0), int(sums["together"] or 0)


def _free(application: Application) -> int:
    return ceiling_of(ceiling_for(application), application.received_on).free.cents
