"""What the Provincial Council decided, asked and was promised."""

from django.db import models

from vliegwiel.foundation.budgets.models.programme import Instrument
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


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


class ItemKind(models.TextChoices):
    """What the Provincial Council asked or was promised."""

    MOTION = "motion", "motie"
    AMENDMENT = "amendment", "amendement"
    PROMISE = "promise", "toezegging"
    REQUEST = "request", "kredietaanvraag"
    QUESTION = "question", "vraag van de staten"


class CouncilItem(models.Model):
    """A motion, promise, credit request or question (*motie, toezegging, kredietaanvraag, statenvraag*) with its owner and date.

    `owner` names the team or deputy that answers, not a person. `asked` is the amount of a credit request in cents; `decision` the council
    decision that came of it. It is settled (*afgedaan*) by who keeps the register for the Council, after it was answered.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    owner = models.CharField(max_length=120)
    raised_on = models.DateField()
    due_on = models.DateField()
    asked = models.BigIntegerField(null=True, blank=True)
    decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    instruments = models.ManyToManyField(Instrument, related_name="council_items", blank=True)
    settled_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "kind", "number"], name="council_item_once"),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("raised_on")), name="council_item_due_after_raised"),
            models.CheckConstraint(
                condition=models.Q(kind="request", asked__gt=0) | (~models.Q(kind="request") & models.Q(asked=None)),
                name="council_item_request_has_amount",
            ),
        ]
        indexes = [models.Index(fields=["province", "settled_on", "due_on"], name="council_item_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def asked_money(self) -> Money | None:
        """The amount of a credit request."""
        return None if self.asked is None else Money(self.asked)


class CouncilAnswer(models.Model):
    """An answer to the Council (*antwoord*). The latest counts; earlier ones stay.

    `links` are frozen: each has a title, a path, and what was to be seen there when it was given.
    """

    item = models.ForeignKey(CouncilItem, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    links = models.JSONField(default=list, blank=True)
    person = models.CharField(max_length=12)
    answered_on = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.item_id)
