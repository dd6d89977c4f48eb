"""What people see of schemes: open to all without signing in; written by who may; counted without a person."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.schemes.actions.steer_crisis import change_phase, start_crisis
from vliegwiel.support.schemes.check_form import steps_of
from vliegwiel.support.schemes.measured import measured
from vliegwiel.support.schemes.models import OutcomeCount, Scheme, SchemeDraft, StepCount
from vliegwiel.support.schemes.overview import listed, matching, others_that_fit, shown
from vliegwiel.support.schemes.public import CallFacts, call_of, count_steps
from vliegwiel.support.schemes.queries import scheme_named
from vliegwiel.support.schemes.rounds import rounds_of
from vliegwiel.support.schemes.tests.given import (
    a_draft_scheme,
    a_planned_call,
    a_version_in_force,
    an_officer,
    an_open_call,
)

pytestmark = pytest.mark.django_db
GOOD = {
    "aanvrager": "groep",
    "aantal_inwoners": "8",
    "plaats_in_provincie": "ja",
    "al_begonnen": "nee",
    "draagvlak": "ja",
    "kosten": "20.000",
    "gevraagd": "18.000",
}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_the_list_says_what_for_whom_how_much_until_when_and_what_is_left() -> None:
    found = an_open_call(title="Geld voor de buurt")
    page = text_of(Client().get("/regelingen"))
    for words in (
        "Geld voor de buurt",
        "Groepen inwoners",
        "€ 10.000 tot en met € 25.000",
        "75 procent",
        "Nog vrij <b>€ 100.000</b>",
    ):
        assert words in page
    assert found.path in page
    one = text_of(Client().get(found.path))
    assert "Wie het eerst een complete aanvraag heeft" in one
    assert f"/aanvragen/nieuw/{found.id}" in one
    assert found.decision_number in one


def test_a_call_that_was_not_announced_and_a_draft_are_nowhere_in_public() -> None:
    call = a_planned_call()
    draft = a_draft_scheme(title="Nog een geheim")
    page = text_of(Client().get("/regelingen"))
    assert "Nog een geheim" not in page
    assert call.name not in text_of(Client().get(f"/regelingen/{call.scheme.key}"))
    assert Client().get(f"/regelingen/{draft.key}").status_code == 404


def test_the_list_is_found_by_word_applicant_and_theme() -> None:
    an_open_call(title="Geld voor de buurt")
    an_open_call(scheme="gelderland/dorpendeal", title="Geld voor de deal")
    everything = listed(PROVINCE)

    def titles(**wish: Any) -> list[str]:
        return [item.rules.title for item in matching(everything, **wish)]

    assert len(titles()) == 2
    assert titles(words="DEAL") == ["Geld voor de deal"]
    assert titles(applicant="gemeente") == ["Geld voor de deal"]
    assert titles(applicant="groep") == ["Geld voor de buurt"]
    assert titles(theme="wonen") == []
    assert titles(state="closed") == []


def test_the_outcome_says_what_fits_instead() -> None:
    found = an_open_call()
    an_open_call(scheme="gelderland/verbind-je-buurt", title="Verbind uw buurt")
    page = text_of(Client().get(f"{found.path}/check", {**GOOD, "kosten": "8.000", "gevraagd": "6.000"}))
    assert "Uw plan past niet in deze regeling" in page
    assert "Het laagste bedrag in deze regeling is € 10.000." in page
    assert "Verbind uw buurt" in page
    chosen = shown(scheme_named(found.scheme))
    assert chosen is not None
    assert [item.rules.title for item, _outcome in others_that_fit(chosen, {"aanvrager": "bedrijf"})] == []


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        (GOOD, "Uw plan lijkt te passen"),
        ({**GOOD, "aantal_inwoners": "4"}, "Uw plan past niet"),
        (
            {**{key: value for key, value in GOOD.items() if key != "aantal_inwoners"}, "weet-niet": "aantal_inwoners"},
            "nog niet genoeg",
        ),
        ({**GOOD, "onzin": "x", "kosten": "20.000,00"}, "Uw plan lijkt te passen"),
    ],
)
def test_every_verdict_has_its_page_with_articles_and_receipt(answers: dict[str, str], heading: str) -> None:
    found = an_open_call()
    page = text_of(Client().get(f"{found.path}/check", answers))
    assert heading in page
    assert "Bekijk de regels" in page
    assert "Download het bewijs" in page
    assert "Dit is een check en geen besluit" in page


def test_a_yes_has_its_page_too() -> None:
    found = an_open_call(scheme="groningen/loket-leefbaarheid")
    answers = {"aanvrager": "inwoner", "soort_plan": "project", "gewone_kosten": "nee", "schulden": "nee"}
    page = text_of(Client().get(f"{found.path}/check", {**answers, "kosten": "1.000", "gevraagd": "800"}))
    assert "Uw plan past in deze regeling" in page
    assert "U kunt € 800,00 vragen" in page
    assert f"/aanvragen/nieuw/{found.id}?aanvrager=inwoner" in page


def test_the_receipt_can_be_made_again_by_anyone() -> None:
    found = an_open_call()
    first = Client().get(f"{found.path}/check/bewijs", GOOD).json()
    again = Client().get(f"{found.path}/check/bewijs", dict(reversed(list(GOOD.items())))).json()
    assert first == again
    assert first["bewijs"]["inputs"] == {found.scheme: found.regulation_hash}
    assert first["bewijs"]["parameters"]["facts"]["kosten"] == 2_000_000
    assert first["let-op"] == "VERZONNEN VOORBEELD"


def walk(found: CallFacts, answers: dict[str, str], *, stop_after: int = 99) -> Any:
    """Go through the check as a browser without script does: post each step, follow to the next."""
    client, address = Client(), f"{found.path}/check"
    answer = client.get(address)
    for _number in range(min(stop_after, 12)):
        context = answer.context
        if "step" not in context:
            break
        fields = dict(context["hidden"]) | {"stap": str(context["number"])}
        fields |= {field.question.key: answers.get(field.question.key, "") for field in context["fields"]}
        answer = client.post(address, fields, follow=True)
    return answer


def test_stopping_half_way_is_counted_without_a_person() -> None:
    found = an_open_call()
    for _time in range(6):
        walk(found, GOOD)
    for _time in range(6):
        walk(found, GOOD, stop_after=2)
    scheme = Scheme.objects.get(key=found.scheme)
    steps = [(step.key, step.key) for step in steps_of(found.rules)]
    result = measured(scheme, steps)
    assert (result.began, result.ended) == (12, 6)
    assert [(step.reached, step.answered) for step in result.steps] == [(12, 12), (12, 12), (12, 6), (6, 6), (6, 6), (6, 6)]
    assert result.steps[2].stopped == 50
    assert result.steps[3].stopped is None, "too few to say something"
    names = {field.name for model in (StepCount, OutcomeCount) for field in model._meta.get_fields()}
    assert names == {"id", "scheme", "part", "step", "on", "reached", "answered", "verdict", "minutes", "times"}


def test_the_officer_sees_where_people_stop_in_the_check_and_in_the_application() -> None:
    found = an_open_call()
    for _time in range(12):
        walk(found, GOOD, stop_after=2)
    count_steps(actor=Actor("visitor"), scheme=found.scheme, part="application", reached=("uw_plan",))
    page = text_of(signed_in(an_officer()).get(f"/beheer/regelingen/{found.scheme}"))
    assert "12 keer begon iemand, 0 keer kwam iemand aan het einde." in page
    assert "100 %" in page
    assert "Uw plan" in page


def test_going_back_and_reloading_counts_nobody_twice() -> None:
    found = an_open_call()
    client, address = Client(), f"{found.path}/check"
    first = client.post(address, {"stap": "1", "aanvrager": "groep"})
    for _time in range(3):
        client.get(first["Location"])
    back = dict(pair.split("=") for pair in first["Location"].split("?")[1].split("&"))
    client.post(address, {**back, "stap": "1", "aanvrager": "stichting"})
    assert StepCount.objects.get(step="aanvrager").answered == 1


def test_a_wrong_answer_comes_back_as_it_was_typed() -> None:
    found = an_open_call()
    answer = Client().post(f"{found.path}/check", {"stap": "2", "aanvrager": "groep", "aantal_inwoners": "veel"})
    assert answer.status_code == 400
    assert 'value="veel"' in text_of(answer)
    assert "Gebruik alleen cijfers" in text_of(answer)
    assert StepCount.objects.filter(step="aantal_inwoners").count() == 0


@pytest.mark.parametrize(
    "query",
    ["?stap=99", "?stap=-1", "?stap=x", "?aantal_inwoners=%00", "?ver=99999999999&sinds=x", "?kosten=1e9", f"?stap={'9' * 5000}"],
)
def test_a_strange_address_shows_a_question_and_no_fault(query: str) -> None:
    found = an_open_call()
    assert Client().get(f"{found.path}/check{query}").status_code == 200


def test_a_scheme_of_a_crisis_is_listed_in_its_phases() -> None:
    officer = an_officer()
    version = a_version_in_force("gelderland/sociale-initiatieven-covid-19")
    assert listed(PROVINCE) == []
    crisis = start_crisis(actor=officer, province=PROVINCE, name="Covid 19", reason="Het virus is er.")
    assert [item.scheme for item in listed(PROVINCE)] == [version.scheme]
    change_phase(actor=officer, crisis=crisis.public_id, phase="recovery", reason="Het is voorbij.")
    assert listed(PROVINCE) == []


def test_a_new_version_is_tried_on_past_rounds_that_another_room_holds(settings: Any) -> None:
    found = an_open_call()
    settings.VLIEGWIEL_PAST_ROUNDS = [f"{__name__}.applications_of"]
    scheme = Scheme.objects.get(key=found.scheme)
    stricter = {**scheme.versions.get().document, "in_force": clock.today().isoformat()}
    stricter["rules"] = [
        {**rule, "when": {"fact": "aantal_inwoners", "at_least": 10}} if rule["code"] == "genoeg-inwoners" else rule
        for rule in stricter["rules"]
    ]
    from vliegwiel.engines.rulebook import Regulation

    [past] = rounds_of(scheme, Regulation.read(stricter))
    assert (past.call.public_id, past.applications) == (found.id, 2)
    assert [change.application for change in past.changes] == ["2026-000001"]


def applications_of(call: str) -> dict[str, dict[str, Any]]:
    facts = {"aanvrager": "groep", "plaats_in_provincie": True, "al_begonnen": False, "draagvlak": True}
    return {
        "2026-000001": {**facts, "aantal_inwoners": 8, "iets_anders": 1},
        "2026-000002": {**facts, "aantal_inwoners": 12},
    }


PAGES = ["", "/naam", "/bedragen", "/vragen", "/voorwaarden", "/voorbeelden/0", "/voorbeelden/nieuw", "/bestand", "/openstelling"]


@pytest.mark.parametrize("page", PAGES)
def test_the_builder_is_for_who_manages_schemes_here(page: str) -> None:
    scheme = a_draft_scheme()
    address = f"/beheer/regelingen/{scheme.key}{page}"
    assert signed_in(an_officer()).get(address).status_code == 200
    for actor in (acting(a_role("gemeente")), acting(a_role("programma", email="elders@voorbeeld.invalid", province="PV25"))):
        assert signed_in(actor).get(address).status_code == 403
    assert Client().get(address).status_code == 403


def test_a_stale_form_shows_both_texts_and_saves_nothing() -> None:
    officer = an_officer()
    scheme = a_draft_scheme(actor=officer)
    client, address = signed_in(officer), f"/beheer/regelingen/{scheme.key}/naam"
    fields = {"revisie": "1", "title": scheme.title, "themes": ["samenleven"]}
    assert client.post(address, {**fields, "summary": "Van de eerste."}).status_code == 302
    answer = client.post(address, {**fields, "summary": "Van de tweede."})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Van de eerste." in page
    assert "Van de tweede." in page
    assert SchemeDraft.objects.get().document["summary"] == "Van de eerste."


def test_a_file_sent_in_that_is_wrong_is_answered_with_every_problem() -> None:
    client = signed_in(an_officer())
    answer = client.post("/beheer/regelingen/inlezen", {"bestand": "regulation: [", "gevallen": ""})
    assert answer.status_code == 400
    assert "geen leesbaar regelingbestand" in text_of(answer)
    assert not Scheme.objects.exists()


def test_a_call_page_says_everything_that_is_missing() -> None:
    call, officer = a_planned_call(ceiling=""), an_officer()
    client = signed_in(officer)
    assert "Zonder plafond gaat een regeling niet open" in text_of(client.get(f"/beheer/openstellingen/{call.public_id}"))
    answer = client.post(f"/beheer/openstellingen/{call.public_id}/bekend")
    assert answer.status_code == 400
    assert call_of(call.public_id).state == "planned"


def test_the_list_can_be_taken_along_as_a_file_with_the_same_wish() -> None:
    an_open_call(title="Geld voor de buurt")
    an_open_call(scheme="gelderland/dorpendeal", title="Geld voor de deal")
    lines = text_of(Client().get("/regelingen?wie=groep&formaat=csv")).splitlines()
    assert len(lines) == 2
    assert "Geld voor de buurt" in lines[1]
    assert lines[1].endswith("VERZONNEN VOORBEELD")


def test_more_schemes_hardly_ask_the_database_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vliegwiel.kernel.fresh.SECONDS", 3600)  # a slow machine reads its stamps again

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            Client().get("/regelingen")
        return len(found)

    an_open_call()
    queries()
    one = queries()
    for _number in range(3):
        an_open_call()
    queries()
    assert queries() - one <= 3 * 4, "only what is left under each ceiling is asked apart"
