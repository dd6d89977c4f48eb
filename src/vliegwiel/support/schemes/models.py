"""Schemes with their drafts and versions, calls, crises, and the counts of the eligibility check."""

from django.db import models

from vliegwiel.engines.rulebook import Regulation
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.schemes.lifecycle import CALL_NAMES, SCHEME_NAMES, CallState, SchemeState


class Scheme(models.Model):
    """A subsidy scheme (*regeling*). `key` is province and name, as in `gelderland/kleine-initiatieven`: its address and its file."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10, choices=[(state.value, SCHEME_NAMES[state]) for state in SchemeState], default=SchemeState.DRAFT.value
    )
    made_up = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.key


class SchemeDraft(models.Model):
    """The version of a scheme that is being written: one at a time. `revision` grows with each save, so that a stale form is seen.

    `checked` is the hash of document and cases for which every case came out right. `proposed_by` is the first of the two persons who
    put it in force; from then on it waits and is not changed.
    """

    scheme = models.OneToOneField(Scheme, on_delete=models.CASCADE, related_name="draft")
    document = models.JSONField()
    cases = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    checked = models.CharField(max_length=64, blank=True)
    proposed_by = models.CharField(max_length=12, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.revision}"


class SchemeVersion(models.Model):
    """A version of a scheme that was put in force by two persons (*versie*). It is never changed: a trigger in the database sees to it.

    On a day counts the latest `in_force` on or before it, of equal days the highest `number`.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    in_force = models.DateField()
    document = models.JSONField()
    cases = models.JSONField(default=list)
    hash = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=12)
    put_in_force_by = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("put_in_force_by")), name="version_takes_two_persons"
            ),
        ]
        ordering = ["-in_force", "-number"]

    def __str__(self) -> str:
        return f"{self.hash[:12]}"

    @property
    def regulation(self) -> Regulation:
        """The document as a regulation: it was checked when it was put in force."""
        return Regulation(self.document)


class Method(models.TextChoices):
    """How a ceiling is divided (*wijze van verdelen*, Awb 4:26)."""

    FIRST_COME = "first-come", "op volgorde van binnenkomst"
    TENDER = "tender", "de beste plannen eerst (tender)"
    LOTTERY = "lottery", "door loting"
    PROPORTIONAL = "proportional", "naar verhouding"
    DIRECT = "direct", "rechtstreeks"


class Call(models.Model):
    """A window in which a scheme takes applications (*openstelling*), with its ceiling and its way of dividing as published.

    It runs on one version. `closes_at` is the last moment that still counts. `ceiling` and `parts` are public ids of budgets.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="calls")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="calls")
    province = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10, choices=[(state.value, CALL_NAMES[state]) for state in CallState], default=CallState.PLANNED.value
    )
    revision = models.PositiveIntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    method = models.CharField(max_length=12, choices=Method.choices)
    ceiling = models.CharField(max_length=12, blank=True)
    parts = models.JSONField(default=list)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    planned_at = models.DateTimeField(default=clock.now)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_after_opening"),
            models.CheckConstraint(
                condition=models.Q(state="planned")
                | (
                    ~models.Q(decision_number="")
                    & ~models.Q(publication="")
                    & ~models.Q(ceiling="")
                    & models.Q(decision_date__isnull=False, published_on__isnull=False, announced_at__isnull=False)
                ),
                name="call_announced_as_the_law_asks",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opens_at"], name="call_by_clock"),
            models.Index(fields=["province", "state", "closes_at"], name="call_of_province"),
        ]
        ordering = ["opens_at", "pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> CallState:
        """The state by the clock: an announced call is open from its first moment, also when no worker has written that down yet."""
        written, now = CallState(self.state), clock.now()
        if written in (CallState.ANNOUNCED, CallState.OPEN) and now > self.closes_at:
            return CallState.CLOSED
        if written is CallState.ANNOUNCED and now >= self.opens_at:
            return CallState.OPEN
        return written


class Phase(models.TextChoices):
    """The phases of a crisis (*fasen*)."""

    ACUTE = "acute", "acute hulp"
    BRIDGING = "bridging", "overbrugging"
    RECOVERY = "recovery", "herstel"


class Crisis(models.Model):
    """A crisis (*crisis*) whose phase steers which schemes, questions and texts are shown."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.ACUTE)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "key"], name="crisis_once_per_province")]

    def __str__(self) -> str:
        return self.key


class PhaseChange(models.Model):
    """A phase of a crisis and the day it began; never changed."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="changes")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    on = models.DateField()
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.phase} {self.on}"


class StepCount(models.Model):
    """How often a step of the check or the application was shown and answered on a day. It holds no person and no answer."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="steps")
    part = models.CharField(max_length=12)
    step = models.CharField(max_length=60)
    on = models.DateField()
    reached = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "part", "step", "on"], name="step_counted_per_day")]

    def __str__(self) -> str:
        return f"{self.part} {self.step}"


class OutcomeCount(models.Model):
    """How often the check ended with a verdict after so many minutes (rounded up, 30 is 30 or more) on a day."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="outcomes")
    part = models.CharField(max_length=12)
    verdict = models.CharField(max_length=16)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "part", "verdict", "minutes", "on"], name="outcome_counted_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.verdict}"
