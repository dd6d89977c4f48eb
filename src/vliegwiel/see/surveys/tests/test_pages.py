"""The pages of surveys and the command line: what they say, to whom, and with how many questions to the database."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DataError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import demo, queries, stored
from vliegwiel.see.surveys.actions.forget_answers import forget_old_answers
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.review_run import propose_review, send_back_review
from vliegwiel.see.surveys.cli import surveys
from vliegwiel.see.surveys.models import Review, Run, Wave
from vliegwiel.see.surveys.proof import compared
from vliegwiel.see.surveys.tests.given import PROVINCE, a_file, a_run, a_wave, changed, the_figures, two_researchers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path)


def _as(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP], session[CHOSEN] = "set-up", actor.organisation
    session.save()
    return client


def test_every_page_of_the_work_is_closed_for_who_has_no_role(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=120))
    a_run(one, wave)
    base = f"/werk/enquetes/{wave.public_id}"
    pages = [
        "/werk/enquetes",
        base,
        "/werk/enquetes/profielen",
        "/werk/enquetes/regios",
        *(f"{base}/{name}" for name in ("beschrijving", "antwoorden", "wegen", "rekenen", "besluiten.csv")),
        *(f"{base}/{name}" for name in ("kleine-gebieden", "kleine-gebieden.csv", "betekenis", "open-antwoorden")),
    ]
    inside, outside = _as(one), _as(acting(a_role("gemeente")))
    for page in pages:
        assert inside.get(page).status_code == 200, page
        assert outside.get(page).status_code == 403, page
        assert Client().get(page).status_code in (302, 403), page


def test_what_is_hidden_is_told_with_the_names_of_places(tmp_path: Path) -> None:
    one, _other = two_researchers()
    few = changed(
        a_file(tmp_path, people=1200), opleiding=lambda values: [3.0 if place > 12 else 1.0 for place in range(len(values))]
    )
    wave = a_wave(one, few, columns=demo.COLUMNS)
    run = a_run(one, wave)
    hidden = next(cell["cell"] for cell in stored.read_json(run.cells) if not cell["shown"] and PROVINCE in cell["cell"])
    Area.objects.create(code=PROVINCE, year=wave.area_year, level="provincie", name="Nergensland", search_name="nergensland")
    page = _as(one).get(f"/werk/enquetes/{wave.public_id}/rekenen").content.decode()
    assert hidden.replace(PROVINCE, "Nergensland") in page
    assert hidden not in page


def test_a_form_that_is_not_right_keeps_what_was_typed_and_says_what_to_do(tmp_path: Path) -> None:
    one, _other = two_researchers()
    client = _as(one)
    given = {"doe": "lees", "enquete": "Nieuwe enquête", "jaar": "2026", "gebieden": "2024", "verzonnen": "ja"}
    answer = client.post("/werk/enquetes", given)
    assert answer.status_code == 400
    assert "Kies eerst een bestand" in answer.content.decode()
    assert "Nieuwe enquête" in answer.content.decode()
    broken = tmp_path / "stuk.sav"
    broken.write_bytes(b"$FL2" + b"\x00" * 400)
    with broken.open("rb") as file:
        answer = client.post("/werk/enquetes", {**given, "bestand": file})
    assert "geen heel SPSS-bestand" in answer.content.decode()
    assert not Wave.objects.exists()
    assert not list((tmp_path / "home").glob("quarantine-surveys/*"))


def test_the_list_asks_the_same_number_of_questions_for_three_waves_and_for_many(tmp_path: Path) -> None:
    one, _other = two_researchers()
    client, path = _as(one), a_file(tmp_path, people=30)

    def asked() -> int:
        areas.stamp.forget()
        with CaptureQueriesContext(connection) as found:
            assert client.get("/werk/enquetes").status_code == 200
        return len(found)

    for year in range(2001, 2004):
        import_wave(actor=one, province=PROVINCE, survey="Lijst", period=str(year), area_year=2024, path=path)
    asked()
    few = asked()
    for year in range(2004, 2031):
        import_wave(actor=one, province=PROVINCE, survey="Lijst", period=str(year), area_year=2024, path=path)
    assert asked() == few


def test_what_waits_for_release_stands_on_the_first_page_of_a_colleague_only(tmp_path: Path) -> None:
    one, other = two_researchers()
    propose_review(actor=one, run=a_run(one, a_wave(one, a_file(tmp_path, people=200))).public_id)
    assert "Cijfers uit een enquête vrijgeven" in _as(other).get("/mijn").content.decode()
    assert "Cijfers uit een enquête vrijgeven" not in _as(one).get("/mijn").content.decode()


def test_the_command_line_takes_a_wave_from_file_to_public_figures(tmp_path: Path) -> None:
    one, _other = two_researchers()
    run = CliRunner()
    found = run.invoke(
        surveys,
        [
            "import",
            str(a_file(tmp_path, people=300)),
            "--survey",
            "Proef",
            "--period",
            "2024",
            "--area-year",
            "2024",
            "--made-up",
        ],
        catch_exceptions=False,
    )
    wave = found.output.partition(":")[0]
    assert "Weggelaten: voornaam" in found.output
    description = tmp_path / "meting.yml"
    description.write_text(
        "drawn: {by_chance: true, population: 15 jaar of ouder, channels: brief, weight: gewicht, area: gemeente}\n"
        "columns: [{name: welbevinden, title: Welbevinden, score: true, low: 0, high: 10, cut: 6},"
        " {name: leeftijd, title: Leeftijd, score: false}]\n"
        "meanings: [{name: welbevinden, theme: gezondheid, direction: higher_is_better, unit: cijfer, sdgs: [3]}]\n"
    )
    for words in (
        ["describe", wave, str(description)],
        ["weigh", wave, "leeftijd=leeftijd-65", "gemeente=gemeente-15-plus", "--method=logit", "--low=0.3", "--high=4"],
        ["small-areas", wave, "welbevinden", "--benchmark=none"],
        ["run", wave],
    ):
        assert run.invoke(surveys, words, catch_exceptions=False).exit_code == 0
    review = Review.objects.get()
    assert Run.objects.get().state == Run.State.DONE
    own = run.invoke(surveys, ["release", review.public_id])
    assert isinstance(own.exception, NotAllowed)
    send_back_review(actor=one, review=review.public_id, reason="Ik stel het zelf voor.")
    mine = propose_review(actor=one, run=review.run.public_id)
    done = run.invoke(surveys, ["release", mine.public_id], catch_exceptions=False)
    assert "Gemeenten zien het nu" in done.output
    assert run.invoke(surveys, ["publish"], catch_exceptions=False).output.startswith("0 ")
    with clock.at(clock.now() + timedelta(days=20)):
        assert run.invoke(surveys, ["publish"], catch_exceptions=False).output.startswith("1 ")


def test_our_estimates_are_those_of_r_to_nine_digits(client: Client) -> None:
    sorts = compared()
    assert all(sort.rows for sort in sorts), "each sort has numbers of R beside it"
    rows = [row for sort in sorts for row in sort.rows]
    assert sum(row.count for row in rows) > 3000
    assert max(row.largest for row in rows) < 1e-9
    told = client.get("/methoden/even-goed-als-r").content.decode()
    assert all(sort.title in told for sort in sorts)
    assert "Ja." in told


def test_when_answers_are_over_their_term_the_work_says_so_and_stops(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=40))
    with clock.at(clock.now().replace(year=clock.now().year + 20)):
        assert forget_old_answers(actor=Actor.system("job")) == 1
    client, base = _as(one), f"/werk/enquetes/{wave.public_id}"
    page = client.get(base)
    assert page.status_code == 200
    assert "De antwoorden zijn vernietigd op" in page.content.decode()
    assert client.get(f"{base}/wegen").status_code == 200
    refused = [
        client.get(f"{base}/antwoorden"),
        client.get(f"{base}/beschrijving"),
        client.post(f"{base}/rekenen", {"doe": "reken", "profiel": "ggd-30-5-90"}),
    ]
    assert [answer.status_code for answer in refused] == [409, 409, 400]
    assert all("bewaartermijn is voorbij" in answer.content.decode() for answer in refused)


def test_a_sign_that_no_text_has_is_a_clear_answer_in_any_database(monkeypatch: pytest.MonkeyPatch) -> None:
    one, _other = two_researchers()
    assert _as(one).get("/werk/enquetes/a%00b").status_code in (400, 404)

    def as_postgresql(*_given: Any) -> Any:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")

    monkeypatch.setattr(queries, "public_survey", as_postgresql)
    assert Client().get("/enquetes/x").status_code == 400


def test_the_demo_makes_up_no_answers_in_a_real_province() -> None:
    year = areas.years()[0]
    assert demo._weighable(PROVINCE, year), "the figures are there, so only the province decides"
    Area.objects.update(made_up=False)
    areas._area.cache_clear()
    assert demo.build(PROVINCE) == 0
    assert not Wave.objects.exists()
