"""Where uploaded files wait: a folder with a random name each, outside everything that is served; nothing in it is ever run.

One mechanism for every room that takes files in; each has a folder of its own under `VLIEGWIEL_HOME`.
"""

import re
import secrets
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

_LONGEST_NAME = 100


def safe_name(name: str, nameless: str = "levering") -> str:
    """The file name with only letters, digits, points, dashes and underscores, in lower-case ending.

    >>> safe_name("../../etc/kwb 2024_85984NED.CSV"), safe_name(".csv")
    ('kwb_2024_85984NED.csv', 'levering.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    bare, _point, ending = last.rpartition(".")
    clean = re.sub(r"[^A-Za-z0-9_-]+", "_", bare).strip("_-")[:_LONGEST_NAME] or nameless
    return f"{clean}.{re.sub(r'[^a-z0-9]', '', ending.lower())[:10]}"


@dataclass(frozen=True)
class Quarantine:
    """A place under `VLIEGWIEL_HOME` where files wait; `place` is the name of its folder."""

    place: str

    def keep(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write the file in a folder of its own and return the name of that folder."""
        token = secrets.token_hex(16)
        path = self.path_of(token, name)
        path.parent.mkdir(parents=True, mode=0o700)
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
        path.chmod(0o600)
        return token

    def path_of(self, token: str, name: str) -> Path:
        """Where the file of this folder lies."""
        return self._folder() / token / name

    def remove(self, token: str) -> None:
        """Throw the folder away; it may be gone already."""
        shutil.rmtree(self._folder() / token, ignore_errors=True)

    def clear_before(self, moment: datetime, keep: Collection[str] = ()) -> int:
        """Throw away what came in before this moment and is not to be kept; returns how many folders."""
        found = [path for path in self._folder().glob("*") if path.name not in keep]
        old = [path for path in found if path.stat().st_mtime < moment.timestamp()]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return len(old)

    def _folder(self) -> Path:
        return Path(settings.VLIEGWIEL_HOME) / self.place
