"""Nobody asked: the list, a task, contact, what came of it, and the list that changes by itself; who may, and what is refused."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.waiting import waiting_for
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.see.monitor.models import IndexRelease
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.outreach.actions.ask_outreach import OutreachWish, ask_outreach, pass_outreach
from vliegwiel.support.outreach.actions.do_outreach import link_result, note_contact, stop_outreach, take_outreach
from vliegwiel.support.outreach.actions.forget_outreach import forget_outreach
from vliegwiel.support.outreach.actions.keep_partners import PartnerContact, end_partner, register_partner
from vliegwiel.support.outreach.lifecycle import DO, MOVES, State
from vliegwiel.support.outreach.models import OutreachPartner, OutreachTask
from vliegwiel.support.outreach.reach import Wish, reach_list
from vliegwiel.support.outreach.tests.given import (
    MUNICIPALITY,
    NOORD,
    OEVER,
    PROVINCE,
    a_partner,
    a_person,
    a_task,
    an_adviser,
    an_enquiry,
    an_initiative,
    an_officer,
)

ROOMS = ("outreach", "initiatives", "desk")


def _listed(**wish: Any) -> list[str]:
    return [row.area.code for row in reach_list(PROVINCE, Wish(**wish))]


def test_the_list_holds_pressed_neighbourhoods_where_nobody_asked_and_changes_by_itself() -> None:
    before = _listed()
    assert {OEVER, NOORD} <= set(before)
    an_initiative(OEVER)
    assert _listed() == [code for code in before if code != OEVER]
    an_enquiry(NOORD)
    assert _listed() == [code for code in before if code not in (OEVER, NOORD)]
    assert _listed(everywhere=True) == before
    with clock.at(clock.now() + timedelta(days=200)):
        assert NOORD in _listed(months=6), "a question of long ago does not count"
        assert OEVER not in _listed(months=6), "an initiative that runs does"


def test_what_is_known_by_municipality_only_takes_no_neighbourhood_from_the_list() -> None:
    before = _listed()
    an_enquiry(MUNICIPALITY)
    assert _listed() == before


def test_the_list_is_by_name_and_never_in_order_of_pressure_and_a_theme_or_municipality_narrows_it() -> None:
    rows = reach_list(PROVINCE, Wish())
    names = [(row.area.municipality_name, row.area.name) for row in rows]
    assert names == sorted(names)
    for row in reach_list(PROVINCE, Wish(theme="voorzieningen")):
        assert "voorzieningen" in row.area.themes
    assert _listed(municipality="GM0001") == []


def test_before_an_outcome_is_public_the_list_is_empty() -> None:
    IndexRelease.objects.update(public_from=clock.today() + timedelta(days=1))
    assert _listed() == []
    with pytest.raises(NotFound):
        a_task()
    page = browser(an_officer()).get("/werk/bereik").content.decode()
    assert "Wij weten nog niet waar thema’s onder druk staan" in page


def test_from_the_list_to_an_initiative_everybody_hears_what_they_should() -> None:
    partner = a_partner()
    task = a_task(partner=partner.public_id)
    adviser = an_adviser()
    told = Notice.objects.get(about_kind="outreach-task")
    assert (told.receiver, told.path) == (adviser.id, f"/werk/bereik/{task.public_id}")
    assert [item.count for item in waiting_for(adviser) if item.path == "/werk/bereik/taken"] == [1]
    take_outreach(actor=adviser, task=task.public_id)
    note_contact(actor=adviser, task=task.public_id, on=clock.today(), how="street", told="Zij willen een plek.", people=5)
    made = an_initiative()
    done = link_result(actor=adviser, task=task.public_id, result=f"https://voorbeeld.invalid{made.path}")
    assert (done.stands, done.result_kind, done.result, done.result_title) == (
        State.DONE,
        "initiative",
        made.public_id,
        made.title,
    )
    assert not [item for item in waiting_for(adviser) if item.path == "/werk/bereik/taken"]
    assert OEVER not in _listed()


def test_a_result_may_be_a_question_at_the_desk_that_the_adviser_may_read() -> None:
    task, asked = a_task(State.RUNNING), an_enquiry()
    done = link_result(actor=an_adviser(), task=task.public_id, result=asked.number)
    assert (done.result_kind, done.result) == ("enquiry", asked.number)


@pytest.mark.parametrize("wrong", ["", "L2026-99999", "bestaatniet2", "../../etc"])
def test_a_result_that_does_not_exist_is_refused(wrong: str) -> None:
    task = a_task(State.RUNNING)
    before = snapshot(*ROOMS)
    with pytest.raises(NotValid):
        link_result(actor=an_adviser(), task=task.public_id, result=wrong)
    assert snapshot(*ROOMS) == before


def test_one_task_at_a_time_for_a_neighbourhood() -> None:
    a_task()
    with pytest.raises(NotNow):
        a_task()
    a_task(area=NOORD)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"adviser": "bestaatniet2"}, NotValid),
        ({"due_on": None}, NotValid),
        ({"due_on": date(2026, 3, 2)}, NotValid),
        ({"theme": "geluk"}, NotValid),
        ({"partner": "bestaatniet2"}, NotValid),
        ({"wish": "Bel 06-12345678"}, NotValid),
        ({"area": "BU18760000"}, NotFound),
        ({"area": "BU99999999"}, NotFound),
    ],
)
def test_a_task_that_does_not_add_up_is_not_asked(changes: dict[str, Any], refusal: type[Refusal]) -> None:
    an_officer()
    an_adviser()
    before = snapshot(*ROOMS)
    with pytest.raises(refusal):
        a_task(**changes)
    assert snapshot(*ROOMS) == before


def test_contact_is_noted_without_anybody_in_it() -> None:
    task = a_task(State.RUNNING)
    by: dict[str, Any] = {"actor": an_adviser(), "task": task.public_id, "on": clock.today(), "how": "street", "told": "Koffie."}
    wrong: list[dict[str, Any]] = [
        {"told": ""},
        {"told": "Mail naar iemand@voorbeeld.nl"},
        {"told": "De moeder van het gezin is depressief."},
        {"how": "duif"},
        {"on": clock.today() + timedelta(days=1)},
        {"people": 0},
    ]
    before = snapshot(*ROOMS)
    for changes in wrong:
        with pytest.raises(NotValid):
            note_contact(**{**by, **changes})
    assert snapshot(*ROOMS) == before


def test_a_partner_is_registered_with_permission_and_the_contact_goes_when_it_ends() -> None:
    partner = a_partner()
    a_task(partner=partner.public_id)
    for changes in (
        {"contact": PartnerContact("V. Zonnen")},
        {"contact": PartnerContact("V. Zonnen", "geen adres", "", "mondeling")},
        {"name": "Kerk Denkbeeld", "contact": PartnerContact("V. Zonnen", "", "0" * 21, "mondeling")},
        {"name": "Kerk Denkbeeld", "about": "Elke vrijdag eten. Bel 06-12345678."},
        {"groups": []},
        {"name": " "},
        {},
    ):
        before = snapshot(*ROOMS)
        with pytest.raises(NotValid):
            a_partner(**changes)
        assert snapshot(*ROOMS) == before
    ended = end_partner(actor=an_officer(), partner=partner.public_id)
    assert (ended.contact, ended.email, ended.phone, ended.agreed_how) == ("", "", "", "")
    with pytest.raises(NotNow):
        end_partner(actor=an_officer(), partner=partner.public_id)
    assert a_partner().pk != partner.pk, "it may come back"


def test_only_who_goes_or_keeps_partners_reads_the_contact_details() -> None:
    partner = a_partner()
    task = a_task(partner=partner.public_id)
    municipality = a_person("gemeente", municipality=MUNICIPALITY)
    neighbour = a_person("adviseur", "dichtbij", municipality=MUNICIPALITY)
    for path in ("/werk/bereik/partners", f"/werk/bereik/{task.public_id}"):
        page = browser(municipality).get(path).content.decode()
        assert partner.name in page
        assert "V. Zonnen" not in page
        assert "V. Zonnen" not in browser(neighbour).get(path).content.decode(), "for one municipality, of another organisation"
        assert "V. Zonnen" in browser(an_adviser()).get(path).content.decode()


def _acts(actor: Actor, task: OutreachTask, result: str) -> Mapping[str, Callable[[], object]]:
    by: dict[str, Any] = {"actor": actor, "task": task.public_id}
    return {
        "take-outreach": lambda: take_outreach(**by),
        "pass-outreach": lambda: pass_outreach(**by, person=an_adviser(2).id),
        "note-contact": lambda: note_contact(**by, on=clock.today(), how="visit", told="Koffie."),
        "link-result": lambda: link_result(**by, result=result),
        "stop-outreach": lambda: stop_outreach(**by, reason="Niemand wil nu iets."),
    }


class _UndoneError(Exception):
    """Rolls a tried act back."""


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what_in_which_state(state: State) -> None:
    task, result = a_task(state), an_initiative(NOORD).public_id
    people = {
        "adviser": an_adviser(),
        "other": an_adviser(2),
        "programma": an_officer(),
        "gemeente": a_person("gemeente", municipality=MUNICIPALITY),
        "elsewhere": a_person("gemeente", "elders", municipality="GM0001"),
        "beheerder": an_officer("beheerder"),
        "visitor": Actor("visitor"),
    }
    asks = {"adviser", "other", "programma", "gemeente"}
    for who, actor in people.items():
        for key, act in _acts(actor, task, result).items():
            move = MOVES[key]
            allowed = who == "adviser" if move.verb == DO else who in asks
            before = snapshot(*ROOMS)
            if allowed and state in move.sources:
                with suppress(_UndoneError), transaction.atomic():
                    act()
                    assert snapshot(*ROOMS) != before, (who, key)
                    raise _UndoneError
            else:
                with pytest.raises(NotNow if allowed else NotAllowed):
                    act()
                assert snapshot(*ROOMS) == before, (who, key)
    assert set(_acts(people["adviser"], task, result)) == set(MOVES)


def test_asking_and_partners_are_for_their_roles() -> None:
    partner = a_partner()
    asking = {
        "adviseur": True,
        "gemeente": True,
        "programma": True,
        "beheerder": False,
        "onderzoeker": False,
        "vertrouwelijk": False,
    }
    keeping = {**asking, "gemeente": False}
    due = clock.today() + timedelta(days=9)
    for kind, may_ask in asking.items():
        actor, wish = an_officer(kind), OutreachWish(OEVER, an_adviser().id, due)
        tries: list[tuple[bool, Callable[[], object]]] = [
            (may_ask, lambda actor=actor, wish=wish: ask_outreach(actor=actor, province=PROVINCE, wish=wish)),
            (keeping[kind], lambda actor=actor: end_partner(actor=actor, partner=partner.public_id)),
            (
                keeping[kind],
                lambda actor=actor: register_partner(actor=actor, province=PROVINCE, name="Nieuw", about="", groups=["young"]),
            ),
        ]
        for allowed, act in tries:
            before = snapshot(*ROOMS)
            if allowed:
                with suppress(_UndoneError), transaction.atomic():
                    act()
                    raise _UndoneError
            else:
                with pytest.raises(NotAllowed):
                    act()
            assert snapshot(*ROOMS) == before
    assert OutreachPartner.objects.count() == 1


def test_a_task_of_who_leaves_goes_on_with_another_adviser_and_all_that_was_noted() -> None:
    task = a_task(State.RUNNING)
    note_contact(actor=an_adviser(), task=task.public_id, on=clock.today(), how="visit", told="Koffie.")
    pass_outreach(actor=an_adviser(), task=task.public_id, person=an_adviser(2).id)
    take_outreach(actor=an_adviser(2), task=task.public_id)
    task.refresh_from_db()
    assert (task.adviser, task.moments.count(), task.stands) == (an_adviser(2).id, 1, State.RUNNING)
    with pytest.raises(NotAllowed):
        stop = {"actor": an_adviser(), "task": task.public_id}
        note_contact(**stop, on=clock.today(), how="visit", told="Nog eens.")


def test_a_week_before_the_day_the_adviser_is_reminded_once() -> None:
    task = a_task()
    with clock.at(clock.now() + timedelta(days=23)):
        for _twice in (1, 2):
            send_reminders(actor=Actor.system("job"))
    assert [notice.receiver for notice in Notice.objects.filter(moment__startswith="soon-")] == [task.adviser]


def test_the_pages_work_without_script_and_ask_a_fixed_number_of_questions() -> None:
    officer, adviser = browser(an_officer()), browser(an_adviser())
    page = officer.get("/werk/bereik").content.decode()
    assert f"/werk/bereik/vraag/{OEVER}" in page
    with CaptureQueriesContext(connection) as few:
        officer.get("/werk/bereik")
    form = {"wie": an_adviser().id, "dag": "2026-04-01", "groep": ["young", "faith"], "partner": "", "thema": "", "wens": ""}
    wrong = officer.post(f"/werk/bereik/vraag/{OEVER}", {**form, "dag": ""})
    assert (wrong.status_code, "Kies een dag die nog komt" in wrong.content.decode()) == (400, True)
    path = officer.post(f"/werk/bereik/vraag/{OEVER}", form)["Location"]
    assert adviser.post(path, {"doe": "gaan"}).status_code == 302
    adviser.post(path, {"doe": "contact", "hoe": "street", "dag": "2026-03-02", "mensen": "5", "verteld": "Zij willen een plek."})
    assert "Zij willen een plek." in adviser.get(path).content.decode()
    a_task(area=NOORD)
    an_enquiry("BU18760007")
    with CaptureQueriesContext(connection) as many:
        officer.get("/werk/bereik?toon=alles")
    assert len(many) <= len(few) + 1
    for months in ("012" + "9" * 20, "9" * 5_000, "-6", "x"):
        assert officer.get(f"/werk/bereik?maanden={months}").status_code == 200
    rows = officer.get("/werk/bereik.csv").content.decode().splitlines()
    assert any(OEVER in row for row in rows)
    assert browser(an_officer("beheerder")).get("/werk/bereik").status_code == 403
    assert browser(a_person("gemeente", "ver", municipality="GM0001")).get(path).status_code == 404


def test_a_task_goes_at_the_end_of_its_term_with_its_contacts_and_what_came_of_it_stays() -> None:
    done, still = a_task(State.DONE), a_task(area=NOORD)
    early, late = timedelta(days=2 * 365 - 1), timedelta(days=2 * 365 + 1)
    with clock.at(clock.now() + early):
        assert forget_outreach(actor=Actor.system("job")) == 0
    with clock.at(clock.now() + late):
        assert forget_outreach(actor=Actor.system("job")) == 1
        assert list(OutreachTask.objects.all()) == [still], "what nobody ended counts from the day it was due"
    with clock.at(clock.now() + late + timedelta(days=30)):
        assert forget_outreach(actor=Actor.system("job")) == 1
    assert not Notice.objects.filter(about_kind="outreach-task").exists()
    assert Initiative.objects.filter(public_id=done.result, state="public").exists()
