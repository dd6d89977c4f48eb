"""What people say of an authority, for as long as a half-year runs, and what is published of it afterwards."""

from typing import ClassVar

from django.db import models

ANSWERS = [("yes", "ja"), ("partly", "een beetje"), ("no", "nee")]


class AuthorityRating(models.Model):
    """Three answers of one person about one authority in a half-year (*oordeel over een overheid*). `rater` is a code that only this
    installation can make of an account; there is no name and no moment. The row goes when its half-year is counted."""

    province = models.CharField(max_length=4)
    period = models.CharField(max_length=6)
    authority = models.CharField(max_length=12)
    authority_name = models.CharField(max_length=120)
    rater = models.CharField(max_length=64)
    space = models.CharField(max_length=6, choices=ANSWERS)
    respect = models.CharField(max_length=6, choices=ANSWERS)
    backing = models.CharField(max_length=6, choices=ANSWERS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "period", "authority", "rater"], name="rated_once_a_period")
        ]
        indexes: ClassVar = [models.Index(fields=["rater"], name="rating_of")]

    def __str__(self) -> str:
        return f"{self.period} {self.authority}"


class PublishedRating(models.Model):
    """What is shown of an authority in a half-year (*gepubliceerd oordeel*), never changed. `counts` is how often each answer was given to
    each question by `number` people. Of fewer than ten people there is no row, so that nobody sees whether anyone answered."""

    province = models.CharField(max_length=4)
    period = models.CharField(max_length=6)
    authority = models.CharField(max_length=12)
    authority_name = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    published_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "period", "authority"], name="rating_published_once"),
            models.CheckConstraint(condition=models.Q(number__gte=10), name="rating_of_ten_or_more"),
        ]
        ordering: ClassVar = ["-period", "authority_name", "pk"]

    def __str__(self) -> str:
        return f"{self.period} {self.authority_name}"
