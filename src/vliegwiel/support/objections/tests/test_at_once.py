"""On a real database: several sign one decision at the same moment, and a process is killed in the middle of one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database


@pytest.mark.django_db
def test_an_objection_and_a_determination_are_decided_once_and_whole_also_at_the_same_moment_or_killed(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "vliegwiel.support.objections.tests.at_once", "--rounds", "1", "--kills", "6"]
    with own_database(tmp_path) as environment:
        done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["problems"] == []
    assert (seen["rounds"], seen["decided_at_once"], seen["refused_at_once"], seen["kills"]) == (1, 2, 4, 6)
    assert seen["killed_before_the_end"] > 0
    assert seen["entries_verified"] > 0
