"""The desk stays open for everyone: how often one connection or address asks, by the limits of catalogue/desk.yml."""

from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.public import count_use

_HOURLY = frozenset({"looks_per_hour", "questions_per_hour"})


def demand_room(*, limit: str, whose: str) -> None:
    """One more use under a limit by this connection or address; raises NotNow when that is too many."""
    text = _("Er kwamen net veel vragen van deze plek. Wacht even en probeer het opnieuw, of bel ons.")
    count_use(what=f"desk.{limit}", whose=whose, most=desk().limits[limit], hourly=limit in _HOURLY, refusal=text)
