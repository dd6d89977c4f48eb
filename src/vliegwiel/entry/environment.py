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
    "pdok-background": ("VLIEGWIEL_BACKGROUND",),
}


@dataclass(frozen=True)
class Mail:
    """The mail server; without a host nothing leaves the machine."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    sender: str


@dataclass(frozen=True)
class Environment:
    """What the machine says: where everything lives, which database, which names the site answers to.

    `production`: VLIEGWIEL_HOSTS names the site, so that others can reach it. Without it the site answers to this machine only.
    `proxies` is how many trusted proxies stand before us; they must set X-Forwarded-For and X-Forwarded-Proto.
    `page_cache` is the room for kept pages in megabytes; 0 keeps none. `largest_delivery`: how many megabytes an
    uploaded file with figures may be; `largest_paper` the same for a document. `clamav` is where the virus scanner listens.
    """

    home: Path
    database: dict[str, object]
    demo: bool
    debug: bool
    hosts: tuple[str, ...]
    secret: str
    province: str
    production: bool
    address: str
    proxies: int
    ssl_redirect: bool
    security_contact: str
    mail: Mail
    sign_in_name: str
    sign_in_apps: list[dict[str, object]]
    services: dict[str, tuple[str, ...]]
    page_cache: int
    largest_delivery: int
    largest_paper: int
    clamav: str


def read() -> Environment:
    """Read VLIEGWIEL_* and DATABASE_URL. The secret is required in production and generated elsewhere."""
    home = Path(os.environ.get("VLIEGWIEL_HOME", "var")).resolve()
    demo, debug = os.environ.get("VLIEGWIEL_DEMO") == "1", os.environ.get("VLIEGWIEL_DEBUG") == "1"
    hosts = tuple(filter(None, os.environ.get("VLIEGWIEL_HOSTS", "").split(",")))
    production = bool(hosts) and not demo and not debug
    sign_in_name, sign_in_apps = _sign_in()
    return Environment(
        home=home,
        database=_database(os.environ.get("DATABASE_URL", ""), home),
        demo=demo,
        debug=debug,
        hosts=hosts or ("localhost", "127.0.0.1", "[::1]"),
        secret=_secret(home, production=production),
        province=os.environ.get("VLIEGWIEL_PROVINCE", ""),
        production=production,
        address=os.environ.get("VLIEGWIEL_ADDRESS", f"https://{hosts[0]}" if production else "http://127.0.0.1:8000"),
        proxies=int(os.environ.get("VLIEGWIEL_PROXIES", "0")),
        ssl_redirect=os.environ.get("VLIEGWIEL_SSL_REDIRECT", "1") == "1",
        security_contact=os.environ.get("VLIEGWIEL_SECURITY_CONTACT", ""),
        mail=_mail(),
        sign_in_name=sign_in_name,
        sign_in_apps=sign_in_apps,
        services={name: _addresses(variable, *usual) for name, (variable, *usual) in _SERVICES.items()},
        page_cache=int(os.environ.get("VLIEGWIEL_PAGE_CACHE", "256")),
        largest_delivery=int(os.environ.get("VLIEGWIEL_LARGEST_DELIVERY", "200")),
        largest_paper=int(os.environ.get("VLIEGWIEL_LARGEST_PAPER", "25")),
        clamav=os.environ.get("VLIEGWIEL_CLAMAV", ""),
    )


def _mail() -> Mail:
    """VLIEGWIEL_SMTP=smtp://name:secret@host:587 (STARTTLS) and VLIEGWIEL_SENDER."""
    parts = urlparse(os.environ.get("VLIEGWIEL_SMTP", ""))
    return Mail(
        host=parts.hostname or "",
        port=parts.port or 587,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.hostname not in (None, "localhost", "127.0.0.1"),
        sender=os.environ.get("VLIEGWIEL_SENDER", "Vliegwiel <noreply@vliegwiel.invalid>"),
    )


def _sign_in() -> tuple[str, list[dict[str, object]]]:
    """OpenID Connect of the organisation: VLIEGWIEL_OIDC_URL, _NAME, _CLIENT and _SECRET; nothing without the first."""
    url = os.environ.get("VLIEGWIEL_OIDC_URL", "")
    if not url:
        return "", []
    name = os.environ.get("VLIEGWIEL_OIDC_NAME", "uw organisatie")
    client, secret = os.environ.get("VLIEGWIEL_OIDC_CLIENT", ""), os.environ.get("VLIEGWIEL_OIDC_SECRET", "")
    settings: dict[str, object] = {"server_url": url, "oauth_pkce_enabled": True}
    return name, [{"provider_id": "organisatie", "name": name, "client_id": client, "secret": secret, "settings": settings}]


def _addresses(variable: str, *usual: str) -> tuple[str, ...]:
    """Addresses of a service outside, with commas between them; no other host is ever asked."""
    return tuple(filter(None, os.environ.get(variable, "").split(","))) or usual


def _secret(home: Path, *, production: bool) -> str:
    if secret := os.environ.get("VLIEGWIEL_SECRET"):
        return secret
    if production:
        message = "VLIEGWIEL_SECRET must be set where others can reach the site"
        raise ValueError(message)
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
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
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
