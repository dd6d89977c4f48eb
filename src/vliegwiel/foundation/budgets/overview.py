"""The tree of a province's money for pages: programme, line, instrument, budget line, each with how it stands on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import InstrumentKind, instrument_kinds
from vliegwiel.foundation.budgets.models import BudgetLine, Ceiling, Instrument, Programme, ProgrammeLine
from vliegwiel.foundation.budgets.queries import Position, positions_of
from vliegwiel.foundation.design.money_lines import MoneyLine, money_line
from vliegwiel.kernel.money import Money

NOTHING = Position.of_cents({})


@dataclass(frozen=True)
class PostStand:
    """A budget line, how it stands, and its money line."""

    post: BudgetLine
    stands: Position
    line: MoneyLine


@dataclass(frozen=True)
class InstrumentStand:
    """An instrument with its kind and its budget lines."""

    instrument: Instrument
    kind: InstrumentKind
    posts: tuple[PostStand, ...]


@dataclass(frozen=True)
class LineStand:
    """A programme line with its instruments and their sum."""

    line: ProgrammeLine
    instruments: tuple[InstrumentStand, ...]
    stands: Position


@dataclass(frozen=True)
class ProgrammeStand:
    """A programme with its lines, their sum, and the money line of that sum."""

    programme: Programme
    lines: tuple[LineStand, ...]
    stands: Position
    line: MoneyLine


def tree(programmes: QuerySet[Programme], on: date) -> list[ProgrammeStand]:
    """Every programme with all that is below it, as it stood at the end of a day; in a fixed number of questions."""
    found = programmes.prefetch_related("lines__instruments__budget_lines").order_by("title", "pk")
    posts = [
        post
        for programme in found
        for line in programme.lines.all()
        for instrument in line.instruments.all()
        for post in instrument.budget_lines.all()
    ]
    stands = positions_of(posts, on)
    return [_programme(programme, stands) for programme in found]


def _programme(programme: Programme, stands: dict[int, Position]) -> ProgrammeStand:
    lines = tuple(_line(line, stands) for line in sorted(programme.lines.all(), key=lambda line: (line.title, line.pk)))
    total = sum_of(line.stands for line in lines)
    return ProgrammeStand(programme, lines, total, line_of(total))


def _line(line: ProgrammeLine, stands: dict[int, Position]) -> LineStand:
    instruments = tuple(
        InstrumentStand(
            instrument,
            instrument_kinds()[instrument.kind],
            tuple(
                PostStand(post, stands[post.pk], line_of(stands[post.pk]))
                for post in sorted(instrument.budget_lines.all(), key=lambda post: (post.starts, post.title))
            ),
        )
        for instrument in sorted(line.instruments.all(), key=lambda instrument: instrument.title)
    )
    return LineStand(line, instruments, sum_of(post.stands for item in instruments for post in item.posts))


def sum_of(stands: Iterable[Position]) -> Position:
    """The sum of positions."""
    return sum(stands, NOTHING)


def line_of(stands: Position) -> MoneyLine:
    """The money line of a position: what is committed or paid, reserved, free, and lapsed, up to the credit."""
    parts = [
        ("used", _("Vastgelegd"), stands.committed + stands.paid - stands.returned),
        ("reserved", _("Gereserveerd"), stands.reserved),
        ("free", _("Vrij"), stands.free),
        ("lapsed", _("Vervallen"), stands.lapsed),
    ]
    there = [part for part in parts if part[2].cents or part[0] in ("used", "free")]
    paid = stands.paid - stands.returned
    return money_line(_("Krediet"), stands.credit, *there, of_which=(_("waarvan betaald"), paid) if paid.cents else None)


def ceiling_line(ceiling: Ceiling) -> MoneyLine:
    """The money line of a ceiling: granted, reserved, free, up to what was last announced."""
    amount = Money(ceiling.amount)
    parts = [
        ("used", _("Verleend"), Money(ceiling.granted)),
        ("reserved", _("Gereserveerd"), Money(ceiling.reserved)),
        ("free", _("Vrij"), Money(max(amount.cents - ceiling.used, 0))),
    ]
    return money_line(_("Plafond"), amount, *(part for part in parts if part[2].cents or part[0] != "reserved"))


def rows_of(stands: Position) -> Sequence[tuple[str, Money, str]]:
    """The identity of rule 2 as rows: word, amount, and the sign with which it counts."""
    return (
        (_("Vrij"), stands.free, "+"),
        (_("Gereserveerd"), stands.reserved, "+"),
        (_("Vastgelegd, nog te betalen"), stands.committed, "+"),
        (_("Betaald"), stands.paid, "+"),
        (_("Terugontvangen"), stands.returned, "−"),
        (_("Vervallen"), stands.lapsed, "+"),
    )
