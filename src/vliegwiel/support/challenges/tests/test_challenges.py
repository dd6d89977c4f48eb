"""Residents challenge an authority; it answers by its own rules, ground by ground, and everyone can read how it went."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.public import preview
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges.actions.answer_challenge import agree_challenge, try_challenge
from vliegwiel.support.challenges.actions.judge_challenge import (
    Judged,
    ask_challengers,
    extend_challenge,
    forward_challenge,
    judge_challenge,
)
from vliegwiel.support.challenges.actions.leave_challenges import discard_old_drafts, leave_challenges
from vliegwiel.support.challenges.actions.talk_about_it import plan_talk, report_talk
from vliegwiel.support.challenges.actions.write_challenge import (
    add_to_challenge,
    send_challenge,
    start_challenge,
    withdraw_challenge,
)
from vliegwiel.support.challenges.contributes import PAPERS, desk_links
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.retention import HOLDINGS, RULES
from vliegwiel.support.challenges.standing import find
from vliegwiel.support.challenges.terms import answer_for
from vliegwiel.support.challenges.tests.given import (
    BACK,
    OTHER_TOWN,
    REASONS,
    a_challenge,
    a_challenger,
    all_met,
    an_officer,
    an_upload,
    the_rules,
    told,
    weigh_all,
)
from vliegwiel.support.challenges.waiting import waiting
from vliegwiel.support.desk.retention import HOLDINGS as DESK_HOLDINGS
from vliegwiel.support.desk.tests.given import VISITOR, an_adviser, an_enquiry
from vliegwiel.support.desk.tests.test_pages import browser, text

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def test_the_last_day_follows_from_the_rules_of_the_authority_and_says_which_article() -> None:
    the_rules()
    found = a_challenge()
    assert found.due_on == date(2026, 4, 27)  # a holiday stays: the ordinance does not declare the Algemene termijnenwet
    why = answer_for(found).why
    assert "Verzonnen participatieverordening, artikel 7" in why
    assert "8 weken" in why
    assert "Awb" not in why


def test_an_ordinance_that_declares_the_termijnenwet_moves_the_last_day_to_a_working_day() -> None:
    the_rules(like_act=True)
    assert a_challenge().due_on == date(2026, 4, 28)  # King's Day is no working day


def test_without_rules_no_last_day_is_made_up() -> None:
    found = a_challenge()
    assert found.due_on is None
    assert "geen laatste dag" in answer_for(found).why
    assert "Er is geen laatste dag" in text(Client(), found.path)
    with pytest.raises(NotNow):
        extend_challenge(actor=an_officer(), challenge=found.public_id, until=date(2026, 5, 1), why="Druk")


def test_rules_count_from_their_first_day_and_what_was_received_before_keeps_its_own() -> None:
    the_rules()
    found = a_challenge()
    the_rules(first_day=date(2026, 3, 3), weeks=4)
    assert find(found.public_id).due_on == date(2026, 4, 27)
    with clock.at(MONDAY + timedelta(days=1)):
        assert a_challenge().due_on == date(2026, 3, 31)
    with pytest.raises(NotNow):
        the_rules(first_day=date(2026, 3, 3))


@pytest.mark.parametrize(("stands_still", "due"), [(True, date(2026, 5, 6)), (False, date(2026, 4, 27))])
def test_a_question_stops_the_time_only_when_the_rules_say_so(stands_still: bool, due: date) -> None:
    the_rules(stands_still=stands_still)
    found = a_challenge(State.WAITING)
    assert answer_for(found).stands_still is stands_still
    with clock.at(MONDAY + timedelta(days=10)):
        add_to_challenge(actor=a_challenger(), challenge=found.public_id, text="Twaalf bomen.")
    assert (find(found.public_id).due_on, find(found.public_id).stands) == (due, State.SENT)


def test_a_later_day_is_named_once_with_a_reason_and_no_later_than_the_rules_allow() -> None:
    the_rules()
    found = a_challenge()
    by: dict[str, Any] = {"actor": an_officer(), "challenge": found.public_id}
    for until, why in ((date(2026, 4, 27), "Druk"), (date(2026, 5, 26), "Druk"), (date(2026, 5, 11), " ")):
        with pytest.raises(NotValid):
            extend_challenge(**by, until=until, why=why)
    extend_challenge(**by, until=date(2026, 5, 25), why="De raad vergadert later.")
    assert find(found.public_id).due_on == date(2026, 5, 25)
    with pytest.raises(NotNow):
        extend_challenge(**by, until=date(2026, 6, 1), why="Nog later")


def test_who_is_not_the_right_authority_forwards_and_there_the_time_begins_anew() -> None:
    the_rules()
    other = an_officer(OTHER_TOWN)
    the_rules(other, weeks=6)
    found = a_challenge()
    with clock.at(MONDAY + timedelta(days=3)):
        forward_challenge(
            actor=an_officer(), challenge=found.public_id, organisation=other.organisation, why="De straat ligt in Elders."
        )
    moved = find(found.public_id)
    assert (moved.organisation_name, moved.received_on, moved.sent_on) == (OTHER_TOWN, date(2026, 3, 5), date(2026, 3, 2))
    assert moved.due_on == date(2026, 4, 16)
    with pytest.raises(NotAllowed):
        judge_challenge(actor=an_officer(), challenge=found.public_id, judged=all_met(moved))
    assert Notice.objects.filter(person__public_id=other.id, about_id=found.public_id).count() == 1
    assert "De straat ligt in Elders." in Notice.objects.get(moment__startswith="forwarded").body


def test_each_ground_gets_an_answer_and_one_that_is_not_met_a_reason_that_everyone_reads() -> None:
    the_rules(grounds=("taak", "groep"))
    found = a_challenge()
    by: dict[str, Any] = {"actor": an_officer(), "challenge": found.public_id}
    with pytest.raises(NotValid) as refusal:
        judge_challenge(**by, judged={"taak": Judged(False)})
    assert len(refusal.value.details) == 2
    judge_challenge(**by, judged={"taak": Judged(False, "Het waterschap doet dit."), "groep": Judged(True)})
    done = find(found.public_id)
    assert done.stands is State.INADMISSIBLE
    page = text(Client(), done.path)
    assert "Deze overheid doet deze taak niet. Het waterschap doet dit." in page
    assert done.grounds.count() == 2


def test_an_agreement_asks_weighing_a_way_back_a_day_and_a_paper_and_stays_a_draft_of_nothing_without() -> None:
    the_rules()
    found = a_challenge()
    officer = an_officer()
    judge_challenge(actor=officer, challenge=found.public_id, judged=all_met(found))
    by: dict[str, Any] = {"actor": officer, "challenge": found.public_id}
    good: dict[str, Any] = {"agreed_on": date(2026, 3, 2), "reasons": REASONS, "way_back": BACK}
    with pytest.raises(NotValid) as refusal:
        agree_challenge(**by, **good, upload=an_upload())
    assert refusal.value.code == "not-weighed"
    weigh_all(officer, found.public_id)
    for wrong in ({"agreed_on": date(2026, 3, 3)}, {"agreed_on": date(2026, 3, 1)}, {"reasons": ""}, {"way_back": " "}):
        with pytest.raises(NotValid):
            agree_challenge(**by, **{**good, **wrong}, upload=an_upload())
    with pytest.raises(NotValid):
        agree_challenge(**by, **good, upload=an_upload("afspraak.txt"))
    agree_challenge(**by, **good, upload=an_upload())
    done = find(found.public_id)
    assert (done.stands, done.agreed_on, bool(done.paper)) == (State.AGREED, date(2026, 3, 2), True)
    assert browser(a_challenger()).get(f"/stukken/{done.paper}").status_code == 200
    assert Client().get(f"/stukken/{done.paper}").status_code != 200
    assert "Als de inwoners stoppen" in text(Client(), done.path)


def test_a_trial_may_become_an_agreement() -> None:
    found = a_challenge(State.TRIAL)
    agree_challenge(
        actor=an_officer(),
        challenge=found.public_id,
        agreed_on=date(2026, 3, 2),
        upload=an_upload(),
        reasons=REASONS,
        way_back=BACK,
    )
    assert (find(found.public_id).stands, find(found.public_id).until) == (State.AGREED, None)


@pytest.mark.parametrize("days", [0, 3 * 366 + 1])
def test_a_trial_has_an_end_that_is_near_enough(days: int) -> None:
    found = a_challenge(State.ADMITTED)
    with pytest.raises(NotValid):
        try_challenge(
            actor=an_officer(),
            challenge=found.public_id,
            until=clock.today() + timedelta(days=days),
            reasons=REASONS,
            way_back=BACK,
        )


def test_a_talk_is_reported_once_and_not_before_it_was() -> None:
    found = a_challenge(State.ADMITTED)
    by: dict[str, Any] = {"actor": an_officer(), "challenge": found.public_id}
    talk = plan_talk(**by, kind="bijeenkomst", on=date(2026, 3, 9), about="Met de straat")
    with pytest.raises(NotNow):
        report_talk(**by, talk=talk.public_id, outcome="Goed gesprek.")
    with clock.at(MONDAY + timedelta(days=7)):
        report_talk(**by, talk=talk.public_id, outcome="De straat wil het graag.")
        with pytest.raises(NotNow):
            report_talk(**by, talk=talk.public_id, outcome="Nog eens.")
    assert "De straat wil het graag." in text(Client(), found.path)


def test_what_waits_stands_on_the_list_of_work_and_reminders_go_once() -> None:
    the_rules()
    found = a_challenge()
    assert next((item.count, item.first) for item in waiting(an_officer())) == (1, date(2026, 4, 27))
    with clock.at(datetime(2026, 4, 13, 9, tzinfo=UTC)):
        due = [item for item in preview(PROVINCE, days=0) if item.reminder.key == "challenge-due"]
        assert [(item.due.person, item.waits) for item in due] == [(an_officer().id, "")]
    ask_challengers(actor=an_officer(), challenge=found.public_id, text="Hoeveel bomen?")
    assert [item.count for item in waiting(a_challenger())] == [1]
    with clock.at(datetime(2026, 4, 13, 9, tzinfo=UTC)):
        due = [item for item in preview(PROVINCE, days=0) if item.reminder.key == "challenge-due"]
        assert due[0].waits
        silent = [item for item in preview(PROVINCE, days=0) if item.reminder.key == "challenge-silent"]
        assert [item.due.person for item in silent] == []  # that day is long gone
    with clock.at(datetime(2026, 3, 12, 9, tzinfo=UTC)):
        silent = [item for item in preview(PROVINCE, days=0) if item.reminder.key == "challenge-silent"]
        assert [item.due.person for item in silent] == [a_challenger().id]


def test_an_adviser_writes_with_who_has_no_account_and_the_desk_brings_the_messages() -> None:
    the_rules()
    asked, adviser = an_enquiry("Wij willen het groen overnemen.", kind="overnemen"), an_adviser()
    assert [link.path for link in desk_links(adviser, "overnemen", asked.public_id, True)] == [
        f"/mijn/uitdagingen/nieuw?vraag={asked.public_id}"
    ]
    client = browser(adviser)
    assert f"/mijn/uitdagingen/nieuw?vraag={asked.public_id}" in text(client, f"/werk/loket/{asked.number}")
    with pytest.raises(NotAllowed):
        start_challenge(actor=an_adviser(4, "Jongerenhuis Misschien"), province=PROVINCE, told=told(), enquiry=asked.public_id)
    made = start_challenge(actor=adviser, province=PROVINCE, told=told(), enquiry=asked.public_id)
    send_challenge(actor=adviser, challenge=made.public_id)
    assert made.person == ""
    assert "is verstuurd" in OutgoingMail.objects.filter(recipient="bewoner@voorbeeld.invalid").latest("pk").subject
    assert [link.path for link in desk_links(VISITOR, "overnemen", "", False)] == ["/uitdagingen"]
    assert not list(desk_links(VISITOR, "geld", "", False))


def test_when_an_account_goes_the_name_goes_and_drafts_go_after_a_year() -> None:
    found, draft, agreed = a_challenge(), a_challenge(State.DRAFT), a_challenge(State.AGREED)
    leave_challenges(actor=SYSTEM, person=a_challenger().id, email="uitdager@voorbeeld.invalid")
    assert (find(found.public_id).stands, find(found.public_id).name, find(found.public_id).person) == (State.WITHDRAWN, "", "")
    assert find(agreed.public_id).stands is State.AGREED
    assert not Challenge.objects.filter(pk=draft.pk).exists()
    old = a_challenge(State.DRAFT)
    with clock.at(MONDAY + timedelta(days=364)):
        assert discard_old_drafts(actor=SYSTEM) == 0
    with clock.at(MONDAY + timedelta(days=367)):
        assert discard_old_drafts(actor=SYSTEM) == 1
    assert not Challenge.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": "bestaatniet2"},
        {"title": " "},
        {"task": ""},
        {"task": "x" * 4_001},
        {"people": 0},
        {"cost_from": ""},
        {"cost": Money(-1)},
    ],
)
def test_a_challenge_that_cannot_be_is_refused_and_keeps_nothing(wrong: dict[str, Any]) -> None:
    an_officer()
    with pytest.raises(NotValid):
        a_challenge(State.DRAFT, **wrong)
    assert not Challenge.objects.exists()


def test_what_lacks_is_named_all_at_once_when_it_is_sent() -> None:
    draft = a_challenge(State.DRAFT, better="", behind="", name="")
    with pytest.raises(NotValid) as refusal:
        send_challenge(actor=a_challenger(), challenge=draft.public_id)
    assert len(refusal.value.details) == 3


def test_the_database_itself_asks_reasons_and_a_paper() -> None:
    found = a_challenge(State.ADMITTED)
    for wrong in (
        {"state": "refused", "decided_on": date(2026, 3, 2)},
        {"state": "agreed", "decided_on": date(2026, 3, 2), "reasons": "Ja", "agreed_on": date(2026, 3, 2)},
        {"state": "trial", "decided_on": date(2026, 3, 2), "reasons": "Ja"},
        {"cents": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Challenge.objects.filter(pk=found.pk).update(**wrong)


def test_a_challenge_that_ended_may_go_after_its_term_and_leaves_nothing_and_a_running_one_stays() -> None:
    ended, running = a_challenge(State.ENDED), a_challenge(State.AGREED)
    rule, holding = RULES[0], HOLDINGS[0]
    assert [item.number for item in rule.ended(PROVINCE, "challenge", clock.today())] == [ended.number]
    assert rule.find(str(running.number)) == (running.public_id, PROVINCE)
    assert rule.ended_one(running.public_id) is None
    about = frozenset({("challenge", ended.public_id)})
    holding.destroy(about, holding.rows(about))
    assert list(Challenge.objects.all()) == [running]


def test_when_the_question_at_the_desk_is_destroyed_the_authority_goes_on_and_nobody_is_told() -> None:
    officer, asked, adviser = an_officer(), an_enquiry("Wij willen het groen overnemen.", kind="overnemen"), an_adviser()
    made = start_challenge(actor=adviser, province=PROVINCE, told=told(), enquiry=asked.public_id)
    send_challenge(actor=adviser, challenge=made.public_id)
    desk, about = DESK_HOLDINGS[0], frozenset({("enquiry", asked.public_id)})
    desk.destroy(about, desk.rows(about))
    with pytest.raises(NotAllowed):
        withdraw_challenge(actor=adviser, challenge=made.public_id)
    done = judge_challenge(actor=officer, challenge=made.public_id, judged=all_met(find(made.public_id)))
    assert done.stands is State.ADMITTED
    assert PAPERS[0].may_read(officer, made.public_id)


def test_of_two_who_judge_at_once_the_second_hears_that_the_first_did(monkeypatch: pytest.MonkeyPatch) -> None:
    found, officer = a_challenge(), an_officer()
    read = find(found.public_id)
    judge_challenge(actor=officer, challenge=found.public_id, judged=all_met(found))
    monkeypatch.setattr("vliegwiel.support.challenges.actions.judge_challenge.find", lambda _name: read)
    with pytest.raises(NotNow) as refusal:
        judge_challenge(actor=officer, challenge=found.public_id, judged=all_met(found))
    assert refusal.value.code == "stale"
    assert find(found.public_id).grounds.count() == len(all_met(found))


@pytest.mark.parametrize("wrong", [{"least": 30_001}, {"least": -1}, {"weeks": 0}, {"later": 53}, {"grounds": ()}])
def test_rules_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        the_rules(**wrong)


def test_who_withdraws_gives_a_reason_without_anybody_in_it() -> None:
    found = a_challenge()
    with pytest.raises(NotValid):
        withdraw_challenge(actor=a_challenger(), challenge=found.public_id, why="Bel de buurman op 06-12345678.")
    assert find(found.public_id).stands is State.SENT
