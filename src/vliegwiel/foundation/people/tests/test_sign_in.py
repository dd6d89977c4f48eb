"""Signing in: a code for residents, a second step for who works with data of others, a button in the demo only."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from vliegwiel.foundation.people import demo
from vliegwiel.foundation.people.models import OutgoingMail, Person
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, an_organisation
from vliegwiel.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_outbox(settings: object) -> None:
    settings.EMAIL_BACKEND = "vliegwiel.foundation.people.outbox.OutboxBackend"


def code_for(email: str) -> str:
    body = OutgoingMail.objects.filter(recipient=email, subject__startswith="Uw code").latest("pk").body
    return re.search(r"^([A-Z0-9-]{6,})$", body, re.MULTILINE)[1]


def sign_in(client: Client, email: str) -> str:
    """Sign in with a code; returns where one ends up."""
    client.post("/inloggen", {"email": email})
    answer = client.post("/inloggen/code", {"code": code_for(email)}, follow=True)
    return str(answer.redirect_chain[-1][0])


def totp(secret: str) -> str:
    assert time.time() > 0
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_app(client: Client) -> str:
    page = client.get("/mijn/beveiliging/app").content.decode()
    secret = re.search(r'id="sleutel">([A-Z2-7]+)<', page)[1]
    answer = client.post("/mijn/beveiliging/app", {"code": totp(secret)})
    assert answer["Location"] == "/mijn/beveiliging/herstelcodes"
    return secret


def test_a_resident_signs_in_with_a_code_and_the_account_holds_an_address_only(client: Client) -> None:
    assert sign_in(client, "Iemand@Voorbeeld.invalid".lower()) == "/mijn"
    person = Person.objects.get()
    assert (person.email, person.called, person.has_usable_password()) == ("iemand@voorbeeld.invalid", "", False)
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["open-account", "sign-in"]
    page = client.get("/mijn").content.decode()
    assert "iemand@voorbeeld.invalid" in page


def test_capitals_in_the_address_lead_to_the_same_account(client: Client) -> None:
    sign_in(client, "iemand@voorbeeld.invalid")
    client.post("/uitloggen")
    client.post("/inloggen", {"email": "IEMAND@voorbeeld.invalid"})
    assert Person.objects.count() == 1


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    a_role("dorpsondersteuner", email="bekend@voorbeeld.invalid")
    answers = [client.post("/inloggen", {"email": email}) for email in ("bekend@voorbeeld.invalid", "nieuw@voorbeeld.invalid")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1


def test_who_waits_for_a_code_can_start_again_with_another_address(client: Client) -> None:
    client.post("/inloggen", {"email": "fout@voorbeeld.invalid"})
    old = code_for("fout@voorbeeld.invalid")
    assert client.get("/inloggen").status_code == 200
    client.post("/inloggen", {"email": "goed@voorbeeld.invalid"})
    assert "Deze code klopt niet" in client.post("/inloggen/code", {"code": old}).content.decode()
    assert client.post("/inloggen/code", {"code": code_for("goed@voorbeeld.invalid")})["Location"] == "/mijn"


def test_a_wrong_code_is_refused_remembered_and_after_three_times_ended(client: Client) -> None:
    client.post("/inloggen", {"email": "iemand@voorbeeld.invalid"})
    page = client.post("/inloggen/code", {"code": "FOUT-FOUT"}).content.decode()
    assert "Deze code klopt niet" in page
    assert Entry.objects.get(action="sign-in").reason == "incorrect-code"
    client.post("/inloggen/code", {"code": "FOUT-FOUT"})
    assert client.post("/inloggen/code", {"code": "FOUT-FOUT"})["Location"] == "/inloggen"
    assert client.post("/inloggen/code", {"code": code_for("iemand@voorbeeld.invalid")})["Location"] == "/inloggen"


def test_who_asks_for_codes_too_often_must_wait(client: Client) -> None:
    answers = [client.post("/inloggen", {"email": "mens@voorbeeld.invalid"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "te vaak geprobeerd" in answers[3].content.decode()
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("path", ["/", "/mijn", "/beheer/mensen", "/beheer/logboek", "/zoeken", "/methoden", "/bestaat-niet"])
def test_staff_without_a_second_step_reach_only_the_page_to_set_it_up(client: Client, path: str) -> None:
    a_role("beheerder")
    sign_in(client, "beheerder@voorbeeld.invalid")
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/beveiliging")
    answer = client.post("/beheer/mensen/organisatie", {"naam": "X", "soort": "fonds", "provincie": PROVINCE})
    assert answer["Location"] == "/mijn/beveiliging"
    assert not Entry.objects.filter(action="add-organisation", actor_kind="person").exists()


def test_after_setting_up_the_app_staff_go_on_and_the_next_time_both_steps_are_asked(client: Client) -> None:
    a_role("beheerder")
    sign_in(client, "beheerder@voorbeeld.invalid")
    secret = set_up_app(client)
    assert client.get("/beheer/mensen").status_code == 200
    codes = client.get("/mijn/beveiliging/herstelcodes.txt").content.decode().split("\n\n", 1)[1].split()
    client.post("/uitloggen")
    assert sign_in(client, "beheerder@voorbeeld.invalid") == "/inloggen/tweede-stap"
    assert client.get("/mijn")["Location"].startswith("/inloggen")
    assert "Deze code klopt niet" in client.post("/inloggen/tweede-stap", {"code": "000000"}).content.decode()
    assert Entry.objects.filter(action="sign-in", reason="incorrect-second-step").count() == 1
    assert client.post("/inloggen/tweede-stap", {"code": codes[0]})["Location"] == "/mijn"
    assert client.get("/beheer/mensen").status_code == 200
    from allauth.mfa.models import Authenticator

    assert secret not in str(list(Authenticator.objects.values("data")))


def test_taking_the_app_away_closes_the_door_again(client: Client) -> None:
    a_role("beheerder")
    sign_in(client, "beheerder@voorbeeld.invalid")
    set_up_app(client)
    assert client.get("/beheer/mensen").status_code == 200
    client.post("/mijn/beveiliging/app/weg")
    assert client.get("/beheer/mensen")["Location"] == "/mijn/beveiliging"


def test_the_demo_button_signs_in_and_does_not_exist_outside_the_demo(client: Client, settings: object) -> None:
    settings.VLIEGWIEL_DEMO = True
    demo.build(PROVINCE)
    assert client.post("/inloggen/demo", {"rol": "onderzoeker"})["Location"] == "/mijn"
    page = client.get("/mijn").content.decode()
    assert "Instituut Zogenaamd" in page
    assert "VERZONNEN VOORBEELD" in page
    assert client.post("/inloggen/demo", {"rol": "keizer"}).status_code == 404
    settings.VLIEGWIEL_DEMO = False
    assert client.get("/mijn")["Location"] == "/mijn/beveiliging"
    assert Client().post("/inloggen/demo", {"rol": "onderzoeker"}).status_code == 404
    assert "Verzonnen" not in Client().get("/inloggen").content.decode()


def test_a_page_for_who_signed_in_is_stored_nowhere_and_a_public_page_is_the_same_for_everyone(client: Client) -> None:
    public = client.get("/zoeken")
    assert "no-store" not in public.headers.get("Cache-Control", "")
    assert not public.cookies
    assert "Cookie" in public["Vary"]
    sign_in(client, "iemand@voorbeeld.invalid")
    private = client.get("/zoeken")
    assert private["Cache-Control"] == "private, no-store"
    assert "iemand@voorbeeld.invalid" in private.content.decode()
    client.post("/uitloggen")
    assert "iemand@voorbeeld.invalid" not in client.get("/zoeken").content.decode()


def test_a_resident_removes_the_account_and_nothing_of_it_stays(client: Client) -> None:
    sign_in(client, "iemand@voorbeeld.invalid")
    number = Person.objects.get().public_id
    assert client.post("/mijn/verwijderen")["Location"] == "/"
    assert client.get("/mijn").status_code == 302
    assert (Person.objects.count(), EmailAddress.objects.count(), OutgoingMail.objects.count()) == (0, 0, 0)
    assert Entry.objects.get(action="remove-account").object_id == number


def test_who_has_a_role_does_not_remove_the_account(client: Client) -> None:
    a_role("dorpsondersteuner", email="iemand@voorbeeld.invalid")
    sign_in(client, "iemand@voorbeeld.invalid")
    assert client.post("/mijn/verwijderen").status_code == 409
    assert Person.objects.filter(email="iemand@voorbeeld.invalid").exists()
    assert Entry.objects.get(action="remove-account").reason == "has-role"


def test_a_form_from_elsewhere_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/inloggen", {"email": "iemand@voorbeeld.invalid"})
    assert answer.status_code == 403
    assert "verlopen" in answer.content.decode()
    assert Person.objects.count() == 0


def test_who_works_for_two_organisations_chooses_one_of_their_own(client: Client) -> None:
    one, other = an_organisation("Een"), an_organisation("Twee")
    a_role("dorpsondersteuner", organisation=one, email="iemand@voorbeeld.invalid")
    a_role("dealpartner", organisation=other, email="iemand@voorbeeld.invalid")
    sign_in(client, "iemand@voorbeeld.invalid")
    client.post("/mijn/organisatie", {"organisatie": other.public_id})
    assert "<dd>Twee</dd>" in client.get("/mijn").content.decode()
    assert client.post("/mijn/organisatie", {"organisatie": an_organisation("Drie").public_id}).status_code == 404
