"""Files of this room, named by their content: answers, results of a run, what may be shown of them. Nobody reads them but this room."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.surveys.models import Wave

FOLDER = "surveys"


def keep_json(value: Any) -> str:
    """Write plain values and return their SHA-256; the same values give the same file."""
    return keep(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(), "json")


def read_json(digest: str) -> Any:
    """Plain values that were kept."""
    return json.loads(path_of(digest, "json").read_bytes())


def keep_table(table: Any) -> str:
    """Write an Arrow table as Parquet and return the SHA-256 of the file."""
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return keep(sink.getvalue().to_pybytes(), "parquet")


def answers_of(wave: Wave) -> Any:
    """The answers of a wave as an Arrow table. Raises NotNow when their term is over."""
    if wave.answers_gone_at is not None:
        raise NotNow(_("De antwoorden van deze meting zijn vernietigd: de bewaartermijn is voorbij."), code="answers-gone")
    return read_table(wave.answers)


def read_table(digest: str) -> Any:
    """An Arrow table that was kept."""
    from pyarrow import parquet

    return parquet.read_table(path_of(digest, "parquet"))


def keep(content: bytes, ending: str) -> str:
    """Write bytes whole or not at all: a file with its name is never half there."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest, ending)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".fresh", delete=False) as fresh:
            fresh.write(content)
        Path(fresh.name).replace(path)
    return digest


def destroy(digest: str, ending: str) -> None:
    """Take a file away; harmless when repeated."""
    path_of(digest, ending).unlink(missing_ok=True)


def path_of(digest: str, ending: str) -> Path:
    """Where a file lies."""
    return Path(settings.VLIEGWIEL_HOME) / FOLDER / f"{digest}.{ending}"
