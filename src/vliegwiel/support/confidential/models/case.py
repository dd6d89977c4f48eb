"""The case, its signals and whom they went to, its steps, and who asked for access."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.confidential.lifecycle import NAMES, State
from vliegwiel.support.confidential.models.team import ConfidentialTeam


class About(models.TextChoices):
    """What a case is about; never a person."""

    BUILDING = "building", "een gebouw of plek"
    GROUP = "group", "een groep mensen"


class ConfidentialCase(models.Model):
    """A confidential case (*vertrouwelijke zaak*) about a building or a group. It has a random public id and no number.

    `kind` and `outcome` are keys of catalogue/confidential.yml. `address` is only there for a building. `wish` is what the people
    themselves want and comes first. `lasting` says what was made permanent, `lasting_by` which party looks after it. `keeper` is the
    member who handles it (public id), empty when nobody does. `kept_until` holds a closed case longer than its term, `proposed_by` is
    the first of the two who let it go. `revision` grows with each change.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    team = models.ForeignKey(ConfidentialTeam, on_delete=models.PROTECT, related_name="cases")
    province = models.CharField(max_length=4)
    state = models.CharField(max_length=8, choices=[(s.value, NAMES[s]) for s in State], default=State.OPEN.value)
    revision = models.PositiveIntegerField(default=1)
    about = models.CharField(max_length=8, choices=About.choices)
    kind = models.CharField(max_length=20)
    municipality = models.CharField(max_length=6)
    municipality_name = models.CharField(max_length=120)
    place_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=80)
    wish = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    keeper = models.CharField(max_length=12, blank=True)
    keeper_name = models.CharField(max_length=80, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    lasting = models.TextField(blank=True)
    lasting_by = models.CharField(max_length=120, blank=True)
    kept_until = models.DateField(null=True)
    kept_why = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=12, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False) & ~Q(reason="")),
                name="confidential_closed_with_reason",
            ),
            models.CheckConstraint(condition=Q(about="building") | Q(address=""), name="confidential_address_of_building"),
        ]
        indexes: ClassVar = [models.Index(fields=["team", "state", "opened_on"], name="confidential_of_team")]
        ordering: ClassVar = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def stands(self) -> State:
        """Its state as the table knows it."""
        return State(self.state)


class CaseSignal(models.Model):
    """Something that was seen (*signaal*): what, by what kind of person (`seen_by`, a key of the catalogue), and when. Never a name."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(ConfidentialCase, on_delete=models.CASCADE, related_name="signals")
    what = models.TextField()
    seen_by = models.CharField(max_length=20)
    seen_on = models.DateField()
    noted_by = models.CharField(max_length=12)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-seen_on", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class SignalHandover(models.Model):
    """A signal that went to another party (*doorgegeven signaal*): as it was, with the rules of that day; only the answer comes later.

    `shared` are keys of what went along, `text` exactly what the party got. `rules_from` is the day of the version of the catalogue.
    `agreed` says that the person concerned knew and agreed, where the basis asks it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    signal = models.ForeignKey(CaseSignal, on_delete=models.CASCADE, related_name="handovers")
    party = models.CharField(max_length=20)
    party_name = models.CharField(max_length=120)
    purpose = models.TextField()
    basis = models.TextField()
    rules_from = models.DateField()
    shared = models.JSONField(default=list)
    text = models.TextField()
    agreed = models.BooleanField(default=False)
    by = models.CharField(max_length=12)
    on = models.DateField()
    answer_due = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["signal", "party"], name="signal_to_party_once")]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class ConfidentialStep(models.Model):
    """A step that the team takes (*stap*): what, by when, and when it was done."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(ConfidentialCase, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    by = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.public_id


class AccessRequest(models.Model):
    """Somebody whom a case is about asks what is known (*verzoek om inzage*, GDPR article 15). No name is kept, only how we checked it.

    `about_them` are the public ids of the signals that are about this person. `withheld` is the ground (key) for what is kept back,
    with `why`. `given` is exactly what was given, `digest` its SHA-256. `later_on` is when the term was made longer, `later_why` why.
    """

    class Answer(models.TextChoices):
        """What came of it."""

        ALL = "all", "alles gegeven"
        PART = "part", "een deel gegeven"
        NOTHING = "nothing", "niets gegeven"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(ConfidentialCase, on_delete=models.CASCADE, related_name="requests")
    received_on = models.DateField()
    due_on = models.DateField()
    later_on = models.DateField(null=True)
    later_why = models.TextField(blank=True)
    checked_how = models.CharField(max_length=20)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    about_them = models.JSONField(default=list)
    withheld = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    given = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.public_id
