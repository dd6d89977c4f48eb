"""Who gets which question."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Route(models.Model):
    """A rule for who gets a question (*verdeelregel*): an adviser of an organisation, or the whole organisation when `adviser`
    is empty. Empty `themes`, `kinds` or `municipalities` are all of them. `most` is how many open files the adviser can have;
    empty is no limit."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    adviser = models.CharField(max_length=12, blank=True)
    adviser_name = models.CharField(max_length=80, blank=True)
    themes = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    municipalities = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["organisation_name", "adviser_name", "pk"]
        indexes = [models.Index(fields=["province", "ended_at"], name="route_in_use")]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.adviser_name}"


class DeskContact(models.Model):
    """How an organisation of the desk is reached without this site (*zo bereikt u ons*): the number that people dial, when someone answers,
    and where they can come by or write to. What is empty is not offered."""

    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    phone = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "organisation"], name="desk_contact_once")]

    def __str__(self) -> str:
        return self.organisation

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
