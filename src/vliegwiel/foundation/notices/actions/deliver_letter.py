"""Bring a letter to who it is for: by e-mail to who chose that, on paper to everyone else."""

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import tell
from vliegwiel.foundation.notices.kinds import LETTERS, MAIL, POST
from vliegwiel.foundation.notices.receivers import receiver_of
from vliegwiel.foundation.papers.public import decide_sending, open_letter
from vliegwiel.foundation.trail.public import recorded
from vliegwiel.kernel.actor import Actor, Reference

TEMPLATES = {way: f"foundation/notices/texts/letter_{way}" for way in (MAIL, POST)}


@recorded("deliver-letter", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def deliver_letter(*, actor: Actor, letter: str, province: str, person: str = "") -> str:
    """Deliver a letter (public id) and say how: "mail" or "post"; part of the caller's transaction.

    Who has an account and chose e-mail for letters gets a message that the letter is ready. Everyone else gets it on paper: it goes
    on the list to print (Awb 2:8); who has an account finds it on the site as well. It is decided once: a choice made later does not
    send it again. Raises NotFound and NotAllowed.
    """
    facts = open_letter(actor=actor, letter=letter)
    wanted = receiver_of(person).channel(LETTERS) if person else POST
    with transaction.atomic():
        way, new = decide_sending(actor=actor, letter=letter, way=wanted, person=person)
        if not new:
            return way
        if person:
            about = Reference("letter", letter, facts.title, facts.path)
            told = {"letter": facts}
            tell(about=about, moment="ready", template=TEMPLATES[way], facts=told, province=province, person=person, kind=LETTERS)
    return way
