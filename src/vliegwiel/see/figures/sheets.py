"""Open a file as a sheet of text cells: CSV in each of its dialects, and the attributes of GeoPackage and GeoJSON."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.kernel.errors import NotValid

_LEVEL_COLUMNS = ("buurtcode", "wijkcode", "gemeentecode")
#: In a map layer the code of the larger areas stands beside that of the area itself; this is the area itself.
AREA_CODE = "gebiedscode van de laag"


@dataclass(frozen=True)
class Sheet:
    """A file as columns of blank-stripped text, all equally long; a number is written in the fewest digits that give it back.

    `decimal` is the decimal sign of its numbers.
    """

    path: Path
    columns: Mapping[str, Any]
    count: int
    decimal: str = "."

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(self.columns)

    def texts(self, name: str) -> list[str]:
        """The cells of a column."""
        found: list[str] = self.columns[name].to_pylist()
        return found


def open_sheet(path: Path) -> Sheet:
    """Read the whole file. Raises NotValid when it is damaged, in another encoding, or of a kind that we do not know."""
    if not path.is_file():
        raise NotValid(_("Het bestand {name} bestaat niet.").format(name=path.name), code="no-file")
    ending = path.suffix.lower()
    if ending == ".csv":
        return _from_csv(path)
    if ending in (".gpkg", ".geojson", ".json"):
        return _from_map(path)
    raise NotValid(
        _("{name}: dit soort bestand kennen we niet. Gebruik CSV, GeoPackage of GeoJSON.").format(name=path.name),
        code="unknown-format",
    )


def _from_csv(path: Path) -> Sheet:
    import pyarrow as pa
    from pyarrow import compute
    from pyarrow import csv as arrow_csv

    content = path.read_bytes()
    text = _decoded(path, content)
    first = text.partition("\n")[0].strip("\r")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = [name.strip() for name in next(csv.reader(io.StringIO(text), delimiter=delimiter), [])]
    if not header or not any(header):
        raise NotValid(_("{name} is leeg.").format(name=path.name), code="empty-file")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        words = ngettext(
            "{name}: {count} kolomnaam staat er meer dan één keer in.",
            "{name}: {count} kolomnamen staan er meer dan één keer in.",
            len(twice),
        )
        raise NotValid(
            words.format(name=path.name, count=len(twice)),
            code="duplicate-column",
            details=tuple(twice),
        )
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(content.removeprefix(b"\xef\xbb\xbf")),
            read_options=arrow_csv.ReadOptions(column_names=header, skip_rows_after_names=1),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise NotValid(
            _("{name} is beschadigd of niet volledig. Haal het bestand opnieuw op. ({error})").format(
                name=path.name, error=error
            ),
            code="unreadable",
        ) from error
    if not table.num_rows:
        raise NotValid(_("{name} heeft kolommen, maar geen rijen.").format(name=path.name), code="empty-file")
    stripped = {name: compute.utf8_trim_whitespace(table[name].combine_chunks()) for name in header}
    comma = delimiter == ";" and any(
        compute.any(compute.match_substring_regex(cells, r"^-?\d+,\d+$")).as_py() for cells in stripped.values()
    )
    return Sheet(path, stripped, table.num_rows, "," if comma else ".")


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4096]:
        raise NotValid(
            _("{name} is geen tekst in UTF-8. Bewaar het als “CSV UTF-8”.").format(name=path.name), code="wrong-encoding"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotValid(
            _("{name} is geen tekst in UTF-8: regel {line} heeft een vreemd teken. Bewaar het als “CSV UTF-8”.").format(
                name=path.name, line=line
            ),
            code="wrong-encoding",
        ) from error


def _from_map(path: Path) -> Sheet:
    import pyarrow as pa
    import pyogrio

    names: list[str] = []
    layers: list[dict[str, Any]] = []
    try:
        for layer, _kind in pyogrio.list_layers(path):
            meta, _fids, _shapes, values = pyogrio.raw.read(path, layer=layer, read_geometry=False)
            fields = {str(name): _as_text(cells) for name, cells in zip(meta["fields"], values, strict=True)}
            own = next((name for name in _LEVEL_COLUMNS if name in fields), None)
            if own is not None:
                fields[AREA_CODE] = fields[own]
            names += [name for name in fields if name not in names]
            layers.append(fields)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise NotValid(
            _("{name} is beschadigd of niet volledig. Haal het bestand opnieuw op.").format(name=path.name), code="unreadable"
        ) from error
    counts = [len(next(iter(fields.values()))) for fields in layers if fields]
    if not sum(counts):
        raise NotValid(_("{name} heeft geen rijen.").format(name=path.name), code="empty-file")
    columns = {
        name: pa.concat_arrays(
            [fields.get(name, pa.array([""] * count)) for fields, count in zip(filter(None, layers), counts, strict=True)]
        )
        for name in names
    }
    return Sheet(path, columns, sum(counts))


def _as_text(cells: Any) -> Any:
    """Attribute values as text; what is absent is empty."""
    import pyarrow as pa
    from pyarrow import compute

    if cells.dtype.kind == "f":
        found = pa.array(cells, from_pandas=True).cast(pa.string())
    elif cells.dtype.kind in "iub":
        found = pa.array(cells).cast(pa.string())
    else:
        found = pa.array([None if cell is None else str(cell).strip() for cell in cells.tolist()], pa.string())
    return compute.fill_null(found, "")
