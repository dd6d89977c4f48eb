"""Places where people meet, who keeps their page, and the yearly look at whether they can go on."""

from datetime import date
from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.clock import legal_date
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.initiatives.words import PLACE_KINDS


class MeetingPlace(models.Model):
    """A place where people meet (*ontmoetingsplek*): a building or spot for everybody, so its point in RD metres is public.

    Rooms, opening, access and how many people fit in stand in its one record in the register (`facility`); here is who runs it, what
    happens and whether it can go on. `run_by` names an organisation or group, never a person; `visits` is how many people come in a
    usual week. `inclusion` are the answers to "who can take part, who is missing?", for the board and its adviser.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    facility = models.OneToOneField("facilities.Facility", on_delete=models.PROTECT, related_name="+")
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    municipality_name = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    x = models.BigIntegerField()
    y = models.BigIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=list(PLACE_KINDS.items()))
    about = models.TextField(blank=True)
    run_by = models.CharField(max_length=120, blank=True)
    activities = models.TextField(blank=True)
    visits = models.PositiveIntegerField(null=True, blank=True)
    inclusion = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    concerns = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["province", "municipality", "name", "id"],
                name="meeting_municipality",
                condition=models.Q(closed_at=None, hidden=False),
            ),
            models.Index(
                fields=["province", "name", "id"], name="meeting_name", condition=models.Q(closed_at=None, hidden=False)
            ),
            models.Index(fields=["changed_at"], name="meeting_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/ontmoetingsplekken/{self.public_id}"

    @property
    def own_path(self) -> str:
        """The page of its board."""
        return f"/mijn/ontmoetingsplekken/{self.public_id}"

    @property
    def is_shown(self) -> bool:
        """Whether the public finds it."""
        return self.closed_on is None and not self.hidden

    @property
    def closed_on(self) -> date | None:
        """The day on which it closed: here, or in the register."""
        return legal_date(self.closed_at) if self.closed_at else self.facility.closed_on

    @property
    def revision(self) -> int:
        """Grows with each change, here or in the register, so that a form knows whether somebody was first."""
        return self.version + self.facility.version

    @property
    def opening(self) -> str:
        """When it is open, as the register has it."""
        return self.facility.opening

    @property
    def rooms(self) -> str:
        """Its rooms, as the register has them."""
        return self.facility.rooms

    @property
    def seats(self) -> int | None:
        """How many people fit in, as the register has it; None when nobody told."""
        return self.facility.capacity

    @property
    def access(self) -> list[str]:
        """What somebody meets at the door, as the register has it: keys of catalogue/facilities.yml."""
        return list(self.facility.access_details)


class PlaceKeeper(models.Model):
    """Who keeps the page of a meeting place up to date (*beheerder van een plek*). `token` (a hash) is an invitation
    without a person yet.
    """

    place = models.ForeignKey(MeetingPlace, on_delete=models.CASCADE, related_name="keepers")
    person = models.CharField(max_length=12, blank=True, db_index=True)
    token = models.CharField(max_length=64, blank=True, db_index=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "person"], name="keeper_once", condition=~models.Q(person=""))
        ]

    def __str__(self) -> str:
        return f"{self.place}"


class ViabilityCheck(models.Model):
    """The yearly self-check of a meeting place (*jaarlijkse zelfcheck*), seen by its board and adviser only.

    `answers` maps each question to "good", "some" or "worry"; `note` is what the board wants to say about it.
    """

    place = models.ForeignKey(MeetingPlace, on_delete=models.CASCADE, related_name="checks")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "year"], name="viability_once_a_year")]
        ordering: ClassVar = ["-year"]

    def __str__(self) -> str:
        return f"{self.place} {self.year}"
