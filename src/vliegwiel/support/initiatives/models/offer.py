"""What volunteers are offered, who registered, and thanks."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.initiatives.models.initiative import Initiative
from vliegwiel.support.initiatives.words import OFFER_KINDS, THANKS_KINDS


class VolunteerOffer(models.Model):
    """A training, evening, festival or thank-you for volunteers (*aanbod voor vrijwilligers*), by one organisation and for all of them.

    `taken` counts registrations and never passes `seats`; no seats means that everybody may come.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=list(OFFER_KINDS.items()))
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    on = models.DateField()
    time = models.CharField(max_length=20, blank=True)
    where = models.CharField(max_length=160, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(seats=None) | models.Q(taken__lte=models.F("seats")), name="offer_never_more_than_seats"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["province", "on", "id"], name="offer_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its page."""
        return f"/vrijwilligers/{self.public_id}"

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken."""
        return self.seats is not None and self.taken >= self.seats


class OfferRegistration(models.Model):
    """Someone who comes (*aanmelding*), by the public id of their account."""

    offer = models.ForeignKey(VolunteerOffer, on_delete=models.CASCADE, related_name="registrations")
    person = models.CharField(max_length=12, db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "person"], name="registration_once")]

    def __str__(self) -> str:
        return f"{self.offer}"


class Thanks(models.Model):
    """A thank-you to an initiative (*dank*), once a year: a message, an invitation, or a certificate of skills gained."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="thanks")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=list(THANKS_KINDS.items()))
    text = models.TextField()
    skills = models.CharField(max_length=240, blank=True)
    offer = models.ForeignKey(VolunteerOffer, null=True, blank=True, on_delete=models.SET_NULL, related_name="thanks")
    organisation_name = models.CharField(max_length=120)
    by = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["initiative", "year"], name="thanked_once_a_year")]
        ordering: ClassVar = ["-year"]

    def __str__(self) -> str:
        return f"{self.initiative} {self.year}"
