"""Questions that were saved with their answer: what if these close, and which ones do we keep."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Worked(models.Model):
    """What both have: who asked it for which organisation, how far the work is, and the answer as it was given, with what it rests on.

    `outcome` and `vintage` never change once they are there; another look is another record. `shared_at`: since then everybody who has
    the link may read it. `sent_to` are the municipalities it was sent to.
    """

    STATES: ClassVar = [("waiting", "wordt uitgerekend"), ("done", "klaar"), ("failed", "lukte niet")]

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    author = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=600, blank=True)
    profile = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    progress = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    vintage = models.JSONField(default=dict)
    next_uses = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    shared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class ClosureScenario(Worked):
    """What if these facilities of one kind close, and others open (*sluitingsscenario*): public ids, and points in RD metres."""

    kind = models.CharField(max_length=20)
    close = models.JSONField(default=list)
    opens = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "organisation", "-made_at"], name="scenario_of_organisation")]

    @property
    def path(self) -> str:
        """Its page."""
        return f"/voorzieningen/scenarios/{self.public_id}"


class KeepQuestion(Worked):
    """Which of these buildings do we keep (*welke houden we*): candidates, how many, and what counts.

    `area` is the area whose residents count. `objective` is "p-median" (least travelling in all), "p-centre" (the furthest as near as
    possible) or "coverage" (as many as possible within `reach` minutes). `always` and `never` pin candidates. `capacities`: how many
    people fit in, per public id, where who asked said otherwise than the register.
    """

    area = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    candidates = models.JSONField(default=list)
    number = models.PositiveSmallIntegerField()
    objective = models.CharField(max_length=10)
    reach = models.PositiveSmallIntegerField(null=True, blank=True)
    always = models.JSONField(default=list)
    never = models.JSONField(default=list)
    by_capacity = models.BooleanField(default=False)
    capacities = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "organisation", "-made_at"], name="keep_of_organisation")]

    @property
    def path(self) -> str:
        """Its page."""
        return f"/voorzieningen/keuzes/{self.public_id}"
