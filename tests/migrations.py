"""`python -m tests.migrations [ROOM …]`: the one migration of a room written anew from its models; without rooms, all are folded.

Folded: constraints and indexes are made together with their table. Django writes them as operations of their own, each of which draws
every model again and, on SQLite, copies the table; together they were a third of the time that a new database takes.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.requirements import ROOT


def initial_migrations() -> Iterator[tuple[Path, Any]]:
    """The first migration of every room of our own, with its file."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if name == "0001_initial" and apps.get_app_config(label).name.startswith("vliegwiel."):
            yield Path(apps.get_app_config(label).path) / "migrations" / "0001_initial.py", migration


def folded(operations: list[Any]) -> list[Any]:
    """The same operations, with each constraint and index in the creation of its table; not of a field that comes later."""
    from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel

    later = [(one.model_name_lower, one.name) for one in operations if isinstance(one, AddField)]
    made = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    kept = []
    for one in operations:
        if not isinstance(one, (AddConstraint, AddIndex)):
            kept.append(one)
            continue
        kind, what = ("indexes", one.index) if isinstance(one, AddIndex) else ("constraints", one.constraint)
        names = re.findall(r"'-?([a-z_0-9]+?)(?:__[a-z_]+)?'", repr(what.deconstruct()))
        if any(model == one.model_name_lower and field in names for model, field in later):
            kept.append(one)
            continue
        table = made[one.model_name_lower]
        table.options[kind] = [*table.options.get(kind, []), what]
    return kept


def anew(label: str, old: Any) -> Any:
    """The first migration of a room as its models are now; steps in Python, such as guards, stay at its end."""
    from django.apps import apps
    from django.db.migrations import Migration, RunPython
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
    from django.db.migrations.state import ProjectState

    everything = ProjectState.from_apps(apps)
    others = ProjectState({name: model for name, model in everything.models.items() if name[0] != label})
    asked = NonInteractiveMigrationQuestioner(specified_apps={label})
    found = MigrationAutodetector(others, everything, asked).changes(MigrationLoader(None).graph, trim_to_apps={label})[label]
    made = Migration("0001_initial", label)
    made.initial = True
    made.dependencies = sorted({one for part in found for one in part.dependencies if one[0] != label})
    steps = [one for one in old.operations if isinstance(one, RunPython)]
    made.operations = [*(one for part in found for one in part.operations), *steps]
    return made


def main(rooms: list[str]) -> None:
    """Rewrite the rooms that were named, or else what can be folded, in the house style."""
    from django.db.migrations.writer import MigrationWriter

    for path, old in list(initial_migrations()):
        migration = anew(old.app_label, old) if old.app_label in rooms else old
        operations = folded(migration.operations)
        if old.app_label in rooms or (not rooms and len(operations) < len(migration.operations)):
            migration.operations = operations
            path.write_text(MigrationWriter(migration, include_header=False).as_string())
            for words in (["check", "--fix"], ["format"]):
                subprocess.run([sys.executable, "-m", "ruff", *words, "--quiet", str(path)], cwd=ROOT, check=True)
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
    django.setup()
    main(sys.argv[1:])
