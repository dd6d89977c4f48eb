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

    A clean one moves to its place and can be opened; of one with a virus only the mention stays.
    """
    answered = 0
    for paper in Paper.objects.filter(scan_state=ScanState.WAITING).order_by("pk"):
        path = WAITING.path_of(paper.token, paper.name)
        if not path.exists():
            continue
        data = path.read_bytes()
        state = scan_state_of(data)
        if state is ScanState.WAITING:
            break
        token = paper.token
        with transaction.atomic():
            if state is not ScanState.INFECTED:
                storage.store(data)
            if not Paper.objects.filter(pk=paper.pk, scan_state=ScanState.WAITING).update(scan_state=state.value, token=""):
                continue
            paper.scan_state = state.value
            subject = Reference("paper", paper.public_id, "", "")
            record(actor=actor, action="scan-paper", subject=subject, facts=as_trail_facts(paper), province=paper.province)
        WAITING.remove(token)
        answered += 1
    return answered
