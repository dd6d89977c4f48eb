"""The drill: an installation is lost, its backup is put back elsewhere, and everything is there again."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.requirements import ROOT, on_postgres
from vliegwiel.entry import backup
from vliegwiel.foundation.people.tests.given import an_organisation
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.figures.models import Release
from vliegwiel.see.monitor.tests.given import a_province

SQLITE = ""


class Installation:
    """A home with a database of its own; an empty address is SQLite in the home."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database

    def run(self, *command: str, code: int = 0) -> str:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("VLIEGWIEL_")}
        environment = kept | {"VLIEGWIEL_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
        environment |= {"DATABASE_URL": self.database} if self.database else {}
        done = subprocess.run([sys.executable, "-m", *command], env=environment, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == code, done.stderr[-2000:]
        return done.stdout if code == 0 else done.stderr

    def look(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("vliegwiel.entry.tests.drill", "look"))
        return found


@pytest.fixture
def new_database() -> Iterator[Any]:
    """Makes an empty database on the server of this run, or names SQLite; what was made is dropped."""
    made: list[str] = []

    def fresh() -> str:
        if not on_postgres():
            return SQLITE
        name = f"drill_{secrets.token_hex(6)}"
        _on_server(f'CREATE DATABASE "{name}"')
        made.append(name)
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()

    yield fresh
    for name in made:
        _on_server(f'DROP DATABASE "{name}"')


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)


def test_what_was_lost_is_all_there_again(tmp_path: Path, new_database: Any) -> None:
    lost, found = Installation(tmp_path / "lost", new_database()), Installation(tmp_path / "found", new_database())
    lost.run("vliegwiel.entry.tests.drill", "make")
    before = lost.look()
    told = lost.run("vliegwiel.entry.cli", "backup", str(tmp_path / "copies"))
    assert "Bewaar die ergens anders" in told
    place = next(path for path in (tmp_path / "copies").iterdir() if path.name != "files")
    assert "is heel" in lost.run("vliegwiel.entry.cli", "backup", "--check", str(place))
    assert "Logboek: het klopt." in found.run("vliegwiel.entry.cli", "restore", str(place))
    after = found.look()
    assert before["broken"] == after["broken"] == ""
    assert after["entries"] == before["entries"] + 1, "restoring is an entry of its own"
    assert len(before["letters"]) == len(before["papers"]) == 1
    for part in ("last_seal", "letters", "papers", "people", "figures", "map", "page"):
        assert after[part] == before[part], part
    again = found.run("vliegwiel.entry.cli", "restore", str(place), code=1)
    assert "Deze database is niet leeg." in again
    assert found.look()["entries"] == after["entries"]
    found.run("vliegwiel.entry.cli", "trail", "seal")
    found.run("vliegwiel.entry.cli", "people", "add-organisation", "Nieuw", "--kind", "provincie", "--province", "PV99")


@pytest.mark.postgres
@pytest.mark.parametrize("up", [True, False], ids=["SQLite to PostgreSQL", "PostgreSQL to SQLite"])
def test_a_backup_moves_from_one_database_to_the_other(tmp_path: Path, new_database: Any, up: bool) -> None:
    small, large = Installation(tmp_path / "small", SQLITE), Installation(tmp_path / "large", new_database())
    source, target = (small, large) if up else (large, small)
    source.run("vliegwiel.entry.tests.drill", "make")
    source.run("vliegwiel.entry.cli", "backup", str(tmp_path / "copies"))
    place = next(path for path in (tmp_path / "copies").iterdir() if path.name != "files")
    target.run("vliegwiel.entry.cli", "restore", str(place))
    before, after = source.look(), target.look()
    assert after["broken"] == ""
    assert {part: after[part] for part in ("last_seal", "letters", "papers", "people", "figures")} == {
        part: before[part] for part in ("last_seal", "letters", "papers", "people", "figures")
    }


@pytest.fixture
def copy(emptied_trail: None, tmp_path: Path) -> Path:
    """A backup of a small province, and an empty database to put it back in."""
    from django.core.management import call_command
    from django.db import connection

    from vliegwiel.foundation.budgets import guard as of_the_ledger
    from vliegwiel.foundation.trail import guard as of_the_trail

    a_province(tmp_path)
    an_organisation()
    place, _manifest = backup.make_backup(tmp_path / "copies")
    for guard in (of_the_trail, of_the_ledger):
        guard.remove(connection)
    call_command("flush", verbosity=0, interactive=False, reset_sequences=True)
    for guard in (of_the_trail, of_the_ledger):
        guard.install(connection)
    return place


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_is_refused_with_what_is_wrong_and_nothing_is_put_back(copy: Path) -> None:
    manifest = backup.read_manifest(copy)
    kept = copy.parent / "files" / manifest.files[0].sha256[:2] / manifest.files[0].sha256
    kept.write_bytes(kept.read_bytes()[:-1])
    (copy / "database.jsonl.gz").write_bytes((copy / "database.jsonl.gz").read_bytes()[:200])
    with pytest.raises(NotValid, match="beschadigd") as refusal:
        backup.restore_backup(copy)
    assert refusal.value.details == (
        f"{manifest.files[0].place} is weg of veranderd",
        "de rijen van de database zijn niet te lezen",
    )
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_another_version_is_refused(copy: Path) -> None:
    found = json.loads((copy / "manifest.json").read_text())
    found["shape"]["figures"] = "of another version"
    (copy / "manifest.json").write_text(json.dumps(found))
    with pytest.raises(NotValid, match="andere versie") as refusal:
        backup.restore_backup(copy)
    assert refusal.value.details == ("figures: andere tabellen",)
    (copy / "manifest.json").write_text(json.dumps(found | {"format": 99}))
    with pytest.raises(NotValid, match="andere soort"):
        backup.restore_backup(copy)
    with pytest.raises(NotFound, match=r"manifest\.json ontbreekt"):
        backup.read_manifest(copy.parent)


@pytest.mark.django_db(transaction=True)
def test_a_backup_cannot_write_outside_the_home(copy: Path) -> None:
    found = asdict(backup.read_manifest(copy))
    found["files"] = [{**found["files"][0], "place": "../elders/x.parquet"}]
    (copy / "manifest.json").write_text(json.dumps(found))
    with pytest.raises(NotValid, match="buiten de map"):
        backup.restore_backup(copy)
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_rows_give_the_same_backup_and_files_are_kept_once(copy: Path) -> None:
    manifest, same_secret = backup.restore_backup(copy)
    assert same_secret
    assert Release.objects.count() == 1
    _place, again = backup.make_backup(copy.parent / "later")
    assert (again.database, again.rows, again.files) == (manifest.database, manifest.rows, manifest.files)
    with pytest.raises(NotNow, match="niet leeg"):
        backup.restore_backup(copy)
    an_organisation("Na het terugzetten")  # the next number is free
