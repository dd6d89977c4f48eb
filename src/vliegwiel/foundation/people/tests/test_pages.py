"""The pages of the administrator: only for who may, and reading is remembered."""

import csv
import io

import pytest
from django.test import Client

from vliegwiel.foundation.people.models import Organisation, OutgoingMail, Role
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, an_organisation
from vliegwiel.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


def signed_in(kind: str) -> Client:
    """A browser of who holds this role and took the second step."""
    role = Role.objects.filter(kind=kind).first() or a_role(kind)
    client = Client()
    client.force_login(role.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/beheer/mensen", {"beheerder"}),
        ("/beheer/mensen/toegang.csv", {"beheerder"}),
        ("/beheer/logboek", {"beheerder", "auditor"}),
        ("/beheer/postbak", {"beheerder"}),
    ],
)
def test_a_page_opens_for_its_roles_only(path: str, kinds: set[str]) -> None:
    for kind in ("beheerder", "auditor", "onderzoeker", "dorpsondersteuner"):
        assert signed_in(kind).get(path).status_code == (200 if kind in kinds else 403), kind
    assert Client().get(path).status_code == 403


def test_a_manager_adds_an_organisation_gives_a_role_and_withdraws_it() -> None:
    client = signed_in("beheerder")
    client.post("/beheer/mensen/organisatie", {"naam": "Fonds Luchtkasteel", "soort": "fonds", "provincie": PROVINCE})
    organisation = Organisation.objects.get(name="Fonds Luchtkasteel")
    form = {"e-mail": "a@voorbeeld.invalid", "organisatie": organisation.public_id, "rol": "fonds", "provincie": PROVINCE}
    client.post("/beheer/mensen/rol", {**form, "tot": "2099-12-31"})
    role = Role.objects.get(kind="fonds")
    page = client.get("/beheer/mensen").content.decode()
    assert "a@voorbeeld.invalid" in page
    client.post(f"/beheer/mensen/rol/{role.public_id}/intrekken")
    assert "a@voorbeeld.invalid" not in client.get("/beheer/mensen").content.decode()


def test_a_mistake_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    client = signed_in("beheerder")
    form = {"e-mail": "geen adres", "organisatie": an_organisation().public_id, "rol": "fonds", "provincie": PROVINCE}
    answer = client.post("/beheer/mensen/rol", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Dit is geen e-mailadres" in page
    assert 'value="geen adres"' in page
    assert "Schrijf de einddatum zo" in client.post("/beheer/mensen/rol", {**form, "tot": "morgen"}).content.decode()


def test_the_access_report_lists_every_role_with_its_verbs_and_cannot_start_a_formula() -> None:
    client = signed_in("beheerder")
    a_role("onderzoeker", organisation=an_organisation("=1+1"))
    rows = list(csv.DictReader(io.StringIO(client.get("/beheer/mensen/toegang.csv").content.decode())))
    assert len(rows) == Role.objects.count()
    mine = next(row for row in rows if row["rol"] == "onderzoeker")
    assert "cijfers inlezen" in mine["mag"]
    assert mine["organisatie"] == "'=1+1"
    assert Entry.objects.get(action="export-access").facts == {"rows": len(rows)}


def test_reading_the_trail_is_in_the_trail_and_the_filter_stands_in_the_address() -> None:
    client = signed_in("auditor")
    client.get("/beheer/logboek?handeling=give-role&van=2020-01-01&uitkomst=gedaan")
    entry = Entry.objects.get(action="read-trail")
    assert (entry.result, len(entry.facts["filter"])) == ("gelezen", 64)
    page = client.get("/beheer/logboek?handeling=give-role&van=2020-01-01").content.decode()
    assert '<option value="give-role" selected>' in page
    assert 'value="2020-01-01"' in page
    assert page.count("<tr>") == 1 + Entry.objects.filter(action="give-role").count()


def test_more_than_a_page_leads_on_to_older_lines() -> None:
    client = signed_in("auditor")
    for number in range(60):
        an_organisation(f"Organisatie {number}")
    page = client.get("/beheer/logboek?handeling=add-organisation").content.decode()
    assert "Toon oudere regels" in page
    last = Entry.objects.filter(action="add-organisation").order_by("-pk")[49]
    assert f"voor={last.pk}" in page
    older = client.get(f"/beheer/logboek?handeling=add-organisation&voor={last.pk}").content.decode()
    assert older.count("<tr>") == 1 + Entry.objects.filter(action="add-organisation").count() - 50


def test_outside_the_demo_the_outbox_does_not_show_what_a_message_says() -> None:
    client = signed_in("beheerder")
    page = client.get("/beheer/postbak").content.decode()
    assert OutgoingMail.objects.count() == 1
    assert "Uw nieuwe rol" in page
    assert "tweede stap" not in page
