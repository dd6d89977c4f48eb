"""What an applicant shares with another funder, what that funder answers, and its settlement that the province may follow."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models.agreement import FunderAgreement


class Part(models.TextChoices):
    """What can be shared. The plan itself always is; the others are a choice."""

    PLAN = "plan", "wat het plan is en wie het doet"
    BUDGET = "budget", "de begroting en wie meebetaalt"
    ANSWERS = "answers", "de antwoorden over het plan"


class Disclosure(models.Model):
    """A permission of the applicant that another funder reads this plan (*gedeeld plan*), until it is taken back.
    `application` is
    a public id, `parts` what is shared. `on_paper` says how someone without an account gave it. `read_on` is when the fund last
    looked."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="disclosures")
    application = models.CharField(max_length=12)
    number = models.CharField(max_length=11)
    title = models.CharField(max_length=120)
    parts = models.JSONField()
    by = models.CharField(max_length=20)
    on_paper = models.CharField(max_length=160, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "application"], condition=models.Q(ended_at=None), name="shared_once_with_a_funder"
            )
        ]
        indexes = [models.Index(fields=["application"], name="disclosure_of_application")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def part_names(self) -> list[str]:
        """What is shared, in words."""
        return [str(Part(part).label) for part in self.parts if part in Part.values]


class FundAnswer(models.Model):
    """What the fund says to a plan that the province handles (*antwoord van het fonds*): asked until a day, then yes with an
    amount or no.
    `answered_by` is the fund's own person, or the officer who wrote down what came by letter (`how`). It is given once."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="answers")
    application = models.CharField(max_length=12)
    number = models.CharField(max_length=11)
    title = models.CharField(max_length=120)
    asked_on = models.DateField()
    until = models.DateField()
    proposed = models.BigIntegerField()
    asked_by = models.CharField(max_length=20)
    agrees = models.BooleanField(null=True)
    cents = models.BigIntegerField(default=0)
    why = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "application"], name="fund_asked_once"),
            models.CheckConstraint(
                condition=models.Q(agrees=None, answered_on=None, cents=0)
                | models.Q(agrees=True, answered_on__isnull=False, cents__gt=0)
                | models.Q(agrees=False, answered_on__isnull=False, cents=0),
                name="an_amount_goes_with_yes",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """What the fund gives."""
        return Money(self.cents)

    @property
    def proposed_money(self) -> Money:
        """What was asked of the fund."""
        return Money(self.proposed)


class FollowedSettlement(models.Model):
    """The settlement of a funder that pays more, which the province may follow (*volgen van de vaststelling*): number and day of
    the fund's
    settlement, the costs it accepted, and what the province's grant becomes by it. Recorded once, never changed."""

    answer = models.OneToOneField(FundAnswer, on_delete=models.PROTECT, related_name="followed")
    fund_number = models.CharField(max_length=40)
    settled_on = models.DateField()
    costs = models.BigIntegerField()
    fund_cents = models.BigIntegerField()
    becomes = models.BigIntegerField()
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(costs__gte=0, fund_cents__gte=0, becomes__gte=0), name="followed_settlement_is_money"
            )
        ]

    def __str__(self) -> str:
        return self.fund_number

    @property
    def becomes_money(self) -> Money:
        """What the province's grant becomes."""
        return Money(self.becomes)

    @property
    def fund_money(self) -> Money:
        """What the fund settled on."""
        return Money(self.fund_cents)
