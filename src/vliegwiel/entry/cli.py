"""`vliegwiel`: the command line, composed from the rooms."""

import gc
import logging
import os
import sys

import click

from vliegwiel.kernel.errors import NotFound, Refusal

log = logging.getLogger("vliegwiel.cli")


@click.group()
def vliegwiel() -> None:
    """Vliegwiel: zien, steunen, afspreken, leren en verantwoorden."""


def main() -> None:
    """Run a command. A refusal is one Dutch message, one English log line, and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ["VLIEGWIEL_DEMO"] = "1"
    gc.disable()  # what is loaded now stays: searching it for garbage is a seventh of the time to start
    import django

    django.setup()
    from vliegwiel.entry import backup_cli, demo, serve, warm
    from vliegwiel.foundation.budgets.cli import budgets
    from vliegwiel.foundation.people.cli import people
    from vliegwiel.foundation.search.cli import search_command
    from vliegwiel.foundation.trail.cli import trail
    from vliegwiel.see.areas.cli import areas
    from vliegwiel.see.facilities.cli import facilities
    from vliegwiel.see.figures.cli import figures
    from vliegwiel.see.surveys.cli import surveys
    from vliegwiel.support.grants.cli import grants
    from vliegwiel.support.running_grants.cli import running_grants

    saving = (backup_cli.backup, backup_cli.restore)
    for command in (
        areas,
        budgets,
        facilities,
        running_grants,
        figures,
        grants,
        people,
        search_command,
        surveys,
        trail,
        serve.serve,
        serve.web,
        serve.work,
        serve.migrate,
        warm.warm,
        demo.demo,
        *saving,
    ):
        vliegwiel.add_command(command)
    gc.freeze()
    gc.enable()
    try:
        if len(sys.argv) > 1 and sys.argv[1] in (
            "areas",
            "budgets",
            "facilities",
            "figures",
            "grants",
            "people",
            "search",
            "surveys",
            "trail",
            "warm",
            "backup",
        ):
            serve.ensure_database()
        vliegwiel(standalone_mode=False)
    except Refusal as refusal:
        click.echo(refusal.message, err=True)
        for line in refusal.details:
            click.echo(f"  {line}", err=True)
        if isinstance(refusal, NotFound) and refusal.nearest:
            click.echo("Bedoelt u: " + ", ".join(f"{name} ({code})" for name, code in refusal.nearest), err=True)
        log.warning("command refused: %s", refusal.code)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken. Er is niets half geladen.", err=True)
        sys.exit(1)
    except Exception:
        log.exception("command failed")
        click.echo("Er ging bij ons iets mis. De gegevens zijn zoals ze waren; de oorzaak staat in het logboek.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
