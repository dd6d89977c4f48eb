"""The pages of the desk as a browser asks for them: what a resident sees at once, what an adviser does on a phone, and who stays out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument, index_document
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.actions.answer_enquiry import add_note, answer_enquiry, ask_back
from vliegwiel.support.desk.actions.share_file import share_file
from vliegwiel.support.desk.lifecycle import CaseState
from vliegwiel.support.desk.models import Advice, Enquiry, HourEntry, Route, YearHours
from vliegwiel.support.desk.recognition import amount_in, language_of, recognise, sensitive_in
from vliegwiel.support.desk.standing import find
from vliegwiel.support.desk.tests.given import (
    MONDAY,
    TEXT,
    a_case,
    a_route,
    an_adviser,
    an_enquiry,
    an_observer,
    link_of,
)
from vliegwiel.support.desk.waiting import waiting
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_municipality, a_resident
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
#: What a page may weigh, so that it opens with bad reception: before it is packed for the way.
LIGHT = 40_000
KINDS = [Searchable("initiative", "Initiatieven", lambda _province: [])]


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def browser(actor: Actor) -> Client:
    """A browser in which this person signed in, for their organisation."""
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session[CHOSEN] = actor.organisation
    session.save()
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def an_initiative(name: str, title: str, place: str, place_name: str) -> None:
    index_document(
        actor=SYSTEM,
        document=SearchDocument(
            kind="initiative",
            id=name,
            title=title,
            text="Bewoners koken en eten samen.",
            path=f"/initiatieven/{name}",
            audiences=(EVERYONE,),
            province=PROVINCE,
            place=place,
            place_name=place_name,
        ),
    )


def test_a_resident_sees_at_once_what_helps_and_nothing_is_kept(settings: Any) -> None:
    settings.VLIEGWIEL_SEARCHABLES = ["vliegwiel.support.desk.tests.test_pages.KINDS"]
    a_municipality()
    a_route(an_adviser())
    an_open_call()
    an_initiative("een", "Samen eten in de kerk", MUNICIPALITY, "Nergensdam")
    an_initiative("twee", "Samen eten op het plein", "GM9902", "Elders")
    assert Document.objects.count() == 2
    page = (
        Client()
        .post("/loket", {"tekst": "Wij willen samen eten in Nergensdam, dat kost € 15.000.", "doe": "kijken"})
        .content.decode()
    )
    near, elsewhere = page.index("Wie doet dichtbij"), page.index("Wat werkt elders")
    assert near < page.index("/initiatieven/een") < elsewhere < page.index("/initiatieven/twee")
    assert re.search(r'/check\?[^"]*plaats_in_provincie=ja', page)
    assert '<option value="samenleven" selected>' in page
    assert "Steunpunt Denkbeeldig helpt" in page
    assert "“samen eten”" in page
    assert not Enquiry.objects.exists()


def test_asking_a_person_leads_to_a_page_by_a_link_that_no_other_link_opens() -> None:
    a_municipality()
    a_route(an_adviser())
    client = Client()
    asked = {
        "tekst": TEXT,
        "doe": "vragen",
        "hulp": "geld",
        "thema": "samenleven",
        "plaats-code": MUNICIPALITY,
        "formulier": "f1",
    }
    wrong = client.post("/loket", {**asked, "e-mail": "geen adres"})
    assert wrong.status_code == 400
    assert "Dit e-mailadres klopt niet" in wrong.content.decode()
    assert TEXT in wrong.content.decode()
    answer = client.post("/loket", {**asked, "e-mail": "bewoner@voorbeeld.invalid"})
    found = Enquiry.objects.get()
    assert answer.headers["Location"] == f"/loket/vragen/{found.public_id}/{link_of(found)}"
    page = text(client, answer.headers["Location"])
    for words in ("maandag 9 maart", "Waarom 9 maart?", "Steunpunt Denkbeeldig", "Dit was ik niet"):
        assert words in page
    for path in (f"/loket/vragen/{found.public_id}/{'x' * 24}", f"/loket/vragen/bestaatniet2/{link_of(found)}"):
        assert client.get(path).status_code == 404
    assert client.post("/loket", {**asked, "e-mail": "bewoner@voorbeeld.invalid"}).status_code == 302
    assert Enquiry.objects.count() == 1


def test_an_empty_text_and_too_many_looks_are_told_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    assert client.post("/loket", {"tekst": " ", "doe": "kijken"}).status_code == 400
    monkeypatch.setitem(desk().limits, "looks_per_hour", 2)
    for _time in range(2):
        assert client.post("/loket", {"tekst": "Een idee", "doe": "kijken"}).status_code == 200
    answer = client.post("/loket", {"tekst": "Een idee", "doe": "kijken"})
    assert answer.status_code == 429
    assert "bel ons" in answer.content.decode()
    assert "Een idee" in answer.content.decode()


def test_another_language_and_an_unknown_place_are_met_kindly() -> None:
    a_municipality()
    words = {"tekst": "We would like to help the people of our village", "plaats": "Nergendam", "doe": "kijken"}
    page = Client().post("/loket", words).content.decode()
    assert "You can write in English" in page
    assert "Wij kennen Nergendam niet" in page
    assert f'value="{MUNICIPALITY}"' in page


@pytest.mark.parametrize(
    ("words", "theme", "kind"),
    [
        ("Wij zoeken subsidie voor een moestuin", "omgeving", "geld"),
        ("De bus rijdt niet meer, hoe beginnen we een belbus?", "onderweg", "begeleiding"),
        ("We willen het groen van de gemeente overnemen", "omgeving", "overnemen"),
        ("Er komen te weinig vrijwilligers voor de voedselbank", "werk-inkomen", "mensen"),
        ("Dorpshuizen", "samenleven", "plek"),
        ("Samen eten in het dorpshuis. Wij zoeken nog geld voor een keuken.", "samenleven", "geld"),
        ("Gewoon een vraag", "", "anders"),
    ],
)
def test_what_an_idea_is_about_is_recognised_by_its_words(words: str, theme: str, kind: str) -> None:
    found = recognise(words, PROVINCE)
    assert (found.theme.key, found.kind.key) == (theme, kind)


def test_what_someone_chose_counts_above_what_was_recognised() -> None:
    a_municipality()
    found = recognise("Een moestuin in Nergensdam", PROVINCE, theme="wonen", kind="plek", place="Nergensdam")
    assert (found.theme.key, found.kind.key, found.place and found.place.code) == ("wonen", "plek", MUNICIPALITY)
    named = recognise("een moestuin in nergensdam", PROVINCE)
    assert named.place is not None
    assert recognise("Wij wonen in een straat", PROVINCE).place is None


def test_amounts_languages_and_what_is_too_personal_are_seen() -> None:
    assert [amount_in(one) for one in ("€5000", "12.500 euro", "voor 30 mensen")] == [5000, 12_500, 0]
    assert language_of("Wij willen met de buurt een tuin") is None
    assert getattr(language_of("Ми хочемо зробити сад"), "key", "") == "en"
    assert sensitive_in("Bel Jan op 06-12345678 of jan@voorbeeld.nl") == ("06-12345678", "jan@voorbeeld.nl")
    assert sensitive_in("Wij beginnen in 2026 met 12 mensen") == ()


def test_the_inbox_asks_as_many_questions_for_thirty_as_for_three_and_stays_light() -> None:
    adviser = an_adviser()
    counts = []
    for number in range(31):
        an_enquiry(f"Vraag {number}", email=f"b{number}@voorbeeld.invalid")
        if number in (2, 30):
            client = browser(adviser)
            text(client, "/werk/loket")
            with CaptureQueriesContext(connection) as asked:
                page = text(client, "/werk/loket")
            # a stamp is read again when a second went by
            counts.append(sum("areas_areaimport" not in one["sql"] for one in asked.captured_queries))
            assert len(page) < LIGHT
    assert counts[0] == counts[1]
    assert "Volgende" in page
    assert "Vraag 30" in text(browser(adviser), "/werk/loket?pagina=2")
    csv = browser(adviser).get("/werk/loket?formaat=csv").content.decode()
    assert csv.count("\n") == 32
    assert "b3@voorbeeld.invalid" not in csv
    assert "0</b> te laat" in text(browser(adviser), "/werk/loket?thema=wonen")


def test_an_adviser_answers_notes_and_hands_over_on_light_pages() -> None:
    found, adviser = an_enquiry(), an_adviser()
    other = an_adviser(2)
    client, path = browser(adviser), f"/werk/loket/{found.number}"
    page = text(client, path)
    assert len(page) < LIGHT
    assert "Dit lezen alleen adviseurs van: Steunpunt Denkbeeldig" in page
    assert client.post(path, {"doe": "notitie", "tekst": "Belt liever."}).status_code == 302
    assert client.post(path, {"doe": "antwoord", "tekst": " "}).status_code == 400
    assert client.post(path, {"doe": "antwoord", "tekst": "Ja, dat kan."}).status_code == 302
    assert client.post(path, {"doe": "overdragen", "aan": other.id, "tekst": "Vakantie"}).status_code == 302
    assert find(found.public_id).adviser == other.id
    assert client.post(path, {"doe": "bestaat-niet"}).status_code == 400
    assert client.get(f"{path}/bestaat-niet").status_code == 404


def test_who_looks_along_reads_no_notes_and_no_contact_details() -> None:
    found, observer = an_enquiry(phone="0570 123456"), an_observer()
    add_note(actor=an_adviser(), enquiry=found.public_id, text="Geheime notitie")
    assert browser(observer).get(f"/werk/loket/{found.number}").status_code == 403
    share_file(actor=an_adviser(), enquiry=found.public_id, organisation=observer.organisation, role="observer", why="Kijkt mee")
    for part in ("", "/traject", "/mensen"):
        page = text(browser(observer), f"/werk/loket/{found.number}{part}")
        for hidden in ("Geheime notitie", "0570 123456", "bewoner@voorbeeld.invalid"):
            assert hidden not in page
    page = text(Client(), f"/loket/vragen/{found.public_id}/{link_of(found)}")
    assert "Gemeente Nergensdam" in page
    assert "Geheime notitie" not in page


def test_a_flagged_text_is_in_no_list_and_not_for_who_looks_along() -> None:
    found, observer = an_enquiry("Mijn buurman heeft dementie. Wij willen een wandelclub."), an_observer()
    share_file(actor=an_adviser(), enquiry=found.public_id, organisation=observer.organisation, role="observer", why="Kijkt mee")
    for client in (browser(an_adviser()), browser(observer)):
        assert "dementie" not in text(client, "/werk/loket")
        assert found.number not in text(client, "/werk/loket?q=dementie")
    assert "dementie" not in text(browser(observer), f"/werk/loket/{found.number}")
    assert "dementie" in text(browser(an_adviser()), f"/werk/loket/{found.number}")


def test_a_case_is_opened_advised_answered_and_closed_through_the_pages() -> None:
    me = a_resident()
    found, adviser, call = an_enquiry(actor=me, place=""), an_adviser(), an_open_call()
    work, own = browser(adviser), browser(me)
    path, mine = f"/werk/loket/{found.number}/traject", f"/mijn/vragen/{found.public_id}"
    assert work.post(path, {"doe": "traject", "titel": "Samen eten", "kort": "Koken", "doelen": ""}).status_code == 400
    assert (
        work.post(path, {"doe": "traject", "titel": "Samen eten", "kort": "Koken", "doelen": "Elke week\nMet dertig"}).status_code
        == 302
    )
    given = {"doe": "advies", "titel": "Vraag geld", "navragen": "2026-03-20", "regeling": call.id}
    assert work.post(path, given).status_code == 302
    advice = Advice.objects.get()
    assert advice.seen_on is None
    assert "Vraag geld" in text(own, mine)
    assert Advice.objects.get().seen_on == clock.today()
    assert own.post(mine, {"doe": "advies", "advies": advice.public_id, "stand": "accepted"}).status_code == 302
    began = own.post(mine, {"doe": "aanvragen", "advies": advice.public_id})
    assert began.headers["Location"] == f"/mijn/aanvragen/{Application.objects.get().public_id}"
    assert own.get(began.headers["Location"], follow=True).status_code == 200
    assert work.post(path, {"doe": "uren", "uren": "1:30", "dag": "2026-03-02", "wat": "Gesprek"}).status_code == 302
    assert work.post(path, {"doe": "uren", "uren": "veel", "dag": "2026-03-02", "wat": "Gesprek"}).status_code == 400
    assert HourEntry.objects.get().minutes == 90
    assert len(text(work, path)) < LIGHT
    assert work.post(path, {"doe": "sluiten", "uitkomst": "running", "tekst": "Het loopt."}).status_code == 302
    assert "Hoe was de hulp?" in text(own, mine)
    rated = {"doe": "mening", "helped": "yes", "on_time": "yes", "recommend": "partly"}
    assert own.post(mine, rated).status_code == 302
    assert "Hoe was de hulp?" not in text(own, mine)
    assert found.number in text(own, "/mijn/vragen")
    assert browser(a_resident("ander@voorbeeld.invalid")).get(mine).status_code == 403


def test_who_has_only_the_link_signs_in_before_a_question_is_kept_with_an_account() -> None:
    found = an_enquiry()
    path = f"/loket/vragen/{found.public_id}/{link_of(found)}"
    answer = Client().post(path, {"doe": "bewaren"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/inloggen")
    me = a_resident()
    assert browser(me).post(path, {"doe": "bewaren"}).status_code == 302
    assert find(found.public_id).person == me.id


def test_how_often_we_are_in_time_is_public_with_a_file() -> None:
    found = an_enquiry()
    answer_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Ja.")
    an_enquiry("Nog een")
    with clock.at(clock.now() + timedelta(days=20)):
        page = text(Client(), "/loket/op-tijd")
        assert "Kwartaal 1 van 2026" in page
        assert "50 %" in page
        lines = Client().get("/loket/op-tijd.csv").content.decode().splitlines()
    assert lines[1].startswith("2026,1,Steunpunt Denkbeeldig,2,1,50.0")


def test_routing_is_kept_on_a_page_and_everything_of_someone_goes_in_one_act() -> None:
    adviser = an_adviser()
    client = browser(adviser)
    assert "Er is nog geen regel" in text(client, "/werk/loket/verdeling")
    rule = {"doe": "schrijven", "wie": f"{adviser.organisation}/{adviser.id}", "thema": ["wonen", "samenleven"], "hoogste": "40"}
    assert client.post("/werk/loket/verdeling", {**rule, "hoogste": "veel"}).status_code == 400
    assert client.post("/werk/loket/verdeling", rule).status_code == 302
    assert Route.objects.get().most == 40
    an_enquiry()
    alone = text(client, "/werk/loket/verdeling")
    assert "Er is nu geen collega die alles kan overnemen" in alone
    assert "Draag alles over" not in alone
    other = an_adviser(2)
    assert "Draag alles over" in text(client, "/werk/loket/verdeling")
    words = {"doe": "overdragen", "wie": f"{adviser.organisation}/{adviser.id}", "aan": other.id, "tekst": "Andere baan"}
    assert "1 dossier is overgedragen" in client.post("/werk/loket/verdeling", words, follow=True).content.decode()
    assert Enquiry.objects.get().adviser == other.id
    assert browser(a_resident()).get("/werk/loket/verdeling").status_code == 403


def test_the_year_of_an_organisation_is_for_itself_and_for_who_agrees_on_it() -> None:
    a_case(state=CaseState.CLOSED)
    officer, mine = acting(a_role("programma")), an_adviser()
    client = browser(officer)
    words = {"organisatie": mine.organisation, "uren": "1.600", "subsidie": ""}
    assert client.post("/werk/loket/uren?jaar=2026", words).status_code == 302
    assert client.post("/werk/loket/uren?jaar=2026", {**words, "uren": "veel"}).status_code == 400
    assert client.post("/werk/loket/uren?jaar=2026", {**words, "subsidie": "2026-999999"}).status_code == 400
    assert YearHours.objects.get().hours == 1_600
    assert "1.600" in text(browser(mine), "/werk/loket/uren?jaar=2026")
    assert (
        "Steunpunt" not in text(browser(an_adviser(4, "Jongerenhuis Misschien")), "/werk/loket/uren?jaar=2026").split("<main")[1]
    )
    assert "1600" in client.get("/werk/loket/uren?jaar=2026&formaat=csv").content.decode()
    assert browser(a_resident()).get("/werk/loket/uren").status_code == 403


def test_what_came_by_phone_is_typed_in() -> None:
    a_municipality()
    client = browser(an_adviser())
    asked = {"hoe": "phone", "tekst": "Een dorpswinkel", "plaats": "Nergensdam", "hulp": "begeleiding", "telefoon": "0570 123456"}
    assert "Bedoelt u" in client.post("/werk/loket/invoeren", {**asked, "plaats": "Nergendam"}).content.decode()
    answer = client.post("/werk/loket/invoeren", asked)
    found = Enquiry.objects.get()
    assert answer.headers["Location"] == f"/werk/loket/{found.number}"
    assert (found.channel, found.municipality) == ("phone", MUNICIPALITY)
    assert "Bel of schrijf haar zelf" in text(client, answer.headers["Location"])


def test_what_waits_stands_on_the_first_page_of_each(django_assert_max_num_queries: Any) -> None:
    me = a_resident()
    found, adviser = an_enquiry(actor=me), an_adviser()
    an_enquiry("Nog een")
    with django_assert_max_num_queries(10):
        assert [(item.path, item.count, item.first) for item in waiting(adviser) if item.count] == [
            ("/werk/loket", 2, found.promised_on)
        ]
    assert [item for item in waiting(me) if item.count] == []
    ask_back(actor=adviser, enquiry=found.public_id, text="Met hoeveel?")
    assert [(item.path, item.count) for item in waiting(me) if item.count] == [("/mijn/vragen", 1)]
    assert list(waiting(Actor("visitor"))) == []


@pytest.mark.parametrize(
    "path", ["/werk/loket", "/werk/loket/invoeren", "/werk/loket/verdeling", "/werk/loket/uren", "/mijn/vragen"]
)
def test_who_did_not_sign_in_is_asked_to(path: str) -> None:
    assert Client().get(path).status_code == 302


def test_who_would_rather_phone_or_come_by_reads_how_at_the_desk() -> None:
    adviser, other = an_adviser(), an_adviser(2, "Zorgkring Zogenaamd")
    a_route(adviser)
    told = {
        "doe": "bereik",
        "wie": adviser.organisation,
        "telefoon": "010 000 00 00",
        "uren": "tot 12.00 uur",
        "adres": "Brink 1",
    }
    assert browser(adviser).post("/werk/loket/verdeling", {**told, "telefoon": "bel maar"}).status_code == 400
    assert browser(adviser).post("/werk/loket/verdeling", told).status_code == 302
    page = Client().get("/loket").content.decode()
    assert 'href="tel:0100000000"' in page and "tot 12.00 uur" in page and "Brink 1" in page
    assert browser(other).post("/werk/loket/verdeling", {**told, "telefoon": "020 000 00 00"}).status_code == 403
    assert "020 000" not in Client().get("/loket").content.decode()
