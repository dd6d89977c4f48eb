"""Where papers lie on disk: a file is there whole, or not at all."""

import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Files that are written beside their place and then put there in one step, so that nobody reads half of one, whoever else writes the
    same name at that moment. What a process that stopped half-way left beside it has a name of its own, and goes with what no row names.
    """

    def __init__(self, location: str | Path | None = None) -> None:
        super().__init__(location, allow_overwrite=True)

    def _save(self, name: str, content: "File[Any]") -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
        with beside.open("xb") as written:
            for chunk in content.chunks():
                written.write(chunk)
        beside.replace(place)
        return name
