"""Who sees which page, what it says, and that the work can be done from the screen alone."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vliegwiel.connect.bank import fake
from vliegwiel.foundation.budgets.actions.keep_contract import ask_contract_payment, commit_contract
from vliegwiel.foundation.budgets.models import (
    BudgetLine,
    Ceiling,
    CouncilDecision,
    CouncilItem,
    Entry,
    Instrument,
    Payment,
    PaymentBatch,
    Programme,
    ProgrammeLine,
)
from vliegwiel.foundation.budgets.public import commit, correct, position
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.budgets.tests.test_council import an_item
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
EURO = Money.euros
READERS = {"programma", "controller", "tekenbevoegde", "auditor", "griffie"}
MANAGERS = {"programma", "controller"}
KINDS = ["adviseur", "gemeente", "onderzoeker", "beheerder", *sorted(READERS)]


@pytest.fixture(autouse=True)
def on_a_monday(settings) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


def signed_in(kind: str) -> Client:
    at = Organisation.objects.filter(name="Provincie Verzonnenland").first() or an_organisation("Provincie Verzonnenland")
    role = Role.objects.filter(kind=kind).select_related("person").first() or a_role(kind, organisation=at)
    return browser_of(role)


def browser_of(role: Role) -> Client:
    client = Client()
    client.force_login(role.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def table_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def send(client: Client, path: str, **given: object):
    """Fill in a form as a browser does: with the key that stands in it."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    key = re.search(r'name="formulier" value="([^"]+)"', page.content.decode())
    return client.post(path, {"formulier": key[1] if key else "", **given})


def test_only_who_may_read_budgets_sees_them_and_only_who_manages_them_changes_them() -> None:
    ceiling = a_ceiling()
    post, item = BudgetLine.objects.get(public_id=ceiling.line), an_item()
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(10), about=about(), received_on=clock.today(), key="granted")
    entry = Entry.objects.get(kind="commit").public_id
    read = ["/beheer/budgetten", "/beheer/moties", "/beheer/statenbesluiten", f"/beheer/moties/{item.public_id}"]
    read += [f"/beheer/budgetten/posten/{ceiling.line}", f"/beheer/budgetten/posten/{ceiling.line}/boekingen"]
    read += [f"/beheer/budgetten/plafonds/{ceiling.id}", f"/beheer/budgetten/instrumenten/{post.instrument.public_id}"]
    manage = ["/beheer/budgetten/nieuw", "/beheer/statenbesluiten/nieuw"]
    manage += [f"/beheer/budgetten/programmas/{post.instrument.line.programme.public_id}/lijn"]
    manage += [f"/beheer/budgetten/lijnen/{post.instrument.line.public_id}/instrument"]
    manage += [f"/beheer/budgetten/instrumenten/{post.instrument.public_id}/{what}" for what in ("post", "rollen")]
    manage += [
        f"/beheer/budgetten/posten/{ceiling.line}/{what}"
        for what in ("krediet", "verlagen", "overhevelen", "afsluiten", "plafond", "verplichting", "vrijval")
    ]
    manage += [f"/beheer/budgetten/plafonds/{ceiling.id}/{what}" for what in ("verhogen", "verlagen")]
    pay = ["/beheer/betalingen/bevestigingen", f"/beheer/budgetten/posten/{ceiling.line}/betaling"]
    expected = [
        (read, READERS),
        (manage, MANAGERS),
        (pay, MANAGERS),
        ([f"/beheer/budgetten/boekingen/{entry}/corrigeren"], {"controller"}),
        (["/beheer/betalingen"], {"programma", "controller", "tekenbevoegde"}),
        (["/beheer/moties/nieuw"], {"programma", "griffie"}),
        ([f"/beheer/moties/{item.public_id}/{what}" for what in ("antwoord", "koppelen")], {"programma"}),
    ]
    for kind in KINDS:
        client = signed_in(kind)
        for paths, kinds in expected:
            for path in paths:
                assert client.get(path).status_code == (200 if kind in kinds else 403), (kind, path)


def test_who_works_for_another_province_sees_nothing_of_this_one() -> None:
    ceiling = a_ceiling()
    client = browser_of(a_role("programma", province="PV98"))
    assert "Programma Denkbeeldig" not in text_of(client.get("/beheer/budgetten"))
    for path in (f"posten/{ceiling.line}", f"plafonds/{ceiling.id}", f"posten/{ceiling.line}/boekingen"):
        assert client.get(f"/beheer/budgetten/{path}").status_code == 403


def test_from_an_empty_province_to_a_ceiling_in_the_browser_alone() -> None:
    client = signed_in("programma")
    assert "Er is nog geen programma" in text_of(client.get("/beheer/budgetten"))
    send(client, "/beheer/budgetten/nieuw", titel="Leefbaar", doel="Iedereen dichtbij.", van="1-1-2026", tot="31-12-2029")
    programme = Programme.objects.get()
    send(client, f"/beheer/budgetten/programmas/{programme.public_id}/lijn", titel="Ontmoeten")
    line = ProgrammeLine.objects.get()
    send(client, f"/beheer/budgetten/lijnen/{line.public_id}/instrument", titel="Kleine plannen", soort="regeling")
    instrument = Instrument.objects.get()
    roles = f"/beheer/budgetten/instrumenten/{instrument.public_id}/rollen"
    send(client, roles, verkennen=["agenderen", "lobbyen"], uitvoeren=["financieren"])
    page = text_of(client.get(f"/beheer/budgetten/instrumenten/{instrument.public_id}"))
    assert "Titel 4.2 Awb" in page
    assert "Rol bij verkennen Agenderen, lobbyen" in page
    send(
        client, f"/beheer/budgetten/instrumenten/{instrument.public_id}/post", titel="Post 2026", van="1-1-2026", tot="31-12-2026"
    )
    post = BudgetLine.objects.get()
    send(client, "/beheer/statenbesluiten/nieuw", nummer="PS-1", titel="Krediet", dag="1-2-2026", bedrag="100.000")
    decision = CouncilDecision.objects.get()
    credit = f"/beheer/budgetten/posten/{post.public_id}/krediet"
    send(client, credit, besluit=decision.public_id, bedrag="60.000,50")
    assert position(post.public_id).credit == Money(60_000_50)
    send(
        client,
        f"/beheer/budgetten/posten/{post.public_id}/plafond",
        naam="Plafond",
        bedrag="50.000",
        van="1-4-2026",
        tot="31-12-2026",
        bekend="1-3-2026",
        waar="Blad 2026, 1",
    )
    ceiling = Ceiling.objects.get()
    lower = f"/beheer/budgetten/plafonds/{ceiling.public_id}/verlagen"
    send(client, lower, bedrag="40.000", bekend="2-3-2026", waar="Blad 2026, 2", wie="later")
    page = text_of(client.get(f"/beheer/budgetten/plafonds/{ceiling.public_id}"))
    assert "Van € 40.000,00 kan nog € 40.000,00 worden verleend" in page
    assert "verlaagd voor aanvragen van na de bekendmaking" in page.lower()
    assert "Van € 60.001 krediet is nu nog € 60.001 vrij" in text_of(client.get("/beheer/budgetten"))


def test_a_form_that_is_sent_twice_counts_once() -> None:
    line = a_line(Money(0))
    client = signed_in("programma")
    send(client, "/beheer/statenbesluiten/nieuw", nummer="PS-1", titel="Krediet", dag="1-2-2026", bedrag="100.000")
    given = {"formulier": "abcdefgh2345", "besluit": CouncilDecision.objects.get(number="PS-1").public_id, "bedrag": "10"}
    for _again in range(2):
        assert client.post(f"/beheer/budgetten/posten/{line}/krediet", given).status_code == 302
    assert position(line).credit == EURO(10)


def test_what_is_wrong_stands_above_the_form_and_at_the_field_and_nothing_is_lost() -> None:
    line = a_line(EURO(100))
    client = signed_in("programma")
    decision = CouncilDecision.objects.get().public_id
    answer = send(client, f"/beheer/budgetten/posten/{line}/verlagen", besluit=decision, bedrag="veel")
    page = answer.content.decode()
    assert "<title>Fout:" in page
    assert page.count("Schrijf het bedrag in cijfers") == 2
    assert 'value="veel"' in page
    answer = send(client, f"/beheer/budgetten/posten/{line}/verlagen", besluit=decision, bedrag="100,01")
    assert "Op budgetpost" in text_of(answer)
    assert 'value="100,01"' in answer.content.decode()
    answer = send(client, f"/beheer/budgetten/posten/{line}/verlagen")
    assert "Er zijn 2 dingen die nog niet kloppen" in text_of(answer)


def test_the_page_of_a_line_tells_the_stand_at_any_date() -> None:
    ceiling = a_ceiling(EURO(100))
    with clock.at(datetime(2026, 3, 10, 9, 0, tzinfo=UTC)):
        commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(), received_on=date(2026, 3, 2), key="granted")
        client = signed_in("auditor")
        path = f"/beheer/budgetten/posten/{ceiling.line}"
        assert "Op deze post is nu € 60,00 vrij" in text_of(client.get(path))
        page = text_of(client.get(f"{path}?op=2026-03-09"))
    assert "Aan het einde van 9 maart was op deze post € 100,00 vrij" in page.replace("9 maart 2026", "9 maart")
    assert "Vastgelegd, nog te betalen € 0,00" in page


