"""Releases and what they hold, and what people answered about columns. The values themselves lie in columns on disk."""

from django.db import models

from vliegwiel.kernel.ids import public_id


class Release(models.Model):
    """An immutable delivery (*levering*) of figures from one source. It is withdrawn or followed up, never changed.

    `levels` are the kinds of area it holds, as the first two letters of their codes with a comma between. `published_estimated`: no source
    gives the date of publication; it only serves to put vintages in order. `note` is what everybody must read beside its figures.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    family = models.CharField(max_length=40)
    table = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64, unique=True)
    area_year = models.PositiveSmallIntegerField()
    published = models.DateField()
    published_estimated = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=[("voorlopig", "voorlopig"), ("definitief", "definitief")])
    levels = models.CharField(max_length=40, blank=True)
    area_count = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    made_up = models.BooleanField(default=False)
    imported_at = models.DateTimeField()
    receipt = models.JSONField()

    def __str__(self) -> str:
        return f"{self.title} ({self.table}, {self.published})"


class ReleaseColumn(models.Model):
    """One indicator for one period within a release. `confidence` (0–1) when the source gives a margin."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="columns")
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=24)
    source_key = models.CharField(max_length=200)
    known = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    confidence = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "indicator", "period"], name="column_once_per_release")]
        indexes = [models.Index(fields=["indicator", "period"], name="column_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class UnknownArea(models.Model):
    """A code in a release that is no known area of its year: kept on a list to settle, never part of a total."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="unknown_areas")
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="unknown_area_once")]

    def __str__(self) -> str:
        return self.code


class Withdrawal(models.Model):
    """The withdrawal (*intrekking*) of a release: one person proposes it with a reason, another one confirms it. Only then it counts.

    The reason is public. The release, its file and its place in the trail stay.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=400)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by="", confirmed_at__isnull=True)
                | (
                    models.Q(confirmed_at__isnull=False)
                    & ~models.Q(confirmed_by="")
                    & ~models.Q(confirmed_by=models.F("proposed_by"))
                ),
                name="withdrawn_by_two_persons",
            )
        ]

    def __str__(self) -> str:
        return self.reason


class ReceivedFile(models.Model):
    """A file that someone brought and that is not loaded yet, with what they say about it. The file itself lies in quarantine.

    `token` is the unguessable name of its folder. After loading `release` and `outcome` say what came of it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    token = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    received_by = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True)
    published = models.DateField(null=True)
    made_up = models.BooleanField(default=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name


class ColumnAnswer(models.Model):
    """What someone said a column of a family of tables is: an indicator, or nothing we keep (empty). Next year it is not asked again.

    `key` is the stem of the column, or `table:whole key` where a table has the stem twice.
    """

    family = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60, blank=True)
    answered_by = models.CharField(max_length=40)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "key"], name="column_answered_once")]

    def __str__(self) -> str:
        return f"{self.family} {self.key}: {self.indicator or 'weglaten'}"


class OwnIndicator(models.Model):
    """An indicator that this installation added to the catalogue; `record` has the same form as in the catalogue."""

    key = models.CharField(max_length=60, unique=True)
    record = models.JSONField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
