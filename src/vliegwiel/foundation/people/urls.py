"""Addresses of people. The names are those that allauth asks for."""

from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

from vliegwiel.foundation.people.pages.logbook.page import logbook_page
from vliegwiel.foundation.people.pages.manage import page as manage
from vliegwiel.foundation.people.pages.mandates import page as mandates
from vliegwiel.foundation.people.pages.mine.page import account_removed, choose_organisation, mine_page
from vliegwiel.foundation.people.pages.outbox.page import outbox_page
from vliegwiel.foundation.people.pages.security import page as security
from vliegwiel.foundation.people.pages.sign_in import page as sign_in
from vliegwiel.foundation.people.pages.stand_in import page as stand_in

urlpatterns = [
    path("inloggen", sign_in.SignIn.as_view(), name="account_login"),
    path("inloggen", sign_in.SignIn.as_view(), name="account_request_login_code"),
    path("inloggen/code", sign_in.Code.as_view(), name="account_confirm_login_code"),
    path("inloggen/tweede-stap", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("inloggen/passkey", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("inloggen/gesloten", sign_in.closed, name="account_inactive"),
    path("inloggen/demo", sign_in.demo_sign_in, name="demo_sign_in"),
    path("uitloggen", sign_in.SignOut.as_view(), name="account_logout"),
    path("mijn", mine_page, name="mine"),
    path("mijn/organisatie", choose_organisation, name="choose_organisation"),
    path("mijn/verwijderen", account_removed, name="account_removed"),
    path("mijn/beveiliging", security.Security.as_view(), name="mfa_index"),
    path("mijn/beveiliging/app", security.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("mijn/beveiliging/app/weg", security.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("mijn/beveiliging/passkey", security.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("mijn/beveiliging/passkey/<int:pk>/weg", security.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("mijn/beveiliging/herstelcodes", security.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("mijn/beveiliging/herstelcodes/nieuw", security.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("mijn/beveiliging/herstelcodes.txt", security.RecoveryCodesFile.as_view(), name="mfa_download_recovery_codes"),
    path("mijn/beveiliging/bevestigen", security.Confirm.as_view(), name="mfa_reauthenticate"),
    path("mijn/beveiliging/bevestigen/passkey", security.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("beheer/mensen", manage.manage_page, name="manage"),
    path("beheer/mensen/organisatie", manage.organisation_added, name="organisation_added"),
    path("beheer/mensen/rol", manage.role_given, name="role_given"),
    path("beheer/mensen/rol/<str:role>/intrekken", manage.role_withdrawn, name="role_withdrawn"),
    path("beheer/mensen/toegang.csv", manage.access_report, name="access_report"),
    path("beheer/mandaten", mandates.mandates_page, name="mandates"),
    path("beheer/mandaten/geven", mandates.mandate_given, name="mandate_given"),
    path("beheer/mandaten/<str:mandate>/beeindigen", mandates.mandate_ended, name="mandate_ended"),
    path("mijn/vervanging", stand_in.stand_in_page, name="stand_in"),
    path("mijn/vervanging/regelen", stand_in.stand_in_arranged, name="stand_in_arranged"),
    path("mijn/vervanging/<str:stand_in>/stoppen", stand_in.stand_in_ended, name="stand_in_ended"),
    path("beheer/logboek", logbook_page, name="logbook"),
    path("beheer/postbak", outbox_page, name="outbox"),
    path("inloggen/organisatie/<str:provider_id>", openid.login, name="openid_connect_login"),
    path("inloggen/organisatie/<str:provider_id>/terug", openid.callback, name="openid_connect_callback"),
]
