"""The objection itself, every change of its clock, and its number."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.objections.lifecycle import NAMES, State


class ObjectionSeries(models.Model):
    """The last number given in a year (*nummerreeks van bezwaren*), per kind of paper; one conditional update gives the next."""

    kind = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="objection_series_once")]

    def __str__(self) -> str:
        return f"{self.kind}{self.year}: {self.last}"


class Channel(models.TextChoices):
    """How it came in; all are equal (Awb 2:13)."""

    WEB = "web", "digitaal"
    PAPER = "paper", "op papier"
    PHONE = "phone", "telefonisch of aan de balie"


class Matter(models.TextChoices):
    """Which decision one objects to: each that can be (Awb 7:1; on the penalty 4:19, on interest 4:125)."""

    AWARD = "award", "besluit op de aanvraag"
    SETTLEMENT = "settle", "vaststelling"
    WITHDRAWAL = "withdraw", "intrekking of verlaging"
    REVISION = "revise", "wijziging van de vaststelling"
    RECOVERY = "recover", "terugvordering"
    CHANGE = "change", "weigering van een wijziging"
    PENALTY = "penalty", "dwangsom"
    INTEREST = "interest", "rente die wij betalen"


class Objection(models.Model):
    """An objection (*bezwaar*, Awb 6:4) against a decision; `matter` says of which kind. `application`, `decision`, `objector` and
    `handler` are public ids; `scheme_title`, `title` and `decision_name` are kept as they were. `announced_on` is the day the decision
    was sent, `until` the last day to object.

    `involved` are the ids of who took or prepared the decision: they do not decide here. `wants_costs`: someone asked before the decision
    that we pay the costs of objecting (7:15); `costs_asked` says which. `excused` answers a late objection (6:11): None
    while nobody judged. `due_on` is made again from the events; `revision` grows with each save."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, NAMES[state]) for state in State], default=State.RECEIVED.value
    )
    revision = models.PositiveIntegerField(default=1)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    application = models.CharField(max_length=12)
    application_number = models.CharField(max_length=11)
    title = models.CharField(max_length=120)
    scheme = models.CharField(max_length=60)
    scheme_title = models.CharField(max_length=120)
    matter = models.CharField(max_length=8, choices=Matter.choices, default=Matter.AWARD)
    decision = models.CharField(max_length=12)
    decision_name = models.CharField(max_length=120)
    involved = models.JSONField(default=list)
    announced_on = models.DateField()
    until = models.DateField()
    objector = models.CharField(max_length=12, blank=True)
    objector_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB)
    received_on = models.DateField()
    posted_on = models.DateField(null=True)
    entered_by = models.CharField(max_length=20, blank=True)
    grounds = models.TextField(blank=True)
    signed = models.BooleanField(default=True)
    in_time = models.CharField(max_length=7, choices=[("yes", "op tijd"), ("unknown", "niet bekend"), ("no", "te laat")])
    late_reason = models.TextField(blank=True)
    excused = models.BooleanField(null=True)
    excused_why = models.TextField(blank=True)
    excused_on = models.DateField(null=True)
    wants_costs = models.BooleanField(default=False)
    costs_asked = models.TextField(blank=True)
    committee = models.BooleanField(default=False)
    handler = models.CharField(max_length=12, blank=True)
    handler_name = models.CharField(max_length=80, blank=True)
    due_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    made_up = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "objector"],
                condition=~models.Q(state__in=["withdrawn", "decided"]) & ~models.Q(objector=""),
                name="one_open_objection",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["decided", "withdrawn"], closed_on__isnull=False)
                | (~models.Q(state__in=["decided", "withdrawn"]) & models.Q(closed_on=None, outcome="")),
                name="objection_closed_with_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(excused=None) | ~models.Q(excused_why=""), name="late_objection_judged_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["province", "state", "due_on"], name="objection_inbox"),
            models.Index(fields=["application"], name="objection_of_file"),
            models.Index(fields=["scheme", "outcome"], name="objection_counts"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> State:
        """Its state as the table knows it."""
        return State(self.state)


class ObjectionEventKind(models.TextChoices):
    """What changes the term of a decision on objection (Awb 7:10)."""

    COMMITTEE = "committee", "adviescommissie ingesteld"
    ASKED = "asked", "gevraagd om te herstellen"
    REPAIRED = "repaired", "hersteld"
    LAPSED = "lapsed", "tijd om te herstellen voorbij"
    ADJOURNED = "adjourned", "verdaagd"
    POSTPONED = "postponed", "uitgesteld met instemming"


class ObjectionEvent(models.Model):
    """A change of the term (*termijngebeurtenis*) with article, day and reason; never changed afterwards (rule 10)."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="clock")
    kind = models.CharField(max_length=10, choices=ObjectionEventKind.choices)
    on = models.DateField()
    until = models.DateField(null=True)
    article = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    items = models.JSONField(default=list)
    letter = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.kind}"
