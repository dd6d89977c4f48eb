"""Look at an answer in words before anybody reads on: two persons, one after the other, say that it tells of nobody."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.models import OpenAnswer


@trail.recorded("screen-answer", kind="wave")
def screen_answer(*, actor: Actor, answer: str, readable: bool, text: str = "", seen: str = "") -> OpenAnswer:
    """The first person may take words out: `text` is then what is left. The second one reads that, and changes nothing any more.

    `seen` is the state in which a page showed it. What is withheld is destroyed at once. Raises NotFound, NotValid without words or with
    words that the answer does not have (between square brackets one may say what went), NotAllowed for a second look by the same person,
    NotNow when it was decided already, or looked at since the page showed it.
    """
    found = OpenAnswer.objects.filter(public_id=answer).select_related("wave__survey").first()
    if found is None:
        raise NotFound(_("Dit antwoord is er niet."))
    demand(actor, VERB, Subject(province=found.wave.survey.province))
    states, first = OpenAnswer.State, found.state == OpenAnswer.State.NEW
    decided = NotNow(_("Over dit antwoord is al besloten."), code="decided")
    if found.state not in (states.NEW, states.ONCE):
        raise decided
    if seen and seen != found.state:
        raise NotNow(_("Een ander keek intussen naar dit antwoord. Lees wat er nu staat, en kies dan."), code="stale")
    if not first and found.first_by == actor.id:
        raise NotAllowed(_("U bekeek dit antwoord al. Een ander kijkt ook."), code="same-person")
    words = " ".join((text or found.text).split()) if first else found.text
    if readable and not words:
        raise NotValid(_("Er blijft geen tekst over. Kies dan: niet laten lezen."), code="no-text")
    if first and not _only_less(words, found.text):
        raise NotValid(_("Haal alleen woorden weg. Voeg niets toe."), code="longer")
    who = {"first_by": actor.id} if first else {"second_by": actor.id}
    new: dict[str, str] = {"state": states.WITHHELD, "text": ""}
    if readable:
        new = {"state": states.ONCE, "text": words} if first else {"state": states.READABLE}
    with transaction.atomic():
        waiting = OpenAnswer.objects.filter(pk=found.pk, state=states.NEW if first else states.ONCE)
        if not waiting.update(**new, **who):
            raise decided
        subject = Reference("wave", found.wave.public_id, "", "")
        trail.record(
            actor=actor, action="screen-answer", subject=subject, facts={"answer": answer, "readable": readable},
            province=found.wave.survey.province,
        )  # fmt: skip
    found.refresh_from_db()
    return found


def _only_less(words: str, text: str) -> bool:
    """Whether nothing was added: all words stand in the answer, in this order."""
    there = iter(re.findall(r"\w+", text.casefold()))
    return all(word in there for word in re.findall(r"\w+", re.sub(r"\[[^\]]{0,40}\]", " ", words).casefold()))
