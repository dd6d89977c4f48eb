"""What a municipality was asked, and what it answered."""

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Silence(models.TextChoices):
    """What it means when no answer came by the date; the scheme says which."""

    AGREES = "stemt-in", "dan telt het als instemming"
    NOT_AGREES = "stemt-niet-in", "dan telt het als geen instemming"
    OPEN = "beoordelen", "dan beoordeelt de provincie zelf"


class Consent(models.Model):
    """A question to a municipality (*instemming*) about a file, with the last day to answer it.

    `about_kind` and `about_id` name the file, `number` is what people call it by; `title` and `summary` are what the municipality
    reads. `refuses` says that the scheme names "does not agree" as a ground to refuse. `expired_at` is when it was recorded that the
    day passed without an answer.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    asked_on = models.DateField()
    due = models.DateField()
    silence = models.CharField(max_length=20, choices=Silence.choices)
    refuses = models.BooleanField(default=False)
    expired_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "municipality"], name="consent_asked_once"),
            models.CheckConstraint(condition=models.Q(due__gte=models.F("asked_on")), name="consent_due_after_asked"),
        ]
        indexes = [models.Index(fields=["municipality", "closed_at", "due"], name="consent_inbox")]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id} ({self.municipality})"


class AnswerKind(models.TextChoices):
    """What a municipality can answer."""

    AGREES = "stemt-in", "De gemeente stemt in"
    AGREES_IF = "stemt-in-als", "De gemeente stemt in, als …"
    NOT_AGREES = "stemt-niet-in", "De gemeente stemt niet in"


class ConsentAnswer(models.Model):
    """An answer of the municipality (*antwoord op instemming*). The latest counts; earlier ones stay.

    `wish` is the condition of "agrees if"; `why` gives the reasons the initiative can read and answer. `late` says that it came after
    the last day.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=20, choices=AnswerKind.choices)
    wish = models.TextField(blank=True)
    why = models.TextField(blank=True)
    person = models.CharField(max_length=12)
    organisation = models.CharField(max_length=12)
    answered_at = models.DateTimeField(default=clock.now)
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.consent_id}: {self.kind}"
