"""The pages of direct grants, as a browser asks for them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.actions.publish_report import publish_year_report
from vliegwiel.support.direct_grants.models import DirectGrant, EffectReport, Series, YearReport
from vliegwiel.support.direct_grants.tests.given import a_direct_grant, granted, the_rules
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.pages.dossier.page import PARTS
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import PROVINCE, an_officer, no_state_aid
from vliegwiel.support.grants.tests.test_dossier_pages import browser

pytestmark = pytest.mark.django_db
FORM = {
    "doe": "maak",
    "naam": "Stichting Kleding voor Niemand",
    "straat": "Luchtstraat 12",
    "plaats": "0000 AB Nergensdam",
    "waarvoor": "Kleding voor wie het nodig heeft",
    "bedrag": "40.000",
    "van": "1-1-2026",
    "tot": "31-12-2026",
    "grond": "budget",
    "bewijs": "Verzonnen begroting 2026, post 12",
    "hoogste": "40.000",
    "jaarlijks": "ja",
}


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        the_rules()
        yield


def test_from_an_empty_list_to_a_proposal() -> None:
    client, line = browser(an_officer()), a_line(Money.euros(100_000), kind="jaarsubsidie")
    assert "Er is nog geen subsidie" in client.get("/werk/directe-subsidies").content.decode()
    answer = client.post("/werk/directe-subsidies/nieuw", {**FORM, "post": line})
    made = DirectGrant.objects.get()
    assert answer["Location"] == f"/werk/directe-subsidies/{made.number}"
    assert (made.money, made.series) == (Money.euros(40_000), Series.objects.get())
    page = client.get(answer["Location"]).content.decode()
    assert f"/werk/aanvragen/{made.number}/steun" in page
    proposal = {"doe": "voorstel", "kort": "U krijgt € 40.000.", "waarom": "Wat u doet, helpt mensen."}
    refused = client.post(answer["Location"], proposal)
    assert (refused.status_code, "U krijgt € 40.000." in refused.content.decode()) == (400, True)
    no_state_aid(find(made.application))
    assert client.post(answer["Location"], proposal).status_code == 302
    assert grant_of(made.application).state is State.PROPOSED
    assert made.recipient in client.get("/werk/directe-subsidies").content.decode()


def test_what_is_missing_or_not_carried_stands_above_the_form_with_what_was_typed() -> None:
    client, line = browser(an_officer()), a_line(Money.euros(100_000), kind="jaarsubsidie")
    for change, said in (({"naam": ""}, "Vul dit in"), ({"hoogste": "39.999"}, "ten hoogste"), ({"bedrag": "veel"}, "bedrag")):
        answer = client.post("/werk/directe-subsidies/nieuw", {**FORM, "post": line, **change})
        text = answer.content.decode()
        assert (answer.status_code, said in text, FORM["bewijs"] in text) == (400, True, True)
    assert not DirectGrant.objects.exists()


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_its_file_is_there(part: str) -> None:
    made = granted(a_direct_grant())
    answer = browser(an_officer()).get(f"/werk/aanvragen/{made.number}/{part}".replace("/samenvatting", ""))
    assert answer.status_code == 200


def test_a_notice_is_recorded_from_its_page() -> None:
    a_direct_grant(recurring=True)
    client, series = browser(an_officer()), Series.objects.get()
    path = f"/werk/directe-subsidies/reeksen/{series.public_id}"
    form = {"doe": "aankondiging", "reden": "Er is minder geld.", "op": "5-1-2026", "tot": "30-6-2026"}
    assert client.post(path, {**form, "tot": "4-1-2026"}).status_code == 400
    assert client.post(path, form).status_code == 302
    assert "30 juni 2026" in client.get(path).content.decode()


def test_the_report_is_published_from_a_page_and_read_by_everybody() -> None:
    made = a_direct_grant(ground="incidental", most=None, starts=date(2025, 1, 1), ends=date(2025, 12, 31))
    client = browser(an_officer())
    path = "/werk/directe-subsidies/verslagen"
    assert client.post(path, {"doe": "jaar", "welk": "2025"}).status_code == 302
    assert YearReport.objects.get().year == 2025
    key = find(made.application).scheme
    effect = {"doe": "werking", "regeling": key, "op": "5-1-2026", "waar": "Statenstuk 12"}
    assert client.post(path, effect).status_code == 302
    assert EffectReport.objects.get().place == "Statenstuk 12"
    visitor = Client()
    assert "2025" in visitor.get("/subsidies-zonder-regeling").content.decode()
    assert visitor.get("/subsidies-zonder-regeling/2025").status_code == 200
    assert visitor.get("/subsidies-zonder-regeling/2025.csv")["Content-Type"].startswith("text/csv")
    for year in (1999, 99_999):
        assert visitor.get(f"/subsidies-zonder-regeling/{year}").status_code == 404
    for work in ("/werk/directe-subsidies", "/werk/directe-subsidies/nieuw", path, f"/werk/directe-subsidies/{made.number}"):
        assert visitor.get(work).status_code != 200


def test_a_cell_of_the_report_is_never_a_formula() -> None:
    report = publish_year_report(actor=an_officer(), province=PROVINCE, year=2025)
    rows = [{"number": "2025-000001", "recipient": "=1+1", "title": "t", "ground": "incidental", "why": "-x", "starts": "2025-01-01",
             "ends": "2025-12-31", "cents": 1}]  # fmt: skip
    YearReport.objects.filter(pk=report.pk).update(rows=rows)
    text = Client().get("/subsidies-zonder-regeling/2025.csv").content.decode()
    assert "'=1+1" in text
    assert "'-x" in text
