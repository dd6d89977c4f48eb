"""How signing in speaks and behaves here: Dutch at B1, mail through the outbox, each sign-in in the trail, secrets encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.trail.public import Result, record
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed

_TOO_OFTEN = gettext_lazy("Dit is te vaak geprobeerd. Wacht een paar minuten en probeer het opnieuw.")
_WRONG_CODE = gettext_lazy("Deze code klopt niet. Kijk of u alle tekens hebt overgenomen.")


def remember(person: Person, action: str, *, result: Result = Result.DONE, reason: str = "") -> None:
    """One line in the trail about signing in."""
    subject = Reference("person", person.public_id, "", "")
    record(actor=Actor("person", person.public_id), action=action, subject=subject, result=result, reason=reason)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a code."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": _TOO_OFTEN,
        "rate_limited": _TOO_OFTEN,
        "account_inactive": gettext_lazy("Dit account is gesloten."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened at the first code, nowhere else."""
        return False

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """A message in our words; its template lies in `mails`."""
        name = template_prefix.rsplit("/", 1)[-1]
        subject = render_to_string(f"foundation/people/mails/{name}_subject.txt", context)
        body = render_to_string(f"foundation/people/mails/{name}_message.txt", context)
        recipients = [email] if isinstance(email, str) else email
        return EmailMessage(" ".join(subject.split()), body.strip(), settings.DEFAULT_FROM_EMAIL, recipients)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and say so in the trail."""
        super().login(request, user)
        remember(user, "sign-in")

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and say so in the trail."""
        if isinstance(request.user, Person):
            remember(request.user, "sign-out")
        super().logout(request)


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Signing in with the account of one's organisation: for who already has an account here at the same address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account this way: a manager gives a role first. Raises NotAllowed."""
        raise NotAllowed(_("U hebt hier nog geen account. Vraag de beheerder om een rol."), code="no-account")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Of what the organisation tells about a person only its own number for them is kept: no name, no picture."""
        sociallogin.account.extra_data = {}

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_details: Any) -> None:
        """Raises NotAllowed, so that the page says what to do."""
        raise NotAllowed(_("Inloggen via uw organisatie is niet gelukt. Probeer het opnieuw."), code="organisation-sign-in")


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of apps and recovery codes are encrypted with a key made from the secret of the installation."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "unverified_email": gettext_lazy("Log eerst in met een code uit uw e-mail."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypted text."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second-step:" + settings.SECRET_KEY.encode()).digest()))
