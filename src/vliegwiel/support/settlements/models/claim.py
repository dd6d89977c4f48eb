"""What a recipient owes, and how it comes in."""

from datetime import date

from django.db import models
from django.db.models import Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.settlements.models.later_decision import LaterDecision


class Claim(models.Model):
    """Money that must come back (*terugvordering*, Awb 4:57), by the decision that says so; to be paid at the latest on `due_on`, which is
    known once the letter was sent. `closed_on` when nothing is left. `application` is a public id."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    decision = models.OneToOneField(LaterDecision, on_delete=models.PROTECT, related_name="claim")
    amount = models.BigIntegerField()
    due_on = models.DateField(null=True)
    steps_count = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="a_claim_is_money")]
        indexes = [models.Index(fields=["province", "closed_on", "due_on"], name="open_claims")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """What was asked back."""
        return Money(self.amount)

    @property
    def arose_on(self) -> date:
        """The day on which the duty to pay arose: that of the decision."""
        return clock.legal_date(self.at)


class ClaimKind(models.TextChoices):
    """What happened with a claim."""

    RECEIVED = "received", "geld ontvangen"
    SET_OFF = "set_off", "verrekend"
    DUNNED = "dunned", "aanmaning gestuurd"
    LATER = "later", "uitstel of regeling"
    WRIT = "writ", "dwangbevel"
    LOWERED = "lowered", "verlaagd na bezwaar"


class ClaimStep(models.Model):
    """One step in collecting a claim (*invordering*), never changed: what came in (first counted as costs and interest, Awb 4:92), a
    reminder with its term (4:112) and its `fee` (4:113), more time (4:94), a writ (4:57(2)), or less after an objection (7:11).
    `principal`, `interest` and `costs` split what came in; `key` makes it once."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=ClaimKind.choices)
    key = models.CharField(max_length=40)
    amount = models.BigIntegerField(default=0)
    principal = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    costs = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    on = models.DateField()
    until = models.DateField(null=True)
    text = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "key"], name="claim_step_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, principal__gte=0, interest__gte=0, costs__gte=0, fee__gte=0),
                name="claim_step_is_not_negative",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @property
    def money(self) -> Money:
        """What came in."""
        return Money(self.amount)

    @property
    def fee_money(self) -> Money:
        """What the reminder itself costs."""
        return Money(self.fee)

    @property
    def interest_money(self) -> Money:
        """The part of it that was interest."""
        return Money(self.interest)


class InterestDecision(models.Model):
    """What we owe for paying or deciding late, or for money that came to us without reason (*rentebesluit*, Awb 4:98–4:100, 4:102). `rows`
    say over which amount, from when until when, and why: [{"key", "article", "text", "said", "base", "since", "until", "cents"}], each key
    decided on once, with "to_name", "to_account" and "to" where another gets it than who gets the grant. `why` is the reason when nothing
    is paid; `replaces` the decision whose place it takes after an objection.
    `application` is a public id."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    rows = models.JSONField(default=list)
    amount = models.BigIntegerField()
    why = models.TextField(blank=True)
    letter = models.CharField(max_length=12)
    taken_at = models.DateTimeField(default=clock.now)
    taken_by = models.CharField(max_length=20)
    taken_name = models.CharField(max_length=80, blank=True)
    prepared_by = models.CharField(max_length=20, blank=True)
    mandate = models.CharField(max_length=12, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0) | ~Q(why=""), name="no_interest_with_a_reason")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """What we pay."""
        return Money(self.amount)


class InterestCause(models.Model):
    """A cause that an `InterestDecision` decided on: once per application. `payment` is the public id of the payment that came late, empty
    for another cause."""

    decision = models.ForeignKey(InterestDecision, on_delete=models.PROTECT, related_name="causes")
    application = models.CharField(max_length=12)
    key = models.CharField(max_length=60)
    payment = models.CharField(max_length=12, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="interest_cause_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
