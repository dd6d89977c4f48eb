"""Municipalities with few answers: a model beside their own estimates, marked on every road out, and public only by two persons."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.search.public import search
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area, AreaMember
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.monitor.actions.write_note import write_note
from vliegwiel.see.monitor.public import notes_beside
from vliegwiel.see.surveys import publishing, stored
from vliegwiel.see.surveys.actions import review_run
from vliegwiel.see.surveys.actions.fit_areas import drop_model, fit_areas
from vliegwiel.see.surveys.actions.review_run import propose_review, publish_due, publish_review, release_review
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.drawing import quantile_plot
from vliegwiel.see.surveys.modelled import NOTHING, UNIT, ModelChoice
from vliegwiel.see.surveys.models import AreaModel, Review, Run
from vliegwiel.see.surveys.publishing import key_of
from vliegwiel.see.surveys.tests.given import (
    JOINED,
    MARGINS,
    SYSTEM,
    a_file,
    a_wave,
    changed,
    the_figures,
    two_researchers,
)  # fmt: skip

pytestmark = pytest.mark.django_db
PLACES = tuple(f"GM99{number:02d}" for number in range(1, 9))
EMPTY, FEW = PLACES[-1], PLACES[-2]


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path, PLACES)
    yield
    figures.stamp.forget()


def _answers(folder: Path, **more: Any) -> Path:
    """Six municipalities with enough answers, one with a few, one with none."""
    path = a_file(folder, people=700, places=PLACES[:6], **more)
    return changed(path, gemeente=lambda values: [FEW if place < 12 else value for place, value in enumerate(values)])


def _as(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP], session[CHOSEN] = "set-up", actor.organisation
    session.save()
    return client


def test_a_model_goes_from_choice_to_public_figures_by_two_persons_and_says_everywhere_what_it_is(tmp_path: Path) -> None:
    one, other = two_researchers()
    wave = a_wave(one, _answers(tmp_path))
    weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS[:1])
    choice = ModelChoice("welbevinden", covariates=("aandeel-65-plus",))
    model = fit_areas(actor=one, wave=wave.public_id, choice=choice)
    kept = stored.read_json(model.fitted)
    rows = {row["area"]: row for row in kept["rows"]}
    assert [area for area, row in rows.items() if row["synthetic"]] == [FEW, EMPTY], "few answers count as none"
    assert (rows[FEW]["direct"], rows[EMPTY]["direct"], rows[EMPTY]["shrinkage"]) == (None, None, 0.0)
    assert all(0 <= row["shrinkage"] <= 1 for row in rows.values())
    assert (kept["covariates"][0]["key"], kept["covariates"][0]["period"]) == ("aandeel-65-plus", "2024")
    sizes = {code: figures.figure("inwoners", 2024, code).estimate.value or 0 for code in PLACES}
    sizes = {code: value - (figures.figure("inwoners-0-15", 2024, code).estimate.value or 0) for code, value in sizes.items()}
    whole = sum(sizes[area] * row["estimate"] for area, row in rows.items()) / sum(sizes.values())
    assert whole == pytest.approx(kept["model"]["benchmark"]["values"][""], rel=1e-9), "municipalities add up to the province"
    page = _as(one).get(f"/werk/enquetes/{wave.public_id}/kleine-gebieden?thema=bevolking").content.decode()
    for words in ("synthetisch", "Past het model?", "Eigen schatting", "Wat elk kenmerk doet", "(2024)", "<svg"):
        assert words in page

    run = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)
    assert (run.state, run.floor, run.failure) == ("done", "provincie", "")
    (shown,) = stored.read_json(run.shown)["small"]
    assert not {"direct", "direct_se", "shrinkage", "n"} & set(shown["rows"][0]), "what a municipality itself said stays inside"
    review = propose_review(actor=one, run=run.public_id)
    with pytest.raises(NotAllowed, match="Een ander geeft het vrij"):
        release_review(actor=one, review=review.public_id)
    released = release_review(actor=other, review=review.public_id)
    key = key_of(wave, wave.columns.get(name="welbevinden"), "mean", model=True)
    assert figures.indicators().get(key) is None

    official = acting(a_role("gemeente", municipality=PLACES[0]))
    ahead = f"/enquetes/{wave.survey.public_id}/vooraf/{review.public_id}"
    assert Client().get(ahead).status_code in (302, 404)
    assert Client().get(f"/enquetes/{wave.survey.public_id}").status_code == 404
    early = _as(official).get(ahead)
    assert "Dit is nog niet openbaar" in early.content.decode()
    assert early["Cache-Control"] == "private, no-store"
    assert "Hoe gaat het 2024" in _as(official).get("/gemeente/uitkomsten").content.decode()
    write_note(actor=official, release=released.shown, municipality=PLACES[0], text="Bij ons ging net het zwembad dicht.")
    assert notes_beside(released.shown) == []
    with pytest.raises(NotNow, match="Gemeenten zien dit nu"):
        publish_review(actor=SYSTEM, review=review.public_id)

    with clock.at(clock.now() + timedelta(days=20)):
        assert publish_due(actor=SYSTEM) == 1
        assert publish_due(actor=SYSTEM) == 0
        found = figures.figure(key, 2024, EMPTY)
        assert found.estimate.value == pytest.approx(rows[EMPTY]["estimate"])
        assert found.release is not None
        assert "Modelschatting" in found.release.note
        assert "Synthetisch, dus zonder eigen antwoorden: Plaats 7, Plaats 8." in found.release.note
        assert figures.indicators()[key].kind == "model"
        visitor = Client()
        page = visitor.get(f"/enquetes/{wave.survey.public_id}").content.decode()
        for words in ("Modelschatting", "synthetisch", "Bij ons ging net het zwembad dicht."):
            assert words in page
        account = visitor.get(f"/enquetes/{wave.survey.public_id}/verantwoording").content.decode()
        assert "65 jaar of ouder (2024" in account
        lines = visitor.get(f"/enquetes/{wave.survey.public_id}/uitkomsten.csv").content.decode().splitlines()
        (line,) = [line for line in lines if EMPTY in line and "modelschatting" in line]
        assert "Geschat zonder waarnemingen in dit gebied." in line
        api = visitor.get(f"/api/v1/cijfers?indicator={key}&jaar=2024").content.decode()
        assert "Modelschatting" in api
        hits = search("welbevinden", actor=Actor("visitor"), province=PROVINCE).hits
        assert f"/enquetes/{wave.survey.public_id}" in [hit.path for hit in hits]


def test_choices_that_cannot_be_are_refused_in_words_and_a_model_can_be_left_out(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, _answers(tmp_path))
    weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS[:1])

    def refused(choice: ModelChoice) -> str:
        with pytest.raises(NotValid) as told:
            fit_areas(actor=one, wave=wave.public_id, choice=choice)
        return told.value.message

    assert "niet voor elke gemeente bekend" in refused(ModelChoice("welbevinden", covariates=("mediaan-inkomen",)))
    assert "hoogstens 5" in refused(ModelChoice("welbevinden", covariates=("a", "b", "c", "d", "e", "f")))
    assert "Kies een vraag met een cijfer" in refused(ModelChoice("toekomst", "share"))
    assert "past bij een gemiddelde" in refused(ModelChoice("welbevinden", "share", UNIT))
    assert "Kies een achtergrond waarop is gewogen: Leeftijd" in refused(ModelChoice("welbevinden", method=UNIT))
    assert "De regio’s verdelen niet alle gemeenten" in refused(ModelChoice("welbevinden", benchmark="region"))
    assert not AreaModel.objects.exists()
    unit = fit_areas(actor=one, wave=wave.public_id, choice=ModelChoice("welbevinden", "mean", UNIT, ("leeftijd",), NOTHING))
    kept = stored.read_json(unit.fitted)
    assert [row["area"] for row in kept["rows"] if row["synthetic"]] == [FEW, EMPTY]
    assert kept["model"]["within"] > 0
    drop_model(actor=one, model=unit.public_id)
    with pytest.raises(NotNow):
        drop_model(actor=one, model=unit.public_id)
    outsider = acting(a_role("gemeente"))
    for act in (
        lambda: fit_areas(actor=outsider, wave=wave.public_id, choice=ModelChoice("welbevinden")),
        lambda: drop_model(actor=outsider, model=unit.public_id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_municipalities_never_add_up_to_the_figure_of_a_region_that_stays_hidden(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, _answers(tmp_path))
    for number, members in enumerate((PLACES[:4], PLACES[4:]), start=1):
        region = Area.objects.create(
            code=f"RG99-{number}", year=2024, level="regio", name=f"Regio {number}", search_name=f"regio {number}",
            province_code=PROVINCE, made_up=True,
        )  # fmt: skip
        AreaMember.objects.bulk_create([AreaMember(area=region, code=member) for member in members])
    areas.stamp.forget()
    weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS[:1])

    def run() -> Run:
        fit_areas(actor=one, wave=wave.public_id, choice=ModelChoice("welbevinden", benchmark="region"))
        return carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)

    (model,) = stored.read_json(run().shown)["small"]
    assert set(model["model"]["benchmark"]["values"]) == {"RG99-1", "RG99-2"}, "also where one of them has no answers"
    small = Area.objects.get(code="RG99-2")
    AreaMember.objects.filter(code__in=PLACES[4:6]).update(area=Area.objects.get(code="RG99-1"))
    areas._members.cache_clear()
    assert areas.members_of(small) == PLACES[6:]
    ended = run()
    assert ended.state == "failed"
    assert "Laat het optellen tot de provincie" in ended.failure


def test_an_opt_in_sample_gets_a_model_only_with_its_assumption_named(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, _answers(tmp_path, panel=True), drawn=JOINED)
    with pytest.raises(Refusal, match="geen kanssteekproef"):
        fit_areas(actor=one, wave=wave.public_id, choice=ModelChoice("welbevinden"))


def test_publishing_that_dies_half_way_leaves_nothing_half_public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = two_researchers()
    wave = a_wave(one, _answers(tmp_path))
    weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS[:1])
    fit_areas(actor=one, wave=wave.public_id, choice=ModelChoice("welbevinden"))
    run = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)
    review = release_review(actor=other, review=propose_review(actor=one, run=run.public_id).public_id)
    before = _public()
    first = publishing.publish_estimates

    def killed(**given: Any) -> Any:
        if given["origin"].table.endswith("-model"):
            raise SystemExit(143)
        return first(**given)

    with clock.at(clock.now() + timedelta(days=20)):
        with monkeypatch.context() as patch:
            patch.setattr(publishing, "publish_estimates", killed)
            with pytest.raises(SystemExit):
                publish_due(actor=SYSTEM)
        assert _public() == before
        assert review_run.publish_due(actor=SYSTEM) == 1
        assert Review.objects.get(public_id=review.public_id).model_release


def _public() -> list[Any]:
    from vliegwiel.see.figures.models import OwnIndicator, Release, ReleaseColumn

    return [list(model.objects.order_by("pk").values_list()) for model in (Review, Release, ReleaseColumn, OwnIndicator)]


def test_residuals_lie_on_the_line_when_they_are_as_chance_gives_them() -> None:
    from scipy import special

    plot = quantile_plot(special.ndtri((np.arange(50) + 0.5) / 50).tolist())
    assert plot is not None
    assert all(x + y == pytest.approx(100, abs=0.02) for x, y in plot.points)
    assert quantile_plot([]) is None
