"""The second step: an authenticator app, passkeys, recovery codes."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from vliegwiel.foundation.people.adapter import remember
from vliegwiel.foundation.people.sessions import SECOND_STEP, owes_second_step

_HERE = "foundation/people/pages/security"


def _kept(request: HttpRequest, action: str, answer: HttpResponse) -> HttpResponse:
    """Remember in the trail that the second step changed."""
    remember(request.user, action)  # type: ignore[arg-type]  # only who signed in comes here
    return answer


def _taken(request: HttpRequest, action: str, answer: HttpResponse) -> HttpResponse:
    """Whoever just set up the second step took it; so the recovery codes can be seen at once."""
    request.session[SECOND_STEP] = "set-up"
    record_authentication(request, request.user, "mfa", reauthenticated=True)
    return _kept(request, action, answer)


class Security(IndexView):
    """`/mijn/beveiliging`."""

    template_name = f"{_HERE}/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what is still owed."""
        return {**super().get_context_data(**kwargs), "owed": owes_second_step(self.request)}


class SetUpApp(ActivateTOTPView):
    """`/mijn/beveiliging/app`."""

    template_name = f"{_HERE}/app.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Setting it up is taking the second step in this session."""
        answer = super().form_valid(form)
        return _taken(self.request, "set-up-app", answer)


class RemoveApp(DeactivateTOTPView):
    """`/mijn/beveiliging/app/weg`."""

    template_name = f"{_HERE}/remove_app.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Without the app the second step is owed again, unless a passkey is left."""
        answer = super().form_valid(form)
        _owe_again(self.request)
        return _kept(self.request, "remove-app", answer)


class AddPasskey(AddWebAuthnView):
    """`/mijn/beveiliging/passkey`."""

    template_name = f"{_HERE}/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Always a key that is enough by itself: the device checks who you are."""
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return {**context, "failed": self.request.method == "POST"}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Setting it up is taking the second step in this session."""
        answer = super().form_valid(form)
        return _taken(self.request, "set-up-passkey", answer)


class RemovePasskey(RemoveWebAuthnView):
    """`/mijn/beveiliging/passkey/<nummer>/weg`."""

    template_name = f"{_HERE}/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Without a passkey the second step is owed again, unless an app is left."""
        answer = super().form_valid(form)
        _owe_again(self.request)
        return _kept(self.request, "remove-passkey", answer)


class RecoveryCodes(ViewRecoveryCodesView):
    """`/mijn/beveiliging/herstelcodes`."""

    template_name = f"{_HERE}/codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """`/mijn/beveiliging/herstelcodes/nieuw`."""

    template_name = f"{_HERE}/new_codes.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The old codes stop working."""
        return _kept(self.request, "renew-recovery-codes", super().form_valid(form))


class RecoveryCodesFile(DownloadRecoveryCodesView):
    """`/mijn/beveiliging/herstelcodes.txt`."""

    template_name = f"{_HERE}/codes.txt"


class Confirm(ReauthenticateView):
    """`/mijn/beveiliging/bevestigen`: who changes the second step takes it once more."""

    template_name = f"{_HERE}/confirm.html"


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """`/mijn/beveiliging/bevestigen/passkey`."""

    template_name = f"{_HERE}/confirm_passkey.html"


def _owe_again(request: HttpRequest) -> None:
    left = Authenticator.objects.filter(user_id=request.user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if not left.exists():
        request.session[SECOND_STEP] = "removed"
