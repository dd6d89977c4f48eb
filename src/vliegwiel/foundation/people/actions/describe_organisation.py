"""The numbers of an organisation, and with which others it is one undertaking."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.models import LinkKind, Organisation, OrganisationLink
from vliegwiel.foundation.people.numbers import check_kvk, check_rsin
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid


@recorded("number-organisation", kind="organisation", about=lambda arguments: str(arguments["organisation"])[:12])
def number_organisation(*, actor: Actor, organisation: str, kvk: str, rsin: str) -> Organisation:
    """Keep the numbers in the trade register and at the tax service; empty is none. Raises NotFound, NotAllowed, NotValid."""
    check_kvk(kvk.strip())
    check_rsin(rsin.strip())
    with transaction.atomic():
        found = _organisation(actor, organisation)
        found.kvk, found.rsin = kvk.strip(), rsin.strip()
        found.save(update_fields=["kvk", "rsin"])
        record(
            actor=actor,
            action="number-organisation",
            subject=Reference("organisation", found.public_id, "", ""),
            province=found.province,
        )
    return found


@recorded("link-organisations", kind="organisation", about=lambda arguments: str(arguments["controls"])[:12])
def link_organisations(*, actor: Actor, controls: str, controlled: str, kind: str, source: str) -> OrganisationLink:
    """From today one organisation controls another (public ids), so that both are one undertaking (Regulation (EU) 2023/2831, 2(2)).

    Raises NotFound, NotAllowed, or NotValid for an unknown kind, no source, the same organisation, or a link that is there.
    """
    if kind not in LinkKind.values or not source.strip():
        raise NotValid(_("Kies de soort band en schrijf op waar u dit weet van."), code="no-link")
    if controls == controlled:
        raise NotValid(_("Kies twee verschillende organisaties."), code="same")
    with transaction.atomic():
        above, below = _organisation(actor, controls), Organisation.objects.filter(public_id=controlled).first()
        if below is None:
            raise NotFound(_("Deze organisatie kennen we niet."))
        try:
            with transaction.atomic():
                link = OrganisationLink.objects.create(
                    controls=above, controlled=below, kind=kind, source=source.strip(), since=clock.today()
                )
        except IntegrityError:
            raise NotValid(_("Deze band staat er al."), code="known-link") from None
        record(
            actor=actor,
            action="link-organisations",
            subject=Reference("organisation", controls, "", ""),
            facts={"controlled": controlled, "kind": kind},
            province=above.province,
        )
    return link


@recorded("unlink-organisations", kind="organisation", about=lambda arguments: str(arguments["controls"])[:12])
def unlink_organisations(*, actor: Actor, controls: str, controlled: str, kind: str) -> None:
    """From today this link no longer holds; before today it still counts. Raises NotFound, NotAllowed, NotNow."""
    with transaction.atomic():
        above = _organisation(actor, controls)
        link = OrganisationLink.objects.filter(controls=above, controlled__public_id=controlled, kind=kind, until=None)
        if not link.update(until=clock.today()):
            raise NotNow(_("Deze band is al weg."), code="ended")
        record(
            actor=actor,
            action="unlink-organisations",
            subject=Reference("organisation", controls, "", ""),
            facts={"controlled": controlled, "kind": kind},
            province=above.province,
        )


def _organisation(actor: Actor, public_id: str) -> Organisation:
    found = Organisation.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("Deze organisatie kennen we niet."))
    demand(actor, "manage-organisations", Subject(province=found.province, municipality=found.municipality))
    return found