def test_a_fixed_reference_to_a_stand_never_changes() -> None:
    ceiling = a_ceiling(EURO(100))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(), received_on=clock.today(), key="granted")
    page = signed_in("griffie").get(f"/beheer/budgetten/posten/{ceiling.line}").content.decode()
    fixed = re.search(r'href="(/geld/posten/[^"]+)"', page)[1].replace("&amp;", "&")
    before = text_of(Client().get(fixed))
    assert "nog € 60 vrij" in before
    wrong = Entry.objects.get(kind="commit").public_id
    correct(actor=SYSTEM, entry=wrong, reason="Fout dossier.")
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(90), about=about(2), received_on=clock.today(), key="granted")
    after = text_of(Client().get(fixed))
    assert "nog € 60 vrij" in after
    assert "Zij verandert niet meer" in after
    assert "nog € 10 vrij" in text_of(Client().get(f"/geld/posten/{ceiling.line}"))


def test_entries_are_found_by_kind_file_and_day_and_leave_as_a_table() -> None:
    ceiling = a_ceiling(EURO(100))
    for number in (1, 2):
        commit(
            actor=SYSTEM, ceiling=ceiling.id, amount=EURO(number), about=about(number), received_on=clock.today(), key="granted"
        )
    client, path = signed_in("auditor"), f"/beheer/budgetten/posten/{ceiling.line}/boekingen"
    assert "Er zijn 3 boekingen" in text_of(client.get(path))
    assert [row["dossier"] for row in table_of(client.get(f"{path}?formaat=csv&soort=commit"))] == ["2026-000002", "2026-000001"]
    row = table_of(client.get(f"{path}?formaat=csv&dossier=2026-000001"))[0]
    assert (row["bedrag"], row["vrij"], row["vastgelegd"], row["let op"]) == ("1,00", "-1,00", "1,00", "VERZONNEN VOORBEELD")
    assert table_of(client.get(f"{path}?formaat=csv&tot=2026-03-01")) == []


