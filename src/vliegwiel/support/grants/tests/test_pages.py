"""The pages of an application through a browser without script: nothing typed is lost, and nobody sees another's."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vliegwiel.foundation.papers.tests.given import a_pdf
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import (
    ACCOUNT,
    a_filled_draft,
    a_municipality,
    a_participant,
    a_resident,
    a_submitted_application,
)
from vliegwiel.support.grants.tests.test_filling_in import QUESTIONS
from vliegwiel.support.schemes.models import OutcomeCount, StepCount
from vliegwiel.support.schemes.tests.given import an_officer, an_open_call

pytestmark = pytest.mark.django_db
RULES: dict[str, Any] = {"questions": QUESTIONS, "documents": [{"key": "offerte", "name": "Offerte"}], "volunteer_hour": 15}


def a_browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def versions(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="(versie[a-z-]*|gezien)" value="(\w+)"', html))


def send(client: Client, path: str, **fields: Any) -> str:
    """Fill in a page and send it with its versions, as a browser does."""
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    answer = client.post(path, {**versions(page(client, path)), **named}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_scheme_to_receipt_in_the_browser() -> None:
    a_municipality()
    call, resident = an_open_call(**RULES), a_resident()
    client = a_browser(resident)
    begin = f"/aanvragen/nieuw/{call.id}?aantal_inwoners=12&gevraagd=15.000&al_begonnen=nee"
    assert "Wat u bij de check invulde" in page(client, begin)
    client.post(begin.split("?")[0], {"aantal_inwoners": "12", "gevraagd": "15.000", "al_begonnen": "nee"})
    draft = Application.objects.get()
    assert draft.answers == {"aantal_inwoners": 12, "al_begonnen": False}
    at = f"/aanvragen/{draft.public_id}"
    send(client, f"{at}/plan", title="Een tafel op het plein", municipality="GM9901")
    send(
        client,
        f"{at}/past-het",
        aanvrager="groep",
        aantal_inwoners="12",
        plaats_in_provincie="ja",
        al_begonnen="nee",
        draagvlak="ja",
    )
    asked = send(client, f"{at}/uw-verhaal", waarom="Er is geen plek om te zitten.", bouwen="nee")
    assert "Geld" in asked
    send(client, f"{at}/geld")
    who = {
        "applicant_kind": "organisation",
        "applicant_name": "Vereniging Plein",
        "street": "Luchtstraat 1",
        "place": "0000 AB Dam",
    }
    send(client, f"{at}/aanvrager", **who, account="NL91 ABNA 0417 1643 00", account_name="Vereniging Plein", kvk="")
    assert find(draft.public_id).account == ACCOUNT
    costs = {"kosten-1-wat": "Hout", "kosten-1-soort": "materiaal", "kosten-1-bedrag": "20.000", "uren": "40"}
    html = send(client, f"{at}/begroting", **costs, **{"eigen": "4.000", "gevraagd": "15.000"})
    assert "Er is nog €\u00a01.000,00 nodig" in html
    assert "<title>Fout:" in html
    html = send(client, f"{at}/begroting", **costs, **{"eigen": "5.000", "gevraagd": "15.000"})
    assert "Documenten" in html
    html = send(client, f"{at}/documenten", **{"stuk-offerte": SimpleUploadedFile("offerte.pdf", b"nee")})
    assert "de inhoud is iets anders" in html
    send(client, f"{at}/documenten", **{"stuk-offerte": SimpleUploadedFile("offerte.pdf", a_pdf())})
    review = page(client, f"{at}/controleren")
    assert "Alles is ingevuld" in review
    assert review.count("Wijzig") > 10
    html = send(client, f"{at}/ondertekenen", naam="V. Zonnen")
    assert "Zet een vinkje" in html
    html = send(client, f"{at}/ondertekenen", naam="V. Zonnen", akkoord="ja")
    found = find(draft.public_id)
    assert found.stands is State.SUBMITTED
    assert str(found.number) in html
    assert "U hoort van ons" in html
    assert "Waarom" in html


def test_what_cannot_be_read_stays_in_its_field_and_what_can_is_kept() -> None:
    draft = a_filled_draft(an_open_call(**RULES))
    client = a_browser(Actor("person", draft.applicant))
    html = send(client, f"/aanvragen/{draft.public_id}/past-het", aantal_inwoners="twaalf", draagvlak="nee")
    assert 'value="twaalf"' in html
    assert "Er is 1 ding dat nog niet klopt" in html
    assert html.index('class="errors"') < html.index("<h1>")
    assert "autofocus" in html
    kept = find(draft.public_id).answers
    assert (kept["aantal_inwoners"], kept["draagvlak"]) == (12, False)


def test_a_wrong_bank_account_is_said_at_the_field_and_the_rest_is_kept() -> None:
    draft = a_filled_draft()
    client = a_browser(Actor("person", draft.applicant))
    fields = {
        "applicant_kind": "organisation",
        "applicant_name": "Nieuw",
        "street": "A 1",
        "place": "0000 AB Dam",
        "account_name": "Nieuw",
    }
    html = send(client, f"/aanvragen/{draft.public_id}/aanvrager", **fields, account="NL91ABNA0417164301")
    assert 'value="NL91ABNA0417164301"' in html
    assert "Dit rekeningnummer klopt niet" in html
    assert (find(draft.public_id).applicant_name, find(draft.public_id).account) == ("Nieuw", ACCOUNT)


def test_two_people_on_one_page_see_both_texts_and_nothing_is_lost() -> None:
    draft = a_filled_draft(an_open_call(**RULES))
    _participant, along = a_participant(draft)
    path = f"/aanvragen/{draft.public_id}/uw-verhaal"
    one, two = a_browser(Actor("person", draft.applicant)), a_browser(along)
    old = versions(page(two, path))
    send(one, path, waarom="Mijn tekst.", bouwen="nee")
    html = two.post(path, {**old, "waarom": "Jouw tekst.", "bouwen": "nee"}).content.decode()
    assert "Mijn tekst." in html
    assert "Jouw tekst." in html
    assert "Iemand anders wijzigde dit intussen" in html
    assert find(draft.public_id).answers["waarom"] == "Mijn tekst."
    two.post(path, {**versions(html), "waarom": "Samen.", "bouwen": "nee"})
    assert find(draft.public_id).answers["waarom"] == "Samen."


def test_a_budget_with_an_unreadable_amount_keeps_what_was_typed_and_adds_rows_without_script() -> None:
    draft = a_filled_draft(an_open_call(**RULES))
    client = a_browser(Actor("person", draft.applicant))
    path = f"/aanvragen/{draft.public_id}/begroting"
    rows = {
        "kosten-1-wat": "Hout",
        "kosten-1-soort": "materiaal",
        "kosten-1-bedrag": "veel",
        "eigen": "zesduizend",
        "gevraagd": "1.000",
    }
    html = send(client, path, **rows)
    assert 'value="veel"' in html
    assert 'value="zesduizend"' in html
    assert "Er zijn 2 dingen die nog niet kloppen" in html
    before = page(client, path).count('id="kosten-')
    more = send(client, path, **{**rows, "kosten-1-bedrag": "1.000", "eigen": "", "regel": "kosten"})
    assert more.count('id="kosten-') > before


def test_a_question_that_an_answer_brings_up_is_asked_on_the_same_page() -> None:
    questions = [*QUESTIONS, {"key": "hoe_hoog", "type": "number", "question": "Hoe hoog wordt het?", "block": "Uw verhaal",
                              "show_if": {"fact": "bouwen", "is": True}}]  # fmt: skip
    draft = a_filled_draft(an_open_call(questions=questions), answers={"bouwen": False})
    client = a_browser(Actor("person", draft.applicant))
    path = f"/aanvragen/{draft.public_id}/uw-verhaal"
    assert "Hoe hoog" not in page(client, path)
    html = send(client, path, waarom="Omdat.", bouwen="ja")
    assert "er een vraag bijgekomen" in html
    assert "Hoe hoog" in html


def test_nobody_opens_the_draft_or_file_of_another() -> None:
    draft, sent = a_filled_draft(), a_submitted_application(person=a_resident("ander@voorbeeld.invalid"))
    stranger, officer = a_browser(a_resident("vreemde@voorbeeld.invalid")), a_browser(an_officer())
    for path in (
        f"/aanvragen/{draft.public_id}/plan",
        f"/mijn/aanvragen/{draft.public_id}",
        f"/mijn/aanvragen/{draft.public_id}/download",
    ):
        assert stranger.get(path).status_code == 403
        assert officer.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert stranger.get(f"/mijn/aanvragen/{sent.public_id}").status_code == 403
    assert stranger.post(f"/mijn/aanvragen/{sent.public_id}/intrekken").status_code == 403
    assert find(sent.public_id).stands is State.SUBMITTED


def test_the_invitation_shows_itself_only_to_whom_it_is_for() -> None:
    draft = a_filled_draft(kind="group")
    owner = a_browser(Actor("person", draft.applicant))
    html = send(owner, f"/aanvragen/{draft.public_id}/samen", email="buur@voorbeeld.invalid", rol="cashier")
    assert "nog geen antwoord" in html
    path = f"/mijn/aanvragen/{draft.public_id}/uitnodiging"
    assert draft.title not in page(a_browser(a_resident("vreemde@voorbeeld.invalid")), path)
    neighbour = a_browser(a_resident("buur@voorbeeld.invalid", called="B. Denkbeeldig"))
    assert draft.title in page(neighbour, path)
    assert draft.title in page(neighbour, "/mijn/aanvragen")
    assert "Vul uw naam in" in send(neighbour, path, naam="")
    send(neighbour, path, naam="B. Denkbeeldig")
    assert Draft(find(draft.public_id)).signers[1:] == [Person.objects.get(email="buur@voorbeeld.invalid").public_id]


def test_after_the_bell_the_page_says_so_and_keeps_everything() -> None:
    draft = a_filled_draft()
    client = a_browser(Actor("person", draft.applicant))
    path = f"/aanvragen/{draft.public_id}/ondertekenen"
    form = versions(page(client, path))
    with clock.at(Draft(draft).call.closes_at.replace(microsecond=1)):
        html = client.post(path, {**form, "naam": "V. Zonnen", "akkoord": "ja"}, follow=True).content.decode()
    assert "te laat" in html
    assert find(draft.public_id).stands is State.SIGNING


def test_everything_can_be_taken_along_in_one_file() -> None:
    sent = a_submitted_application(an_open_call(**RULES))
    client = a_browser(Actor("person", sent.applicant))
    answer = client.get(f"/mijn/aanvragen/{sent.public_id}/download")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"aanvraag.html", "aanvraag.json"} < set(names)
    assert any(name.startswith("stukken/") for name in names)
    assert answer["Cache-Control"] == "private, no-store"
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("aanvraag.html").decode()
    assert sent.title in text


def test_withdrawing_asks_once_more() -> None:
    sent = a_submitted_application()
    client = a_browser(Actor("person", sent.applicant))
    path = f"/mijn/aanvragen/{sent.public_id}/intrekken"
    assert "Wilt u deze aanvraag intrekken?" in page(client, path)
    assert find(sent.public_id).stands is State.SUBMITTED
    assert "Wij doen er niets meer mee" in send(client, path)
    assert find(sent.public_id).stands is State.WITHDRAWN


def test_an_officer_types_in_what_came_on_paper() -> None:
    a_municipality()
    call, officer = an_open_call(**RULES), an_officer()
    client = a_browser(officer)
    assert "Voer een aanvraag in" in page(client, "/werk/invoeren")
    client.post("/werk/invoeren", {"regeling": call.id, "hoe": "paper"})
    found = Application.objects.get()
    at = f"/aanvragen/{found.public_id}"
    send(client, f"{at}/plan", title="Een bank bij de beek", municipality="GM9901")
    who = {"applicant_kind": "person", "applicant_name": "P. Apier", "street": "Luchtstraat 1", "place": "0000 AB Dam"}
    send(client, f"{at}/aanvrager", **who)
    send(client, f"{at}/begroting", **{"gevraagd": "12.000", "later": "ja"})
    send(client, f"{at}/documenten", **{"stuk-scan": SimpleUploadedFile("brief.pdf", a_pdf())})
    path = f"/werk/invoeren/{found.public_id}"
    assert "U kunt toch registreren" in page(client, path)
    assert "Schrijf de datum" in send(client, path, stempel="gisteren", naam="P. Apier")
    closing = clock.legal_date(call.closes_at)
    assert "Schrijf ook op hoe laat" in send(client, path, stempel=f"{closing:%d-%m-%Y}", naam="P. Apier")
    html = send(client, path, stempel=f"{clock.today():%d-%m-%Y}", naam="P. Apier")
    assert find(found.public_id).number in html
    assert "Kijk of alles er is" in html, "who typed it in goes on at work"


def test_by_phone_an_officer_lets_the_applicant_sign_what_was_noted() -> None:
    call, client = an_open_call(), a_browser(an_officer())
    client.post("/werk/invoeren", {"regeling": call.id, "hoe": "phone"})
    found = Application.objects.get()
    html = page(client, f"/aanvragen/{found.public_id}/documenten")
    assert "Laat de aanvrager tekenen wat u opschreef" in html
    assert f'href="/mijn/aanvragen/{found.public_id}/download"' in html
    assert "mbtshalve" not in page(client, "/werk/invoeren"), "nobody asks for what the province decides by itself"


def test_the_list_puts_what_is_to_do_first_with_its_date() -> None:
    person = a_resident()
    assert "U vroeg nog niets aan" in page(a_browser(person), "/mijn/aanvragen")
    a_submitted_application(person=person, title="Al weg")
    a_filled_draft(person=person, title="Nog te doen")
    html = page(a_browser(person), "/mijn/aanvragen")
    assert html.index("Nog te doen") < html.index("Al weg")
    assert "Vul verder in en verstuur" in html
    assert "u hoort van ons uiterlijk" in html


def test_what_applying_costs_is_counted_without_a_person() -> None:
    person = a_resident()
    draft = a_filled_draft(an_open_call(**RULES), person=person)
    client, path = a_browser(person), f"/aanvragen/{draft.public_id}"
    for _again in range(2):
        send(client, f"{path}/uw-verhaal", waarom="Omdat.", bouwen="nee")
    rows = StepCount.objects.filter(part="application").values_list("step", "reached", "answered")
    assert set(rows) == {("uw-verhaal", 1, 1), ("geld", 1, 0)}
    send(client, f"{path}/ondertekenen", naam="V. Zonnen", akkoord="ja")
    assert OutcomeCount.objects.get(part="application").times == 1
