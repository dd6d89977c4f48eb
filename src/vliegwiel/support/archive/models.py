"""Lists of destruction, the files on them, what is kept longer, and what stays of a file that is gone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.archive.lifecycle import How, ListState, RowState


class ListSeries(models.Model):
    """The last number of a list given in a year (*nummerreeks*); one conditional update gives the next."""

    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "year"], name="list_series_once")]

    def __str__(self) -> str:
        return f"{self.province} {self.year}: {self.last}"


class DestructionList(models.Model):
    """A list of files that may go (*vernietigingslijst*, or *lijst van overbrenging*). It names codes and dates, never people.

    Who decided is not who proposed. `content_hash` is of the rows as they were approved; `receipt` is what the archive gave for files
    that were handed over; `why` says why a list was returned.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=14)
    province = models.CharField(max_length=4)
    how = models.CharField(max_length=8, choices=How.choices)
    state = models.CharField(max_length=8, choices=ListState.choices, default=ListState.PROPOSED)
    proposed_by = models.CharField(max_length=20)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    receipt = models.CharField(max_length=120, blank=True)
    why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "number"], name="list_number_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by="")
                | ~Q(state="proposed") & ~Q(decided_by="") & ~Q(decided_by=F("proposed_by")),
                name="another_person_decides_on_a_list",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"]) | ~Q(content_hash=""), name="approved_list_is_fixed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"], how="transfer") | ~Q(receipt=""), name="transfer_has_a_receipt"
            ),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.number


class ListedFile(models.Model):
    """A file on a list (*dossier op een vernietigingslijst*). When it is done, this row is what stays of it, with its tombstones.

    `key` is the kind in `catalogue/retention.yml`, `ground` the list or law it rests on; the term ran from `since` to `ends`. `record_hash`
    is the SHA-256 of all rows as they were, `rows` and `papers` how many went. `why`: why it was left out or could not go after all.
    """

    on = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="files")
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=12)
    number = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=40)
    ground = models.CharField(max_length=160)
    since = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, choices=RowState.choices, default=RowState.WAITING)
    why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    record_hash = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(state__in=["waiting", "done"]), name="file_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) & ~Q(record_hash="") | ~Q(state="done") & Q(done_at=None),
                name="gone_file_has_day_and_hash",
            ),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.number or self.object_id


class Tombstone(models.Model):
    """A name under which a file that is gone could be found (*grafsteen*): its id or number, or those of what hung on it. So that a link to
    it says what happened."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(ListedFile, on_delete=models.PROTECT, related_name="tombstones")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Keeping(models.Model):
    """A file that stays longer (*uitzondering van vernietiging*): until a day, or for ever, and then it goes to the archive. `lifted_on`:
    someone ended it before that."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=12)
    number = models.CharField(max_length=20, blank=True)
    why = models.TextField()
    until = models.DateField(null=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    lifted_on = models.DateField(null=True)
    lifted_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], condition=Q(lifted_on=None), name="file_kept_once"),
            models.CheckConstraint(condition=~Q(why=""), name="keeping_says_why"),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.number or self.object_id
