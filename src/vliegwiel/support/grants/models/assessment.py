"""Who works on an application, what assessors found, what was advised, and how a ceiling was divided."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models.application import Application

OUTCOMES = (("grant", "toekennen"), ("partly", "deels toekennen"), ("refuse", "afwijzen"))
SOURCES = (("handler", "behandelaar"), ("panel", "commissie"), ("outside", "adviseur van buiten"))


class Task(models.TextChoices):
    """What someone does with a file."""

    HANDLER = "handler", "behandelaar"
    ASSESSOR = "assessor", "beoordelaar"


class Assignment(models.Model):
    """A person who works on a file (*toewijzing*), until it ends. `free_at`: when they said to have no interest in it (Awb 2:4); an
    interest itself is declared at people and ends the assignment."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    task = models.CharField(max_length=10, choices=Task.choices)
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    free_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "task", "person"], condition=models.Q(ended_at=None), name="open_assignment_once"
            )
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="assignment_of_person")]

    def __str__(self) -> str:
        return f"{self.task} {self.person}"


class Assessment(models.Model):
    """What one assessor found (*beoordeling*): points per criterion with reasons. `scores`: {criterion: {"points": n, "reason": text}}.
    A revision is a new row; the newest of a person counts. Nobody sees another's before both are in."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    revision = models.PositiveSmallIntegerField(default=1)
    scores = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    amount = models.BigIntegerField(null=True)
    motivation = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "assessor", "revision"], name="assessment_revision_once")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money | None:
        """The amount this assessor would award."""
        return None if self.amount is None else Money(self.amount)


class Advice(models.Model):
    """An advice on the decision (*advies*): of the handler, a panel or someone outside (`source`), with its reasons. Never changed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="advices")
    source = models.CharField(max_length=10, choices=SOURCES)
    by = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    amount = models.BigIntegerField()
    motivation = models.TextField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """The amount advised."""
        return Money(self.amount)


class Division(models.Model):
    """How the ceiling of a call was divided (*verdeling*): the receipt of the engine, with which it can be made again. Never changed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.CharField(max_length=12)
    province = models.CharField(max_length=4)
    receipt = models.JSONField()
    order = models.JSONField(default=list)
    seed = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.public_id
