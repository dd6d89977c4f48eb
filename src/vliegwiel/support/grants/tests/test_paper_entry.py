"""On paper, at the counter and by phone: typed in by an officer, with the date stamp as the day of receipt and the same clock."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from vliegwiel.foundation.design.dutch import day as in_words
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.ask_completion import ask_completion, lapse_completion
from vliegwiel.support.grants.actions.attach_document import COMPLETION, attach_document
from vliegwiel.support.grants.actions.discard_application import discard_application
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget, fill_in_own
from vliegwiel.support.grants.actions.start_application import enter_application
from vliegwiel.support.grants.actions.submit_application import register_application
from vliegwiel.support.grants.actions.supply_completion import record_completion
from vliegwiel.support.grants.afterwards import cashier_signed
from vliegwiel.support.grants.content import budget_part, hash_of, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.made_up import a_budget
from vliegwiel.support.grants.models import Application, ClockEvent
from vliegwiel.support.grants.pages.dossier.trail import told as told_of
from vliegwiel.support.grants.readiness import lacking
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tasks import issue_receipt
from vliegwiel.support.grants.terms import Stop, stops_in
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text
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


def test_a_stamp_without_a_time_has_a_day_only() -> None:
    officer, call = an_officer(), an_open_call()
    entered = typed_in(officer, call)
    day = clock.legal_date(call.opens_at) + timedelta(days=1)
    with clock.at(call.opens_at + timedelta(days=3)):
        found = register_application(actor=officer, application=entered.public_id, received=day, name="P. Apier")
        assert (found.received_at, found.received_on, found.clock.get().on) == (None, day, day)
        copy = render_to_string("support/grants/pages/mine/copy.html", {"application": found, "state": "ontvangen"})
        assert f"Ontvangen op {in_words(day, 'full')}." in copy
        assert " uur" not in copy
        assert any(row.action for row in told_of(found)), "what was done since that day stands in its file"


def test_on_the_day_of_opening_or_closing_the_time_must_be_known() -> None:
    officer, call = an_officer(), an_open_call()
    entered = typed_in(officer, call)
    before = everything_kept()
    with clock.at(call.closes_at + timedelta(days=2)):
        for moment in (call.opens_at, call.closes_at):
            with pytest.raises(NotValid, match="hoe laat"):
                register_application(
                    actor=officer, application=entered.public_id, received=clock.legal_date(moment), name="P. Apier"
                )
        with pytest.raises(NotNow):
            register_application(
                actor=officer,
                application=entered.public_id,
                received=clock.legal_date(call.closes_at) + timedelta(days=1),
                name="P.",
            )
        with pytest.raises(NotValid, match="toekomst"):
            register_application(
                actor=officer, application=entered.public_id, received=clock.today() + timedelta(days=1), name="P. Apier"
            )
    assert everything_kept() == before


def a_group_on_paper(officer: Actor) -> Application:
    entered = typed_in(officer, an_open_call())
    own(
        officer,
        entered,
        WHO,
        applicant_kind="group",
        applicant_name="De buren",
        street="Luchtstraat 1",
        place="0000 AB Nergensdam",
    )
    return find(entered.public_id)


def registered(officer: Actor, found: Application, **given: str) -> Application:
    usual = {"actor": officer, "application": found.public_id, "received": clock.now() - timedelta(hours=1), "name": "P. Apier"}
    return register_application(**{**usual, **given})


def test_the_treasurer_of_a_group_signs_on_the_same_scan_and_keeps_the_money() -> None:
    officer = an_officer()
    entered = a_group_on_paper(officer)
    assert any("penvoerder" in lack.text for lack in lacking(Draft(entered)))
    found = registered(officer, entered, treasurer=" K. As ")
    assert [(row.role, row.name, row.person) for row in found.participants.all()] == [("cashier", "K. As", "")]
    scan = next(paper.id for paper in Draft(found).papers if paper.kind == "scan")
    signatures = list(found.signatures.all())
    assert {(item.name, item.scan, item.person) for item in signatures} == {("P. Apier", scan, ""), ("K. As", scan, "")}
    assert {item.content_hash for item in signatures} == {hash_of(found)}, "with whom is part of what is signed"
    assert cashier_signed(found.public_id)
    assert not any("penvoerder" in lack.text or "uitnodiging" in lack.text for lack in lacking(Draft(found)))
    page = text(browser(officer), f"/werk/aanvragen/{found.number}/aanvraag")
    assert "K. As" in page


def test_a_group_without_a_treasurer_is_received_and_asked_for_one_later() -> None:
    officer = an_officer()
    found = registered(officer, a_group_on_paper(officer))
    assert found.number
    assert not cashier_signed(found.public_id)
    assert any("penvoerder" in lack.text for lack in lacking(Draft(found)))


def test_only_a_group_has_a_treasurer_and_it_is_someone_else() -> None:
    officer = an_officer()
    alone, group = typed_in(officer, an_open_call()), a_group_on_paper(officer)
    before = everything_kept()
    with pytest.raises(NotValid, match="Alleen een groep"):
        registered(officer, alone, treasurer="K. As")
    with pytest.raises(NotValid, match="iemand anders"):
        registered(officer, group, treasurer="p. apier")
    assert everything_kept() == before


def test_the_page_asks_a_group_for_its_treasurer_and_nobody_else(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    officer = an_officer()
    alone, group = typed_in(officer, an_open_call()), a_group_on_paper(officer)
    client = browser(officer)
    assert "penvoerder" not in text(client, f"/werk/invoeren/{alone.public_id}")
    path = f"/werk/invoeren/{group.public_id}"
    assert 'name="penvoerder"' in text(client, path)
    given = {"stempel": f"{clock.today():%d-%m-%Y}", "tijd": "0.00", "naam": "P. Apier", "penvoerder": "K. As"}
    with clock.at(clock.now() + timedelta(days=1)):
        wrong = client.post(path, {**given, "penvoerder": "P. Apier"})
        assert 'href="#penvoerder"' in wrong.content.decode()
        stamped = {**given, "stempel": f"{clock.today() - timedelta(days=1):%d-%m-%Y}", "tijd": "23.59"}
        assert client.post(path, stamped).status_code == 302
    assert cashier_signed(group.public_id)
    page = text(client, f"/werk/aanvragen/{find(group.public_id).number}")
    assert "Beheert het geld (penvoerder)</dt><dd>K. As</dd>" in page


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


def asked_on_paper(officer: Actor, found: Application, *items: str) -> Application:
    """Registered a week ago, and asked then to complete this."""
    done = registered(officer, found)
    ask_completion(actor=officer, application=done.public_id, items=items or ("document:offerte",))
    return find(done.public_id)


def test_what_is_completed_on_paper_counts_from_its_stamp_also_when_it_is_typed_in_after_the_time_for_it() -> None:
    officer = an_officer()
    found = asked_on_paper(officer, typed_in(officer, an_open_call(documents=[{"key": "offerte", "name": "Offerte"}])))
    asked = found.clock.get(kind="asked")
    online, stamp = find(found.public_id), asked.on + timedelta(days=5)
    with clock.at(clock.now() + (asked.until - clock.today()) + timedelta(days=2)):
        assert lapse_completion(actor=Actor.system("test"), application=found.public_id)
        lapsed = find(found.public_id).due_on
        attach_document(actor=officer, application=found.public_id, key="offerte", upload=an_upload())
        done = record_completion(actor=officer, application=found.public_id, received_on=stamp)
    assert done.stands is State.SUBMITTED
    assert done.due_on < lapsed, "the term stood still until the stamp and no longer"
    assert (done.due_on - online.received_on).days >= (stamp - asked.on).days - 1
    assert done.clock.order_by("pk").last().on == stamp


def test_an_answer_to_a_later_request_does_not_answer_one_whose_time_ran_out() -> None:
    asked = {"kind": "asked", "on": date(2026, 3, 2), "until": date(2026, 3, 16)}
    lapsed = {"kind": "lapsed", "on": date(2026, 3, 16)}
    later = {"kind": "asked", "on": date(2026, 6, 1), "until": date(2026, 6, 15), "facts": {"after_the_end": True}}
    told = [ClockEvent(**row) for row in (asked, lapsed, later, {"kind": "completed", "on": date(2026, 6, 8)})]
    assert stops_in(told) == [Stop(date(2026, 3, 2), date(2026, 3, 16), answered=False)]
    typed_in_late = [ClockEvent(**row) for row in (asked, lapsed, {"kind": "completed", "on": date(2026, 3, 9)})]
    assert stops_in(typed_in_late) == [Stop(date(2026, 3, 2), date(2026, 3, 9), answered=True)]


def test_a_stamp_that_cannot_be_or_came_too_late_completes_nothing() -> None:
    officer = an_officer()
    found = asked_on_paper(officer, typed_in(officer, an_open_call(documents=[{"key": "offerte", "name": "Offerte"}])))
    asked = found.clock.get(kind="asked")
    before = everything_kept()
    with clock.at(clock.now() + (asked.until - clock.today()) + timedelta(days=2)):
        wrong = {clock.today() + timedelta(days=1): "stamp", asked.on - timedelta(days=1): "stamp", clock.today(): "too-late"}
        for stamp, code in wrong.items():
            with pytest.raises(Refusal) as refused:
                record_completion(actor=officer, application=found.public_id, received_on=stamp, text="Hier is het.")
            assert refused.value.code == code
    with pytest.raises(NotValid):
        record_completion(actor=officer, application=found.public_id, received_on=clock.today(), text=" ")
    assert everything_kept() == before


def test_a_treasurer_may_sign_on_what_comes_later() -> None:
    officer = an_officer()
    found = asked_on_paper(officer, a_group_on_paper(officer), "signature")
    before = everything_kept()
    with pytest.raises(NotValid, match="scan"):
        record_completion(actor=officer, application=found.public_id, received_on=clock.today(), treasurer="K. As")
    assert everything_kept() == before
    attach_document(actor=officer, application=found.public_id, key=COMPLETION, upload=an_upload())
    record_completion(actor=officer, application=found.public_id, received_on=clock.today(), treasurer="K. As")
    assert cashier_signed(found.public_id)


def test_the_page_of_a_completion_on_paper_asks_what_was_asked_and_the_day_on_the_stamp() -> None:
    officer = an_officer()
    found = asked_on_paper(officer, typed_in(officer, an_open_call(documents=[{"key": "offerte", "name": "Offerte"}])))
    client, path = browser(officer), f"/werk/invoeren/{found.number}/aanvulling"
    assert path in text(client, f"/werk/aanvragen/{found.number}/stukken")
    assert "Offerte" in text(client, path)
    assert browser(a_resident()).get(path).status_code == 403
    wrong = client.post(path, {"stempel": "ooit", "tekst": "Hier is het."})
    assert "Schrijf de datum van de stempel zo" in wrong.content.decode()
    given = {
        "stempel": f"{clock.today():%d-%m-%Y}",
        "tekst": "Hier is het.",
        "stuk-offerte": an_upload(name="offerte.pdf").open(),
    }
    assert client.post(path, given).status_code == 302
    assert find(found.public_id).stands is State.SUBMITTED
    assert client.get(path).status_code == 302, "there is nothing to complete any more"


@pytest.mark.parametrize("kind", ["inwoner", "adviseur", "gemeente", "adviescommissie", "tekenbevoegde", "beheerder", "fonds"])
def test_only_who_works_on_the_file_types_in_what_came_by_post(kind: str) -> None:
    officer = an_officer()
    found = asked_on_paper(officer, typed_in(officer, an_open_call(documents=[{"key": "offerte", "name": "Offerte"}])))
    other = a_resident() if kind == "inwoner" else acting(a_role(kind, email=f"{kind}@voorbeeld.invalid"))
    before = everything_kept()
    with pytest.raises(NotAllowed):
        attach_document(actor=other, application=found.public_id, key="offerte", upload=an_upload())
    with pytest.raises(NotAllowed):
        record_completion(actor=other, application=found.public_id, received_on=clock.today(), text="Hier is het.")
    assert everything_kept() == before
