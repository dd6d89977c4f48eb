"""Two persons put a version in force: the first proposes it, the second does it."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook import Regulation
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand, known_person, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.schemes.actions.check_draft import content_of
from vliegwiel.support.schemes.lifecycle import SchemeState
from vliegwiel.support.schemes.models import Scheme, SchemeDraft, SchemeVersion
from vliegwiel.support.schemes.queries import draft_of, scheme_named


@trail.recorded("propose-version", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def propose_version(*, actor: Actor, scheme: str) -> SchemeDraft:
    """Hand the draft to a second person; who may put it in force hears that it waits.

    Raises NotNow when it was not checked as it is now, or was handed over already.
    """
    found, draft = _of(actor, scheme, "manage-schemes")
    _demand_checked(draft)
    unproposed = SchemeDraft.objects.filter(pk=draft.pk, revision=draft.revision, proposed_by="")
    if not unproposed.update(proposed_by=actor.id, proposed_at=clock.now()):
        raise NotNow(_("Deze versie ligt al bij een collega, of is net gewijzigd. Bekijk haar opnieuw."), code="proposed")
    _record(actor, "propose-version", found, draft.document["in_force"])
    draft.refresh_from_db()
    _tell_who_can(actor, found, draft)
    return draft


@trail.recorded("take-back-version", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def take_back_version(*, actor: Actor, scheme: str) -> SchemeDraft:
    """Take a proposal back, so that it can be changed. Raises NotNow when nothing waits."""
    found, draft = _of(actor, scheme, "manage-schemes")
    if not SchemeDraft.objects.filter(pk=draft.pk).exclude(proposed_by="").update(proposed_by="", proposed_at=None):
        raise NotNow(_("Er ligt geen voorstel bij een collega."), code="not-proposed")
    _record(actor, "take-back-version", found, draft.document["in_force"])
    draft.refresh_from_db()
    return draft


@trail.recorded("put-in-force", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def put_in_force(*, actor: Actor, scheme: str) -> SchemeVersion:
    """Put the proposed version in force as the second person. From now on it is never changed.

    Raises NotAllowed (also for who proposed it), NotNow when nothing was proposed or it changed since it was checked.
    """
    found, draft = _of(actor, scheme, "put-in-force")
    if not draft.proposed_by:
        raise NotNow(_("Er is nog geen voorstel. Laat eerst een collega de versie voorleggen."), code="not-proposed")
    if draft.proposed_by == actor.id:
        raise NotAllowed(_("U legde deze versie zelf voor. Een collega zet haar in werking."), code="own-proposal")
    _demand_checked(draft)
    regulation = Regulation.read(draft.document)
    latest = found.versions.aggregate(latest=Max("number"))["latest"] or 0
    if not SchemeDraft.objects.filter(pk=draft.pk, revision=draft.revision, proposed_by=draft.proposed_by).delete()[0]:
        raise NotNow(_("Deze versie is net gewijzigd. Bekijk haar opnieuw."), code="stale")
    version = SchemeVersion.objects.create(
        scheme=found,
        number=latest + 1,
        in_force=date.fromisoformat(regulation.version),
        document=draft.document,
        cases=draft.cases,
        hash=regulation.hash,
        proposed_by=draft.proposed_by,
        put_in_force_by=actor.id,
    )
    Scheme.objects.filter(pk=found.pk).update(state=SchemeState.IN_FORCE.value, title=regulation.document["title"])
    _record(actor, "put-in-force", found, regulation.version, hash=regulation.hash, version=version.public_id)
    return version


def _tell_who_can(actor: Actor, scheme: Scheme, draft: SchemeDraft) -> None:
    """Everybody who may put it in force, but who proposed it."""
    proposer = known_person(actor.id)
    facts = {
        "scheme": scheme,
        "name": proposer.name if proposer else "",
        "in_force": day(date.fromisoformat(draft.document["in_force"]), "full"),
    }
    for person in who_may("put-in-force", Subject(province=scheme.province)):
        if person == actor.id:
            continue
        tell(
            about=Reference("scheme", scheme.key, scheme.title, f"/beheer/regelingen/{scheme.key}"),
            moment=f"proposed-{draft.revision}-{draft.proposed_at:%Y%m%d%H%M%S}",
            template="support/schemes/texts/to_put_in_force",
            facts=facts,
            province=scheme.province,
            person=person,
            kind="work",
        )


def _of(actor: Actor, scheme: str, verb: str) -> tuple[Scheme, SchemeDraft]:
    found = scheme_named(scheme)
    demand(actor, verb, Subject(province=found.province))
    return found, draft_of(found)


def _demand_checked(draft: SchemeDraft) -> None:
    if draft.checked != content_of(draft):
        raise NotNow(_("Controleer de regeling eerst. Elk voorbeeldgeval moet goed uitkomen."), code="not-checked")


def _record(actor: Actor, action: str, scheme: Scheme, in_force: str, **facts: str) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("scheme", scheme.key, "", ""),
        facts={"in-force": in_force, **facts},
        province=scheme.province,
    )
