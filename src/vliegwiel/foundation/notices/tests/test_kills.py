"""The process is killed at random moments: no decision without its letter, no letter without its decision, no message decided twice.

Five times here; `bench --proofs` does it a hundred times.
"""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.own_database import own_database
from tests.requirements import ROOT
from vliegwiel.connect.mail import fake
from vliegwiel.foundation.notices.tests import working

#: Questions to the database in one life at most; the whole work takes more than four hundred times the number of kills.
_LONGEST_LIFE = 300


def life(mode: str, home: Path, database: str, mail: str, moment: int = 0) -> tuple[dict[str, Any], int]:
    """One life of the process, killed at its `moment`: what it found when it began, and how it ended."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VLIEGWIEL_", "DATABASE_URL"))}
    own = {"VLIEGWIEL_KILLS": str(working.KILLS), "VLIEGWIEL_HOME": str(home), "DATABASE_URL": database, "VLIEGWIEL_SMTP": mail}
    environment = {**kept, **own, "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
    line = [sys.executable, "-m", "vliegwiel.foundation.notices.tests.working", mode, str(moment)]
    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    if not done.stdout or done.returncode not in (-signal.SIGKILL, 0):
        pytest.fail(f"the process stopped: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return said, done.returncode


@pytest.mark.django_db
def test_killed_at_random_moments_nothing_is_half_lost_or_double(tmp_path: Path) -> None:
    chance, seed = random.Random(), secrets.randbelow(10**6)
    chance.seed(seed)
    with fake.running() as mail, own_database(tmp_path) as environment:
        database = environment.get("DATABASE_URL", "")
        for _kill in range(working.KILLS):
            found, _code = life("work", tmp_path, database, mail.address, chance.randint(1, _LONGEST_LIFE))
            assert found["faults"] == [], f"seed {seed}"
        found, code = life("work", tmp_path, database, mail.address)
        assert (found["faults"], code) == ([], 0), f"seed {seed}"
        found, _code = life("check", tmp_path, database, mail.address)
    all_is_whole(found, mail, f"seed {seed}")


@pytest.mark.django_db
def test_two_processes_at_once_decide_and_send_everything_once(tmp_path: Path) -> None:
    with fake.running() as mail, own_database(tmp_path) as environment, ThreadPoolExecutor(2) as both:
        database = environment.get("DATABASE_URL", "")
        life("check", tmp_path, database, mail.address)
        lives = [both.submit(life, "work", tmp_path, database, mail.address) for _process in range(2)]
        assert [done.result()[1] for done in lives] == [0, 0]
        life("work", tmp_path, database, mail.address)
        found, _code = life("check", tmp_path, database, mail.address)
    all_is_whole(found, mail, "two at once")


def all_is_whole(found: dict[str, Any], mail: fake.FakeMailServer, told: str) -> None:
    """Everything was done, once, and every mail came over, at least once, with the same words under the same Message-ID."""
    assert found["faults"] == [], told
    assert (found["letters"], found["rows"]) == (working.FILES + working.BATCH, working.BATCH), told
    assert found["on_paper"] == working.FILES // 2, told
    assert found["waiting"] == 0, told
    received = defaultdict(set)
    for taken in mail.taken:
        received[taken.message_id].add((taken.recipient, taken.message.get_payload(), taken.message["Subject"]))
    assert sorted(received) == found["mails"], told
    assert {len(texts) for texts in received.values()} == {1}, told
