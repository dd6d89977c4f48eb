"""A call opens and closes by the clock, as it was announced, and nobody gets in a second late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.consents.public import Silence
from vliegwiel.support.schemes.actions.move_call import mark_decided, mark_divided, move_by_clock
from vliegwiel.support.schemes.actions.plan_call import announce_call, change_call, drop_call
from vliegwiel.support.schemes.models import Call
from vliegwiel.support.schemes.public import call_of, calls_in, check, demand_open, open_calls, regulation_of, silence_of
from vliegwiel.support.schemes.tasks import move_calls
from vliegwiel.support.schemes.tests.given import (
    PROVINCE,
    a_planned_call,
    a_version_in_force,
    an_officer,
    an_open_call,
)

pytestmark = pytest.mark.django_db
CLOCK = Actor.system("job")


def test_other_rooms_read_a_call_with_its_rules_typed() -> None:
    found = an_open_call()
    assert found.state == "open"
    assert (found.rules.term.weeks, found.rules.term.source) == (13, "verordening")
    assert found.rules.arrangement_for(Money.euros(25_000)).key == "activity_report"
    assert found.path == f"/regelingen/{found.scheme}"
    assert regulation_of(found.version).hash == found.regulation_hash
    assert [call.id for call in open_calls(PROVINCE)] == [found.id]
    assert open_calls("PV25") == []
    with pytest.raises(NotFound):
        call_of("bestaatniet1")


def test_facts_are_checked_by_the_rules_of_the_call() -> None:
    found = an_open_call()
    facts = {"aanvrager": "groep", "aantal_inwoners": 4, "kosten": Money.euros(20_000), "gevraagd": Money.euros(15_000)}
    outcome = check(found.id, facts)
    assert outcome.verdict.answer is Answer.NO
    assert [reason.code for reason in outcome.reasons] == ["genoeg-inwoners"]
    assert check(found.version, {}).verdict.answer is Answer.UNKNOWN


def test_what_silence_means_is_said_in_the_words_of_consents() -> None:
    consent = {"silence": "for_a_person", "term_weeks": 4, "article": "5"}
    found = an_open_call(consent=consent)
    assert found.rules.consent is not None
    assert silence_of(found.rules.consent) is Silence.OPEN


def test_a_call_opens_and_closes_by_the_clock_once() -> None:
    call = a_planned_call()
    announce_call(actor=an_officer(), call=call.public_id)
    assert call_of(call.public_id).state == "announced"
    with clock.at(call.opens_at):
        assert call_of(call.public_id).state == "open", "also before any worker wrote it down"
        assert (move_calls.call(), move_calls.call()) == (1, 0)
    with clock.at(call.closes_at + timedelta(seconds=1)):
        assert call_of(call.public_id).state == "closed"
        assert (move_by_clock(actor=CLOCK), move_by_clock(actor=CLOCK)) == (1, 0)
    written = Entry.objects.filter(object_id=call.public_id, action__in=["open-call", "close-call"])
    assert sorted(written.values_list("action", flat=True)) == ["close-call", "open-call"]


def test_a_worker_that_slept_through_the_whole_period_still_closes_it() -> None:
    call = a_planned_call()
    announce_call(actor=an_officer(), call=call.public_id)
    with clock.at(call.closes_at + timedelta(days=3)):
        assert move_by_clock(actor=CLOCK) == 2
        assert call_of(call.public_id).state == "closed"


def test_the_closing_bell_refuses_what_comes_a_second_late() -> None:
    found = an_open_call()
    assert demand_open(found.id, found.closes_at).id == found.id
    with pytest.raises(NotNow, match="te laat") as late:
        demand_open(found.id, found.closes_at + timedelta(seconds=1))
    assert late.value.code == "closed"
    closed = found.closes_at.astimezone(clock.AMSTERDAM)
    assert f"{closed:%H.%M}.01 uur" in late.value.message
    with pytest.raises(NotNow, match="gaat open op") as early:
        demand_open(found.id, found.opens_at - timedelta(seconds=1))
    assert early.value.code == "not-open-yet"


def test_who_looks_a_week_later_hears_only_that_it_is_over() -> None:
    found = an_open_call()
    with pytest.raises(NotNow, match="Aanvragen kan niet meer"):
        demand_open(found.id, found.closes_at + timedelta(days=7))


def test_a_call_that_was_not_announced_takes_nothing_even_in_its_period() -> None:
    call = a_planned_call()
    with pytest.raises(NotNow):
        demand_open(call.public_id, call.opens_at + timedelta(days=1))


def _refused(call: Call, words: str) -> None:
    before = Call.objects.filter(pk=call.pk).values().get()
    with pytest.raises(NotValid) as refusal:
        announce_call(actor=an_officer(), call=call.public_id)
    assert any(words in line for line in refusal.value.details), refusal.value.details
    assert Call.objects.filter(pk=call.pk).values().get() == before
    entry = Entry.objects.filter(action="announce-call", object_id=call.public_id).latest("pk")
    assert (entry.result, entry.reason) == ("geweigerd", "not-ready")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ceiling": ""}, "Zonder plafond"),
        ({"decision_number": ""}, "nummer van het vaststellingsbesluit"),
        ({"decision_date": None}, "datum van het vaststellingsbesluit"),
        ({"publication": ""}, "waar plafond en verdeling"),
        ({"published_on": None}, "op welke dag plafond en verdeling"),
    ],
)
def test_a_call_without_what_the_law_asks_is_not_announced(facts: dict[str, Any], words: str) -> None:
    call = a_planned_call()
    changed = change_call(actor=an_officer(), call=call.public_id, revision=1, **facts)
    _refused(changed, words)


def test_announcing_goes_before_the_period_and_after_the_decision() -> None:
    call = a_planned_call()
    with clock.at(call.opens_at):
        _refused(call, "bekendmaken gaat vooraf")
    first = clock.legal_date(call.opens_at)
    late = change_call(actor=an_officer(), call=call.public_id, revision=1, published_on=first)
    _refused(late, "vóór de eerste dag")
    turned = change_call(
        actor=an_officer(),
        call=call.public_id,
        revision=2,
        published_on=clock.today(),
        decision_date=clock.today() + timedelta(days=1),
    )
    _refused(turned, "na de bekendmaking")


def test_the_period_of_a_call_lies_within_that_of_its_ceiling() -> None:
    call = a_planned_call(closes_at=clock.now() + timedelta(days=400))
    _refused(call, "De openstelling hoort daarin te vallen")


def test_a_ceiling_of_another_province_or_that_is_no_part_is_refused() -> None:
    call, actor = a_planned_call(), an_officer()
    elsewhere = a_ceiling(province="PV25")
    for facts in ({"ceiling": elsewhere.id}, {"parts": [a_ceiling().id]}):
        with pytest.raises(NotValid) as refusal:
            change_call(actor=actor, call=call.public_id, revision=1, **facts)
        assert refusal.value.code == "ceiling"


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, call: change_call(actor=actor, call=call.public_id, revision=call.revision, name="Anders"),
        lambda actor, call: announce_call(actor=actor, call=call.public_id),
        lambda actor, call: drop_call(actor=actor, call=call.public_id),
    ],
)
def test_what_was_announced_never_changes(act: Callable[[Actor, Call], object]) -> None:
    call, actor = a_planned_call(), an_officer()
    announce_call(actor=actor, call=call.public_id)
    call.refresh_from_db()
    before = Call.objects.filter(pk=call.pk).values().get()
    with pytest.raises(NotNow):
        act(actor, call)
    assert Call.objects.filter(pk=call.pk).values().get() == before


def test_who_saves_an_older_form_is_told_so() -> None:
    call, actor = a_planned_call(), an_officer()
    change_call(actor=actor, call=call.public_id, revision=1, name="Eerst")
    with pytest.raises(NotNow) as refusal:
        change_call(actor=actor, call=call.public_id, revision=1, name="Later")
    assert refusal.value.code == "stale"
    assert Call.objects.get(pk=call.pk).name == "Eerst"


def test_a_tender_needs_criteria_and_a_scheme_may_limit_how_to_divide() -> None:
    without = a_version_in_force(criteria=None)
    with pytest.raises(NotValid, match="criteria"):
        a_planned_call(without, method="tender")
    with pytest.raises(NotValid, match="laat dat niet toe"):
        a_planned_call(without, method="lottery")


def test_a_call_runs_on_the_version_of_its_first_day() -> None:
    version = a_version_in_force()
    call = a_planned_call(version)
    assert call.version_id == version.pk
    with pytest.raises(NotNow, match="geldt er geen versie"):
        change_call(actor=an_officer(), call=call.public_id, revision=1, opens_at=datetime(2001, 1, 1, tzinfo=clock.AMSTERDAM))


def test_dividing_and_deciding_come_after_closing_and_once() -> None:
    found, actor = an_open_call(), an_officer()
    with pytest.raises(NotNow):
        mark_divided(actor=actor, call=found.id)
    with clock.at(found.closes_at + timedelta(seconds=1)):
        mark_divided(actor=actor, call=found.id)
        mark_divided(actor=actor, call=found.id)
        assert call_of(found.id).state == "divided"
        mark_decided(actor=actor, call=found.id)
        mark_decided(actor=actor, call=found.id)
        assert call_of(found.id).state == "decided"
    assert Entry.objects.filter(object_id=found.id, action="mark-divided", result="gedaan").count() == 1


def test_a_planned_call_is_for_who_works_here_and_can_be_taken_away() -> None:
    call = a_planned_call()
    assert open_calls(PROVINCE) == []
    assert [item.state for item in calls_in(PROVINCE)] == ["planned"]
    drop_call(actor=an_officer(), call=call.public_id)
    assert calls_in(PROVINCE) == []
