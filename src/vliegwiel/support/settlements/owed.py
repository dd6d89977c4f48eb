"""What we owe a recipient for paying or deciding late, or for money that came to us without reason (Awb 4:98, 4:100, 4:102): counted from
what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.interest import legal_interest
from vliegwiel.foundation.budgets.public import PaymentFacts
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import AFTER_OBJECTION, LATE
from vliegwiel.support.settlements.files import GrantFile, OwingFile
from vliegwiel.support.settlements.interest import Receipt, interest_on, standing_of
from vliegwiel.support.settlements.models import Act, Claim, ClaimKind, LaterDecision
from vliegwiel.support.settlements.rules import pay_by

#: The article on money that we had without reason, after an objection.
WITHOUT_REASON = "4:102, eerste lid"
_IN = (ClaimKind.RECEIVED, ClaimKind.SET_OFF)


@dataclass(frozen=True)
class OwnPayee:
    """Who gets what we owe, when that is another than who gets the grant: name, account (IBAN), and public id when known."""

    name: str
    account: str
    id: str = ""


#: Before the public id of a payment that came late, in the key of a cause.
LATE_PAYMENT = "late-"


@dataclass(frozen=True)
class Owed:
    """One reason to pay interest: over which amount, the day it should have been there, the day it was, and how much. `key` names the
    cause, so that it is decided on once; what came in as interest or costs without reason has no amount it runs over. `to` is who gets it,
    when that is another than who gets the grant."""

    key: str
    article: str
    text: str
    base: Money
    since: date
    until: date
    interest: Money
    to: OwnPayee | None = None

    @property
    def sentence(self) -> str:
        """Why it is owed, in one sentence for the recipient."""
        since, until = day(self.since, "full"), day(self.until, "full")
        said = {
            "4:98": _("Wij betaalden {base} op {until} in plaats van uiterlijk {since}; dat geeft {interest} rente."),
            LATE: _(
                "Met een besluit op tijd was {base} er uiterlijk {since}; het kwam op {until}, dus u krijgt {interest} rente."
            ),
            AFTER_OBJECTION: _(
                "Zonder ons eerste besluit was {base} er uiterlijk {since}; het kwam op {until}, dus u krijgt {interest} rente."
            ),
            WITHOUT_REASON: _("Wij hadden {base} van u zonder reden, van {since} tot {until}; dat geeft {interest} rente."),
        }
        text = said[self.article]
        if not self.base.cents:
            text = _("U betaalde {interest} rente en kosten die niet hoefden; die krijgt u terug.")
        return text.format(base=self.base.dutch(), since=since, until=until, interest=self.interest.dutch())

    @property
    def payment(self) -> str:
        """The public id of the payment that came late; empty for another cause."""
        return self.key.removeprefix(LATE_PAYMENT) if self.key.startswith(LATE_PAYMENT) else ""

    def as_row(self) -> dict[str, str | int]:
        """As a decision keeps it."""
        dates = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        cents = {"base": self.base.cents, "cents": self.interest.cents}
        to = {"to_name": self.to.name, "to_account": self.to.account, "to": self.to.id} if self.to else {}
        return {"key": self.key, "article": self.article, "text": self.text, "said": self.sentence, **dates, **cents, **to}


def owed_on(file: OwingFile) -> list[Owed]:
    """Everything we owe on an application and did not decide on yet, oldest first; without a grant that is what we paid late beside it,
    such as a penalty. What is below ten euros is not due (4:98(2))."""
    decided = {row["key"] for found in file.interest for row in found.rows}
    rows = list(_own_paid_late(file))
    if isinstance(file, GrantFile):
        rows = [*_paid_late(file), *rows, *_after_objection(file)]
    return [row for row in rows if row.interest.cents and row.key not in decided]


def total(rows: list[Owed]) -> Money:
    """All of it together."""
    return Money(sum(row.interest.cents for row in rows))


def _paid_late(file: GrantFile) -> Iterator[Owed]:
    """Payments that the bank made after the last day (4:97), or that should have come before it, for we decided late (4:100) or only after
    an objection (4:102(2)); while payments were held on a suspicion we were not late (4:56)."""
    redressed = {f"later-{item.public_id}" for item in file.taken if item.replaces is not None}
    earlier = _owed_earlier(file)
    for payment in file.payments:
        if payment.paid_on is None or payment.key in redressed:
            continue
        day_due, article = earlier.get(payment.key, (payment.due_on, "4:98"))
        due = _moved(file, day_due, payment.paid_on)
        yield _row(f"{LATE_PAYMENT}{payment.id}", article, str(_TEXTS[article]), payment.amount, due, payment.paid_on)


def _own_paid_late(file: OwingFile) -> Iterator[Owed]:
    """The same of what we owe beside the grant (4:98): to who was paid, on the account that it came on."""
    for item in file.own_payments:
        payment = item.payment
        if payment.paid_on is None:
            continue
        elsewhere = payment.account and payment.account != file.grant.account
        to = OwnPayee(payment.payee_name, payment.account, payment.payee) if elsewhere else None
        text = _("{name} te laat betaald").format(name=item.name)
        text = _("{text} aan {name}").format(text=text, name=to.name) if to else text
        yield _row(f"{LATE_PAYMENT}{payment.id}", "4:98", text, payment.amount, payment.due_on, payment.paid_on, to)


_TEXTS = {"4:98": _lazy("te laat betaald"), LATE: _lazy("te laat besloten"), AFTER_OBJECTION: _lazy("eerst niet toegekend")}


def _owed_earlier(file: GrantFile) -> dict[str, tuple[date, str]]:
    """By the key of a payment: the last day to pay had the decision come in time, and the article; only where that is earlier."""
    plan = file.every_instalment
    found = {f"instalment-{item.id}": (item.owed_from, item.owed_under) for item in plan if item.owed_from is not None}
    first = file.settlement
    last = file.settle_by
    if first is not None and last is not None and first.taken_at is not None and clock.legal_date(first.taken_at) > last:
        found[f"later-{first.public_id}"] = (pay_by(last, equated_days()), LATE)
    return found


def _after_objection(file: GrantFile) -> Iterator[Owed]:
    """What an objection against a later decision brought: over what came back to us without reason, from the day it came (4:102(1)); over
    what we refused at first, from the day it should have been paid with a decision on the last day of its term (4:102(2)); and the
    interest and costs that were paid on what was not owed."""
    payments = {payment.key: payment for payment in file.payments}
    redressing = [item for item in file.taken if item.replaces is not None]
    for place, fresh in enumerate(redressing, start=1):
        payment = payments.get(f"later-{fresh.public_id}")
        claims = [claim for claim in file.claims if _lowered_by(claim, fresh)]
        if payment is not None and payment.paid_on is not None:
            yield from _over(file, fresh, payment, payment.paid_on, claims)
        for claim in claims:
            again = any(_lowered_by(claim, later) for later in redressing[place:])
            if not again and (row := _paid_without_reason(file, claim, fresh)) is not None:
                yield row


def _over(file: GrantFile, fresh: LaterDecision, payment: PaymentFacts, paid_on: date, claims: list[Claim]) -> Iterator[Owed]:
    left = payment.amount
    for claim in claims:
        for step in reversed([step for step in claim.steps.all() if step.kind in _IN]):
            part = Money(min(left.cents, step.principal))
            if part.cents:
                left -= part
                text = _("terugbetaald zonder dat het hoefde")
                since = step.on - timedelta(days=1)
                yield _row(f"back-{step.pk}", WITHOUT_REASON, text, part, since, paid_on)
    first = fresh.replaces
    if left.cents and first is not None and first.sent_on is not None:
        last = file.settle_by if first.act == Act.SETTLE and file.settle_by else first.sent_on
        text = str(_TEXTS[AFTER_OBJECTION])
        yield _row(f"refused-{fresh.public_id}", AFTER_OBJECTION, text, left, pay_by(last, equated_days()), paid_on)


def _paid_without_reason(file: GrantFile, claim: Claim, fresh: LaterDecision) -> Owed | None:
    """Interest and costs that came in, less what was due on the claim as it is after this objection, the last one about it, and what was
    decided on after an earlier one."""
    steps = list(claim.steps.all())
    came = [step for step in steps if step.kind in _IN]
    if not came or claim.due_on is None:
        return None
    asked = claim.amount - sum(step.principal for step in steps if step.kind == ClaimKind.LOWERED)
    fees = [Receipt(step.on, step.fee_money) for step in steps if step.fee and asked]
    receipts = [Receipt(step.on, step.money) for step in came]
    should = standing_of(Money(asked), claim.due_on, receipts, legal_interest(), came[-1].on, fees=fees)
    cause = f"interest-{claim.pk}-"
    earlier = {row["key"]: int(row["cents"]) for item in file.interest for row in item.rows if row["key"].startswith(cause)}
    paid = sum(step.interest + step.costs for step in came) - sum(earlier.values())
    due = sum(interest.cents + costs.cents for _principal, interest, costs in should.splits)
    on, text = came[-1].on, _("rente en kosten die u betaalde zonder dat het hoefde")
    return Owed(f"{cause}{fresh.pk}", WITHOUT_REASON, text, Money(0), on, on, Money(max(paid - due, 0)))


def _lowered_by(claim: Claim, fresh: LaterDecision) -> bool:
    return any(step.key == f"lowered-{fresh.public_id}" for step in claim.steps.all())


def _row(key: str, article: str, text: str, base: Money, due: date, paid_on: date, to: OwnPayee | None = None) -> Owed:
    return Owed(key, article, text, base, due, paid_on, interest_on(base, due, paid_on, legal_interest()), to)


def _moved(file: GrantFile, due: date, paid_on: date) -> date:
    """The last day to pay, later by the days on which payments were held between it and the payment."""
    for hold in file.holds:
        ended = min(hold.lifted_on or hold.until, hold.until, paid_on)
        due += max(ended - max(hold.since, due), timedelta(0))
    return due
