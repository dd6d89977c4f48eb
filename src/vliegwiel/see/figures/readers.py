"""Read deliveries of figures from files; no database here. A file that is not right is refused whole."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.catalogue.reader import Indicator, indicators
from vliegwiel.catalogue.tables import TableFamily
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.delivery import Column, Delivery, refuse_out_of_range, to_numbers
from vliegwiel.see.figures.mapping import Answers, FileColumns, map_columns, stem
from vliegwiel.see.figures.recognise import NOTHING, Recognised, Told, recognise
from vliegwiel.see.figures.rows import Block, blocks_of, series_of
from vliegwiel.see.figures.rows_to_areas import AreasByName, Placed, place_rows
from vliegwiel.see.figures.sheets import Sheet, open_sheet

__all__ = ["Knowledge", "Opened", "Told", "open_delivery", "read", "stem"]


def _no_names(_year: int) -> Mapping[str, Sequence[str]]:
    return {}


@dataclass(frozen=True)
class Knowledge:
    """What is known besides the catalogue: answers about columns, indicators of our own, names of areas per year."""

    answers: Answers = field(default_factory=dict)
    own: Mapping[str, Indicator] = field(default_factory=dict)
    names: AreasByName = _no_names

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The catalogue and our own indicators together."""
        return {**self.own, **indicators()}


CATALOGUE = Knowledge()


@dataclass(frozen=True)
class Opened:
    """A file whose table is recognised and whose columns are told apart, before any figure is read."""

    sheet: Sheet
    recognised: Recognised
    columns: FileColumns

    @property
    def family(self) -> TableFamily:
        """The kind of table."""
        return self.recognised.family


def open_delivery(path: Path, *, told: Told = NOTHING, knowledge: Knowledge = CATALOGUE) -> Opened:
    """Open the file and say which columns are known, not needed, or a question. Raises NotValid when it is no table of figures."""
    sheet = open_sheet(path)
    recognised = recognise(sheet, told)
    return Opened(
        sheet,
        recognised,
        map_columns(recognised.family, recognised.table, series_of(sheet, recognised.family), knowledge.answers),
    )


def read(
    path: Path,
    *,
    told: Told = NOTHING,
    knowledge: Knowledge = CATALOGUE,
    progress: Callable[[str], None] = lambda _text: None,
) -> Delivery:
    """Recognise the table and read its figures. `told` is what the person who brings the file says about it.

    Raises NotValid when something is not as it should be: an unknown table or column, a cell that is no number or out of range, a
    code that is none or stands twice.
    """
    opened = open_delivery(path, told=told, knowledge=knowledge)
    sheet, family, table = opened.sheet, opened.family, opened.recognised.table
    if opened.columns.unknown:
        count = len(opened.columns.unknown)
        words = (
            _("1 kolom die we niet kennen. Zeg eerst wat ze betekent.")
            if count == 1
            else (_("{count} kolommen die we niet kennen. Zeg eerst wat ze betekenen.").format(count=count))
        )
        raise NotValid(
            _("{name} heeft {words}").format(name=path.name, words=words), code="unknown-columns", details=opened.columns.unknown
        )
    placed = place_rows(sheet, family, table, knowledge.names)
    blocks = blocks_of(sheet, family, table, placed, opened.columns)
    progress(_("gebieden: {codes}, reeksen: {blocks}").format(codes=len(placed.codes), blocks=len(blocks)))
    columns = _columns(path, opened, placed, blocks, knowledge.indicators)
    return Delivery(
        family,
        table,
        placed.codes,
        columns,
        _postcodes(family, sheet, placed),
        opened.columns.ignored,
        placed.left_out,
    )


def _columns(
    path: Path, opened: Opened, placed: Placed, blocks: Sequence[Block], known: Mapping[str, Indicator]
) -> tuple[Column, ...]:
    sheet, family, table = opened.sheet, opened.family, opened.recognised.table
    found: dict[tuple[str, str], Column] = {}
    problems: list[str] = []
    for block in blocks:
        labels = [placed.labels[row] for row in block.rows]
        numbers = {bound: to_numbers(block.name, cells, table, labels, sheet.decimal) for bound, cells in block.cells.items()}
        values, status = block.spread(len(placed.codes), *numbers["value"])
        lower, upper = (
            block.spread(len(placed.codes), *numbers[bound])[0] if bound in numbers else None for bound in ("lower", "upper")
        )
        confidence = family.margins.confidence if family.margins and lower is not None and upper is not None else None
        if confidence is None:
            lower = upper = None
        column = Column(known[block.indicator], block.period, block.name, values, status, lower, upper, confidence)
        other = found.get((block.indicator, block.period))
        if other is not None:
            raise NotValid(
                _(
                    "{name}: de kolommen {source_key} en {block_name} zijn allebei {block_name_2} van {period}. Zeg "
                    "welke de goede is."
                ).format(
                    name=path.name,
                    source_key=other.source_key,
                    block_name=block.name,
                    block_name_2=known[block.indicator].name,
                    period=block.period,
                ),
                code="same-indicator-twice",
            )
        found[block.indicator, block.period] = column
        problems += refuse_out_of_range(column, placed.codes)
    if problems:
        words = ngettext(
            "{name}: {count} waarde kan niet kloppen. Er is niets geladen.",
            "{name}: {count} waarden kunnen niet kloppen. Er is niets geladen.",
            len(problems),
        )
        raise NotValid(
            words.format(name=path.name, count=len(problems)),
            code="out-of-range",
            details=tuple(problems[:20]),
        )
    if not found:
        raise NotValid(
            _("{name} heeft geen kolommen met cijfers. Er is niets te laden.").format(name=path.name), code="no-figures"
        )
    return tuple(found.values())


def _postcodes(family: TableFamily, sheet: Sheet, placed: Placed) -> dict[AreaCode, str]:
    roles = {name: family.attributes.get(stem(name) if family.numbered else name) for name in sheet.names}
    column = next((name for name, role in roles.items() if role == "postcode"), None)
    if column is None:
        return {}
    texts = sheet.texts(column)
    return {
        placed.codes[place]: texts[row]
        for row, place in zip(placed.rows, placed.places, strict=True)
        if re.fullmatch(r"\d{4}", texts[row])
    }
