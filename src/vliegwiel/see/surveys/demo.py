"""The made-up waves of the demo, by the real actions: two of a probability sample, one of a panel that people joined themselves, and a
small one with a model for municipalities, of which one has no answers at all."""

import tempfile
from datetime import timedelta
from pathlib import Path

from vliegwiel.catalogue.population_margins import population_margins
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.areas.queries import area, codes_of, years
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys.actions.describe_figures import Meaning, describe_figures
from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn, describe_wave
from vliegwiel.see.surveys.actions.fit_areas import fit_areas
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.review_run import propose_review, publish_due, release_review
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.estimates import MEAN, SHARE
from vliegwiel.see.surveys.frames import PLACE
from vliegwiel.see.surveys.made_up import PANEL, POLL, TITLE, write_wave
from vliegwiel.see.surveys.modelled import ModelChoice, covariate_of
from vliegwiel.see.surveys.models import Wave
from vliegwiel.see.surveys.totals import Chosen

PROFILE = "ggd-30-5-90"
#: What the model of the demo may lean on, the first that is loaded for every municipality.
_COVARIATES = ("aandeel-65-plus", "aandeel-0-15", "huishoudgrootte", "inwoners-65-plus")
COLUMNS = (
    Asked("welbevinden", "Welbevinden", score=True, low=0, high=10, cut=6),
    Asked("buurtgevoel", "Hoe prettig is het in de buurt", score=True, low=0, high=10),
    Asked("vertrouwen", "Vertrouwen in mensen", score=True, low=0, high=10),
    Asked("toekomst", "Vertrouwen in de toekomst", score=True, low=0, high=10),
    Asked("leeftijd", "Leeftijd", score=False),
    Asked("opleiding", "Opleiding", score=False),
)
MEANINGS = (
    Meaning("welbevinden", "gezondheid", "higher_is_better", "cijfer van 0 tot 10", (3,)),
    Meaning("buurtgevoel", "samenleven", "higher_is_better", "cijfer van 0 tot 10", (11,)),
    Meaning("vertrouwen", "samenleven", "higher_is_better", "cijfer van 0 tot 10", (16,)),
    Meaning("toekomst", "samenleven", "higher_is_better", "cijfer van 0 tot 10", (3, 16)),
)
MARGINS = (Chosen("leeftijd", "leeftijd-65"), Chosen(PLACE, "gemeente-15-plus"))
BY_CHANCE = Drawn(
    by_chance=True, population="15 jaar of ouder", channels="brief met code, aan een steekproef uit de registratie van inwoners",
    weight="gewicht", person="nummer", area="gemeente", duration="seconden",
)  # fmt: skip
JOINED = Drawn(
    by_chance=False, population="15 jaar of ouder", channels="panel waarvoor mensen zich zelf opgaven, en een open link",
    person="nummer", area="gemeente", duration="seconden",
)  # fmt: skip


def build(province: str) -> int:
    """Make the waves that are not there yet; returns how many there are. None in a real province: nobody there said this."""
    places = [code for code, _name in municipalities_of(province)]
    year = next((one for one in years() if _weighable(province, one)), None)
    whole = area(province, year) if year is not None else None
    if not places or year is None or whole is None or not whole.made_up:
        return 0
    now = clock.now()
    for title, period, people, returning, drawn in (
        (TITLE, 2022, 2900, 0, BY_CHANCE),
        (TITLE, 2024, 3000, 1200, BY_CHANCE),
        (PANEL, 2024, 900, 0, JOINED),
        (POLL, 2024, 620, 0, BY_CHANCE),
    ):
        if not Wave.objects.filter(survey__province=province, survey__title=title, period=str(period)).exists():
            released = now - timedelta(days=60 - (period - 2000))
            with clock.at(released):
                _make(province, places[:-1] if title == POLL else places, title, period, people, returning, drawn, year)
            with clock.at(released + timedelta(days=25)):
                publish_due(actor=Actor.system("demo"))
    return Wave.objects.filter(survey__province=province).count()


def _weighable(province: str, year: int) -> bool:
    """Whether the figures of a year say how many people live in each municipality, by age."""
    codes = codes_of(Level.MUNICIPALITY, year, province=province)
    margins = [population_margins()[one.margin] for one in MARGINS]
    terms = {
        key for margin in margins for group in (margin.places, *(one.terms for one in margin.categories)) for key, _sign in group
    }
    return bool(codes) and not any(figures.view(key, year, codes).status.any() for key in terms)


def _make(
    province: str, places: list[str], title: str, period: int, people: int, returning: int, drawn: Drawn, year: int
) -> None:
    one, other = Actor.system("demo"), Actor("system", "tweede-onderzoeker", origin="demo")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"meting_{period}.sav"
        small = title == POLL
        write_wave(path, places, people=people, period=period, returning=returning, panel=not drawn.by_chance, remarks=small)
        wave = import_wave(
            actor=one, province=province, survey=title, period=str(period), area_year=year, path=path, made_up=True,
            open_columns=("wens",) if small else (),
        )  # fmt: skip
    describe_wave(actor=one, wave=wave.public_id, drawn=drawn, columns=COLUMNS)
    describe_figures(actor=one, wave=wave.public_id, meanings=MEANINGS)
    weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS[:1] if small else MARGINS)
    if small:
        codes = codes_of(Level.MUNICIPALITY, year, province=province)
        known = figures.loaded_indicators()
        used = [key for key in _COVARIATES if key in known and covariate_of(key, year, codes) is not None][:1]
        for stat in (MEAN, SHARE):
            fit_areas(actor=one, wave=wave.public_id, choice=ModelChoice("welbevinden", stat, covariates=tuple(used)))
    run = start_run(actor=one, wave=wave.public_id, profile=PROFILE)
    carry_out_run(actor=one, run=run.public_id)
    review = propose_review(actor=one, run=run.public_id)
    release_review(actor=other, review=review.public_id)
