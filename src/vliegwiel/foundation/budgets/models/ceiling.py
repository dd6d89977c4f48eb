"""Ceilings: the most that may be granted, and every change of it."""

from django.db import models

from vliegwiel.foundation.budgets.models.programme import BudgetLine
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class Ceiling(models.Model):
    """The most that may be granted in a period (*subsidieplafond*, Awb 4:22), on a budget line; `within` makes it a part of a wider one.

    `amount` is the ceiling as last announced, `most` the highest that still counts for any application (Awb 4:27(2)). `reserved` and
    `granted` are what it carries, those of the ceilings within it included; `beyond` was granted past it on a ground of its own and is not
    in `granted`. `revision` grows with each change of the ceiling, so that a decision taken on an older one is seen.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="ceilings")
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField()
    amount = models.BigIntegerField()
    most = models.BigIntegerField()
    reserved = models.BigIntegerField(default=0)
    granted = models.BigIntegerField(default=0)
    beyond = models.BigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "name", "starts"], name="ceiling_once"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="ceiling_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0, granted__gte=0, beyond__gte=0, amount__gte=0), name="ceiling_never_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(most__gte=models.F("reserved") + models.F("granted")), name="ceiling_never_exceeded"
            ),
        ]
        indexes = [models.Index(fields=["province", "starts", "ends"], name="ceiling_in_province")]

    def __str__(self) -> str:
        return self.name

    @property
    def money(self) -> Money:
        """The amount as last announced."""
        return Money(self.amount)

    @property
    def beyond_money(self) -> Money:
        """What was granted past it."""
        return Money(self.beyond)

    @property
    def used(self) -> int:
        """Granted and reserved, in cents."""
        return self.reserved + self.granted


class Effect(models.TextChoices):
    """For which applications an announced amount counts."""

    SET = "set", "vastgesteld"
    RAISED = "raised", "verhoogd, ook voor aanvragen die er al waren"
    LOWERED = "lowered", "verlaagd voor aanvragen van na de bekendmaking (Awb 4:27, tweede lid)"
    LOWERED_FOR_ALL = "lowered_for_all", "verlaagd voor alle aanvragen (Awb 4:28)"


class CeilingVersion(models.Model):
    """An amount of a ceiling as announced (*bekendgemaakt*): which, when, where, and for which applications. Never changed."""

    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    effect = models.CharField(max_length=20, choices=Effect.choices)
    amount = models.BigIntegerField()
    announced_on = models.DateField()
    publication = models.CharField(max_length=300)
    ground = models.CharField(max_length=300, blank=True)
    person = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(self.amount)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ceiling", "number"], name="ceiling_version_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="ceiling_version_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.ceiling_id}: {self.number}"
