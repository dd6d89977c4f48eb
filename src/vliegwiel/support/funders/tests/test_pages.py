"""The pages of an agreement, as browsers of both sides ask for them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.funders.actions.keep_statement import make_statement
from vliegwiel.support.funders.models import (
    AgreementTerms,
    Disclosure,
    FollowedSettlement,
    FundAnswer,
    FundDecision,
    Intake,
    Statement,
)
from vliegwiel.support.funders.rules import Promise
from vliegwiel.support.funders.stand import terms_now
from vliegwiel.support.funders.tests.given import (
    EURO,
    FUND_NAME,
    TOGETHER,
    a_controller,
    a_file,
    a_row,
    a_shared_application,
    agreed,
    answered,
    asked,
    booked,
    of_the_fund,
    the_fund,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, a_signer, an_officer, days_later, decided
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text

pytestmark = pytest.mark.django_db
LIST = "/werk/medefinanciers"


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_from_an_empty_list_to_a_signed_agreement_and_new_terms() -> None:
    of_the_fund()
    call = a_call(TOGETHER)
    client = browser(an_officer())
    assert "Er is nog geen afspraak" in text(client, LIST)
    form = {
        "doe": "voorstel",
        "regeling": call.scheme,
        "fonds": the_fund().public_id,
        "hoe": "double",
        "wie": "fund",
        "van": "5-1-2026",
        "tot": "31-12-2026",
        "inleg": "2026; 10.000; 10.000",
        "per-besluit": "10.000",
        "per-initiatief": "10.000",
        "plafond": call.ceiling,
        "noemen": "Samen genoemd.",
        "grond": "Verzonnen besluit 7",
        "weg": "no_aid",
        "steun": "Geen staatssteun.",
        "publiek": "nee",
        "volgen": "nee",
    }
    for change, said in (
        ({"inleg": "veel"}, "begrijpen we niet"),
        ({"inleg": "2026; 1; 2"}, "verdubbelt"),
        ({"koppen": "iets"}, "begrijpen we niet"),
        ({"noemen": ""}, "Vul dit in"),
    ):
        wrong = client.post(f"{LIST}/nieuw", {**form, **change})
        assert (wrong.status_code, said in wrong.content.decode(), "Verzonnen besluit 7" in wrong.content.decode()) == (
            400,
            True,
            True,
        )
    made = client.post(f"{LIST}/nieuw", form)
    path, waiting = made["Location"], AgreementTerms.objects.get()
    assert "Een ander met mandaat tekent" in text(client, path)
    signer = browser(a_signer())
    assert signer.post(path, {"doe": "tekenen", "gelezen": "anders"}).status_code == 400
    assert signer.post(path, {"doe": "tekenen", "gelezen": waiting.content_hash}).status_code == 302
    assert terms_now(waiting.agreement) is not None
    assert "10.000" in text(client, f"{path}/wijzigen")
    assert client.post(f"{path}/wijzigen", {**form, "per-besluit": "5.000"}).status_code == 302
    assert signer.post(path, {"doe": "terug", "waarom": "Te weinig."}).status_code == 302
    assert AgreementTerms.objects.exclude(returned_at=None).count() == 1


def test_a_file_is_tried_laid_ready_and_booked_by_someone_else_from_the_pages() -> None:
    agreement = agreed()
    client, path = browser(an_officer()), f"{LIST}/{agreement.public_id}/besluiten"
    assert client.get(f"{LIST}/sjabloon.csv").content.decode().startswith("\ufeffnummer;")
    assert client.post(path, {"doe": "nakijken"}).status_code == 400
    tried = client.post(
        path, {"doe": "nakijken", "bestand": SimpleUploadedFile("f.csv", a_file(a_row(), a_row("F-2", bedrag="20000")))}
    )
    page = tried.content.decode()
    assert "1 besluit kan worden geboekt" in page
    assert "niet geboekt" in page
    kept = page.split('name="inhoud" value="')[1].split('"')[0]
    ready = client.post(path, {"doe": "klaarzetten", "inhoud": kept})
    intake = Intake.objects.get()
    assert "Wie dit klaarzette" in text(client, ready["Location"])
    assert client.post(ready["Location"], {"doe": "boeken", "gelezen": intake.content_hash}).status_code == 403
    signer = browser(a_signer())
    assert "Boek deze besluiten" in text(signer, ready["Location"])
    assert signer.post(ready["Location"], {"doe": "boeken", "gelezen": intake.content_hash}).status_code == 302
    number = FundDecision.objects.get().number
    assert "volgens de boekhouding" in text(client, f"{LIST}/besluiten/{number}")
    assert client.post(f"{LIST}/besluiten/{number}", {"doe": "lager", "totaal": "5.000", "waarom": "Minder."}).status_code == 302
    assert "vastgesteld" in text(client, f"{LIST}/{agreement.public_id}")
    assert f"{number},F-1" in client.get(f"{LIST}/{agreement.public_id}/stand.csv").content.decode()
    with days_later(3):
        public = text(Client(), f"/subsidieregister/{number}")
        assert FUND_NAME in public
        assert FUND_NAME in text(Client(), "/subsidieregister")
        assert FUND_NAME in b"".join(Client().get("/subsidieregister.csv").streaming_content).decode()


def test_one_decision_is_typed_in_and_goes_the_same_way() -> None:
    agreement = agreed()
    client, path = browser(an_officer()), f"{LIST}/{agreement.public_id}/besluiten"
    form = {"doe": "een", "nummer": "F-7", "uitkomst": "toegekend", "besluit": "5-1-2026", "ontvanger": "Stichting Wolk",
            "organisatie": "ja", "waarvoor": "Een bank", "bedrag": "1.000,01"}  # fmt: skip
    assert client.post(path, {**form, "nummer": ""}).status_code == 400
    page = client.post(path, form).content.decode()
    assert "Stichting Wolk" in page
    assert "Zet klaar voor wie boekt" in page


def test_an_applicant_shares_sees_who_looked_and_stops_from_their_own_page() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_decidable_application(call)
    own = browser(Actor("person", plan.applicant))
    path = f"/mijn/aanvragen/{plan.public_id}/meelezers"
    assert path in text(own, f"/mijn/aanvragen/{plan.public_id}")
    assert "leest uw plan niet" in text(own, path)
    assert own.post(path, {"doe": "delen", "afspraak": agreement.public_id, "wat": ["budget"]}).status_code == 302
    fund, there = browser(of_the_fund()), f"{LIST}/{agreement.public_id}/aanvragen/{plan.number}"
    assert plan.title in text(fund, there)
    assert "kosten" in fund.get(f"{there}.csv").content.decode()
    assert "keek voor het laatst op 5 januari 2026" in text(own, path)
    assert own.post(path, {"doe": "stop", "afspraak": agreement.public_id}).status_code == 302
    assert own.post(path, {"doe": "stop", "afspraak": agreement.public_id}).status_code == 400
    assert Disclosure.objects.get().ended_at is not None
    assert fund.get(there).status_code == 404
    assert fund.get(f"{there}.csv").status_code == 404
    assert own.post(path, {"doe": "delen", "afspraak": "bestaat-niet"}).status_code == 404


def test_the_fund_sees_shared_plans_and_nothing_else() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_shared_application(agreement, call)
    hidden = a_decidable_application(call, person=a_resident("twee@voorbeeld.invalid"))
    fund = browser(of_the_fund())
    assert FUND_NAME in text(fund, LIST)
    page = text(fund, f"{LIST}/{agreement.public_id}")
    assert plan.number in page
    assert str(hidden.number) not in page
    for path in (
        f"{LIST}/{agreement.public_id}/aanvragen/{hidden.number}",
        f"/werk/aanvragen/{plan.number}",
        f"{LIST}/nieuw",
        f"{LIST}/{agreement.public_id}/wijzigen",
        f"{LIST}/{agreement.public_id}/besluiten",
        f"{LIST}/{agreement.public_id}/afrekenen",
        "/werk/aanvragen",
    ):
        assert fund.get(path).status_code in (403, 404), path
    other = browser(of_the_fund("Fonds Zeepbel"))
    assert call.scheme_title not in text(other, LIST)
    assert other.get(f"{LIST}/{agreement.public_id}").status_code == 403
    assert browser(a_resident("vreemd@voorbeeld.invalid")).get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_asked_answered_and_followed_from_the_pages() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_shared_application(agreement, call)
    path = f"{LIST}/{agreement.public_id}/aanvragen/{plan.number}"
    officer, fund = browser(an_officer()), browser(of_the_fund())
    assert path in text(officer, f"/werk/aanvragen/{plan.number}")
    assert officer.post(path, {"doe": "vragen", "tot": "1-1-2020"}).status_code == 400
    assert officer.post(path, {"doe": "vragen", "tot": "1-2-2026", "vraag": "20.000"}).status_code == 302
    assert "1 vraag aan het fonds" in text(fund, LIST)
    assert fund.post(path, {"doe": "antwoord", "doet-mee": "ja", "geeft": "30.000"}).status_code == 400
    assert fund.post(path, {"doe": "antwoord", "doet-mee": "ja", "geeft": "12.000"}).status_code == 302
    assert FundAnswer.objects.get().agrees
    assert "meer dan het plan kost" in text(officer, path)
    decided(plan)
    settled = {"doe": "volgen", "vast-nummer": "V-12", "vast-op": "5-1-2026", "vast-kosten": "20.000", "vast-bedrag": "9.000"}
    assert officer.post(path, {**settled, "vast-bedrag": "13.000"}).status_code == 400
    assert officer.post(path, settled).status_code == 302
    assert FollowedSettlement.objects.get().becomes_money == EURO(6_000)
    assert "V-12" in text(officer, f"/werk/vaststellingen/{plan.number}/besluit")


def test_both_sides_close_a_period_from_the_page() -> None:
    agreement = agreed()
    booked(agreement)
    with days_later(30):
        controller, fund = browser(a_controller()), browser(of_the_fund())
        new = f"{LIST}/{agreement.public_id}/afrekenen"
        assert controller.post(new, {"doe": "maak", "van": "1-1-2026", "tot": "1-1-2030"}).status_code == 400
        path = controller.post(new, {"doe": "maak", "van": "1-1-2026", "tot": "31-1-2026"})["Location"]
        made = Statement.objects.get()
        form = {"doe": "verschil", "welk": "F-1", "eigen": "2.900", "wat": "Minder bij ons."}
        assert fund.post(path, {**form, "wat": ""}).status_code == 400
        assert fund.post(path, form).status_code == 302
        accept = {"doe": "akkoord", "gelezen": made.content_hash}
        assert controller.post(path, accept).status_code == 400
        for which in ("", "x", "99999999999", "-1"):
            assert controller.post(path, {"doe": "uitleg", "verschil": which, "uitleg": "Zo."}).status_code in (400, 404)
        key = str(made.differences.get().pk)
        assert controller.post(path, {"doe": "uitleg", "verschil": key, "uitleg": "Geboekt in februari."}).status_code == 302
        for client in (controller, fund):
            assert client.post(path, accept).status_code == 302
        assert "Beide kanten keurden" in text(fund, path)
        officer = browser(an_officer())
        assert officer.post(path, {"doe": "betalen", "rekening": "niets"}).status_code == 400
        assert officer.post(path, {"doe": "betalen", "rekening": "NL91 ABNA 0417 1643 00"}).status_code == 302
        assert "onderweg €\u00a03.000,00" in text(officer, path)
        assert "Betaald aan het fonds" not in text(fund, path)
        assert "verschil,F-1" in fund.get(f"{path}.csv").content.decode()
        assert browser(of_the_fund("Fonds Zeepbel")).get(path).status_code == 403


def test_what_does_not_exist_is_not_found() -> None:
    client = browser(an_officer())
    for path in ("bestaatniet", "besluiten/F2026-99999", "afrekeningen/bestaatniet", "x/aanlevering/y", "x/aanvragen/2026-1"):
        assert client.get(f"{LIST}/{path}").status_code == 404, path


def test_the_pages_ask_as_many_questions_for_thirty_rows_as_for_three() -> None:
    agreement = agreed(promised={2026: Promise(EURO(90_000), EURO(90_000))})
    client, path = browser(an_officer()), f"{LIST}/{agreement.public_id}"
    other, call = together_handled_by_the_province()
    counts = []
    for first, last in ((0, 3), (3, 30)):
        booked(type(agreement).objects.get(pk=agreement.pk), *(a_row(f"F-{place}", bedrag="100") for place in range(first, last)))
        if first == 0:
            answered(asked(other, a_shared_application(other, call)), EURO(100))
        asked_of = {}
        for page in (LIST, path):
            text(client, page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                text(client, page)
            asked_of[page] = len(queries)
        counts.append(asked_of)
    assert counts[0] == counts[1]
    with days_later(40):
        made = make_statement(
            actor=a_controller(), agreement=agreement.public_id, starts=clock.today().replace(month=1, day=1, year=2026),
            ends=clock.today().replace(month=1, day=31, year=2026),
        )  # fmt: skip
        assert len(made.rows) == 30
