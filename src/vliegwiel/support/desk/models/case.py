"""A support case: goals, advice, hours, and how it went afterwards."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.desk.lifecycle import ADVICE_NAMES, CASE_NAMES, AdviceState, CaseState
from vliegwiel.support.desk.models.enquiry import Enquiry


class CaseOutcome(models.TextChoices):
    """What came of a support case (*uitkomst van een traject*)."""

    RUNNING = "running", "het initiatief loopt"
    STARTING = "starting", "het initiatief staat op het punt te beginnen"
    ELSEWHERE = "elsewhere", "iemand anders helpt verder"
    STOPPED = "stopped", "de bewoners stopten ermee"
    NO_CONSENT = "no_consent", "de gemeente wilde geen traject"


class SupportCase(models.Model):
    """Work of an adviser for an initiative (*ondersteuningstraject*), on the file of the question it came from. `expected_until`
    is how long it is thought to take; `paused_until` the day on which it goes on. `share_state`: who asks lets the adviser see
    how an application goes.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="case")
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=[(s.value, CASE_NAMES[s]) for s in CaseState], default=CaseState.OPEN.value)
    opened_on = models.DateField()
    started_on = models.DateField(null=True)
    expected_until = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=CaseOutcome.choices, blank=True)
    outcome_text = models.TextField(blank=True)
    share_state = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(state="closed", closed_on__isnull=False) & ~models.Q(outcome=""))
                | (~models.Q(state="closed") & models.Q(closed_on=None, outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="paused", paused_on__isnull=False) & ~models.Q(pause_reason=""))
                | (~models.Q(state="paused") & models.Q(paused_on=None, pause_reason="")),
                name="case_paused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["province", "state"], name="support_case_state")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> CaseState:
        """Its state as the table knows it."""
        return CaseState(self.state)


class CaseGoal(models.Model):
    """What the residents want to reach (*doel van een traject*), in their own words; the first comes first. `reached_on` when it is so."""

    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="goals")
    text = models.CharField(max_length=200)
    reached_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Advice(models.Model):
    """A recommendation with what happens to it (*advies*). `follow_up_on` is when the adviser asks after it; `call` a call
    (public id) that may give money, `link` an address, `contact` whom to speak, with their consent. `answer` is what who asks
    said about it; `application` the public id of what was begun from it, `expert_request` of what was asked of an expert."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="advices")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, ADVICE_NAMES[s]) for s in AdviceState], default=AdviceState.PROPOSED.value
    )
    follow_up_on = models.DateField(null=True)
    call = models.CharField(max_length=12, blank=True)
    link = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    application = models.CharField(max_length=12, blank=True)
    expert_request = models.CharField(max_length=12, blank=True)
    given_by = models.CharField(max_length=12)
    given_name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    given_on = models.DateField()
    seen_on = models.DateField(null=True)
    changed_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "follow_up_on"], name="advice_follow_up")]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> AdviceState:
        """Its state as the table knows it."""
        return AdviceState(self.state)


class HourEntry(models.Model):
    """Minutes worked on a case by a person for an organisation on a day (*urenregel*). It is never changed: a mistake is set
    right by an entry that `corrects` it, with fewer or more minutes than none. When its case is destroyed the hours stay, without case,
    `person` and `what`."""

    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, null=True, related_name="hours")
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    person = models.CharField(max_length=12)
    on = models.DateField()
    minutes = models.IntegerField()
    what = models.CharField(max_length=120)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects=None, minutes__gt=0, minutes__lte=24 * 60) | models.Q(corrects__isnull=False),
                name="minutes_within_a_day",
            )
        ]
        indexes = [models.Index(fields=["province", "organisation", "on"], name="hours_of_year")]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes}"


class YearHours(models.Model):
    """How many hours an organisation may work on cases in a year (*uren in een jaarsubsidie*), and the number of the grant that
    pays them. A changed number of hours is a new row: the latest counts."""

    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    hours = models.PositiveIntegerField()
    grant = models.CharField(max_length=20, blank=True)
    agreed_by = models.CharField(max_length=12)
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["province", "year", "organisation"], name="year_hours_of")]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.year}: {self.hours}"


class KeptCount(models.Model):
    """How often something happened in questions and cases that are destroyed (*telling zonder namen*): in a quarter, or with `quarter` 0
    in a year. `what` is a word of `counting`."""

    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province", "organisation", "organisation_name", "year", "quarter", "what"], name="kept_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.year}-{self.quarter} {self.what}: {self.count}"


class Look(models.Model):
    """A look at an initiative (*terugblik*): at the start (`months` 0) and so many months after closing. `missing` and `carried`
    answer the two questions on shadow sides; `phase` says whether it runs; empty while nobody answered."""

    class Phase(models.TextChoices):
        """How an initiative does."""

        RUNNING = "running", "het loopt"
        CHANGED = "changed", "het werd iets anders"
        STOPPED = "stopped", "het is gestopt"

    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="looks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    phase = models.CharField(max_length=8, choices=Phase.choices, blank=True)
    missing = models.TextField(blank=True)
    carried = models.TextField(blank=True)
    came_of_it = models.TextField(blank=True)
    told_by = models.CharField(max_length=8, choices=[("resident", "bewoner"), ("adviser", "adviseur")], blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "months"], name="looked_at_once")]
        indexes = [models.Index(fields=["answered_on", "due_on"], name="look_due")]
        ordering = ["months"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.months}"


class Rating(models.Model):
    """What who was helped thinks of it (*oordeel over de hulp*): three answers after closing, each yes, partly or no; asked once."""

    class Said(models.TextChoices):
        """An answer."""

        YES = "yes", "ja"
        PARTLY = "partly", "een beetje"
        NO = "no", "nee"

    case = models.OneToOneField(SupportCase, on_delete=models.PROTECT, related_name="rating")
    helped = models.CharField(max_length=6, choices=Said.choices)
    on_time = models.CharField(max_length=6, choices=Said.choices)
    recommend = models.CharField(max_length=6, choices=Said.choices)
    text = models.TextField(blank=True)
    rated_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.case_id}: {self.helped}"
