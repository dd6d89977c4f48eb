"""Areas per year, where their borders lie, how old areas became new ones, and sets of areas that form a region or village."""

from django.db import models

from vliegwiel.kernel.area_code import Level


class Area(models.Model):
    """An area (*gebied*) as it was in one year; the same code in another year may be another place.

    `change_mark` is what CBS says about the year before (*indelingswijziging*); empty when it says nothing.
    """

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
    change_mark = models.CharField(
        max_length=1, blank=True, choices=[("1", "ongewijzigd"), ("2", "andere code"), ("3", "andere grens")]
    )
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="area_code_and_year_once")]
        indexes = [
            models.Index(fields=["year", "level", "province_code", "search_name"], name="area_level"),
            models.Index(fields=["year", "municipality_code", "level", "search_name"], name="area_municipality"),
            models.Index(fields=["year", "postcode"], name="area_postcode"),
            models.Index(fields=["year", "search_name"], name="area_search"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.year})"


class AreaImport(models.Model):
    """One reading of a file with areas: which file, for which year, and how many areas or links were new or completed."""

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


class AreaLink(models.Model):
    """An old area that went to a new one (*herindeling*), somewhere after `old_year` and at the latest in `new_year`.

    Basis "whole": all of the old area went to the new one, and `share` is 1. Basis "land": only this share of its land did, which says
    nothing about its people.
    """

    old_code = models.CharField(max_length=12)
    old_year = models.PositiveSmallIntegerField()
    old_name = models.CharField(max_length=120, blank=True)
    new_code = models.CharField(max_length=12)
    new_year = models.PositiveSmallIntegerField()
    new_name = models.CharField(max_length=120, blank=True)
    share = models.FloatField()
    basis = models.CharField(max_length=5, choices=[("whole", "geheel"), ("land", "landoppervlak")])
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old_code", "old_year", "new_code", "new_year"], name="area_link_once"),
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=1), name="area_link_share"),
            models.CheckConstraint(condition=models.Q(basis="land") | models.Q(share=1), name="area_link_whole_is_all"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} {self.old_year} → {self.new_code} {self.new_year}"


class AreaSet(models.Model):
    """What makes an area of our own: a region of municipalities, or a village (*kern*) of neighbourhoods.

    The fit of a village has two parts, from 0 to 1: the share of residents of the set who live outside the village, and the share of
    residents of the village who live outside the set. Empty when nobody knows.
    """

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="made_of")
    origin = models.TextField()
    content_hash = models.CharField(max_length=64)
    outside_village = models.FloatField(null=True, blank=True)
    outside_set = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.area}: {self.origin}"


class AreaMember(models.Model):
    """One part of an area of our own, by its code in the same year."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="members")
    code = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="area_member_once")]

    def __str__(self) -> str:
        return f"{self.code} in {self.area}"
