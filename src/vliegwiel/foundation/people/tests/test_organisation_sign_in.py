"""Signing in with the account of one's organisation counts as second step, for who was given a role here."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.test import Client

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.tests.given import a_role
from vliegwiel.foundation.people.tests.organisation_sign_in import CLIENT, OrganisationSignIn, running

pytestmark = pytest.mark.django_db
START, BACK = "/inloggen/organisatie/organisatie", "/inloggen/organisatie/organisatie/terug"


@pytest.fixture
def elsewhere(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[OrganisationSignIn]:
    """The installed apps hold this provider only where the environment asks for it, so a test makes it known itself."""
    monkeypatch.setitem(registry.provider_map, OpenIDConnectProvider.id, OpenIDConnectProvider)
    with running() as sign_in:
        app = {"provider_id": "organisatie", "name": "Provincie", "client_id": CLIENT, "secret": "s"}
        app["settings"] = {"server_url": sign_in.address, "oauth_pkce_enabled": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.VLIEGWIEL_OIDC_NAME = "Provincie Verzonnenland"
        yield sign_in


def sign_in(client: Client, elsewhere: OrganisationSignIn, email: str) -> int:
    elsewhere.email = email
    return client.get(BACK, elsewhere.authorise(client.get(START)["Location"])).status_code


def test_who_has_a_role_signs_in_and_may_work_at_once(client: Client, elsewhere: OrganisationSignIn) -> None:
    a_role("beheerder")
    assert "Log in via Provincie Verzonnenland" in client.get("/inloggen").content.decode()
    assert sign_in(client, elsewhere, "beheerder@voorbeeld.invalid") == 302
    assert client.get("/beheer/mensen").status_code == 200
    assert SocialAccount.objects.get().extra_data == {}
    assert Person.objects.count() == 1


def test_who_is_unknown_here_gets_no_account(client: Client, elsewhere: OrganisationSignIn) -> None:
    assert sign_in(client, elsewhere, "vreemd@voorbeeld.invalid") == 403
    assert Person.objects.count() == 0


def test_an_address_the_organisation_did_not_check_opens_nothing(client: Client, elsewhere: OrganisationSignIn) -> None:
    a_role("beheerder")
    elsewhere.email_verified = False
    assert sign_in(client, elsewhere, "beheerder@voorbeeld.invalid") == 403
    assert client.get("/beheer/mensen").status_code == 403


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, elsewhere: OrganisationSignIn) -> None:
    assert client.get(BACK, {"code": "a-code", "state": "verzonnen"}).status_code == 403


def test_without_settings_there_is_no_such_sign_in(client: Client) -> None:
    assert client.get(START).status_code == 404
    assert "Log in via" not in client.get("/inloggen").content.decode()
