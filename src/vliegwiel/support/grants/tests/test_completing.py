"""Completing and taking back: the term stands still and runs on, and what was set apart is free again."""

from datetime import timedelta

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.notices.public import preview
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.questions.public import Kind
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.consents.models import Consent
from vliegwiel.support.consents.public import consents_of
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.attach_document import COMPLETION, attach_document, remove_document
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.hear_views import ask_views
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.supply_completion import supply_completion
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.completion import askable
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tests import officers
from vliegwiel.support.grants.tests import test_dossier_pages as dossier_pages
from vliegwiel.support.grants.tests.given import a_submitted_application
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_filling_in import QUESTIONS
from vliegwiel.support.grants.tests.test_pages import a_browser, page, send
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
DOCUMENTS = [{"key": "offerte", "name": "Offerte"}]


def the_owner(found: Application) -> Actor:
    return Actor("person", found.applicant)


def asked_for(*items: str, days: int = 7) -> Application:
    """An application of eight weeks by the Act, of which something was asked a week after receipt."""
    call = an_open_call(term=None, documents=DOCUMENTS, questions=QUESTIONS)
    found = a_submitted_application(call)
    with clock.at(clock.now() + timedelta(days=days)):
        ask_completion(actor=officers.an_officer(), application=found.public_id, items=items or ("document:offerte",))
    return find(found.public_id)


def test_facts_of_the_check_can_be_asked_again_and_are_answered_there() -> None:
    call = an_open_call(term=None)
    found = a_submitted_application(call)
    fact = next(question for question in Draft(found).form.facts if question.kind is Kind.NUMBER)
    key = f"question:{fact.key}"
    Application.objects.filter(pk=found.pk).update(
        answers={name: value for name, value in found.answers.items() if name != fact.key}
    )
    items = askable(find(found.public_id))
    assert [(item.text, item.missing) for item in items if item.key == key] == [(fact.text, True)]
    assert len({item.key for item in items}) == len(items), "nothing stands in the list twice"
    ask_completion(actor=officers.an_officer(), application=found.public_id, items=[key])
    client = a_browser(the_owner(found))
    assert fact.text in page(client, f"/mijn/aanvragen/{found.public_id}/aanvullen")
    with pytest.raises(NotValid):
        other = next(question.key for question in Draft(found).form.facts if question.key != fact.key)
        supply_completion(actor=the_owner(found), application=found.public_id, answers={other: 1})
    done = supply_completion(actor=the_owner(found), application=found.public_id, answers={fact.key: 14})
    assert done.answers[fact.key] == 14
    assert not any(item.missing for item in askable(done) if item.key == key)


def test_after_a_tender_closed_no_fact_is_asked_again() -> None:
    call = officers.a_call(officers.TENDER)
    found = officers.a_received_application(call)
    key = next(item.key for item in askable(found) if item.key == f"question:{Draft(found).form.facts[0].key}")
    with clock.at(call.closes_at + timedelta(days=1)):
        before = snapshot()
        with pytest.raises(NotValid, match="vergeleken"):
            ask_completion(actor=officers.an_officer(), application=found.public_id, items=[key])
        assert {name: rows for name, rows in snapshot().items() if name.startswith("grants.")} == {
            name: rows for name, rows in before.items() if name.startswith("grants.")
        }


def test_the_days_between_question_and_answer_do_not_count() -> None:
    found = asked_for()
    received = found.received_on
    assert found.stands is State.INCOMPLETE
    with clock.at(clock.now() + timedelta(days=17)):
        attach_document(actor=the_owner(found), application=found.public_id, key="offerte", upload=an_upload())
        done = supply_completion(actor=the_owner(found), application=found.public_id)
    assert done.stands is State.SUBMITTED
    raw = received + timedelta(weeks=8, days=9)
    assert done.due_on >= raw
    assert (done.due_on - raw).days <= 4, "at most over a weekend or holiday"


def test_after_the_last_day_completing_here_is_over_and_nothing_changes() -> None:
    found = asked_for()
    last = found.clock.get(kind="asked").until
    assert last is not None
    with clock.at(clock.now() + (last - clock.today()) + timedelta(days=1)), pytest.raises(NotNow) as refused:
        supply_completion(actor=the_owner(found), application=found.public_id, text="Hier is het alsnog.")
    assert refused.value.code == "too-late"
    assert find(found.public_id).stands is State.INCOMPLETE


def test_nothing_new_is_no_completion() -> None:
    found = asked_for()
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(NotValid):
        supply_completion(actor=the_owner(found), application=found.public_id, text="  ")


