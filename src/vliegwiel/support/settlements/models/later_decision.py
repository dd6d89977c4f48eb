"""Decisions after the one that granted: to determine, withdraw or lower, revise, recover; and hearing someone first."""

from django.db import models
from django.db.models import F, Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.settlements.models.report import Report


class HearingForm(models.TextChoices):
    """How someone reacted: they choose themselves (Awb 4:9)."""

    WRITTEN = "written", "schriftelijk"
    SPOKEN = "spoken", "mondeling"


class SkipGround(models.TextChoices):
    """Grounds on which nobody is heard (Awb 4:11). 4:12 is none here: it excludes lowering and withdrawing (4:12(2))."""

    URGENT = "4:11a", "er is te veel haast bij (4:11, onder a)"
    HEARD = "4:11b", "de ontvanger kon eerder reageren en er is niets nieuws (4:11, onder b)"
    SECRET = "4:11c", "het doel lukt alleen als de ontvanger het niet vooraf weet (4:11, onder c)"


class Intention(models.Model):
    """What is intended against a recipient and their views of it (*voornemen en zienswijze*, Awb 4:7–4:11), or why they were not asked.
    It serves one decision. `application` is a public id."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    province = models.CharField(max_length=4)
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
    used = models.BooleanField(default=False)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(skip_ground="", until__isnull=False, asked_on__isnull=False)
                | Q(asked_on=None, received_on=None) & ~Q(skip_ground="") & ~Q(skip_why=""),
                name="heard_or_skipped_on_a_ground",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class Act(models.TextChoices):
    """What is decided about a grant after it was given."""

    SETTLE = "settle", "vaststellen"
    WITHDRAW = "withdraw", "intrekken of verlagen"
    REVISE = "revise", "een vaststelling intrekken of verlagen"
    RECOVER = "recover", "terugvorderen"


class LaterDecision(models.Model):
    """A decision after the one that granted (*vaststelling, intrekking, wijziging, terugvordering*). `replaces` is the decision whose place
    it takes after an objection (Awb 7:11); of that one nothing counts any more. What it says is fixed by
    `content_hash`; afterwards only once each: taken, returned, sent. `was` is the amount that counted until then, `amount` the one from
    then on; of a recovery `amount` is what is asked back. `decision` is the public id of the decision that granted.

    `account`: [[kind and words, planned, made, counted]] in cents where actual costs count; `left_out` is what was left out of them
    (4:46(3)). `follows`: whose determination is followed, with its date or number. `pay_to`: the account of the province on which a
    recovery is paid. `breach_on`: the day an obligation was broken or should have been met (4:49(3), 4:57(4)). `ex_officio`: 4:47.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    decision = models.CharField(max_length=12)
    act = models.CharField(max_length=8, choices=Act.choices)
    ground = models.CharField(max_length=20)
    article = models.CharField(max_length=120)
    was = models.BigIntegerField()
    amount = models.BigIntegerField()
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="decisions")
    account = models.JSONField(default=list)
    left_out = models.BigIntegerField(default=0)
    left_out_why = models.TextField(blank=True)
    follows = models.CharField(max_length=160, blank=True)
    pay_to = models.CharField(max_length=34, blank=True)
    breach_on = models.DateField(null=True)
    ex_officio = models.BooleanField(default=False)
    summary = models.TextField()
    motivation = models.TextField()
    intention = models.ForeignKey(Intention, on_delete=models.PROTECT, null=True, related_name="decisions")
    views_answer = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=20)
    proposed_name = models.CharField(max_length=80, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=20, blank=True)
    taken_name = models.CharField(max_length=80, blank=True)
    mandate = models.CharField(max_length=12, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    sent_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, was__gte=0, left_out__gte=0), name="later_amounts_are_money"),
            models.CheckConstraint(condition=Q(act="recover") | Q(amount__lte=F("was")), name="never_more_than_was_granted"),
            models.CheckConstraint(condition=~Q(motivation=""), name="later_decision_is_motivated"),
            models.CheckConstraint(condition=Q(taken_by="") | ~Q(taken_by=F("proposed_by")), name="another_person_takes_it"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(returned_at=None, taken_at=None), name="one_later_proposal_waits"
            ),
        ]
        indexes = [models.Index(fields=["province", "taken_at"], name="later_decision_waits")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """The amount from then on, or what is asked back."""
        return Money(self.amount)

    @property
    def was_money(self) -> Money:
        """The amount that counted until then."""
        return Money(self.was)
