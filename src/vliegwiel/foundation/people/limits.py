"""How often something may be done in an hour or a day: counted by the database, so that two at the same moment count as two."""

from datetime import datetime, time

from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.models import Tally
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow


def count_use(*, what: str, whose: str, most: int, hourly: bool = False, refusal: str = "") -> None:
    """Count one more of `what` by `whose` (a person, address, network or record), in the caller's transaction; nobody is not counted.

    Raises NotNow with `refusal` (Dutch; there is a usual text) when there were `most` already this hour or, by default, this legal day.
    Nothing of `whose` is kept: only a hash with the secret of the installation and the day in it.
    """
    if not whose:
        return
    since = clock.now().replace(minute=0, second=0, microsecond=0) if hourly else _today()
    key = salted_hmac(f"vliegwiel.use.{what}.{clock.today()}", whose.lower(), algorithm="sha256").hexdigest()
    Tally.objects.get_or_create(key=key, since=since)
    if not Tally.objects.filter(key=key, since=since, count__lt=most).update(count=F("count") + 1):
        usual = (
            _("Dit is nu te vaak gedaan. Probeer het over een uur.")
            if hourly
            else _("Dit is vandaag te vaak gedaan. Probeer het morgen.")
        )
        raise NotNow(refusal or usual, code="too-often")


def forget_use() -> int:
    """Throw away what was counted before today; returns how many rows."""
    return Tally.objects.filter(since__lt=_today()).delete()[0]


def _today() -> datetime:
    return datetime.combine(clock.today(), time.min, tzinfo=clock.AMSTERDAM)
