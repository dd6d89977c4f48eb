"""From a plan to a wave: who may do what and when, that a refusal changes nothing, and what becomes of answers, words and people."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.tests.snapshot import snapshot_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.answer_questions import answers_so_far, begin, come_in, save_answers, send_answers
from vliegwiel.see.fieldwork.actions.close_fielding import close_by_clock, close_fielding
from vliegwiel.see.fieldwork.actions.edit_questionnaire import save_questionnaire, start_questionnaire
from vliegwiel.see.fieldwork.actions.forget_fieldwork import forget_fieldwork
from vliegwiel.see.fieldwork.actions.hand_over import hand_over
from vliegwiel.see.fieldwork.actions.invite_people import draw_members, load_addresses
from vliegwiel.see.fieldwork.actions.keep_panel import (
    erase_member,
    forget_members,
    join_panel,
    leave_panel,
    start_panel,
    stay_in_panel,
)
from vliegwiel.see.fieldwork.actions.plan_fielding import open_fielding, plan_fielding
from vliegwiel.see.fieldwork.actions.print_invitations import print_invitations
from vliegwiel.see.fieldwork.actions.print_results import print_results
from vliegwiel.see.fieldwork.models import (
    Door,
    Fielding,
    Invitation,
    Panel,
    PanelMember,
    SentAnswers,
    UnsentAnswers,
    WrittenAnswer,
)
from vliegwiel.see.fieldwork.response import response_of
from vliegwiel.see.fieldwork.steady import example
from vliegwiel.see.fieldwork.tests.given import (
    DOCUMENT,
    GIVEN,
    PROVINCE,
    VISITOR,
    a_field_worker,
    a_panel,
    a_plan,
    a_questionnaire,
    a_researcher,
    addresses,
    answered,
    by_letter,
    by_open_link,
    closed,
    codes_in,
    joining,
)
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.models import Wave
from vliegwiel.see.surveys.tests.given import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_province")]
ROOM = "fieldwork"


def _refused(error: type[Refusal], act: Callable[[], Any], match: str = "") -> None:
    before = snapshot_of(ROOM, "surveys")
    with pytest.raises(error, match=match or None):
        act()
    assert snapshot_of(ROOM, "surveys") == before


def test_each_verb_belongs_to_its_role_and_a_refusal_changes_nothing() -> None:
    researcher, worker = a_researcher(), a_field_worker()
    asks, fielding = a_questionnaire(researcher), by_open_link(researcher)
    planned = plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=a_plan(title="Later", route="letter"))
    panel = a_panel(worker, members=1)
    answered(fielding, thuis="2", waarom="Stil.")
    code = begin(actor=VISITOR, fielding=fielding.public_id).code
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=code, values=GIVEN)
    acts: dict[str, Callable[[Actor], Any]] = {
        "make": lambda one: start_questionnaire(actor=one, province=PROVINCE, document=example("uzelf")),
        "save": lambda one: save_questionnaire(actor=one, questionnaire=asks.public_id, document=DOCUMENT, revision=1),
        "plan": lambda one: plan_fielding(actor=one, questionnaire=asks.public_id, plan=a_plan(title="Nog een")),
        "load": lambda one: load_addresses(actor=one, fielding=planned.public_id, data=addresses()),
        "print": lambda one: print_invitations(actor=one, fielding=planned.public_id),
        "open": lambda one: open_fielding(actor=one, fielding=planned.public_id),
        "phone": lambda one: send_answers(actor=one, fielding=fielding.public_id, code=code, by_phone=True),
        "close": lambda one: close_fielding(actor=one, fielding=fielding.public_id),
        "hand": lambda one: hand_over(actor=one, fielding=fielding.public_id),
        "panel": lambda one: start_panel(actor=one, province=PROVINCE, title="Ander", about="Iets"),
        "erase": lambda one: erase_member(actor=one, panel=panel.public_id, member=PanelMember.objects.get().public_id),
    }
    may = {
        "onderzoeker": {"make", "save", "plan", "open", "close", "hand"},
        "veldwerk": {"load", "print", "phone", "panel", "erase"},
        "telefonist": {"phone"},
        "adviseur": set(),
        "gemeente": set(),
    }
    actors = {kind: acting(a_role(kind, email=f"{kind}2@voorbeeld.invalid")) for kind in may}
    elsewhere = acting(a_role("onderzoeker", email="ver@voorbeeld.invalid", province="PV98"))
    for name, act in acts.items():
        before = snapshot_of(ROOM, "surveys")
        for one in (VISITOR, elsewhere, *(actor for kind, actor in actors.items() if name not in may[kind])):
            with pytest.raises(NotAllowed):
                act(one)
        assert snapshot_of(ROOM, "surveys") == before, name
    done = {name: next(kind for kind in may if name in may[kind]) for name in acts}
    for name, kind in done.items():
        if name != "print" or Invitation.objects.exists():
            acts[name](actors[kind])
    assert Fielding.objects.get(pk=fielding.pk).state == "handed"


def test_what_was_in_the_field_never_changes_and_the_same_words_are_the_same_version() -> None:
    researcher = a_researcher()
    first = by_open_link(researcher, title="Een")
    again = by_open_link(researcher, title="Twee")
    assert first.version == again.version
    asks = first.questionnaire
    kept = first.version.record if first.version else None
    changed = DOCUMENT.plain()
    changed["pages"][0]["items"][0]["text"] = "Bent u hier thuis?"
    from vliegwiel.see.fieldwork.document import opened

    save_questionnaire(actor=researcher, questionnaire=asks.public_id, document=opened(changed), revision=1)
    _refused(
        NotNow,
        lambda: save_questionnaire(actor=researcher, questionnaire=asks.public_id, document=DOCUMENT, revision=1),
        "Iemand anders",
    )
    third = plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=a_plan(title="Drie"))
    _refused(NotValid, lambda: open_fielding(actor=researcher, fielding=third.public_id))
    changed["pages"][0]["items"][0]["changed"] = "Korter, na een proef."
    save_questionnaire(actor=researcher, questionnaire=asks.public_id, document=opened(changed), revision=2)
    assert open_fielding(actor=researcher, fielding=third.public_id).version.number == 2  # type: ignore[union-attr]  # it has one
    assert Fielding.objects.get(pk=first.pk).version.record == kept  # type: ignore[union-attr]  # it has one
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        asks.versions.update(number=9)


def test_a_code_opens_once_is_forgiving_in_typing_and_goes_on_where_one_was() -> None:
    researcher = a_researcher()
    fielding = by_letter(researcher, a_field_worker())
    code = next(codes_in(fielding))[1]
    begun = come_in(actor=VISITOR, typed=f" {code.lower().replace('-', ' ')} ")
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"thuis": "2", "waarom": "Stil."})
    own = codes.spelled(begun.code)
    assert come_in(actor=VISITOR, typed=own).values == {"thuis": "2", "waarom": "Stil."}
    other = come_in(actor=VISITOR, typed=code)
    assert (other.values, other.code == begun.code) == ({}, False), "who prints the letters reads nothing with their codes"
    with pytest.raises(NotValid, match="past niet"):
        save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"cijfer1": 99})
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values=GIVEN)
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=other.code, values=GIVEN)
    send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code)
    sent = SentAnswers.objects.get()
    assert (sent.values["thuis"], "waarom" in sent.values, WrittenAnswer.objects.count()) == ("1", False, 0)
    for again in (
        lambda: come_in(actor=VISITOR, typed=code),
        lambda: send_answers(actor=VISITOR, fielding=fielding.public_id, code=other.code),
        lambda: send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code),
    ):
        _refused(NotNow, again)
    _refused(NotFound, lambda: come_in(actor=VISITOR, typed="ABCD-EFGH-JKMN"))
    _refused(NotFound, lambda: begin(actor=VISITOR, fielding=fielding.public_id))
    with clock.at(clock.now() + timedelta(days=40)):
        _refused(NotFound, lambda: come_in(actor=VISITOR, typed=list(codes_in(fielding))[1][1]))
        assert close_by_clock(actor=SYSTEM) == 1


def test_what_must_be_answered_stops_only_the_sending() -> None:
    fielding = by_open_link(a_researcher())
    begun = begin(actor=VISITOR, fielding=fielding.public_id)
    save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"cijfer1": 7})
    _refused(NotValid, lambda: send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code))
    assert answers_so_far(fielding=fielding, code=begun.code).values == {"cijfer1": 7}  # type: ignore[union-attr]  # it has one
    assert answers_so_far(fielding=fielding, code=codes.new_code()) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Kies eerst"),
        (b"a;b\n1;2", "kolommen"),
        (b"naam;adres;postcode en plaats\n", "niemand"),
        (b"naam;adres;postcode en plaats\nA;;C", "Regel 2"),
        (b"naam;adres;postcode en plaats\n" + b"A;B;C\n" * 2, "staat er al"),
        (addresses(30).replace(b"GM9901", b"GM0000"), "geen gemeente"),
        (addresses(30).replace(b";2\n", b";-2\n"), "meer dan nul"),
        (addresses(30).replace(b";2\n", b";veel\n"), "geen gewicht"),
        (addresses(18), "minder dan 10"),
        (b"naam;adres;postcode en plaats\n\x00;\x00;\x00", "leeg"),
        (b"PK\x03\x04kapot", "rekenblad"),
    ],
)
def test_addresses_that_are_odd_are_refused_with_what_and_where(data: bytes, said: str) -> None:
    researcher, worker = a_researcher(), a_field_worker()
    made = plan_fielding(actor=researcher, questionnaire=a_questionnaire(researcher).public_id, plan=a_plan(route="letter"))
    with pytest.raises(NotValid) as refusal:
        load_addresses(actor=worker, fielding=made.public_id, data=data)
    assert said in " ".join((refusal.value.message, *refusal.value.details))
    assert not Invitation.objects.exists()
    assert not Door.objects.exists()


def test_the_letters_come_as_one_file_and_a_reminder_only_goes_to_who_did_not_answer() -> None:
    from io import BytesIO

    from pypdf import PdfReader

    worker = a_field_worker()
    fielding = by_letter(a_researcher(), worker, people=20)
    people = list(codes_in(fielding))
    for _name, code in people[:18]:
        answered(fielding, code)
    pages = PdfReader(BytesIO(print_invitations(actor=worker, fielding=fielding.public_id, reminder=True))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert [name for name, code in people if code in text and name in text] == [name for name, _code in people[18:]]
    assert len(pages) == 4, "each on a new sheet"
    _refused(NotFound, lambda: print_invitations(actor=worker, fielding=fielding.public_id, part=2, reminder=True))


def test_an_experience_survey_asks_consent_keeps_no_place_and_tells_only_totals() -> None:
    researcher = a_researcher()
    asks = start_questionnaire(actor=researcher, province=PROVINCE, document=example("uzelf"))
    for wrong in ({"route": "letter"}, {"assessment": ""}):
        plan = a_plan(special=True, **({"assessment": "DPIA 1"} | wrong))
        _refused(NotValid, partial(plan_fielding, actor=researcher, questionnaire=asks.public_id, plan=plan))
    fielding = by_open_link(researcher, example("uzelf"), special=True, assessment="DPIA 1", returns_after=2)
    _refused(NotValid, lambda: begin(actor=VISITOR, fielding=fielding.public_id), "toestemming")
    for _number in range(12):
        begun = begin(actor=VISITOR, fielding=fielding.public_id, agreed=True)
        save_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code, values={"veilig": 7, "open": "2"})
        send_answers(actor=VISITOR, fielding=fielding.public_id, code=begun.code)
    told = response_of(fielding)
    assert (told.answered, told.tables, told.asked) == (10, (), 0)
    closed(researcher, fielding)
    wave = Wave.objects.get(public_id=hand_over(actor=researcher, fielding=fielding.public_id))
    assert (wave.special, wave.assessment, wave.person, wave.area, wave.weight, wave.by_chance) == (
        True,
        "DPIA 1",
        "",
        "",
        "",
        False,
    )


def test_closed_answers_become_a_wave_of_surveys_and_none_stays_here() -> None:
    researcher = a_researcher()
    fielding = by_letter(researcher, a_field_worker(), themes=["contact"])
    people = list(codes_in(fielding))
    for number, (_name, code) in enumerate(people[:20]):
        answered(
            fielding, code, cijfer1=number % 10, met_wie=["buren"], geboren="1970-05-01", thuis="2", waarom="Omdat ik Jan mis."
        )
    _refused(NotNow, lambda: hand_over(actor=researcher, fielding=fielding.public_id), "Sluit")
    closed(researcher, fielding)
    name = hand_over(actor=researcher, fielding=fielding.public_id)
    _refused(NotNow, lambda: hand_over(actor=researcher, fielding=fielding.public_id))
    wave = Wave.objects.get(public_id=name)
    table = stored.answers_of(wave).to_pydict()
    assert (wave.rows, wave.by_chance, wave.strata, wave.area, wave.weight) == (20, True, "stratum", "gemeente", "gewicht")
    assert {"waarom", "geboren"} & set(table) == set()
    assert (set(table["geboren_jaar"]), set(table["met_wie_buren"]), set(table["kanaal"])) == ({1970.0}, {1.0}, {1.0})
    assert sorted(table["cijfer1"]) == sorted(float(n % 10) for n in range(20))
    assert wave.words["thuis"] == {"1": "Ja", "2": "Nee"}
    assert {(one.name, one.role, one.cut) for one in wave.columns.all()} >= {
        ("cijfer1", "score", 6.0),
        ("thuis", "background", None),
    }
    assert (SentAnswers.objects.count(), WrittenAnswer.objects.count()) == (0, 0)
    texts = wave.open_answers.all()
    assert {(one.column, one.state, one.text) for one in texts} == {("waarom", "new", "Omdat ik Jan mis.")}, (
        "two persons look first"
    )
    assert len(texts) == 20
    told = response_of(Fielding.objects.get(pk=fielding.pk))
    assert (told.asked, told.answered, told.hasty) == (30, 20, 0)


def test_members_of_a_panel_are_the_same_number_in_every_wave_and_nobody_knows_whose() -> None:
    researcher, worker = a_researcher(), a_field_worker()
    panel, asks = a_panel(worker), a_questionnaire(researcher)
    numbers = []
    for year in ("2025", "2026"):
        plan = a_plan(route="panel", panel=panel.public_id, period=year)
        made = plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=plan)
        draw_members(actor=worker, fielding=made.public_id, size=30)
        assert draw_members(actor=worker, fielding=made.public_id, size=38) == 38
        opened = open_fielding(actor=researcher, fielding=made.public_id)
        for _name, code in list(codes_in(opened))[:25]:
            answered(opened, code)
        assert all(groups for _title, groups in response_of(opened).tables)
        closed(researcher, opened)
        wave = Wave.objects.get(public_id=hand_over(actor=researcher, fielding=opened.public_id))
        assert wave.person == "nummer"
        numbers.append(set(stored.answers_of(wave)["nummer"].to_pylist()))
    _refused(NotFound, lambda: print_results(actor=worker, fielding=opened.public_id))
    join_panel(actor=VISITOR, panel=panel.public_id, joining=joining(77, wants_results=True))
    assert print_results(actor=worker, fielding=opened.public_id).startswith(b"%PDF")
    assert len(numbers[0] & numbers[1]) >= 10
    assert not numbers[0] & {value for row in PanelMember.objects.values_list() for value in map(str, row)}
    third = plan_fielding(
        actor=researcher, questionnaire=asks.public_id, plan=a_plan(route="panel", panel=panel.public_id, period="2027")
    )
    _refused(NotNow, lambda: draw_members(actor=worker, fielding=third.public_id, size=38), "maar")
    assert PanelMember.objects.filter(asked_times__gt=2).count() == 0


def test_who_leaves_a_panel_is_erased_at_once_and_who_stays_away_after_the_term() -> None:
    researcher, worker = a_researcher(), a_field_worker()
    panel = a_panel(worker, members=20)
    code = codes.leaving_code(panel.salt, join_panel(actor=VISITOR, panel=panel.public_id, joining=joining(99)))
    for wrong in ({"agrees": False}, {"name": " "}, {"municipality": "GM0001"}, {"age_group": "oud"}):
        _refused(NotValid, partial(join_panel, actor=VISITOR, panel=panel.public_id, joining=joining(98, **wrong)))
    again = join_panel(actor=VISITOR, panel=panel.public_id, joining=joining(99, wants_results=True))
    assert not PanelMember.objects.filter(public_id=again).exists(), "who is a member gets the same answer and nothing changes"
    assert not PanelMember.objects.get(name="Lid99 Niemand").wants_results
    made = plan_fielding(
        actor=researcher,
        questionnaire=a_questionnaire(researcher).public_id,
        plan=a_plan(route="panel", panel=panel.public_id),
    )
    draw_members(actor=worker, fielding=made.public_id, size=21)
    leave_panel(actor=VISITOR, typed=codes.spelled(code))
    assert not PanelMember.objects.filter(name="Lid99 Niemand").exists()
    assert Invitation.objects.count() == 20
    _refused(NotFound, lambda: leave_panel(actor=VISITOR, typed=code))
    stays = PanelMember.objects.get(name="Lid3 Niemand")
    with clock.at(clock.now() + timedelta(days=400)):
        stay_in_panel(actor=VISITOR, typed=codes.leaving_code(panel.salt, stays.public_id))
    with clock.at(clock.now() + timedelta(days=800)):
        assert forget_members(actor=SYSTEM) == 19
    with clock.at(clock.now() + timedelta(days=1600)):
        assert forget_members(actor=SYSTEM) == 1
    found = Panel.objects.get()
    assert (found.joined, found.left, PanelMember.objects.count(), Invitation.objects.count()) == (21, 21, 0, 0)


def test_the_box_of_answers_that_were_not_sent_goes_at_closing() -> None:
    researcher = a_researcher()
    fielding = by_open_link(researcher)
    begin(actor=VISITOR, fielding=fielding.public_id)
    answered(fielding)
    closed(researcher, fielding)
    assert (UnsentAnswers.objects.count(), SentAnswers.objects.count()) == (0, 1)
    _refused(NotNow, lambda: close_fielding(actor=researcher, fielding=fielding.public_id))
    _refused(NotNow, lambda: begin(actor=VISITOR, fielding=fielding.public_id))
    with clock.at(clock.now() + timedelta(days=300)):
        assert forget_fieldwork(actor=SYSTEM) == 0
    with clock.at(clock.now() + timedelta(days=400)):
        assert (forget_fieldwork(actor=SYSTEM), forget_fieldwork(actor=SYSTEM), SentAnswers.objects.count()) == (1, 0, 0)
    assert response_of(Fielding.objects.get()).answered == 1
