"""What was found about state aid, and the ledger of de-minimis aid."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class AidAssessment(models.Model):
    """Whether a grant is state aid and by which route (*steuntoets*); never changed, the newest of a file counts.

    `answers`: {question: {"yes": bool, "why": text}}. `undertaking` is the public id of the organisation that gets the aid; `article`
    the article of a block exemption; `file` the parts of a DAEB file; `declared_on` the day of the written declaration on earlier aid.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    answers = models.JSONField()
    is_aid = models.BooleanField()
    route = models.CharField(max_length=20)
    why = models.TextField()
    article = models.CharField(max_length=80, blank=True)
    undertaking = models.CharField(max_length=12, blank=True)
    declared_on = models.DateField(null=True)
    file = models.JSONField(default=dict)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about_kind", "about_id", "-id"], name="aid_of_file")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(is_aid=True) | models.Q(route="no_aid"), name="no_aid_has_no_route"),
            models.CheckConstraint(condition=~models.Q(route="no_aid") | models.Q(is_aid=False), name="aid_has_a_route"),
        ]

    def __str__(self) -> str:
        return f"{self.about_id}: {self.route}"


class AidAccount(models.Model):
    """One row per undertaking, which whoever writes in its ledger holds until the transaction ends."""

    key = models.CharField(max_length=12, unique=True)
    turn = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class AidSource(models.TextChoices):
    """Where an entry comes from."""

    GRANT = "grant", "besluit van ons"
    DECLARED = "declared", "verklaring van de aanvrager"
    CORRECTION = "correction", "correctie"


class AidEntry(models.Model):
    """An entry of the de-minimis ledger (*steunregister*): append-only, a mistake is put right by a counter-entry that names it.

    `ledger` is "regular" or "daeb"; `granted_on` the day the right to the aid arose; `authority` who gave it. `report_by` is the last
    day to report it to the European register, empty when that is not for us; `reported_on` and `reported_as` once it was.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    ledger = models.CharField(max_length=10, choices=[("regular", "de-minimis"), ("daeb", "DAEB-de-minimis")])
    amount = models.BigIntegerField()
    granted_on = models.DateField()
    regulation = models.CharField(max_length=60)
    source = models.CharField(max_length=10, choices=AidSource.choices)
    authority = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=40)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    reason = models.TextField(blank=True)
    report_by = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    reported_as = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "key"], name="aid_entry_once"),
            models.CheckConstraint(
                condition=models.Q(source="correction", amount__lt=0, corrects__isnull=False)
                | models.Q(source__in=["grant", "declared"], amount__gt=0, corrects=None),
                name="aid_entry_signed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "granted_on"], name="aid_of_undertaking"),
            models.Index(fields=["province", "reported_on", "report_by"], name="aid_to_report"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.granted_on}"

    @property
    def money(self) -> Money:
        """The amount; negative for a correction."""
        return Money(self.amount)
