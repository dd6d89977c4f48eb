"""The ledger: entries that are never changed, and what follows from them."""

from django.db import models
from django.db.models import F, Q

from vliegwiel.foundation.budgets.lifecycle import CORRECTABLE, Kind
from vliegwiel.foundation.budgets.models.ceiling import Ceiling
from vliegwiel.foundation.budgets.models.council import CouncilDecision
from vliegwiel.foundation.budgets.models.programme import BudgetLine
from vliegwiel.foundation.budgets.shapes import BEYOND_HAS_GROUND, BY_DECISION, IDENTITY, MOVES_AS_ITS_KIND, WITHIN_CEILING
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class Entry(models.Model):
    """One line of the ledger (*boeking*), append-only: see `guard`. Amounts are whole cents.

    `cents` is the amount as people read it; the seven columns below say what it moved, and the database keeps their identity (rule 2).
    `number` counts per budget line without gaps. `on` is the legal date it counts for, `at` when it was written. `about_kind` and
    `about_id` name the file, `key` the act on it (with `part` when it touched more than one balance): one act is booked once.

    `ceiling` is the ceiling it concerns; `standing` is what that ceiling carried after it and `limit` what it may carry for an application
    of that day of receipt: the position as of each decision (Awb 4:25(3)). `second` is who signed along, `reason_hash` the SHA-256 of the
    reason, whose text lies apart so that it can be destroyed in its time.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    cents = models.BigIntegerField()
    credit = models.BigIntegerField(default=0)
    free = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    lapsed = models.BigIntegerField(default=0)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    part = models.PositiveSmallIntegerField(default=0)
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    beyond = models.BooleanField(default=False)
    received_on = models.DateField(null=True, blank=True)
    standing = models.BigIntegerField(null=True, blank=True)
    limit = models.BigIntegerField(null=True, blank=True)
    decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    article = models.CharField(max_length=20, blank=True)
    reason_hash = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=20)
    second = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["about_kind", "about_id", "key", "part"], name="entry_act_once"),
            models.CheckConstraint(condition=IDENTITY, name="entry_identity"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(condition=MOVES_AS_ITS_KIND, name="entry_moves_as_its_kind"),
            models.CheckConstraint(condition=WITHIN_CEILING, name="entry_within_ceiling"),
            models.CheckConstraint(condition=BEYOND_HAS_GROUND, name="entry_beyond_has_ground"),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_DECISION) | Q(decision__isnull=False),
                name="entry_credit_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CORRECT.value, corrects__isnull=False) | (~Q(kind=Kind.CORRECT.value) & Q(corrects=None)),
                name="entry_correction_names_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["line", "on", "number"], name="entry_of_line"),
            models.Index(fields=["line", "kind", "number"], name="entry_of_kind"),
            models.Index(fields=["line", "about_id"], name="entry_of_file"),
            models.Index(fields=["ceiling", "on"], name="entry_of_ceiling"),
            models.Index(fields=["province", "on"], name="entry_of_province"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.number}: {self.kind}"

    @property
    def money(self) -> Money:
        """The amount as people read it."""
        return Money(self.cents)

    @property
    def correctable(self) -> bool:
        """Whether a counter-entry may undo it: of a kind for which that is the way, and not undone yet."""
        return self.kind in CORRECTABLE and getattr(self, "corrected_by", None) is None


class EntryReason(models.Model):
    """The reason of an entry in words (*toelichting*), apart from the ledger: destroyed at the end of its term, its hash stays."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)


class Balance(models.Model):
    """What is reserved, committed, paid and returned about one file, per budget line and ceiling (*stand van een dossier*).

    It follows from the entries and guards them: nothing is released, paid or returned that is not there.
    """

    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="balances")
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, null=True, blank=True, related_name="balances")
    beyond = models.BooleanField(default=False)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "line", "ceiling", "beyond"], name="balance_once"),
            models.UniqueConstraint(
                fields=["about_kind", "about_id", "line", "beyond"],
                condition=Q(ceiling=None),
                name="balance_without_ceiling_once",
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, committed__gte=0, returned__gte=0, paid__gte=F("returned")),
                name="balance_never_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id}"

    @property
    def committed_money(self) -> Money:
        """What is still to be paid."""
        return Money(self.committed)

    @property
    def paid_money(self) -> Money:
        """What was paid, less what came back."""
        return Money(self.paid - self.returned)


class DayTotal(models.Model):
    """What all entries of a budget line that count for one day moved, per ceiling (*dagtotaal*).

    So that the position at any date adds up days, however many entries there are. It follows from the entries; `verify` proves it.
    """

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="days")
    ceiling = models.ForeignKey(Ceiling, on_delete=models.PROTECT, null=True, blank=True, related_name="days")
    beyond = models.BooleanField(default=False)
    on = models.DateField()
    count = models.PositiveBigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    free = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    lapsed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "on", "ceiling", "beyond"], name="day_total_once"),
            models.UniqueConstraint(
                fields=["line", "on", "beyond"], condition=Q(ceiling=None), name="day_total_without_ceiling_once"
            ),
            models.CheckConstraint(condition=IDENTITY, name="day_total_identity"),
        ]
        indexes = [models.Index(fields=["ceiling", "on"], name="day_total_of_ceiling")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.on}"
