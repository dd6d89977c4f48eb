"""Which languages an installation offers."""

from pathlib import Path

NAMES = {"nl": "Nederlands", "en": "English", "fy": "Frysk", "nds": "Nedersaksisch", "de": "Deutsch"}


def languages_in(folder: Path) -> list[tuple[str, str]]:
    """Dutch, in which the texts are written, and every language with compiled words in `folder`, with its own name.

    >>> languages_in(Path("/nergens"))
    [('nl', 'Nederlands')]
    """
    there = {path.parents[1].name for path in folder.glob("*/LC_MESSAGES/django.mo")} - {"nl"}
    return [("nl", NAMES["nl"]), *((code, NAMES.get(code, code)) for code in sorted(there))]
