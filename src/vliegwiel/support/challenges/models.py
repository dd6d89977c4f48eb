"""A challenge with its grounds, talks and events, and the rules of an authority through time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.challenges.lifecycle import ANSWERED, NAMES, State

_ANSWERED = sorted(state.value for state in ANSWERED)


class ChallengeSeries(models.Model):
    """The last number given in a year (*nummerreeks van uitdagingen*)."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class ChallengeRules(models.Model):
    """The rules of an authority for the Right to Challenge (*regels voor het uitdaagrecht*), from a day on. Never changed: new rules are
    a new row. `article` and `title` name the ordinance. `weeks` to answer, `later` more weeks once (0: not), `stands_still`: the time
    stands still while the challengers are asked something. `like_act`: the ordinance declares the Algemene termijnenwet applicable.
    `grounds` are keys of catalogue/challenges.yml; `least` how many people must stand behind it (0: not said)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    article = models.CharField(max_length=40)
    first_day = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    later = models.PositiveSmallIntegerField(default=0)
    stands_still = models.BooleanField(default=False)
    like_act = models.BooleanField(default=False)
    grounds = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField(default=0)
    kept_by = models.CharField(max_length=12)
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "first_day"], name="challenge_rules_of_a_day"),
            models.CheckConstraint(condition=Q(weeks__gt=0), name="challenge_rules_name_weeks"),
        ]
        ordering: ClassVar = ["-first_day", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.first_day}"


class Challenge(models.Model):
    """Residents who want to do a public task themselves (*uitdaging*, uitdaagrecht). `organisation` is the authority challenged.

    `task`, `better` and `behind` say which task, why it can be done better and who stands behind it; `people` how many. `cents` is what
    the task costs a year now, None when nobody knows. `person` is the account of who wrote it, `enquiry` the question at the desk it
    came from (public ids, may be empty); the public reads `name` only when `shows_name`. Texts are on the site once `shown_on` is set.
    `rules` are those of the day of receipt; without rules no last day is named. `due_on` is made again from the events. `way_back` says
    what happens when the residents stop; `paper` is the signed agreement (public id).
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, null=True, unique=True)
    province = models.CharField(max_length=4)
    organisation = models.CharField(max_length=12)
    organisation_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    task = models.TextField()
    better = models.TextField(blank=True)
    behind = models.TextField(blank=True)
    people = models.PositiveIntegerField(null=True)
    cents = models.BigIntegerField(null=True)
    cents_from = models.CharField(max_length=160, blank=True)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120, blank=True)
    shows_name = models.BooleanField(default=False)
    enquiry = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, NAMES[s]) for s in State], default=State.DRAFT.value)
    rules = models.ForeignKey(ChallengeRules, on_delete=models.PROTECT, null=True, related_name="challenges")
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    shown_on = models.DateField(null=True)
    admitted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    way_back = models.TextField(blank=True)
    paper = models.CharField(max_length=12, blank=True)
    agreed_on = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", number=None)
                | (~Q(state="draft") & Q(number__isnull=False, received_on__isnull=False)),
                name="challenge_sent_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ANSWERED) | (Q(decided_on__isnull=False) & ~Q(reasons="")),
                name="challenge_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | (Q(agreed_on__isnull=False) & ~Q(paper="")), name="challenge_agreed_on_paper"
            ),
            models.CheckConstraint(condition=~Q(state="trial") | Q(until__isnull=False), name="challenge_trial_has_end"),
            models.CheckConstraint(condition=Q(cents=None) | Q(cents__gte=0), name="challenge_cost_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "state", "due_on"], name="challenge_state"),
            models.Index(fields=["organisation", "state"], name="challenge_of_authority"),
            models.Index(fields=["person"], name="challenge_of_person"),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id

    @property
    def stands(self) -> State:
        """Its state as the table knows it."""
        return State(self.state)

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/uitdagingen/{self.public_id}"


class ChallengeEventKind(models.TextChoices):
    """What happened in the time of an answer, or was said between the two sides."""

    RECEIVED = "received", "binnengekomen"
    FORWARDED = "forwarded", "doorgestuurd"
    ASKED = "asked", "iets gevraagd"
    TOLD = "told", "antwoord op een vraag"
    LATER = "later", "later beslissen"
    ADMITTED = "admitted", "in behandeling"
    ANSWERED = "answered", "beantwoord"
    ENDED = "ended", "gestopt"


class ChallengeEvent(models.Model):
    """A change of the time to answer (*gebeurtenis in de tijd van een uitdaging*), never changed. `text` is read by both sides, not by the
    public; `until` the later day that was named."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=ChallengeEventKind.choices)
    on = models.DateField()
    until = models.DateField(null=True)
    text = models.TextField(blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.kind}"


class ChallengeGround(models.Model):
    """What the authority found on a ground (*oordeel per grond*), with the reason everyone reads."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="grounds")
    ground = models.CharField(max_length=20)
    met = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "ground"], name="each_ground_once"),
            models.CheckConstraint(condition=Q(met=True) | ~Q(reason=""), name="ground_not_met_says_why"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.ground}"


class ChallengeWeighing(models.Model):
    """What the authority wrote before it agreed (*afweging bij een uitdaging*): equal chances, procurement."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="weighings")
    what = models.CharField(max_length=20)
    text = models.TextField()
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["challenge", "what"], name="weighed_once")]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.what}"


class ChallengeTalk(models.Model):
    """A talk, visit or hearing (*gesprek over een uitdaging*): planned, and what came of it, for everyone to read."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="talks")
    kind = models.CharField(max_length=20)
    planned_on = models.DateField()
    about = models.CharField(max_length=200)
    held_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(held_on=None) | ~Q(outcome=""), name="talk_held_says_what_came")
        ]
        ordering: ClassVar = ["planned_on", "pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.planned_on}"
