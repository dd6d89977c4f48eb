"""Who can take part, who is missing: thought about by who asked, or together with an adviser; one answer for both, and no score."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.desk.recognition import sensitive_in
from vliegwiel.support.desk.standing import begin, find, finish, named


@trail.recorded("think-inclusion", kind="enquiry", about=named())
@transaction.atomic
def think_inclusion(*, actor: Actor, enquiry: str, answers: Mapping[str, Any], link: str = "") -> Enquiry:
    """Who asked keeps these answers (of `questions.read_inclusion`).

    Raises NotFound, NotAllowed, NotNow, NotValid for somebody's details.
    """
    found = find(enquiry)
    begin(actor, "think-inclusion", found, link)
    return finish(actor, "think-inclusion", found, inclusion=_safe(answers))


@trail.recorded("note-inclusion", kind="enquiry", about=named())
@transaction.atomic
def note_inclusion(*, actor: Actor, enquiry: str, answers: Mapping[str, Any]) -> Enquiry:
    """The same by an adviser who spoke about it. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "note-inclusion", found)
    return finish(actor, "note-inclusion", found, inclusion=_safe(answers))


def _safe(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Groups may be named, persons not: a phone number, an address or someone's illness is refused."""
    if any(concern for value in answers.values() if isinstance(value, str) for concern in sensitive_in(value)):
        raise NotValid(_("Er staat iets in over één persoon. Schrijf over groepen, zonder naam of nummer."), code="personal")
    return dict(answers)
