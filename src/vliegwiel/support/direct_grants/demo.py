"""The made-up grants without a scheme of the demo: one that came back for three years, and one that waits for its signature."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings

from vliegwiel.foundation.budgets import public as budgets
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.actions.make_direct_grant import Intended, make_direct_grant, propose_direct_grant
from vliegwiel.support.direct_grants.models import DirectGrant, Ground
from vliegwiel.support.grants.demo import assess_as_local, sign_waiting
from vliegwiel.support.grants.public import Recipient
from vliegwiel.support.schemes.demo import acting, in_force
from vliegwiel.support.schemes.public import direct_rules

_TITLE, _RULES = "Subsidies zonder regeling", "groningen/subsidies-zonder-regeling"
_YEARLY = Recipient("Stichting Kleding Voor Niemand", "Luchtstraat 12", "0000 AB Nergensdam", account="NL91ABNA0417164300")
_ONCE = Recipient("Vereniging Eenmalig Verzonnen", "Wolkenpad 3", "0000 AB Nergensdam", account="NL91ABNA0417164300")
_WHY = "Wat u doet, helpt mensen die het nodig hebben."


def build(province: str) -> int:
    """Make the grants that are not there yet; returns how many there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen subsidies horen alleen in een voorbeeld.", code="no-demo")
    if not DirectGrant.objects.filter(province=province).exists():
        year = clock.today().year
        with _days_ago(470):
            if direct_rules(province) is None:
                in_force(province, _RULES, _TITLE)
            line = _line(province, year)
            _granted(province, _for_years(line, year - 2, year - 1))
        with _days_ago(330):
            _granted(province, _for_years(line, year, year))
        with _days_ago(4):
            _proposed(province, _ONCE, _once(line))
    return DirectGrant.objects.filter(province=province).count()


def _for_years(line: str, first: int, last: int) -> Intended:
    """Forty thousand euros a year, named in the budget."""
    amount = Money.euros(40_000 * (last - first + 1))
    return Intended(
        title="Kleding voor wie het nodig heeft",
        line=line,
        amount=amount,
        starts=date(first, 1, 1),
        ends=date(last, 12, 31),
        ground=Ground.BUDGET.value,
        proof=f"Verzonnen begroting {first}, post 12",
        most=amount,
        recurring=True,
    )


def _once(line: str) -> Intended:
    today = clock.today()
    return Intended(
        title="Herstel van het plein na de storm",
        line=line,
        amount=Money.euros(15_000),
        starts=today,
        ends=today + timedelta(days=200),
        ground=Ground.INCIDENTAL.value,
        proof="Een storm vernielde het plein. Dat komt niet elk jaar voor",
    )


def _granted(province: str, intended: Intended) -> None:
    sign_waiting(province, _proposed(province, _YEARLY, intended).application)


def _proposed(province: str, recipient: Recipient, intended: Intended) -> DirectGrant:
    officer = acting("programma", province)
    made = make_direct_grant(actor=officer, province=province, recipient=recipient, intended=intended)
    assess_as_local(officer, made.application)
    text = f"U krijgt {intended.amount.dutch()} voor: {intended.title.lower()}."
    propose_direct_grant(actor=officer, grant=made.public_id, summary=text, motivation=_WHY)
    return made


def _line(province: str, year: int) -> str:
    """A budget line without a ceiling, with a credit that carries what is given."""
    actor = acting("programma", province)
    programme = budgets.add_programme(
        actor=actor, province=province, title="Verzonnen programma Vaste subsidies", starts=clock.today(), made_up=True
    )
    part = budgets.add_programme_line(actor=actor, programme=programme.public_id, title="Organisaties die wij elk jaar steunen")
    instrument = budgets.add_instrument(
        actor=actor, line=part.public_id, kind="jaarsubsidie", title="Subsidies zonder regeling", starts=clock.today()
    )
    post = budgets.add_budget_line(
        actor=actor,
        instrument=instrument.public_id,
        title="Vaste subsidies",
        starts=date(year - 2, 1, 1),
        ends=date(year + 1, 12, 31),
    )
    decision = budgets.record_decision(
        actor=actor,
        province=province,
        number="PS-V-vast",
        title="Verzonnen besluit over krediet voor vaste subsidies",
        decided_on=clock.today(),
        amount=Money.euros(250_000),
    )
    budgets.appropriate_credit(actor=actor, line=post.public_id, amount=Money.euros(250_000), decision=decision.public_id)
    return post.public_id


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.at(clock.now() - timedelta(days=days)):
        yield
