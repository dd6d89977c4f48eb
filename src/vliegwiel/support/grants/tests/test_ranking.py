"""The workbench: who gets what under the ceiling, tried without saving, drawn by a published seed, and then written down."""

from fractions import Fraction

import pytest

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.tests.given import a_role
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.advise_application import advise_application
from vliegwiel.support.grants.actions.divide_call import divide_call, publish_seed, seed_for, trial_hash
from vliegwiel.support.grants.models import Application, Division, Seed
from vliegwiel.support.grants.ranking import WhatIf, entrants_of, not_ready, rank, recorded
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    TENDER,
    a_call,
    a_complete_application,
    a_received_application,
    an_assessor,
    an_officer,
    assessed,
    days_later,
    scored,
)
from vliegwiel.support.grants.tests.test_pages import a_browser
from vliegwiel.support.grants.turn import turn_of
from vliegwiel.support.schemes.public import CallFacts, call_of

#: After the call has closed.
CLOSED = 120


def a_tender(
    *points: tuple[int, ...], ceiling: Money = Money.euros(50_000), apart: int = 0
) -> tuple[CallFacts, list[Application]]:
    """A tender with an application per row of points (in tenths), each 20,000 euros; the two assessors lie `apart` tenths apart."""
    call = a_call(TENDER, ceiling)
    files = []
    for number, row in enumerate(points):
        person = a_resident(f"tender{number}@voorbeeld.invalid")
        found = assessed(a_complete_application(call, person=person, title=f"Plan {number}"))
        scored(found, *row, by=an_assessor(1))
        files.append(scored(find(found.public_id), *[value - apart for value in row], by=an_assessor(2)))
    return call, files


def divided(call: CallFacts, by: Actor | None = None) -> Division:
    return divide_call(actor=by or an_officer(), call=call.id, seen=trial_hash(call_of(call.id), entrants_of(call_of(call.id))))


def titles(call: CallFacts, what_if: WhatIf | None = None) -> list[str]:
    made = rank(call_of(call.id), entrants_of(call), what_if, seed=seed_for(call))
    return [line.entrant.application.title for line in made.lines]


@pytest.mark.django_db
def test_the_best_plans_come_first_and_the_last_gets_what_is_left() -> None:
    call, _files = a_tender((70, 70, 70, 70), (90, 90, 90, 90), (80, 80, 80, 80))
    made = rank(call, entrants_of(call))
    assert [(line.entrant.application.title, line.outcome, line.amount.cents) for line in made.lines] == [
        ("Plan 1", "toegekend", 20_000_00),
        ("Plan 2", "toegekend", 20_000_00),
        ("Plan 0", "deels-toegekend", 10_000_00),
    ]
    assert made.line_after == 3
    assert made.free == Money(0)
    assert made.lines[-1].running == Money.euros(50_000)


@pytest.mark.django_db
def test_what_is_below_the_lowest_mark_is_refused_whatever_money_is_left() -> None:
    call, _files = a_tender((90, 90, 90, 90), (40, 80, 80, 80), (50, 50, 60, 60))
    made = rank(call, entrants_of(call))
    refused = {line.entrant.application.title: line.reasons[0].code for line in made.lines if line.outcome == "afgewezen"}
    assert refused == {"Plan 1": "below-criterion", "Plan 2": "below-total"}
    assert made.line_after is None


@pytest.mark.django_db
def test_who_is_advised_to_get_nothing_is_not_divided_and_stops_nobody() -> None:
    call, files = a_tender((90, 90, 90, 90), (80, 80, 80, 80))
    why = "De aanvrager begon al."
    advise_application(actor=an_officer(), application=files[0].public_id, outcome="refuse", amount=Money(0), motivation=why)
    made = rank(call, entrants_of(call))
    assert [line.entrant.application.title for line in made.lines] == ["Plan 1"]
    assert [found.title for found in made.others] == ["Plan 0"]


@pytest.mark.django_db
def test_what_nobody_scored_yet_is_open_on_the_page_and_not_refused() -> None:
    call, _files = a_tender((90, 90, 90, 90))
    a_complete_application(call, person=a_resident("nieuw@voorbeeld.invalid"), title="Nog te lezen")
    page = a_browser(an_officer()).get(f"/werk/openstellingen/{call.id}/rangschikking").content.decode()
    assert "nog niet beoordeeld" in page
    assert "afwijzen" not in page
    assert "Leg deze verdeling vast" not in page, "it is open, and not everything was scored"


