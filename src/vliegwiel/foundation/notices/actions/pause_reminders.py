"""Let reminders stand still for a time, and let them go again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.models import Pause
from vliegwiel.foundation.notices.reminders import reminders
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid


@recorded("pause-reminders", kind="pause")
def pause_reminders(
    *, actor: Actor, province: str, reason: str, starts: date, ends: date | None = None, reminder: str = "", about: str = ""
) -> Pause:
    """No reminder of this key (all when empty) goes about this record (id, all when empty) from one day until and including another.

    Without `ends` until someone lifts it. What fell due in the meantime goes afterwards, when that is at most thirty days late. Raises
    NotAllowed for who does not plan messages in this province, and NotValid with one line per mistake.
    """
    demand(actor, "plan-messages", Subject(province=province))
    wrong = []
    if not reason.strip():
        wrong.append(_("Schrijf op waarom de herinneringen stilstaan."))
    if reminder and reminder not in {item.key for item in reminders()}:
        wrong.append(_("Deze herinnering kennen we niet. Kies er een uit de lijst."))
    if ends and ends < starts:
        wrong.append(_("De laatste dag ligt vóór de eerste dag."))
    if wrong:
        raise NotValid(_("De herinneringen zijn niet stilgezet."), code="bad-pause", details=tuple(wrong))
    with transaction.atomic():
        pause = Pause.objects.create(
            province=province,
            reminder=reminder,
            about_id=about.strip(),
            starts=starts,
            ends=ends,
            reason=reason.strip()[:200],
            set_by=actor.id,
        )
        facts: dict[str, str | int | bool | None] = {
            "reminder": reminder,
            "starts": starts.isoformat(),
            "ends": ends.isoformat() if ends else "",
        }
        record(actor=actor, action="pause-reminders", subject=_subject(pause), facts=facts, province=province)
    return pause


@recorded("lift-pause", kind="pause", about=lambda arguments: str(arguments["pause"])[:12])
def lift_pause(*, actor: Actor, pause: str) -> None:
    """Let the reminders of this pause (public id) go again from now. Raises NotFound, NotAllowed, and NotNow when it was lifted."""
    found = Pause.objects.filter(public_id=pause).first()
    if found is None:
        raise NotFound(_("Deze pauze kennen we niet."))
    demand(actor, "plan-messages", Subject(province=found.province))
    with transaction.atomic():
        if not Pause.objects.filter(pk=found.pk, lifted_at=None).update(lifted_at=clock.now()):
            raise NotNow(_("Deze herinneringen gaan al weer weg."), code="lifted")
        record(actor=actor, action="lift-pause", subject=_subject(found), province=found.province)


def _subject(pause: Pause) -> Reference:
    return Reference("pause", pause.public_id, "", "")
