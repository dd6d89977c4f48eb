"""Contact by consent, and who follows a place or theme."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.initiatives.models.initiative import Initiative

MESSAGE_STATES = [
    ("unconfirmed", "nog niet bevestigd"),
    ("waiting", "wacht op antwoord"),
    ("answered", "beantwoord"),
    ("declined", "niet op ingegaan"),
    ("reported", "gemeld als misbruik"),
]


class ContactMessage(models.Model):
    """A message through the site to the people of an initiative, or of another record that takes messages (*contactbericht*).

    Of another record `kind` and `record` (public id) say which, with its `title`, `path` and `inbox` as they were. Neither side sees the
    address of the other. `sender` is the public id of who signed in; without an account `address` is kept until the message is done
    with, and `sender_code` (a hash) says who it was.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, default="initiative")
    record = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=120, blank=True)
    inbox = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=4)
    sender = models.CharField(max_length=12, blank=True)
    sender_code = models.CharField(max_length=64, db_index=True)
    address = models.EmailField(blank=True)
    called = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=MESSAGE_STATES)
    written_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(initiative__isnull=False, record="") | (models.Q(initiative=None) & ~models.Q(record="")),
                name="contact_is_to_one",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["initiative", "state", "-id"], name="contact_of_initiative"),
            models.Index(fields=["record", "state", "-id"], name="contact_of_record"),
            models.Index(fields=["state", "written_at"], name="contact_to_clean"),
        ]

    def __str__(self) -> str:
        return self.public_id


class BlockedSender(models.Model):
    """Who may not write through the site until a day (*geblokkeerde afzender*), by the hash of who they are."""

    sender_code = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    by = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"until {self.until}"


class Follow(models.Model):
    """Someone who wants to hear what happens near a place or in a theme (*volger*), with or without an account.

    `x` and `y` are the middle, in RD metres; `radius` is in metres; without a place both are empty and the whole province counts.
    Without an account the `address` counts once its owner confirmed it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12, blank=True, db_index=True)
    address = models.EmailField(blank=True)
    area = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    x = models.BigIntegerField(null=True, blank=True)
    y = models.BigIntegerField(null=True, blank=True)
    radius = models.PositiveIntegerField(null=True, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(x=None, y=None, radius=None) | models.Q(radius__gte=500, radius__lte=10_000),
                name="follow_radius_within_bounds",
            ),
            models.CheckConstraint(condition=models.Q(x__isnull=False) | ~models.Q(theme=""), name="follow_of_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "x", "y"], name="follow_point", condition=models.Q(confirmed_at__isnull=False)),
            models.Index(
                fields=["province", "theme"],
                name="follow_theme",
                condition=models.Q(confirmed_at__isnull=False, x=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_name} {self.theme}"


class FollowRun(models.Model):
    """One turn of telling followers (*ronde*): what was first shown after `since` and until `until`; open until everybody was told."""

    province = models.CharField(max_length=4)
    since = models.DateTimeField()
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "since"], name="follow_run_once")]

    def __str__(self) -> str:
        return f"{self.province} {self.until}"
