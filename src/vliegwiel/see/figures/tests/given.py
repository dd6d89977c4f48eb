"""Small deliveries of figures, as their sources would write them."""

import csv
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.recognise import Told

ROWS = [
    {"WijkenEnBuurten": "GM1876", "Naam": "Bronckhorst", "Provinciecode": "PV25", "AantalInwoners_5": "4510", "k_65JaarOfOuder_12": "1380",
     "AfstandTotHuisartsenpraktijk_110": "1.9", "HuishoudensTotaal_29": "2060"},
    {"WijkenEnBuurten": "BU18760000", "Naam": "Hengelo", "Provinciecode": "PV25", "AantalInwoners_5": "4370", "k_65JaarOfOuder_12": "1345",
     "AfstandTotHuisartsenpraktijk_110": "0.8", "HuishoudensTotaal_29": "2000"},
    {"WijkenEnBuurten": "BU18760002", "Naam": "Veldhoek", "Provinciecode": "PV25", "AantalInwoners_5": "140", "k_65JaarOfOuder_12": "35",
     "AfstandTotHuisartsenpraktijk_110": "", "HuishoudensTotaal_29": "60"},
]  # fmt: skip

HEALTH = ["ID", "Leeftijd", "Marges", "WijkenEnBuurten", "Perioden", "Gemeentenaam_1", "SoortRegio_2", "Codering_3", "Eenzaam_28"]


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


def with_column(name: str, value: str = "8") -> list[dict[str, str]]:
    """The rows with one column more."""
    return [{**row, name: value} for row in ROWS]


def a_table(folder: Path, name: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, export: bool = False) -> Path:
    """A CSV with these rows; `export` writes it the way StatLine exports by hand: BOM, semicolons, every field quoted."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8-sig" if export else "utf-8") as file:
        writer = csv.writer(file, delimiter=";" if export else ",", quoting=csv.QUOTE_ALL if export else csv.QUOTE_MINIMAL)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def a_health_row(code: str, value: str, *, age: str = "20300", bound: str = "MW00000", period: str = "2020JJ00") -> list[str]:
    """A row of the health table as its service gives it: blank padded."""
    return ["1", age, bound, f"{code:<10}", period, f"{'Bronckhorst':<40}", "Buurt     ", f"{code:<20}", f"{value:>8}"]


def a_map(folder: Path, name: str, columns: dict[str, Sequence[object]], *, driver: str = "GPKG", layer: str = "buurten") -> Path:
    """A layer with these attributes on boxes in a row; text, numbers and None as they are."""
    import numpy as np
    import pyogrio
    import shapely

    path = folder / name
    count = len(next(iter(columns.values())))
    shapes = np.array([shapely.box(200_000 + place, 440_000, 200_001 + place, 440_001) for place in range(count)], dtype=object)
    fields = []
    for values in columns.values():
        numbers = all(isinstance(value, float | int) for value in values)
        fields.append(np.array(values, dtype=np.float64 if numbers else object))
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), fields, list(columns), layer=layer, crs="EPSG:28992", geometry_type="Polygon", driver=driver
    )
    return path


def published(text: str, year: int | None = None) -> Told:
    """What someone says who knows when a file was published."""
    return Told(year=year, published=date.fromisoformat(text))


def a_new_indicator(**changes: object) -> dict[str, object]:
    """The record of an indicator that is not in the catalogue."""
    record: dict[str, object] = {
        "key": "geluk-van-het-dorp",
        "name": "Geluk van het dorp",
        "theme": "samenleven",
        "unit": "cijfer 1–10",
        "decimals": 1,
        "range": [1, 10],
        "direction": "higher_is_better",
        "aggregation": "mean",
        "kind": "survey",
        "source": "Eigen vragenlijst",
        "licence": "CC BY 4.0",
        "method": "Gemiddeld cijfer dat bewoners zelf geven.",
        "sdgs": [3],
    }
    return {**record, **changes}


def answers(**columns: object) -> GivenAnswers:
    """Answers about columns of the key figures."""
    return GivenAnswers("kwb", columns)  # tests also hand in what is wrong


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
