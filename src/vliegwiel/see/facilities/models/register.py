"""The register: facilities with what is known of each and since when, the files they came from, and what residents said of them."""

from datetime import date
from typing import ClassVar

from django.db import models

from vliegwiel.catalogue.facilities import FacilityKind, facility_words
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id

#: Values of a facility that each keep their own source and date.
SOURCED = (
    "name", "address", "postcode", "opening", "capacity", "cost", "cost_note", "accessible", "access_details", "rooms", "takes_new",
    "waiting_days",
)  # fmt: skip


class Facility(models.Model):
    """A facility (*voorziening*): a place that people go to, with its point in RD metres.

    `key` tells it apart within its source: the number that the source gives, or a hash of kind, name and place. `sourced` maps each
    known value to [source, date] of whoever checked it last. An empty value is unknown: it is never taken for "no". `cost`,
    `accessible` and `access_details` (a list) are keys of catalogue/facilities.yml, `takes_new` is "ja" or "nee". `area` is the
    neighbourhood it lies in. `more_at` is the page on which another room tells who runs it and how it is used.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=120)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    municipality = models.CharField(max_length=6)
    municipality_name = models.CharField(max_length=80)
    area = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    x = models.IntegerField()
    y = models.IntegerField()
    opening = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    cost = models.CharField(max_length=20, blank=True)
    cost_note = models.CharField(max_length=200, blank=True)
    accessible = models.CharField(max_length=10, blank=True)
    access_details = models.JSONField(default=list, blank=True)
    rooms = models.CharField(max_length=300, blank=True)
    takes_new = models.CharField(max_length=3, blank=True)
    waiting_days = models.PositiveIntegerField(null=True, blank=True)
    sourced = models.JSONField(default=dict)
    checked_on = models.DateField(null=True, blank=True)
    more_at = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "source", "key"], name="facility_once")]
        indexes: ClassVar = [
            models.Index(fields=["province", "kind", "municipality", "name", "id"], name="facility_kind"),
            models.Index(fields=["province", "municipality", "name", "id"], name="facility_municipality"),
            models.Index(fields=["province", "name", "id"], name="facility_name"),
            models.Index(fields=["changed_at"], name="facility_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/voorzieningen/{self.public_id}"

    @property
    def kind_of(self) -> FacilityKind:
        """Its kind, from the catalogue."""
        return facility_words().kinds[self.kind]

    def told_by(self, name: str) -> tuple[str, date] | None:
        """Source and date of one value; None when nobody told it."""
        found = self.sourced.get(name)
        return (found[0], date.fromisoformat(found[1])) if found else None


class FacilityImport(models.Model):
    """One reading of a file of facilities (*levering van voorzieningen*): what it did, and which rows were wrong."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    source = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    missing = models.PositiveIntegerField(default=0)
    wrong = models.JSONField(default=list)
    by = models.CharField(max_length=20)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "-imported_at"], name="facility_import_newest")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.added} + {self.changed}"


class MistakeReport(models.Model):
    """What somebody said is wrong at a facility (*klopt dit niet?*), and what the owner of the register answered.

    Nobody's name or address is kept: who reports gets a link with a key of its own. `person` is only there for who was signed in.
    """

    STATES: ClassVar = [("open", "nieuw"), ("mended", "verbeterd"), ("right", "het klopte al"), ("passed", "doorgegeven")]

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="reports")
    about = models.CharField(max_length=20)
    text = models.CharField(max_length=600)
    person = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    answer = models.CharField(max_length=600, blank=True)
    by = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "made_at"], name="mistake_waiting")]

    def __str__(self) -> str:
        return f"{self.facility}: {self.about}"


class FacilityNorm(models.Model):
    """A norm (*norm voor bereikbaarheid*) that an installation follows: a kind within so many minutes by a way of travelling.

    Nothing ships: what counts as near enough is decided somewhere, and `source` says where. It holds from `valid_from`, until
    `ended_on` when that is there. `status` says how firm it is: law, decided by a council, or an aim.
    """

    STATUSES: ClassVar = [("wet", "wettelijk"), ("besluit", "besloten"), ("streven", "streven")]

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=20)
    profile = models.CharField(max_length=5)
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=STATUSES)
    valid_from = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=20)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=240), name="norm_of_minutes"),
        ]
        indexes: ClassVar = [models.Index(fields=["province", "kind", "profile"], name="norm_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.minutes} min"
