"""The agreement between the province and another funder, and its terms, version by version."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money

PROVINCE, FUND = "province", "fund"


class Kind(models.TextChoices):
    """How the two sides share."""

    DOUBLE = "double", "ieder de helft"
    CROWD = "crowd", "inwoners leggen eerst in, daarna de provincie"
    APART = "apart", "ieder een eigen bedrag"


class Handler(models.TextChoices):
    """Who takes the applications and decides on them."""

    FUND = "fund", "het fonds"
    PROVINCE = "province", "de provincie"


class FunderAgreement(models.Model):
    """Working with another funder on one scheme (*afspraak met een fonds*). `funder` is the public id of its organisation; what
    was agreed
    stands in the terms. `revision` grows with each booking, so that two at once are seen. `dry` holds per year which side ran
    out of money
    while decisions were taken in: from then on nothing more is matched for that year, until new terms or freed money."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    scheme = models.CharField(max_length=60)
    scheme_title = models.CharField(max_length=120)
    funder = models.CharField(max_length=12)
    funder_name = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(default=1)
    dry = models.JSONField(default=dict)
    made_up = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "scheme", "funder"], name="one_agreement_per_scheme_and_funder")
        ]
        ordering = ["scheme_title", "funder_name", "pk"]

    def __str__(self) -> str:
        return self.public_id


class AgreementTerms(models.Model):
    """What was agreed (*versie van de afspraak*): proposed by one person, signed by another, and never changed. New terms hold
    from `starts`.

    `promised`: {year: {"province": cents, "fund": cents}}. `per_award` and `per_initiative` are caps over both sides together,
    in cents;
    with a crowd they are caps of the province. `unlock` and `share` are whole percents of the costs, for a crowd only. `ceiling`
    is the
    public id of the ceiling that carries the province's side. `headings`: [[our kind of cost, heading of the fund]]. `naming` is the
    agreement that both givers are named, `ground` the decision on which the province's side rests. `aid_route` is by which route awards go
    when the fund decides (a key of the catalogue), `aid` why. Only state resources are aid (VWEU 107(1)): the money of the fund counts when
    it is `public_money`. `follow`: the settlement of the fund may be followed when it pays more, up to `follow_most` cents."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    agreement = models.ForeignKey(FunderAgreement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    handled_by = models.CharField(max_length=8, choices=Handler.choices)
    starts = models.DateField()
    ends = models.DateField()
    promised = models.JSONField()
    per_award = models.BigIntegerField()
    per_initiative = models.BigIntegerField()
    unlock = models.PositiveSmallIntegerField(default=0)
    share = models.PositiveSmallIntegerField(default=50)
    ceiling = models.CharField(max_length=12, blank=True)
    headings = models.JSONField(default=list)
    naming = models.TextField()
    ground = models.CharField(max_length=240)
    aid = models.CharField(max_length=240)
    aid_route = models.CharField(max_length=20, default="no_aid")
    public_money = models.BooleanField(default=False)
    follow = models.BooleanField(default=False)
    follow_most = models.BigIntegerField(null=True)
    content_hash = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=20)
    proposed_name = models.CharField(max_length=80, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    signed_by = models.CharField(max_length=20, blank=True)
    signed_name = models.CharField(max_length=80, blank=True)
    mandate = models.CharField(max_length=12, blank=True)
    signed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="terms_numbered_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(signed_at=None, returned_at=None), name="one_open_proposal_of_terms"
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="terms_have_a_period"),
            models.CheckConstraint(condition=models.Q(per_award__gt=0, per_initiative__gt=0), name="terms_have_caps"),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | ~models.Q(signed_by=models.F("proposed_by")), name="terms_take_two_persons"
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def award_cap(self) -> Money:
        """The most per award."""
        return Money(self.per_award)

    @property
    def initiative_cap(self) -> Money:
        """The most per initiative and year."""
        return Money(self.per_initiative)

    @property
    def follow_money(self) -> Money | None:
        """Up to which amount of the province the settlement of the fund may be followed."""
        return None if self.follow_most is None else Money(self.follow_most)

    def promise(self, year: int, side: str) -> Money:
        """What a side puts in for a year."""
        return Money(self.promised.get(str(year), {}).get(side, 0))
