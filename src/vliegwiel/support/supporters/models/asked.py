"""What is asked of an authority: backing, with an answer promised by name and date, and room, given or not in public."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel.ids import public_id
from vliegwiel.support.supporters.lifecycle import BACKING_NAMES, ROOM_NAMES, Backing, Room

AUTHORITY_KINDS = [("province", "provincie"), ("municipality", "gemeente"), ("organisation", "organisatie")]


class BackingRequest(models.Model):
    """A question to an authority or organisation (*vraag om rugdekking*), read by who asked and who answers there. Never public.

    `authority` is the code of a province or municipality, or the public id of an organisation, by `authority_kind`. Someone there promises
    an answer by name (`promised_name`) and day (`promised_on`); that is counted in public, per authority.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=60, blank=True)
    initiative = models.CharField(max_length=120, blank=True)
    authority_kind = models.CharField(max_length=12, choices=AUTHORITY_KINDS)
    authority = models.CharField(max_length=12)
    authority_name = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(one.value, BACKING_NAMES[one]) for one in Backing], default=Backing.ASKED.value
    )
    asked_on = models.DateField()
    promised_by = models.CharField(max_length=12, blank=True)
    promised_name = models.CharField(max_length=80, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_name = models.CharField(max_length=80, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="promised") | models.Q(promised_on__isnull=False), name="backing_promised_for_a_day"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "authority", "state"], name="backing_of_authority"),
            models.Index(fields=["person"], name="backing_of_person"),
            models.Index(fields=["state", "promised_on"], name="backing_promised"),
            models.Index(fields=["state", "asked_on"], name="backing_asked"),
        ]

    def __str__(self) -> str:
        return self.subject


class PromiseCount(models.Model):
    """Promises of an authority in questions that are destroyed (*telling van beloften*), by the year of the promised day."""

    province = models.CharField(max_length=4)
    authority = models.CharField(max_length=12)
    authority_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    promised = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "authority", "year"], name="promises_counted_once")]

    def __str__(self) -> str:
        return f"{self.authority_name} {self.year}"


class RoomRequest(models.Model):
    """A question for room (*vraag om ruimte*), public from the start: which rule stands in the way, what is asked, of whom, and what was
    answered with the reason. `group` is how who asked is called in public; `person` never is."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=120, blank=True)
    authority_kind = models.CharField(max_length=12, choices=AUTHORITY_KINDS)
    authority = models.CharField(max_length=12)
    authority_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    rule = models.CharField(max_length=400)
    asks = models.TextField()
    state = models.CharField(max_length=10, choices=[(one.value, ROOM_NAMES[one]) for one in Room], default=Room.ASKED.value)
    reason = models.TextField(blank=True)
    asked_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "withdrawn"]) | ~models.Q(reason=""), name="room_answered_with_a_reason"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "-asked_on", "-id"], name="room_newest"),
            models.Index(fields=["province", "authority", "state"], name="room_of_authority"),
            models.Index(fields=["person"], name="room_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/ruimte-en-rugdekking/{self.public_id}"
