"""Accounting for a grant, its final amount, and money that comes back."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.grants.models.application import Application
from vliegwiel.support.grants.models.decision import Decision

REPORT_KINDS = (
    ("progress", "voortgang"),
    ("completion", "gereedmelding"),
    ("activity", "activiteitenverslag"),
    ("cost", "kostenverslag"),
)


class Report(models.Model):
    """What the recipient reports (*verantwoording*): progress, a note of completion, an activity report or a cost report."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(
        max_length=10,
        choices=REPORT_KINDS,
    )
    answers = models.JSONField(default=dict)
    by = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.public_id


class Settlement(models.Model):
    """The final amount (*vaststelling*, Awb 4:42) with its ground: as granted, on actual cost, lower on 4:46(2), or ex officio (4:47)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="settlements")
    ground = models.CharField(
        max_length=10,
        choices=[
            ("granted", "zoals verleend"),
            ("cost", "werkelijke kosten (4:31, 4:46)"),
            ("4:46(2)a", "activiteiten niet of niet geheel (4:46, tweede lid, a)"),
            ("4:46(2)b", "verplichtingen niet nagekomen (4:46, tweede lid, b)"),
            ("4:46(2)c", "onjuiste gegevens (4:46, tweede lid, c)"),
            ("4:46(2)d", "verlening onjuist en bekend (4:46, tweede lid, d)"),
            ("4:47", "ambtshalve (4:47)"),
        ],
    )
    amount = models.BigIntegerField()
    motivation = models.TextField()
    signatures = models.JSONField(default=list)
    letter = models.CharField(max_length=12, blank=True)
    settled_on = models.DateField()
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="settled_is_not_negative")]

    def __str__(self) -> str:
        return self.public_id


class Recovery(models.Model):
    """Money asked back (*terugvordering*, Awb 4:57), not later than five years after the settlement, with interest by 4:97–4:98."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="recoveries")
    amount = models.BigIntegerField()
    motivation = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    received = models.BigIntegerField(default=0)
    letter = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="recovery_is_money")]

    def __str__(self) -> str:
        return self.public_id
