"""Let another organisation work or look along on a file, and end that."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, known_person, organisation_names
from vliegwiel.foundation.people.public import colleagues as colleagues_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.desk.models import Enquiry, FileMember, FileRole
from vliegwiel.support.desk.standing import begin, find, finish, named


@trail.recorded("share-file", kind="enquiry", about=named())
def share_file(*, actor: Actor, enquiry: str, organisation: str, role: str, why: str, person: str = "") -> FileMember:
    """Put an organisation (public id), or one person of it, on this file as adviser or observer, with the reason that who asked reads.

    Raises NotFound, NotAllowed, NotNow when they are on it, NotValid for who may not be.
    """
    found = find(enquiry)
    begin(actor, "share-file", found)
    name = organisation_names([organisation]).get(organisation, "")
    if role not in FileRole.values or not why.strip():
        raise NotValid(_("Kies wat de ander mag, en schrijf waarom."), code="role")
    if not name or organisation == found.organisation:
        raise NotValid(_("Kies een andere organisatie."), code="organisation")
    verb = "do-casework" if role == FileRole.ADVISER else "read-shared-files"
    there = colleagues_of([verb], Subject(province=found.province, municipality=found.municipality))
    if not any(item.organisation == organisation and person in ("", item.id) for item in there):
        raise NotValid(_("Daar werkt nu niemand die dit mag."), code="nobody")
    known = known_person(person) if person else None
    try:
        with transaction.atomic():
            member = FileMember.objects.create(
                enquiry=found,
                organisation=organisation,
                organisation_name=name,
                person=person,
                name=known.name if known else "",
                role=role,
                why=why.strip()[:200],
            )
            finish(actor, "share-file", found, facts={"organisation": organisation, "role": role})
    except IntegrityError:
        raise NotNow(_("Deze organisatie doet al mee in dit dossier."), code="there") from None
    return member


@trail.recorded("end-sharing", kind="enquiry", about=named())
@transaction.atomic
def end_sharing(*, actor: Actor, enquiry: str, member: str) -> Enquiry:
    """From now on they are not on this file. Raises NotFound, NotAllowed."""
    found = find(enquiry)
    begin(actor, "share-file", found)
    there = found.members.filter(public_id=member, until=None)
    if not there.update(until=clock.now()):
        raise NotFound(_("Deze organisatie doet niet meer mee in dit dossier."))
    return finish(actor, "share-file", found, facts={"ended": True})
