"""The pages, the file and the API of challenges: what everyone reads, and the whole way in the browser."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.search.public import search
from vliegwiel.kernel import clock
from vliegwiel.support.challenges import findable, queries
from vliegwiel.support.challenges.actions.judge_challenge import (
    grounds_for,
    judge_challenge,
    show_challenge,
)
from vliegwiel.support.challenges.actions.write_challenge import send_challenge, start_challenge, withdraw_challenge
from vliegwiel.support.challenges.lifecycle import NAMES, PENDING, State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import find
from vliegwiel.support.challenges.tests.given import (
    TOWN,
    a_challenge,
    a_challenger,
    all_met,
    an_officer,
    an_upload,
    the_rules,
    told,
)
from vliegwiel.support.challenges.waiting import waiting
from vliegwiel.support.desk.tests.given import VISITOR
from vliegwiel.support.desk.tests.test_pages import browser, text

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def test_the_public_reads_texts_only_once_checked_and_names_only_with_consent() -> None:
    the_rules()
    hidden = start_challenge(actor=a_challenger(), province=PROVINCE, told=told(title="Geheim van Jan", shows_name=True))
    send_challenge(actor=a_challenger(), challenge=hidden.public_id)
    a_challenge(title="Het veld")
    a_challenge(title="De speelplek", shows_name=True)
    listed, csv = text(Client(), "/uitdagingen"), text_of_csv()
    api = json.loads(Client().get("/api/v1/uitdagingen").content)
    assert "Jan" not in listed + csv + json.dumps(api)
    assert "antwoord uiterlijk 27 april" in listed
    assert "Buurtvereniging Luchtstraat" not in text(Client(), Challenge.objects.get(title="Het veld").path)
    assert "Buurtvereniging Luchtstraat" in text(Client(), Challenge.objects.get(title="De speelplek").path)
    assert "Buurtvereniging Luchtstraat" not in text(Client(), Challenge.objects.get(title="Geheim van Jan").path)
    assert "Geheim van Jan" in text(browser(a_challenger()), f"/mijn/uitdagingen/{hidden.public_id}")
    assert [item["tekstNagekeken"] for item in api["resultaten"]] == [True, True, False]


def text_of_csv() -> str:
    return Client().get("/uitdagingen.csv").getvalue().decode()


def test_a_cost_that_nobody_knows_is_empty_and_no_zero() -> None:
    found = a_challenge(cost=None, cost_from="")
    assert "Dat weten wij niet." in text(Client(), found.path)
    item = json.loads(Client().get(f"/api/v1/uitdagingen/{found.public_id}").content)
    assert item["kostenPerJaarInCenten"] is None
    assert "0,00" not in text_of_csv()


def test_a_draft_is_nowhere_to_be_read() -> None:
    draft = a_challenge(State.DRAFT)
    for path in (draft.path, f"/api/v1/uitdagingen/{draft.public_id}"):
        assert Client().get(path).status_code == 404
    assert draft not in queries.sent(PROVINCE)
    assert browser(an_officer()).get(f"/werk/uitdagingen/{draft.public_id}").status_code == 403


def test_lists_ask_as_many_questions_for_thirty_as_for_three() -> None:
    the_rules()
    client, counts = browser(an_officer()), []
    for number in range(31):
        made = start_challenge(actor=a_challenger(f"u{number}@voorbeeld.invalid"), province=PROVINCE, told=told())
        send_challenge(actor=a_challenger(f"u{number}@voorbeeld.invalid"), challenge=made.public_id)
        if number in (2, 30):
            asked = []
            for path in ("/werk/uitdagingen", "/uitdagingen", "/api/v1/uitdagingen", "/uitdagingen.csv"):
                queries.stamp.forget()
                with CaptureQueriesContext(connection) as captured:
                    client.get(path).getvalue()
                asked.append(sum("challenges_challenge" in one["sql"] for one in captured.captured_queries))
            counts.append(asked)
    assert counts[0] == counts[1]
    assert "Volgende" in text(client, "/uitdagingen")


def test_a_whole_challenge_in_the_browser_from_idea_to_agreement() -> None:
    officer, writer = an_officer(), a_challenger()
    at_work, own = browser(officer), browser(writer)
    rules = {
        "verordening": "Verordening",
        "artikel": "artikel 3",
        "vanaf": "2026-01-01",
        "weken": "6",
        "mensen": "25",
        "grond": ["taak", "beter"],
    }
    assert at_work.post("/werk/uitdagingen/regels", {**rules, "weken": ""}).status_code == 400
    assert at_work.post("/werk/uitdagingen/regels", rules).status_code == 302
    words = {
        "overheid": officer.organisation,
        "titel": "Het groen",
        "taak": "Het plantsoen",
        "naam": "De buurt",
        "doe": "bewaren",
    }
    assert own.post("/mijn/uitdagingen/nieuw", {**words, "kosten": "veel"}).status_code == 400
    where = own.post("/mijn/uitdagingen/nieuw", words).headers["Location"]
    more = {**words, "beter": "Wij wonen er.", "wie": "Veertig huizen", "kosten": "1.250,50", "bron": "de begroting"}
    assert own.post(where, more).status_code == 302
    assert "1.250,50" in text(own, where)
    assert "binnen 6 weken" in text(own, where)
    assert "minstens 25 mensen" in text(own, where)
    assert own.post(where, {"doe": "versturen"}).status_code == 302
    name = Challenge.objects.get().public_id
    work = f"/werk/uitdagingen/{name}"

    def act(**form: Any) -> None:
        answer = at_work.post(work, form)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    assert "Het groen" in text(at_work, "/werk/uitdagingen")
    act(doe="tonen")
    act(**{"doe": "gronden", "grond-taak": "ja", "grond-beter": "ja"})
    act(doe="gesprek", soort="bezoek", dag="2026-03-02", waarover="Kijken in de straat")
    act(doe="verslag", gesprek=find(name).talks.get().public_id, tekst="Er staan twaalf bomen.")
    act(doe="afwegen", wat="gelijk", tekst="Iedere straat kan dit vragen.")
    assert at_work.post(work, {"doe": "proef", "dag": "2026-09-01", "redenen": "Goed", "terug": "Terug"}).status_code == 400
    act(doe="afwegen", wat="aanbesteden", tekst="Het bedrag is te laag.")
    act(
        doe="afspraak",
        dag="2026-03-02",
        redenen="De buurt doet het groen.",
        terug="De gemeente doet het weer.",
        afspraak=an_upload(),
    )
    assert find(name).stands is State.AGREED
    public = text(Client(), f"/uitdagingen/{name}")
    for part in ("Afgesproken op", "2 maart 2026", "De buurt doet het groen.", "Er staan twaalf bomen.", "€\u00a01.251"):
        assert part in public, part
    assert "Het groen" in text(own, "/mijn/uitdagingen")
    assert "Lees de getekende afspraak" in text(own, where)


@pytest.mark.parametrize(
    "path", ["/mijn/uitdagingen", "/mijn/uitdagingen/nieuw", "/werk/uitdagingen", "/werk/uitdagingen/regels"]
)
def test_without_signing_in_own_and_work_pages_lead_to_signing_in(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "inloggen" in answer.headers["Location"]


def test_what_is_late_is_late_for_everyone_to_see() -> None:
    the_rules()
    found = a_challenge(State.ADMITTED)
    with clock.at(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        assert "Het antwoord is te laat" in text(Client(), found.path)
        assert next(item.late for item in waiting(an_officer())) == 1
        assert find(found.public_id).stands in PENDING
    show_challenge(actor=an_officer(TOWN), challenge=found.public_id, shown=False)
    assert "De tekst staat nog niet op de site" in text(Client(), found.path)


def test_a_challenge_is_found_by_everybody_once_the_authority_saw_its_text_and_the_catalogue_holds_the_list() -> None:
    found = a_challenge()
    show_challenge(actor=an_officer(), challenge=found.public_id, shown=False)
    assert search("plantsoen", actor=VISITOR, province=PROVINCE).hits == (), "nobody saw yet whether it names someone"
    show_challenge(actor=an_officer(), challenge=found.public_id, shown=True)
    assert [hit.id for hit in search("plantsoen", actor=VISITOR, province=PROVINCE).hits] == [found.public_id]
    judge_challenge(actor=an_officer(), challenge=found.public_id, judged=all_met(find(found.public_id)))
    first = challenges().grounds[grounds_for(found)[0]].name
    assert first in Document.objects.get(kind="challenge").text, "what was judged is in the search at once"
    withdraw_challenge(actor=a_challenger(), challenge=found.public_id)
    assert search("plantsoen", actor=VISITOR, province=PROVINCE).hits[0].phase == str(NAMES[State.WITHDRAWN])
    listed = {item.id for item in next(iter(findable.SEARCHABLES)).documents(PROVINCE)}
    assert listed == {found.public_id}
    assert "/api/v1/uitdagingen" in Client().get("/data/catalogus?formaat=turtle").content.decode()
