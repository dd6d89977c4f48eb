"""Take in a document about a record."""

from collections.abc import Callable, Iterator
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import access, storage
from vliegwiel.foundation.papers.access import PaperKind
from vliegwiel.foundation.papers.content import Content, checked
from vliegwiel.foundation.papers.models import Paper, ScanState
from vliegwiel.foundation.papers.places import WAITING
from vliegwiel.foundation.papers.queries import PaperFacts, as_trail_facts, paper_facts
from vliegwiel.foundation.papers.scanning import scan_state_of
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid

_TRIES = 5


class Upload(Protocol):
    """A file as Django hands it over: a name, a size in bytes, and its bytes in pieces."""

    @property
    def name(self) -> str | None:
        """The name that its owner gave it."""

    @property
    def size(self) -> int | None:
        """How many bytes."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes."""


@recorded("receive-paper", kind="paper", about=lambda arguments: str(arguments["about"].id))
def receive(
    *,
    actor: Actor,
    province: str,
    about: Reference,
    kind: str,
    upload: Upload,
    confidential: bool = False,
    along: Callable[[PaperFacts], object] | None = None,
) -> PaperFacts:
    """Keep a document as the next version of its kind about this record.

    `along` is what changes with it in the record, in the same transaction: when it is refused, nothing is kept.
    Raises NotAllowed when the room of the record says so; NotValid for a kind that the record may not hold, and for a file that is too
    large, of another kind, not what its name says, locked, a bomb, or with a virus. Then nothing is kept. With a scanner that is silent
    the file waits in quarantine and can not be opened. Everything slow is done before the transaction: call it outside one, so that a
    scan never holds a lock of the database.
    """
    access.demand(access.may_add(actor, about.kind, about.id))
    asked = access.paper_kind(about.kind, about.id, kind)
    content = _checked(upload, asked)
    state = _accepted_state(content.data)
    token = WAITING.keep(content.name, [content.data]) if state is ScanState.WAITING else ""
    try:
        digest = storage.digest_of(content.data) if token else storage.store(content.data)
        with transaction.atomic():
            paper = Paper(
                province=province,
                about_kind=about.kind,
                about_id=about.id,
                kind=kind,
                name=content.name,
                media_type=content.media_type,
                size=len(content.data),
                sha256=digest,
                token=token,
                scan_state=state.value,
                confidential=confidential or asked.confidential,
                received_at=clock.now(),
                received_by=actor.id,
            )
            _save_as_next_version(paper)
            subject = Reference("paper", paper.public_id, "", "")
            record(actor=actor, action="receive-paper", subject=subject, facts=as_trail_facts(paper), province=paper.province)
            if along is not None:
                along(paper_facts(paper))
    except BaseException:
        if token:
            WAITING.remove(token)
        raise
    if not token and not storage.holds(digest):
        storage.store(content.data)  # `clear_unused` took it for a file without a row just before
    return paper_facts(paper)


def _checked(upload: Upload, kind: PaperKind) -> Content:
    """Its content, read no further than the largest size; what the browser says of the size is not believed."""
    largest = min(kind.largest or settings.VLIEGWIEL_LARGEST_PAPER, settings.VLIEGWIEL_LARGEST_PAPER)
    message = _("Dit bestand is te groot. Het mag hoogstens %(largest)s MB zijn.") % {"largest": largest}
    if (upload.size or 0) > largest * 1_000_000:
        raise NotValid(message, code="too-large")
    data = bytearray()
    for piece in upload.chunks():
        data += piece
        if len(data) > largest * 1_000_000:
            raise NotValid(message, code="too-large")
    return checked(upload.name or "", bytes(data), kind.formats)


def _accepted_state(data: bytes) -> ScanState:
    state = scan_state_of(data)
    if state is ScanState.INFECTED:
        raise NotValid(_("In dit bestand zit een virus. We bewaren het niet. Laat uw computer nakijken."), code="virus")
    if state is ScanState.UNSCANNABLE:
        raise NotValid(
            _("De virusscan kan dit bestand niet lezen. Maak het kleiner of kies een ander soort."), code="unscannable"
        )
    return state


def _save_as_next_version(paper: Paper) -> None:
    """Two at the same moment get two numbers: the database refuses the same one twice, and then we count again."""
    same = Paper.objects.filter(about_kind=paper.about_kind, about_id=paper.about_id, kind=paper.kind)
    for _attempt in range(_TRIES):
        paper.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                paper.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NotNow(_("Er komen veel stukken tegelijk binnen. Probeer het zo nog eens."), code="busy")
