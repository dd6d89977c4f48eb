"""A secret link is withdrawn one by one, someone else's details go, and who saves too late reads both and loses nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.desk import links
from vliegwiel.support.desk.actions.answer_enquiry import add_note
from vliegwiel.support.desk.actions.ask_question import Asked, enter_question
from vliegwiel.support.desk.actions.correct_enquiry import clean_enquiry, correct_enquiry
from vliegwiel.support.desk.actions.follow_enquiry import claim_enquiry, write_message
from vliegwiel.support.desk.actions.keep_link import forget_contact, renew_link, withdraw_link
from vliegwiel.support.desk.actions.keep_routing import Rule, write_route
from vliegwiel.support.desk.actions.note_hours import agree_year_hours
from vliegwiel.support.desk.actions.note_inclusion import note_inclusion
from vliegwiel.support.desk.models import Enquiry, YearHours
from vliegwiel.support.desk.standing import find
from vliegwiel.support.desk.tests.given import MONDAY, TEXT, VISITOR, a_case, a_case_closed, an_adviser, an_enquiry, link_of
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_resident
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def test_a_new_link_ends_the_old_one_of_that_question_alone_and_comes_by_mail_once() -> None:
    found, other = an_enquiry(), an_enquiry("Iets anders", email="b@voorbeeld.invalid")
    old, path = link_of(found), links.path_of(other)
    done = renew_link(actor=VISITOR, enquiry=found.public_id, link=old)
    assert Client().get(f"/loket/vragen/{found.public_id}/{old}").status_code == 404
    assert Client().get(links.path_of(done)).status_code == 200
    assert Client().get(path).status_code == 200, "another question keeps its own link"
    assert links.path_of(done) in OutgoingMail.objects.filter(recipient="bewoner@voorbeeld.invalid").latest("pk").body
    for act in (renew_link, write_message):
        with pytest.raises(NotAllowed):
            act(actor=VISITOR, enquiry=found.public_id, link=old, **({"text": "Ik lees mee."} if act is write_message else {}))


def test_an_adviser_withdraws_a_link_and_with_an_account_no_new_one_goes_anywhere() -> None:
    found, me = an_enquiry(), a_resident()
    withdraw_link(actor=an_adviser(), enquiry=found.public_id)
    assert Notice.objects.filter(about_id=found.public_id, moment="link-2").count() == 1
    claim_enquiry(actor=me, enquiry=found.public_id, link=link_of(find(found.public_id)))
    sent = Notice.objects.count()
    done = renew_link(actor=me, enquiry=found.public_id)
    assert (done.link_number, Notice.objects.count()) == (3, sent)
    assert browser(me).get(f"/mijn/vragen/{found.public_id}").status_code == 200


def test_on_the_page_a_new_link_leads_to_the_new_address() -> None:
    found = an_enquiry()
    answer = Client().post(links.path_of(found), {"doe": "nieuwe-link"})
    assert answer.headers["Location"] == links.path_of(find(found.public_id))
    assert answer.headers["Location"] != links.path_of(found)
    claim_enquiry(actor=a_resident(), enquiry=found.public_id, link=link_of(find(found.public_id)))
    claimed = links.path_of(find(found.public_id))
    answer = Client().post(claimed, {"doe": "nieuwe-link"})
    assert answer.headers["Location"] == f"/mijn/vragen/{found.public_id}", "who only had the link of someone else gets no other"


def test_details_of_someone_who_did_not_ask_go_when_an_adviser_hears_so_and_the_question_stays() -> None:
    asked = Asked("Wij willen een dorpswinkel", name="Een ander", phone="0570 123456", post="Straat 1")
    found = enter_question(actor=an_adviser(), province=PROVINCE, asked=asked, channel="phone")
    old = links.token_of(found)
    done = forget_contact(actor=an_adviser(), enquiry=found.public_id)
    assert (done.name, done.phone, done.post, done.email) == ("", "", "", "")
    assert done.text == "Wij willen een dorpswinkel"
    assert not links.fits(done, old)
    with pytest.raises(NotNow):
        forget_contact(actor=an_adviser(), enquiry=found.public_id)
    mine = an_enquiry(TEXT, actor=a_resident())
    with pytest.raises(NotNow):
        forget_contact(actor=an_adviser(), enquiry=mine.public_id)
    by_mail = an_enquiry(email="ander@voorbeeld.invalid")
    forget_contact(actor=an_adviser(), enquiry=by_mail.public_id)
    assert not OutgoingMail.objects.filter(recipient="ander@voorbeeld.invalid").exists(), "what was sent there is gone too"


def test_what_was_read_before_a_colleague_changed_it_is_not_written_over() -> None:
    found = an_enquiry("Mijn buurvrouw heeft dementie. Wij willen een wandelclub.")
    seen = find(found.public_id).revision
    add_note(actor=an_adviser(), enquiry=found.public_id, text="Zij belde net.")
    by: dict[str, Any] = {"actor": an_adviser(), "enquiry": found.public_id, "seen": seen}
    for act in (
        lambda: correct_enquiry(**by, theme="wonen", kind="plek", place=MUNICIPALITY),
        lambda: clean_enquiry(**by, text="Wij willen een wandelclub."),
    ):
        with pytest.raises(NotNow) as refusal:
            act()
        assert refusal.value.code == "stale"
    assert Enquiry.objects.get().theme == "samenleven"


@pytest.mark.parametrize(
    ("part", "form", "kept"),
    [
        ("", {"doe": "antwoord", "tekst": "Ja, dat kan."}, "Ja, dat kan."),
        ("", {"doe": "rechtzetten", "thema": "wonen", "hulp": "plek", "plaats": "Nergensdam"}, "Nergensdam"),
        ("/traject", {"doe": "traject", "titel": "Samen koken", "kort": "Elke week", "doelen": "Een keuken"}, "Samen koken"),
    ],
)
def test_a_form_of_a_page_that_is_out_of_date_is_told_and_what_was_typed_stays(
    part: str, form: dict[str, str], kept: str
) -> None:
    found, adviser = an_enquiry(), an_adviser()
    path, client = f"/werk/loket/{found.number}{part}", browser(an_adviser())
    seen = str(find(found.public_id).revision)
    write_message(actor=VISITOR, enquiry=found.public_id, text="Er komt nog iets bij.", link=link_of(found))
    before = find(found.public_id).revision
    answer = client.post(path, {**form, "versie": seen})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "net gewijzigd" in page
    assert kept in page
    assert "Wat u typte, staat nog in de velden" in page
    assert find(found.public_id).revision == before
    assert client.post(path, {**form, "versie": str(before)}).status_code == 302
    assert adviser.kind == "person"


def test_who_asked_hears_that_something_changed_and_keeps_what_was_typed() -> None:
    found, adviser = an_enquiry(), an_adviser()
    path, seen = links.path_of(found), str(find(found.public_id).revision)
    note_inclusion(actor=adviser, enquiry=found.public_id, answers={"groups": ["young"], "missing": "Jongeren"})
    for form in ({"doe": "meedoen", "mist": "Ouderen"}, {"doe": "stoppen"}):
        page = Client().post(path, {**form, "versie": seen}).content.decode()
        assert "Er veranderde net iets bij uw vraag" in page
    kept = find(found.public_id)
    assert (kept.inclusion["missing"], kept.state) == ("Jongeren", "received")
    assert Client().post(path, {"doe": "stoppen", "versie": str(kept.revision)}).status_code == 302


def test_rules_and_hours_of_a_year_that_a_colleague_changed_are_told_and_not_written_twice() -> None:
    adviser, client = an_adviser(), browser(an_adviser())
    rule = write_route(actor=adviser, province=PROVINCE, organisation=adviser.organisation, rule=Rule(adviser.id))
    with pytest.raises(NotNow):
        write_route(actor=adviser, province=PROVINCE, organisation=adviser.organisation, rule=Rule(adviser.id))
    form = {"doe": "beeindigen", "regel": rule.public_id}
    assert client.post("/werk/loket/verdeling", form).status_code == 302
    late = client.post("/werk/loket/verdeling", form)
    assert (late.status_code, "net beëindigd" in late.content.decode()) == (400, True)
    officer = acting(a_role("programma"))
    by: dict[str, Any] = {"actor": officer, "province": PROVINCE, "organisation": adviser.organisation, "year": 2026}
    agree_year_hours(**by, hours=800, seen=0)
    typed = {"organisatie": adviser.organisation, "uren": "900", "versie": "0"}
    page = browser(officer).post("/werk/loket/uren?jaar=2026", typed)
    assert (page.status_code, "net 800 uur vast" in page.content.decode()) == (400, True)
    assert browser(officer).post("/werk/loket/uren?jaar=2026", {**typed, "versie": "1"}).status_code == 302
    assert YearHours.objects.latest("pk").hours == 900


def test_what_was_told_of_the_help_and_of_how_it_goes_is_still_in_the_form_when_an_answer_lacks() -> None:
    me = a_resident()
    found = a_case(an_enquiry(actor=me, place=""))
    own, mine = browser(me), f"/mijn/vragen/{found.public_id}"
    assert "Twee vragen bij het begin" in text(own, mine)
    a_case_closed(found)
    page = own.post(mine, {"doe": "mening", "helped": "partly", "tekst": "Fijne hulp."}).content.decode()
    assert 'value="partly" checked' in page
    assert page.count("Fijne hulp.") == 1
    with clock.at(clock.now() + timedelta(days=190)):
        assert "Twee vragen bij het begin" not in text(own, mine), "that is no question any more"
        told = {"doe": "terugblik", "maanden": "6", "fase": "running", "kwam": "Elke week dertig mensen."}
        page = own.post(mine, told).content.decode()
        assert 'value="running" checked' in page
        assert "Elke week dertig mensen.</textarea>" in page
        assert own.post(mine, {**told, "mist": "Jongeren.", "draagt": "Acht mensen."}).status_code == 302
        assert "Hoe gaat het nu?" not in text(own, mine)
