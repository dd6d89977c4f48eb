"""Messages, what people prefer, and what stands still."""

from typing import ClassVar

from django.db import models

from vliegwiel.foundation.people.models import Person
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Notice(models.Model):
    """A message that was decided (*bericht*): for one receiver, about one file, at one moment, once.

    `receiver` is the public id of a person, or a hash of an address without an account. `message_id` is that of the mail in the
    outbox, `handed_over_at` when the mail server took it. On paper `postal` holds the lines of the address until its `letter` is made.
    `told` says how someone was reached who could not be written to: by phone, at the desk.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    receiver = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    path = models.CharField(max_length=200, blank=True)
    moment = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    postal = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    told = models.CharField(max_length=20, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["receiver", "about_kind", "about_id", "moment"], name="notice_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["about_id"], name="notice_about"),
            models.Index(
                fields=["channel", "id"],
                condition=models.Q(message_id="", letter="", told="", channel__in=["weekly", "post"]),
                name="notice_waiting",
            ),
            models.Index(
                fields=["message_id"], condition=models.Q(handed_over_at=None) & ~models.Q(message_id=""), name="notice_underway"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment} ({self.public_id})"


class Preference(models.Model):
    """How someone wants to get one kind of message (*voorkeur*); what nobody chose goes the usual way.

    `receiver` is as for Notice. `how` is empty when they chose on the site; otherwise how they told us: on paper, by phone, at the desk.
    """

    receiver = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    how = models.CharField(max_length=20, blank=True)
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["receiver", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"


class Pause(models.Model):
    """Reminders that stand still (*herinneringen stilgezet*): of one kind or all, about one file or all, from a day until a day.

    `lifted_at`: someone let them go again before that day.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    reminder = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=80, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    set_by = models.CharField(max_length=20, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")), name="pause_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reminder or 'all'} {self.about_id} from {self.starts}"
