"""Sign an application, each for themselves, and open it again to change something."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.questions.public import kept
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Signature
from vliegwiel.support.grants.models.application import Purpose
from vliegwiel.support.grants.readiness import demand_ready
from vliegwiel.support.grants.standing import begin, find, finish, named, reference

_ABOUT = named("application")


@trail.recorded("sign-application", kind="application", about=_ABOUT)
@transaction.atomic
def sign_application(*, actor: Actor, application: str, name: str, seen: str) -> Signature:
    """Sign exactly what was seen (Awb 4:2): `seen` is the hash of the content on the page.

    The first signature closes the draft; the others are asked for theirs. Nobody signs twice: a co-signature of one's own is refused.
    Raises NotAllowed, NotNow when the content changed, and NotValid when something still lacks or there is no name.
    """
    found = find(application)
    begin(actor, "sign-application", found)
    if seen != hash_of(found):
        raise NotNow(_("De aanvraag is intussen gewijzigd. Lees haar opnieuw en teken dan."), code="stale")
    if not name.strip():
        raise NotValid(_("Vul uw naam in. Daarmee tekent u."), code="no-name")
    draft = Draft(found)
    if actor.id not in draft.unsigned:
        raise NotAllowed(_("U hebt al getekend. Een ander moet meetekenen."), code="own-signature")
    demand_ready(draft)
    first = found.stands is State.DRAFT
    if first:
        _forget_what_is_not_asked(actor, draft)
    signature = Signature.objects.create(
        application=found, purpose=Purpose.APPLICATION, person=actor.id, name=name.strip()[:80], content_hash=hash_of(found)
    )
    finish(actor, "sign-application", found, facts={"content": signature.content_hash})
    for person in Draft(found).unsigned if first else ():
        tell(
            about=reference(found),
            moment=f"sign-{signature.content_hash[:16]}",
            template="support/grants/texts/sign",
            facts={"application": found, "name": signature.name},
            province=found.province,
            person=person,
        )
    return signature


@trail.recorded("reopen-application", kind="application", about=_ABOUT)
@transaction.atomic
def reopen_application(*, actor: Actor, application: str) -> Application:
    """Change something after all, before it is sent: signatures under the earlier text do not count for the new one.

    Raises NotAllowed, NotNow.
    """
    found = find(application)
    begin(actor, "reopen-application", found)
    return finish(actor, "reopen-application", found)


def _forget_what_is_not_asked(actor: Actor, draft: Draft) -> None:
    """Answers to questions that are no longer asked are deleted before anyone signs."""
    found = draft.application
    answers = kept(draft.form.whole, draft.known)
    found.answers = {key: value for key, value in found.answers.items() if key in answers}
    found.withheld = {key: text for key, text in found.withheld.items() if key not in found.answers}
    found.save(update_fields=["answers", "withheld"])
