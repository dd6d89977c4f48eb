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
    there is one. `due_on` is the date that had passed. The penalty counts by itself; `determined_on` with `penalty` in cents is when the
    authority laid it down (4:18), `ground` why none is due."""

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
    penalty = models.BigIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    ground = models.CharField(max_length=8, choices=NoPenaltyGround.choices, blank=True)
    why = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    determined_by = models.CharField(max_length=20, blank=True)
    made_up = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(determined_on=None, penalty=None)
                | models.Q(determined_on__isnull=False, penalty__gte=0, days__isnull=False),
                name="penalty_is_laid_down_whole",
            ),
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

    @property
    def money(self) -> Money | None:
        """The penalty that was laid down."""
        return None if self.penalty is None else Money(self.penalty)
