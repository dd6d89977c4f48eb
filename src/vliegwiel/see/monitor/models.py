"""Scans of plans on brede welvaart, and the advice that was asked on them."""

from django.db import models
from django.utils.translation import gettext as _

from vliegwiel.kernel.ids import public_id


class Scan(models.Model):
    """A scan (*brede-welvaartscan*): what a plan does for people here and now, later and elsewhere.

    `effects` maps "theme/time" to {"effect", "why"}; `groups` maps a group to {"effect", "why"}; `version` grows with every save, so that
    two people who edit at once do not overwrite each other.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=12)
    organisation = models.CharField(max_length=12)
    author = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    plan = models.TextField()
    area_code = models.CharField(max_length=12, blank=True)
    area_year = models.PositiveSmallIntegerField(null=True)
    effects = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)
    side_effects = models.TextField(blank=True)
    goals = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["province", "organisation", "-changed_at"], name="scan_of_organisation")]

    def __str__(self) -> str:
        return self.title


class ScanAdvice(models.Model):
    """Advice (*advies*) on a scan: asked from a named person in a function, on a day, and what they answered."""

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="advice")
    name = models.CharField(max_length=80)
    function = models.CharField(max_length=120)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"


class IndexRelease(models.Model):
    """A release of an own estimate (*vrijgave*): of the index on pressure for one province and year, or of another room.

    `receipt` is the hash of how it was made: other figures give another one, and need a release of their own. The municipalities see
    it from `shown_on`, everybody from `public_from`. `about` is empty for the index; of another room it is the public id of what is
    released, with the `title` and `path` it is shown under. Never changed.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    receipt = models.CharField(max_length=64)
    about = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=160, blank=True)
    path = models.CharField(max_length=200, blank=True)
    shown_on = models.DateField()
    public_from = models.DateField()
    made_up = models.BooleanField(default=False)
    released_by = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "year", "receipt"], name="outcome_released_once"),
            models.CheckConstraint(condition=models.Q(public_from__gt=models.F("shown_on")), name="shown_before_public"),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.year}: {self.public_from}"

    @property
    def heading(self) -> str:
        """What it is called on screen."""
        return self.title or _("Waar stapelt het zich op in {year}?").format(year=self.year)


class IndexNote(models.Model):
    """The note of a municipality (*toelichting*) beside a release of the index: one each, written before the release is public."""

    release = models.ForeignKey(IndexRelease, on_delete=models.PROTECT, related_name="notes")
    municipality = models.CharField(max_length=6)
    text = models.CharField(max_length=600)
    written_by = models.CharField(max_length=20)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "municipality"], name="one_note_per_municipality")]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.text[:40]}"
