"""Many decisions in one go."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.grants.models.application import Application


class RunWhat(models.TextChoices):
    """What is done with each row."""

    PROPOSE = "propose", "voorstellen"
    SIGN = "sign", "ondertekenen"


class DecisionRun(models.Model):
    """Many decisions in one go (*reeks besluiten*), after a trial run that showed each row. A row is done by the same action as one
    decision, in a transaction of its own: a run that stops half-way goes on where it was."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    call = models.CharField(max_length=12)
    what = models.CharField(max_length=8, choices=RunWhat.choices)
    by = models.CharField(max_length=12)
    organisation = models.CharField(max_length=12)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id


class RunState(models.TextChoices):
    """How a row stands."""

    WAITING = "waiting", "wacht"
    DONE = "done", "gedaan"
    REFUSED = "refused", "niet gedaan"


class RunRow(models.Model):
    """One application in a run (*regel van een reeks*): what is planned, whether it was done, and why not (`said`)."""

    run = models.ForeignKey(DecisionRun, on_delete=models.CASCADE, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="run_rows")
    plan = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    said = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "application"], name="application_in_a_run_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.application_id}"
