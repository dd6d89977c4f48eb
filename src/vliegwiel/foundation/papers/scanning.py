"""What the virus scanner says of a file, in the words of this room."""

import logging

from django.conf import settings

from vliegwiel.connect.clamav.client import ScannerRefusedError, ScannerSilentError, scan
from vliegwiel.foundation.papers.models import ScanState

log = logging.getLogger(__name__)


def scan_state_of(data: bytes) -> ScanState:
    """Clean or infected; waiting when the scanner that is configured is silent; unscannable when it will not look; not scanned without
    one."""
    if not settings.VLIEGWIEL_CLAMAV:
        return ScanState.NOT_SCANNED
    try:
        found = scan(settings.VLIEGWIEL_CLAMAV, data)
    except ScannerSilentError:
        log.warning("the virus scanner is silent; the file waits")
        return ScanState.WAITING
    except ScannerRefusedError as refusal:
        log.warning("the virus scanner refuses a file of %s bytes: %s", len(data), refusal)
        return ScanState.UNSCANNABLE
    return ScanState.CLEAN if found.clean else ScanState.INFECTED
