"""A visitor who did not sign in walks along every address: what is public opens, everything else stays closed and nothing changes."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.pages.doors import OPEN, OPEN_WHEN_THERE, filled, patterns
from vliegwiel.foundation.design.headers import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.django_db
REFUSED = {302, 400, 401, 403, 404, 405, 429}
#: An answer for programs may load nothing at all.
FOR_PROGRAMS = "default-src 'none'; frame-ancestors 'none'"
#: Tables that a refusal may write to: the trail keeps it, a form keeps its session.
KEEPS = {"trail", "sessions"}


def _contents() -> dict[str, int]:
    """How many records each table holds."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in KEEPS and model._meta.managed
    }


def test_every_open_door_is_an_address_that_exists() -> None:
    assert sorted(set(OPEN) - set(patterns())) == []
    assert sorted(OPEN_WHEN_THERE - set(patterns())) == []


def test_what_is_public_opens_without_signing_in(made_up_province: dict[str, str], client: Client) -> None:
    answers = {address: client.get(address.format(**made_up_province)).status_code for address in OPEN.values()}
    assert {address: status for address, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_everything_else_stays_closed_and_nothing_changes(method: str, made_up_province: dict[str, str], client: Client) -> None:
    closed = [pattern for pattern in patterns() if pattern not in OPEN and pattern not in OPEN_WHEN_THERE]
    before, opened = _contents(), {}
    for pattern in closed:
        answer = getattr(client, method)(filled(pattern, made_up_province))
        if answer.status_code not in REFUSED or (answer.status_code == 302 and not _leads_to_signing_in(answer)):
            opened[pattern] = (answer.status_code, answer.headers.get("Location", ""))
    assert opened == {}
    assert _contents() == before


def test_a_refused_page_shows_nothing_of_what_is_behind_it(made_up_province: dict[str, str], client: Client) -> None:
    people = apps.get_model("people", "Person").objects.values_list("email", flat=True)
    for pattern in patterns():
        if pattern not in OPEN:
            answer = client.get(filled(pattern, made_up_province))
            text = b"".join(answer) if answer.streaming else answer.content
            assert not [address for address in people if address.encode() in text], pattern


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_public_page_is_for_reading_only(method: str, made_up_province: dict[str, str], client: Client) -> None:
    before = _contents()
    for pattern, address in OPEN.items():
        if not pattern.startswith("inloggen"):
            assert getattr(client, method)(address.format(**made_up_province)).status_code < 500, pattern
    assert _contents() == before


def test_who_opens_an_address_that_only_receives_reads_what_to_do(made_up_province: dict[str, str], client: Client) -> None:
    receiving = 0
    for pattern in patterns():
        if not pattern.startswith(("api/", "ogc/")):
            answer = client.get(filled(pattern, made_up_province), headers={"accept": "text/html"})
            if answer.status_code == 405:
                receiving += 1
                assert "Dit adres ontvangt een formulier" in answer.content.decode(), pattern
                assert "POST" in answer["Allow"], pattern
    assert receiving


def test_every_answer_carries_the_security_headers(made_up_province: dict[str, str], client: Client) -> None:
    expected = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    for pattern in patterns():
        answer = client.get(OPEN.get(pattern, filled(pattern, made_up_province)).format(**made_up_province))
        wrong = {name: answer.headers.get(name) for name, value in expected.items() if answer.headers.get(name) != value}
        assert wrong == {}, pattern
        assert answer.headers["Content-Security-Policy"] in (CONTENT_SECURITY_POLICY, FOR_PROGRAMS), pattern


def test_a_cross_site_form_is_refused_at_every_address_that_takes_one(made_up_province: dict[str, str]) -> None:
    careful = Client(enforce_csrf_checks=True)
    for pattern in patterns():
        if pattern not in OPEN and not pattern.startswith(("api/", "ogc/")):
            assert careful.post(filled(pattern, made_up_province)).status_code in {302, 403, 404, 405}, pattern


def _leads_to_signing_in(answer: Any) -> bool:
    """Or to another closed door. Signing out of nothing leads to the first page."""
    there = str(answer.headers["Location"])
    return there == "/" or there.startswith(("/inloggen", "/mijn")) or Client().get(there).status_code in REFUSED
