"""The application itself, who is in it, what it costs, and every change of its term."""

from django.db import models
from django.db.models.functions import Lower

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import NAMES, State


class FileSeries(models.Model):
    """The last file number given in a year (*nummerreeks*). It moves by one conditional update in the transaction that uses the number,
    so that a number is never given twice and none is skipped."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class ApplicantKind(models.TextChoices):
    """Who asks: the register names organisations only."""

    PERSON = "person", "inwoner"
    GROUP = "group", "groep inwoners"
    ORGANISATION = "organisation", "organisatie"


class Channel(models.TextChoices):
    """How the application came in; all are equal (Awb 2:13)."""

    WEB = "web", "digitaal"
    PAPER = "paper", "op papier"
    PHONE = "phone", "telefonisch of aan de balie"
    OWN = "own", "ambtshalve"


class Application(models.Model):
    """An application for a grant (*aanvraag*). It gets its file number when it is received. Amounts asked, advised and awarded stand
    apart. `applicant`, `organisation`, `call`, `version` are public ids; `revision` grows with each save, so that two at once are seen.

    `answers` are plain values by question; `withheld` holds the reasons for what someone keeps to themselves (Awb 4:3), `later` the keys
    of documents that follow. What came on paper or by phone has no `applicant` with an account; `entered_by` is who typed it in, and
    `received_at` is not known when only a date was stamped. The name is that of the organisation, when one asks; `account_name` is who
    holds the bank account (*tenaamstelling*).

    A grant that rests on no scheme (Awb 4:23(3)) has no `call`: it counts on the budget line `line` and is registered ex officio.
    One of a former administration may go on under a scheme of ours: `goes_on_under` is its key, under which it counts as a year (4:51).

    Who was refused for a full ceiling waits for money that comes free, until they said, on `left_line_on`, that they no longer want it.

    `reached` are the pages that were saved and `seconds` the time spent on them: of these only counts without a person are kept per
    scheme."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=11, unique=True, null=True)
    state = models.CharField(max_length=14, choices=[(state.value, NAMES[state]) for state in State], default=State.DRAFT.value)
    revision = models.PositiveIntegerField(default=1)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    call = models.CharField(max_length=12, blank=True)
    scheme = models.CharField(max_length=60)
    scheme_title = models.CharField(max_length=120)
    version = models.CharField(max_length=12)
    regulation_hash = models.CharField(max_length=64)
    applicant = models.CharField(max_length=12, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    applicant_kind = models.CharField(max_length=12, choices=ApplicantKind.choices, default=ApplicantKind.PERSON)
    applicant_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    kvk = models.CharField(max_length=8, blank=True)
    account = models.CharField(max_length=34, blank=True)
    account_name = models.CharField(max_length=70, blank=True)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB)
    title = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=dict)
    withheld = models.JSONField(default=dict)
    later = models.JSONField(default=list)
    entered_by = models.CharField(max_length=20, blank=True)
    reached = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(default=0)
    asked = models.BigIntegerField(default=0)
    advised = models.BigIntegerField(null=True)
    awarded = models.BigIntegerField(null=True)
    ceiling = models.CharField(max_length=12, blank=True)
    line = models.CharField(max_length=12, blank=True)
    goes_on_under = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    complete_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    left_line_on = models.DateField(null=True)
    made_up = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "signing"], number=None)
                | (~models.Q(state__in=["draft", "signing"]) & models.Q(number__isnull=False, received_on__isnull=False)),
                name="number_from_receipt",
            ),
            models.CheckConstraint(condition=models.Q(asked__gte=0), name="asked_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(awarded=None) | models.Q(awarded__gte=0, awarded__lte=models.F("asked")),
                name="awarded_within_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "state", "due_on"], name="application_inbox"),
            models.Index(fields=["call", "state", "complete_on"], name="application_of_call"),
            models.Index(fields=["applicant", "-changed_at"], name="application_of_person"),
            models.Index(fields=["organisation"], name="application_of_organisation"),
            models.Index(fields=["kvk"], name="application_of_kvk"),
            models.Index(fields=["account"], name="application_of_account"),
            models.Index(Lower("title"), name="application_of_title"),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id

    @property
    def stands(self) -> State:
        """The state as a member of the table."""
        return State(self.state)

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # instead of the one Django makes
        """The state in words; what Django makes for this puts every state into words first, for each row of a list."""
        return str(NAMES[self.stands])

    @property
    def asked_money(self) -> Money:
        """The amount asked."""
        return Money(self.asked)

    @property
    def awarded_money(self) -> Money | None:
        """The amount awarded, when decided."""
        return None if self.awarded is None else Money(self.awarded)

    @property
    def advised_money(self) -> Money | None:
        """The amount advised, when there is an advice."""
        return None if self.advised is None else Money(self.advised)


class ParticipantRole(models.TextChoices):
    """What someone else does in an application."""

    CO_APPLICANT = "co_applicant", "vraagt mee aan"
    CASHIER = "cashier", "beheert het geld (penvoerder)"


class Participant(models.Model):
    """Someone who applies along (*medeaanvrager*, *penvoerder*): invited by e-mail, part of it once they accept with the account at that
    address. From then on the address is not kept here. Who signed on paper has a name and no account."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=14, choices=ParticipantRole.choices, default=ParticipantRole.CO_APPLICANT)
    email = models.EmailField(blank=True)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80, blank=True)
    invited_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], condition=~models.Q(email=""), name="participant_invited_once"
            ),
            models.UniqueConstraint(
                fields=["application", "person"], condition=~models.Q(person=""), name="participant_accepts_once"
            ),
            models.CheckConstraint(
                condition=models.Q(email="", accepted_at__isnull=False) & (~models.Q(person="") | ~models.Q(name=""))
                | models.Q(person="", accepted_at=None) & ~models.Q(email=""),
                name="address_until_accepted",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="participant_of_person")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class Purpose(models.TextChoices):
    """What is signed."""

    APPLICATION = "application", "aanvraag"
    DECISION = "decision", "besluit"


class Signature(models.Model):
    """A signature (*ondertekening*) of a person under a content, by its hash. It counts only for exactly that content; it is never
    changed. Each person signs a content once: a co-signature of one's own is impossible. One on paper has no person: `scan` is the
    public id of the paper on which it stands."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="signatures")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    mandate = models.CharField(max_length=12, blank=True)
    scan = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash", "person", "purpose"], condition=~models.Q(person=""), name="signs_a_content_once"
            ),
            models.UniqueConstraint(
                fields=["content_hash", "name", "purpose"], condition=models.Q(person=""), name="signs_on_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.content_hash[:12]}"


class BudgetSide(models.TextChoices):
    """The two sides of a budget."""

    COST = "cost", "kosten"
    COVER = "cover", "dekking"


class BudgetRow(models.Model):
    """One row of the budget (*begroting met dekkingsplan*): a cost of a kind of the regulation, or who pays (own, hours, fund, asked).
    Volunteers' hours stand on both sides: `hours` at `tariff` cents. `certain` says that another funder has promised it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget")
    side = models.CharField(max_length=5, choices=BudgetSide.choices)
    kind = models.CharField(max_length=80)
    text = models.CharField(max_length=120)
    cents = models.BigIntegerField(default=0)
    hours = models.PositiveIntegerField(null=True)
    tariff = models.PositiveIntegerField(null=True)
    certain = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(cents__gte=0), name="budget_row_is_not_negative")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.side} {self.kind}"

    @property
    def money(self) -> Money:
        """The amount of this row."""
        return Money(self.cents)


class ClockKind(models.TextChoices):
    """What changed a term."""

    START = "start", "de termijn begint"
    ASKED = "asked", "aanvulling gevraagd"
    COMPLETED = "completed", "aanvulling binnen"
    LAPSED = "lapsed", "de tijd om aan te vullen is voorbij"
    EXTENDED = "extended", "de termijn is verlengd"
    ENDED = "ended", "het besluit is verstuurd"


class ClockEvent(models.Model):
    """One change of the term (*wijziging van de termijn*) with article, reason and message; the date shown is recomputed from these
    events alone. `facts` holds the length and source at the start, the items asked at a request. Never changed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="clock")
    kind = models.CharField(max_length=10, choices=ClockKind.choices)
    on = models.DateField()
    until = models.DateField(null=True)
    article = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
