"""`vliegwiel serve` and `vliegwiel migrate`: the database made ready, static files collected, pages served by granian."""

import os

import click
from django.conf import settings
from django.core.management import call_command


@click.command("migrate")
def migrate() -> None:
    """Maak de database of werk haar bij."""
    ensure_database()


@click.command("serve")
@click.option("--port", default=8000, show_default=True, help="De poort.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Het adres waarop we luisteren.")
@click.option("--workers", default=2, show_default=True, help="Het aantal processen.")
def serve(port: int, host: str, workers: int) -> None:
    """Toon de pagina's in de browser."""
    from vliegwiel.entry.warm import prepare

    ensure_database()
    prepare()
    run(host, port, workers)


def ensure_database() -> None:
    """Make the home folder and bring the database up to date; nothing happens when it is."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.VLIEGWIEL_HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Hash and compress the static files, unless this very software did so before."""
    from vliegwiel.foundation.design.page_cache import software

    stamp = settings.STATIC_ROOT / ".software"
    if stamp.is_file() and stamp.read_text() == software():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(software())


def run(host: str, port: int, workers: int) -> None:
    """Collect static files and hand over to granian until it is stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    collect_static()
    os.environ["DJANGO_SETTINGS_MODULE"] = "vliegwiel.entry.settings"
    Granian(
        "vliegwiel.entry.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        log_enabled=False,
    ).serve()
