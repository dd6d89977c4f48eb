"""Entries, and the seals that chain them. Written once, never changed: see `guard`."""

from django.db import models

from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.ids import public_id


class Result(models.TextChoices):
    """What came of it."""

    DONE = "gedaan", "gedaan"
    READ = "gelezen", "gelezen"
    REFUSED = "geweigerd", "geweigerd"
    FAILED = "mislukt", "mislukt"


class Entry(models.Model):
    """One line of the trail (*logregel*, BIO2 8.15.01): references and hashes, never names or texts.

    `reason` is the code of a refusal or the kind of fault. `province` is the code of the province that owns what it is about; empty
    only for what is of the whole installation, such as national figures, or of a person alone. `content_hash` is the SHA-256 of
    everything else but the number.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    reason = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    province = models.CharField(max_length=4, blank=True)
    facts = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["object_id"], name="entry_object"),
            models.Index(fields=["actor_id"], name="entry_actor"),
            models.Index(fields=["action"], name="entry_action"),
            models.Index(fields=["province"], name="entry_province"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}: {self.result}"

    def computed_hash(self) -> str:
        """The hash of the content as it is now; differs from `content_hash` when the entry was changed."""
        names = [field.name for field in self._meta.concrete_fields if field.name not in ("id", "content_hash")]
        return content_hash({name: getattr(self, name) for name in names})


class Counterfoil(models.Model):
    """What stays behind of an entry until it is sealed (*strook*): its number and hash, kept apart from the entry itself.

    Written in the transaction of the entry; the database lets it go only when the entry is in a seal. So an entry that is taken away
    before it is sealed leaves its counterfoil, and the sealer reads this short list instead of the whole trail. On purpose no foreign
    key: it must outlive its entry.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    content_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.content_hash[:12]}"


class Seal(models.Model):
    """A link of the chain (*zegel*): its hash covers the seal before it and the hashes of its entries.

    `previous_hash` is unique, so that two sealers at the same moment cannot both follow one seal.
    """

    number = models.PositiveIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"

    def computed_hash(self, entry_hashes: list[str]) -> str:
        """The hash over the seal before it, its number, its time and these entries in order."""
        return content_hash([self.previous_hash, self.number, self.sealed_at, entry_hashes])


class SealedEntry(models.Model):
    """Which seal holds an entry; each entry is sealed once."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="sealed")

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.seal_id}"
