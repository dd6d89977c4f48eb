"""The pages of fieldwork, as a browser asks for them: who answers, who makes, invites and types in."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.tests.snapshot import snapshot_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.plan_fielding import plan_fielding
from vliegwiel.see.fieldwork.models import Fielding, Panel, PanelMember, Questionnaire, SentAnswers, UnsentAnswers
from vliegwiel.see.fieldwork.pages.answering import page as answering_page
from vliegwiel.see.fieldwork.pages.panel import page as joining_page
from vliegwiel.see.fieldwork.tests.given import (
    a_field_worker,
    a_panel,
    a_plan,
    a_questionnaire,
    a_researcher,
    addresses,
    by_letter,
    by_open_link,
    codes_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_province")]
SCORES = {f"cijfer{n}": str(n + 4) for n in range(1, 5)}


def browser(actor: Actor) -> Client:
    """Someone who signed in."""
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP], session[CHOSEN] = "set-up", actor.organisation
    session.save()
    return client


def test_someone_answers_page_by_page_stops_and_goes_on_elsewhere_and_sends() -> None:
    fielding = by_open_link(a_researcher())
    path, client = f"/meedoen/{fielding.public_id}", Client()
    assert fielding.title in client.get("/meedoen").content.decode()
    assert client.get(path).status_code == 200
    assert client.get(f"{path}/1")["Location"] == path, "nobody answers before they read what it is about"
    assert client.post(path)["Location"] == f"{path}/1"
    refused = client.post(f"{path}/1", {"doe": "verder"})
    assert (refused.status_code, "v-thuis-fout" in refused.content.decode()) == (400, True)
    more = client.post(f"{path}/1", {"doe": "verder", "thuis": "2"})
    assert more["Location"] == f"{path}/1#v-waarom", "a question that hangs on the answer comes first"
    assert client.post(f"{path}/1", {"doe": "verder", "thuis": "2", "waarom": "Stil."})["Location"] == f"{path}/2"
    assert client.post(f"{path}/2", {"doe": "later", **SCORES})["Location"] == f"{path}/later"
    told = client.get(f"{path}/later").content.decode()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", told)
    assert code is not None
    other = Client()
    assert other.post("/meedoen", {"code": code[0].lower()})["Location"] == path
    check = other.get(f"{path}/nakijken").content.decode()
    assert all(word in check for word in ("Stil.", "Nee", ">5<"))
    assert other.post(f"{path}/nakijken")["Location"] == f"{path}/bedankt"
    assert (SentAnswers.objects.count(), UnsentAnswers.objects.count()) == (1, 0)
    assert SentAnswers.objects.get().values == {"thuis": "2", **{name: int(value) for name, value in SCORES.items()}}
    assert "Dank u wel" in other.get(f"{path}/bedankt").content.decode()
    assert client.get(f"{path}/2")["Location"] == path
    assert other.get(f"{path}/1")["Location"] == path


def test_no_page_of_who_answers_keeps_a_session_or_is_kept_by_a_browser() -> None:
    fielding = by_open_link(a_researcher())
    client, path = Client(), f"/meedoen/{fielding.public_id}"
    answer = client.post(path)
    cookie = answer.cookies["deelname"]
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/meedoen", "")
    assert "sessionid" not in client.cookies
    assert "no-store" in client.get(f"{path}/1")["Cache-Control"]
    client.cookies["deelname"] = str(cookie.value).replace(fielding.public_id, "aaaaaaaaaaaa")
    assert client.get(f"{path}/1")["Location"] == path


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH-JKMN", "x" * 40, "%00\x00", "'; DROP"])
def test_a_wrong_code_is_told_kindly_and_changes_nothing(typed: str) -> None:
    by_letter(a_researcher(), a_field_worker(), people=20)
    before = snapshot_of("fieldwork")
    answer = Client().post("/meedoen", {"code": typed})
    assert (answer.status_code, "Deze code kennen we niet" in answer.content.decode()) == (400, True)
    assert snapshot_of("fieldwork") == before


def test_a_researcher_makes_a_questionnaire_in_the_browser_and_puts_it_in_the_field() -> None:
    researcher = a_researcher()
    client = browser(researcher)
    made = client.post("/werk/vragenlijsten", {"doe": "begin", "naam": "Nieuw", "voorbeeld": "-"})
    found, path = Questionnaire.objects.get(), made["Location"]
    question = {
        "doe": "bewaar", "versie": "1", "vraag": "Hoe prettig woont u?", "nummer": "prettig", "soort": "scale", "laag": "0", "hoog": "10",
        "verplicht": "ja", "achtergrond": "nee", "alleen_als": "-",
    }  # fmt: skip
    wrong = client.post(f"{path}/vraag/nieuw", question | {"nummer": "Pret tig"})
    assert (wrong.status_code, "kleine letters" in wrong.content.decode()) == (400, True)
    assert client.post(f"{path}/vraag/nieuw", question).status_code == 302
    stale = client.post(f"{path}/vraag/nieuw", question | {"nummer": "ander"})
    assert (stale.status_code, "Iemand anders" in stale.content.decode()) == (400, True)
    assert client.post(path, {"doe": "schaal", "schaal": "eenzaamheid-6", "blad": "blad1", "versie": "2"}).status_code == 302
    refused = client.post(path, {"doe": "weg", "wat": "leegte", "versie": "3"})
    assert "alleen geldig in zijn geheel" in refused.content.decode()
    assert client.post(path, {"doe": "omlaag", "wat": "prettig", "versie": "3"}).status_code == 302
    shown = client.get(f"{path}/voorbeeld").content.decode()
    assert "Hoe prettig woont u?" in shown
    found.refresh_from_db()
    assert [item.id for item in found.document][:2] == ["leegte", "prettig"]
    survey = client.get(f"{path}/surveyjs.json").content.decode()
    again = client.post("/werk/vragenlijsten", {"doe": "surveyjs", "tekst": survey.replace('"Nieuw"', '"Kopie"')})
    assert again.status_code == 302
    odd = json.loads(survey) | {"title": "Vreemd", "triggers": [1]}
    asked = client.post("/werk/vragenlijsten", {"doe": "surveyjs", "tekst": json.dumps(odd)})
    assert (asked.status_code, "triggers kennen we niet" in asked.content.decode()) == (400, True)
    assert client.post("/werk/vragenlijsten", {"doe": "surveyjs", "tekst": json.dumps(odd), "gezien": "ja"}).status_code == 302


def test_from_plan_to_wave_each_with_their_own_work() -> None:
    researcher, worker, phone = a_researcher(), a_field_worker(), acting(a_role("telefonist"))
    asks = a_questionnaire(researcher)
    client, inviter, caller = browser(researcher), browser(worker), browser(phone)
    plan = {
        "doe": "plan", "enquete": "Meting", "jaar": "2026", "wie": "15 jaar of ouder", "route": "letter", "kans": "ja", "panel": "-",
        "tot": "31-12-2199", "beleving": "nee", "gebieden": "2024", "themas": "contact",
    }  # fmt: skip
    assert client.post(f"/werk/veldwerk/plan/{asks.public_id}", plan | {"tot": "1-1-2001"}).status_code == 400
    path = client.post(f"/werk/veldwerk/plan/{asks.public_id}", plan)["Location"]
    assert client.post(path, {"doe": "open"}).status_code == 400, "nobody was invited"
    assert client.get(f"{path}/brieven").status_code == 403, "who reads answers sees no names"
    file = SimpleUploadedFile("adressen.csv", addresses(30))
    assert inviter.post(f"{path}/brieven", {"doe": "lees", "bestand": file}).status_code == 302
    assert client.post(path, {"doe": "open"}).status_code == 302
    assert "30 mensen stuurden nog niets" in inviter.get(f"{path}/brieven").content.decode()
    assert caller.get(f"{path}/respons.csv").status_code == 403
    fielding = Fielding.objects.get()
    code = next(codes_in(fielding))[1]
    begun = caller.post(f"{path}/telefoon", {"code": code})
    assert begun["Location"] == f"/meedoen/{fielding.public_id}/1"
    caller.post(begun["Location"], {"doe": "verder", "thuis": "1"})
    assert "Aan de telefoon" in caller.get(f"/meedoen/{fielding.public_id}/2").content.decode()
    assert caller.post(f"/meedoen/{fielding.public_id}/nakijken")["Location"] == f"{path}/telefoon?verstuurd=ja"
    assert SentAnswers.objects.get().mode == "phone"
    page = client.get(path).content.decode()
    assert "Aantallen zijn naar beneden afgerond" in page
    assert "0 tot 5" in page
    assert client.get(f"{path}/respons.csv").content.decode().startswith("\ufeffindeling;groep")
    assert client.post(path, {"doe": "sluit"}).status_code == 400
    assert client.post(path, {"doe": "sluit", "zeker": "ja"}).status_code == 302
    assert "Antwoorden overdragen" in client.get("/mijn").content.decode()
    assert client.post(path, {"doe": "draag-over"}).status_code == 302
    assert f"/werk/enquetes/{Fielding.objects.get().wave}" in client.get(path).content.decode()


def test_someone_joins_a_panel_stays_leaves_and_is_erased_by_phone() -> None:
    worker = a_field_worker()
    panel = a_panel(worker, members=2)
    client, path = Client(), f"/panel/{panel.public_id}"
    form = {
        "doe": "word-lid", "naam": "Nieuw Lid", "straat": "Wolkweg 1", "plaats": "0000 AA Nergensdam", "gemeente": "GM9901",
        "leeftijd": "15 tot 25 jaar",
    }  # fmt: skip
    assert client.post(path, form).status_code == 400
    changing = re.compile(r"(aanmelding|csrfmiddlewaretoken)\" value=\"([^\"]+)\"")
    first, second = (client.post(path, form | {"akkoord": "vragen"}).content.decode() for _time in range(2))
    assert changing.sub("", first) == changing.sub("", second), "a stranger does not learn who is a member"
    tokens = [dict(changing.findall(page))["aanmelding"] for page in (second, first)]
    for token, left in zip(tokens, (3, 2), strict=True):
        assert "gewist wat u net invulde" in client.post(path, {"doe": "toch-niet", "aanmelding": token}).content.decode()
        assert PanelMember.objects.count() == left
    assert "niet meer" in client.post(path, {"doe": "toch-niet", "aanmelding": "x"}).content.decode()
    client.post(path, form | {"akkoord": "vragen"})
    code = codes.leaving_code(panel.salt, PanelMember.objects.get(name="Nieuw Lid").public_id)
    assert "weer twee jaar lid" in client.post("/panel/mijn", {"code": code, "doe": "blijf"}).content.decode()
    assert "U bent afgemeld" in client.post("/panel/mijn", {"code": code, "doe": "weg"}).content.decode()
    assert client.post("/panel/mijn", {"code": code}).status_code == 400
    members = browser(worker)
    page, who = f"/werk/panels/{panel.public_id}", PanelMember.objects.first()
    assert who is not None
    assert who.name in members.get(f"{page}?zoek=lid").content.decode()
    assert members.post(page, {"lid": who.public_id}).status_code == 400
    assert members.post(page, {"lid": who.public_id, "zeker": "ja"}).status_code == 302
    assert (PanelMember.objects.count(), Panel.objects.get().left) == (1, 2)
    assert browser(a_researcher()).get(page).status_code == 403


def test_who_joins_too_often_is_told_so_and_nobody_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining_page, "_PER_DAY", 1)
    panel = a_panel(a_field_worker(), members=0)
    form = {
        "doe": "word-lid", "straat": "Wolkweg 1", "plaats": "0000 AA Nergensdam", "gemeente": "GM9901",
        "leeftijd": "15 tot 25 jaar", "akkoord": "vragen",
    }  # fmt: skip
    statuses = [Client().post(f"/panel/{panel.public_id}", form | {"naam": f"Lid {n}"}).status_code for n in range(2)]
    assert statuses == [200, 400]
    assert PanelMember.objects.count() == 1


def test_a_machine_does_not_fill_an_open_survey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering_page, "_BEGUN", 2)
    path = f"/meedoen/{by_open_link(a_researcher()).public_id}"
    answers = [Client().post(path) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 400]
    assert "Vanaf dit netwerk" in answers[-1].content.decode()
    assert UnsentAnswers.objects.count() == 2


def test_lists_ask_a_fixed_number_of_questions() -> None:
    researcher = a_researcher()
    client, asks = browser(researcher), a_questionnaire(researcher)

    def asked(path: str) -> int:
        areas.stamp.forget()
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    def more(until: int) -> None:
        for number in range(Fielding.objects.count(), until):
            plan_fielding(actor=researcher, questionnaire=asks.public_id, plan=a_plan(title=f"Meting {number}", returns_after=2))

    more(3)
    paths = ("/werk/veldwerk", "/werk/vragenlijsten", f"/werk/vragenlijsten/{asks.public_id}", "/mijn")
    few = [asked(path) for path in (*paths, *paths)][len(paths) :]
    more(30)
    assert [asked(path) for path in paths] == few
