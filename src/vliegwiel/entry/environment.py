"""The environment, read in this one typed place."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse


@dataclass(frozen=True)
class Environment:
    """What the machine says: where everything lives, which database, which names the site answers to.

    `page_cache` is the room for kept pages in megabytes; 0 keeps none.
    """

    home: Path
    database: dict[str, object]
    demo: bool
    debug: bool
    hosts: tuple[str, ...]
    secret: str
    province: str
    page_cache: int


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
        page_cache=int(os.environ.get("VLIEGWIEL_PAGE_CACHE", "256")),
    )


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
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
