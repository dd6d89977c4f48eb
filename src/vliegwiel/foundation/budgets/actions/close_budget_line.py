"""Close a budget line at the end of its year, and carry over what the Provincial Council says."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.post_entries import Draft, post
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import BudgetLine
from vliegwiel.foundation.budgets.queries import EntryFacts, budget_line, decision_named, facts_of
from vliegwiel.foundation.budgets.rules import moves
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


@trail.recorded("close-budget-line", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def close_budget_line(*, actor: Actor, line: str) -> Money:
    """Close a budget line (public id) whose last day has passed (*afsluiten*); what is free lapses and is given back.

    What is reserved and committed stays and may still be paid; what comes free of it later lapses too. Raises NotFound, NotAllowed, or
    NotNow when the line still runs or was closed.
    """
    found, today = budget_line(line), clock.today()
    demand(actor, "manage-budgets", Subject(province=found.province))
    if found.ends >= today:
        text = _("Deze budgetpost loopt nog tot en met {last}. Daarna kunt u haar afsluiten.")
        raise NotNow(text.format(last=day(found.ends, "full")), code="still-runs")
    with transaction.atomic():
        if not BudgetLine.objects.filter(pk=found.pk, closed_on=None).update(closed_on=today):
            raise NotNow(_("Deze budgetpost is al afgesloten."), code="closed")
        free = Money(budget_line(line).free)
        if free.cents:
            lapse = Draft(line=budget_line(line), kind=Kind.LAPSE, cents=free.cents, moves=moves(Kind.LAPSE, free.cents))
            post(actor=actor, about=_itself(found), key="close", amount=free, build=lambda: [lapse])
        trail.record(
            actor=actor,
            action="close-budget-line",
            subject=_itself(found),
            facts={"lapsed": free.cents},
            province=found.province,
        )
    return free


@trail.recorded("carry-over-credit", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def carry_over(*, actor: Actor, line: str, to: str, amount: Money, decision: str, key: str = "") -> list[EntryFacts]:
    """Carry lapsed money of a closed budget line over to an open one (*overhevelen*), resting on a council decision (public ids).

    `key` names the step, so that a form that is sent twice counts once. Raises NotFound, NotAllowed, NotValid, or NotNow when less has
    lapsed or the other line is closed.
    """
    old, new, of = budget_line(line), budget_line(to), decision_named(decision)
    for province in (old.province, new.province):
        demand(actor, "manage-budgets", Subject(province=province))
    if not old.province == new.province == of.province:
        raise NotValid(
            _("Overhevelen kan alleen binnen een provincie, met een besluit van die provincie."), code="other-province"
        )

    def drafts() -> list[Draft]:
        if budget_line(to).closed_on is not None:
            raise NotNow(_("Budgetpost “{title}” is afgesloten. Kies een andere post.").format(title=new.title), code="closed")
        if Money(budget_line(line).lapsed) < amount:
            text = _("Op budgetpost “{title}” is {lapsed} vervallen. Meer kunt u niet overhevelen.")
            raise NotNow(text.format(title=old.title, lapsed=Money(budget_line(line).lapsed).dutch()), code="not-lapsed")
        return [
            Draft(line=budget_line(at), kind=kind, cents=amount.cents, moves=moves(kind, amount.cents), decision=of)
            for at, kind in ((line, Kind.CARRY_OUT), (to, Kind.CARRY_IN))
        ]

    about = Reference("council-decision", of.public_id, of.title, "")
    both = Money(2 * amount.cents)  # one entry on each line
    return [facts_of(entry) for entry in post(actor=actor, about=about, key=key or public_id(), amount=both, build=drafts)]


def _itself(line: BudgetLine) -> Reference:
    return Reference("budget-line", line.public_id, line.title, "")
