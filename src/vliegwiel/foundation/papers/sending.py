"""How a letter goes to who it is for: decided once, in the transaction of the act."""

from django.db import IntegrityError, transaction

from vliegwiel.foundation.papers.models import Letter, Sending, Way
from vliegwiel.kernel import clock

MAIL, POST = Way.MAIL.value, Way.POST.value


def decide(letter: Letter, way: str) -> tuple[str, bool]:
    """The way in which this letter goes, and whether that was decided just now; a letter that went by mail is sent at once."""
    if found := _decided(letter):
        return found, False
    now = clock.now()
    try:
        with transaction.atomic():
            Sending.objects.create(
                letter=letter, province=letter.province, way=way, decided_at=now, sent_at=now if way == MAIL else None
            )
    except IntegrityError:  # another process decided at the same moment
        return _decided(letter), False
    return way, True


def ask_for_print(letter: Letter) -> bool:
    """Put the letter on the list to print, or a copy of it when it went already; false when it stands on the list."""
    _way, new = decide(letter, POST)
    if new:
        return True
    if Sending.objects.filter(letter=letter, way=POST, sent_at=None).exists():
        return False
    try:
        with transaction.atomic():
            Sending.objects.create(letter=letter, province=letter.province, way=POST, copy=True, decided_at=clock.now())
    except IntegrityError:
        return False
    return True


def _decided(letter: Letter) -> str:
    return Sending.objects.filter(letter=letter, copy=False).values_list("way", flat=True).first() or ""
