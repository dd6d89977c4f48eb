"""Questionnaires and their versions, fieldwork, who was invited apart from what was answered, and panels apart from both.

What a database in hand must not tell: who gave which answers. So an invitation holds no code, a door no person, an answer neither, and
none of the three a moment or a number in order. See `codes` and decision 230.
"""

import secrets

from django.db import models

from vliegwiel.kernel.ids import public_id
from vliegwiel.see.fieldwork.document import Document, opened


def random_key() -> str:
    """A key that says nothing about when or by whom."""
    return secrets.token_hex(16)


def new_salt() -> str:
    """What makes the codes or pseudonyms of one record its own; thrown away, nobody can make them again."""
    return secrets.token_hex(32)


class Questionnaire(models.Model):
    """A questionnaire (*vragenlijst*) that is worked on: `draft` is what stands there now, `revision` counts each save."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    draft = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "title"], name="questionnaire_title_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> Document:
        """What stands there now."""
        return opened(self.draft)


class QuestionnaireVersion(models.Model):
    """What was asked in the field, word for word (*versie*); the database itself refuses to change it."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    record = models.JSONField()
    sha256 = models.CharField(max_length=64)
    fixed_by = models.CharField(max_length=40)
    fixed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.number}"

    @property
    def document(self) -> Document:
        """What is asked."""
        return opened(self.record)


class Panel(models.Model):
    """People who agreed to be asked again (*panel*). `salt` makes their pseudonyms, `most_per_year` is how often one member is asked at
    most. `joined` and `left` only count."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=400)
    most_per_year = models.PositiveSmallIntegerField(default=4)
    salt = models.CharField(max_length=64, default=new_salt)
    joined = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    made_up = models.BooleanField(default=False)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "title"], name="panel_title_once")]

    def __str__(self) -> str:
        return self.title


class PanelMember(models.Model):
    """Someone who agreed to be asked again (*panellid*): only what is needed to write to them and to draw fairly. No answers, no pseudonym.

    `wants_results` is a consent of its own (AVG 7). `until` ends the membership, unless the member says to stay. Of being asked only the
    year, and how often in it, are kept, and never whether they took part: which waves someone was in would tell them apart.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    municipality = models.CharField(max_length=6)
    age_group = models.CharField(max_length=20)
    wants_results = models.BooleanField(default=False)
    agreed_on = models.DateField()
    asked_year = models.PositiveSmallIntegerField(default=0)
    asked_times = models.PositiveSmallIntegerField(default=0)
    until = models.DateField()

    class Meta:
        ordering = ["name", "public_id"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def lines(self) -> tuple[str, ...]:
        """The address on a letter."""
        return (self.name, self.street, self.place)


class Fielding(models.Model):
    """One time a questionnaire is in the field (*veldwerk*). It has one way in (`route`), so that answers of a drawn sample and of an open
    link never mix. `special`: an experience survey (*belevingsonderzoek*) on special-category data (AVG 9), with its DPIA (AVG 35) in
    `assessment`. `salt` makes the codes; it is thrown away at closing. `response` holds what was counted then. `wave` is the public id of
    the wave in surveys. `unmixed` counts answers since they were last shuffled.
    """

    class Route(models.TextChoices):
        """How people come in."""

        LETTER = "letter", "brief met een code, aan een steekproef"
        PANEL = "panel", "brief met een code, aan leden van een panel"
        OPEN = "open", "open link, voor iedereen"

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", "in voorbereiding"
        OPEN = "open", "in het veld"
        CLOSED = "closed", "gesloten"
        HANDED = "handed", "overgedragen aan de enquêtes"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="fieldings")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, null=True, related_name="fieldings")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, null=True, related_name="fieldings")
    title = models.CharField(max_length=120)
    period = models.CharField(max_length=4)
    area_year = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=6, choices=Route.choices)
    by_chance = models.BooleanField(default=False)
    population = models.CharField(max_length=60)
    special = models.BooleanField(default=False)
    assessment = models.CharField(max_length=80, blank=True)
    themes = models.JSONField(default=list)
    returns_after = models.PositiveSmallIntegerField(default=0)
    closes_on = models.DateField()
    phone = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    salt = models.CharField(max_length=64, default=new_salt, blank=True)
    invited = models.PositiveIntegerField(default=0)
    unmixed = models.PositiveIntegerField(default=0)
    response = models.JSONField(default=dict)
    wave = models.CharField(max_length=12, blank=True)
    made_up = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "title", "period"], name="fielding_period_once"),
            models.CheckConstraint(
                condition=models.Q(state="planned") | models.Q(version__isnull=False), name="fielding_asks_one_version"
            ),
            models.CheckConstraint(
                condition=models.Q(special=False) | models.Q(route="open", by_chance=False, panel=None),
                name="fielding_special_is_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["closed", "handed"]) | models.Q(salt=""), name="fielding_closed_has_no_salt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.period}"

    @property
    def document(self) -> Document:
        """What is asked in this wave: the version that was fixed, or the draft, with the themes that were chosen."""
        whole = self.version.document if self.version else self.questionnaire.document
        return whole.with_themes(list(self.themes))

    @property
    def invites(self) -> bool:
        """Whether one comes in with a code from a letter."""
        return self.route != self.Route.OPEN


