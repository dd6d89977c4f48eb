"""Who reports aid sees what is due and by when, and what an undertaking got; who does other work sees nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from vliegwiel.foundation.people.models import OrganisationLink, Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.state_aid.actions.book_aid import report_aid
from vliegwiel.support.state_aid.models import AidEntry
from vliegwiel.support.state_aid.public import book, correct_aid, declare_aid
from vliegwiel.support.state_aid.tests.given import a_file, de_minimis

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.at(datetime(2026, 4, 21, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def officer() -> Actor:
    return acting(a_role("programma", organisation=an_organisation("Provincie Verzonnenland")))


def booked(undertaking: str, euros: int = 8_000, number: int = 1) -> AidEntry:
    de_minimis(a_file(number), undertaking)
    entry = book(
        actor=SYSTEM,
        about=a_file(number),
        province=PROVINCE,
        amount=Money.euros(euros),
        on=clock.today(),
        key="d",
        authority="Provincie",
    )
    assert entry is not None
    return entry


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def text_of(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_the_last_day_to_report_skips_feast_days_and_days_equated_with_them() -> None:
    assert booked("12345678").report_by == date(2026, 5, 26), "27 April, 5, 14 and 25 May, and 15 May, which a decree equated"


def test_what_is_due_stands_in_the_list_until_it_has_a_number(officer: Actor) -> None:
    entry, client = booked("12345678"), signed_in(officer)
    page = text_of(client, "/werk/staatssteun")
    assert "Meld 1 keer" in page
    assert "26 mei" in page
    assert "KvK 12345678" in page
    refused = client.post("/werk/staatssteun", {"regel": entry.public_id, "nummer": " "})
    assert refused.status_code == 400
    assert "Vul het nummer in" in refused.content.decode()
    assert AidEntry.objects.get().reported_on is None
    assert client.post("/werk/staatssteun", {"regel": entry.public_id, "nummer": "eAIR-1"}).status_code == 302
    assert "Er is nu niets te melden" in text_of(client, "/werk/staatssteun")
    assert AidEntry.objects.get().reported_as == "eAIR-1"


def test_a_correction_of_what_was_reported_is_due_too(officer: Actor) -> None:
    entry = booked("12345678")
    report_aid(actor=officer, entry=entry.public_id, number="eAIR-1")
    correct_aid(actor=officer, entry=entry.public_id, amount=Money.euros(500), reason="Lager vastgesteld.")
    page = text_of(signed_in(officer), "/werk/staatssteun")
    assert "correctie" in page
    assert "-€ 500" in page.replace("− ", "-").replace("−", "-").replace("- €", "-€")


def test_the_ledger_counts_the_whole_undertaking_and_says_what_is_left(officer: Actor) -> None:
    mother, daughter = (an_organisation(name) for name in ("Stichting Moeder Verzonnen", "Dochter Verzonnen"))
    OrganisationLink.objects.create(controls=mother, controlled=daughter, since=date(2024, 1, 1))
    booked(mother.public_id, 100_000)
    declare_aid(
        actor=officer,
        organisation=daughter.public_id,
        province=PROVINCE,
        ledger="regular",
        amount=Money.euros(50_000),
        on=date(2025, 6, 2),
        authority="Gemeente Nergensdam",
        key="1",
    )
    page = text_of(signed_in(officer), f"/werk/staatssteun/{mother.public_id}")
    assert "Dochter Verzonnen" in page
    assert "€ 150.000" in page, "what both got together"
    assert "Gemeente Nergensdam" in page


def test_a_counter_entry_is_made_from_the_ledger(officer: Actor) -> None:
    entry, client = booked("12345678"), signed_in(officer)
    path = "/werk/staatssteun/12345678"
    assert client.get("/werk/staatssteun", {"kvk": "12345678"})["Location"] == path
    too_much = client.post(path, {"regel": entry.public_id, "bedrag": "9.000", "reden": "Fout."})
    assert too_much.status_code == 400
    assert "Noem een bedrag dat er nog staat" in too_much.content.decode()
    assert client.post(path, {"regel": entry.public_id, "bedrag": "8.000", "reden": "Niet doorgegaan."}).status_code == 302
    assert sum(AidEntry.objects.values_list("amount", flat=True)) == 0


def test_state_aid_is_for_who_works_on_applications() -> None:
    booked("12345678")
    assessor = acting(a_role("adviescommissie", organisation=an_organisation("Commissie Denkbeeldig")))
    for path in ("/werk/staatssteun", "/werk/staatssteun/12345678"):
        assert signed_in(assessor).get(path).status_code == 403
        assert Client().get(path).status_code in (302, 403)


def test_another_province_sees_neither_task_nor_ledger() -> None:
    booked("12345678")
    elsewhere = an_organisation("Provincie Nergensland", province="PV98")
    client = signed_in(acting(a_role("programma", organisation=elsewhere, province="PV98", email="elders@voorbeeld.invalid")))
    assert "Er is nu niets te melden" in text_of(client, "/werk/staatssteun")
    assert client.get("/werk/staatssteun/12345678").status_code == 404
