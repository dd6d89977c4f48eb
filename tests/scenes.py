"""What many tests begin with is reached by the real actions, and after that laid back row by row.

`@scene` stands on a function of a `given.py`. When it begins at the bare tables it is remembered what it adds: rows, files and what it
returns; on top of other scenes, the second time. From then on these are laid down instead of made again, which a test cannot tell apart.
The circumstances are the same when nothing else was written since the test began, with the same arguments, day and settings. In any
other case it acts anew.
"""

import functools
import itertools
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")
Rows = Mapping[str, list[Any]]
Files = Mapping[str, bytes]
_COMMITS = {"transactional_db", "live_server"}
_STANDS_ASIDE = {"django_capture_on_commit_callbacks", "reached_once", "built"}
#: No row changes by these; a rollback to a savepoint is counted as a change.
_READS = ("SELECT", "BEGIN", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class _Kept:
    rows: Rows
    files: Files
    outcome: bytes


class _Now:
    """Where the test that is busy stands: which scenes it laid down, as long as nothing else was written."""

    def __init__(self) -> None:
        self.active = False
        self.apart = 0
        self.written = 0
        self.reached: object = None
        self.then = 0

    def begin(self, item: Any) -> None:
        """A test begins. One that commits empties the tables, also of what stands in them from the start: what was kept fits no more."""
        marker, used = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
        committing = bool(_COMMITS & used) or (marker is not None and bool(marker.kwargs.get("transaction")))
        self.active = not committing and not _STANDS_ASIDE & used and not _patches(item)
        self.reached, self.written, self.then = BARE, 0, 0
        if committing:
            _bare.clear()
            _kept.clear()

    def place(self) -> object:
        """What was reached; None when more was written than scenes."""
        return self.reached if self.written == self.then else None

    def arrive(self, where: object) -> None:
        self.reached, self.then = where, self.written


BARE = "bare"
now = _Now()
_kept: dict[object, _Kept] = {}
_asked: set[object] = set()
_named: list[str] = []
_bare: dict[str, list[Any]] = {}
_unfit: set[object] = set()


def scene(reach: Callable[Arguments, Outcome]) -> Callable[Arguments, Outcome]:
    """Stand on a function that brings a test somewhere by real actions, so that the next test is brought there at once."""

    @functools.wraps(reach)
    def reached(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Outcome:
        from django.db import connection

        place = now.place()
        if not now.active or now.apart or place is None or not connection.in_atomic_block:
            return reach(*args, **kwargs)
        if (plain := _plain((args, kwargs))) is None:
            return reach(*args, **kwargs)
        from vliegwiel.kernel import clock

        key = (place, f"{reach.__module__}.{reach.__name__}", plain, _moment(), clock.today(), _settings())
        if found := _kept.get(key):
            _lay_down(found)
            now.arrive(key)
            outcome: Outcome = pickle.loads(found.outcome)
            return outcome
        if key in _unfit or (place != BARE and key not in _asked):
            _asked.add(key)
            made = reach(*args, **kwargs)
            now.arrive(None)
            return made
        rows, files = _rows_at(place), _files()
        made = reach(*args, **kwargs)
        if (added := _added(rows, files, made)) is None:
            _unfit.add(key)
            now.arrive(None)
            return made
        _kept[key] = added
        now.arrive(key)
        return made

    return reached


@contextmanager
def apart() -> Iterator[None]:
    """Around what stands in the database for longer than one test."""
    now.apart += 1
    try:
        yield
    finally:
        now.apart -= 1


def watch() -> None:
    """Count what is written on this connection."""
    from django.db import connection

    def counted(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(_READS):
            now.written += 1
        return execute(sql, params, many, context)

    connection.execute_wrappers.append(counted)


def _patches(item: Any) -> bool:
    """Whether a test, or a fixture of ours that it uses, puts something else in the place of our code."""
    used = getattr(item, "_fixtureinfo", None)
    if used is None or "monkeypatch" in used.initialnames:
        return True
    ours = [
        found for found in itertools.chain(*used.name2fixturedefs.values()) if not found.func.__module__.startswith("pytest_")
    ]
    return any("monkeypatch" in found.argnames for found in ours)


def _plain(given: Any) -> str | None:
    """The arguments as text: values, records as they are here, and files by their name; None when there is anything else among them."""
    with suppress(TypeError):
        return _text(given)
    return None


def _text(given: Any) -> str:
    if given is None or isinstance(given, str | int | float | date | timedelta | Enum):
        return repr(given)
    if isinstance(given, tuple | list):
        return f"[{', '.join(map(_text, given))}]"
    if isinstance(given, dict):
        return _text(list(given.items()))
    if is_dataclass(given) and not isinstance(given, type) and given.__dataclass_params__.frozen:
        return f"{type(given).__name__}{_text([getattr(given, field.name) for field in fields(given)])}"
    if hasattr(given, "_meta"):
        return f"{given._meta.label}{[getattr(given, field.attname) for field in given._meta.concrete_fields]}"
    if type(given).__name__ == "GrantFile":
        return f"GrantFile {given.name}"
    raise TypeError(type(given))


def _moment() -> object:
    from vliegwiel.kernel import clock

    return clock._fixed.get()


def _settings() -> str:
    from django.conf import settings

    if not _named:
        _named.extend(sorted(name for name in dir(settings) if name.startswith("VLIEGWIEL_") and name != "VLIEGWIEL_HOME"))
    return repr([getattr(settings, name, None) for name in _named])


def _columns() -> Mapping[str, list[str]]:
    """The columns of each table; they are the same from the first test to the last."""
    from django.db import connection

    if not _seen:
        with connection.cursor() as cursor:
            for name in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(f'SELECT * FROM "{name}" LIMIT 0')  # the names are our own tables
                _seen[name] = [column[0] for column in cursor.description]
    return _seen


_seen: dict[str, list[str]] = {}


def _rows() -> Rows:
    """Every row there is, as the database writes it."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            return {name: _copied(cursor, name) for name in _columns()}
    with connection.cursor() as cursor:
        return {name: _read(cursor, name, columns) for name, columns in _columns().items()}


def _copied(cursor: Any, table: str) -> list[bytes]:
    with cursor.copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
        return b"".join(bytes(part) for part in copy).splitlines(keepends=True)


def _read(cursor: Any, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    """The plus leaves a value as it stands in the file."""
    cursor.execute("SELECT {} FROM {}".format(", ".join(f'+"{column}"' for column in columns), f'"{table}"'))
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _rows_at(place: Any) -> Rows:
    """The rows that stand there when nothing but these scenes was reached: those of the bare tables, and what each scene added."""
    if not _bare:
        _bare.update(_rows() if place == BARE else {})
    found = {name: list(rows) for name, rows in _bare.items()}
    while place != BARE:
        for name, rows in _kept[place].rows.items():
            found[name] += rows
        place = place[0]
    return found


def _added(rows: Rows, files: Files, made: Any) -> _Kept | None:
    """What came with this scene; None when a row or file went or changed, or when the outcome is no value that can be kept."""
    after, brought = _rows(), _files()
    if any(not set(rows[name]).issubset(now_there) for name, now_there in after.items()):
        return None
    if any(brought.get(name) != content for name, content in files.items()):
        return None
    more = {
        name: [row for row in now_there if row not in known] for name, now_there in after.items() for known in [set(rows[name])]
    }
    try:
        outcome = pickle.dumps(made)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None
    kept_files = {name: content for name, content in brought.items() if name not in files}
    return _Kept({name: found for name, found in more.items() if found}, kept_files, outcome)


def _files() -> Files:
    from django.conf import settings

    home = Path(settings.VLIEGWIEL_HOME)
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def _lay_down(kept: _Kept) -> None:
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            for name, rows in kept.rows.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN'.encode()) as copy:
                    copy.write(b"".join(rows))
    else:
        with connection.cursor() as cursor:
            for name, rows in kept.rows.items():
                cursor.executemany(f'INSERT INTO "{name}" VALUES ({", ".join(["%s"] * len(rows[0]))})', rows)
    for name, content in kept.files.items():
        path = Path(settings.VLIEGWIEL_HOME) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    forget()


def forget() -> None:
    """What is remembered in the process of rows and files, so that it is read again."""
    from vliegwiel.see.areas import listing
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.facilities import queries as facilities
    from vliegwiel.see.figures import indicators
    from vliegwiel.see.figures import queries as figures
    from vliegwiel.see.monitor import outcomes

    listing.forget()
    for stamp in (areas.stamp, figures.stamp, indicators.stamp, outcomes.stamp, facilities.stamp):
        stamp.forget()
