"""A backup (*reservekopie*) of everything: the rows of the database, the files by their hash, and a manifest that proves both.

The rows are written as JSON lines, so that a backup of SQLite can be put back in PostgreSQL and the other way round. Files are kept
once under `files/`, however many backups stand beside each other in a folder. Not in it: what can be made again (tiles, drawings, kept
pages, columns), sessions, and the secret of the installation, which is to be kept elsewhere.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

FORMAT = 1
#: Tables that migrating makes again, and sessions: who was signed in signs in again.
_LEFT_OUT = frozenset({"sessions.session", "contenttypes.contenttype", "auth.permission"})
#: Folders of the home with files that nothing can make again; papers are asked of their storage.
_FOLDERS = ("borders", "figures/releases", "quarantine", "quarantine-papers", "surveys")
_PAPERS = "papers"
_BATCH = 500
_PIECE = 1 << 20


@dataclass(frozen=True)
class File:
    """One file: its place (relative to the home, or in the storage of papers), its SHA-256 and its size in bytes."""

    place: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `rows` counts per table; `database` is the SHA-256 of the JSON lines; `shape` marks the tables per room.

    `secret` is a mark of the secret it was made with, not the secret.
    """

    format: int
    made_at: str
    vendor: str
    database: str
    rows: dict[str, int]
    shape: dict[str, str]
    secret: str
    files: tuple[File, ...]

    @property
    def row_count(self) -> int:
        """All rows together."""
        return sum(self.rows.values())

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond: the hashes of the trail rest on them, and Django's own encoder cuts them to milliseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime | time) else super().default(value)


