"""Roads per way of travelling, addresses where they are loaded, and the figures that were made of both."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class RoadNetwork(models.Model):
    """The roads of a province for one way of travelling (*wegennet*), kept on disk by their content; the newest counts.

    `vintage` is the day that the extract shows, `file_hash` the file it came from (empty for made-up roads). `left_out` counts ways that
    were cut at the border of the extract.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    profile = models.CharField(max_length=5)
    source = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64)
    vintage = models.DateField()
    nodes = models.PositiveIntegerField()
    edges = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    made_up = models.BooleanField(default=False)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "profile", "content_hash"], name="road_network_once"),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.profile} {self.vintage}"


class AddressSet(models.Model):
    """Addresses where people live (*adressen*, from the BAG), kept on disk by their content; the newest of a province counts."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    source = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    vintage = models.DateField()
    count = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    made_up = models.BooleanField(default=False)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "content_hash"], name="address_set_once")]

    def __str__(self) -> str:
        return f"{self.province}: {self.count}"


class DistanceRelease(models.Model):
    """Which roads, addresses and facilities a release of our own distances was made of (*onze berekening*); `release` is its public id."""

    release = models.CharField(max_length=12, unique=True)
    province = models.CharField(max_length=4)
    vintage = models.JSONField()
    by = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.province} {self.release}"
