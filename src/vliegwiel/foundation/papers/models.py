"""Papers that came in and letters that went out."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class ScanState(models.TextChoices):
    """What the virus scanner said."""

    WAITING = "wacht", "wacht op de virusscan"
    CLEAN = "schoon", "gescand: geen virus gevonden"
    INFECTED = "besmet", "er zit een virus in"
    NOT_SCANNED = "niet-gescand", "niet op virussen gescand"


class Paper(models.Model):
    """A document that came in (*stuk*), about a record of any room (`about_kind`, `about_id`), typed by `kind`, in versions from 1.

    `sha256` is of the bytes that are kept, after place and camera were taken out of a photo; empty while `token` says where in
    quarantine they wait.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=32, blank=True)
    scan_state = models.CharField(max_length=15, choices=ScanState.choices)
    confidential = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=clock.now)
    received_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "kind", "version"], name="paper_version_once"),
            models.CheckConstraint(condition=~models.Q(sha256="") | ~models.Q(token=""), name="paper_lies_somewhere"),
        ]
        indexes: ClassVar = [models.Index(fields=["scan_state"], name="paper_scan_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} ({self.public_id})"


class Letter(models.Model):
    """A letter that was issued (*brief*): never changed, see `guard`. `sha256` is of its PDF; `draft_hash` of every word of it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5)
    draft = models.JSONField()
    draft_hash = models.CharField(max_length=64)
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    dated = models.DateField()
    made_up = models.BooleanField(default=False)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about_kind", "about_id"], name="letter_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} ({self.public_id})"


class PrintJob(models.Model):
    """A letter that goes by post (*te printen*): for who does not want digital mail. Empty `printed_at`: still to print."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="print_job")
    province = models.CharField(max_length=4)
    asked_at = models.DateTimeField(default=clock.now)
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.letter_id}: {'printed' if self.printed_at else 'to print'}"
