"""Make the package of a file that the archive takes over."""

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.archive import files
from vliegwiel.support.archive.lifecycle import Verb
from vliegwiel.support.archive.mdto import package
from vliegwiel.support.archive.queries import standing_keepings, weighed


@trail.recorded("export-file", kind="application")
def export_file(*, actor: Actor, province: str, number: str) -> bytes:
    """The package of a file that stays for ever (*overbrenging*); who takes it is kept in the trail.

    Raises NotAllowed, NotFound, and NotNow for a file that still runs or that does not stay for ever.
    """
    demand(actor, Verb.PROPOSE, Subject(province=province))
    kept = standing_keepings().filter(province=province, number=number, until=None).first()
    if kept is None:
        raise NotFound(_("Dit dossier blijft niet voor altijd. Leg dat eerst vast."), nearest=(("Bewaren", "/beheer/bewaren"),))
    facts = weighed(kept.kind, kept.object_id)
    if facts is None:
        raise NotNow(_("Dit dossier loopt nog. Overbrengen kan als het is afgesloten."), code="running")
    made = package(files.File(kept.kind, kept.object_id), facts)
    subject = Reference(kept.kind, kept.object_id, "", "")
    trail.record(actor=actor, action="export-file", subject=subject, result=trail.Result.READ, province=province)
    return made