def test_a_question_that_was_asked_again_may_be_answered_and_no_other() -> None:
    found = asked_for("question:waarom")
    with clock.at(clock.now() + timedelta(days=8)):
        with pytest.raises(NotValid):
            supply_completion(actor=the_owner(found), application=found.public_id, answers={"bouwen": False})
        supply_completion(actor=the_owner(found), application=found.public_id, answers={"waarom": "Er is geen plek."})
    assert find(found.public_id).answers["waarom"] == "Er is geen plek."


def test_what_was_sent_stays_in_the_file_and_something_else_may_be_added_when_it_is_asked() -> None:
    found = asked_for()
    with clock.at(clock.now() + timedelta(days=8)):
        with pytest.raises(NotNow):
            remove_document(actor=the_owner(found), application=found.public_id, key="offerte")
        attach_document(actor=the_owner(found), application=found.public_id, key=COMPLETION, upload=an_upload())


def test_three_days_before_the_last_day_the_applicant_is_reminded() -> None:
    found = asked_for()
    last = found.clock.get(kind="asked").until
    assert last is not None
    with clock.at(clock.now() + (last - clock.today()) - timedelta(days=3)):
        due = [item.due for item in preview(PROVINCE) if item.reminder.key == "completion"]
    assert [item.person for item in due] == [found.applicant]


def test_the_page_asks_says_until_when_and_tells_what_it_does_to_the_date() -> None:
    found = asked_for("document:offerte", "question:waarom")
    with clock.at(clock.now() + timedelta(days=8)):
        client = a_browser(the_owner(found))
        status = page(client, f"/mijn/aanvragen/{found.public_id}")
        assert "Vul uw aanvraag aan" in status
        assert "Vul aan wat we vroegen" in page(client, "/mijn/aanvragen")
        path = f"/mijn/aanvragen/{found.public_id}/aanvullen"
        assert "Voeg toe wat we vroegen" in send(client, path)
        html = send(client, path, waarom="Er is geen plek om te zitten.", **{"stuk-offerte": an_upload()})
    assert "U vulde uw aanvraag aan" in html
    assert "stond de termijn stil" in html
    assert find(found.public_id).stands is State.SUBMITTED


def test_an_application_that_is_taken_back_frees_the_money_that_was_set_apart() -> None:
    call = officers.a_call()
    found = officers.a_decidable_application(call)
    waiting = officers.proposed(found)
    assert ceiling_of(call.ceiling).free == Money.euros(92_000)
    withdraw_application(actor=the_owner(found), application=found.public_id)
    assert ceiling_of(call.ceiling).free == Money.euros(100_000)
    with pytest.raises(NotNow):
        sign_decision(actor=officers.a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert find(found.public_id).stands is State.WITHDRAWN


def test_the_municipality_is_asked_nothing_any_more_about_what_was_taken_back() -> None:
    found = a_submitted_application(officers.a_call(officers.FULL, consent={"silence": "agrees"}))
    confirm_complete(actor=officers.an_officer(), application=found.public_id)
    assert len(consents_of(reference(found))) == 1
    html = page(a_browser(the_owner(found)), f"/mijn/aanvragen/{found.public_id}")
    assert "Wij vroegen de gemeente om instemming" in html
    withdraw_application(actor=the_owner(found), application=found.public_id)
    from vliegwiel.support.consents.models import Consent

    assert Consent.objects.get().closed_at is not None


def test_the_applicant_reads_what_is_intended_and_reacts_before_the_decision() -> None:
    found = officers.a_complete_application()
    until = clock.today() + timedelta(days=14)
    ask_views(
        actor=officers.an_officer(),
        application=found.public_id,
        intention="Wij willen afwijzen.",
        reason="Er is geen steun.",
        until=until,
    )
    client = a_browser(the_owner(found))
    assert "Reageer op wat wij van plan zijn" in page(client, "/mijn/aanvragen")
    path = f"/mijn/aanvragen/{found.public_id}/reageren"
    assert "Er is geen steun." in page(client, path)
    assert "Schrijf op wat u ervan vindt" in send(client, path, reactie="")
    html = send(client, path, reactie="Er staan tachtig namen op de lijst.")
    assert "U gaf uw reactie" in html
    assert "tachtig namen" in page(client, path)


def test_the_municipality_reads_the_number_of_the_file() -> None:
    found = officers.a_complete_application(officers.a_call(officers.FULL))
    asked = Consent.objects.get(about_id=found.public_id)
    assert asked.number == found.number
    person = acting(a_role("gemeente", municipality=asked.municipality))
    for path in ("/gemeente/instemming", f"/gemeente/instemming/{asked.public_id}"):
        page = dossier_pages.browser(person).get(path).content.decode()
        assert str(found.number) in page
        assert found.public_id not in page
