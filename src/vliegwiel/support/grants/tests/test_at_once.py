"""Many whole decisions at once on one ceiling, two signatures at once on one decision, and processes killed while they sign."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database


@pytest.mark.django_db
def test_decisions_at_once_never_pass_the_ceiling_and_a_killed_signature_leaves_all_or_nothing(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "vliegwiel.support.grants.tests.at_once", "--files", "12", "--kills", "5"]
    with own_database(tmp_path) as environment:
        done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["problems"] == []
    assert (seen["proposed"], seen["refused_for_the_ceiling"], seen["signed"]) == (8, 4, 8)
    assert seen["second_signatures_refused"] == 8
    assert seen["kills"] == 5
