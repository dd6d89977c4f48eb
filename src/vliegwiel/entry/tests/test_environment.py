"""What the machine says is read in one place, and the suite runs on both databases."""

from pathlib import Path

import pytest
from django.db import connection

from tests.requirements import on_postgres
from vliegwiel.entry import environment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VLIEGWIEL_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def test_without_an_address_everything_lives_in_the_home(home: Path) -> None:
    assert environment.read().database["NAME"] == home / "db.sqlite3"


def test_an_address_names_a_server_or_the_folder_of_its_socket(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:g%40heim@db.example:5433/vliegwiel")
    found = environment.read().database
    assert [found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")] == [
        "db.example",
        "5433",
        "anna",
        "g@heim",
        "vliegwiel",
    ]
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna@/vliegwiel?host=/run/postgresql")
    assert environment.read().database["HOST"] == "/run/postgresql"


def test_another_kind_of_database_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://anna@db.example/vliegwiel")
    with pytest.raises(ValueError, match="postgresql"):
        environment.read()


@pytest.mark.django_db
def test_this_run_is_on_the_database_it_says() -> None:
    assert connection.vendor == ("postgresql" if on_postgres() else "sqlite")


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_database_of_production_is_version_15_or_newer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150_000
