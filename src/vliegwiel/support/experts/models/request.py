"""A request for an expert, and what experts said about it."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.experts.lifecycle import INTEREST_NAMES, REQUEST_NAMES, InterestState, RequestState
from vliegwiel.support.experts.models.expert import Expert


class ExpertRequest(models.Model):
    """What an initiative needs an expert for (*verzoek om een deskundige*), asked by an adviser. Its text names nobody: experts read it.

    `about_kind` and `about_id` point at the support case it comes from, `path` at its page at work. `organisation` and `adviser` are who
    asks, with the names as they were. `hours` is what is asked, `by` the last day it helps. `remote`: help from afar is fine.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=12)
    about_title = models.CharField(max_length=120)
    path = models.CharField(max_length=120)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    adviser = models.CharField(max_length=12, blank=True)
    adviser_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    skills = models.JSONField(default=list)
    language = models.CharField(max_length=3, default="nl")
    place = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    x = models.IntegerField(null=True)
    y = models.IntegerField(null=True)
    remote = models.BooleanField(default=False)
    hours = models.PositiveSmallIntegerField()
    by = models.DateField()
    state = models.CharField(
        max_length=9, choices=[(s.value, REQUEST_NAMES[s]) for s in RequestState], default=RequestState.OPEN.value
    )
    asked_on = models.DateField()
    opened_on = models.DateField(null=True)
    matched_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    said = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="expert_request_asks_hours"),
            models.CheckConstraint(
                condition=models.Q(state__in=["finished", "withdrawn"], ended_on__isnull=False)
                | (~models.Q(state__in=["finished", "withdrawn"]) & models.Q(ended_on=None)),
                name="expert_request_ended_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "state", "by"], name="expert_request_state"),
            models.Index(fields=["about_kind", "about_id"], name="expert_request_about"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> RequestState:
        """Its state as the table knows it."""
        return RequestState(self.state)

    @property
    def point(self) -> tuple[int, int] | None:
        """A point in its place (metres, RD); None when we have no border of it."""
        return None if self.x is None or self.y is None else (self.x, self.y)


class ExpertInterest(models.Model):
    """What one expert said about a request, or was asked (*aanbod van een deskundige*). `conflict`: they or who they work for have an
    interest in the plan, for example will tender or assess; `interest` says which. None while they were not asked yet."""

    request = models.ForeignKey(ExpertRequest, on_delete=models.PROTECT, related_name="interests")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="interests")
    state = models.CharField(max_length=7, choices=[(s.value, INTEREST_NAMES[s]) for s in InterestState])
    text = models.CharField(max_length=300, blank=True)
    conflict = models.BooleanField(null=True)
    interest = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "expert"], name="one_word_per_expert"),
            models.CheckConstraint(
                condition=models.Q(conflict=True) & ~models.Q(interest="") | ~models.Q(conflict=True) | models.Q(conflict=None),
                name="interest_of_expert_is_named",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["willing", "chosen"]) | models.Q(conflict__isnull=False),
                name="willing_expert_told_interest",
            ),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state}"

    @property
    def stands(self) -> InterestState:
        """Its state as the table knows it."""
        return InterestState(self.state)
