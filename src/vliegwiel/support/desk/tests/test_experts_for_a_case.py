"""From a case to an expert and back: asked on the file, found by an expert, chosen, worked, and judged by who was helped."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.desk.actions.ask_expert import ask_expert, wish_for_expert
from vliegwiel.support.desk.actions.give_advice import Given, give_advice
from vliegwiel.support.desk.actions.hand_over import hand_over
from vliegwiel.support.desk.models import Advice, Enquiry
from vliegwiel.support.desk.tests.given import MONDAY, VISITOR, a_case, a_case_closed, an_adviser, link_of
from vliegwiel.support.desk.tests.test_pages import browser, text
from vliegwiel.support.experts.actions.answer_request import offer_help
from vliegwiel.support.experts.models import Expert, ExpertRequest, ExpertTask, HelpAnswer
from vliegwiel.support.experts.tests.given import NO_INTEREST, a_wish, an_expert, pool_hours, with_time

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def _post(client: Client, path: str, **words: Any) -> None:
    answer = client.post(path, words)
    assert answer.status_code == 302, answer.content.decode()[:3000]


def test_an_expert_with_a_free_day_finds_the_request_of_a_case_and_the_initiative_says_that_it_helped() -> None:
    found, adviser = a_case(), an_adviser()
    pool_hours()
    advice = give_advice(actor=adviser, enquiry=found.public_id, given=Given("Laat de statuten nakijken"))
    expert, page = an_expert()
    with_time(expert, page)
    file = f"/werk/loket/{found.number}/traject"
    at_work, helps, visitor = browser(adviser), browser(expert), Client()
    wish = {
        "titel": "Statuten nakijken",
        "tekst": "Kloppen de statuten?",
        "kan": ["recht"],
        "uren": "6",
        "uiterlijk": "2026-03-20",
    }
    assert at_work.post(file, {"doe": "deskundige", **wish, "uren": "0"}).status_code == 400
    _post(at_work, file, doe="deskundige", advies=advice.public_id, taal="nl", **wish)
    request = ExpertRequest.objects.get()
    assert Advice.objects.get().expert_request == request.public_id
    assert "Deskundige: zoekt iemand" in text(at_work, file)
    assert "Er is 1 verzoek dat bij u past" in text(helps, "/mijn/deskundige")
    own = f"/mijn/deskundige/verzoeken/{request.public_id}"
    assert "Komt overal in de provincie" in text(helps, own)
    _post(helps, own, doe="kan", belang="nee")
    work = f"/werk/deskundigen/verzoeken/{request.public_id}"
    assert "Wil dit doen" in text(at_work, work)
    _post(at_work, work, doe="kiezen", wie=page.public_id, uren="6")
    _post(helps, own, doe="uren", uren="1:30", dag="2026-03-02", wat="Statuten gelezen")
    assert helps.post(own, {"doe": "uren", "uren": "5", "dag": "2026-03-02", "wat": "Te veel"}).status_code == 400
    _post(helps, own, doe="meer", meer="2", waarom="Ook het huurcontract")
    more = ExpertTask.objects.get().more.get()
    _post(at_work, work, doe="meer-ja", meer=more.public_id)
    _post(helps, own, doe="klaar", tekst="De statuten kloppen nu.")
    _post(helps, own, doe="hoe", helped="yes", again="yes")
    link = f"/loket/vragen/{found.public_id}/{link_of(found)}"
    assert "De statuten kloppen nu." in text(visitor, link)
    _post(visitor, link, doe="hielp", verzoek=request.public_id, helped="yes", again="partly")
    assert {(answer.side, answer.helped) for answer in HelpAnswer.objects.all()} == {("initiative", "yes"), ("expert", "yes")}
    assert "U zei of het hielp: ja" in text(visitor, link)
    assert "Hielp het? ja" in text(at_work, file)
    csv = at_work.get("/werk/deskundigen/jaar?formaat=csv").content.decode()
    assert "2026,1,1,1,1,1.50,100,98,1,1," in csv


def test_a_wish_of_the_initiative_goes_along_when_the_case_is_handed_over_and_ends_with_the_case() -> None:
    found = a_case()
    wish_for_expert(actor=VISITOR, enquiry=found.public_id, wish=a_wish(), link=link_of(found))
    other = an_adviser(3, "Dorpenbond Nergens")
    hand_over(actor=an_adviser(), enquiry=found.public_id, person=other.id, note="Zij weten meer van bouwen.")
    request = ExpertRequest.objects.get()
    assert (request.organisation, request.adviser) == (other.organisation, other.id)
    assert "Statuten nakijken" in text(browser(other), "/werk/deskundigen?stapel=wensen")
    assert "Statuten nakijken" not in text(browser(an_adviser()), "/werk/deskundigen?stapel=wensen")
    hand_over(actor=other, enquiry=found.public_id, person=an_adviser().id, note="Toch terug.")
    ask_expert(actor=an_adviser(), enquiry=found.public_id, wish=a_wish())
    a_case_closed(Enquiry.objects.get())
    assert set(ExpertRequest.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_of_who_is_willing_the_adviser_reads_also_what_does_not_fit() -> None:
    found, adviser = a_case(), an_adviser()
    pool_hours()
    wish = a_wish(skills=("techniek",))
    request = ask_expert(actor=adviser, enquiry=found.public_id, wish=wish)
    expert, _page = an_expert()
    offer_help(actor=expert, request=request, said=NO_INTEREST)
    page = text(browser(adviser), f"/werk/deskundigen/verzoeken/{request}")
    willing = page[page.index("Wil dit doen") : page.index("Kies deze deskundige")]
    assert "Kan dit niet: bouw en techniek" in willing


def test_the_public_page_counts_skills_and_names_only_who_wants_that() -> None:
    an_expert(1, skills=("recht", "geld"))
    an_expert(2, skills=("geld",), shows_name=True)
    page = text(Client(), "/deskundigen")
    assert "D. Verzonnen 2" in page
    assert "D. Verzonnen 1" not in page
    assert Expert.objects.count() == 2


def test_lists_ask_as_many_questions_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    found = a_case()
    expert, page = an_expert()
    with_time(expert, page)
    at_work, helps = browser(an_adviser()), browser(expert)
    counts: list[dict[str, int]] = []
    for number in range(2, 13):
        ask_expert(actor=an_adviser(), enquiry=found.public_id, wish=a_wish(title=f"Verzoek {number}"))
        an_expert(number)
        if number in (3, 12):
            name = ExpertRequest.objects.order_by("pk")[0].public_id
            asked = {}
            for client, path in (
                (at_work, "/werk/deskundigen"),
                (at_work, f"/werk/deskundigen/verzoeken/{name}"),
                (helps, "/mijn/deskundige"),
            ):
                text(client, path)
                with django_assert_max_num_queries(60) as captured:
                    text(client, path)
                asked[path] = sum("areas_areaimport" not in one["sql"] for one in captured.captured_queries)
            counts.append(asked)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["/mijn/deskundige", "/werk/deskundigen", "/werk/deskundigen/mensen", "/werk/deskundigen/jaar"])
def test_without_signing_in_the_pages_of_the_pool_lead_to_signing_in(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "inloggen" in answer.headers["Location"]
