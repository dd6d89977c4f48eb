"""The pages as a browser asks for them: a resident on a phone, a visitor, a board, an adviser."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.connect.clamav import fake
from vliegwiel.foundation.papers.actions.scan_waiting import scan_waiting
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.public import open_paper
from vliegwiel.foundation.people.models import OutgoingMail, Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.kernel import fresh
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives import demo
from vliegwiel.support.initiatives.actions.guard_initiative import merge_initiatives
from vliegwiel.support.initiatives.actions.publish_initiative import withdraw_initiative
from vliegwiel.support.initiatives.actions.send_message import write_message
from vliegwiel.support.initiatives.contact import Written
from vliegwiel.support.initiatives.models import (
    ContactMessage,
    Follow,
    Initiative,
    MeetingPlace,
    ViabilityCheck,
    VolunteerOffer,
)
from vliegwiel.support.initiatives.tests.given import (
    EAST,
    MUNICIPALITY,
    PROVINCE,
    WEST,
    a_land,
    a_meeting_place,
    a_resident,
    an_adviser,
    an_initiative,
)
from vliegwiel.support.initiatives.tokens import key_of
from vliegwiel.support.initiatives.viability import LOOKED
from vliegwiel.support.initiatives.waiting import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_province(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.PAGE_CACHE_MEGABYTES = 0


def browser(actor: Actor) -> Client:
    """A browser in which this person signed in, for their organisation."""
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session[CHOSEN] = actor.organisation
    session.save()
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_resident_makes_an_initiative_in_five_steps_and_shows_it() -> None:
    a_land()
    client = browser(a_resident())
    step = client.post("/mijn/initiatieven", {"titel": "Buurttuin"})
    found = Initiative.objects.get()
    assert step["Location"] == f"{found.own_path}/idee"
    idea = {"titel": "Buurttuin", "kort": "Wij maken samen een tuin.", "themas": ["omgeving"], "versie": found.version}
    assert client.post(f"{found.own_path}/idee", idea)["Location"] == f"{found.own_path}/plek"
    assert "vinden wij niet" in text(client, f"{found.own_path}/plek?zoek=Timboektoe")
    assert "Hengelo" in text(client, f"{found.own_path}/plek?zoek=hengelo")
    chosen = client.post(f"{found.own_path}/plek", {"gebied": WEST, "precisie": "area"})
    assert chosen["Location"] == f"{found.own_path}/wie"
    found.refresh_from_db()
    who = {"fase": "starting", "vrijwilligers": "12", "zoekt": ["hands"], "versie": found.version}
    assert client.post(f"{found.own_path}/wie", who)["Location"] == f"{found.own_path}/verhaal"
    assert client.post(f"{found.own_path}/verhaal", {"verhaal": "Een kaal veld."})["Location"] == f"{found.own_path}/tonen"
    assert client.post(f"{found.own_path}/tonen", {"contact": "ja"})["Location"] == f"{found.own_path}/op-de-site"
    client.post(f"{found.own_path}/op-de-site", {})
    page = text(Client(), found.path)
    assert "Wij maken samen een tuin." in page
    assert "bewoner@" not in page
    assert "12 vrijwilligers" in page
    assert "Buurttuin" in text(Client(), f"/initiatieven?plaats={WEST}&thema=omgeving&fase=starting&vraag=seeks-hands")
    assert "Buurttuin" not in text(Client(), f"/initiatieven?plaats={EAST}")


def test_a_touch_on_the_small_map_is_coarsened_and_a_key_press_there_is_no_place() -> None:
    client = browser(a_resident())
    found = an_initiative(Actor("person", Person.objects.get().public_id))
    point = {"gebied": WEST, "precisie": "near", "punt.x": "70", "punt.y": "60"}
    assert client.post(f"{found.own_path}/plek", point).status_code == 302
    found.refresh_from_db()
    assert (found.precision, (found.x or 0) % 200, (found.y or 0) % 200) == ("near", 100, 100)
    wrong = client.post(f"{found.own_path}/plek", {**point, "punt.x": "0", "punt.y": "0"})
    assert wrong.status_code == 400
    assert "Wijs de plek aan" in wrong.content.decode()
    assert client.get(f"/mijn/initiatieven/kaart/{MUNICIPALITY}.svg?x={found.x}&y={found.y}").content.startswith(b"<svg")


def test_what_two_people_save_at_once_is_laid_side_by_side() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    client = browser(taker)
    seen = found.version
    client.post(f"{found.own_path}/verhaal", {"verhaal": "De eerste tekst.", "versie": seen})
    answer = client.post(f"{found.own_path}/verhaal", {"verhaal": "De tweede tekst.", "versie": seen})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "De eerste tekst." in page
    assert "De tweede tekst." in page


def test_the_writer_is_told_what_is_in_the_text_and_others_do_not_see_it() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    client = browser(taker)
    client.post(f"{found.own_path}/verhaal", {"verhaal": "Bel 06 12345678."})
    assert "Er staat een telefoonnummer in" in text(client, found.own_path)
    assert "staat niet op de site" in text(Client(), found.path, 404)
    assert "0612345678" not in text(Client(), "/initiatieven")
    adviser = browser(an_adviser())
    assert found.title in text(adviser, "/werk/initiatieven")
    adviser.post(f"/werk/initiatieven/{found.public_id}", {"doe": "opschonen", "story": "Stuur een bericht."})
    assert "Stuur een bericht." in text(Client(), found.path)


def _photo(colours: bytes = b"") -> bytes:
    """A JPEG that says where it was taken, and maybe with a table of colours, in which anything can hide."""
    from PIL import Image

    picture, out = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    exif = picture.getexif()
    exif[0x8825] = {1: "N", 2: (52.0, 6.0, 30.0), 3: "E", 4: (6.0, 12.0, 9.0)}
    picture.save(out, "JPEG", exif=exif, icc_profile=colours or None)
    return out.getvalue()


def test_a_photo_loses_where_it_was_taken_and_needs_words() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    client = browser(taker)
    data = _photo()
    assert b"Exif" in data
    act = f"{found.own_path}/doe"
    wrong = client.post(act, {"doe": "foto", "foto": SimpleUploadedFile("foto.jpg", data), "wat": ""})
    assert "Niet iedereen kan haar zien" in wrong.content.decode()
    client.post(act, {"doe": "foto", "foto": SimpleUploadedFile("foto.jpg", data), "wat": "Een lange tafel vol eten."})
    photo = found.photos.get()
    answer = Client().get(f"/initiatieven/fotos/{photo.public_id}")
    assert answer["Content-Type"] == "image/jpeg"
    assert b"Exif" not in answer.content
    assert b"Exif" not in open_paper(actor=taker, paper=photo.paper).data
    assert 'alt="Een lange tafel vol eten."' in text(Client(), found.path)
    for name, bad in (("foto.jpg", b"geen foto"), ("virus.exe", b"MZ")):
        refused = client.post(act, {"doe": "foto", "foto": SimpleUploadedFile(name, bad), "wat": "Iets op een foto."})
        assert refused.status_code == 400
    withdraw_initiative(actor=taker, initiative=found.public_id)
    assert Client().get(f"/initiatieven/fotos/{photo.public_id}").status_code == 404


def test_a_photo_with_a_virus_is_refused_in_words_and_one_that_waits_for_the_scanner_is_shown_to_nobody(settings: Any) -> None:
    taker = a_resident()
    found = an_initiative(taker)
    client, act = browser(taker), f"{found.own_path}/doe"

    def sent(data: bytes) -> Any:
        return client.post(act, {"doe": "foto", "foto": SimpleUploadedFile("foto.jpg", data), "wat": "Een lange tafel vol eten."})

    with fake.running() as settings.VLIEGWIEL_CLAMAV:
        refused = sent(_photo(fake.TEST_VIRUS * 4))
        assert (refused.status_code, "virus" in refused.content.decode()) == (400, True)
        assert (found.photos.count(), Paper.objects.count()) == (0, 0)
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        assert sent(_photo()).status_code == 302
        photo = found.photos.get()
        assert Client().get(f"/initiatieven/fotos/{photo.public_id}").status_code != 200
    with fake.running() as settings.VLIEGWIEL_CLAMAV:
        scan_waiting(actor=Actor.system("job"))
    assert Client().get(f"/initiatieven/fotos/{photo.public_id}").status_code == 200


def test_a_merged_address_leads_on_for_ever_and_one_taken_off_says_so() -> None:
    first, second = a_resident(), a_resident("ander")
    gone, kept = an_initiative(first, "Eettafel"), an_initiative(second, "Samen eten")
    merge_initiatives(actor=an_adviser(), initiative=gone.public_id, into=kept.public_id, why="Zelfde groep.")
    answer = Client().get(gone.path)
    assert (answer.status_code, answer["Location"]) == (301, kept.path)
    assert "Eettafel is hiermee samengevoegd" in text(Client(), kept.path)
    withdraw_initiative(actor=second, initiative=kept.public_id)
    assert "haalden het van de site" in text(Client(), kept.path, 410)


def test_a_visitor_writes_confirms_and_the_taker_answers_on_the_page() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    visitor = Client()
    form = {"bericht": "Mag ik een keer komen kijken?", "adres": "bezoeker@voorbeeld.invalid", "naam": "Een buur"}
    assert "Vul uw e-mailadres in" in visitor.post(f"{found.path}/bericht", {**form, "adres": ""}).content.decode()
    assert "Kijk nu in uw e-mail" in visitor.post(f"{found.path}/bericht", form).content.decode()
    message = ContactMessage.objects.get()
    link = f"{found.path}/bericht/{message.public_id}/{key_of(message.public_id)}"
    assert link in OutgoingMail.objects.get(recipient="bezoeker@voorbeeld.invalid").body
    assert "Is dit uw bericht?" in text(visitor, link), "only opening the link sends nothing"
    assert ContactMessage.objects.get().state == "unconfirmed"
    visitor.post(link)
    page = text(browser(taker), f"{found.own_path}/berichten")
    assert "Een buur" in page
    assert "bezoeker@" not in page
    browser(taker).post(
        f"{found.own_path}/berichten", {"bericht": message.public_id, "doe": "antwoord", "antwoord": "Ja, kom gerust."}
    )
    assert ContactMessage.objects.get().state == "answered"
    assert text(browser(a_resident("vreemd")), f"{found.own_path}/berichten", 403)


def test_following_starts_from_a_page_and_stops_by_a_link() -> None:
    a_land()
    visitor = Client()
    assert "Hengelo" in text(visitor, f"/volgen?plaats={WEST}&binnen=2000")
    form = {"plaats": "Hengelo", "gebied": WEST, "binnen": "2000", "adres": "volger@voorbeeld.invalid"}
    assert visitor.post("/volgen", {**form, "plaats": "Timboektoe"}).status_code == 400
    assert "Kijk nu in uw e-mail" in visitor.post("/volgen", form).content.decode()
    found = Follow.objects.get()
    link = f"/volgen/{found.public_id}/{key_of(found.public_id)}"
    text(visitor, link)
    assert Follow.objects.get().confirmed_at is None, "opening is not pressing"
    visitor.post(link, {"doe": "ja"})
    assert Follow.objects.get().confirmed_at is not None
    visitor.post(link, {"doe": "stop"})
    assert not Follow.objects.exists()
    signed_in = browser(a_resident())
    signed_in.post("/volgen", {"thema": "wonen"})
    signed_in.post(f"/volgen/{Follow.objects.get().public_id}/stop")
    assert not Follow.objects.exists()


def test_a_board_and_an_adviser_keep_a_meeting_place_together() -> None:
    a_land()
    adviser, board = browser(an_adviser()), a_resident("bestuur")
    wrong = adviser.post("/werk/ontmoetingsplekken", {"naam": "Huis", "soort": "club", "plaats": "Timboektoe"})
    assert wrong.status_code == 400
    adviser.post("/werk/ontmoetingsplekken", {"naam": "De Fabelhof", "soort": "village-hall", "plaats": "Hengelo"})
    found = MeetingPlace.objects.get()
    kept = a_meeting_place("Huis Zogenaamd", board)
    client = browser(board)
    form = {"doe": "bewaar", "name": "Huis Zogenaamd", "about": "Een huis.", "seats": "veel", "access": ["toilet"]}
    wrong_page = client.post(kept.own_path, form)
    assert (wrong_page.status_code, "Een huis." in wrong_page.content.decode()) == (400, True)
    client.post(kept.own_path, {**form, "seats": "40", "versie": kept.revision})
    page = text(Client(), kept.path)
    assert "Toilet voor rolstoelen" in page
    assert "40 mensen" in page
    client.post(f"{kept.own_path}/zelfcheck", {item.key: "worry" for item in LOOKED})
    assert ViabilityCheck.objects.count() == 1
    assert "Vraag een adviseur" in text(adviser, f"{kept.own_path}/zelfcheck")
    assert "zorgen" not in text(Client(), kept.path)
    assert text(browser(a_resident("vreemd")), f"{kept.own_path}/zelfcheck", 403)
    assert text(browser(a_resident("vreemd")), found.own_path, 403)
    assert "De Fabelhof" in text(Client(), f"/ontmoetingsplekken?plaats={MUNICIPALITY}&soort=village-hall")
    assert "Huis Zogenaamd" in Client().get("/ontmoetingsplekken.csv").getvalue().decode()


def test_an_adviser_announces_and_a_volunteer_comes() -> None:
    adviser = browser(an_adviser())
    form = {"soort": "training", "naam": "Eerste hulp", "uitleg": "Twee avonden.", "dag": "16-3-2099", "plaatsen": "1"}
    assert adviser.post("/werk/vrijwilligers", {**form, "dag": "gisteren"}).status_code == 400
    adviser.post("/werk/vrijwilligers", form)
    assert "Eerste hulp" in text(Client(), "/vrijwilligers")
    path = VolunteerOffer.objects.get().path
    assert Client().post(path).status_code == 302, "a visitor signs in first"
    volunteer = browser(a_resident())
    volunteer.post(path)
    assert "U staat op de lijst" in text(volunteer, path)
    assert "Alle plaatsen zijn bezet" in text(Client(), path)
    volunteer.post(path, {"doe": "af"})
    assert VolunteerOffer.objects.get().taken == 0


def test_the_list_says_that_a_place_does_not_exist_and_helps_when_it_is_empty() -> None:
    a_land()
    assert "Wordt u de eerste?" in text(Client(), "/initiatieven")
    assert "kennen wij niet" in text(Client(), "/initiatieven?plaats=Timboektoe")
    assert "Hier past nog geen initiatief bij" in text(Client(), "/initiatieven?thema=wonen")
    assert "Er staat nog geen ontmoetingsplek" in text(Client(), "/ontmoetingsplekken")
    assert "niets op de agenda" in text(Client(), "/vrijwilligers")
    odd = "plaats=%00&binnen=99999999999&thema=x&fase=x&vraag=x-y&volgorde=x&pagina=99999"
    assert text(Client(), f"/initiatieven?{odd}")


def test_a_formula_in_a_title_stays_text_in_a_spreadsheet() -> None:
    an_initiative(title="=1+1")
    lines = Client().get("/initiatieven.csv").getvalue().decode()
    assert ",'=1+1," in lines


def test_the_lists_ask_as_much_for_twenty_as_for_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "SECONDS", 3600.0)  # how often a stamp is read again hangs on the clock alone
    taker, adviser = a_resident(), an_adviser()
    counts = []
    for wanted in (3, 17):
        for number in range(wanted):
            found = an_initiative(taker, f"Initiatief {wanted} {number}")
            a_meeting_place(f"Plek {wanted} {number}")
        write_message(actor=adviser, initiative=found.public_id, written=Written("Mag ik een keer komen kijken?"))
        paths = ["/initiatieven", f"/initiatieven?plaats={WEST}&binnen=10000&volgorde=dichtbij", "/ontmoetingsplekken"]
        clients = {"/mijn/initiatieven": browser(taker), "/werk/initiatieven": browser(adviser)}
        clients["/werk/ontmoetingsplekken"] = clients["/werk/initiatieven"]
        found_counts = []
        for path in [*paths, *clients]:
            client = clients.get(path, Client())
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found_counts.append(len(asked))
        counts.append(found_counts)
    assert counts[0] == counts[1]
    assert max(counts[1]) < 30


def test_the_page_of_a_place_shows_what_residents_do_there() -> None:
    found = an_initiative()
    a_meeting_place()
    page = text(Client(), f"/gebieden/{WEST}")
    assert found.title in page
    assert "De Fabelhof" in page
    assert "staat hier nog geen initiatief" in text(Client(), f"/gebieden/{EAST}")
    assert "1 initiatief van inwoners" in " ".join(text(Client(), f"/gebieden/{WEST}").split())


def test_the_demo_makes_a_few_dozen_by_the_real_actions_and_once(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = True
    a_land()
    assert demo.build(PROVINCE, 8) == 10
    assert demo.build(PROVINCE, 8) == 10
    assert Initiative.objects.filter(made_up=False).count() == 0
    assert "VERZONNEN VOORBEELD" in text(Client(), "/initiatieven")


def test_what_waits_is_on_the_list_of_work_of_taker_and_adviser() -> None:
    taker, adviser = a_resident(), an_adviser()
    found = an_initiative(taker, verhaal="Bel 0612345678.")
    assert [(item.path, item.count, item.first) for item in waiting(adviser)] == [("/werk/initiatieven", 1, None)]
    browser(adviser).post(f"/werk/initiatieven/{found.public_id}", {"doe": "goed"})
    write_message(actor=a_resident("ander"), initiative=found.public_id, written=Written("Mag ik een keer komen kijken?"))
    assert list(waiting(adviser)) == []
    assert [(item.path, item.count) for item in waiting(taker)] == [(f"{found.own_path}/berichten", 1)]
