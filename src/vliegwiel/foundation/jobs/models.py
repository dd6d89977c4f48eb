"""The turns of what returns by the clock."""

from django.db import models


class Turn(models.Model):
    """The last turn of a periodic task that some worker took; `slot` counts the periods since 1970."""

    name = models.CharField(max_length=120, primary_key=True)
    slot = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.slot}"
