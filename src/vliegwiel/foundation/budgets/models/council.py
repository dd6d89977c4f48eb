"""What the Provincial Council decided, asked and was promised."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class CouncilDecision(models.Model):
    """A decision of the Provincial Council about money (*statenbesluit*), with the most it makes available, in cents.

    It is appropriated to budget lines in steps; `appropriated` never passes `amount`. A decision that lowers credit or carries money over
    has amount 0 or what it adds.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    decided_on = models.DateField()
    publication = models.CharField(max_length=300, blank=True)
    amount = models.BigIntegerField()
    appropriated = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "number"], name="council_decision_once"),
            models.CheckConstraint(
                condition=models.Q(appropriated__gte=0, amount__gte=models.F("appropriated")), name="appropriated_within_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.number
