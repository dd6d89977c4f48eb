"""Who applied writes to who handles the file and is answered there; it moves no term and is for nobody else."""

import pytest

from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.grants.actions.assign_application import assign_application
from vliegwiel.support.grants.actions.exchange_messages import LONGEST, answer_message, send_message
from vliegwiel.support.grants.models import Application, FileMessage
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_received_application, an_officer
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province(settings: object) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"


def handled() -> tuple[Application, Actor, Actor]:
    """An application with who applied and who handles it; a second officer could."""
    found, officer = a_received_application(), an_officer()
    an_officer(2)
    assign_application(actor=officer, application=found.public_id, task="handler", person=officer.id)
    return find(found.public_id), Actor("person", found.applicant), officer


def test_a_message_reaches_who_handles_the_file_and_the_answer_who_applied() -> None:
    found, applicant, officer = handled()
    path = f"/mijn/aanvragen/{found.public_id}"
    assert "Stuur een bericht" in text(browser(applicant), path)
    sent = browser(applicant).post(f"{path}/bericht", {"bericht": "Mag ik al hout kopen?"})
    assert sent.status_code == 302
    assert messages_of(officer.id)[0].subject == f"Een bericht over {found.number}"
    assert not [item for item in messages_of(an_officer(2).id) if "Een bericht over" in item.subject]
    file = f"/werk/aanvragen/{found.number}/berichten"
    assert "Mag ik al hout kopen?" in text(browser(officer), file)
    assert browser(officer).post(file, {"doe": "antwoord", "tekst": "Nee, wacht op het besluit."}).status_code == 302
    assert "Nee, wacht op het besluit." in text(browser(applicant), f"{path}/bericht")
    assert "Antwoord op uw bericht" in messages_of(applicant.id)[0].subject


def test_what_waits_for_an_answer_is_a_heap_of_the_inbox() -> None:
    found, applicant, officer = handled()
    heap = "/werk/aanvragen?stapel=bericht"
    assert str(found.number) not in text(browser(officer), heap)
    send_message(actor=applicant, application=found.public_id, text="Wanneer hoor ik iets?")
    assert str(found.number) in text(browser(officer), heap)
    answer_message(actor=officer, application=found.public_id, text="Volgende week.")
    assert str(found.number) not in text(browser(officer), heap)


def test_without_a_handler_everyone_who_may_handle_it_hears() -> None:
    found = a_received_application()
    people = [an_officer(1), an_officer(2)]
    send_message(actor=Actor("person", found.applicant), application=found.public_id, text="Is het er?")
    for officer in people:
        assert any("Een bericht over" in item.subject for item in messages_of(officer.id))


def test_a_message_changes_nothing_else_of_the_file() -> None:
    found, applicant, _officer = handled()
    send_message(actor=applicant, application=found.public_id, text="Ik stuur straks iets.")
    after = find(found.public_id)
    assert (after.state, after.due_on, after.revision) == (found.state, found.due_on, found.revision)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST + 1)])
def test_nothing_to_read_or_too_much_is_refused_and_kept_in_the_field(words: str) -> None:
    found, applicant, officer = handled()
    before = snapshot()
    for act, actor in ((send_message, applicant), (answer_message, officer)):
        with pytest.raises(NotValid):
            act(actor=actor, application=found.public_id, text=words)
    assert snapshot() == before
    assert browser(applicant).post(f"/mijn/aanvragen/{found.public_id}/bericht", {"bericht": words}).status_code == 400


def test_a_stranger_neither_writes_nor_reads() -> None:
    found, applicant, _officer = handled()
    send_message(actor=applicant, application=found.public_id, text="Onze zaal is stuk")
    stranger = a_resident("vreemde@voorbeeld.invalid")
    for act in (send_message, answer_message):
        with pytest.raises(NotAllowed):
            act(actor=stranger, application=found.public_id, text="Hallo")
    answer = browser(stranger).get(f"/mijn/aanvragen/{found.public_id}/bericht")
    assert answer.status_code in (403, 404)
    assert "Onze zaal is stuk" not in answer.content.decode()


def test_ten_messages_without_an_answer_are_enough() -> None:
    found, applicant, officer = handled()
    for _number in range(10):
        send_message(actor=applicant, application=found.public_id, text="Hallo?")
    with pytest.raises(NotNow):
        send_message(actor=applicant, application=found.public_id, text="Hallo?")
    answer_message(actor=officer, application=found.public_id, text="Hier ben ik.")
    send_message(actor=applicant, application=found.public_id, text="Dank u.")
    assert FileMessage.objects.filter(answered_at=None, from_applicant=True).count() == 1
