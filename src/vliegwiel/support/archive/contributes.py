"""What this room hands to shared places: what became of a record that is gone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import Gone
from vliegwiel.support.archive.lifecycle import How
from vliegwiel.support.archive.models import ListedFile
from vliegwiel.support.archive.queries import tombstone_of

#: An address has few names; the rest of a very long one is not looked up.
_NAMES = 8


def gone(names: Sequence[str]) -> Gone | None:
    """The refusal of an address with these names, when the file behind one of them was destroyed or handed over."""
    found = tombstone_of([name[:80] for name in names[:_NAMES]])
    if found is None:
        return None
    nearest = ((_("Wat er van het dossier blijft"), f"/vernietigd/{found.number or found.object_id}"),)
    return Gone(in_words(found), nearest=nearest, title=title_of(found))


def title_of(found: ListedFile) -> str:
    """What happened, in a few words."""
    return _("Dit dossier is overgebracht") if found.on.how == How.TRANSFER else _("Dit dossier is vernietigd")


def in_words(found: ListedFile) -> str:
    """What happened, when, and by which list."""
    on = day(clock.legal_date(found.done_at), "full") if found.done_at else ""
    text = (
        _("Dit dossier is op {on} overgebracht naar het archief, volgens lijst {number}.")
        if found.on.how == How.TRANSFER
        else _("Dit dossier is op {on} vernietigd, volgens lijst {number}.")
    )
    return text.format(on=on, number=found.on.number)
