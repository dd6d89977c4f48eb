"""Small deliveries of figures, as StatLine would write them."""

import csv
import re
from pathlib import Path

ROWS = [
    {"WijkenEnBuurten": "GM1876", "Naam": "Bronckhorst", "Provinciecode": "PV25", "AantalInwoners_5": "4510", "k_65JaarOfOuder_12": "1380",
     "AfstandTotHuisartsenpraktijk_110": "1.9", "HuishoudensTotaal_29": "2060"},
    {"WijkenEnBuurten": "BU18760000", "Naam": "Hengelo", "Provinciecode": "PV25", "AantalInwoners_5": "4370", "k_65JaarOfOuder_12": "1345",
     "AfstandTotHuisartsenpraktijk_110": "0.8", "HuishoudensTotaal_29": "2000"},
    {"WijkenEnBuurten": "BU18760002", "Naam": "Veldhoek", "Provinciecode": "PV25", "AantalInwoners_5": "140", "k_65JaarOfOuder_12": "35",
     "AfstandTotHuisartsenpraktijk_110": "", "HuishoudensTotaal_29": "60"},
]  # fmt: skip


def a_delivery(folder: Path, *, name: str = "kwb_2024_85984NED.csv", rows: list[dict[str, str]] | None = None) -> Path:
    """A CSV with a municipality and two neighbourhoods; Veldhoek has no distance to the doctor."""
    path = folder / name
    rows = rows or ROWS
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(code: str, column: str, value: str) -> list[dict[str, str]]:
    """The rows with one cell changed."""
    return [{**row, column: value} if row["WijkenEnBuurten"] == code else dict(row) for row in ROWS]


_CUT = re.compile(
    r"WijkenEnBuurten|(AantalInwoners|k_0Tot15Jaar|k_65JaarOfOuder|HuishoudensTotaal|"
    r"GemiddeldeHuishoudensgrootte|Bevolkingsdichtheid|GemiddeldeWoningwaarde|OppervlakteLand|MateVanStedelijkheid)_\d+"
)


def a_cut_of_2020(data: Path, folder: Path, *, codes: str = "GM") -> Path:
    """The real table of 2020 with a few of its columns, for areas whose code starts with `codes`; the names lie beside it."""
    path = folder / "kwb_2020_84799NED_TypedDataSet.csv"
    for name in (path.name, path.name.replace("TypedDataSet", "WijkenEnBuurten")):
        with (
            (data / "kwb" / name).open(encoding="utf-8") as source,
            (folder / name).open("w", encoding="utf-8", newline="") as cut,
        ):
            rows = csv.DictReader(source)
            columns = [
                column for column in rows.fieldnames or [] if name.endswith("WijkenEnBuurten.csv") or _CUT.fullmatch(column)
            ]
            writer = csv.DictWriter(cut, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(row for row in rows if (row.get("WijkenEnBuurten") or row.get("Key") or "").startswith(codes))
    return path
