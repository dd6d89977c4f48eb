"""Partners who reach other people, tasks to go somewhere, and moments of contact."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.outreach.lifecycle import NAMES, State


class OutreachPartner(models.Model):
    """An organisation outside the alliance that reaches other people (*bereikpartner*). `groups` are keys of catalogue/inclusion.yml.

    The contact person and details are here by their permission, given on `agreed_on` in the way `agreed_how` says; they go when it ends.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    groups = models.JSONField(default=list)
    contact = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    agreed_on = models.DateField(null=True)
    agreed_how = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)
    made_up = models.BooleanField(default=False)
    added_by = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "name"], condition=Q(ended_on=None), name="outreach_partner_once"),
            models.CheckConstraint(
                condition=Q(contact="", email="", phone="") | Q(agreed_on__isnull=False, ended_on=None),
                name="outreach_contact_by_permission",
            ),
        ]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OutreachTask(models.Model):
    """A task to go where nobody asked (*bereiktaak*), for an adviser (public id), maybe with a partner. `area` is an area code.

    `why` tells what the reach list said on that day. `result_kind` and `result` point at what came of it: an initiative or a question
    at the desk, with its title or number as it was.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    state = models.CharField(max_length=8, choices=[(s.value, NAMES[s]) for s in State], default=State.ASKED.value)
    revision = models.PositiveIntegerField(default=1)
    area = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6)
    municipality_name = models.CharField(max_length=120)
    theme = models.CharField(max_length=40, blank=True)
    groups = models.JSONField(default=list)
    why = models.TextField()
    wish = models.TextField(blank=True)
    partner = models.ForeignKey(OutreachPartner, null=True, on_delete=models.PROTECT, related_name="tasks")
    adviser = models.CharField(max_length=12)
    adviser_name = models.CharField(max_length=80)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=12)
    asked_on = models.DateField()
    due_on = models.DateField()
    result_kind = models.CharField(max_length=12, blank=True)
    result = models.CharField(max_length=12, blank=True)
    result_title = models.CharField(max_length=120, blank=True)
    came_of_it = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["province", "area", "theme"], condition=Q(state__in=["asked", "running"]), name="outreach_task_open_once"
            ),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(reason=""), name="outreach_stopped_with_reason"),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(result=""), name="outreach_done_with_result"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["adviser", "state"], name="outreach_of_adviser"),
            models.Index(fields=["province", "municipality", "state"], name="outreach_of_municipality"),
        ]
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> State:
        """Its state as the table knows it."""
        return State(self.state)


class ContactMoment(models.Model):
    """A moment of contact in an outreach task (*contactmoment*): when, how, with what kind of people. Never with whom by name."""

    class How(models.TextChoices):
        """How the contact was."""

        VISIT = "visit", "een bezoek"
        STREET = "street", "een gesprek op straat"
        PHONE = "phone", "een telefoongesprek"
        GATHERING = "gathering", "een bijeenkomst"
        PARTNER = "partner", "via de partner"

    task = models.ForeignKey(OutreachTask, on_delete=models.CASCADE, related_name="moments")
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    people = models.PositiveIntegerField(null=True)
    told = models.TextField()
    by = models.CharField(max_length=12)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.on}"
