"""What differs per machine: strict where others can reach the site, simple on one's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.entry import environment

SITE = {"VLIEGWIEL_HOSTS": "vliegwiel.invalid", "VLIEGWIEL_SECRET": "s" * 25 + "abcdefghijklmnopqrstuvwxy0123456789"}


def check_deploy(tmp_path: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("VLIEGWIEL_", "DATABASE_", "DJANGO_"))}
    surroundings = {**clean, "VLIEGWIEL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings", **extra}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)


def test_in_production_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    done = check_deploy(tmp_path, **SITE, VLIEGWIEL_CLAMAV="127.0.0.1:3310")
    assert done.returncode == 0, done.stderr


def test_in_production_uploads_that_nobody_scans_are_refused(tmp_path: Path) -> None:
    done = check_deploy(tmp_path, **SITE)
    assert done.returncode != 0
    assert "papers.E001" in done.stderr


def test_in_production_a_secret_is_required(tmp_path: Path) -> None:
    done = check_deploy(tmp_path, VLIEGWIEL_HOSTS="vliegwiel.invalid")
    assert done.returncode != 0
    assert "VLIEGWIEL_SECRET must be set" in done.stderr


def test_on_ones_own_machine_the_site_answers_to_that_machine_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VLIEGWIEL_HOSTS", raising=False)
    monkeypatch.setenv("VLIEGWIEL_HOME", str(tmp_path))
    found = environment.read()
    assert (found.production, found.hosts) == (False, ("localhost", "127.0.0.1", "[::1]"))
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_mail_and_the_sign_in_of_the_organisation_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VLIEGWIEL_HOME", str(tmp_path))
    monkeypatch.setenv("VLIEGWIEL_SMTP", "smtp://naam:geheim%21@post.invalid:2525")
    monkeypatch.setenv("VLIEGWIEL_OIDC_URL", "https://inloggen.invalid")
    found = environment.read()
    assert (found.mail.host, found.mail.port, found.mail.password, found.mail.tls) == ("post.invalid", 2525, "geheim!", True)
    assert found.sign_in_apps[0]["provider_id"] == "organisatie"


def test_the_sign_in_of_an_organisation_is_installed_where_it_is_asked_for(tmp_path: Path) -> None:
    line = "from vliegwiel.entry import settings; print([app for app in settings.INSTALLED_APPS if 'openid' in app])"
    found = {}
    for address in ("", "https://inloggen.invalid"):
        environment = {**os.environ, "VLIEGWIEL_HOME": str(tmp_path), "VLIEGWIEL_OIDC_URL": address}
        found[address] = subprocess.run(
            [sys.executable, "-c", line], env=environment, capture_output=True, text=True, check=True
        ).stdout
    assert found[""].strip() == "[]"
    assert "openid_connect" in found["https://inloggen.invalid"]


@pytest.mark.django_db
def test_security_txt_says_where_to_report_and_until_when(client: Client, settings: object) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.VLIEGWIEL_SECURITY_CONTACT = "mailto:veilig@voorbeeld.invalid"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert set(lines) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert lines["Expires"].endswith("Z")
