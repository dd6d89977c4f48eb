"""Payments: asked for, gathered in a batch that two persons release, and confirmed by the bank."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.iban import shown_iban
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class BatchState(models.TextChoices):
    """How far a batch is."""

    PREPARED = "prepared", "klaargezet"
    APPROVED = "approved", "vrijgegeven"
    SENT = "sent", "aan de bank gegeven"
    RETURNED = "returned", "teruggegeven"


class PaymentBatch(models.Model):
    """Payments that go to the bank in one file (*betaalbatch*). Who released it is not who prepared it (four eyes).

    `account` and `account_name` are of the province. `message_id` names the file and never comes twice. `total` is in cents.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    message_id = models.CharField(max_length=35, unique=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.PREPARED)
    account = models.CharField(max_length=34)
    account_name = models.CharField(max_length=70)
    execute_on = models.DateField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    prepared_by = models.CharField(max_length=20)
    prepared_at = models.DateTimeField(default=clock.now)
    released_by = models.CharField(max_length=20, blank=True)
    mandate = models.CharField(max_length=12, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["prepared", "returned"])
                | (~models.Q(released_by="") & ~models.Q(released_by=models.F("prepared_by"))),
                name="batch_four_eyes",
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0, total__gt=0), name="batch_is_not_empty"),
        ]
        indexes = [models.Index(fields=["province", "state"], name="batch_by_state")]

    def __str__(self) -> str:
        return self.message_id

    @property
    def money(self) -> Money:
        """The total."""
        return Money(self.total)

    @property
    def account_shown(self) -> str:
        """The account as people read it."""
        return shown_iban(self.account)


class PaymentState(models.TextChoices):
    """How far a payment is."""

    ASKED = "asked", "te betalen"
    HELD = "held", "wacht: nieuw rekeningnummer"
    BATCHED = "batched", "in een batch"
    PAID = "paid", "betaald"
    FAILED = "failed", "mislukt"
    WITHDRAWN = "withdrawn", "ingetrokken"


#: On its way: the money is committed and may not be used for anything else.
PENDING = (PaymentState.ASKED, PaymentState.HELD, PaymentState.BATCHED)


class Payment(models.Model):
    """A payment (*betaling*) that was asked for about a file, once per `key`. Its public id is the end-to-end reference at the bank.

    `held` is where the account differs from the one used before for this file or payee: a second person checks it first, and who was
    the `contact` before (public id of a person) hears of it. The name and account are needed to pay and are destroyed with the file at
    the end of its term; the ledger does not hold them.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    about_title = models.CharField(max_length=160, blank=True)
    about_path = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.ASKED)
    payee = models.CharField(max_length=12, blank=True)
    payee_name = models.CharField(max_length=70)
    contact = models.CharField(max_length=12, blank=True)
    account = models.CharField(max_length=34)
    cents = models.BigIntegerField()
    due_on = models.DateField()
    reference = models.CharField(max_length=140)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    asked_by = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=clock.now)
    account_checked_by = models.CharField(max_length=20, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "key"], name="payment_once"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(state="paid", paid_on__isnull=False) | (~models.Q(state="paid") & models.Q(paid_on=None)),
                name="payment_paid_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(account_checked_by="") | ~models.Q(account_checked_by=models.F("asked_by")),
                name="payment_account_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "state", "due_on"], name="payment_list"),
            models.Index(fields=["payee", "state"], name="payment_of_payee"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(self.cents)

    @property
    def account_shown(self) -> str:
        """The account as people read it."""
        return shown_iban(self.account)
