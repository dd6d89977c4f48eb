"""The team that a confidential case belongs to, and who is in it."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class ConfidentialTeam(models.Model):
    """A team that does confidential casework (*vertrouwelijk team*) for one organisation, in one municipality or, without one, everywhere.

    `organisation` is a public id, with its name as it was.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6, blank=True)
    municipality_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=80)
    made_up = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="confidential_team_once")]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.public_id


class ConfidentialMember(models.Model):
    """Someone in a team (*lid van een vertrouwelijk team*), by public id, with the name as it was. It ends; it is not taken away."""

    team = models.ForeignKey(ConfidentialTeam, on_delete=models.PROTECT, related_name="members")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "person"], condition=models.Q(until=None), name="confidential_member_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="confidential_member_of")]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.person}"
