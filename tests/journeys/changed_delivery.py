"""The delivery of a next year as a source might send it: the real table of 2020, changed, for a few municipalities."""

import csv
from pathlib import Path

NAME = "kwb_2020_84799NED_TypedDataSet.csv"
MUNICIPALITIES = ("1876", "0228")
RENAMED = {
    "AfstandTotGroteSupermarkt_106": "AfstandNaarGroteSupermarkt_106",
    "HuishoudensTotaal_28": "AantalHuishoudensTotaal_28",
    "PersonenautoSTotaal_99": "TotaalAantalPersonenautoS_99",
}
NEW = "Geluk_119"


def write(data: Path, folder: Path) -> Path:
    """Three key numbers have another name, one column is new (7.4 everywhere), one was dropped."""
    path = folder / NAME
    with (data / "kwb" / NAME).open(encoding="utf-8") as source, path.open("w", encoding="utf-8", newline="") as target:
        rows = csv.DictReader(source)
        names = [name for name in rows.fieldnames or [] if name != "Bevolkingsdichtheid_33"]
        writer = csv.DictWriter(target, [*(RENAMED.get(name, name) for name in names), NEW])
        writer.writeheader()
        for row in rows:
            if row["WijkenEnBuurten"][2:6] in MUNICIPALITIES:
                writer.writerow({**{RENAMED.get(name, name): row[name] for name in names}, NEW: "7.4"})
    return path