class Invitation(models.Model):
    """Someone who gets a letter (*uitnodiging*): the lines of the address. Holds no code and not whether they answered; gone at closing.

    `handle` only makes the code, together with two secrets that are not here.
    """

    fielding = models.ForeignKey(Fielding, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(PanelMember, on_delete=models.SET_NULL, null=True, related_name="invitations")
    handle = models.CharField(max_length=32, unique=True, default=random_key)
    lines = models.JSONField()

    def __str__(self) -> str:
        return self.handle


class Door(models.Model):
    """What a code opens (*toegang*), without who has it: its mark, what was known of a group of at least ten people, and in a panel the
    pseudonym. `spent` once answers came in."""

    mark = models.CharField(max_length=64, primary_key=True)
    fielding = models.ForeignKey(Fielding, on_delete=models.CASCADE, related_name="doors")
    facts = models.JSONField(default=dict)
    pseudonym = models.CharField(max_length=20, blank=True)
    spent = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.mark[:8]


class UnsentAnswers(models.Model):
    """Answers that were not sent yet (*bewaarde antwoorden*), locked in a box that only the code opens. Gone when sent, and at closing."""

    mark = models.CharField(max_length=64, primary_key=True)
    fielding = models.ForeignKey(Fielding, on_delete=models.CASCADE, related_name="unsent")
    box = models.TextField()

    def __str__(self) -> str:
        return self.mark[:8]


class SentAnswers(models.Model):
    """What one person answered (*ingestuurde antwoorden*): no code, no person, no moment. `seconds` is how long it took, `facts` and
    `pseudonym` come from the door. Open answers are not here."""

    class Mode(models.TextChoices):
        """Who typed it in."""

        WEB = "web", "zelf ingevuld"
        PHONE = "phone", "per telefoon"

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    fielding = models.ForeignKey(Fielding, on_delete=models.PROTECT, related_name="answers")
    values = models.JSONField()
    mode = models.CharField(max_length=6, choices=Mode.choices)
    seconds = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    pseudonym = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.key[:8]


class WrittenAnswer(models.Model):
    """An answer in someone's own words (*geschreven antwoord*), apart from their other answers. No page shows it: at the hand-over it goes
    to surveys, where two people look at it before anybody reads it."""

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    fielding = models.ForeignKey(Fielding, on_delete=models.CASCADE, related_name="texts")
    item = models.CharField(max_length=40)
    text = models.TextField()

    def __str__(self) -> str:
        return self.key[:8]
