"""Grants after their decision, brought to a state by the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from vliegwiel.connect.bank import fake
from vliegwiel.foundation.budgets.actions.confirm_payments import confirm_payments
from vliegwiel.foundation.budgets.actions.release_batch import prepare_batch, release_batch, send_batch
from vliegwiel.foundation.budgets.files import payment_file
from vliegwiel.foundation.budgets.models import Payment
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.models import Mandate
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import budget_of
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, a_signer, an_officer, decided
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.settlements.actions.decide_later import propose_later_decision, sign_later_decision
from vliegwiel.support.settlements.actions.hear_recipient import answer_intention, tell_intention
from vliegwiel.support.settlements.actions.order_payment import order_payment
from vliegwiel.support.settlements.actions.send_report import Costs, send_report
from vliegwiel.support.settlements.files import GrantFile, due_payments
from vliegwiel.support.settlements.models import Claim, LaterDecision, ReportKind
from vliegwiel.support.settlements.proposals import Proposal

OURS = "NL18RABO0123459876"
#: How long the activity of a grant lasts, unless said otherwise.
LASTS = timedelta(days=100)
ANSWERS: dict[str, Any] = {
    "gedaan": "ja",
    "klaar-op": "2026-12-01",
    "verhaal": "Er waren drie avonden in het dorpshuis.",
    "deelnemers": 40,
    "bereikt": "Buren kennen elkaar nu.",
    "gaat": "Het gaat goed.",
}


def a_grant(call: CallFacts | None = None, *, advance: str = "75%", ends: date | None = None, **changes: Any) -> GrantFile:
    """A grant that was made known by e-mail, with an advance of this share; `changes` are those of the decision."""
    found = a_decidable_application(call or a_call(advance=[{"share": advance}]))
    decided(found, activity_ends=ends or clock.today() + LASTS, **changes)
    return GrantFile(found.public_id)


def a_grant_by_costs(ends: date | None = None) -> GrantFile:
    """A grant that is accounted for by its costs, half of it in advance."""
    arrangement = {"key": "cost_report", "name": "U verantwoordt de kosten", "article": "9", "report_weeks": 13}
    call = a_call(advance=[{"share": "50%"}], arrangements=[arrangement])
    return a_grant(call, ends=ends)


def recipient(file: GrantFile) -> Actor:
    """Who applied."""
    return Actor("person", file.grant.applicant)


@contextmanager
def after(days: int) -> Iterator[None]:
    """The same moment so many days on."""
    with clock.at(clock.now() + timedelta(days=days)):
        yield


def paid(file: GrantFile, *, officer: Actor | None = None) -> GrantFile:
    """Every instalment that can be ordered is, and the bank paid it."""
    actor = officer or an_officer()
    for item in due_payments(GrantFile(file.name)):
        order_payment(actor=actor, application=file.name, instalment=item.instalment.id)
    the_bank_pays()
    return GrantFile(file.name)


def the_bank_pays() -> None:
    """What waits to be paid is released by a second person, sent, and confirmed today."""
    waiting = list(Payment.objects.filter(state="asked").values_list("public_id", flat=True))
    if not waiting:
        return
    officer, second = an_officer(), a_payer()
    batch = prepare_batch(
        actor=officer,
        province=PROVINCE,
        payments=waiting,
        account=OURS,
        account_name="Provincie Verzonnenland",
        execute_on=clock.today(),
    )
    release_batch(actor=second, batch=batch.public_id)
    file = payment_file(send_batch(actor=officer, batch=batch.public_id))
    outcomes = confirm_payments(actor=officer, province=PROVINCE, content=fake.status_report(file, clock.today()))
    assert {item.result for item in outcomes} == {"paid"}


def a_payer() -> Actor:
    """Who releases payments, with a mandate for any amount."""
    actor = a_signer(5)
    if not Mandate.objects.filter(person__public_id=actor.id, matter="payments").exists():
        give_mandate(
            actor=SYSTEM,
            person=actor.id,
            organisation=actor.organisation,
            province=PROVINCE,
            matter="payments",
            resolution="Verzonnen mandaatbesluit, nummer 2",
            most=None,
        )
    return actor


def reported(file: GrantFile, *, costs: Costs | None = None) -> GrantFile:
    """The recipient accounted for it."""
    kind = file.report_kind
    assert kind is not None
    spent = costs or (costs_as_planned(file) if kind == ReportKind.COSTS else None)
    send_report(actor=recipient(file), application=file.name, kind=kind, answers=ANSWERS, costs=spent)
    return GrantFile(file.name)


def costs_as_planned(file: GrantFile, part: int = 100) -> Costs:
    """This percentage of what was planned, per row, with nothing of others."""
    rows = tuple(row.amount.cents * part // 100 for row in budget_of(file.name))
    return Costs(rows, sum(rows))


def heard(file: GrantFile, *, views: str = "") -> GrantFile:
    """The recipient was told what is intended, and reacted when there are views; otherwise only told."""
    told = tell_intention(
        actor=an_officer(),
        application=file.name,
        intention="Wij willen uw subsidie verlagen.",
        reason="Een deel van het plan ging niet door.",
        until=clock.today() + timedelta(days=14),
    )
    if views:
        answer_intention(actor=recipient(file), application=file.name, views=views)
    assert told.asked_on
    return GrantFile(file.name)


def a_proposal(ground: str = "as-granted", **changes: Any) -> Proposal:
    """A whole proposal on this ground."""
    usual = {"summary": "Dit is ons besluit over uw subsidie.", "motivation": "Wij bekeken wat u stuurde."}
    return Proposal(ground, **{**usual, **changes})


def later(file: GrantFile, ground: str = "as-granted", *, by: Actor | None = None, **changes: Any) -> LaterDecision:
    """Decided on this ground: proposed by an officer and signed by another."""
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal(ground, **changes))
    return sign_later_decision(actor=by or a_signer(), decision=waiting.public_id, seen=waiting.content_hash)


def a_claim(file: GrantFile | None = None, *, settled_at: Money = Money.euros(4_000)) -> Claim:
    """Money asked back: a grant of 8,000 of which 6,000 was paid, determined at less."""
    found = file or reported(paid(a_grant()))
    heard(found, views="Wij deden wat wij konden.")
    later(found, "lower-a", amount=settled_at, views_answer="Dat verandert het bedrag niet.")
    made = later(found, "undue", pay_to=OURS)
    return Claim.objects.get(decision=made)


def application_of(file: GrantFile) -> Application:
    """Its row, to ask what state it is in."""
    return Application.objects.get(public_id=file.name)
