"""What the recipient tells and shows, what they ask to change, and how that is looked at."""

from django.db import models
from django.db.models import Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


class ReportKind(models.TextChoices):
    """How someone accounts for a grant. All but the first follow from the arrangement of the regulation for the amount."""

    PROGRESS = "progress", "tussenbericht"
    COMPLETION = "completion", "gereedmelding"
    ACTIVITY = "activity", "verslag van de activiteiten"
    COSTS = "costs", "verslag met de kosten"


class Draw(models.Model):
    """A draw for a sample (*steekproef*): from which reports, which share, with which seed, and what came out, so that anybody can do it
    again. `population` and `drawn` are public ids of reports."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    seed = models.CharField(max_length=80)
    percent = models.PositiveSmallIntegerField()
    until = models.DateField()
    population = models.JSONField()
    drawn = models.JSONField()
    by = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="a_share_of_the_sample"),
            models.UniqueConstraint(fields=["province", "seed"], name="a_seed_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Report(models.Model):
    """An account of a grant (*verantwoording*). A draft until `sent_on`; then fixed by `content_hash`. `application` and `decision` are
    public ids. `costs`: [{"kind", "text", "planned", "actual"}] in cents. `scan`: the paper original, typed in by an officer.

    `draw` is the sample it was drawn in; `checked_on` and `finding` say what the check showed, `good` whether it was in order."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    decision = models.CharField(max_length=12)
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    answers = models.JSONField(default=dict)
    costs = models.JSONField(default=list)
    others = models.BigIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    sent_by = models.CharField(max_length=20, blank=True)
    sent_on = models.DateField(null=True)
    on_paper = models.BooleanField(default=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, null=True, related_name="reports")
    checked_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=20, blank=True)
    good = models.BooleanField(null=True)
    finding = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], condition=Q(sent_on=None), name="one_draft_of_a_kind"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(sent_on__isnull=False) & ~Q(kind="progress"), name="one_account_per_decision"
            ),
            models.CheckConstraint(condition=Q(sent_on=None) | ~Q(content_hash=""), name="sent_report_is_fixed"),
            models.CheckConstraint(condition=Q(others__gte=0), name="others_is_not_negative"),
        ]
        indexes = [models.Index(fields=["province", "sent_on"], name="report_to_sample")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def total(self) -> Money:
        """What everything cost."""
        return Money(sum(row["actual"] or 0 for row in self.costs))

    @property
    def planned(self) -> Money:
        """What everything would cost."""
        return Money(sum(row["planned"] for row in self.costs))

    @property
    def rows(self) -> list[tuple[str, Money, Money]]:
        """Each cost with what was planned and what it was."""
        return [
            (f"{row['kind']}: {row['text']}" if row["text"] else row["kind"], Money(row["planned"]), Money(row["actual"] or 0))
            for row in self.costs
        ]

    @property
    def others_money(self) -> Money:
        """What others paid."""
        return Money(self.others)


class Proof(models.Model):
    """What shows that an obligation was met (*bewijs*): words, and a paper where one belongs. `duty` is its id in the room of the decision.
    `good` stays empty until someone looked."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    province = models.CharField(max_length=4)
    duty = models.BigIntegerField()
    text = models.TextField()
    paper = models.CharField(max_length=12, blank=True)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=20)
    good = models.BooleanField(null=True)
    why = models.TextField(blank=True)
    judged_on = models.DateField(null=True)
    judged_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(good=None), name="one_proof_waits"),
            models.CheckConstraint(condition=~Q(text=""), name="proof_says_something"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class ChangeRequest(models.Model):
    """A request to do it otherwise (*wijzigingsverzoek*): what, why, and until when the activity then runs. Decided on once, by letter;
    `replaces` is the same request with the answer whose place this one takes after an objection (Awb 7:11)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    what = models.TextField()
    why = models.TextField()
    new_end = models.DateField(null=True)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=20)
    due_on = models.DateField()
    granted = models.BooleanField(null=True)
    motivation = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=20, blank=True)
    letter = models.CharField(max_length=12, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(decided_on=None), name="one_open_change_request"),
            models.CheckConstraint(
                condition=Q(decided_on=None, granted=None)
                | Q(decided_on__isnull=False, granted__isnull=False) & ~Q(motivation=""),
                name="change_is_decided_with_reasons",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class ReportRequest(models.Model):
    """A term that was set to ask for the determination (*verzoek om een aanvraag tot vaststelling*, Awb 4:44(3)): only after it the grant
    can be determined without a report (4:44(4), 4:47). `application` is a public id; the last one counts."""

    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    asked_on = models.DateField()
    until = models.DateField()
    letter = models.CharField(max_length=12)
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("asked_on")), name="report_request_gives_time")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.until}"


class Hold(models.Model):
    """A stop on payments after a written notice of a serious suspicion (*opschorting*, Awb 4:56): from that day, thirteen weeks at most."""

    application = models.CharField(max_length=12, db_index=True)
    province = models.CharField(max_length=4)
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField()
    letter = models.CharField(max_length=12)
    lifted_on = models.DateField(null=True)
    by = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application"], condition=Q(lifted_on=None), name="one_hold_at_a_time")]

    def __str__(self) -> str:
        return f"{self.application} {self.since}"


class Misuse(models.Model):
    """An entry about misuse of a grant (*misbruik of oneigenlijk gebruik*), after the recipient was heard; read by two named roles only,
    and gone after `until`."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.CharField(max_length=12, db_index=True)
    number = models.CharField(max_length=11)
    province = models.CharField(max_length=4)
    what = models.TextField()
    intention = models.CharField(max_length=12)
    views_answer = models.TextField(blank=True)
    entered_on = models.DateField()
    entered_by = models.CharField(max_length=20)
    until = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(intention=""), name="misuse_was_heard")]

    def __str__(self) -> str:
        return self.public_id
