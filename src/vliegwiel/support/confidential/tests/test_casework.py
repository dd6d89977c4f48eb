"""What a team does: minimal data, signals to the right party, work that never lies with nobody, access, counts and retention."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vliegwiel.catalogue.confidential import purposes, rules_on
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.people.waiting import waiting_for
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.foundation.trail.queries import verify
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.confidential.actions import answer_access
from vliegwiel.support.confidential.actions.follow_signal import hand_signal_over, note_party_answer, note_signal
from vliegwiel.support.confidential.actions.judge_retention import destroy_confidential, keep_confidential, propose_end
from vliegwiel.support.confidential.actions.keep_team import add_team_member, end_team_member
from vliegwiel.support.confidential.actions.publish_counts import publish_counts
from vliegwiel.support.confidential.actions.read_case import read_case
from vliegwiel.support.confidential.actions.take_steps import close_confidential
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.models import CaseSignal, ConfidentialCase, ConfidentialCount, DestroyedCase, SignalHandover
from vliegwiel.support.confidential.queries import heap_of
from vliegwiel.support.confidential.rules import told
from vliegwiel.support.confidential.standing import finish, visible_to
from vliegwiel.support.confidential.tests.given import (
    AFTERWARDS,
    SECRET,
    a_case,
    a_member,
    a_signal,
    a_team,
    handed_over,
    someone,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zijn nummer is 111222333.", "personal"),
        ("Bel 06-12345678.", "personal"),
        ("Schrijf naar iemand@voorbeeld.nl.", "personal"),
        ("Daar woont mevrouw Jansen.", "personal"),
        ("Daar woont dhr. van der Berg.", "personal"),
        ("Daar woont mw ’t Hooft.", "personal"),
        ("De man die daar woont is verslaafd.", "health"),
    ],
)
def test_what_points_at_one_person_is_refused_everywhere_and_health_is_warned_about(text: str, code: str) -> None:
    found = a_case()
    before = snapshot("confidential")
    with pytest.raises(NotValid) as refused:
        note_signal(actor=a_member(), case=found.public_id, what=text, seen_by="resident", seen_on=clock.today())
    assert refused.value.code == code
    with pytest.raises(NotValid):
        a_case(title=text[:80])
    with pytest.raises(NotValid):
        close_confidential(actor=a_member(), case=found.public_id, outcome="solved", reason=text)
    assert snapshot("confidential") == before
    again = {"actor": a_member(), "case": found.public_id, "what": text, "seen_by": "resident", "seen_on": clock.today()}
    if code == "health":
        note_signal(**again, looked_again=True)
        assert CaseSignal.objects.get().what == text
    else:
        with pytest.raises(NotValid):
            note_signal(**again, looked_again=True)


def test_a_case_about_a_group_has_no_address_and_about_a_building_has_one() -> None:
    for facts in (
        {"kind": "young"},
        {"kind": "empty", "address": ""},
        {"kind": "bestaat-niet"},
        {"municipality": "GM0001"},
        {"title": " "},
    ):
        with pytest.raises(NotValid):
            a_case(**facts)
    assert a_case(kind="young", address="", place_name="De Pas", title="Jongeren bij het station").about == "group"


def test_a_signal_goes_to_a_party_with_purpose_and_basis_of_that_day_and_what_was_shared_is_kept_for_good() -> None:
    found = a_case()
    signal = a_signal(found)
    handed = handed_over(found, signal)
    party = rules_on(clock.today()).party("fire-brigade")
    assert party is not None
    assert (handed.purpose, handed.basis, handed.rules_from) == (party.purpose, party.basis, date(2026, 1, 1))
    assert handed.answer_due == clock.today() + timedelta(days=7)
    with pytest.raises(NotNow):
        handed_over(found, signal)
    note_party_answer(actor=a_member(), case=found.public_id, handover=handed.public_id, answer="Zij maakten de deur dicht.")
    with pytest.raises(NotNow):
        note_party_answer(actor=a_member(), case=found.public_id, handover=handed.public_id, answer="Iets anders.")
    assert SignalHandover.objects.get().text == handed.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"party": "school-support", "shared": ["group"]}, "no-party"),
        ({"party": "wie-dan-ook"}, "no-party"),
        ({"shared": ["address", "wish"]}, "may-not-share"),
        ({"shared": []}, "nothing-shared"),
        ({"text": " "}, "nothing-shared"),
        ({"text": "Bel mevrouw Jansen."}, "personal"),
        ({"text": "Daar woont iemand met een depressie."}, "health"),
        ({"party": "local-team", "shared": ["wish"]}, "no-agreement"),
    ],
)
def test_nothing_goes_to_a_party_that_it_may_not_have(changes: dict[str, Any], code: str) -> None:
    found = a_case()
    signal = a_signal(found)
    before = snapshot("confidential")
    with pytest.raises(NotValid) as refused:
        handed_over(found, signal, **changes)
    assert refused.value.code == code
    assert snapshot("confidential") == before
    if code == "no-agreement":
        assert handed_over(found, signal, **changes, agreed=True).agreed


def test_reading_asks_why_and_each_read_is_in_the_trail_with_that_purpose() -> None:
    found, client = a_case(), browser(a_member(2))
    path = f"/werk/vertrouwelijk/{found.public_id}"
    page = client.get(path).content.decode()
    assert "Waarvoor opent u deze zaak?" in page
    assert SECRET not in page
    assert not Entry.objects.filter(action="read-case").exists()
    assert client.post(path, {"doe": "openen", "waarvoor": "nieuwsgierig"}).status_code == 400
    client.post(path, {"doe": "openen", "waarvoor": "follow-signal"})
    for part in ("zaak", "signalen"):
        assert SECRET in client.get(f"{path}/{part}").content.decode()
    read = Entry.objects.filter(action="read-case", result="gelezen")
    assert [entry.facts for entry in read] == [{"purpose": "follow-signal"}] * 2
    shown = client.get(f"{path}/inzien").content.decode()
    assert purposes()["follow-signal"] in shown
    with pytest.raises(NotValid):
        read_case(actor=a_member(), case=found.public_id, purpose="")
    assert verify().broken == ""


def test_seeing_the_list_is_a_read_too() -> None:
    a_case()
    assert SECRET in browser(a_member(2)).get("/werk/vertrouwelijk").content.decode()
    assert Entry.objects.get(action="list-confidential").facts == {"rows": 1}


def test_a_member_who_leaves_hands_the_cases_over_within_the_team() -> None:
    found, team = a_case(), a_team()
    stranger = someone("gemeente")
    with pytest.raises(NotValid):
        end_team_member(actor=a_member(), team=team.public_id, person=a_member().id, to=stranger.id)
    assert end_team_member(actor=a_member(), team=team.public_id, person=a_member().id, to=a_member(2).id) == 1
    found.refresh_from_db()
    assert (found.keeper, found.revision) == (a_member(2).id, 2)
    assert not visible_to(a_member()).exists()


def test_a_case_of_someone_whose_role_ended_waits_for_the_team() -> None:
    found = a_case()
    withdraw_role(actor=SYSTEM, role=Role.objects.get(person__public_id=a_member().id, kind="vertrouwelijk").public_id)
    other = Actor("person", *_ids(2), province=PROVINCE)
    assert heap_of(other, "niemand") == [found]
    assert [item.count for item in waiting_for(other) if "niemand" in item.name] == [1]


def _ids(number: int) -> tuple[str, str]:
    member = a_member(number)
    return member.id, member.organisation


def test_when_nobody_is_left_the_coordinator_hears_that_there_is_work_and_nothing_else() -> None:
    found, team, coordinator = a_case(), a_team(), someone("teamcoordinator")
    end_team_member(actor=coordinator, team=team.public_id, person=a_member(2).id)
    assert not [item for item in waiting_for(coordinator) if "team" in item.name]
    end_team_member(actor=coordinator, team=team.public_id, person=a_member().id)
    waits = [item for item in waiting_for(coordinator) if "team" in item.name]
    assert [(item.count, item.path) for item in waits] == [(1, "/werk/vertrouwelijke-teams")]
    notice = Notice.objects.get(moment__startswith="empty-")
    page = browser(coordinator).get("/werk/vertrouwelijke-teams").content.decode()
    assert "Er ligt werk, en er is niemand" in page
    for text in (notice.subject, notice.body, page):
        assert SECRET not in text
        assert found.public_id not in text
    add_team_member(actor=coordinator, team=team.public_id, person=a_member(4).id)
    assert heap_of(a_member(4), "niemand") == [found]
    assert not [item for item in waiting_for(coordinator) if "team" in item.name]


def test_the_message_that_a_team_is_empty_is_the_same_when_there_is_no_work() -> None:
    busy, idle = a_team(1), a_team(1, name="Team Rust")
    a_case(team=busy)
    for team in (busy, idle):
        end_team_member(actor=someone("teamcoordinator"), team=team.public_id, person=a_member().id)
    told = Notice.objects.filter(moment__startswith="empty-").order_by("pk")
    texts = {(item.subject.replace("Team Omzien", "X").replace("Team Rust", "X"), item.body) for item in told}
    assert (told.count(), len(texts)) == (2, 1)


def test_everybody_in_a_team_hears_who_joins() -> None:
    team = a_team(2)
    add_team_member(actor=someone("teamcoordinator"), team=team.public_id, person=a_member(3).id)
    newest = Notice.objects.order_by("-pk").first()
    assert newest is not None
    assert Notice.objects.filter(moment=newest.moment).count() == 3


def test_who_a_case_is_about_gets_what_is_known_with_purpose_basis_and_term_and_nothing_of_others() -> None:
    found = a_case()
    about_them, of_others = a_signal(found), a_signal(found)
    handed_over(found, about_them)
    CaseSignal.objects.filter(pk=of_others.pk).update(what="Dit gaat over de buren.")
    asked = answer_access.receive_access_request(
        actor=a_member(), case=found.public_id, received_on=date(2026, 3, 2), checked_how="in-person"
    )
    assert asked.due_on == date(2026, 3, 30)
    by: dict[str, Any] = {"actor": a_member(), "case": found.public_id, "request": asked.public_id}
    with pytest.raises(NotValid):
        answer_access.extend_access_request(**by, why=" ")
    assert answer_access.extend_access_request(**by, why="Het dossier is dik.").due_on == date(2026, 5, 29), (
        "GDPR 12(3): two months more"
    )
    with pytest.raises(NotNow):
        answer_access.extend_access_request(**by, why="Nog eens.")
    with pytest.raises(NotValid):
        answer_access.answer_access_request(**by, signals=[about_them.public_id])
    answered = answer_access.answer_access_request(
        **by, signals=[about_them.public_id], withheld="others", why="Dat gaat over de buren."
    )
    assert answered.answer == "part"
    for words in (
        "De deur staat elke nacht open",
        "brandgevaar laten nakijken",
        "Wet veiligheidsregio’s",
        "2 jaar",
        "Autoriteit",
    ):
        assert words in answered.given
    for words in ("over de buren.", SECRET, "Verzonnen straat"):
        assert words not in answered.given
    with pytest.raises(NotNow):
        answer_access.answer_access_request(**by, signals=[about_them.public_id, of_others.public_id])
    client = browser(a_member())
    file = client.get(f"/werk/vertrouwelijk/{found.public_id}/inzage/{asked.public_id}.txt")
    assert file.content.decode() == answered.given


def test_a_closed_case_stays_its_term_and_then_goes_truly_by_two_of_the_team() -> None:
    found = a_case()
    handed_over(found, a_signal(found))
    close_confidential(actor=a_member(), case=found.public_id, outcome="solved", reason="Het is dicht.")
    with clock.at(AFTERWARDS - timedelta(days=3)), pytest.raises(NotNow):
        propose_end(actor=a_member(), case=found.public_id)
    with clock.at(AFTERWARDS):
        assert heap_of(a_member(2), "nakijken") == [ConfidentialCase.objects.get()]
        keep_confidential(actor=a_member(), case=found.public_id, until=date(2028, 6, 1), why="Het speelt weer.")
        with pytest.raises(NotNow):
            propose_end(actor=a_member(), case=found.public_id)
    with clock.at(datetime(2028, 6, 2, 9, tzinfo=UTC)):
        propose_end(actor=a_member(), case=found.public_id)
        with pytest.raises(NotAllowed):
            destroy_confidential(actor=a_member(), case=found.public_id)
        destroy_confidential(actor=a_member(2), case=found.public_id)
    for model in (ConfidentialCase, CaseSignal, SignalHandover):
        assert not model.objects.exists()
    remains = DestroyedCase.objects.get()
    assert (remains.proposed_by, remains.by, len(remains.digest)) == (a_member().id, a_member(2).id, 64)
    assert verify().broken == ""
    page = browser(a_member()).get("/werk/vertrouwelijk?stapel=weg").content.decode()
    assert remains.digest[:12] in page
    assert remains.digest[:12] not in browser(a_member(7)).get("/werk/vertrouwelijk?stapel=weg").content.decode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert SECRET not in repr(cursor.fetchall()), table


def test_public_counts_are_of_a_finished_year_and_tell_nothing_of_a_small_team() -> None:
    large, small = a_team(), a_team(1, name="Team Klein")
    for number in range(11):
        a_case(team=large, title=f"Zaak {number}")
    for number in range(3):
        a_case(team=small, title=f"Kleine zaak {number}")
        a_case(team=small, title=f"Zaak elders {number}", municipality="GM9902")
    with clock.at(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        assert publish_counts(actor=Actor.system("job"), province=PROVINCE, year=2026) == 3
        assert publish_counts(actor=Actor.system("job"), province=PROVINCE, year=2026) == 0
        a_case(team=large, title="Later")
    counts = dict(ConfidentialCount.objects.values_list("municipality_name", "begun"))
    assert counts == {"Nergensdam": 11, "Bedachtveen": None, "Fabeldam": None}
    page = browser(someone("gemeente")).get("/vertrouwelijk-werk").content.decode()
    assert page.count("minder dan 10") >= 5
    rows = browser(someone("gemeente")).get("/vertrouwelijk-werk.csv").content.decode().splitlines()
    assert [row.split(",")[3] for row in rows[1:]] == ["minder dan 10", "minder dan 10", "11"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["GM1", "GM2", "GM3"]),
        st.lists(st.integers(0, 30), max_size=4),
        min_size=1,
    ),
    st.data(),
)
def test_whoever_knows_all_other_teams_learns_nothing_of_one_below_the_threshold(numbers: Any, data: Any) -> None:
    teams = {place: [(str(index), number) for index, number in enumerate(row)] for place, row in numbers.items()}
    published = told(teams, 10)
    place = data.draw(st.sampled_from(sorted(teams)))
    for index, (team, number) in enumerate(teams[place]):
        if number < 10:
            other = data.draw(st.integers(0, 9))
            changed = {**teams, place: [*teams[place][:index], (team, other), *teams[place][index + 1 :]]}
            assert told(changed, 10) == published
            assert told({**teams, place: [*teams[place][:index], *teams[place][index + 1 :]]}, 10) == published


def test_a_list_of_thirty_cases_asks_as_many_questions_as_one_of_three() -> None:
    counts = []
    for number in (3, 27):
        for index in range(number):
            a_case(title=f"Zaak {number} {index}")
        client = browser(a_member())
        with CaptureQueriesContext(connection) as asked:
            client.get("/werk/vertrouwelijk")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_two_who_change_one_case_at_the_same_moment_do_not_overwrite_each_other() -> None:
    found = a_case()
    stale = ConfidentialCase.objects.get()
    a_signal(found)
    with pytest.raises(NotNow, match="net gewijzigd"):
        finish(a_member(2), "take-confidential", stale, keeper=a_member(2).id)


def test_hand_signal_over_needs_a_signal_of_the_same_case() -> None:
    found, other = a_case(), a_case(title="Andere zaak")
    signal = a_signal(other)
    before = snapshot("confidential")
    with pytest.raises(Exception, match="kennen we niet"):
        hand_signal_over(
            actor=a_member(), case=found.public_id, signal=signal.public_id, party="fire-brigade", shared=["address"], text="X"
        )
    assert snapshot("confidential") == before


def test_every_part_of_a_file_opens_in_every_state() -> None:
    for state in State:
        found = a_case(state, title=f"Zaak {state.value}")
        with clock.at(AFTERWARDS):
            client = browser(a_member(2))
            client.post(f"/werk/vertrouwelijk/{found.public_id}", {"doe": "openen", "waarvoor": "review"})
            for part in ("zaak", "signalen", "afsluiten", "inzage", "inzien"):
                assert client.get(f"/werk/vertrouwelijk/{found.public_id}/{part}").status_code == 200


def test_who_tries_to_open_a_case_of_others_stands_with_the_refusals_that_the_team_reads() -> None:
    found = a_case()
    assert browser(someone("beheerder", 7)).get(f"/werk/vertrouwelijk/{found.public_id}").status_code == 404
    entry = Entry.objects.filter(action="read-case", object_id=found.public_id).get()
    assert (entry.result, entry.actor_id) == ("geweigerd", someone("beheerder", 7).id)
    client = browser(a_member())
    client.post(f"/werk/vertrouwelijk/{found.public_id}", {"doe": "openen", "waarvoor": "review"})
    assert "(geweigerd)" in client.get(f"/werk/vertrouwelijk/{found.public_id}/inzien").content.decode()


def test_the_page_of_teams_asks_as_many_questions_for_six_teams_as_for_one() -> None:
    a_team(2)
    client = browser(a_member())
    counts = []
    for number in (1, 6):
        for extra in range(2, number + 1):
            a_team(2, name=f"Team {extra}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/werk/vertrouwelijke-teams").content.decode()
        assert page.count("Ik ga weg uit dit team") == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
