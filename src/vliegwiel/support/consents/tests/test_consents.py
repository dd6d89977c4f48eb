"""The municipality's answer gates: recorded, in time or recorded as late, never assumed."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from vliegwiel.foundation.people.actions.declare_conflict import declare_conflict
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.actions.ask_consent import ask_consent
from vliegwiel.support.consents.models import Consent, ConsentAnswer, Silence
from vliegwiel.support.consents.public import close, consents_of, gate
from vliegwiel.support.consents.tasks import record_expired
from vliegwiel.support.consents.tests.given import MUNICIPALITY, a_question, about

pytestmark = pytest.mark.django_db


def the_municipality() -> Actor:
    return acting(a_role("gemeente", municipality=MUNICIPALITY))


def after(consent: Consent, days: int) -> AbstractContextManager[None]:
    return clock.at(clock.now() + (consent.due - clock.today()) + timedelta(days=days))


def test_nobody_asked_is_unknown_and_waiting_is_unknown() -> None:
    assert gate(about()).answer is Answer.UNKNOWN
    asked = a_question()
    assert (asked.due - asked.asked_on).days == 28
    assert gate(about()).reasons[0].code == "waiting"
    assert a_question().pk == asked.pk, "asking again gives the question that is there"


@pytest.mark.parametrize(
    ("kind", "refuses", "expected"),
    [
        ("stemt-in", False, Answer.YES),
        ("stemt-in-als", True, Answer.YES),
        ("stemt-niet-in", True, Answer.NO),
        ("stemt-niet-in", False, Answer.FOR_A_PERSON),
    ],
)
def test_an_answer_counts_as_the_scheme_says(kind: str, refuses: bool, expected: Answer) -> None:
    asked = a_question(refuses=refuses)
    answer_consent(actor=the_municipality(), consent=asked.public_id, kind=kind, wish="De stoep blijft vrij.", why="Te druk.")
    assert gate(about()).answer is expected


@pytest.mark.parametrize(
    ("silence", "refuses", "expected"),
    [
        (Silence.AGREES, False, Answer.YES),
        (Silence.NOT_AGREES, True, Answer.NO),
        (Silence.NOT_AGREES, False, Answer.FOR_A_PERSON),
        (Silence.OPEN, True, Answer.FOR_A_PERSON),
    ],
)
def test_silence_counts_only_once_its_expiry_is_recorded(silence: str, refuses: bool, expected: Answer) -> None:
    asked = a_question(silence=silence, refuses=refuses)
    with after(asked, 0):
        assert record_expired.call() == 0, "the last day itself still counts"
    with after(asked, 1):
        assert gate(about()).answer is Answer.UNKNOWN
        assert (record_expired.call(), record_expired.call()) == (1, 0)
        assert gate(about()).answer is expected
    assert Entry.objects.filter(action="expire-consent").count() == 1


def test_a_late_answer_is_kept_marked_and_counts_until_the_file_is_decided() -> None:
    asked, actor = a_question(silence=Silence.OPEN), the_municipality()
    with after(asked, 3):
        record_expired.call()
        assert answer_consent(actor=actor, consent=asked.public_id, kind="stemt-in").late
        assert gate(about())
        close(actor=SYSTEM, about=about())
        with pytest.raises(NotNow):
            answer_consent(actor=actor, consent=asked.public_id, kind="stemt-niet-in", why="Toch niet.")
    assert ConsentAnswer.objects.count() == 1


def test_a_second_answer_stands_beside_the_first() -> None:
    asked, actor = a_question(refuses=True), the_municipality()
    answer_consent(actor=actor, consent=asked.public_id, kind="stemt-niet-in", why="Te druk.")
    answer_consent(actor=actor, consent=asked.public_id, kind="stemt-in")
    assert gate(about())
    assert [item.kind for item in asked.answers.all()] == ["stemt-in", "stemt-niet-in"]


def test_the_weakest_of_two_municipalities_counts() -> None:
    a_question()
    ask_consent(
        actor=SYSTEM,
        about=about(),
        province=PROVINCE,
        municipality="GM9902",
        summary="Aan de andere kant van de beek.",
        term_weeks=4,
        silence=Silence.AGREES,
    )
    first = Consent.objects.get(municipality=MUNICIPALITY)
    answer_consent(actor=the_municipality(), consent=first.public_id, kind="stemt-in")
    assert gate(about()).answer is Answer.UNKNOWN
    assert [item.answer for item in consents_of(about())] == ["stemt-in", ""]


@pytest.mark.parametrize("kind", ["adviseur", "programma", "fonds", "gemeente-elders"])
def test_who_may_not_answer_changes_nothing_and_is_remembered(kind: str) -> None:
    asked = a_question()
    actor = acting(a_role("gemeente", municipality="GM9902") if kind == "gemeente-elders" else a_role(kind))
    with pytest.raises(NotAllowed):
        answer_consent(actor=actor, consent=asked.public_id, kind="stemt-in")
    assert not ConsentAnswer.objects.exists()
    assert Entry.objects.get(action="answer-consent").result == "geweigerd"


def test_who_has_an_interest_leaves_the_answer_to_a_colleague() -> None:
    asked, actor = a_question(), the_municipality()
    declare_conflict(actor=actor, about=about(), kind="familie")
    with pytest.raises(NotAllowed):
        answer_consent(actor=actor, consent=asked.public_id, kind="stemt-in")


@pytest.mark.parametrize(("kind", "said"), [("", "Kies"), ("stemt-in-als", "nodig"), ("stemt-niet-in", "waarom")])
def test_an_answer_that_is_not_complete_is_asked_for(kind: str, said: str) -> None:
    asked = a_question()
    with pytest.raises(NotValid, match=said):
        answer_consent(actor=the_municipality(), consent=asked.public_id, kind=kind)
    assert not ConsentAnswer.objects.exists()


def test_only_who_may_ask_asks_and_the_effect_of_silence_is_never_guessed() -> None:
    words = {"about": about(), "province": PROVINCE, "municipality": MUNICIPALITY, "summary": "Een tafel.", "term_weeks": 4}
    with pytest.raises(NotAllowed):
        ask_consent(actor=acting(a_role("fonds")), silence=Silence.AGREES, **words)
    with pytest.raises(NotValid):
        ask_consent(actor=SYSTEM, silence="", **words)
    assert not Consent.objects.exists()


def test_the_page_takes_two_clicks_and_shows_only_ones_own_municipality() -> None:
    asked, role = a_question(), a_role("gemeente", municipality=MUNICIPALITY)
    client = Client()
    client.force_login(role.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    assert "Een tafel op het plein" in client.get("/gemeente/instemming").content.decode()
    path = f"/gemeente/instemming/{asked.public_id}"
    assert "namens het college" in client.get(path, {"antwoord": "stemt-in"}).content.decode()
    assert client.post(path, {"antwoord": "stemt-in-als"}).status_code == 200, "the condition is asked for"
    client.post(path, {"antwoord": "stemt-in"})
    assert gate(about())
    elsewhere = a_role("gemeente", municipality="GM9902", email="elders@voorbeeld.invalid")
    client.force_login(elsewhere.person)
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    assert "Een tafel" not in client.get("/gemeente/instemming").content.decode()
    assert client.get(path).status_code == 403
