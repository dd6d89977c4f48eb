"""Set up a programme: its lines, its instruments, and the budget lines that pay for them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import instrument_kinds
from vliegwiel.foundation.budgets.actions.set_roles import known_roles
from vliegwiel.foundation.budgets.models import BudgetLine, Instrument, Programme, ProgrammeLine
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotValid


@trail.recorded("add-programme", kind="programme")
def add_programme(
    *, actor: Actor, province: str, title: str, starts: date, ends: date | None = None, goal: str = "", made_up: bool = False
) -> Programme:
    """A new programme of a province. Raises NotAllowed, or NotValid for no title, a title that is there, or days that cannot be."""
    demand(actor, "manage-budgets", Subject(province=province))
    _check(title, starts, ends)
    with _once(_("Er is al een programma met deze naam.")):
        added = Programme.objects.create(
            province=province, title=title.strip(), goal=goal.strip(), starts=starts, ends=ends, made_up=made_up
        )
        _record(actor, "add-programme", "programme", added.public_id, province)
    return added


@trail.recorded("add-programme-line", kind="programme-line")
def add_programme_line(*, actor: Actor, programme: str, title: str, goal: str = "") -> ProgrammeLine:
    """A new line of a programme (public id). Raises NotFound, NotAllowed, or NotValid for no title or a title that is there."""
    of = Programme.objects.filter(public_id=programme).first()
    if of is None:
        raise NotFound(_("Dit programma kennen we niet."))
    demand(actor, "manage-budgets", Subject(province=of.province))
    _check(title)
    with _once(_("Dit programma heeft al een lijn met deze naam.")):
        added = ProgrammeLine.objects.create(province=of.province, programme=of, title=title.strip(), goal=goal.strip())
        _record(actor, "add-programme-line", "programme-line", added.public_id, of.province)
    return added


@trail.recorded("add-instrument", kind="instrument")
def add_instrument(
    *,
    actor: Actor,
    line: str,
    kind: str,
    title: str,
    summary: str = "",
    roles: Mapping[str, Sequence[str]] | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Instrument:
    """A new instrument at a programme line (public id), of a kind of the catalogue, with the province's roles per phase.

    Raises NotFound, NotAllowed, or NotValid for no title, an unknown kind, phase or role, or days that cannot be.
    """
    of = ProgrammeLine.objects.filter(public_id=line).first()
    if of is None:
        raise NotFound(_("Deze programmalijn kennen we niet."))
    demand(actor, "manage-budgets", Subject(province=of.province))
    _check(title, starts, ends)
    if kind not in instrument_kinds():
        raise NotValid(_("Kies een soort instrument."), code="no-kind")
    taken = known_roles(roles or {})
    with _once(_("Deze lijn heeft al een instrument met deze naam.")):
        added = Instrument.objects.create(
            province=of.province,
            line=of,
            kind=kind,
            title=title.strip(),
            summary=summary.strip(),
            roles=taken,
            starts=starts,
            ends=ends,
        )
        _record(actor, "add-instrument", "instrument", added.public_id, of.province)
    return added


@trail.recorded("add-budget-line", kind="budget-line")
def add_budget_line(*, actor: Actor, instrument: str, title: str, starts: date, ends: date, code: str = "") -> BudgetLine:
    """A new budget line for an instrument (public id), without credit; `code` is its number in the financial administration.

    Raises NotFound, NotAllowed, or NotValid for no title, a title that is there, or days that cannot be.
    """
    of = Instrument.objects.filter(public_id=instrument).first()
    if of is None:
        raise NotFound(_("Dit instrument kennen we niet."))
    demand(actor, "manage-budgets", Subject(province=of.province))
    _check(title, starts, ends)
    with _once(_("Dit instrument heeft al een budgetpost met deze naam.")):
        added = BudgetLine.objects.create(
            province=of.province, instrument=of, title=title.strip(), starts=starts, ends=ends, code=code.strip()
        )
        _record(actor, "add-budget-line", "budget-line", added.public_id, of.province)
    return added


@contextmanager
def _once(text: str) -> Iterator[None]:
    """One transaction; what is there already is a clear refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        raise NotValid(text, code="there-already") from fault


def _check(title: str, starts: date | None = None, ends: date | None = None) -> None:
    if not title.strip():
        raise NotValid(_("Geef een naam."), code="no-title")
    if len(title.strip()) > 120:
        raise NotValid(_("Kies een kortere naam, van hoogstens 120 tekens."), code="long-title")
    if starts and ends and ends < starts:
        raise NotValid(_("De laatste dag ligt voor de eerste dag."), code="ends-before")


def _record(actor: Actor, action: str, kind: str, record: str, province: str) -> None:
    trail.record(actor=actor, action=action, subject=Reference(kind, record, "", ""), province=province)
