"""A wave from file to public figures: what is odd, how it is weighted, what is hidden, and who may do what."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import queries, stored
from vliegwiel.see.surveys.actions import run_wave
from vliegwiel.see.surveys.actions.describe_wave import describe_wave, note_break
from vliegwiel.see.surveys.actions.discard_wave import discard_wave
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.review_run import propose_review, release_review, send_back_review
from vliegwiel.see.surveys.actions.run_wave import ask_run, carry_out_run, start_run
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.checks import findings_of
from vliegwiel.see.surveys.comparing import newest_weighting
from vliegwiel.see.surveys.models import Review, Run, Survey, Wave
from vliegwiel.see.surveys.publishing import key_of, table_of
from vliegwiel.see.surveys.tests.given import (
    BY_CHANCE,
    COLUMNS,
    JOINED,
    MARGINS,
    PLACES,
    PROVINCE,
    TITLE,
    a_file,
    a_release,
    a_run,
    a_wave,
    changed,
    made_public,
    rows_of,
    the_figures,
    two_researchers,
)  # fmt: skip
from vliegwiel.see.surveys.totals import Chosen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path)


def test_a_wave_becomes_public_figures_with_their_margins_at_the_level_it_carries(tmp_path: Path) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=2400))
    assert [item["name"] for item in wave.left_out] == ["voornaam"]
    assert "voornaam" not in stored.read_table(wave.answers).column_names
    review = a_release(one, other, wave)
    assert (review.state, review.run.floor) == (Review.State.RELEASED, "gemeente")
    score = wave.columns.get(name="welbevinden")
    found = figures.figure(key_of(wave, score, "mean"), 2024, PLACES[0])
    (row,) = rows_of(review.run.shown, item="welbevinden", stat="mean", area=PLACES[0], background="")
    assert found.estimate.value == pytest.approx(row["estimate"])
    assert (found.estimate.lower, found.estimate.upper) == (pytest.approx(row["lower"]), pytest.approx(row["upper"]))
    assert found.release is not None
    assert "steekproef van 2.400 mensen" in found.release.note
    assert not [code for code in ("BU99010000", "WK990100") if figures.is_given(key_of(wave, score, "mean"), 2024, code)]


def test_an_opt_in_sample_has_no_margin_no_total_no_municipality_and_says_so_everywhere(tmp_path: Path, client: Any) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=2400, panel=True), drawn=JOINED)
    review = a_release(one, other, wave)
    assert review.run.floor == "provincie"
    rows = stored.read_json(review.run.shown)["rows"]
    assert rows
    assert {row["lower"] for row in rows} | {row["se"] for row in rows} == {None}
    assert not [row for row in rows if row["stat"] == "size" or row["level"] != "provincie"]
    key = key_of(wave, wave.columns.get(name="welbevinden"), "mean")
    found = figures.figure(key, 2024, PROVINCE)
    assert found.estimate.value is not None
    assert found.estimate.lower is None
    assert found.release is not None
    assert "geen kanssteekproef" in found.release.note
    for code in PLACES:
        assert figures.figure(key, 2024, code).estimate.value is None
    api = client.get(f"/api/v1/cijfers?indicator={key}&jaar=2024&niveau=provincie").content.decode()
    assert "geen kanssteekproef" in api
    assert '"marge"' not in api
    page = client.get(f"/enquetes/{wave.survey.public_id}").content.decode()
    assert "Dit is geen kanssteekproef" in page
    assert "marge " not in page.replace("geen marge", "")
    assert "geen kanssteekproef" in client.get(f"/enquetes/{wave.survey.public_id}/uitkomsten.csv").content.decode()


def test_a_margin_that_rests_on_a_model_is_named_on_its_page_and_stays_out_of_the_figures(tmp_path: Path, client: Any) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=1500, panel=True), drawn=replace(JOINED, assume=True))
    a_release(one, other, wave)
    page = client.get(f"/enquetes/{wave.survey.public_id}").content.decode()
    assert "Modelmatige marge, neemt aan dat" in page
    assert "Door ook op gemeente te wegen, verschoof het gemiddelde" in page
    key = key_of(wave, wave.columns.get(name="welbevinden"), "mean")
    assert figures.figure(key, 2024, PROVINCE).estimate.lower is None


def test_the_same_answers_and_options_give_the_same_results_and_receipt(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path))
    first, second = a_run(one, wave), a_run(one, wave)
    assert (first.results, first.shown, first.cells) == (second.results, second.shown, second.cells)
    assert first.receipt["hash"] == second.receipt["hash"]
    assert first.receipt["inputs"]["answers"] == wave.answers


def test_a_run_that_dies_leaves_no_results_and_can_be_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=300))
    run = start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90")

    def dies(*_given: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(run_wave, "protected", dies)
        failed = carry_out_run(actor=one, run=run.public_id)
    assert (failed.state, failed.results, failed.shown, failed.cells) == (Run.State.FAILED, "", "", "")
    with pytest.raises(NotNow, match="niet klaar"):
        propose_review(actor=one, run=run.public_id)
    again = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)
    assert again.state == Run.State.DONE


def test_a_group_that_is_too_small_is_hidden_with_what_would_reveal_it(tmp_path: Path) -> None:
    one, _other = two_researchers()
    path = changed(
        a_file(tmp_path, people=1200), opleiding=lambda values: [3.0 if place > 12 else 1.0 for place in range(len(values))]
    )
    run = a_run(one, a_wave(one, path, columns=COLUMNS))
    cells = stored.read_json(run.cells)
    small = [cell for cell in cells if cell["cell"].endswith("opleiding laag")]
    assert small
    assert not any(cell["shown"] for cell in small)
    assert any(cell["rule"] == "complementary" for cell in cells)
    hidden = rows_of(run.shown, background="opleiding", group="laag")
    assert {row["estimate"] for row in hidden} == {None}
    assert {row["note"] for row in hidden} == {"suppressed"}


def test_what_was_shown_of_a_wave_stays_shown_and_what_was_hidden_stays_hidden(tmp_path: Path) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=600))
    first = a_release(one, other, wave)
    second = a_run(one, wave)
    before = {(one["question"], str(one["where"])): one["shown"] for one in stored.read_json(first.run.cells)}
    after = {(one["question"], str(one["where"])): one["shown"] for one in stored.read_json(second.cells)}
    assert before == after


def test_a_change_is_named_only_when_it_is_more_than_chance_and_never_over_a_break(tmp_path: Path) -> None:
    one, other = two_researchers()
    before = a_wave(one, a_file(tmp_path, people=900, period=2022), period="2022")
    lower = changed(
        a_file(tmp_path, people=900, period=2023, returning=500),
        welbevinden=lambda values: [max((value or 5) - 3, 0) for value in values],
    )
    wave = a_wave(one, lower)
    assert stored.read_json(a_run(one, wave).shown)["changes"] == [], "the wave before is not released"
    a_release(one, other, before)
    run = a_run(one, wave)
    changes = {(row["item"], row["stat"]): row["word"] for row in stored.read_json(run.shown)["changes"]}
    assert changes["welbevinden", "mean"] == "lower"
    inside = {(row["area"], row["word"]) for row in stored.read_json(run.results)["changes"] if row["item"] == "welbevinden"}
    assert {(code, "lower") for code in (PROVINCE, *PLACES)} <= inside, "also per municipality, each guarded"
    assert changes["toekomst", "mean"] == "none"
    note_break(actor=one, wave=wave.public_id, name="welbevinden", reason="De schaal is anders uitgelegd.")
    again = stored.read_json(a_run(one, wave).shown)["changes"]
    assert "welbevinden" not in {row["item"] for row in again}
    assert table_of(wave) == f"enquete-{wave.survey.public_id}-2024"
    assert table_of(wave.survey.waves.get(period="2022")) == f"enquete-{wave.survey.public_id}"


@pytest.mark.parametrize(
    ("column", "change", "said"),
    [
        ("gewicht", lambda values: [0.0, *values[1:]], "is nul"),
        ("gewicht", lambda values: [-1.0, *values[1:]], "is negatief"),
        ("gewicht", lambda values: [None, *values[1:]], "ontbreekt"),
        ("welbevinden", lambda values: [88.0, *values[1:]], "buiten de schaal"),
        ("gemeente", lambda values: ["GM0000", *values[1:]], "geen gemeente van 2024"),
    ],
)
def test_what_is_wrong_in_the_answers_is_told_with_its_place_and_stops_everything(
    tmp_path: Path, column: str, change: Callable[[list[Any]], list[Any]], said: str
) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, changed(a_file(tmp_path, people=60), **{column: change}))
    (finding,) = [found for found in findings_of(wave) if found.stops]
    assert said in finding.what
    assert finding.where
    assert finding.todo
    for refused in (
        lambda: weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS),
        lambda: ask_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90"),
    ):
        with pytest.raises(NotNow) as told:
            refused()
        assert said in told.value.details[0]


def test_clusters_in_two_strata_stop_and_a_lonely_cluster_is_told(tmp_path: Path) -> None:
    one, _other = two_researchers()
    drawn = replace(BY_CHANCE, strata="leeftijd", cluster="gemeente")
    wave = a_wave(one, a_file(tmp_path, people=60), drawn=drawn)
    assert any("in twee strata" in found.what for found in findings_of(wave) if found.stops)
    lonely = replace(BY_CHANCE, strata="gemeente", cluster="gemeente")
    again = describe_wave(actor=one, wave=wave.public_id, drawn=lonely, columns=COLUMNS)
    assert any("maar één cluster" in found.what for found in findings_of(again) if not found.stops)


def test_margins_that_do_not_fit_are_refused_with_what_to_do(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=200), columns=(*COLUMNS, replace(COLUMNS[-1], name="geslacht", title="Geslacht")))

    def refused(*margins: Chosen) -> str:
        with pytest.raises(NotValid) as told:
            weigh_wave(actor=one, wave=wave.public_id, margins=margins)
        return told.value.message

    assert "geen aantal voor" in refused(Chosen("opleiding", "leeftijd-65"))
    assert "gaat over alle inwoners, de meting over 15 jaar of ouder" in refused(Chosen("geslacht", "geslacht"))
    assert "ontbreken cijfers van 2024" in refused(Chosen("leeftijd", "leeftijd-15-plus"))
    assert "ten minste één marge" in refused()
    made = weigh_wave(actor=one, wave=wave.public_id, margins=[*MARGINS, Chosen("geslacht", "geslacht", bridged=True)])
    assert made.margins["geslacht"]["bridged"] is True
    assert made.diagnostics["margins_met"] is True
    assert sum(made.margins["geslacht"]["totals"].values()) == pytest.approx(sum(made.margins["leeftijd"]["totals"].values()))


def test_only_researchers_of_the_province_work_on_waves_and_each_reading_of_answers_is_kept(tmp_path: Path) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=300))
    run = a_run(one, wave)
    review = propose_review(actor=one, run=run.public_id)
    path = a_file(tmp_path, people=40)
    verbs: dict[str, Callable[[Actor], Any]] = {
        "import": lambda actor: import_wave(
            actor=actor, province=PROVINCE, survey="Nieuw", period="2026", area_year=2024, path=path
        ),
        "describe": lambda actor: describe_wave(actor=actor, wave=wave.public_id, drawn=BY_CHANCE, columns=COLUMNS),
        "break": lambda actor: note_break(actor=actor, wave=wave.public_id, name="welbevinden", reason="Anders gevraagd."),
        "weigh": lambda actor: weigh_wave(actor=actor, wave=wave.public_id, margins=MARGINS),
        "run": lambda actor: ask_run(actor=actor, wave=wave.public_id, profile="ggd-30-5-90"),
        "propose": lambda actor: propose_review(actor=actor, run=run.public_id),
        "release": lambda actor: release_review(actor=actor, review=review.public_id),
        "send-back": lambda actor: send_back_review(actor=actor, review=review.public_id, reason="Te veel verborgen."),
        "read": lambda actor: queries.first_answers(actor, wave),
    }
    outsiders = [acting(a_role(kind)) for kind in ("programma", "gemeente", "adviseur", "beheerder")]
    outsiders += [acting(a_role("onderzoeker", email="ver@voorbeeld.invalid", province="PV98")), Actor("visitor")]
    before = _everything()
    for name, act in verbs.items():
        for actor in outsiders:
            with pytest.raises(NotAllowed):
                act(actor)
            assert _everything() == before, name
    for name in ("release", "send-back"):
        with pytest.raises(NotAllowed, match="Een ander geeft het vrij"):
            verbs[name](one)
    assert _everything() == before
    queries.first_answers(one, wave)
    assert Entry.objects.filter(action="read-answers", actor_id=one.id, result="gelezen").count() == 1
    shown = release_review(actor=other, review=review.public_id)
    assert (shown.state, shown.release) == (Review.State.RELEASED, "")
    for act in (verbs["release"], verbs["send-back"], verbs["describe"]):
        with pytest.raises(NotNow):
            act(other)


def _everything() -> list[Any]:
    models = (Survey, Wave, Run, Review, figures.Release)
    rows = [list(model.objects.order_by("pk").values_list()) for model in models]
    return [rows, Entry.objects.filter(result="gedaan").count()]


def test_a_proposal_that_is_sent_back_leaves_nothing_public_and_a_new_one_may_come(tmp_path: Path, client: Any) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=300))
    run = a_run(one, wave)
    review = propose_review(actor=one, run=run.public_id)
    with pytest.raises(NotNow, match="wacht al een voorstel"):
        propose_review(actor=one, run=run.public_id)
    with pytest.raises(NotValid):
        send_back_review(actor=other, review=review.public_id, reason=" ")
    send_back_review(actor=other, review=review.public_id, reason="Kijk nog eens naar de weging.")
    assert client.get(f"/enquetes/{wave.survey.public_id}").status_code == 404
    again = propose_review(actor=one, run=run.public_id)
    with pytest.raises(NotNow, match="wacht een voorstel"):
        describe_wave(actor=one, wave=wave.public_id, drawn=JOINED, columns=COLUMNS)
    send_back_review(actor=other, review=again.public_id, reason="Toch een panel.")
    changed_wave = describe_wave(actor=one, wave=wave.public_id, drawn=JOINED, columns=COLUMNS)
    assert newest_weighting(changed_wave) is None
    with pytest.raises(NotNow, match="anders beschreven"):
        propose_review(actor=one, run=run.public_id)


def test_a_wave_that_is_there_and_words_that_say_nothing_are_refused(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=40))
    with pytest.raises(NotNow, match="er al"):
        import_wave(actor=one, province=PROVINCE, survey=TITLE, period="2024", area_year=2024, path=a_file(tmp_path, people=40))
    wrong: list[tuple[Any, Any]] = [
        (replace(BY_CHANCE, weight="nummer"), COLUMNS),
        (replace(BY_CHANCE, strata="wijk"), COLUMNS),
        (BY_CHANCE, (replace(COLUMNS[0], cut=11), COLUMNS[-1])),
        (BY_CHANCE, (COLUMNS[0], COLUMNS[0])),
        (BY_CHANCE, COLUMNS[-1:]),
        (replace(BY_CHANCE, population=" "), COLUMNS),
    ]
    for drawn, columns in wrong:
        with pytest.raises(Refusal) as told:
            describe_wave(actor=one, wave=wave.public_id, drawn=drawn, columns=columns)
        assert told.value.details


def test_an_experience_survey_is_never_weighted_and_speaks_of_who_took_part_only(tmp_path: Path, client: Any) -> None:
    one, other = two_researchers()
    drawn = replace(JOINED, person="", special=True, assessment="DPIA 2026-3")
    wave = a_wave(one, a_file(tmp_path, people=300), drawn=drawn)
    changes: dict[str, Any]
    for changes in ({"by_chance": True}, {"person": "nummer"}, {"assume": True}, {"assessment": ""}):
        with pytest.raises(NotValid):
            describe_wave(actor=one, wave=wave.public_id, drawn=replace(drawn, **changes), columns=COLUMNS)
    with pytest.raises(NotValid) as told:
        describe_wave(actor=one, wave=wave.public_id, drawn=replace(drawn, special=False), columns=COLUMNS)
    assert any("blijft dat" in text for text in told.value.details), "people agreed to that and to nothing else"
    with pytest.raises(NotNow, match="wegen we niet"):
        weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS)
    run = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)
    review = made_public(other, propose_review(actor=one, run=run.public_id))
    assert review.run.floor == "provincie"
    assert "Alleen van de 300 deelnemers" in client.get(f"/enquetes/{wave.survey.public_id}").content.decode()


def test_a_wave_that_nobody_released_goes_for_a_better_file_and_one_that_was_proposed_stays(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=300))
    a_run(one, wave)
    kept = stored.path_of(wave.answers, "parquet")
    discard_wave(actor=one, wave=wave.public_id)
    assert (Wave.objects.count(), Survey.objects.count(), kept.exists()) == (0, 0, False)
    again = a_wave(one, a_file(tmp_path, people=300))
    propose_review(actor=one, run=a_run(one, again).public_id)
    with pytest.raises(NotNow, match="voorgesteld"):
        discard_wave(actor=one, wave=again.public_id)
    assert kept.exists()
