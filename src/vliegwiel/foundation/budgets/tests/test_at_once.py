"""Rule 1 on a real database: many decisions at the same moment, and processes killed at random moments."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database


@pytest.mark.django_db
def test_decisions_at_the_same_moment_never_pass_a_ceiling_and_a_killed_process_leaves_no_half_decision(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "vliegwiel.foundation.budgets.tests.at_once", "--rounds", "3", "--kills", "5"]
    with own_database(tmp_path) as environment:
        done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["problems"] == []
    assert (seen["rounds"], seen["decisions"], seen["kills"]) == (3, 600, 5)
    assert seen["granted"] > 0
    assert seen["refused_for_the_ceiling"] > 0
    assert seen["decided_between_kills"] > 0
    assert seen["longest_seconds"] <= 30
