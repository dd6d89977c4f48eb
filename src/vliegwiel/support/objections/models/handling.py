"""How an objection was handled: heard, advised on, decided, and what the court did with it."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money
from vliegwiel.support.objections.models.objection import Objection


class SkipHearingGround(models.TextChoices):
    """Grounds on which nobody is heard (Awb 7:3)."""

    INADMISSIBLE = "7:3a", "het bezwaar is kennelijk niet-ontvankelijk (7:3, onder a)"
    UNFOUNDED = "7:3b", "het bezwaar is kennelijk ongegrond (7:3, onder b)"
    WAIVED = "7:3c", "wie bezwaar maakt, wil niet worden gehoord (7:3, onder c)"
    SILENT = "7:3d", "wie bezwaar maakt, vroeg niet op tijd om te worden gehoord (7:3, onder d)"
    UPHELD = "7:3e", "het bezwaar krijgt helemaal gelijk en niemand heeft daar last van (7:3, onder e)"


class ObjectionHearing(models.Model):
    """A hearing (*horen*, Awb 7:2–7:7): who objects is invited for a day and place, or not heard on a ground with its reason.

    `papers_from` is the first day on which the papers lie ready (7:4); `hearers` are the ids and names of who listened, `report` what was
    said (7:7). The last one counts."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="hearings")
    planned_on = models.DateField(null=True)
    time = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200, blank=True)
    papers_from = models.DateField(null=True)
    letter = models.CharField(max_length=12, blank=True)
    ground = models.CharField(max_length=5, choices=SkipHearingGround.choices, blank=True)
    why = models.TextField(blank=True)
    held_on = models.DateField(null=True)
    hearers = models.JSONField(default=list)
    chair = models.CharField(max_length=80, blank=True)
    present = models.CharField(max_length=240, blank=True)
    report = models.TextField(blank=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground="", planned_on__isnull=False, papers_from__isnull=False)
                | models.Q(planned_on=None, held_on=None) & ~models.Q(ground="") & ~models.Q(why=""),
                name="heard_or_not_on_a_ground",
            ),
            models.CheckConstraint(condition=models.Q(held_on=None) | ~models.Q(report=""), name="a_hearing_has_a_report"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.planned_on or self.ground}"


class Outcome(models.TextChoices):
    """What is decided on an objection."""

    INADMISSIBLE = "inadmissible", "niet-ontvankelijk"
    DISMISSED = "dismissed", "ongegrond"
    PARTLY = "partly", "deels gegrond"
    UPHELD = "upheld", "gegrond"


class InadmissibleGround(models.TextChoices):
    """Why an objection is not dealt with on its merits."""

    LATE = "late", "te laat en niet verschoonbaar (6:7, 6:11)"
    NOT_REPAIRED = "not-repaired", "niet hersteld binnen de tijd die wij gaven (6:6)"
    NO_INTEREST = "no-interest", "geen belanghebbende of geen belang meer (1:2, 7:1)"


class Remedy(models.TextChoices):
    """What an objection that is upheld changes (Awb 7:11(2))."""

    MONEY = "money", "een ander bedrag"
    TERMS = "terms", "andere verplichtingen of andere data"
    REASONS = "reasons", "dezelfde uitkomst, op andere gronden of met betere redenen"


#: Outcomes with which the first decision does not stand.
REVISING = frozenset({Outcome.PARTLY, Outcome.UPHELD})


