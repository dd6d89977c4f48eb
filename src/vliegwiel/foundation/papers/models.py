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
    UNSCANNABLE = "onleesbaar", "de virusscan kan dit bestand niet lezen"
    LOST = "kwijt", "kwijtgeraakt vóór de virusscan"


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
    """A letter that was issued (*brief*): never changed, see `guard`. `sha256` is of its PDF; `draft_hash` of every word of it.

    `until` is the last day to object or appeal that the letter names.
    """

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
    until = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about_kind", "about_id"], name="letter_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} ({self.public_id})"


class Way(models.TextChoices):
    """How a letter goes."""

    MAIL = "mail", "per e-mail"
    POST = "post", "op papier, met de post"


class Sending(models.Model):
    """How a letter goes to who it is for (*verzending*), decided once; empty `sent_at`: still to print and post.

    A `copy` is one more print of a letter that went before: for who does not want it digital after all. The day of `sent_at` is that on
    which the letter was made known (*bekendmaking*, Awb 3:41).
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="sendings")
    province = models.CharField(max_length=4)
    way = models.CharField(max_length=5, choices=Way.choices)
    copy = models.BooleanField(default=False)
    decided_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter"], condition=models.Q(copy=False), name="letter_sent_once"),
            models.UniqueConstraint(fields=["letter"], condition=models.Q(copy=True, sent_at=None), name="one_copy_waits"),
        ]
        indexes: ClassVar = [models.Index(fields=["province", "id"], condition=models.Q(sent_at=None), name="letters_to_print")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.way}"


class Batch(models.Model):
    """Letters that were made ready together (*stapel brieven*), to be proof-read and then released.

    `purpose` names what happens when one of them goes, see `batches.BatchPurpose`; `key` keeps the same batch from being made twice.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "purpose", "key"], condition=~models.Q(key=""), name="batch_made_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.public_id})"


class RowState(models.TextChoices):
    """Where a letter of a batch is."""

    READY = "klaar", "klaar om te gaan"
    HELD = "vast", "vastgehouden"
    RELEASED = "vrij", "vrijgegeven, gaat zo weg"
    ISSUED = "weg", "verstuurd"
    REFUSED = "geweigerd", "niet gelukt"


class BatchLetter(models.Model):
    """One letter of a batch (*brief in een stapel*), about one record, for one person; a draft until it is issued.

    `why` says why it is held or did not go. `read_by` proof-read it; `released_by`, acting for `released_for`, let it go.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    about_path = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    draft = models.JSONField()
    state = models.CharField(max_length=10, choices=RowState.choices)
    why = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=20, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=20, blank=True)
    released_for = models.CharField(max_length=20, blank=True)
    letter = models.OneToOneField(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="batch_row")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="weg", letter__isnull=False) | (~models.Q(state="weg") & models.Q(letter=None)),
                name="sent_row_has_its_letter",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state"], condition=models.Q(state="vrij"), name="released_rows")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}: {self.state}"
