"""Grants that rest on no scheme, what comes back each year, notices, and the reports the law asks."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class Ground(models.TextChoices):
    """On which a grant may do without a scheme (Awb 4:23(3))."""

    BUDGET = "budget", "de begroting noemt ontvanger en hoogste bedrag (4:23, derde lid, onder c)"
    INCIDENTAL = "incidental", "een bijzonder geval, voor ten hoogste vier jaar (4:23, derde lid, onder d)"
    AWAITING = "awaiting", "in afwachting van een regeling, ten hoogste een jaar (4:23, derde lid, onder a)"
    EUROPEAN = "european", "rechtstreeks op een programma van de Europese Unie (4:23, derde lid, onder b)"


#: Grounds that stand in the yearly report (Awb 4:23(4)).
REPORTED = (Ground.INCIDENTAL, Ground.AWAITING)


class Series(models.Model):
    """What the same recipient gets year after year for the same activities (*jaarlijkse subsidie*). `chapter` is the article that declares
    section 4.2.8 of the Awb applicable; empty: it is not. Of what comes back under a scheme `scheme` is its key and `holder` tells the
    recipient again (see `grants.EarlierGrant`); its grants are found by these, and residents are not named."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    recipient = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    chapter = models.CharField(max_length=80, blank=True)
    scheme = models.CharField(max_length=60, blank=True)
    holder = models.CharField(max_length=12, blank=True)
    started_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "recipient", "title", "scheme", "holder"], name="series_once"),
            models.CheckConstraint(
                condition=models.Q(scheme="", holder="") | (~models.Q(scheme="") & ~models.Q(holder="")),
                name="series_of_a_scheme_has_a_holder",
            ),
        ]
        ordering = ["recipient", "title"]

    def __str__(self) -> str:
        return self.public_id


class DirectGrant(models.Model):
    """One grant that rests on no scheme: its ground with the proof, the period, the most that may be given, and the file (`application`, a
    public id of grants) in which it is decided. `line` is the public id of a budget line. `adopted_on` is the day on which the budget it
    counts on was, or is expected to be, adopted, when it was granted before that (*begrotingsvoorbehoud*, Awb 4:34); within four weeks
    after it the province says whether it invokes the proviso: `proviso_settled_on` and `proviso_invoked`. By `kvk`, the number in the trade
    register, a recipient is known again under another name; empty for who has none."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    application = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=11)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="grants")
    recipient = models.CharField(max_length=120)
    kvk = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=120)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    proof = models.CharField(max_length=240)
    line = models.CharField(max_length=12)
    cents = models.BigIntegerField()
    most = models.BigIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField()
    adopted_on = models.DateField(null=True)
    proviso_settled_on = models.DateField(null=True)
    proviso_invoked = models.BooleanField(null=True)
    by = models.CharField(max_length=12)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="direct_grant_is_something"),
            models.CheckConstraint(
                condition=models.Q(most=None) | models.Q(most__gte=models.F("cents")), name="direct_grant_within_its_most"
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="direct_grant_has_a_period"),
        ]
        indexes = [models.Index(fields=["province", "-starts"], name="direct_grant_by_period")]
        ordering = ["-starts", "recipient", "pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def money(self) -> Money:
        """What is intended."""
        return Money(self.cents)


class AdvanceNotice(models.Model):
    """An announced intention to lower or end a recurring grant (*aankondiging*, Awb 4:51): the day it was told and the last day of the
    reasonable term; `letter` is the public id of the letter, when we sent it from here."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="notices")
    told_on = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    letter = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("told_on")), name="notice_has_a_term"),
            models.UniqueConstraint(fields=["series", "told_on", "until"], name="told_once"),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.public_id


class Following(models.TextChoices):
    """How an application stands to what the same recipient got before under the scheme (Awb 4:51(1))."""

    SAME = "same", "dezelfde activiteit: minder kan alleen na een aankondiging"
    OTHER = "other", "een andere activiteit dan eerder"
    OWN = "own", "dezelfde activiteit, maar het besluit rust op wat de aanvrager zelf doet of vraagt"


class Continuation(models.Model):
    """What an officer found about a further application of someone who had a grant three years on end (*beoordeling van het vervolg*, Awb
    4:51): is it the same activity, and why; never changed, the newest of a file counts. `application` is a public id of grants."""

    province = models.CharField(max_length=4)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="continuations")
    application = models.CharField(max_length=12)
    kind = models.CharField(max_length=6, choices=Following.choices)
    why = models.TextField()
    by = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="continuation_of_file")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.kind}"


class YearReport(models.Model):
    """The published yearly report of grants on ground a and d (*verslag*, Awb 4:23(4)); its rows are as they were and never change."""

    province = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    published_on = models.DateField()
    by = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "year"], name="one_report_a_year")]
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.province} {self.year}"


class EffectReport(models.Model):
    """A published report on the effects of a scheme (*evaluatieverslag*, Awb 4:24), and where it stands."""

    province = models.CharField(max_length=4)
    scheme = models.CharField(max_length=60)
    published_on = models.DateField()
    place = models.CharField(max_length=240)
    by = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "published_on"], name="effect_report_once")]
        ordering = ["-published_on"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.published_on}"
