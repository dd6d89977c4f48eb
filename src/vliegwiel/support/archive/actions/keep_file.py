"""Keep a file longer than its term, or for ever; and end that again."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.archive import files
from vliegwiel.support.archive.lifecycle import Verb
from vliegwiel.support.archive.models import Keeping
from vliegwiel.support.archive.standing import of_keeping


@trail.recorded("keep-file", kind="keeping")
def keep_file(*, actor: Actor, province: str, number: str, why: str, until: date | None = None) -> Keeping:
    """A file stays until a day, or for ever without one (then it goes to the archive). `number` is what people call it.

    Raises NotAllowed, NotFound, NotValid without a reason or with a day that is past, NotNow when it stays already.
    """
    demand(actor, Verb.PROPOSE, Subject(province=province))
    if not why.strip():
        raise NotValid(_("Zeg waarom dit dossier langer blijft."), code="no-reason")
    if until is not None and until <= clock.today():
        raise NotValid(_("Kies een dag die nog komt."), code="past")
    found = next(((rule.kind, *file) for rule in files.rules() if (file := rule.find(number.strip()))), None)
    if found is None or found[2] != province:
        raise NotFound(_("Dit dossier kennen we niet. Kijk het nummer na."))
    try:
        with transaction.atomic():
            Keeping.objects.filter(kind=found[0], object_id=found[1], lifted_on=None, until__lt=clock.today()).update(
                lifted_on=clock.today()
            )
            kept = Keeping.objects.create(
                province=province,
                kind=found[0],
                object_id=found[1],
                number=number.strip(),
                why=why.strip(),
                until=until,
                by=actor.id,
            )
            facts: dict[str, str | int | bool | None] = {"application": found[1], "until": until.isoformat() if until else None}
            trail.record(actor=actor, action="keep-file", subject=of_keeping(kept), facts=facts, province=province)
    except IntegrityError as error:
        raise NotNow(_("Dit dossier blijft al langer bewaard."), code="kept") from error
    return kept


@trail.recorded("end-keeping", kind="keeping", about=lambda arguments: str(arguments["keeping"])[:12])
@transaction.atomic
def end_keeping(*, actor: Actor, keeping: str) -> None:
    """From now on the usual term counts again. Raises NotAllowed, NotFound, NotNow when it was ended already."""
    found = Keeping.objects.filter(public_id=keeping).first()
    if found is None:
        raise NotFound(_("Deze uitzondering bestaat niet."))
    demand(actor, Verb.APPROVE, Subject(province=found.province))
    ended = Keeping.objects.filter(pk=found.pk, lifted_on=None).update(lifted_on=clock.today(), lifted_by=actor.id)
    if not ended:
        raise NotNow(_("Deze uitzondering is al beëindigd."), code="ended")
    trail.record(actor=actor, action="end-keeping", subject=of_keeping(found), province=found.province)
