"""`/.well-known/security.txt` (RFC 9116): where to report a weak spot."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound

VALID = timedelta(days=180)


def security_txt(request: HttpRequest) -> HttpResponse:
    """Contact, end date, languages and own address; 404 while VLIEGWIEL_SECURITY_CONTACT (mailto: or https:) is not set."""
    if not settings.VLIEGWIEL_SECURITY_CONTACT:
        raise NotFound("Hier is nog geen adres voor meldingen over veiligheid ingesteld.")
    until = (clock.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.VLIEGWIEL_SECURITY_CONTACT}",
        f"Expires: {until.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.VLIEGWIEL_ADDRESS}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
