"""An expert of the pool and the time they have."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.experts.lifecycle import EXPERT_NAMES, ExpertState


class PaidBy(models.TextChoices):
    """Who pays the hours of an expert."""

    POOL = "pool", "uren uit de pool"
    OWN = "own", "mijn eigen organisatie, of ik help zonder geld"


class Expert(models.Model):
    """Someone who helps initiatives with what they know (*deskundige*). `person` is the public id of the account, empty when it is gone.

    `skills` and `languages` are keys of catalogue/experts.yml. `place` is an area code of where they are, with a point inside it (metres,
    RD); `reach` how many kilometres they come, 0 everywhere. `remote`: also by phone or on a screen. `employer` is for whom they work,
    so that others can see an interest. `shows_name`: the public may read name and skills.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    skills = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    place = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    x = models.IntegerField(null=True)
    y = models.IntegerField(null=True)
    reach = models.PositiveSmallIntegerField(default=20)
    remote = models.BooleanField(default=False)
    paid_by = models.CharField(max_length=4, choices=PaidBy.choices, default=PaidBy.POOL)
    shows_name = models.BooleanField(default=False)
    state = models.CharField(
        max_length=8, choices=[(s.value, EXPERT_NAMES[s]) for s in ExpertState], default=ExpertState.DRAFT.value
    )
    said = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=12, blank=True)
    decided_for = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField(null=True)
    admitted_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "person"], condition=~models.Q(person=""), name="one_expert_per_person"),
            models.CheckConstraint(
                condition=~models.Q(state="admitted") | models.Q(admitted_on__isnull=False), name="expert_admitted_on_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["province", "state"], name="expert_state")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> ExpertState:
        """Its state as the table knows it."""
        return ExpertState(self.state)

    @property
    def point(self) -> tuple[int, int] | None:
        """A point in their place (metres, RD); None when we have no border of it."""
        return None if self.x is None or self.y is None else (self.x, self.y)


class FreeTime(models.Model):
    """Hours that an expert has in a period (*vrije tijd van een deskundige*). `in_days`: they were told as days of eight hours."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="times")
    first_day = models.DateField()
    last_day = models.DateField()
    hours = models.PositiveSmallIntegerField()
    in_days = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day"), hours__gt=0), name="free_time_is_some_time"
            )
        ]
        ordering: ClassVar = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}: {self.hours}"