def test_a_controller_corrects_an_entry_from_its_row() -> None:
    ceiling = a_ceiling(EURO(100))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(), received_on=clock.today(), key="granted")
    path = f"/beheer/budgetten/posten/{ceiling.line}/boekingen"
    assert "Corrigeer" not in text_of(signed_in("programma").get(path))
    client = signed_in("controller")
    address = re.search(r'href="(/beheer/budgetten/boekingen/[^"]+)"', client.get(path).content.decode())[1]
    send(client, address, reden="Verkeerd dossier.")
    assert "Verkeerd dossier." in text_of(client.get(path))
    assert position(ceiling.line).committed == EURO(0)


def test_money_of_an_instrument_that_is_no_grant_is_committed_paid_and_released_in_the_browser() -> None:
    line, client = a_line(EURO(1_000), kind="opdracht"), signed_in("programma")
    post = f"/beheer/budgetten/posten/{line}"
    send(client, f"{post}/verplichting", nummer="OPD-1", bedrag="800", waarvoor="Een trekker.")
    assert "OPD-1" in text_of(client.get(post))
    given = {"naam": "Bureau Zomaar", "rekening": "NL91 ABNA 0417 1643 00", "uiterlijk": "1-4-2026", "omschrijving": "Deel 1"}
    send(client, f"{post}/betaling", nummer="OPD-1", bedrag="300", **given)
    send(client, f"{post}/vrijval", nummer="OPD-1", bedrag="100", waarom="Minder uren.")
    assert (position(line).committed, position(line).free) == (EURO(700), EURO(300))
    client.post("/beheer/betalingen/batch", {"betaling": [Payment.objects.get().public_id], **_bank()})
    batch = PaymentBatch.objects.get()
    page = f"/beheer/betalingen/batches/{batch.public_id}"
    assert "Een tweede persoon" not in text_of(client.get(page)) or "wacht op een tweede persoon" in text_of(client.get(page))
    assert client.get(f"{page}/bestand").status_code == 409
    signer = signed_in("tekenbevoegde")
    assert signer.post(f"{page}/vrijgeven").status_code == 403
    role = Role.objects.get(kind="tekenbevoegde")
    give_mandate(
        actor=SYSTEM,
        person=role.person.public_id,
        organisation=role.organisation.public_id,
        province=PROVINCE,
        matter="payments",
        resolution="Mandaatbesluit 1",
    )
    assert signer.post(f"{page}/vrijgeven").status_code == 302
    client.post(f"{page}/versturen")
    file = client.get(f"{page}/bestand?versie=pain.001.001.09")
    assert b'<InstdAmt Ccy="EUR">300.00</InstdAmt>' in file.content
    upload = io.BytesIO(fake.status_report(file.content, date(2026, 3, 2)))
    upload.name = "antwoord.xml"
    assert "Betaald en geboekt" in text_of(client.post("/beheer/betalingen/bevestigingen", {"bestand": upload}))
    assert position(line).paid == EURO(300)


