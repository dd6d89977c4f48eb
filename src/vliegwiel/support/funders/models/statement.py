"""What both sides put in during a period, as both accept it."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models.agreement import FunderAgreement


class Statement(models.Model):
    """A statement over a period (*afrekening*): per initiative what each side put in, fixed when it was made. Both sides accept
    exactly this
    (`content_hash`); then it is closed. `rows`: [{"number", "fund_number", "title", "on", "province", "fund"}] in cents."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="statements")
    starts = models.DateField()
    ends = models.DateField()
    rows = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    province_by = models.CharField(max_length=20, blank=True)
    province_at = models.DateTimeField(null=True)
    fund_by = models.CharField(max_length=20, blank=True)
    fund_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="statement_has_a_period")]
        ordering = ["-starts", "-pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def closed(self) -> bool:
        """Whether both sides accepted it."""
        return self.province_at is not None and self.fund_at is not None

    def total(self, side: str) -> Money:
        """What a side put in."""
        return Money(sum(row[side] for row in self.rows))


class Difference(models.Model):
    """A difference that one side names (*verschil*): what it has itself for a row, or for the whole when `number` is empty; and the
    explanation with which it was settled. While one is open, nobody accepts."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="differences")
    number = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=8)
    cents = models.BigIntegerField()
    text = models.TextField()
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.number}"

    @property
    def money(self) -> Money:
        """What this side has."""
        return Money(self.cents)
