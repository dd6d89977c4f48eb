"""Read areas, borders and links from files; no database here. A file that is not right is refused whole, in words a person understands."""

from pathlib import Path

from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import border_files, register_files
from vliegwiel.see.areas.records import AreaFile


def read(path: Path, year: int | None = None) -> tuple[AreaFile, ...]:
    """Recognise the format by ending and columns; one AreaFile per year, oldest first.

    `year` may be left out when the file names its own year; a file of many years is read for all of them unless `year` picks one.
    Raises NotValid when the file is not what it should be.
    """
    if not path.is_file():
        raise NotValid(_("Het bestand {name} bestaat niet.").format(name=path.name), code="no-file")
    if path.suffix.lower() in (".gpkg", ".geojson", ".json"):
        return (border_files.read(path, year),)
    if path.suffix.lower() == ".csv":
        return register_files.read(path, year)
    raise NotValid(
        _("{name}: dit soort bestand kennen we niet. Gebruik GeoPackage, GeoJSON of CSV.").format(name=path.name),
        code="unknown-format",
    )
