"""What must hold of a wave whatever happens: few who answered, two at once, other databases, and answers whose term is over."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import queries, stored
from vliegwiel.see.surveys.actions.describe_wave import describe_wave
from vliegwiel.see.surveys.actions.forget_answers import RETENTION, forget_old_answers
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.comparing import _units
from vliegwiel.see.surveys.delivered import CodeBook
from vliegwiel.see.surveys.frames import NO_ANSWER, Frame
from vliegwiel.see.surveys.models import Run, Survey, Wave, WaveColumn, Weighting
from vliegwiel.see.surveys.public import take_in_wave, wave_exists
from vliegwiel.see.surveys.publishing import key_of
from vliegwiel.see.surveys.tests.given import (
    BY_CHANCE,
    COLUMNS,
    PROVINCE,
    SYSTEM,
    a_file,
    a_wave,
    changed,
    rows_of,
    the_figures,
    two_researchers,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path)


def test_a_question_that_few_answered_is_hidden_and_weights_that_mean_nothing_count_nobody(tmp_path: Path) -> None:
    one, _other = two_researchers()
    path = changed(
        a_file(tmp_path, people=300), toekomst=lambda values: [7.0 if place < 12 else None for place in range(len(values))]
    )
    wave = a_wave(one, path)
    run = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90").public_id)
    assert run.state == Run.State.DONE
    few = rows_of(run.shown, item="toekomst")
    assert few
    assert {(row["estimate"], row["n"], row["note"]) for row in few} == {(None, None, "suppressed")}
    assert rows_of(run.shown, item="buurtgevoel", stat="mean", area=PROVINCE, background="")[0]["estimate"] is not None
    assert not rows_of(run.shown, stat="size")


def test_a_wave_is_worked_out_once_at_a_time_and_what_ended_stays_as_it_is(tmp_path: Path) -> None:
    one, _other = two_researchers()
    wave = a_wave(one, a_file(tmp_path, people=40))
    first = start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90")
    with pytest.raises(NotNow, match="rekenen al"):
        start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90")
    with clock.at(clock.now() + timedelta(hours=4)):
        second = start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90")
    late = carry_out_run(actor=one, run=first.public_id)
    assert (late.state, late.results) == (Run.State.FAILED, "")
    describe_wave(actor=one, wave=wave.public_id, drawn=BY_CHANCE, columns=COLUMNS)
    with pytest.raises(NotFound):
        carry_out_run(actor=one, run=second.public_id)


def test_answers_go_after_their_term_and_then_nothing_is_worked_out_any_more(tmp_path: Path) -> None:
    one, _other = two_researchers()
    path = a_file(tmp_path, people=40)
    wave = a_wave(one, path)
    file = stored.path_of(wave.answers, "parquet")
    years = retentions()[RETENTION].on(clock.today()).years
    now = clock.now()
    with clock.at(now.replace(year=now.year + years - 1)):
        younger = import_wave(actor=one, province=PROVINCE, survey="Andere", period="2024", area_year=2024, path=path)
        assert (younger.answers, forget_old_answers(actor=SYSTEM)) == (wave.answers, 0)
    with clock.at(now.replace(year=now.year + years) + timedelta(days=1)):
        assert (forget_old_answers(actor=SYSTEM), forget_old_answers(actor=SYSTEM), file.exists()) == (1, 0, True)
        with pytest.raises(NotNow, match="bewaartermijn"):
            start_run(actor=one, wave=wave.public_id, profile="ggd-30-5-90")
        with pytest.raises(NotNow, match="bewaartermijn"):
            queries.first_answers(one, Wave.objects.get(pk=wave.pk))
    assert Entry.objects.filter(action="forget-answers", result="gedaan").count() == 1
    with clock.at(now.replace(year=now.year + 2 * years)):
        assert (forget_old_answers(actor=SYSTEM), file.exists()) == (1, False)


def test_margins_and_answers_keep_their_order_in_any_database() -> None:
    margins = {"bb": {"place": 1}, "a": {"place": 2}, "ccc": {"place": 0}}
    assert list(Weighting(margins=margins).ordered) == ["ccc", "bb", "a"]
    book = CodeBook(answers={"opleiding": {"midden": "Midden", "laag": "Laag", "hoog": "Hoog"}}).plain()
    assert list(Wave(code_book=book).words["opleiding"]) == ["midden", "laag", "hoog"]
    assert isinstance(book["answers"]["opleiding"], list)


def test_two_surveys_or_questions_that_begin_alike_never_share_an_indicator() -> None:
    titles = ("Monitor Gelders Welbevinden jong", "Monitor Gelders Welbevinden oud", "Hoe gaat het", "Hoe gaat het?")
    names = ("tevreden_met_de_buurt_overdag", "tevreden_met_de_buurt_avond", "geluk")
    keys = {key_of(Wave(survey=Survey(title=title)), WaveColumn(name=name), "mean") for title in titles for name in names}
    assert len(keys) == len(titles) * len(names)
    assert "hoe-gaat-het-geluk-gemiddeld" in keys
    assert max(map(len, keys)) <= 60


def test_who_was_drawn_together_counts_together_when_waves_are_compared() -> None:
    def frame(period: str, cluster: str, person: str) -> Frame:
        table = pa.table({"blok": ["1", "1", "2"], "nummer": ["P1", NO_ANSWER, NO_ANSWER]})
        return Frame(Wave(period=period, cluster=cluster, person=person), table, (), (), None)

    assert _units(frame("2024", "blok", "nummer"), frame("2022", "blok", "nummer")) == ["c1", "c1", "c2"]
    assert _units(frame("2024", "blok", ""), frame("2022", "", "")) == ["2024c1", "2024c1", "2024c2"]
    assert _units(frame("2024", "", "nummer"), frame("2022", "", "nummer")) == ["pP1", "2024-1", "2024-2"]
    assert _units(frame("2024", "", "nummer"), frame("2022", "", "")) == ["2024-0", "2024-1", "2024-2"]


def test_another_room_hands_over_a_wave_with_its_code_book_and_names_stay_out(tmp_path: Path) -> None:
    one, _other = two_researchers()
    book = CodeBook({"geluk": "Hoe gelukkig"}, {"groep": {"1": "jong", "2": "oud"}}, {"geluk": ((97.0, 99.0),)})
    answers = {"geluk": [7.0, 98.0, None, 5.0], "groep": [1.0, 2.0, 2.0, 1.0], "naam": ["Ada", "Bo", None, "Cas"]}
    wave = take_in_wave(
        actor=one, province=PROVINCE, survey="Eigen vragen", period="2026", area_year=2024, answers=answers, book=book
    )
    found = queries.wave_named(wave)
    assert stored.answers_of(found)["geluk"].to_pylist() == [7.0, None, None, 5.0]
    assert (found.words["groep"], [item["name"] for item in found.left_out]) == ({"1": "jong", "2": "oud"}, ["naam"])
    assert wave_exists(PROVINCE, " Eigen  vragen", "2026")
