"""What a researcher chooses and what must be said before figures go out: weights, profiles, regions, words of people, meaning."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vliegwiel.engines.estimation.cells import Cell, Universe
from vliegwiel.engines.estimation.disclosure import protect
from vliegwiel.engines.estimation.profiles import PROFILES
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area, AreaMember
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.check_area_set import check_area_set
from vliegwiel.see.surveys.actions.describe_figures import describe_figures
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.make_profile import make_profile
from vliegwiel.see.surveys.actions.review_run import propose_review, release_review
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.actions.screen_answer import screen_answer
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.area_sets import standings
from vliegwiel.see.surveys.comparing import shown_before
from vliegwiel.see.surveys.demo import MEANINGS, PROFILE
from vliegwiel.see.surveys.models import OpenAnswer, OwnProfile, Run, Wave, Weighting
from vliegwiel.see.surveys.open_answers import open_answers_of
from vliegwiel.see.surveys.publishing import _record
from vliegwiel.see.surveys.tests.given import (
    MARGINS,
    PLACES,
    PROVINCE,
    a_file,
    a_release,
    a_run,
    a_wave,
    changed,
    rows_of,
    the_figures,
    two_researchers,
)  # fmt: skip
from vliegwiel.see.surveys.weights import Way

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path)


def _run(actor: Any, wave: Wave, profile: str = PROFILE) -> Run:
    return carry_out_run(actor=actor, run=start_run(actor=actor, wave=wave.public_id, profile=profile).public_id)


def test_weights_within_bounds_and_replicates_are_chosen_told_and_kept_or_refused_in_words(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=240))

    def made(way: Way) -> Weighting:
        return weigh_wave(actor=one, wave=wave.public_id, margins=MARGINS, way=way)

    for way in (Way("linear", 0.5, 3.0), Way("raking", 0.5, 3.0), Way("logit", 0.5, 3.0)):
        told = made(way).diagnostics
        assert (told["margins_met"], told["bounds_kept"]) == (True, True)
        assert 0.5 <= told["g_weights"]["lowest"] < told["g_weights"]["highest"] <= 3.0
        assert told["kish_deff"] >= 1
    wrong = (
        (Way("rake", 0.5, 2.0), "kent geen grenzen"),
        (Way("logit"), "twee grenzen nodig"),
        (Way("linear", 1.5, 2.0), "ondergrens ligt tussen 0 en 1"),
        (Way("linear", 0.99, 1.01), "Verruim de grenzen"),
        (Way("meten"), "Kies hoe we wegen"),
        (Way(replicates="bootstrap", draws=3), "20 tot 500"),
        (Way(replicates="BRR"), "twee clusters"),
    )
    for way, said in wrong:
        with pytest.raises(NotValid, match=said):
            made(way)
    plain = _run(one, wave)
    assert made(Way(replicates="bootstrap", draws=20)).diagnostics["replicates"] == 20
    again = _run(one, wave)
    whole = {"item": "welbevinden", "stat": "mean", "area": PROVINCE, "background": ""}
    (row,), (other,) = rows_of(plain.results, **whole), rows_of(again.results, **whole)
    assert row["se"] != other["se"]
    assert again.receipt["parameters"]["way"]["replicates"] == "bootstrap"


def test_a_profile_of_ones_own_is_named_kept_and_never_lets_too_few_be_shown(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=300))

    def made(**rules: Any) -> OwnProfile:
        usual = {"minimum": 5, "minimum_domain": 120, "group": 0.9, "dominance": 0.3}
        return make_profile(
            actor=one, province=PROVINCE, title="Streng voor dorpen", reason="Kleine dorpen.", rules={**usual, **rules}
        )

    for rules in ({"minimum": 1}, {"minimum_domain": 4}, {"group": 1.0}):
        with pytest.raises(NotValid, match="beschermt mensen niet genoeg"):
            made(**rules)
    profile = made()
    with pytest.raises(NotNow, match="al een profiel"):
        made()
    strict, usual = _run(one, wave, profile.name), _run(one, wave)
    assert strict.profile["minimum_domain"] == 120
    few = {"stat": "mean", "background": "leeftijd"}
    assert sum(row["estimate"] is None for row in rows_of(strict.shown, **few)) > sum(
        row["estimate"] is None for row in rows_of(usual.shown, **few)
    )
    assert Entry.objects.filter(action="make-profile", actor_id=one.id, result="gedaan").count() == 1


def test_a_region_that_came_later_counts_only_after_it_was_checked_against_all_that_was_released(tmp_path: Path) -> None:
    one, other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=900))
    first = a_release(one, other, wave)
    region = Area.objects.create(
        code="RG99-1", year=2024, level="regio", name="Nieuwland", search_name="nieuwland", province_code=PROVINCE, made_up=True
    )
    AreaMember.objects.bulk_create([AreaMember(area=region, code=member) for member in PLACES[:2]])
    areas.stamp.forget()
    assert rows_of(a_run(one, wave).results, level="regio") == [], "not checked yet"
    assert [one.usable for one in standings(PROVINCE, 2024)] == [False]
    with pytest.raises(NotFound):
        check_area_set(actor=one, province=PROVINCE, code="RG99-9", year=2024)
    check = check_area_set(actor=one, province=PROVINCE, code="RG99-1", year=2024)
    assert {row["question"] for row in check.outcome} >= {"", "welbevinden"}
    assert Entry.objects.filter(action="check-area-set", actor_id=one.id, result="gedaan").count() == 1
    again = a_run(one, wave)
    assert rows_of(again.results, level="regio", stat="mean", background="", item="welbevinden")
    earlier = {(cell["question"], str(cell["where"])): cell["shown"] for cell in stored.read_json(first.run.cells)}
    now = {(cell["question"], str(cell["where"])): cell["shown"] for cell in stored.read_json(again.cells)}
    assert all(now[cell] == shown for cell, shown in earlier.items() if cell in now), "what was released stays as it was"
    release_review(actor=other, review=propose_review(actor=one, run=again.public_id).public_id)
    following, told = (
        a_wave(one, a_file(tmp_path, people=60, period=2026), period="2026"),
        ("2024", "welbevinden", "mean", "RG99-1"),
    )
    assert told in shown_before(following)
    AreaMember.objects.filter(area=region, code=PLACES[1]).delete()
    areas._members.cache_clear()
    assert told not in shown_before(following), "what other municipalities said is not given away by a difference"
    assert [one.usable for one in standings(PROVINCE, 2024)] == [False], "with other municipalities it is another region"


def test_words_of_people_are_read_by_two_before_anybody_else_and_what_is_withheld_is_gone(tmp_path: Path) -> None:
    one, other = two_researchers()
    path = changed(
        a_file(tmp_path, people=40), voornaam=lambda _values: ["Mijn buurvrouw Ada helpt.", "Meer bankjes!", *[None] * 38]
    )
    given: dict[str, Any] = {
        "province": PROVINCE,
        "survey": "Open",
        "area_year": 2024,
        "path": path,
        "book": path.with_suffix(".boek.csv"),
    }
    with pytest.raises(NotValid, match="geen kolom met tekst"):
        import_wave(actor=one, period="2027", open_columns=("welbevinden",), **given)
    wave = import_wave(actor=one, period="2026", open_columns=("voornaam",), **given)
    assert "voornaam" not in stored.read_table(wave.answers).column_names
    bench, ada = sorted(open_answers_of(one, wave).waiting, key=lambda answer: len(answer.text))
    with pytest.raises(NotValid, match="alleen woorden weg"):
        screen_answer(actor=one, answer=ada.public_id, readable=True, text=ada.text + " En nog meer.")
    with pytest.raises(NotValid, match="alleen woorden weg"):
        screen_answer(actor=one, answer=ada.public_id, readable=True, text="Mijn oom helpt.")
    screen_answer(actor=one, answer=ada.public_id, readable=True, text="Mijn buurvrouw [naam] helpt.", seen="new")
    screen_answer(actor=one, answer=bench.public_id, readable=False)
    assert open_answers_of(one, wave).waiting == []
    with pytest.raises(NotAllowed, match="Een ander kijkt ook"):
        screen_answer(actor=one, answer=ada.public_id, readable=True)
    with pytest.raises(NotNow, match="Lees wat er nu staat"):
        screen_answer(actor=other, answer=ada.public_id, readable=True, text="helpt.", seen="new")
    done = screen_answer(actor=other, answer=ada.public_id, readable=True, text="Iets anders", seen="once")
    assert (done.state, done.text) == ("readable", "Mijn buurvrouw [naam] helpt.")
    for answer in (ada, bench):
        with pytest.raises(NotNow, match="al besloten"):
            screen_answer(actor=other, answer=answer.public_id, readable=True)
    bench.refresh_from_db()
    assert (bench.state, bench.text) == ("withheld", "")
    assert Entry.objects.filter(action="read-open-answers", result="gelezen").count() == 1
    more = [
        OpenAnswer(wave=wave, column="voornaam", text="Goed.", state="readable", first_by="a", second_by="b") for _ in range(100)
    ]
    OpenAnswer.objects.bulk_create(more)
    pages = [open_answers_of(one, wave, page) for page in (1, 2, 99)]
    assert [(told.page, told.pages, len(told.readable)) for told in pages] == [(1, 2, 100), (2, 2, 1), (2, 2, 1)]


def test_what_figures_mean_is_asked_and_nothing_is_proposed_without_it(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=120))
    run = a_run(one, wave)
    wave.columns.update(theme="", unit="", sdgs=[])
    with pytest.raises(NotNow, match="Zeg eerst wat de cijfers betekenen"):
        propose_review(actor=one, run=run.public_id)
    first, *rest = MEANINGS
    wrong = (
        replace(first, theme="mooi"), replace(first, direction="omhoog"), replace(first, unit=" "), replace(first, sdgs=()),
        replace(first, sdgs=(18,)), replace(first, name="schoenmaat"),
    )  # fmt: skip
    for meaning in wrong:
        with pytest.raises(NotValid) as told:
            describe_figures(actor=one, wave=wave.public_id, meanings=(meaning, *rest))
        assert told.value.details
    down = replace(first, direction="lower_is_better", theme="veiligheid", unit="klachten")
    describe_figures(actor=one, wave=wave.public_id, meanings=(down, *rest))
    records = {stat: _record(wave, wave.columns.get(name="welbevinden"), stat) for stat in ("mean", "share")}
    assert (records["mean"]["direction"], records["share"]["direction"]) == ("lower_is_better", "higher_is_better")
    assert (records["mean"]["theme"], records["mean"]["unit"], records["mean"]["sdgs"]) == ("veiligheid", "klachten", [3])


def test_tables_of_two_waves_that_are_each_safe_stay_safe_together() -> None:
    chance = np.random.default_rng(3)
    profile = replace(PROFILES[PROFILE], minimum_domain=0, group=1.0)
    tables, cells, hidden = [], [], []
    for period in ("2022", "2024"):
        people = {"plaats": chance.choice(list("ABCD"), 90), "groep": chance.choice(["x", "y", "z"], 90, p=[0.5, 0.4, 0.1])}
        table = pa.table({"meting": [period] * 90, **{name: values.tolist() for name, values in people.items()}})
        universe = Universe.of(table, ["meting", "plaats", "groep"])
        own = [
            Cell.at({**dict(cell.where), "meting": period}, label=f"{period} {cell.label}")
            for cell in universe.table(["plaats", "groep"])
        ]
        found = protect(universe, own, profile, seconds=2.0)
        assert found.hidden.any()
        tables.append(table)
        cells += found.cells
        hidden += found.hidden.tolist()
    both = Universe.of(pa.concat_tables(tables), ["meting", "plaats", "groep"])
    released = replace(protect(both, [], profile), cells=tuple(cells), hidden=np.array(hidden))
    together = protect(both, [], profile, [released], seconds=2.0)
    assert together.hidden.tolist() == hidden, "an attacker with both tables finds nothing new, so nothing more is hidden"
