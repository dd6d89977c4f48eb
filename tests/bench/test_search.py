"""The judgement of the search can be trusted: the set is whole, the measures are right, and what is written in bulk is found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import search_quality
from tests.bench.search_set.corpus import KINDS, documents, questions
from tests.bench.search_set.judged import judge, scored
from tests.requirements import ROOT


def test_the_set_is_large_enough_the_same_each_time_and_every_question_has_an_answer() -> None:
    assert len(documents()) >= 600
    assert len(questions()) >= 150
    assert documents.__wrapped__(1) == documents()
    assert documents.__wrapped__(2) != documents()
    assert len({made.key for made in documents()}) == len(documents())
    known = {made.subject for made in documents()}
    for asked in questions():
        assert all(
            subject in known and kind in ("", *KINDS) and grade in (1, 2, 3) for (subject, kind), grade in asked.grades.items()
        )
        assert any(asked.grade(made) == 3 for made in documents())
    assert len(questions()) / 3 - 1 <= sum(asked.held for asked in questions()) <= len(questions()) / 3 + 1


def test_a_perfect_ranking_scores_one_an_empty_one_nothing_and_a_reversed_one_in_between() -> None:
    asked = next(one for one in questions() if len(set(one.grades.values())) > 1)
    best = [made.key for made in sorted(documents(), key=asked.grade, reverse=True)]
    assert scored(asked, best) == pytest.approx((1, 1))
    assert scored(asked, []) == (0, 0)
    assert 0 < scored(asked, best[6:16][::-1])[0] < 1
    assert judge(lambda _query: []).ndcg == 0


@pytest.mark.django_db
def test_ours_is_better_than_what_is_built_in_also_on_questions_that_nothing_was_tuned_on() -> None:
    ours, plain = judge(search_quality.ours()), judge(search_quality.in_memory(search_quality.plain()))
    built_in = judge(search_quality.fts5())
    assert ours.ndcg >= 1.15 * max(built_in.ndcg, plain.ndcg)
    assert ours.held_ndcg >= 1.15 * max(built_in.held_ndcg, plain.held_ndcg)
    assert ours.recall > built_in.recall


def test_the_bulk_writer_writes_what_the_search_finds(tmp_path: Path) -> None:
    chosen = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    chosen |= {"VLIEGWIEL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
    line = [sys.executable, "-m", "tests.bench.search_speed", "300"]
    done = subprocess.run(line, env=chosen, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert json.loads(done.stdout.splitlines()[-1])["runs"] > 300
