"""A second person reads a list: takes files off it, approves it, or gives it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.archive.lifecycle import How, ListState, RowState
from vliegwiel.support.archive.models import DestructionList, ListedFile
from vliegwiel.support.archive.queries import list_named
from vliegwiel.support.archive.standing import begin, reference


def hash_of(found: DestructionList) -> str:
    """SHA-256 of what stands on a list: what was read is what is approved."""
    rows = ListedFile.objects.filter(on=found, state=RowState.WAITING).order_by("pk")
    return content_hash([found.number, found.how, *([row.kind, row.object_id, row.key, row.ends] for row in rows)])


@trail.recorded("leave-out", kind="destruction-list", about=lambda arguments: str(arguments["on"])[:12])
@transaction.atomic
def leave_out(*, actor: Actor, on: str, file: str, why: str) -> None:
    """Take one file (id) off a list that waits; `why` stays with it. Raises NotAllowed, NotFound, NotNow, NotValid without a reason."""
    found = list_named(on)
    begin(actor, "leave-out", found)
    if not why.strip():
        raise NotValid(_("Zeg waarom dit dossier blijft."), code="no-reason")
    row = ListedFile.objects.filter(on=found, object_id=file, state=RowState.WAITING).first()
    if row is None:
        raise NotFound(_("Dit dossier staat niet op de lijst."))
    ListedFile.objects.filter(pk=row.pk).update(state=RowState.LEFT_OUT, why=why.strip())
    trail.record(
        actor=actor, action="leave-out", subject=reference(found), facts={"application": row.object_id}, province=found.province
    )


@trail.recorded("approve-list", kind="destruction-list", about=lambda arguments: str(arguments["on"])[:12])
@transaction.atomic
def approve_list(*, actor: Actor, on: str, seen: str, receipt: str = "") -> DestructionList:
    """Approve a list exactly as it was read (`seen` is its hash); from then on the computer carries it out.

    `receipt`: what the archive gave for files that were handed over. Raises NotAllowed to who proposed it, NotNow, NotValid.
    """
    from vliegwiel.support.archive.tasks import carry_out_list

    found = list_named(on)
    begin(actor, "approve-list", found)
    if seen != hash_of(found):
        raise NotNow(_("De lijst is intussen veranderd. Lees hem opnieuw."), code="stale")
    if not found.files.filter(state=RowState.WAITING).exists():
        raise NotNow(_("Er staat geen dossier meer op deze lijst. Geef hem terug."), code="empty")
    if found.how == How.TRANSFER and not receipt.strip():
        raise NotValid(_("Vul in welk bewijs het archief gaf. Zonder bewijs mag hier niets weg."), code="no-receipt")
    _decided(actor, found, ListState.APPROVED, content_hash=seen, receipt=receipt.strip()[:120])
    facts: dict[str, str | int | bool | None] = {"count": found.files.filter(state=RowState.WAITING).count(), "sha256": seen}
    trail.record(actor=actor, action="approve-list", subject=reference(found), facts=facts, province=found.province)
    carry_out_list.enqueue(found.public_id)
    return found


@trail.recorded("return-list", kind="destruction-list", about=lambda arguments: str(arguments["on"])[:12])
@transaction.atomic
def return_list(*, actor: Actor, on: str, why: str) -> DestructionList:
    """Give a list back with the reason; its files can be put on another. Raises NotAllowed, NotNow, NotValid without a reason."""
    found = list_named(on)
    begin(actor, "return-list", found)
    if not why.strip():
        raise NotValid(_("Zeg waarom u de lijst teruggeeft."), code="no-reason")
    _decided(actor, found, ListState.RETURNED, why=why.strip())
    found.files.filter(state=RowState.WAITING).update(state=RowState.LEFT_OUT, why=_("de lijst is teruggegeven"))
    trail.record(actor=actor, action="return-list", subject=reference(found), province=found.province)
    return found


def _decided(actor: Actor, found: DestructionList, state: ListState, **changes: str) -> None:
    waiting = DestructionList.objects.filter(pk=found.pk, state=ListState.PROPOSED)
    if not waiting.update(state=state, decided_by=actor.id, decided_at=clock.now(), **changes):
        raise NotNow(_("Iemand anders besliste net over deze lijst."), code="stale")
    found.refresh_from_db()
