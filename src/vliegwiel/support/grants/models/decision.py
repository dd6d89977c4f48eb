"""The decision, what the recipient must do, and when money is paid."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models.application import Application


class DecisionKind(models.TextChoices):
    """What is decided."""

    GRANT = "grant", "toekennen"
    PARTIAL = "partial", "deels toekennen"
    AT_ONCE = "at_once", "meteen vaststellen"
    CONDITIONAL = "conditional", "toekennen onder voorwaarde"
    REFUSAL = "refusal", "afwijzen"
    NOT_TREATED = "not_treated", "niet behandelen"


#: The ledger ground of money that came free under a ceiling after it had run out.
FREED = "freed"
#: Kinds that award money.
AWARDING = frozenset({DecisionKind.GRANT, DecisionKind.PARTIAL, DecisionKind.AT_ONCE, DecisionKind.CONDITIONAL})


class HearingForm(models.TextChoices):
    """How someone gave their views: they choose themselves (Awb 4:9)."""

    WRITTEN = "written", "schriftelijk"
    SPOKEN = "spoken", "mondeling"


class SkipGround(models.TextChoices):
    """Grounds on which views need not be asked. The last holds only where no refusal on 4:35 and no withdrawal is at stake (4:12(2))."""

    URGENT = "4:11a", "er is te veel haast bij (4:11, onder a)"
    HEARD = "4:11b", "de aanvrager kon eerder reageren en er is niets nieuws (4:11, onder b)"
    SECRET = "4:11c", "het doel lukt alleen als de aanvrager het niet vooraf weet (4:11, onder c)"
    REVERSIBLE = "4:12", "het besluit gaat over geld en bezwaar maakt alles weer goed (4:12, eerste lid)"


class Hearing(models.Model):
    """Views of the applicant before an adverse decision (*zienswijze*, Awb 4:7–4:12): asked with what is intended and why, until a day; or
    skipped on a ground. `views` is what they wrote or said, as written down."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="hearings")
    intention = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    asked_on = models.DateField(null=True)
    until = models.DateField(null=True)
    letter = models.CharField(max_length=12, blank=True)
    form = models.CharField(max_length=8, choices=HearingForm.choices, blank=True)
    views = models.TextField(blank=True)
    received_on = models.DateField(null=True)
    skip_ground = models.CharField(max_length=6, choices=SkipGround.choices, blank=True)
    skip_why = models.TextField(blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(skip_ground="", until__isnull=False, asked_on__isnull=False)
                | models.Q(asked_on=None, received_on=None) & ~models.Q(skip_ground="") & ~models.Q(skip_why=""),
                name="views_asked_or_skipped_on_a_ground",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class Decision(models.Model):
    """A decision (*beschikking*). What it says is fixed by `content_hash`, which each signature names; afterwards only once each: taken,
    returned, sent. `version_why` is the transitional article or rule that made this version of the scheme hold.

    `grounds`: [{"key", "article", "text"}] of what is refused. `facts_differ` says that a refusal rests on facts other than the applicant
    gave (Awb 4:7). `consent_weighed` and `views_answer` answer the municipality and the applicant; `said_along` is what the letter says on
    questions of rooms above, such as a notice (4:51). `public_title` is what the
    register shows; `division` is the public id of the division it follows. `replaces` is the decision whose place it takes: after an
    objection (Awb 7:11), or, when it `comes_back` on a refusal because money came free, once it is taken. `ledger_ground` is why its money
    is there: under the ceiling at the first decision, freed since, or by the article that lets it pass the ceiling."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    asked = models.BigIntegerField()
    advised = models.BigIntegerField(null=True)
    awarded = models.BigIntegerField(default=0)
    grounds = models.JSONField(default=list)
    summary = models.TextField()
    motivation = models.TextField()
    facts_differ = models.BooleanField(default=False)
    consent_weighed = models.TextField(blank=True)
    views_answer = models.TextField(blank=True)
    said_along = models.TextField(blank=True)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="decisions")
    public_title = models.CharField(max_length=120, blank=True)
    activity_ends = models.DateField(null=True)
    division = models.CharField(max_length=12, blank=True)
    version = models.CharField(max_length=12)
    version_why = models.TextField()
    ledger_ground = models.CharField(max_length=10, default="first")
    beyond = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=20)
    proposed_name = models.CharField(max_length=80, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    two_signatures = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=20, blank=True)
    taken_name = models.CharField(max_length=80, blank=True)
    came_from = models.CharField(max_length=14)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    sent_on = models.DateField(null=True)
    register_from = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(awarded=0) | models.Q(kind__in=["grant", "partial", "at_once", "conditional"]),
                name="only_an_award_awards",
            ),
            models.CheckConstraint(
                condition=models.Q(awarded__gte=0, awarded__lte=models.F("asked")), name="awards_within_asked"
            ),
            models.CheckConstraint(condition=~models.Q(motivation=""), name="decision_is_motivated"),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(returned_at=None, taken_at=None), name="one_open_proposal"
            ),
        ]
        indexes = [models.Index(fields=["register_from"], name="decision_in_register")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def comes_back(self) -> bool:
        """Whether it takes the place of a refusal by the province's own motion: that is no decision on an objection."""
        return self.ledger_ground == FREED

    @property
    def awarded_money(self) -> Money:
        """The amount awarded."""
        return Money(self.awarded)

    @property
    def asked_money(self) -> Money:
        """The amount asked, as it was decided on."""
        return Money(self.asked)


class DutyKind(models.TextChoices):
    """A condition is possible on two grounds only; everything the recipient must do is an obligation."""

    CONDITION = "condition", "voorwaarde"
    OBLIGATION = "obligation", "verplichting"


class Duty(models.Model):
    """What comes with a grant: a condition (*voorwaarde*, Awb 4:33, 4:34 only) or an obligation (*verplichting*, 4:37, 4:38, 4:39, or
    "own": an article of an ordinance that title 4.2 does not cover) with its basis, date and evidence."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=10, choices=DutyKind.choices)
    article = models.CharField(max_length=4)
    basis = models.CharField(max_length=240, blank=True)
    text = models.TextField()
    evidence = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    met_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="condition", article__in=["4:33", "4:34"])
                | models.Q(kind="obligation", article__in=["4:37", "4:38", "4:39", "own"]),
                name="duty_on_its_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.article}"


class Instalment(models.Model):
    """One payment of the plan (*voorschot of termijn*, Awb 4:53, 4:95): amount, day, and the obligation it waits for. The ledger knows what
    was paid; `ordered_at` says that it was handed to payments. `owed_from` is the last day to pay as it would have been when the decision
    was given in time, and at once as it is now, by the article `owed_under` (4:100, 4:102(2)); None when that is `due_on`."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="instalments")
    place = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    due_on = models.DateField()
    after = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="releases")
    ordered_at = models.DateTimeField(null=True)
    owed_from = models.DateField(null=True)
    owed_under = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "place"], name="instalment_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="instalment_is_money"),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.place}"

    @property
    def money(self) -> Money:
        """The amount of this payment."""
        return Money(self.amount)
