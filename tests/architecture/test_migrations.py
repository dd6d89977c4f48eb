"""A new database is made quickly: constraints and indexes come with their table."""

from tests.migrations import folded, initial_migrations


def test_every_constraint_that_can_be_is_made_together_with_its_table() -> None:
    apart = [path.parts[-3] for path, found in initial_migrations() if len(folded(found.operations)) < len(found.operations)]
    assert not apart, f"run python -m tests.migrations for {', '.join(apart)}"
