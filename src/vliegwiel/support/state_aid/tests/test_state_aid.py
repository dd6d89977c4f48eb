"""First whether it is aid, then the route; an undertaking never gets more de-minimis aid than it may in three years."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.catalogue.state_aid import aid_questions, aid_routes
from vliegwiel.foundation.people.models import OrganisationLink
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.state_aid.actions.book_aid import report_aid
from vliegwiel.support.state_aid.models import AidAssessment, AidEntry
from vliegwiel.support.state_aid.public import Answered, aid_of, assess_aid, book, correct_aid, declare_aid, gate, ledger_of
from vliegwiel.support.state_aid.rules import Granted, is_aid, report_by, room, window_start
from vliegwiel.support.state_aid.tests.given import ALL_YES, LOCAL, a_file, de_minimis, no_aid

DAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def on_a_monday_in_march() -> object:
    with clock.at(datetime(2026, 3, 16, 9, tzinfo=UTC)):
        yield


def given_aid(number: int, undertaking: str, amount: int, on: date = DAY, *, route: str = "de_minimis") -> AidEntry | None:
    de_minimis(a_file(number), undertaking, route=route)
    return book(
        actor=SYSTEM, about=a_file(number), province=PROVINCE, amount=Money.euros(amount), on=on, key="d", authority="Provincie"
    )


@given(st.dictionaries(st.sampled_from(list(aid_questions())), st.booleans()))
def test_it_is_aid_only_when_all_four_are_yes_and_one_no_is_enough(said: dict[str, bool]) -> None:
    found = is_aid({key: Answered(yes, "Zo is het.") for key, yes in said.items()}).answer
    if False in said.values():
        assert found is Answer.NO
    else:
        assert found is (Answer.YES if len(said) == 4 else Answer.UNKNOWN)


def test_ceilings_are_dated() -> None:
    ledgers = [route for route in aid_routes().values() if route.ledger]
    versions = [route.on(day) for route in ledgers for day in (date(2023, 12, 31), DAY)]
    ceilings = [version.ceiling for version in versions if version]
    assert ceilings == [Money.euros(amount) for amount in (200_000, 300_000, 500_000, 750_000)]
    assert aid_routes()["de_minimis"].on(date(2031, 1, 1)) is None


@given(st.lists(st.tuples(st.sampled_from(["regular", "daeb"]), st.integers(1, 400_000), st.integers(0, 1500)), max_size=8))
def test_room_is_the_ceiling_less_what_lies_in_the_window(rows: list[tuple[str, int, int]]) -> None:
    version = aid_routes()["de_minimis"].on(DAY)
    assert version is not None
    items = [Granted(ledger, Money(cents), date.fromordinal(DAY.toordinal() - ago)) for ledger, cents, ago in rows]
    within = sum(item.amount.cents for item in items if item.ledger == "regular" and date(2023, 3, 17) <= item.on <= DAY)
    assert room(items, ledger="regular", version=version, on=DAY) == Money(30_000_000 - within)
    assert (
        room([*items, Granted("regular", Money(5), DAY)], ledger="regular", version=version, on=DAY).cents
        == 30_000_000 - within - 5
    )


@pytest.mark.parametrize(
    ("granted", "due"),
    [(date(2026, 3, 16), date(2026, 4, 15)), (date(2026, 12, 18), date(2027, 1, 19)), (date(2025, 12, 31), None)],
)
def test_a_grant_is_reported_within_twenty_working_days(granted: date, due: date | None) -> None:
    """2026: Good Friday, Easter Monday within; 2026/27: both Christmas days (the 26th a Saturday) and New Year."""
    assert report_by(granted) == due
    assert window_start(date(2026, 1, 1), 3) == date(2023, 1, 2)


@pytest.mark.django_db
def test_without_an_assessment_the_gate_stays_shut_and_no_aid_opens_it() -> None:
    assert gate(a_file(), Money.euros(9_000)).answer is Answer.UNKNOWN
    no_aid(a_file())
    assert gate(a_file(), Money.euros(9_000_000))
    assert book(actor=SYSTEM, about=a_file(), province=PROVINCE, amount=Money(1), on=DAY, key="d", authority="P") is None
    assert not AidEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "route", "said"),
    [
        ({"trade": Answered(True, "Ja.")}, "de_minimis", "vier"),
        ({**LOCAL, "trade": Answered(False, " ")}, "no_aid", "waarom"),
        (LOCAL, "de_minimis", "geen staatssteun"),
        (ALL_YES, "no_aid", "Het is staatssteun"),
        (ALL_YES, "de_minimis", "Kies de organisatie"),
        (ALL_YES, "block_exemption", "artikel"),
        (ALL_YES, "daeb_decision", "opgedragen"),
        (ALL_YES, "zomaar", "langs welke weg"),
    ],
)
def test_an_assessment_that_is_not_complete_says_everything_that_is_missing(
    answers: dict[str, Answered], route: str, said: str
) -> None:
    with pytest.raises(NotValid) as refusal:
        assess_aid(actor=SYSTEM, about=a_file(), province=PROVINCE, answers=answers, route=route, why="Daarom.")
    assert any(said in line for line in refusal.value.details)
    assert not AidAssessment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["gemeente", "adviseur", "adviescommissie", "fonds"])
def test_who_may_not_assess_changes_nothing_and_is_remembered(kind: str) -> None:
    with pytest.raises(NotAllowed):
        no_aid(a_file(), actor=acting(a_role(kind)))
    assert not AidAssessment.objects.exists()
    assert Entry.objects.get(action="assess-aid").result == "geweigerd"


@pytest.mark.django_db
def test_the_newest_assessment_counts_and_the_earlier_one_stays() -> None:
    organisation = an_organisation("Winkel Denkbeeldig").public_id
    no_aid(a_file())
    de_minimis(a_file(), organisation)
    found = aid_of(a_file())
    assert found is not None and (found.route, found.undertaking) == ("de_minimis", organisation)
    assert AidAssessment.objects.count() == 2


@pytest.mark.django_db
def test_an_undertaking_gets_its_ceiling_to_the_cent_and_no_cent_more() -> None:
    one, other = an_organisation("Bakker Denkbeeldig"), an_organisation("Molen Denkbeeldig")
    OrganisationLink.objects.create(controls=one, controlled=other, kind="stemmen", since=date(2020, 1, 1))
    assert given_aid(1, one.public_id, 200_000)
    assert given_aid(2, other.public_id, 100_000), "linked organisations are one undertaking, and the last cent fits"
    de_minimis(a_file(3), one.public_id)
    assert gate(a_file(3), Money(1)).reasons[0].code == "aid-ceiling"
    with pytest.raises(NotNow, match="mag nog"):
        book(actor=SYSTEM, about=a_file(3), province=PROVINCE, amount=Money(1), on=DAY, key="d", authority="Provincie")
    assert AidEntry.objects.count() == 2
    later = date(2029, 3, 16)
    assert gate(a_file(3), Money.euros(300_000), on=later), "three years later to the day the window is empty"
    assert gate(a_file(3), Money(1), on=date(2029, 3, 15)).answer is Answer.NO


@pytest.mark.django_db
def test_declared_aid_counts_and_a_correction_gives_room_back() -> None:
    organisation = an_organisation("Winkel Denkbeeldig").public_id
    declare_aid(
        actor=SYSTEM,
        organisation=organisation,
        province=PROVINCE,
        ledger="regular",
        amount=Money.euros(290_000),
        on=date(2025, 6, 1),
        authority="Gemeente Nergensdam",
        key="verklaring-1",
    )
    entry = given_aid(1, organisation, 10_000)
    assert entry is not None and entry.report_by == date(2026, 4, 15)
    assert ledger_of(organisation)[0].left == Money(0)
    correct_aid(actor=SYSTEM, entry=entry.public_id, amount=Money.euros(4_000), reason="Lager vastgesteld.")
    assert ledger_of(organisation)[0].left == Money.euros(4_000)
    with pytest.raises(NotValid):
        correct_aid(actor=SYSTEM, entry=entry.public_id, amount=Money.euros(6_001), reason="Te veel.")
    assert (
        book(actor=SYSTEM, about=a_file(1), province=PROVINCE, amount=Money.euros(10_000), on=DAY, key="d", authority="P")
        == entry
    )
    assert AidEntry.objects.count() == 3


@pytest.mark.django_db
def test_regular_aid_counts_towards_the_higher_ceiling_of_a_daeb_but_not_the_other_way() -> None:
    organisation = an_organisation("Dorpswinkel Denkbeeldig").public_id
    given_aid(1, organisation, 700_000, route="daeb_de_minimis")
    assert ledger_of(organisation)[0].left == Money.euros(300_000)
    assert ledger_of(organisation)[1].left == Money.euros(50_000)
    with pytest.raises(NotNow):
        given_aid(2, organisation, 50_001, route="daeb_de_minimis")


@pytest.mark.django_db
def test_an_entry_is_reported_once_with_its_number() -> None:
    entry = given_aid(1, an_organisation("Winkel Denkbeeldig").public_id, 5_000)
    assert entry is not None
    officer = acting(a_role("programma"))
    with pytest.raises(NotValid):
        report_aid(actor=officer, entry=entry.public_id, number=" ")
    assert report_aid(actor=officer, entry=entry.public_id, number="NL-2026-77").reported_on == DAY
    with pytest.raises(NotNow):
        report_aid(actor=officer, entry=entry.public_id, number="NL-2026-78")
