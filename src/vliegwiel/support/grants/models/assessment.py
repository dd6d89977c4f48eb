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


class EndReason(models.TextChoices):
    """Why someone stopped working on a file."""

    HANDED_OVER = "handed_over", "overgedragen"
    INTEREST = "interest", "meldde een belang"
    DONE = "done", "klaar"


class Assignment(models.Model):
    """A person who works on a file (*toewijzing*), until it ends. `free_at`: when they said to have no interest in it (Awb 2:4); an
    interest itself is declared at people and ends the assignment. `place` numbers the assessors of a file, so that a replacement takes
    the place of who left."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    task = models.CharField(max_length=10, choices=Task.choices)
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    place = models.PositiveSmallIntegerField(default=0)
    free_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, choices=EndReason.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_why="") | models.Q(ended_at__isnull=False) & ~models.Q(ended_why=""),
                name="assignment_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["application", "task", "person"], condition=models.Q(ended_at=None), name="open_assignment_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="assignment_of_person")]

    def __str__(self) -> str:
        return f"{self.task} {self.person}"


class Assessment(models.Model):
    """What one assessor found (*beoordeling*): points per criterion with reasons. `scores`: {criterion: {"points": n, "reason": text}},
    points in whole tenths from 0 to 100. A revision is a new row with `why`; the newest of a person counts. Nobody sees another's before
    all are in."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    revision = models.PositiveSmallIntegerField(default=1)
    why = models.TextField(blank=True)
    scores = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    amount = models.BigIntegerField(null=True)
    motivation = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "assessor", "revision"], name="assessment_revision_once"),
            models.CheckConstraint(condition=models.Q(revision=1) | ~models.Q(why=""), name="revision_says_why"),
        ]
        ordering = ["pk"]

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


class AdviceRequest(models.Model):
    """Advice asked of someone outside (*advies van derden*, Awb 3:5–3:9): who, what, by when; `answer` once it came."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="advice_requests")
    adviser = models.CharField(max_length=120)
    question = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    by = models.CharField(max_length=20)
    answer = models.OneToOneField(Advice, null=True, on_delete=models.PROTECT, related_name="request")

    def __str__(self) -> str:
        return self.public_id


class Seed(models.Model):
    """The seed of a draw (*startgetal van een loting*), published before it is drawn and after everyone is in: chance decides, not who
    draws. `day` is the day of completeness that is drawn; empty for a whole call. Given once and never changed."""

    call = models.CharField(max_length=12)
    province = models.CharField(max_length=4)
    day = models.DateField(null=True)
    value = models.CharField(max_length=80)
    published_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "day"], name="seed_of_a_day_once"),
            models.UniqueConstraint(fields=["call"], condition=models.Q(day=None), name="seed_of_a_call_once"),
        ]

    def __str__(self) -> str:
        return self.value


class Division(models.Model):
    """How the ceiling of a call was divided (*verdeling*): the receipt of the engine, with which it can be made again, and per application
    its outcome (`awards`: {public id: {"outcome", "amount", "place", "total", "reasons"}}). Never changed; the newest of a call counts."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.CharField(max_length=12)
    province = models.CharField(max_length=4)
    receipt = models.JSONField()
    awards = models.JSONField(default=dict)
    order = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
    seed = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["call", "-id"], name="division_of_call")]

    def __str__(self) -> str:
        return self.public_id
