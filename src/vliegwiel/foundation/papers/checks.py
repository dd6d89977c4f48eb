"""The system check: where others can reach the site, uploads are scanned for viruses."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def uploads_are_scanned(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """An error in production without a virus scanner; nothing on one's own machine and in the demo."""
    if not settings.SECURE_HTTPS or settings.VLIEGWIEL_CLAMAV:
        return []
    hint = "Set VLIEGWIEL_CLAMAV to host:port or to the path of the socket of clamd."
    return [Error("Uploads are not scanned for viruses.", hint=hint, id="papers.E001")]