@pytest.mark.django_db
def test_a_trial_shows_every_consequence_and_saves_nothing() -> None:
    call, files = a_tender((90, 60, 60, 60), (60, 90, 90, 90), (70, 70, 70, 70))
    before = list(Application.objects.values())
    assert titles(call)[0] == "Plan 1"
    other = WhatIf(
        weights={"nodig": Fraction(7, 10), "toekomst": Fraction(1, 10), "samen": Fraction(1, 10), "meedoen": Fraction(1, 10)}
    )
    assert titles(call, other)[0] == "Plan 0"
    small = rank(call, entrants_of(call), WhatIf(ceiling=Money.euros(20_000)))
    assert [line.amount for line in small.lines] == [Money.euros(20_000), Money(0), Money(0)]
    assert small.free == Money(0)
    less = rank(call, entrants_of(call), WhatIf(amounts={files[1].public_id: Money.euros(15_000)}))
    assert less.lines[0].amount == Money.euros(15_000)
    assert list(Application.objects.values()) == before
    assert not Division.objects.exists()


@pytest.mark.django_db
def test_weights_that_are_not_a_hundred_percent_and_more_than_is_asked_are_refused() -> None:
    call, files = a_tender((90, 90, 90, 90))
    with pytest.raises(NotValid):
        rank(call, entrants_of(call), WhatIf(weights={"nodig": Fraction(9, 10)}))
    with pytest.raises(NotValid):
        rank(call, entrants_of(call), WhatIf(amounts={files[0].public_id: Money.euros(20_001)}))


@pytest.mark.django_db
def test_equal_marks_are_decided_by_the_named_criterion_before_a_draw() -> None:
    call, _files = a_tender((60, 80, 70, 70), (80, 60, 70, 70))
    made = rank(call, entrants_of(call))
    assert [line.entrant.application.title for line in made.lines] == ["Plan 1", "Plan 0"]
    assert made.draws == ()


@pytest.mark.django_db
def test_what_is_still_equal_is_drawn_by_a_seed_that_was_published_after_closing_and_never_changes() -> None:
    call, _files = a_tender((80, 80, 80, 80), (80, 80, 80, 80), (80, 80, 80, 80), ceiling=Money.euros(40_000))
    with pytest.raises(NotNow):
        publish_seed(actor=an_officer(), call=call.id)
    with days_later(CLOSED):
        with pytest.raises(NotNow) as refused:
            divided(call)
        assert refused.value.code == "no-seed"
        assert not Division.objects.exists()
        seed = publish_seed(actor=an_officer(), call=call.id)
        assert publish_seed(actor=an_officer(2), call=call.id) == seed
        assert Seed.objects.count() == 1
        division = divided(call)
    assert division.seed == seed.value
    assert sorted(division.drawn[0]) == sorted(division.awards)
    again = rank(call_of(call.id), entrants_of(call), seed=seed.value)
    assert [line.entrant.application.public_id for line in again.lines] == division.order


@pytest.mark.django_db
def test_a_division_waits_for_every_judgement_and_names_the_files() -> None:
    call, files = a_tender((90, 90, 90, 90))
    late = assessed(a_complete_application(call, person=a_resident("half@voorbeeld.invalid"), title="Half"))
    scored(late, 80, 80, 80, 80, by=an_assessor(1))
    unseen = a_received_application(call, person=a_resident("nieuw@voorbeeld.invalid"), title="Nieuw")
    assert len(not_ready(entrants_of(call))) == 2
    with days_later(CLOSED), pytest.raises(NotNow) as refused:
        divided(call)
    assert {line.split(":")[0] for line in refused.value.details} == {late.number, unseen.number}
    assert not Division.objects.exists()
    assert find(files[0].public_id).state == "in_assessment"


@pytest.mark.django_db
def test_before_closing_nothing_is_divided() -> None:
    call, _files = a_tender((90, 90, 90, 90))
    with pytest.raises(NotNow) as refused:
        divided(call)
    assert refused.value.code == "open"


@pytest.mark.django_db
def test_what_changed_since_the_trial_was_seen_is_refused() -> None:
    call, files = a_tender((90, 90, 90, 90), (80, 80, 80, 80))
    with days_later(CLOSED):
        seen = trial_hash(call_of(call.id), entrants_of(call))
        Application.objects.filter(pk=files[1].pk).update(advised=10_000_00)
        with pytest.raises(NotNow) as refused:
            divide_call(actor=an_officer(), call=call.id, seen=seen)
    assert refused.value.code == "stale"
    assert not Division.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["adviescommissie", "gemeente", "controller"])
