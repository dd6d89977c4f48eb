"""The environment, read in this one typed place."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

_SERVICES = {
    "cbs": ("VLIEGWIEL_CBS", "https://datasets.cbs.nl/odata/v1"),
    "cbs-v3": (
        "VLIEGWIEL_CBS_V3",
        "https://opendata.cbs.nl/ODataFeed/odata",
        "https://dataderden.cbs.nl/ODataFeed/odata",
    ),
    "pdok": ("VLIEGWIEL_PDOK", "https://api.pdok.nl"),
}


@dataclass(frozen=True)
class Environment:
    """What the machine says: where everything lives, which database, which names the site answers to."""

    home: Path
    database: dict[str, object]
    demo: bool
    debug: bool
    hosts: tuple[str, ...]
    secret: str
    province: str
    services: dict[str, tuple[str, ...]]


def read() -> Environment:
    """Read VLIEGWIEL_* and DATABASE_URL. The secret is generated for a demo and required in production."""
    home = Path(os.environ.get("VLIEGWIEL_HOME", "var")).resolve()
    demo = os.environ.get("VLIEGWIEL_DEMO") == "1"
    hosts = tuple(filter(None, os.environ.get("VLIEGWIEL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")))
    return Environment(
        home=home,
        database=_database(os.environ.get("DATABASE_URL", ""), home),
        demo=demo,
        debug=os.environ.get("VLIEGWIEL_DEBUG") == "1",
        hosts=hosts,
        secret=_secret(home),
        province=os.environ.get("VLIEGWIEL_PROVINCE", ""),
        services={name: _addresses(variable, *usual) for name, (variable, *usual) in _SERVICES.items()},
    )


def _addresses(variable: str, *usual: str) -> tuple[str, ...]:
    """Addresses of a service outside, with commas between them; no other host is ever asked."""
    return tuple(filter(None, os.environ.get(variable, "").split(","))) or usual


def _secret(home: Path) -> str:
    if secret := os.environ.get("VLIEGWIEL_SECRET"):
        return secret
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str, home: Path) -> dict[str, object]:
    """SQLite in the home, or the PostgreSQL of the address; `?host=/run/postgresql` names the folder of a socket."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "db.sqlite3",
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        message = "DATABASE_URL must start with postgresql://"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
