"""What the virus scanner says of a file, in the words of this room."""

from django.conf import settings

from vliegwiel.connect.clamav.client import ScannerSilentError, scan
from vliegwiel.foundation.papers.models import ScanState


def scan_state_of(data: bytes) -> ScanState:
    """Clean or infected; waiting when the scanner that is configured is silent; not scanned without one."""
    if not settings.VLIEGWIEL_CLAMAV:
        return ScanState.NOT_SCANNED
    try:
        found = scan(settings.VLIEGWIEL_CLAMAV, data)
    except ScannerSilentError:
        return ScanState.WAITING
    return ScanState.CLEAN if found.clean else ScanState.INFECTED
