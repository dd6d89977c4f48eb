"""An offer of help, to whom it went, and what they answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class HelpOffer(models.Model):
    """An offer of help to all municipalities of a province (*aanbod van hulp*), with the last day to answer. Never changed.

    `crisis` is the public id of the crisis it belongs to, empty when there is none.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    crisis = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    sent_on = models.DateField()
    due = models.DateField()
    by = models.CharField(max_length=12)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(due__gt=F("sent_on")), name="offer_leaves_time")]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class OfferedTo(models.Model):
    """A municipality to which an offer went (*aangeboden aan*), by its code and its name of then; `people` is how many were told."""

    offer = models.ForeignKey(HelpOffer, on_delete=models.PROTECT, related_name="offered")
    municipality = models.CharField(max_length=6)
    name = models.CharField(max_length=80)
    people = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "municipality"], name="offered_once")]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.municipality}"


class OfferAnswerKind(models.TextChoices):
    """What a municipality can answer."""

    YES = "ja", "Ja, wij willen deze hulp"
    OTHER = "anders", "Wij hebben iets anders nodig"
    NO = "nee", "Nee, wij hebben dit niet nodig"


class OfferAnswer(models.Model):
    """An answer of a municipality (*antwoord op een aanbod*). The latest counts, earlier ones stay.

    `need` says what is needed; `late` that it came after the last day.
    """

    offered = models.ForeignKey(OfferedTo, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=OfferAnswerKind.choices)
    need = models.TextField(blank=True)
    person = models.CharField(max_length=12)
    organisation = models.CharField(max_length=12)
    answered_at = models.DateTimeField(default=clock.now)
    late = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(kind="anders") | ~Q(need=""), name="other_need_is_named")]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.offered_id}: {self.kind}"
