"""Bring a letter to who it is for: by e-mail to who chose that, on paper to everyone else."""

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import tell
from vliegwiel.foundation.notices.kinds import MAIL, POST
from vliegwiel.foundation.notices.queries import channel_of
from vliegwiel.foundation.papers.public import open_letter, put_to_print
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference

TEMPLATE = "foundation/notices/texts/letter_ready"


@recorded("deliver-letter", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def deliver_letter(*, actor: Actor, letter: str, province: str, person: str = "") -> str:
    """Deliver a letter (public id) and say how: "mail" or "post".

    Who has an account and chose e-mail for letters gets a message that the letter is ready. Everyone else gets it on paper: it goes
    on the list to print (Awb 2:8). Raises NotFound and NotAllowed. Harmless when repeated.
    """
    facts = open_letter(actor=actor, letter=letter)
    found = Person.objects.filter(public_id=person).first() if person else None
    channel = channel_of(found, "letters") if found else POST
    with transaction.atomic():
        if found and channel == MAIL:
            about = Reference("letter", letter, facts.title, facts.path)
            tell(
                about=about,
                moment="ready",
                template=TEMPLATE,
                facts={"letter": facts},
                province=province,
                person=person,
                kind="letters",
            )
        else:
            put_to_print(actor=actor, letter=letter)
        subject = Reference("letter", letter, "", "")
        record(actor=actor, action="deliver-letter", subject=subject, facts={"channel": channel, "person": person})
    return channel
