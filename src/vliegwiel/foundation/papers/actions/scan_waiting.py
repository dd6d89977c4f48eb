"""Let the scanner look again at what waits in quarantine."""

from django.db import transaction

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.models import Paper, ScanState
from vliegwiel.foundation.papers.places import WAITING
from vliegwiel.foundation.papers.queries import as_trail_facts
from vliegwiel.foundation.papers.scanning import scan_state_of
from vliegwiel.foundation.trail.public import record
from vliegwiel.kernel.actor import Actor, Reference


def scan_waiting(*, actor: Actor) -> int:
    """Scan every document that waits; returns how many got an answer. It stops when the scanner is still silent.

    A clean one moves to its place and can be opened. Of one with a virus, one that the scanner will not look at, and one that is gone
    from the quarantine, only the mention stays. One that gives trouble does not hold up the others.
    """
    answered = 0
    for paper in Paper.objects.filter(scan_state=ScanState.WAITING).order_by("pk"):
        path = WAITING.path_of(paper.token, paper.name)
        data = path.read_bytes() if path.exists() else b""
        state = scan_state_of(data) if storage.digest_of(data) == paper.sha256 else ScanState.LOST
        if state is ScanState.WAITING:
            break
        if state in (ScanState.CLEAN, ScanState.NOT_SCANNED):
            storage.store(data)
        answered += _answered(actor, paper, state)
    return answered


def _answered(actor: Actor, paper: Paper, state: ScanState) -> bool:
    """Keep the answer, unless another process did; then let the file go from the quarantine."""
    token = paper.token
    with transaction.atomic():
        if not Paper.objects.filter(pk=paper.pk, scan_state=ScanState.WAITING).update(scan_state=state.value, token=""):
            return False
        paper.scan_state = state.value
        subject = Reference("paper", paper.public_id, "", "")
        record(actor=actor, action="scan-paper", subject=subject, facts=as_trail_facts(paper), province=paper.province)
    WAITING.remove(token)
    return True
