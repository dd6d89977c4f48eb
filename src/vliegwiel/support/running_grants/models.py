"""Which grants of the former administration were taken over, so that none comes in twice."""

from django.db import models

from vliegwiel.kernel import clock


class TakenOver(models.Model):
    """A grant that was taken over (*overgenomen subsidie*): its number in the former administration, the file it became (public id and
    number), and a hash of its row, so that the same row is known and another one is noticed."""

    province = models.CharField(max_length=4)
    former = models.CharField(max_length=40)
    application = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=11)
    row_hash = models.CharField(max_length=64)
    by = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "former"], name="taken_over_once")]
        ordering = ["former"]

    def __str__(self) -> str:
        return f"{self.former}: {self.number}"
