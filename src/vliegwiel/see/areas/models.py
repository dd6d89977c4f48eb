"""Areas per year, where their borders lie, and how old areas became new ones."""

from django.db import models

from vliegwiel.kernel.area_code import Level


class Area(models.Model):
    """An area (*gebied*) as it was in one year; the same code in another year may be another place."""

    LEVELS = [(level.value, level.value) for level in Level]

    code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120)
    district_code = models.CharField(max_length=12, blank=True)
    municipality_code = models.CharField(max_length=12, blank=True)
    municipality_name = models.CharField(max_length=120, blank=True)
    province_code = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="area_code_and_year_once")]
        indexes = [
            models.Index(fields=["year", "level", "province_code"], name="area_level"),
            models.Index(fields=["year", "municipality_code"], name="area_municipality"),
            models.Index(fields=["year", "postcode"], name="area_postcode"),
            models.Index(fields=["year", "search_name"], name="area_search"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.year})"


class AreaImport(models.Model):
    """One reading of a file with areas: which file, for which year, and how many areas were new or completed."""

    year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    changed = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file_name} ({self.year})"


class BorderSet(models.Model):
    """Borders of one level in one year from one file, kept as GeoParquet named by its content."""

    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=Area.LEVELS)
    file_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    made_up = models.BooleanField(default=False)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "level", "content_hash"], name="border_set_once")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.count} × {self.level} {self.year}"
