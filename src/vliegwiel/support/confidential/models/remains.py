"""What stays when a case is gone: that it went, for the team alone; and the counts of a year, for everybody."""

from typing import ClassVar

from django.db import models


class DestroyedCase(models.Model):
    """A confidential case that was destroyed (*vernietigde zaak*): days, ground, two persons, and the SHA-256 of what it held."""

    team = models.ForeignKey("confidential.ConfidentialTeam", on_delete=models.PROTECT, related_name="destroyed")
    opened_on = models.DateField()
    closed_on = models.DateField()
    destroyed_on = models.DateField()
    ground = models.TextField()
    proposed_by = models.CharField(max_length=12)
    by = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-destroyed_on", "-pk"]

    def __str__(self) -> str:
        return self.digest[:12]


class ConfidentialCount(models.Model):
    """The public count of one municipality in one finished year (*telling van vertrouwelijke zaken*), fixed once it is published.

    `begun` and `ended` are None when they are hidden: there may be no case or a few. There is a row for every municipality.
    """

    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    municipality = models.CharField(max_length=6)
    municipality_name = models.CharField(max_length=120)
    begun = models.PositiveIntegerField(null=True)
    ended = models.PositiveIntegerField(null=True)
    published_on = models.DateField()
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "year", "municipality"], name="confidential_count_once")
        ]
        ordering: ClassVar = ["-year", "municipality_name", "municipality"]

    def __str__(self) -> str:
        return f"{self.year} {self.municipality}"
