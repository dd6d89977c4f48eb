"""An expert at work on a request: hours within what was agreed, and whether it helped."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.experts.models.expert import Expert, PaidBy
from vliegwiel.support.experts.models.request import ExpertRequest


class ExpertTask(models.Model):
    """A request that an expert has, or had (*opdracht aan een deskundige*). `minutes` booked never pass `agreed` hours. `year` is that of
    the pool hours it takes. `despite` is why this expert was chosen although they named an interest. `ended_on` with `given_back`: it
    went back unfinished, and everything stays."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    request = models.ForeignKey(ExpertRequest, on_delete=models.PROTECT, related_name="tasks")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="tasks")
    agreed = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField(default=0)
    paid_by = models.CharField(max_length=4, choices=PaidBy.choices)
    year = models.PositiveSmallIntegerField()
    despite = models.CharField(max_length=300, blank=True)
    assigned_by = models.CharField(max_length=12)
    since = models.DateField()
    ended_on = models.DateField(null=True)
    given_back = models.BooleanField(default=False)
    said = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__lte=F("agreed") * 60), name="hours_within_the_agreement"),
            models.UniqueConstraint(fields=["request"], condition=Q(ended_on=None), name="one_expert_at_a_time"),
            models.CheckConstraint(condition=Q(given_back=False) | Q(ended_on__isnull=False), name="given_back_has_ended"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def left(self) -> int:
        """Minutes that can still be booked."""
        return self.agreed * 60 - self.minutes


class ExpertHours(models.Model):
    """Minutes an expert worked on a day (*uren van een deskundige*). Never changed: a counter-entry `corrects` it."""

    task = models.ForeignKey(ExpertTask, on_delete=models.PROTECT, related_name="hours")
    on = models.DateField()
    minutes = models.IntegerField()
    what = models.CharField(max_length=120)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(corrects=None, minutes__gt=0, minutes__lte=24 * 60) | Q(corrects__isnull=False, minutes__lt=0),
                name="expert_minutes_within_a_day",
            )
        ]
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes}"


class MoreHours(models.Model):
    """An expert asks for more hours than agreed (*vraag om meer uren*); `granted` is the answer, None while it waits."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    task = models.ForeignKey(ExpertTask, on_delete=models.PROTECT, related_name="more")
    hours = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    asked_on = models.DateField()
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=12, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task"], condition=Q(granted=None), name="one_question_for_hours"),
            models.CheckConstraint(condition=~Q(granted=False) | ~Q(answer=""), name="no_to_hours_says_why"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.hours}"


class Helped(models.TextChoices):
    """An answer afterwards."""

    YES = "yes", "ja"
    PARTLY = "partly", "een beetje"
    NO = "no", "nee"


class HelpAnswer(models.Model):
    """What one side says afterwards (*antwoord op: hielp het?*): the initiative or the expert, each once per assignment. `told_by` says
    who wrote it down."""

    task = models.ForeignKey(ExpertTask, on_delete=models.PROTECT, related_name="answers")
    side = models.CharField(max_length=10, choices=[("initiative", "het initiatief"), ("expert", "de deskundige")])
    helped = models.CharField(max_length=6, choices=Helped.choices)
    again = models.CharField(max_length=6, choices=Helped.choices)
    text = models.CharField(max_length=500, blank=True)
    told_by = models.CharField(max_length=10, choices=[("itself", "zelf"), ("adviser", "de adviseur")])
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "side"], name="each_side_answers_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.side}: {self.helped}"
