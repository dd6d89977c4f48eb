"""Decisions that the fund took, as they came in: laid ready by one person, booked by another."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models.agreement import AgreementTerms, FunderAgreement


class IntakeSeries(models.Model):
    """The last number given in a year (*nummerreeks*); moved by one update in the transaction that uses the number."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Intake(models.Model):
    """A file of decisions of the fund (*aanlevering*): its rows as they were read, laid ready by one person and booked by
    another. What is booked never changes, until the names of residents in it are destroyed; of what was returned the rows go."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="intakes")
    rows = models.JSONField()
    content_hash = models.CharField(max_length=64)
    prepared_by = models.CharField(max_length=20)
    prepared_name = models.CharField(max_length=80, blank=True)
    prepared_at = models.DateTimeField(default=clock.now)
    booked_by = models.CharField(max_length=20, blank=True)
    booked_name = models.CharField(max_length=80, blank=True)
    mandate = models.CharField(max_length=12, blank=True)
    booked_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(booked_at=None, returned_at=None), name="one_open_intake"
            ),
            models.CheckConstraint(
                condition=models.Q(booked_at=None) | ~models.Q(booked_by=models.F("prepared_by")), name="intake_takes_two_persons"
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class Outcome(models.TextChoices):
    """What the fund decided."""

    GRANTED = "granted", "toegekend"
    REFUSED = "refused", "afgewezen"


class FundDecision(models.Model):
    """One decision of the fund on a shared scheme (*besluit van het fonds*). `number` is ours, `fund_number` that of the fund.
    Of a refusal
    only that it happened is kept. What the province gives stands in the ledger under this public id; `province_cents` and
    `fund_cents` are
    what was shared when it came in. With a crowd `costs` is the goal and `fund_cents` what people had put in. `initiative` tells the
    same initiative again, for its cap. `settled_cents` is the total after the fund settled it lower, `settled_fund` the fund's
    part of it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=11, unique=True, null=True)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="decisions")
    terms = models.ForeignKey(AgreementTerms, on_delete=models.PROTECT, related_name="decisions")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="decisions")
    fund_number = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    recipient = models.CharField(max_length=120, blank=True)
    organisation = models.BooleanField(default=False)
    kvk = models.CharField(max_length=8, blank=True)
    municipality = models.CharField(max_length=6, blank=True)
    title = models.CharField(max_length=120, blank=True)
    initiative = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    year = models.PositiveSmallIntegerField()
    province_cents = models.BigIntegerField(default=0)
    fund_cents = models.BigIntegerField(default=0)
    costs = models.BigIntegerField(default=0)
    row_hash = models.CharField(max_length=64)
    settled_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_cents = models.BigIntegerField(null=True)
    settled_fund = models.BigIntegerField(null=True)
    settled_why = models.CharField(max_length=240, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "fund_number"], name="fund_decision_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="granted", province_cents__gt=0, fund_cents__gt=0, number__isnull=False)
                | models.Q(outcome="refused", province_cents=0, fund_cents=0, recipient="", title="", number=None),
                name="a_refusal_of_a_fund_is_only_counted",
            ),
        ]
        indexes = [models.Index(fields=["agreement", "year"], name="fund_decision_of_year")]
        ordering = ["decided_on", "pk"]

    def __str__(self) -> str:
        return self.number or self.fund_number

    @property
    def province_money(self) -> Money:
        """What the province gave when it came in."""
        return Money(self.province_cents)

    @property
    def fund_money(self) -> Money:
        """What the other side gives now."""
        return Money(self.fund_cents if self.settled_fund is None else self.settled_fund)

    @property
    def total(self) -> Money:
        """What the initiative got from both when it came in."""
        return Money(self.province_cents + self.fund_cents)
