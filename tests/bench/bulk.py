"""Copies of rows in bulk, each set of them by one statement: SQLite writes a million rows this way in seconds."""

from django.db import connection, models

#: What must differ between copies, and how SQLite makes one.
_OF_ITS_OWN = {"public_id": "lower(hex(randomblob(6)))", "content_hash": "lower(hex(randomblob(32)))"}


def next_key(model: type[models.Model]) -> int:
    """The first key that no row has."""
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def copy_what_belongs(pattern: models.Model, first: int, number: int) -> None:
    """For copies of the pattern with keys from `first`: all rows that belong to it, and what belongs to those in turn."""
    for relation in pattern._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model is type(pattern):
            continue
        for row in model._default_manager.filter(**{field.name: pattern}):
            key = next_key(model)
            _copy(row, {model._meta.pk.column: f"{key - 1} + turn.n", field.column: f"{first - 1} + turn.n"}, number)
            copy_what_belongs(row, key, number)


def copy_row_for_each(pattern: models.Model, name: str, other: type[models.Model], value: str, times: int) -> None:
    """The pattern so many times for each row of another table, with a value of that row in the field named; turn by turn."""
    table, column = other._meta.db_table, other._meta.get_field(value).column
    own = {pattern._meta.pk.column: "NULL", pattern._meta.get_field(name).column: f'"{table}"."{column}"'}
    _copy(pattern, own, times, f'CROSS JOIN "{table}"')


def _copy(row: models.Model, own: dict[str, str], times: int, beside: str = "") -> None:
    meta = row._meta
    columns = [field.column for field in meta.concrete_fields]
    values = [own.get(column) or _OF_ITS_OWN.get(column) or f'pattern."{column}"' for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'''
            WITH RECURSIVE turn(n) AS (SELECT 1 WHERE %s > 0 UNION ALL SELECT n + 1 FROM turn WHERE n < %s)
            INSERT INTO "{meta.db_table}" ({names})
            SELECT {", ".join(values)} FROM turn {beside} CROSS JOIN "{meta.db_table}" AS pattern
            WHERE pattern."{meta.pk.column}" = %s
            ''',
            [times, times, row.pk],
        )


def copy_itself(pattern: models.Model, number: int, own: dict[str, str]) -> int:
    """The pattern so many times with what belongs to it; `own` gives SQL for columns that differ, in which `turn.n` counts from 1. Returns
    the first key."""
    first = next_key(type(pattern))
    _copy(pattern, {pattern._meta.pk.column: f"{first - 1} + turn.n", **own}, number)
    copy_what_belongs(pattern, first, number)
    return first