def _bank() -> dict[str, str]:
    return {"rekening": "NL18 RABO 0123 4598 76", "naam": "Provincie Verzonnenland", "dag": "2026-03-02"}


def test_a_batch_that_cannot_be_made_says_why_and_keeps_what_was_typed() -> None:
    line, client = a_line(EURO(1_000), kind="opdracht"), signed_in("programma")
    commit_contract(actor=SYSTEM, line=line, number="OPD-1", amount=EURO(10), text="Iets.", key="a")
    ask_contract_payment(
        actor=SYSTEM,
        line=line,
        number="OPD-1",
        payee_name="Bureau Zomaar",
        account="NL91ABNA0417164300",
        amount=EURO(10),
        due_on=clock.today(),
        reference="Deel 1",
        key="b",
    )
    answer = client.post("/beheer/betalingen/batch", {**_bank(), "rekening": "NL18 RABO 0123 4598 77"})
    page = text_of(answer)
    assert "Kies een of meer betalingen" in page
    assert "rekeningnummer van de provincie klopt niet" in page
    assert "NL18 RABO 0123 4598 77" in answer.content.decode()
    assert not PaymentBatch.objects.exists()


def test_everyone_reads_where_the_money_goes_and_takes_it_along_as_a_table() -> None:
    ceiling = a_ceiling(EURO(100))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(), received_on=clock.today(), key="granted")
    an_item()
    page = text_of(Client().get("/geld"))
    assert "Provinciale Staten maakten € 100 beschikbaar. Daarvan is € 40 verleend of vastgelegd. Betaald is € 0." in page
    assert "VERZONNEN VOORBEELD" in page
    row = table_of(Client().get("/geld?formaat=csv"))[0]
    assert (row["krediet"], row["verleend of vastgelegd"], row["vrij"]) == ("100,00", "40,00", "60,00")
    assert Client().get(row["adres"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "2026-000001" not in page + Client().get("/geld?formaat=csv").content.decode()
    assert "Was " not in page
    assert "was € 0 beschikbaar" in text_of(Client().get("/geld?op=2026-03-01"))
    for path in ("/geld/moties", f"/geld/moties/{CouncilItem.objects.get().public_id}", "/geld/moties?formaat=csv"):
        assert Client().get(path).status_code == 200


def test_public_pages_name_no_person_and_no_account() -> None:
    line = a_line(EURO(1_000), kind="opdracht")
    commit_contract(actor=SYSTEM, line=line, number="OPD-1", amount=EURO(10), text="Voor Jan Jansen.", key="a")
    for path in ("/geld", f"/geld/posten/{line}", "/geld?formaat=csv"):
        content = Client().get(path).content.decode()
        assert "Jan Jansen" not in content
        assert "OPD-1" not in content


@pytest.mark.parametrize(
    "path", ["/geld?op=morgen", "/geld?op=2999-01-01", "/geld/posten/bestaatniet12", "/geld/moties/bestaatniet12"]
)
def test_an_address_that_is_not_right_is_answered(path: str) -> None:
    assert Client().get(path).status_code == (200 if path.startswith("/geld?") else 404)


def test_the_tree_asks_the_same_number_of_questions_however_large_it_is() -> None:
    client = signed_in("auditor")
    a_line(EURO(10))
    client.get("/beheer/budgetten")
    with CaptureQueriesContext(connection) as few:
        client.get("/beheer/budgetten?op=2026-03-01")
    for _more in range(5):
        a_line(EURO(10))
    with CaptureQueriesContext(connection) as many:
        client.get("/beheer/budgetten?op=2026-03-01")
    assert len(many) == len(few)


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    client = signed_in("programma")
    send(client, "/beheer/budgetten/nieuw", titel="=1+1", van="1-1-2026")
    line = f"/beheer/budgetten/programmas/{Programme.objects.get().public_id}/lijn"
    send(client, line, titel="@lijn")
    send(client, reverse("instrument_new", args=[ProgrammeLine.objects.get().public_id]), titel="-x", soort="inkoop")
    send(client, reverse("budget_post_new", args=[Instrument.objects.get().public_id]), titel="P", van="1-1-2026", tot="1-2-2026")
    row = table_of(client.get("/beheer/budgetten?formaat=csv"))[0]
    assert (row["programma"], row["lijn"], row["instrument"]) == ("'=1+1", "'@lijn", "'-x")
