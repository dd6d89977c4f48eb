"""The pages of the administrator: only for who may, and reading is remembered."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from vliegwiel.foundation.people.models import Mandate, Organisation, OutgoingMail, Role, StandIn
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock

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
        ("/beheer/mandaten", {"beheerder"}),
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
    assert f"voor={last.public_id}" in page
    older = client.get(f"/beheer/logboek?handeling=add-organisation&voor={last.public_id}").content.decode()
    assert older.count("<tr>") == 1 + Entry.objects.filter(action="add-organisation").count() - 50


def test_outside_the_demo_the_outbox_does_not_show_what_a_message_says() -> None:
    client = signed_in("beheerder")
    page = client.get("/beheer/postbak").content.decode()
    assert OutgoingMail.objects.count() == 1
    assert "Uw nieuwe rol" in page
    assert "tweede stap" not in page


def test_a_manager_gives_a_mandate_and_ends_it_and_a_wrong_amount_is_explained() -> None:
    client, officer = signed_in("beheerder"), a_role("programma")
    form = {
        "wie": f"{officer.person.public_id}/{officer.organisation.public_id}",
        "waarover": "grants",
        "hoogste": "25.000",
        "besluit": "Mandaatbesluit 2026, nummer 12",
    }
    assert "hele euro’s" in client.post("/beheer/mandaten/geven", {**form, "hoogste": "veel"}).content.decode()
    client.post("/beheer/mandaten/geven", form)
    given = Mandate.objects.get()
    assert given.most == 2_500_000
    assert "€\u00a025.000" in client.get("/beheer/mandaten").content.decode()
    client.post(f"/beheer/mandaten/{given.public_id}/beeindigen")
    with clock.at(clock.now() + timedelta(days=1)):
        assert "Mandaatbesluit" not in client.get("/beheer/mandaten").content.decode()
        assert "Mandaatbesluit" in client.get("/beheer/mandaten?ook=voorbij").content.decode()


def test_a_person_arranges_a_stand_in_and_stops_it() -> None:
    office = an_organisation("Provincie Verzonnen")
    a_role("programma", organisation=office)
    colleague = a_role("tekenbevoegde", organisation=office)
    client, today = signed_in("programma"), clock.today()
    form = {"collega": colleague.person.public_id, "van": today.isoformat(), "tot": (today + timedelta(days=7)).isoformat()}
    assert "eerste en een laatste dag" in client.post("/mijn/vervanging/regelen", {**form, "van": ""}).content.decode()
    client.post("/mijn/vervanging/regelen", form)
    arranged = StandIn.objects.get()
    assert "vervangt u van" in client.get("/mijn/vervanging").content.decode()
    client.post(f"/mijn/vervanging/{arranged.public_id}/stoppen")
    assert not StandIn.objects.exists()
    assert Client().get("/mijn/vervanging").status_code == 302
