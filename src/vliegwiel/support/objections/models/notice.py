"""A notice of default and the penalty that may follow from it."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.objections.models.objection import Channel, Objection


class NoPenaltyGround(models.TextChoices):
    """Grounds on which no penalty is due (Awb 4:17(6))."""

    LATE = "4:17-6a", "de ingebrekestelling kwam onredelijk laat (4:17, zesde lid, onder a)"
    NOT_INTERESTED = "4:17-6b", "wie schreef, is geen belanghebbende (4:17, zesde lid, onder b)"
    UNFOUNDED = "4:17-6c", "de aanvraag was kennelijk niet-ontvankelijk of ongegrond (4:17, zesde lid, onder c)"


class DefaultNotice(models.Model):
    """A notice of default (*ingebrekestelling*, Awb 4:17(3)) about a decision that is late: on an application, or on an objection when
    there is one. `due_on` is the date that had passed. The penalty counts by itself; `determined_on` is when the authority laid it down
    (4:18), in a `PenaltyDecision`."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    application = models.CharField(max_length=12)
    application_number = models.CharField(max_length=11)
    title = models.CharField(max_length=120)
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, related_name="notices")
    person = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB)
    received_on = models.DateField()
    due_on = models.DateField()
    text = models.TextField(blank=True)
    entered_by = models.CharField(max_length=20, blank=True)
    determined_on = models.DateField(null=True)
    made_up = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(received_on__gt=models.F("due_on")), name="notice_after_the_term"),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(objection=None), name="one_notice_on_an_application"
            ),
            models.UniqueConstraint(
                fields=["objection"], condition=models.Q(objection__isnull=False), name="one_notice_on_an_objection"
            ),
        ]
        indexes = [models.Index(fields=["province", "determined_on"], name="notice_inbox")]

    def __str__(self) -> str:
        return self.number


class PenaltyDecision(models.Model):
    """A decision on the penalty (*dwangsombesluit*, Awb 4:18): `amount` in cents over so many `days`, or nothing on a `ground` of 4:17(6),
    with its reason. `replaces` is the decision whose place it takes after an objection (4:19, 7:11)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    notice = models.ForeignKey(DefaultNotice, on_delete=models.PROTECT, related_name="decisions")
    amount = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=8, choices=NoPenaltyGround.choices, blank=True)
    why = models.TextField(blank=True)
    letter = models.CharField(max_length=12)
    taken_at = models.DateTimeField(default=clock.now)
    taken_by = models.CharField(max_length=20)
    prepared_by = models.CharField(max_length=20, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="penalty_is_not_negative"),
            models.CheckConstraint(condition=models.Q(ground="") | models.Q(amount=0) & ~models.Q(why=""), name="no_penalty_why"),
            models.UniqueConstraint(fields=["notice"], condition=models.Q(replaces=None), name="one_first_penalty_decision"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def money(self) -> Money:
        """The penalty that was laid down."""
        return Money(self.amount)


class PenaltyShare(models.Model):
    """The part of a penalty that is owed to one applicant (*gelijk deel*, Awb 4:17(7)): all of it when there is one. Who applied is paid on
    the account of the application (`account` empty); who applied along gives an account of their own, unless someone keeps the money of
    the group. `person` is a public id; `place` is the same in a decision that takes the place of this one."""

    decision = models.ForeignKey(PenaltyDecision, on_delete=models.PROTECT, related_name="shares")
    place = models.PositiveSmallIntegerField()
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    account = models.CharField(max_length=34, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "place"], name="one_share_at_a_place"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="share_is_not_negative"),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.place}"

    @property
    def money(self) -> Money:
        """What this applicant gets."""
        return Money(self.amount)
