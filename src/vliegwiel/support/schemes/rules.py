"""Decisions on plain values: may a call be announced, was something received in time, how much does a scheme ask of who applies."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import CeilingFacts
from vliegwiel.foundation.design.dutch import clock_time, day
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.schemes.lifecycle import CallState
from vliegwiel.support.schemes.models import Call


def announcement_problems(call: Call, ceilings: Sequence[CeilingFacts], now: datetime) -> tuple[str, ...]:
    """What is still missing before a call may be announced, one line each (Awb 4:25–4:27). `ceilings` are its own, the parts included."""
    first, last = clock.legal_date(call.opens_at), clock.legal_date(call.closes_at)
    found = [
        (not call.decision_number, _("Vul het nummer van het vaststellingsbesluit in.")),
        (call.decision_date is None, _("Vul de datum van het vaststellingsbesluit in.")),
        (not call.publication, _("Vul in waar plafond en verdeling bekend zijn gemaakt.")),
        (call.published_on is None, _("Vul in op welke dag plafond en verdeling bekend zijn gemaakt.")),
        (not call.ceiling, _("Kies een plafond. Zonder plafond gaat een regeling niet open.")),
        *(
            (
                not ceiling.starts <= first <= last <= ceiling.ends,
                _("Het plafond {name} loopt van {starts} tot en met {ends}. De openstelling hoort daarin te vallen.").format(
                    name=ceiling.name, starts=day(ceiling.starts, "full"), ends=day(ceiling.ends, "full")
                ),
            )
            for ceiling in ceilings
        ),
        (
            any(ceiling.announced_on >= first for ceiling in ceilings),
            _("Het plafond is niet vóór de eerste dag bekend gemaakt. Kies een latere eerste dag."),
        ),
        (now >= call.opens_at, _("De eerste dag is al begonnen. Kies een latere dag: bekendmaken gaat vooraf.")),
        (
            call.published_on is not None and call.published_on >= first,
            _("Plafond en verdeling zijn bekend gemaakt vóór de eerste dag. Kies een latere eerste dag."),
        ),
        (
            call.published_on is not None and call.published_on > clock.legal_date(now),
            _("De bekendmaking ligt nog in de toekomst. Wacht tot die dag."),
        ),
        (
            call.decision_date is not None and call.published_on is not None and call.decision_date > call.published_on,
            _("Het besluit is van na de bekendmaking. Kijk de datums na."),
        ),
    ]
    return tuple(text for wrong, text in found if wrong)


def demand_in_time(call: Call, at: datetime) -> None:
    """Go on only when a call takes what is received at this moment; its last moment still counts. Raises NotNow, which says why."""
    if CallState(call.state) is CallState.PLANNED or at < call.opens_at:
        raise NotNow(_("Deze regeling gaat open op {day}.").format(day=day(call.opens_at, "week")), code="not-open-yet")
    if at > call.closes_at or CallState(call.state) not in (CallState.ANNOUNCED, CallState.OPEN):
        text = _("Deze regeling sloot op {day} om {closed} uur. Dit kwam om {received} uur binnen: te laat.")
        local = {"closed": clock_time(call.closes_at), "received": clock_time(at, "seconds")}
        if clock.legal_date(at) != clock.legal_date(call.closes_at):
            text = _("Deze regeling sloot op {day} om {closed} uur. Aanvragen kan niet meer.")
        raise NotNow(text.format(day=day(call.closes_at, "week"), **local), code="closed")
