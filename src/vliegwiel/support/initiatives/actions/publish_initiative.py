"""Put an initiative on the site, take it off, end it with what it brought, or throw a draft away."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import remove_papers
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.initiatives.actions.adopt_initiative import tell_that_adopted
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.standing import begin, find, finish, named
from vliegwiel.support.initiatives.texts_of import concern_changes
from vliegwiel.support.initiatives.words import ENDED

_ABOUT = named("initiative")


def lacking(found: Initiative) -> list[tuple[str, str]]:
    """What must be there before it can go on the site: the step and a sentence."""
    asked = (
        ("idee", not found.summary, _("Vertel in één zin wat u doet.")),
        ("idee", not found.themes.exists(), _("Kies waar het over gaat.")),
        ("plek", found.x is None, _("Zeg waar het is.")),
    )
    return [(step, text) for step, is_lacking, text in asked if is_lacking]


@trail.recorded("publish-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def publish_initiative(*, actor: Actor, initiative: str) -> Initiative:
    """From now on everybody sees it, unless a text of it needs cleaning first. Raises NotAllowed, NotNow, and NotValid while something
    is lacking."""
    found = find(initiative)
    begin(actor, "publish-initiative", found)
    missing = lacking(found)
    if missing:
        raise NotValid(missing[0][1], code="lacking", details=tuple(text for _step, text in missing))
    changes = concern_changes(found, {})
    finish(
        actor,
        "publish-initiative",
        found,
        facts={"hidden": changes["hidden"]},
        published_at=found.published_at or clock.now(),
        **changes,
    )
    if found.is_shown:
        tell_that_adopted(found)
    return found


@trail.recorded("withdraw-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def withdraw_initiative(*, actor: Actor, initiative: str) -> Initiative:
    """Take it off the site, out of lists and search at once; it can go back on. Raises NotAllowed, NotNow."""
    found = find(initiative)
    begin(actor, "withdraw-initiative", found)
    finish(actor, "withdraw-initiative", found)
    return found


@trail.recorded("end-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def end_initiative(
    *, actor: Actor, initiative: str, phase: str, brought: str, reached: int | None = None, volunteers: int | None = None
) -> Initiative:
    """Say that it stopped or became something else, and what it brought: that stays to be read. Raises NotAllowed, NotNow, NotValid."""
    found = find(initiative)
    begin(actor, "end-initiative", found)
    if phase not in ENDED:
        raise NotValid(_("Kies of het stopte, of iets anders werd."), code="phase")
    if not brought.strip():
        raise NotValid(_("Vertel wat het bracht. Eén zin is genoeg."), code="brought")
    if reached is not None and reached < 0:
        raise NotValid(_("Schrijf hoeveel mensen eraan meededen, bijvoorbeeld 40."), code="reached")
    changes = {
        "phase": phase,
        "brought": brought.strip()[:2000],
        "reached": reached,
        "volunteers": found.volunteers if volunteers is None else volunteers,
        "ended_at": found.ended_at or clock.now(),
    }
    finish(actor, "end-initiative", found, facts={"phase": phase}, **changes, **concern_changes(found, changes))
    return found


@trail.recorded("discard-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def discard_initiative(*, actor: Actor, initiative: str) -> None:
    """Truly delete a draft that never was on the site, with its photos. Raises NotAllowed, NotNow."""
    found = find(initiative)
    begin(actor, "discard-initiative", found)
    subject = Reference("initiative", found.public_id, "", "")
    remove_papers(actor=actor, about=subject)
    found.delete()
    trail.record(actor=actor, action="discard-initiative", subject=subject, province=found.province)
