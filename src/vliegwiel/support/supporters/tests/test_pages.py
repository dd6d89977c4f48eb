"""The pages of supporters and authorities: everything by forms without script, as many questions for thirty as for three."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.kernel import clock, fresh
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.initiatives.models import ContactMessage
from vliegwiel.support.initiatives.tests.given import MUNICIPALITY, PROVINCE, WEST, a_land, a_resident, an_adviser
from vliegwiel.support.supporters.actions.keep_supporter import Profile, keep_supporter
from vliegwiel.support.supporters.models import AuthorityRating, BackingRequest, NetworkQuestion, RoomRequest, Supporter
from vliegwiel.support.supporters.standing import supporter_named
from vliegwiel.support.supporters.tests.given import a_maker, a_supporter, an_official, backing, room
from vliegwiel.support.supporters.waiting import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_someone_lets_themselves_be_found_is_known_gets_a_message_and_answers() -> None:
    a_land()
    me, visitor, adviser = browser(a_resident("anna")), Client(), browser(an_adviser())
    form = {
        "doe": "bewaar",
        "dorpen": "Wijenburg",
        "naam": "Anna",
        "over": "Ik breng buren bij elkaar.",
        "berichten": "ja",
        "tonen": "ja",
    }
    wrong = me.post("/mijn/dorpsondersteuner", form)
    assert wrong.status_code == 400
    assert "Wij kennen Wijenburg niet" in wrong.content.decode()
    names = keep_and_name()
    assert me.post("/mijn/dorpsondersteuner", {**form, "dorpen": names}).status_code == 302
    found = Supporter.objects.get(first_name="Anna")
    assert "Wij wachten tot iemand zegt" in text(me, "/mijn/dorpsondersteuner")
    text(visitor, found.path, 404)
    assert "Anna, dorpsondersteuner" in text(adviser, "/werk/dorpsondersteuners")
    assert adviser.post("/werk/dorpsondersteuners", {"doe": "ken", "wie": found.public_id}).status_code == 302
    assert "Anna, dorpsondersteuner" in text(visitor, f"/dorpsondersteuners?plaats={names}")
    assert "Wij kennen Nergens niet" in text(visitor, "/dorpsondersteuners?plaats=Nergens")
    assert "noindex" in text(visitor, found.path)
    asked = {"bericht": "Kunt u eens langs mijn moeder gaan?", "adres": "dochter@voorbeeld.invalid", "naam": "Een dochter"}
    assert "Kijk nu in uw e-mail" in visitor.post(f"{found.path}/bericht", asked).content.decode()
    ContactMessage.objects.update(state="waiting")
    page = text(me, "/mijn/dorpsondersteuner/berichten")
    assert "Een dochter" in page
    assert "dochter@" not in page
    message = ContactMessage.objects.get().public_id
    answered = {"doe": "antwoord", "bericht": message, "antwoord": "Ik kom donderdag."}
    assert me.post("/mijn/dorpsondersteuner/berichten", answered).status_code == 302
    assert me.post("/mijn/dorpsondersteuner", {"doe": "stop"}).status_code == 302
    text(visitor, found.path, 404)


def keep_and_name() -> str:
    """The name under which people know the western neighbourhood."""
    _actor, found = a_supporter("ander", first_name="Bo")
    return found.villages.get().place_name


def test_two_saves_of_one_page_are_laid_side_by_side() -> None:
    actor, found = a_supporter()
    seen = found.version
    keep_supporter(actor=actor, province=PROVINCE, profile=Profile("Anna", "Thuis opgeslagen.", villages=[WEST], shown=True))
    form = {"doe": "bewaar", "versie": str(seen), "naam": "Anna", "over": "Op de telefoon getypt.", "tonen": "nee"}
    answer = browser(actor).post("/mijn/dorpsondersteuner", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Thuis opgeslagen." in page
    assert "Op de telefoon getypt." in page
    assert supporter_named(found.public_id).about == "Thuis opgeslagen."


def test_a_question_for_backing_goes_from_asked_to_promised_to_answered_on_the_pages() -> None:
    a_land()
    me, official = browser(a_resident()), browser(an_official())
    assert me.post("/mijn/rugdekking/vraag", {"doe": "vraag", "wie": MUNICIPALITY}).status_code == 400
    asked = {"doe": "vraag", "wie": MUNICIPALITY, "vraag": "Mogen wij door?", "verhaal": "Wij wachten hierop."}
    assert me.post("/mijn/rugdekking/vraag", asked).status_code == 302
    found = BackingRequest.objects.get()
    mine, work = f"/mijn/rugdekking/{found.public_id}", f"/werk/rugdekking/{found.public_id}"
    assert "Nog geen dag beloofd" in text(me, mine)
    assert "Mogen wij door?" in text(official, "/werk/rugdekking")
    assert official.post(work, {"doe": "beloof", "dag": "1-1-2020"}).status_code == 400
    assert official.post(work, {"doe": "beloof", "dag": "16-3-2026"}).status_code == 302
    assert "maandag 16 maart" in text(me, mine)
    assert official.post(work, {"doe": "antwoord", "tekst": "Ja, ga door."}).status_code == 302
    assert "Ja, ga door." in text(me, mine)
    for other in (browser(a_resident("vreemd")), browser(an_adviser()), browser(an_official("GM0003"))):
        text(other, mine, 403)
        text(other, work, 403)
    page = text(Client(), "/ruimte-en-rugdekking")
    assert "Mogen wij door?" not in page
    assert Client().get("/ruimte-en-rugdekking.csv").content.decode().splitlines()[1].startswith("Gemeente")


def test_a_question_for_room_is_public_from_the_start_and_so_is_the_reason() -> None:
    a_land()
    me, official = browser(a_resident()), browser(an_official())
    asked = {"doe": "vraag", "wie": MUNICIPALITY, "titel": "=SOM(1)", "regel": "Een regel.", "vraagt": "Mag het anders?"}
    assert me.post("/mijn/ruimte/vraag", {**asked, "vraagt": "Bel 06-12345678."}).status_code == 400
    assert me.post("/mijn/ruimte/vraag", asked).status_code == 302
    found = RoomRequest.objects.get()
    assert "Mag het anders?" in text(Client(), found.path)
    assert "'=SOM(1)" in Client().get("/ruimte-en-rugdekking/vragen.csv").content.decode()
    work = f"/werk/ruimte/{found.public_id}"
    assert official.post(work, {"doe": "besluit", "besluit": "given", "reden": ""}).status_code == 400
    assert official.post(work, {"doe": "besluit", "besluit": "refused", "reden": "De brandweer moet erdoor."}).status_code == 302
    page = text(Client(), found.path)
    assert "De brandweer moet erdoor." in page
    assert "bewoner@" not in page
    assert found.title in text(Client(), "/ruimte-en-rugdekking?stand=refused").replace("&#x27;", "'")


def test_an_authority_is_rated_on_a_page_and_rated_again() -> None:
    maker = a_maker(1)
    me = browser(maker)
    said = {"overheid": MUNICIPALITY, "space": "yes", "respect": "no", "backing": "partly"}
    assert me.post("/mijn/oordeel", {**said, "respect": ""}).status_code == 400
    assert me.post("/mijn/oordeel", said).status_code == 302
    page = text(me, "/mijn/oordeel?bewaard=" + MUNICIPALITY)
    assert "Wijzig mijn oordeel" in page
    assert "30 juni 2026" in page
    assert me.post("/mijn/oordeel", {**said, "space": "no"}).status_code == 302
    assert AuthorityRating.objects.get().space == "no"
    assert "wie een initiatief op de site heeft" in text(browser(a_resident("vreemd")), "/mijn/oordeel")


def test_the_network_is_a_page_that_only_supporters_open() -> None:
    actor, _found = a_supporter(knows=["samenleven"], knows_about="Eettafels")
    me = browser(actor)
    assert me.post("/dorpsondersteuners/netwerk", {"doe": "vraag", "titel": ""}).status_code == 400
    assert me.post("/dorpsondersteuners/netwerk", {"doe": "vraag", "titel": "Wie weet dit?"}).status_code == 302
    one = f"/dorpsondersteuners/netwerk/{NetworkQuestion.objects.get().public_id}"
    assert me.post(one, {"doe": "antwoord", "tekst": "Ik niet."}).status_code == 302
    assert "Eettafels" in text(me, "/dorpsondersteuners/netwerk?thema=samenleven")
    assert me.post(one, {"doe": "klaar"}).status_code == 302
    for path in ("/dorpsondersteuners/netwerk", one):
        text(browser(an_adviser()), path, 403)
        assert Client().get(path).status_code == 302


def test_lists_ask_as_many_questions_for_twelve_as_for_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "SECONDS", 600)  # on a slow machine a page takes longer than a reading stays fresh
    official = browser(an_official())
    actor, _page = a_supporter("eerste", first_name="Nul")
    network = browser(actor)
    paths = ((Client(), "/dorpsondersteuners"), (Client(), "/ruimte-en-rugdekking"), (official, "/werk/rugdekking"))
    paths = (*paths, (network, "/dorpsondersteuners/netwerk"))
    counts: list[list[int]] = []
    made = 0
    for wanted in (3, 12):
        for number in range(made, wanted):
            a_supporter(f"n{number}", first_name=f"N{number}")
            backing(asker=a_resident(f"n{number}"))
            room(asker=a_resident(f"n{number}"))
        made = wanted
        asked = []
        for client, path in paths:
            text(client, path)
            with CaptureQueriesContext(connection) as seen:
                text(client, path)
            asked.append(sum("areas_areaimport" not in one["sql"] for one in seen.captured_queries))
        counts.append(asked)
    assert counts[0] == counts[1]


def test_what_waits_stands_on_the_first_page_of_each() -> None:
    actor, _found = a_supporter()
    a_supporter("nieuw", known=False)
    backing(asker=a_resident("een"))
    room(asker=a_resident("twee"))
    of_official = [(item.path, item.count) for item in waiting(an_official()) if item.count]
    assert of_official == [("/werk/rugdekking", 1), ("/werk/rugdekking#ruimte", 1)]
    assert [(item.path, item.count) for item in waiting(an_adviser()) if item.count] == [("/werk/dorpsondersteuners", 1)]
    assert [item for item in waiting(actor) if item.count] == []
    assert list(waiting(Actor("visitor"))) == []


@pytest.mark.parametrize(
    "path", ["/mijn/dorpsondersteuner", "/mijn/rugdekking", "/mijn/oordeel", "/werk/rugdekking", "/mijn/ruimte/vraag"]
)
def test_who_did_not_sign_in_is_asked_to(path: str) -> None:
    assert Client().get(path).status_code == 302


def test_an_address_with_a_character_that_no_text_can_hold_is_a_page_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/dorpsondersteuners/%00", "/dorpsondersteuners/abcdefghjkmn%00", "/ruimte-en-rugdekking/%00"):
        assert Client().get(path).status_code in (400, 404)

    def as_postgresql(_name: str) -> Supporter:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")

    monkeypatch.setattr("vliegwiel.support.supporters.pages.public.people.supporter_named", as_postgresql)
    assert "teken in dat wij niet kunnen lezen" in text(Client(), "/dorpsondersteuners/nul", 400)