def test_who_may_not_decide_divides_nothing_and_the_trail_knows(role: str) -> None:
    call, _files = a_tender((90, 90, 90, 90))
    a_role(role, email=f"{role}@voorbeeld.invalid")
    actor = Actor("person", Person.objects.get(email=f"{role}@voorbeeld.invalid").public_id, province="PV99")
    with days_later(CLOSED), pytest.raises(NotAllowed):
        divided(call, by=actor)
    assert not Division.objects.exists()
    assert Entry.objects.filter(action="divide-call", result="geweigerd").count() == 1


@pytest.mark.django_db
def test_a_decision_follows_the_division_and_what_is_recorded_stays_readable() -> None:
    call, files = a_tender((90, 90, 90, 90), (70, 70, 70, 70), ceiling=Money.euros(20_000))
    with days_later(CLOSED):
        division = divided(call)
        assert call_of(call.id).state == "divided"
        shown = recorded(call_of(call.id), entrants_of(call), division)
        assert [line.outcome for line in shown.lines] == ["toegekend", "plafond-bereikt"]
        assert shown.lines[0].total == Fraction(9)
        assert turn_of(find(files[0].public_id), Money.euros(20_000))
        assert not turn_of(find(files[1].public_id), Money.euros(5_000))


@pytest.mark.django_db
def test_the_page_shows_the_line_and_keeps_a_trial_in_its_address() -> None:
    call, files = a_tender((90, 90, 90, 90), (70, 70, 70, 70), (70, 70, 70, 72), ceiling=Money.euros(30_000), apart=18)
    client = a_browser(an_officer())
    with days_later(CLOSED):
        address = f"/werk/openstellingen/{call.id}/rangschikking"
        page = client.get(address).content.decode()
        assert "Plafond van €\u00a030.000,00 bereikt" in page
        assert "1,8 punten verschil" in page
        assert "Leg deze verdeling vast" in page
        trial = client.get(address, {"plafond": "60.000", "aanvraag": files[1].public_id}).content.decode()
        assert "Dit is een proef" in trial
        assert "Leg deze verdeling vast" not in trial
        assert "bereikt" not in trial
        wrong = client.get(address, {"gewicht-nodig": "90"}).content.decode()
        assert "geen 100 procent" in wrong
        listed = client.get(f"{address}/lijst").content.decode().splitlines()
        assert len(listed) == 4
        assert listed[0].startswith("plaats,nummer,titel")
        seen = trial_hash(call_of(call.id), entrants_of(call))
        assert client.post(address, {"daad": "verdeel", "gezien": seen}).status_code == 302
        assert "Verdeeld op" in client.get(address).content.decode()


@pytest.mark.django_db
def test_the_workbench_asks_the_database_no_more_for_many_than_for_few(django_assert_max_num_queries: object) -> None:
    call, _files = a_tender((90, 90, 90, 90), (80, 80, 80, 80), (70, 70, 70, 70))
    with django_assert_max_num_queries(12):
        rank(call, entrants_of(call))


@pytest.mark.django_db
def test_many_applications_come_in_parts_and_the_part_with_the_line_opens_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vliegwiel.support.grants.pages.bench.page.PAGE", 2)
    call, files = a_tender((90, 90, 90, 90), (80, 80, 80, 80), (70, 70, 70, 70), (60, 60, 60, 60), (55, 55, 55, 55))
    path = f"/werk/openstellingen/{call.id}/rangschikking"
    browser = a_browser(an_officer())
    first, last = browser.get(path).content.decode(), browser.get(f"{path}?pagina=3").content.decode()
    assert "Plafond van" in first
    assert "Plan 2</a>" in first
    assert "Plan 0</a>" not in first, "the line lies in the second part"
    assert "Plan 4</a>" in last
    opened = browser.get(f"{path}?aanvraag={files[0].public_id}").content.decode()
    assert "Plan 0</a>" in opened, "an opened row shows its own part"
    assert browser.get(f"{path}?pagina=99").status_code == 200


@pytest.mark.django_db
def test_a_revised_score_is_seen_at_once_on_the_workbench() -> None:
    call, files = a_tender((90, 90, 90, 90), (60, 60, 60, 60))
    path = f"/werk/openstellingen/{call.id}/rangschikking"
    browser = a_browser(an_officer())
    assert "9,00" in browser.get(path).content.decode()
    scored(find(files[0].public_id), 50, 50, 50, 50, by=an_assessor(1), why="Het stuk over beheer las ik verkeerd.")
    assert "7,00" in browser.get(path).content.decode()
