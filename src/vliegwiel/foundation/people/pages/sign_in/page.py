"""Signing in and out: a code by e-mail, a passkey, the account of the organisation, and in the demo a button per role."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vliegwiel.foundation.people import demo
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.adapter import remember
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.trail.public import Result
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound

_HERE = "foundation/people/pages/sign_in"


class EmailForm(RequestLoginCodeForm):
    """An e-mail address. An unknown address gets an account, so that nobody can find out here who has one."""

    email = forms.EmailField(
        label="E-mailadres",
        error_messages={
            "required": gettext_lazy("Vul uw e-mailadres in."),
            "invalid": gettext_lazy("Dit is geen e-mailadres. Schrijf het zo: naam@voorbeeld.nl."),
        },
    )

    def clean_email(self) -> str:
        """Also finds or opens the account."""
        email: str = super().clean_email()
        if email and getattr(self, "_user", None) is None and not Person.objects.filter(email=email.lower()).exists():
            self._user = open_account(actor=Actor("visitor"), email=email)
        return email


class SignIn(RequestLoginCodeView):
    """`/inloggen`."""

    form_class = EmailForm
    template_name = f"{_HERE}/page.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Who waits for a code may start again with another address; the code that was sent then ends."""
        if request.method == "POST":
            clear_login(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the buttons of the demo and the organisation's own sign-in, when they are there."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        demo_buttons = demo.buttons() if settings.VLIEGWIEL_DEMO else []
        return {
            **context,
            "demo_buttons": demo_buttons,
            "sign_in_of": settings.VLIEGWIEL_OIDC_NAME,
            "passkey_failed": "passkey" in self.request.GET,
        }


class Code(ConfirmLoginCodeView):
    """`/inloggen/code`."""

    template_name = f"{_HERE}/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way to the outbox in the demo."""
        return {**super().get_context_data(**kwargs), "demo": settings.VLIEGWIEL_DEMO}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """A wrong code is kept in the trail."""
        if self.stage.login.user is not None:
            remember(self.stage.login.user, "sign-in", result=Result.REFUSED, reason="incorrect-code")
        answer: HttpResponse = super().form_invalid(form)
        return answer


class SecondStep(AuthenticateView):
    """`/inloggen/tweede-stap`."""

    template_name = f"{_HERE}/second_step.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """A wrong second step is kept in the trail."""
        remember(self.stage.login.user, "sign-in", result=Result.REFUSED, reason="incorrect-second-step")
        answer: HttpResponse = super().form_invalid(form)
        return answer


class PasskeySignIn(LoginWebAuthnView):
    """`/inloggen/passkey`: options for the browser, and its answer."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Back to the first page, which says that it did not work."""
        return HttpResponseRedirect(reverse("account_login") + "?passkey=mislukt")


class SignOut(LogoutView):
    """`/uitloggen`."""

    template_name = f"{_HERE}/sign_out.html"


@never_cache
def closed(request: HttpRequest) -> HttpResponse:
    """`/inloggen/gesloten`."""
    return render(request, f"{_HERE}/closed.html", status=403)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """`/inloggen/demo`: sign in as a made-up person. Outside the demo this address does not exist."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotFound(_("Deze pagina bestaat niet."))
    person = demo.person_for(request.POST.get("rol", ""))
    if person is None:
        raise NotFound(_("Deze rol staat niet in het voorbeeld."))
    from allauth.account.adapter import get_adapter

    get_adapter().login(request, person)
    request.session[SECOND_STEP] = "demo"
    after = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(after if ours else "mine")
