"""A grant after its decision with all around it: what was granted, paid, told and decided since."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.engines.rulebook.parts import ArrangementRule
from vliegwiel.engines.terms import Term
from vliegwiel.foundation.budgets.public import FileFacts, PaymentFacts, money_about, payments_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import (
    AwardFacts,
    DecisionFacts,
    DutyFacts,
    GrantFacts,
    InstalmentFacts,
    cashier_signed,
    decisions_of,
    demand_move_on,
    duties_of,
    every_instalment_of,
    grant_of,
    instalments_of,
    rules_of,
)
from vliegwiel.support.settlements.models import (
    Act,
    ChangeRequest,
    Claim,
    Hold,
    Intention,
    InterestDecision,
    LaterDecision,
    Proof,
    Report,
    ReportKind,
    ReportRequest,
)
from vliegwiel.support.settlements.own_debts import OwnPayment, own_payments_of
from vliegwiel.support.settlements.rules import REASONABLE, may_receive, report_by, report_for

#: What papers of the recipient belong to.
PAPERS = "grant-account"


class OwingFile:
    """An application with what we owe beside a grant, such as a penalty: also one that got no grant."""

    grant: GrantFacts

    def __init__(self, grant: GrantFacts) -> None:
        self.grant = grant

    @property
    def name(self) -> str:
        """The public id of the application."""
        return self.grant.id

    @property
    def about(self) -> Reference:
        """How money and letters point at it."""
        return self.grant.about

    @cached_property
    def own_payments(self) -> list[OwnPayment]:
        """What was asked of payments for what we owe beside the grant: a penalty, costs of objecting."""
        return own_payments_of([self.name])[self.name]

    @cached_property
    def interest(self) -> list[InterestDecision]:
        """Decisions on interest that we owe, oldest first."""
        return list(InterestDecision.objects.filter(application=self.name))


class GrantFile(OwingFile):
    """Everything that happened with a grant, asked when it is needed; `files_of` asks it for many at once. Raises NotFound for an
    application that does not exist or got no grant."""

    decision: DecisionFacts

    def __init__(self, name: str, known: AwardFacts | None = None) -> None:
        if known is not None:
            super().__init__(known.grant)
            self.decision = known.decision
            plan = {"instalments": known.instalments, "every_instalment": known.instalments}
            parts = {"duties": known.duties, **plan, "rules": known.rules}
            self.__dict__ |= {**parts, "cashier_signed": known.cashier_signed}
            return
        super().__init__(grant_of(name))
        awards = [item for item in decisions_of(self.grant.id) if item.awards]
        if not awards:
            raise NotFound(
                "Voor deze aanvraag is geen subsidie gegeven.", nearest=(("Mijn aanvragen", f"/mijn/aanvragen/{self.grant.id}"),)
            )
        self.decision = awards[-1]

    @property
    def papers_about(self) -> Reference:
        """How papers of the recipient point at it."""
        return Reference(PAPERS, self.grant.id, self.grant.title, f"/mijn/aanvragen/{self.grant.id}/geld")

    @cached_property
    def rules(self) -> SchemeRules:
        """The rules of its scheme."""
        return rules_of(self.name)

    @cached_property
    def duties(self) -> list[DutyFacts]:
        """What came with the decision."""
        return duties_of(self.decision.id)

    @cached_property
    def instalments(self) -> list[InstalmentFacts]:
        """The payment plan."""
        return instalments_of(self.decision.id)

    @cached_property
    def every_instalment(self) -> list[InstalmentFacts]:
        """The payments of every decision that granted, also of those whose place another took."""
        return every_instalment_of(self.name)

    @cached_property
    def money(self) -> FileFacts:
        """How money stands."""
        return money_about(self.about)

    @cached_property
    def payments(self) -> list[PaymentFacts]:
        """What was asked of payments."""
        return payments_of(self.about)

    @cached_property
    def changes(self) -> list[ChangeRequest]:
        """Requests to do it otherwise, oldest first."""
        return list(ChangeRequest.objects.filter(application=self.name))

    @property
    def open_change(self) -> ChangeRequest | None:
        """The request that waits for a decision."""
        return next((item for item in self.changes if item.decided_on is None), None)

    @property
    def ends(self) -> date | None:
        """When the activity ends: as granted, or as changed since."""
        moved = [item.new_end for item in self.changes if item.granted and item.new_end]
        return moved[-1] if moved else self.decision.activity_ends

    @property
    def arrangement(self) -> ArrangementRule | None:
        """How the recipient accounts for this amount."""
        return self.rules.arrangement_for(self.decision.awarded)

    @property
    def at_once(self) -> bool:
        """Whether it was determined together with the grant (Awb 4:43)."""
        return self.decision.kind == "at_once"

    @property
    def report_kind(self) -> ReportKind | None:
        """The report that is asked, if any."""
        return None if self.at_once else report_for(self.arrangement)

    @property
    def report_by(self) -> date | None:
        """The last day to account: of the regulation, or the later one that was set since (Awb 4:44(3))."""
        if self.report_kind is None:
            return None
        set_since = self.report_request.until if self.report_request else None
        return max((day for day in (report_by(self.arrangement, self.ends), set_since) if day), default=None)

    @cached_property
    def reports(self) -> list[Report]:
        """What was sent, oldest first."""
        return list(Report.objects.filter(application=self.name, sent_on__isnull=False).order_by("sent_on", "pk"))

    @property
    def report(self) -> Report | None:
        """The account of this grant."""
        return next((item for item in self.reports if item.kind != ReportKind.PROGRESS), None)

    @cached_property
    def proofs(self) -> dict[int, Proof]:
        """The newest proof per duty."""
        return {item.duty: item for item in Proof.objects.filter(application=self.name)}

    @cached_property
    def laters(self) -> list[LaterDecision]:
        """Decisions since, taken or waiting, oldest first."""
        return list(LaterDecision.objects.filter(application=self.name).select_related("report", "intention", "replaces"))

    @property
    def waiting(self) -> LaterDecision | None:
        """The proposal that waits for its signature."""
        return next((item for item in self.laters if item.taken_at is None and item.returned_at is None), None)

    @property
    def taken(self) -> list[LaterDecision]:
        """Decisions that were taken since."""
        return [item for item in self.laters if item.taken_at is not None]

    @cached_property
    def report_request(self) -> ReportRequest | None:
        """The term that was set to ask for the determination (Awb 4:44(3))."""
        return ReportRequest.objects.filter(application=self.name).last()

    @property
    def settlement(self) -> LaterDecision | None:
        """The determination, when there is one apart from the grant; after an objection still the first, from which five years count."""
        return next((item for item in self.taken if item.act == Act.SETTLE), None)

    @property
    def settle_by(self) -> date | None:
        """The last day to determine: so many weeks after the report came in as the regulation says, else eight (Awb 4:13); None without a
        report."""
        if self.report is None or self.report.sent_on is None:
            return None
        weeks = self.arrangement.decision_weeks if self.arrangement else None
        if weeks is not None:
            return self.report.sent_on + timedelta(weeks=weeks)
        return Term(start=self.report.sent_on, weeks=REASONABLE, source="wet", holidays=equated_days()).ends

    @property
    def determined_on(self) -> date | None:
        """The day the determination was made known: five years count from it (Awb 4:49(3), 4:57(4))."""
        if self.settlement is not None:
            return self.settlement.sent_on or clock.legal_date(self.settlement.taken_at or clock.now())
        return (self.decision.sent_on or self.grant.decided_on) if self.at_once else None

    @cached_property
    def claims(self) -> list[Claim]:
        """What is owed, oldest first."""
        return list(Claim.objects.filter(application=self.name).prefetch_related("steps").order_by("pk"))

    @property
    def undue(self) -> Money:
        """What was paid beyond what counts now, and is not asked back yet; nor was it forgone after an objection against a recovery."""
        asked = sum(
            item.amount - sum(step.principal for step in item.steps.all()) for item in self.claims if item.closed_on is None
        )
        instead = {f"lowered-{item.public_id}" for item in self.taken if item.act == Act.RECOVER and item.replaces is not None}
        forgone = sum(step.principal for item in self.claims for step in item.steps.all() if step.key in instead)
        over = self.money.paid.cents - self.money.returned.cents - self.grant.awarded.cents - asked - forgone
        return Money(max(over, 0))

    @cached_property
    def holds(self) -> list[Hold]:
        """Every stop on payments, oldest first (Awb 4:56)."""
        return list(Hold.objects.filter(application=self.name).order_by("since", "pk"))

    @property
    def hold(self) -> Hold | None:
        """The stop on payments that holds today."""
        return next((item for item in self.holds if item.lifted_on is None and clock.today() <= item.until), None)

    @cached_property
    def intention(self) -> Intention | None:
        """What is intended and was not decided on yet."""
        return Intention.objects.filter(application=self.name, used=False).order_by("-pk").first()

    @property
    def open_intention(self) -> Intention | None:
        """The question for views that can still be answered."""
        found = self.intention
        waits = found is not None and found.until is not None and found.received_on is None and clock.today() <= found.until
        return found if waits else None

    @property
    def account_problem(self) -> str:
        """Why no money may go to this account, or nothing."""
        return account_problem(self.grant, signed=self.cashier_signed)

    @cached_property
    def cashier_signed(self) -> bool:
        """Whether someone who keeps the money signed the application."""
        return cashier_signed(self.name)


def owing_file(name: str) -> OwingFile:
    """An application with all that we may owe on it: with its grant when it got one. Raises NotFound."""
    grant = grant_of(name)
    return GrantFile(name) if any(item.awards for item in decisions_of(grant.id)) else OwingFile(grant)


def account_problem(grant: GrantFacts, *, signed: bool | None = None) -> str:
    """Why no money may go to the account of an application, or nothing; `signed` says whether who keeps the money signed, when known."""
    same = grant.account_name.strip().casefold() == grant.applicant_name.strip().casefold()
    found = may_receive(grant.applicant_kind, same, cashier_signed(grant.id) if signed is None else signed)
    if found and grant.account:
        return ""
    return found.reasons[0].text if not found else "Er is nog geen rekeningnummer."


@dataclass(frozen=True)
class DuePayment:
    """A payment of the plan as an officer sees it: `why_not` says why it cannot be ordered now, empty when it can."""

    instalment: InstalmentFacts
    duty: DutyFacts | None
    why_not: str
    late: bool


def due_payments(file: GrantFile) -> list[DuePayment]:
    """What the plan still asks, by day."""
    duties = {duty.id: duty for duty in file.duties}
    today = clock.today()
    rows = [item for item in file.instalments if not item.ordered]
    return [
        DuePayment(item, duties.get(item.after or 0), why_no_payment(file, item), late=item.due_on < today)
        for item in sorted(rows, key=lambda item: item.due_on)
    ]


def why_no_payment(file: GrantFile, item: InstalmentFacts) -> str:
    """Why this instalment cannot be ordered now, or nothing."""
    duty = next((duty for duty in file.duties if duty.id == item.after), None)
    if item.ordered:
        return "Deze betaling is al klaargezet."
    if file.settlement is not None:
        return "De subsidie is vastgesteld. De rest is daarbij betaald."
    if file.decision.sent_on is None:
        return "De brief met het besluit is nog niet verstuurd."
    if file.hold is not None:
        return f"Betalen staat stil tot en met {_day(file.hold.until)} (Awb 4:56)."
    if duty is not None and duty.met_on is None:
        return f"Wacht op: {duty.text}"
    ordered = sum(other.amount.cents for other in file.instalments if other.ordered)
    if ordered + item.amount.cents > file.grant.awarded.cents:
        return "Dit is meer dan nog is toegekend. Verlaag eerst het plan bij de vaststelling."
    return file.account_problem


def begin(actor: Actor, key: str, file: OwingFile) -> None:
    """Go on only when this actor may make this move and the state allows it; raises NotAllowed or NotNow."""
    demand_move_on(actor, key, file.name)


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
