"""Running grants come in from a spreadsheet: tried first, reconciled to the cent, all or nothing, and never twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.budgets import verification
from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import decisions_of, given_before, given_since, grant_of
from vliegwiel.support.grants.tests.officers import PROVINCE, a_call, a_received_application, an_officer
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.register.public import counted
from vliegwiel.support.running_grants.actions.take_over import take_over, tried
from vliegwiel.support.running_grants.cli import running_grants
from vliegwiel.support.running_grants.models import TakenOver
from vliegwiel.support.running_grants.sheet import read, template
from vliegwiel.support.running_grants.tests.given import a_budget_line, a_row, a_sheet, an_opening, the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        the_rules()
        yield


def _taken(data: bytes) -> None:
    take_over(actor=an_officer(), province=PROVINCE, data=data)


def test_what_comes_in_is_granted_committed_and_paid_as_it_was() -> None:
    line = a_budget_line()
    _taken(a_sheet(a_row(line.title), an_opening(line.title)))
    file = grant_of(TakenOver.objects.get().application)
    assert (file.state, file.awarded, file.title) == (State.GRANTED, Money.euros(40_000), "Kleding voor wie het nodig heeft")
    stand = position(line.public_id, clock.today())
    assert (stand.committed, stand.paid) == (Money.euros(10_000), Money.euros(30_000))
    assert verification.verify(PROVINCE).holds
    decision = decisions_of(file.id)[0]
    assert (decision.sent_on, decision.activity_ends) == (date(2021, 3, 15), date(2026, 12, 31))
    assert [(row.year, row.granted, row.amount) for row in counted(PROVINCE)] == [(2021, 1, 40_000_00)]


def test_what_goes_on_under_a_scheme_of_ours_counts_there_as_years_on_end() -> None:
    """Awb 4:51 asks for how long someone had a grant, not who administered it."""
    line, call = a_budget_line(), a_call()
    rows = {"kvk": "90000001", "besluit": "15-03-2023", "loopt tot": "31-12-2025", "regeling": call.scheme_title.upper()}
    with pytest.raises(NotValid) as refusal:
        _taken(a_sheet(a_row(line.title, **{**rows, "regeling": "Een regeling van vroeger"}), an_opening(line.title)))
    assert "Een regeling van vroeger" in refusal.value.details[0]
    _taken(a_sheet(a_row(line.title, **rows), an_opening(line.title)))
    file = grant_of(TakenOver.objects.get().application)
    assert (file.scheme_title, position(line.public_id).committed) == (call.scheme_title, Money.euros(10_000))
    [found] = given_since(PROVINCE, date(2020, 1, 1), still=date(2025, 1, 1))
    assert (found.scheme, found.holder, found.ends) == (call.scheme, "90000001", date(2025, 12, 31))
    new = a_received_application(call)
    assert given_before(new.public_id) == [], "someone else"
    Application.objects.filter(pk=new.pk).update(kvk="90000001")
    assert [item.id for item in given_before(new.public_id)] == [file.id]


def test_the_same_file_again_changes_nothing() -> None:
    line = a_budget_line()
    data = a_sheet(a_row(line.title), an_opening(line.title))
    _taken(data)
    before = snapshot()
    trial = take_over(actor=an_officer(), province=PROVINCE, data=data)
    assert [item.what for item in trial.outcomes] == ["known"]
    assert snapshot() == before


def test_a_longer_file_takes_over_only_what_is_new() -> None:
    line = a_budget_line()
    _taken(a_sheet(a_row(line.title), an_opening(line.title)))
    _taken(a_sheet(a_row(line.title), a_row(line.title, "2021-0043"), an_opening(line.title, "20000")))
    assert TakenOver.objects.count() == 2
    assert position(line.public_id, clock.today()).committed == Money.euros(20_000)


def test_a_trial_run_changes_nothing() -> None:
    line, officer = a_budget_line(), an_officer()
    before = snapshot()
    trial = tried(actor=officer, province=PROVINCE, data=a_sheet(a_row(line.title), an_opening(line.title)))
    assert (trial.good, trial.new) == (True, 1)
    assert snapshot() == before


@pytest.mark.parametrize("opening", ["9.999,99", "10.000,01", "geen idee"])
def test_a_cent_off_the_opening_balance_and_nothing_comes_in(opening: str) -> None:
    line, officer = a_budget_line(), an_officer()
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        take_over(actor=officer, province=PROVINCE, data=a_sheet(a_row(line.title), an_opening(line.title, opening)))
    assert refusal.value.code == "not-even"
    assert snapshot() == before


def test_a_line_with_too_little_credit_or_an_unknown_line_takes_nothing() -> None:
    line = a_budget_line(Money.euros(39_999))
    for name in (line.title, "Post die er niet is"):
        with pytest.raises(NotNow):
            _taken(a_sheet(a_row(name), an_opening(name)))
    assert not TakenOver.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verleend": "veel"}, "geen bedrag"),
        ({"betaald": "40.000,01"}, "betaald is meer"),
        ({"besluit": "31-02-2021"}, "geen datum"),
        ({"besluit": "06-01-2026"}, "toekomst"),
        ({"besluit": ""}, "besluit is leeg"),
        ({"ontvanger": ""}, "ontvanger is leeg"),
        ({"rekening": "NL91ABNA0417164301"}, "rekeningnummer"),
        ({"kvk": "123"}, "acht cijfers"),
    ],
)
def test_one_wrong_row_is_named_and_stops_the_whole_file(changes: dict[str, str], said: str) -> None:
    line = a_budget_line()
    data = a_sheet(a_row(line.title, "2021-0001"), a_row(line.title, **changes), an_opening(line.title, "20000"))
    with pytest.raises(NotValid) as refusal:
        _taken(data)
    assert [text for text in refusal.value.details if "regel 3" in text and said in text]
    assert not TakenOver.objects.exists()


def test_a_number_twice_or_with_other_data_is_refused() -> None:
    line = a_budget_line()
    with pytest.raises(NotValid):
        _taken(a_sheet(a_row(line.title), a_row(line.title), an_opening(line.title, "20000")))
    _taken(a_sheet(a_row(line.title), an_opening(line.title)))
    with pytest.raises(NotValid) as refusal:
        _taken(a_sheet(a_row(line.title, betaald="35.000,00"), an_opening(line.title, "5000")))
    assert "andere gegevens" in refusal.value.details[0]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n", b"%PDF-1.7", a_sheet()])
def test_what_is_no_such_spreadsheet_gets_a_clear_answer(data: bytes) -> None:
    with pytest.raises(NotValid):
        tried(actor=an_officer(), province=PROVINCE, data=data)


def test_the_template_is_read_back_with_either_separator() -> None:
    found = read(template().encode())
    assert ([row.problems for row in found.rows], list(found.opening.values())) == ([()], [Money.euros(10_000)])
    assert read(a_sheet(a_row("x"), delimiter=",")).rows[0].awarded == Money.euros(40_000)


def test_only_a_programme_officer_of_the_province_takes_over() -> None:
    line = a_budget_line()
    data = a_sheet(a_row(line.title), an_opening(line.title))
    kinds = [role.key for role in given_roles() if role.key != "programma"]
    others = [acting(a_role(kind, email=f"{kind}.over@voorbeeld.invalid")) for kind in kinds]
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    before = snapshot()
    for actor in (*others, elsewhere, Actor("visitor")):
        for act in (tried, take_over):
            with pytest.raises(NotAllowed):
                act(actor=actor, province=PROVINCE, data=data)
    assert snapshot() == before


def test_the_page_tries_first_and_takes_over_exactly_what_was_tried(tmp_path: Path) -> None:
    line, client = a_budget_line(), browser(an_officer())
    assert f"<li>{line.title}</li>" in client.get("/werk/lopende-subsidies").content.decode(), "what a row can name"
    path = tmp_path / "lopend.csv"
    path.write_bytes(a_sheet(a_row(line.title), an_opening(line.title)))
    with path.open("rb") as file:
        answer = client.post("/werk/lopende-subsidies", {"bestand": file})
    assert "sluit aan" in answer.content.decode()
    assert not TakenOver.objects.exists()
    kept = answer.context["kept"]
    done = client.post("/werk/lopende-subsidies", {"inhoud": kept, "doe": "overnemen"})
    assert TakenOver.objects.get().number in done.content.decode()
    for wrong in ({}, {"inhoud": "%%%"}):
        assert client.post("/werk/lopende-subsidies", wrong).status_code == 400
    assert client.get("/werk/lopende-subsidies/sjabloon.csv").status_code == 200
    assert Client().get("/werk/lopende-subsidies").status_code != 200


def test_the_command_does_the_same(tmp_path: Path) -> None:
    line, path = a_budget_line(), tmp_path / "lopend.csv"
    path.write_bytes(a_sheet(a_row(line.title), an_opening(line.title)))
    words = ["import", str(path), "--province", PROVINCE]
    tried_out = CliRunner().invoke(running_grants, [*words, "--dry-run"])
    assert (tried_out.exit_code, TakenOver.objects.count()) == (0, 0)
    done = CliRunner().invoke(running_grants, words)
    assert (done.exit_code, TakenOver.objects.count()) == (0, 1)
    assert "1 nieuwe subsidies overgenomen" in done.output
