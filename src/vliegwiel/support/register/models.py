"""What the public reads of decisions on subsidies."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money

AWARDS = ("grant", "partial", "at_once", "conditional")


class EntryKind(models.TextChoices):
    """What was decided."""

    GRANT = "grant", "toegekend"
    PARTIAL = "partial", "deels toegekend"
    AT_ONCE = "at_once", "meteen vastgesteld"
    CONDITIONAL = "conditional", "toegekend onder voorwaarde"
    REFUSAL = "refusal", "afgewezen"
    NOT_TREATED = "not_treated", "niet behandeld"


class RegisterEntry(models.Model):
    """A decision in the register (*regel van het subsidieregister*). `recipient` is empty for who is not named (*particulier*).

    `decision` is the public id of the decision, so that it is entered once; `public_from` the first day on which it is seen;
    `beyond` the article that let it pass its ceiling, when one did. Of a refusal only scheme and dates are kept.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    decision = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=11, blank=True)
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    scheme = models.CharField(max_length=60)
    scheme_title = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=240, blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    recipient_number = models.CharField(max_length=20, blank=True)
    municipality = models.CharField(max_length=6, blank=True)
    municipality_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120, blank=True)
    conditions = models.TextField(blank=True)
    amount = models.BigIntegerField(default=0)
    beyond = models.CharField(max_length=10, blank=True)
    decided_on = models.DateField()
    year = models.PositiveSmallIntegerField()
    public_from = models.DateField()
    made_up = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AWARDS, amount__gt=0)
                | models.Q(kind__in=["refusal", "not_treated"], amount=0, recipient="", title="", number=""),
                name="a_refusal_is_only_counted",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "-public_from", "-id"], name="register_newest", condition=models.Q(amount__gt=0)),
            models.Index(fields=["scheme", "year", "-public_from", "-id"], name="register_of_scheme"),
            models.Index(fields=["municipality", "-public_from", "-id"], name="register_of_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.decision}"

    @property
    def money(self) -> Money:
        """The amount granted by this decision."""
        return Money(self.amount)

    @property
    def recipient_name(self) -> str:
        """Who got it, as the public reads it."""
        return self.recipient or "particulier"


class ChangeKind(models.TextChoices):
    """What happened later."""

    DETERMINED = "determined", "vastgesteld"
    CHANGED = "changed", "gewijzigd"
    WITHDRAWN = "withdrawn", "ingetrokken"


class RegisterChange(models.Model):
    """A determination, change or withdrawal (*vaststelling, wijziging, intrekking*) with the amount from then on; `key` makes it once."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    key = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    decided_on = models.DateField()
    public_from = models.DateField()
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "key"], name="register_change_once")]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"

    @property
    def money(self) -> Money:
        """The amount from then on."""
        return Money(self.amount)


class RegisterGiver(models.Model):
    """Who else pays for the same plan (*medegever*), by the number of the file: both givers are named. A later row of the same giver takes
    the place of an earlier one; an amount of zero takes it away. It is seen once the decision itself is; `key` makes it once."""

    province = models.CharField(max_length=4)
    number = models.CharField(max_length=11)
    name = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    key = models.CharField(max_length=40)
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "number", "key"], name="giver_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="giver_gives"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"

    @property
    def money(self) -> Money:
        """What this giver pays."""
        return Money(self.amount)


class RegisterWord(models.Model):
    """A word by which an entry is found (*zoekwoord*), plain and in lower case."""

    word = models.CharField(max_length=40)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "entry"], name="register_word_once")]

    def __str__(self) -> str:
        return self.word