def make_backup(folder: Path) -> tuple[Path, Manifest]:
    """Write a backup in a new folder below `folder`, named by the moment, and return it with its manifest.

    The rows are those of one moment, also while others write. Files are copied after them: they never change, and each is written before
    the row that names it. Raises NotValid when a file is not what its name says.
    """
    moment = clock.now()
    place = folder / moment.strftime("%Y-%m-%dT%H%M%SZ")
    if place.exists():
        raise NotNow(f"In {place} staat al een reservekopie. Probeer het over een seconde opnieuw.", code="exists")
    place.mkdir(parents=True, mode=0o700)
    try:
        digest, rows = _write_rows(place / "database.jsonl.gz")
        files = tuple(_copied(folder / "files"))
        manifest = Manifest(FORMAT, moment.isoformat(), connection.vendor, digest, rows, _shape(), _mark(), files)
        (place / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return place, manifest


def read_manifest(place: Path) -> Manifest:
    """The manifest of a backup. Raises NotFound when there is none, NotValid for one of another format."""
    path = place / "manifest.json"
    if not path.is_file():
        raise NotFound(f"In {place} staat geen reservekopie: manifest.json ontbreekt.")
    found = json.loads(path.read_text(encoding="utf-8"))
    if found.get("format") != FORMAT:
        raise NotValid(
            f"Deze reservekopie is van een andere soort ({found.get('format')}) dan wij kennen ({FORMAT}).", code="other-format"
        )
    return Manifest(**{**found, "files": tuple(File(**file) for file in found["files"])})


def check_backup(place: Path) -> Manifest:
    """Recompute every hash of a backup. Raises NotValid with a line for each part that is gone or changed."""
    manifest = read_manifest(place)
    problems = [
        f"{file.place} is weg of veranderd"
        for file in manifest.files
        if not (kept := _kept(place.parent / "files", file.sha256)).is_file() or _digest_of(kept) != file.sha256
    ]
    try:
        with gzip.open(place / "database.jsonl.gz", "rb") as lines:
            if _digest(lines) != manifest.database:
                problems.append("de rijen van de database zijn veranderd")
    except (OSError, EOFError):
        problems.append("de rijen van de database zijn niet te lezen")
    if problems:
        raise NotValid("Deze reservekopie is beschadigd. Neem een andere.", code="damaged", details=tuple(problems))
    return manifest


def restore_backup(place: Path) -> tuple[Manifest, bool]:
    """Put a backup back in an empty database, which was migrated, and in this home; says whether the secret is the one it was made with.

    All rows or none. Raises NotNow when the database is not empty, NotValid when the backup is damaged or made by another version.
    """
    manifest = check_backup(place)
    here = _shape()
    if other := sorted({app for app, _mark in manifest.shape.items() ^ here.items()}):
        message = "Deze reservekopie is van een andere versie van Vliegwiel. Zet eerst die versie neer."
        raise NotValid(message, code="other-version", details=tuple(f"{app}: andere tabellen" for app in other))
    if full := [model._meta.label for model in _models() if model._base_manager.exists()]:
        raise NotNow(
            "Deze database is niet leeg. Zet een reservekopie alleen terug in een lege database.",
            code="not-empty",
            details=tuple(full[:5]),
        )
    for file in manifest.files:
        _put_back(file, _kept(place.parent / "files", file.sha256))
    with transaction.atomic(), gzip.open(place / "database.jsonl.gz", "rt", encoding="utf-8") as lines:
        _load_rows(lines)
        _reset_sequences()
        rows = {model._meta.label_lower: model._base_manager.count() for model in _models()}
        if rows != manifest.rows:
            raise NotValid("Er zijn niet evenveel rijen als in de reservekopie. Er is niets teruggezet.", code="row-count")
    return manifest, manifest.secret == _mark()


def _models() -> list[type[models.Model]]:
    """The tables of a backup, each after what it points to."""
    found = serializers.sort_dependencies([(config, None) for config in apps.get_app_configs()], allow_cycles=True)
    return [
        model for model in found if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in _LEFT_OUT
    ]


def _write_rows(path: Path) -> tuple[str, dict[str, int]]:
    """Write every row, in order of key, and return the SHA-256 of the lines and how many each table has."""
    digest, rows = hashlib.sha256(), {}
    fresh = not connection.in_atomic_block
    with transaction.atomic(), path.open("xb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as lines:
        if fresh and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in _models():
            count = 0
            for line in _lines_of(model):
                digest.update(line)
                lines.write(line)
                count += 1
            rows[model._meta.label_lower] = count
    path.chmod(0o600)
    return digest.hexdigest(), rows


def _lines_of(model: type[models.Model]) -> Iterator[bytes]:
    serializer = serializers.get_serializer("jsonl")()
    batch: list[models.Model] = []
    for row in model._base_manager.order_by("pk").iterator(chunk_size=_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            yield from _as_lines(serializer, batch)
            batch = []
    yield from _as_lines(serializer, batch)


def _as_lines(serializer: Any, batch: list[models.Model]) -> Iterator[bytes]:
    text = serializer.serialize(batch, cls=_Exact, ensure_ascii=False)
    return (f"{line}\n".encode() for line in text.split("\n") if line)


def _load_rows(lines: IO[str]) -> None:
    """Put the rows in, many at once; a table that notes the time by itself goes row by row, so that it keeps the time of then."""
    batch: list[Any] = []
    for one in serializers.deserialize("jsonl", lines):
        if batch and (type(batch[0].object) is not type(one.object) or len(batch) == _BATCH):
            _save(batch)
            batch = []
        batch.append(one)
    _save(batch)


def _save(batch: list[Any]) -> None:
    if not batch:
        return
    model = type(batch[0].object)
    notes_time = any(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) for field in model._meta.fields)
    if notes_time or any(one.m2m_data for one in batch):
        for one in batch:
            one.save()
    else:
        model._base_manager.bulk_create([one.object for one in batch])


def _reset_sequences() -> None:
    """The next number of each table comes after the highest that was put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _copied(kept: Path) -> Iterator[File]:
    """Copy every file that is not kept yet, and name each."""
    for place, source in _sources():
        with source() as file:
            digest = _digest(file)
        target = _kept(kept, digest)
        with source() as file:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                fresh = target.with_suffix(".fresh")
                with fresh.open("wb") as copy:
                    shutil.copyfileobj(file, copy, _PIECE)
                fresh.chmod(0o600)
                fresh.replace(target)
        if _digest_of(target) != digest:
            raise NotValid(f"{place} veranderde tijdens het kopiëren. Maak de reservekopie opnieuw.", code="changed")
        yield File(place, digest, target.stat().st_size)


def _sources() -> Iterator[tuple[str, Any]]:
    """Every file that belongs in a backup: its place, and how to open it."""
    home = Path(settings.VLIEGWIEL_HOME)
    for folder in _FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and path.suffix != ".fresh":
                yield str(path.relative_to(home)), lambda path=path: path.open("rb")
    for name in sorted(_stored("")):
        yield f"{_PAPERS}/{name}", lambda name=name: default_storage.open(name)


def _stored(folder: str) -> Iterator[str]:
    """Every name in the storage of papers."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    before = f"{folder}/" if folder else ""
    yield from (f"{before}{name}" for name in files)
    for name in folders:
        yield from _stored(f"{before}{name}")


def _put_back(file: File, kept: Path) -> None:
    top, _slash, name = file.place.partition("/")
    if top == _PAPERS:
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(kept.read_bytes()))
        return
    home = Path(settings.VLIEGWIEL_HOME).resolve()
    target = (home / file.place).resolve()
    if not target.is_relative_to(home):
        raise NotValid(f"{file.place} ligt buiten de map waar alles staat.", code="outside-home")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, target)


def _shape() -> dict[str, str]:
    """A mark per room of its tables and columns, the same on every database: a migration keeps its name while it is rewritten."""
    columns: dict[str, list[str]] = {}
    for model in _models():
        fields = (
            f"{model._meta.label_lower}.{field.attname} {field.get_internal_type()}" for field in model._meta.concrete_fields
        )
        columns.setdefault(model._meta.app_label, []).extend(fields)
    return {app: hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()[:16] for app, found in columns.items()}


def _mark() -> str:
    """A mark by which two installations see that they have the same secret, without telling it."""
    return hashlib.sha256(f"backup {settings.SECRET_KEY}".encode()).hexdigest()[:16]


def _kept(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()
