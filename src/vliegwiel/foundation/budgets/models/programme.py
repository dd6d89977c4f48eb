"""What the province set up: programme, line, instrument, and the budget line that pays for it."""

from django.db import models

from vliegwiel.foundation.budgets.rules import BUCKETS
from vliegwiel.foundation.budgets.shapes import IDENTITY
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Programme(models.Model):
    """A programme (*programma*) of the province, from one year up to and including another; open-ended when `ends` is empty."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    goal = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "title"], name="programme_title_once"),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")), name="programme_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeLine(models.Model):
    """A line of a programme (*programmalijn*) with its goal. It may outlive its programme."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lines")
    title = models.CharField(max_length=120)
    goal = models.TextField(blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "title"], name="programme_line_title_once")]

    def __str__(self) -> str:
        return self.title


class Instrument(models.Model):
    """A means by which the province works at a line (*instrument*): a grant scheme, an assignment, a loan, …

    `kind` is a key of `catalogue/instruments.yml`, which gives it its own legal frame. `roles` holds per phase the roles that the province
    takes, both keys of that file.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    line = models.ForeignKey(ProgrammeLine, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    roles = models.JSONField(default=dict, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "title"], name="instrument_title_once"),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(starts=None) | models.Q(ends__gte=models.F("starts")),
                name="instrument_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """A budget line (*begrotingspost*) that pays for an instrument, from one day up to and including another, with its running balances in
    cents.

    The balances follow from the entries alone and are moved by one conditional update together with each entry; the database keeps them
    at zero or more and keeps the identity of rule 2. `last_number` is the number of its last entry: numbers have no gaps. Once closed
    (*afgesloten*), what comes free lapses.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="budget_lines")
    title = models.CharField(max_length=120)
    code = models.CharField(max_length=30, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    last_number = models.PositiveBigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    free = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    lapsed = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "title"], name="budget_line_title_once"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="budget_line_ends_after_start"),
            models.CheckConstraint(condition=IDENTITY, name="budget_line_identity"),
            models.CheckConstraint(
                condition=models.Q(**{f"{bucket}__gte": 0 for bucket in BUCKETS}), name="budget_line_never_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title
