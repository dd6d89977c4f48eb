"""`vliegwiel serve`, `web`, `work` and `migrate`: the database made ready, pages served by granian, work done behind them."""

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

_port = click.option("--port", default=8000, show_default=True, help="De poort.")
_host = click.option("--host", default="127.0.0.1", show_default=True, help="Het adres waarop we luisteren.")
_workers = click.option("--workers", default=2, show_default=True, help="Het aantal processen.")


@click.command("migrate")
def migrate() -> None:
    """Maak de database of werk haar bij."""
    ensure_database()


@click.command("serve")
@_port
@_host
@_workers
def serve(port: int, host: str, workers: int) -> None:
    """Toon de pagina's en doe het achtergrondwerk, in één opdracht."""
    from vliegwiel.entry.warm import prepare

    ensure_database()
    prepare()
    run(host, port, workers)


@click.command("web")
@_port
@_host
@_workers
def web(port: int, host: str, workers: int) -> None:
    """Toon alleen de pagina's; het achtergrondwerk draait elders."""
    ensure_database()
    run_web(host, port, workers)


@click.command("work")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop als het proces dat ons startte er niet meer is.")
def work(with_parent: bool) -> None:
    """Doe alleen het achtergrondwerk, met het rooster."""
    from vliegwiel.entry.schedule import SCHEDULE
    from vliegwiel.foundation.jobs import worker

    ensure_database()
    stopper = worker.Stopper(with_parent=with_parent)
    stopper.listen()
    worker.work(SCHEDULE, stopper)


def ensure_database() -> None:
    """Make the home folder and bring the database up to date; nothing happens when it is."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    settings.VLIEGWIEL_HOME.mkdir(parents=True, exist_ok=True)
    if not _migrations_of_this_software() <= MigrationRecorder(connection).applied_migrations().keys():
        call_command("migrate", verbosity=0, interactive=False)


def _migrations_of_this_software() -> set[tuple[str, str]]:
    """Read from the names of the files: loading them costs a tenth of a second, for every command."""
    return {
        (app.label, file.name)
        for app in apps.get_app_configs()
        for file in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if not file.name.startswith("_")
    }


def collect_static() -> None:
    """Hash and compress the static files, unless this very software did so before."""
    from vliegwiel.foundation.design.page_cache import software

    stamp = settings.STATIC_ROOT / ".software"
    if stamp.is_file() and stamp.read_text() == software():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(software())


def run(host: str, port: int, workers: int) -> None:
    """Pages and worker until stopped; the worker stops last and seals the trail."""
    background = subprocess.Popen([sys.executable, "-m", "vliegwiel.entry.cli", "work", "--with-parent"])
    try:
        run_web(host, port, workers)
    finally:
        background.terminate()
        background.wait(60)


def run_web(host: str, port: int, workers: int) -> None:
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
