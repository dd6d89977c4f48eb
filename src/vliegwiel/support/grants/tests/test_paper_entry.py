"""On paper, at the counter and by phone: typed in by an officer, with the date stamp as the day of receipt and the same clock."""

from datetime import timedelta

import pytest

from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.discard_application import discard_application
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget, fill_in_own
from vliegwiel.support.grants.actions.start_application import enter_application
from vliegwiel.support.grants.actions.submit_application import register_application
from vliegwiel.support.grants.content import budget_part, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.made_up import a_budget
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tasks import issue_receipt
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.test_permissions import everything_kept
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.tests.given import an_officer, an_open_call

pytestmark = pytest.mark.django_db


def own(actor: Actor, found: Application, block: str, **values: str) -> None:
    questions = Draft(found).form.own.block(block)
    assert questions is not None
    version = version_of(own_part(find(found.public_id), tuple(question.key for question in questions.questions)))
    fill_in_own(actor=actor, application=found.public_id, block=block, version=version, answers=values)


def typed_in(officer: Actor, call: CallFacts, *, scan: bool = True, channel: str = "paper") -> Application:
    """The least a paper application must say (Awb 4:2), with the scan of it."""
    found = enter_application(actor=officer, call=call.id, channel=channel)
    own(officer, found, PLAN, title="Een bank bij de beek")
    own(officer, found, WHO, applicant_name="P. Apier", street="Luchtstraat 1", place="0000 AB Nergensdam")
    rows, version = a_budget(found, Money.euros(12_000)), version_of(budget_part(find(found.public_id)))
    fill_in_budget(actor=officer, application=found.public_id, version=version, rows=rows)
    if scan:
        attach_document(actor=officer, application=found.public_id, key="scan", upload=an_upload(name="brief.pdf"))
    return find(found.public_id)


def test_the_date_stamp_is_the_day_of_receipt_and_the_same_term_runs() -> None:
    officer, call = an_officer(), an_open_call()
    entered = typed_in(officer, call)
    stamp = clock.now() - timedelta(hours=20)
    found = register_application(actor=officer, application=entered.public_id, received=stamp, name="P. Apier")
    assert (found.stands, found.received_at, found.received_on) == (State.SUBMITTED, stamp, clock.legal_date(stamp))
    assert found.clock.get().on == clock.legal_date(stamp)
    assert (found.channel, found.applicant, found.entered_by) == ("paper", "", officer.id)
    signature = found.signatures.get()
    assert (signature.person, signature.name, bool(signature.scan)) == ("", "P. Apier", True)


def test_the_receipt_goes_by_post_to_who_has_no_account() -> None:
    officer = an_officer()
    entered = typed_in(officer, an_open_call())
    found = register_application(actor=officer, application=entered.public_id, received=clock.now(), name="P. Apier")
    issue_receipt.call(application=found.public_id)
    letter = letters_of(reference(found))[0]
    assert "P. Apier" in letter.html
    assert letter.way == "post"
    for told in (
        "Dit schreven wij op",
        "Uw plan: Een bank bij de beek.",
        "U vraagt: €\xa012.000,00.",
        "Getekend door: P. Apier.",
    ):
        assert told in letter.html, "the applicant can see whether it was understood"
    assert "onze website" not in letter.html, "without an account there is nothing to see there"


def test_by_phone_the_same_is_asked_and_the_same_term_runs() -> None:
    officer, call = an_officer(), an_open_call()
    by_phone = typed_in(officer, call, channel="phone")
    on_paper = typed_in(officer, call)
    stamp = clock.now() - timedelta(hours=20)
    terms = [
        register_application(actor=officer, application=item.public_id, received=stamp, name="P. Apier")
        for item in (by_phone, on_paper)
    ]
    assert terms[0].due_on == terms[1].due_on
    assert [item.signatures.get().name for item in terms] == ["P. Apier", "P. Apier"]


def test_what_was_stamped_before_the_bell_is_in_time_also_when_it_is_typed_in_later() -> None:
    officer, call = an_officer(), an_open_call()
    entered = typed_in(officer, call)
    with clock.at(call.closes_at + timedelta(days=2)):
        move_by_clock(actor=Actor.system("job"))
        late = call.closes_at + timedelta(seconds=1)
        before = everything_kept()
        with pytest.raises(NotNow) as refused:
            register_application(actor=officer, application=entered.public_id, received=late, name="P. Apier")
        assert refused.value.code == "closed"
        assert everything_kept() == before
        found = register_application(actor=officer, application=entered.public_id, received=call.closes_at, name="P. Apier")
    assert found.received_at == call.closes_at


def test_a_stamp_in_the_future_or_before_the_opening_is_refused() -> None:
    officer, call = an_officer(), an_open_call()
    entered = typed_in(officer, call)
    with pytest.raises(NotValid):
        register_application(
            actor=officer, application=entered.public_id, received=clock.now() + timedelta(minutes=5), name="P. Apier"
        )
    with pytest.raises(NotNow):
        early = call.opens_at - timedelta(seconds=1)
        register_application(actor=officer, application=entered.public_id, received=early, name="P. Apier")
    assert find(entered.public_id).stands is State.DRAFT


def test_without_scan_name_or_amount_it_is_not_an_application_yet() -> None:
    officer = an_officer()
    entered = typed_in(officer, an_open_call(), scan=False)
    with pytest.raises(NotValid) as refused:
        register_application(actor=officer, application=entered.public_id, received=clock.now(), name="P. Apier")
    assert "scan" in refused.value.details[0]
    attach_document(actor=officer, application=entered.public_id, key="scan", upload=an_upload())
    with pytest.raises(NotValid):
        register_application(actor=officer, application=entered.public_id, received=clock.now(), name=" ")
    assert find(entered.public_id).number is None


def test_paper_need_not_be_complete_to_be_received() -> None:
    officer = an_officer()
    entered = typed_in(officer, an_open_call(documents=[{"key": "offerte", "name": "Offerte"}]))
    found = register_application(actor=officer, application=entered.public_id, received=clock.now(), name="P. Apier")
    assert found.answers == {}
    assert found.number


def test_a_resident_types_in_nothing_for_another_and_an_officer_throws_a_mistake_away() -> None:
    officer, call = an_officer(), an_open_call()
    with pytest.raises(NotAllowed):
        enter_application(actor=a_resident(), call=call.id, channel="paper")
    with pytest.raises(NotValid):
        enter_application(actor=officer, call=call.id, channel="web")
    entered = enter_application(actor=officer, call=call.id, channel="phone")
    discard_application(actor=officer, application=entered.public_id)
    assert not Application.objects.exists()
