"""The hours of the pool in a year, and what stays counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vliegwiel.kernel import clock


class PoolYear(models.Model):
    """How many hours the pool may give in a year (*uren van de pool*), and the budget line that pays them (public id, empty: none named).
    `taken` is what assignments hold: agreed while they run, worked when they ended."""

    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    hours = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    line = models.CharField(max_length=12, blank=True)
    agreed_by = models.CharField(max_length=12)
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "year"], name="pool_of_a_year"),
            models.CheckConstraint(condition=Q(taken__lte=F("hours")), name="pool_never_passed"),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.year}: {self.hours}"

    @property
    def left(self) -> int:
        """Hours that can still be given."""
        return self.hours - self.taken


class PoolCount(models.Model):
    """How often something happened in requests that are destroyed (*telling van de pool*): `what` is a word of `queries.Year`."""

    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "year", "what"], name="pool_count_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.what}: {self.count}"
