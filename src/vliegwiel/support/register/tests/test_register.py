"""The register follows the letter by a working day, names no resident, and counts refusals."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.see.monitor.public import Place, StageCount
from vliegwiel.support.register import queries
from vliegwiel.support.register.contributes import PARTS
from vliegwiel.support.register.models import RegisterEntry, RegisterWord
from vliegwiel.support.register.public import change, counted, enter
from vliegwiel.support.register.queries import Filter
from vliegwiel.support.register.tests.given import PROVINCE, PUBLIC, SENT, an_entry, entered

pytestmark = pytest.mark.django_db
PAGES = ("/subsidieregister", "/subsidieregister.csv", "/api/v1/subsidies", "/subsidieregister/360giving.json")


@pytest.fixture(autouse=True)
def province(settings: Any) -> object:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    queries.stamp.forget()
    with clock.at(datetime(2026, 4, 7, 9, tzinfo=UTC)):
        yield
    queries.stamp.forget()


def found(**asked: Any) -> list[str]:
    return [entry.number for entry in queries.entries(PROVINCE, Filter(**asked))]


def seen(path: str) -> str:
    answer = Client().get(path)
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/subsidieregister/2026-000001", "/api/v1/subsidies/2026-000001"])
def test_a_decision_is_seen_from_the_first_working_day_and_never_before(path: str) -> None:
    an_entry()
    for moment in (datetime(2026, 4, 3, 15, tzinfo=UTC), datetime(2026, 4, 6, 21, 59, tzinfo=UTC)):
        with clock.at(moment):
            queries.stamp.forget()
            assert "Een lange tafel" not in seen(path)
    with clock.at(datetime(2026, 4, 6, 22, 1, tzinfo=UTC)):
        queries.stamp.forget()
        assert "Een lange tafel" in seen(path), "00.01 on Tuesday in Amsterdam"


@pytest.mark.parametrize("path", PAGES)
def test_a_resident_is_a_particulier_with_the_municipality_everywhere(path: str) -> None:
    an_entry(organisation="", organisation_number="12345678")
    text = seen(path)
    assert "particulier" in text
    assert "GM9901" in text
    assert "12345678" not in text


@pytest.mark.parametrize("path", [*PAGES[:3]])
def test_a_refusal_is_counted_and_holds_nothing_else(path: str) -> None:
    an_entry(kind="refusal", number=7, title="Plan van Anneke", organisation="Stichting Geheim")
    entry = RegisterEntry.objects.get()
    assert (entry.title, entry.recipient, entry.number, entry.municipality, entry.amount) == ("", "", "", "", 0)
    assert not RegisterWord.objects.exists()
    assert "Anneke" not in seen(path)
    row = counted(PROVINCE)[0]
    assert (row.granted, row.refused, row.amount) == (0, 1, 0)


def test_counts_add_up_per_scheme_and_year() -> None:
    for number in range(1, 5):
        an_entry(number)
    an_entry(5, kind="not_treated")
    an_entry(6, scheme="groningen/zorg", scheme_title="Zorg", decided_on=date(2025, 1, 3), public_from=date(2025, 1, 6))
    assert [(row.scheme, row.year, row.granted, row.money, row.not_treated) for row in counted(PROVINCE)] == [
        ("gelderland/kleine-initiatieven", 2026, 4, Money(4 * 2_545_173), 1),
        ("groningen/zorg", 2025, 1, Money(2_545_173), 0),
    ]


def test_an_award_has_a_title_and_is_entered_once() -> None:
    with pytest.raises(NotValid):
        enter(actor=SYSTEM, entered=entered(title=" "))
    assert an_entry() == an_entry()
    assert RegisterEntry.objects.count() == 1


def test_what_happens_later_stands_beside_the_grant() -> None:
    an_entry()
    later = {"kind": "determined", "amount": Money(2_000_000), "decided_on": date(2026, 4, 6), "key": "s1"}
    for _twice in range(2):
        change(actor=SYSTEM, decision="decision0001", public_from=date(2026, 4, 7), **later)
    change(actor=SYSTEM, decision="decision0001", public_from=date(2026, 4, 8), **{**later, "key": "s2", "amount": Money(1)})
    record = Client().get("/api/v1/subsidies/2026-000001").json()
    assert (record["verleend"], record["nu"], record["stand"]) == (25451.73, 20000.0, "vastgesteld"), (
        "not yet what is public tomorrow"
    )
    assert "€\u00a020.000,00" in seen("/subsidieregister/2026-000001")
    with pytest.raises(NotFound):
        change(actor=SYSTEM, decision="nergens", public_from=PUBLIC, **later)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("tafel", ["2026-000001"]),
        ("dorps", ["2026-000002", "2026-000001"]),
        ("DORPSHUIS denk", ["2026-000002", "2026-000001"]),
        ("cafe", ["2026-000002"]),
        ("huis", []),
        ("tafel café", []),
        ("2026-000002", ["2026-000002"]),
        ("", ["2026-000002", "2026-000001"]),
        ("'; drop", []),
    ],
)
def test_words_are_found_by_their_beginning_without_accents(
    words: str, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    an_entry(1)
    an_entry(2, title="Herstel Café")
    assert found(words=words) == numbers
    monkeypatch.setattr(queries, "FEW", 0)
    assert found(words=words) == numbers, "a common word is looked up in another way, with the same outcome"


def test_the_filters_narrow_and_the_address_holds_them() -> None:
    an_entry(1)
    an_entry(2, municipality="GM9902", scheme="groningen/zorg", scheme_title="Zorg")
    assert found(scheme="groningen/zorg") == found(municipality="GM9902") == ["2026-000002"]
    assert found(year=2025) == []
    text = seen("/subsidieregister?regeling=groningen/zorg&q=tafel")
    assert "2026-000002" in text
    assert "2026-000001" not in text
    assert "/subsidieregister.csv?q=tafel&amp;regeling=groningen" in text


def test_the_csv_equals_the_api_and_holds_no_formula() -> None:
    an_entry(1, title="=1+1", amount=Money(100))
    an_entry(2)
    rows = list(csv.DictReader(io.StringIO(seen("/subsidieregister.csv"))))
    records = Client().get("/api/v1/subsidies").json()["resultaten"]
    assert [row["nummer"] for row in rows] == [record["nummer"] for record in records] == ["2026-000002", "2026-000001"]
    assert [float(row["verleend"]) for row in rows] == [record["verleend"] for record in records] == [25451.73, 1.0]
    assert rows[1]["activiteit"] == "'=1+1"
    assert {row["let op"] for row in rows} == {"VERZONNEN VOORBEELD"}


@pytest.mark.parametrize("path", ["/subsidieregister/nergens", "/subsidieregister/360giving.json", "/api/v1/subsidies/2026-9"])
def test_what_is_not_there_says_so(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "subsidie" in answer.content.decode()


def test_beyond_the_ceiling_is_shown_as_such() -> None:
    an_entry(beyond="4:25(3)")
    assert "4:25(3)" in seen("/subsidieregister/2026-000001")
    assert Client().get("/api/v1/subsidies").json()["resultaten"][0]["voorbijPlafond"] == "4:25(3)"
    assert SENT < PUBLIC


def test_the_page_of_a_place_counts_what_is_public_there_and_links_to_the_same_list() -> None:
    def stage(code: str, level: Level, municipality: str = "") -> StageCount | None:
        assert PARTS[0].count is not None
        return PARTS[0].count(Place(code, "een plek", level, 2024, PROVINCE, municipality))

    assert stage("GM9901", Level.MUNICIPALITY, "GM9901") is None, "nothing is not zero euro"
    an_entry(1)
    an_entry(2, municipality="GM9902", amount=Money(100_000))
    province, there = stage(PROVINCE, Level.PROVINCE), stage("BU99010101", Level.NEIGHBOURHOOD, "GM9901")
    assert province is not None
    assert (province.amount, province.what, province.path) == ("2", "subsidies van samen €\xa026.452", "/subsidieregister")
    assert there is not None
    assert (there.amount, there.path) == ("1", "/subsidieregister?gemeente=GM9901")
    assert "1 subsidie" in seen(there.path).replace("<b>1</b>", "1")
    assert stage("RG99", Level.REGION) is None, "a region is not asked of the register"
    with clock.at(datetime(2026, 4, 6, 21, tzinfo=UTC)):
        assert stage(PROVINCE, Level.PROVINCE) is None, "not before it is public"