class ObjectionAdvice(models.Model):
    """Advice of the committee (*advies van de bezwaarcommissie*, Awb 7:13): `chair` and at least two `members`; the chair does not work for
    the authority."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="advices")
    committee = models.CharField(max_length=120)
    chair = models.CharField(max_length=80)
    members = models.CharField(max_length=240)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    text = models.TextField()
    given_on = models.DateField()
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.outcome}"


class ObjectionDecision(models.Model):
    """A decision on an objection (*besluit op bezwaar*, Awb 7:11, 7:12): proposed by who was not involved, its text fixed by
    `content_hash`, and then once taken or returned. `remedy` says what changes; `awarded` is the whole amount from then on, or what is
    still asked back; `duties` (None: as they were) and `grounds` (keys) take the place of the first, `pay_by` is a later day to pay
    back, `line` the budget line of what we owe besides a grant. `decision` is the new decision of the room that took the first,
    `deviates` why it does not follow the advice (7:13(7)), `beyond` what lets it pass the ceiling (4:25(3)).

    `costs` is what we pay of the costs of objecting (7:15), reckoned in `costs_lines` [[text, cents]]; `costs_ours` says whether the first
    decision was revoked for what is due to us, `costs_provider` who is paid for legal aid, `costs_ordered_at` when it was asked for."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    ground = models.CharField(max_length=12, choices=InadmissibleGround.choices, blank=True)
    remedy = models.CharField(max_length=7, choices=Remedy.choices, blank=True)
    awarded = models.BigIntegerField(null=True)
    duties = models.JSONField(null=True)
    grounds = models.JSONField(default=list)
    pay_by = models.DateField(null=True)
    line = models.CharField(max_length=12, blank=True)
    at_once = models.BooleanField(default=False)
    summary = models.TextField()
    motivation = models.TextField()
    deviates = models.TextField(blank=True)
    consent_weighed = models.TextField(blank=True)
    public_title = models.CharField(max_length=120, blank=True)
    activity_ends = models.DateField(null=True)
    costs = models.BigIntegerField(default=0)
    costs_ours = models.BooleanField(null=True)
    costs_lines = models.JSONField(default=list)
    costs_provider = models.CharField(max_length=120, blank=True)
    costs_why = models.TextField(blank=True)
    costs_ordered_at = models.DateTimeField(null=True)
    beyond = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=20)
    proposed_name = models.CharField(max_length=80, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    taken_by = models.CharField(max_length=20, blank=True)
    taken_name = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField(null=True)
    mandate = models.CharField(max_length=12, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)
    letter = models.CharField(max_length=12, blank=True)
    decision = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(motivation=""), name="objection_decision_is_motivated"),
            models.CheckConstraint(
                condition=models.Q(awarded=None) | models.Q(awarded__gte=0, outcome__in=["partly", "upheld"]),
                name="only_a_revised_decision_awards",
            ),
            models.CheckConstraint(
                condition=models.Q(costs=0)
                | models.Q(costs__gt=0, costs_ours=True, outcome__in=["partly", "upheld"], remedy__in=["money", "terms"]),
                name="costs_only_of_what_was_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(remedy="", outcome__in=["inadmissible", "dismissed"])
                | ~models.Q(remedy="") & models.Q(outcome__in=["partly", "upheld"]),
                name="upheld_changes_something",
            ),
            models.UniqueConstraint(
                fields=["objection"], condition=models.Q(taken_at=None, returned_at=None), name="one_outcome_waits"
            ),
            models.UniqueConstraint(
                fields=["objection"], condition=models.Q(taken_at__isnull=False), name="one_outcome_is_taken"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def costs_money(self) -> Money:
        """What we pay of the costs of objecting."""
        return Money(self.costs)

    @property
    def awarded_money(self) -> Money | None:
        """The whole amount from then on, when the first decision does not stand."""
        return None if self.awarded is None else Money(self.awarded)


class Appeal(models.Model):
    """An appeal to the court (*beroep*, Awb 8:1), noted so that the file is whole; `outcome` is empty while the court has not ruled."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="appeals")
    court = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40, blank=True)
    lodged_on = models.DateField()
    outcome = models.TextField(blank=True)
    ruled_on = models.DateField(null=True)
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", ruled_on=None) | ~models.Q(outcome="") & models.Q(ruled_on__isnull=False),
                name="a_ruling_has_a_day",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.court} {self.lodged_on}"
