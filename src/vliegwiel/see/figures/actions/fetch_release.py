"""Fetch a table of CBS for the areas of a province, and import it as any other file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import table_families
from vliegwiel.connect.cbs import wide
from vliegwiel.connect.cbs.odata_v3 import ODataV3
from vliegwiel.connect.cbs.odata_v4 import Measure, ODataV4
from vliegwiel.connect.pages import Pages
from vliegwiel.connect.web import Web
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures.actions.import_release import ImportedRelease, import_release

_NUMBERED = re.compile(r"_\d+$")


@dataclass(frozen=True)
class FetchedRelease:
    """What was imported, from which file in the cache, and titles of what the table also measures but we do not know."""

    imported: ImportedRelease
    path: Path
    not_asked: tuple[str, ...]


def fetch_release(
    *, actor: Actor, table: str, province: str, progress: Callable[[str], None] = lambda _text: None
) -> FetchedRelease:
    """Download to the cache, going on where an earlier attempt stopped, then import in one transaction.

    Asks for the municipalities of the province that we know, and for what the catalogue knows of this table; the older service is
    asked when the newer one does not have the table. Raises NotFound for a table we do not know, NotNow when areas are not loaded yet
    or CBS does not answer, NotValid when its answer is not right.
    """
    table = table.strip().upper()
    year, stems = _known(table)
    municipalities = areas.codes_of(Level.MUNICIPALITY, year, province=province)
    if not municipalities:
        raise NotNow(
            _(
                "Van {province} kennen we in {year} nog geen gemeenten. Haal die eerst op met: vliegwiel areas fetch "
                "--year {year} --province {province}"
            ).format(province=province, year=year),
            code="no-areas",
        )
    services = settings.VLIEGWIEL_SERVICES
    folder = Path(settings.VLIEGWIEL_HOME) / "cache" / "cbs"
    with Web("CBS", (*services["cbs"], *services["cbs-v3"])) as web:
        pages = Pages(web, folder, progress=progress)
        try:
            rows, not_asked = _long(ODataV4(pages, services["cbs"][0]), table, municipalities, stems)
        except NotFound:
            progress(_("{table}: niet in de nieuwe dienst van CBS, we vragen de oude").format(table=table))
            rows, not_asked = _wide(ODataV3(pages, services["cbs-v3"]), table, municipalities, stems)
        if not rows:
            raise NotFound(
                _("De tabel {table} heeft geen cijfers van {province} in {year}.").format(
                    table=table, province=province, year=year
                )
            )
        path = wide.write(folder / f"{table}_{province}.csv", [{**row, "Provinciecode": province} for row in rows])
        done = import_release(actor=actor, path=path, made_up=web.made_up, progress=progress)
    return FetchedRelease(done, path, not_asked)


def _known(table: str) -> tuple[int, frozenset[str]]:
    """The year of the areas of a table, and the stems of the keys that the catalogue knows."""
    for family in table_families().values():
        if table in family.tables:
            return family.tables[table].year, frozenset(family.columns) | frozenset(family.attributes)
    offered = sorted((family.title, name) for family in table_families().values() for name in family.tables)
    raise NotFound(_("De tabel {table} kennen we niet.").format(table=table), nearest=tuple(offered[:5]))


def _long(
    source: ODataV4, table: str, municipalities: Sequence[str], stems: frozenset[str]
) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """Rows by area from observations, municipality by municipality."""
    info = source.table(table)
    measures = source.measures(info)
    wanted = _unmistakable([measure for measure in measures if wide.stem_of(measure.title) in stems])
    regions = [region for code in municipalities for region in source.regions(info, code)]
    codes = [measure.code for measure in wanted]
    seen = (observation for code in municipalities for observation in source.observations(info, code, codes))
    rows = wide.table_of(regions, wanted, seen, info.area_dimension) if regions and wanted else []
    return rows, tuple(measure.title for measure in measures if measure not in wanted)


def _unmistakable(measures: Sequence[Measure]) -> list[Measure]:
    """Measures whose title stands once; *Appartement* of electricity and of gas cannot be told apart by title."""
    titles = [measure.title for measure in measures]
    return [measure for measure in measures if titles.count(measure.title) == 1]


def _wide(
    source: ODataV3, table: str, municipalities: Sequence[str], stems: frozenset[str]
) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """Rows as the older service gives them, with the name of each area and the columns we know."""
    info = source.table(table)
    names = source.names(info)
    kept = [key for key in info.keys if _NUMBERED.sub("", key) in stems]
    rows = []
    for code in municipalities:
        for row in source.rows(info, code):
            rows.append(_named(row, names) | {key: row[key] for key in kept})
    return rows, tuple(key for key in info.keys if key not in kept)


def _named(row: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    code = row["WijkenEnBuurten"]
    return {"WijkenEnBuurten": code, "Naam": names.get(code, ""), "SoortRegio_2": wide.KINDS.get(code[:2], "")}
