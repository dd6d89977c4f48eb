"""What an initiative has in a year, and with whom it shares that."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.initiatives.models.initiative import Initiative


class YearPicture(models.Model):
    """Income, volunteers and reserves of an initiative in a year (*jaarbeeld*), by choice, of its people alone. Amounts in cents.

    `own` is what it earns itself, `given` what people and funds give, `public` what an authority gives, `reserves` what it holds. `plan` is
    how it wants to lean less on authorities, when it wants that.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    own = models.BigIntegerField(default=0)
    given = models.BigIntegerField(default=0)
    public = models.BigIntegerField(default=0)
    reserves = models.BigIntegerField(default=0)
    volunteers = models.PositiveIntegerField(null=True, blank=True)
    plan = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "year"], name="picture_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(own__gte=0, given__gte=0, public__gte=0, reserves__gte=0), name="picture_not_below_zero"
            ),
        ]
        ordering: ClassVar = ["-year"]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.year}"

    @property
    def income(self) -> Money:
        """All that came in."""
        return Money(self.own + self.given + self.public)

    @property
    def public_share(self) -> int | None:
        """How much of what came in was of an authority, in whole per cent; None when nothing came in."""
        return round(100 * self.public / self.income.cents) if self.income.cents else None


class PictureShare(models.Model):
    """An adviser with whom an initiative shares its yearly pictures (*gedeeld jaarbeeld*), by public id, with the names as they were. It
    ends when the initiative says so: the row goes."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="shares")
    person = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["initiative", "person"], name="picture_shared_once")]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.initiative_id}"
