"""Village supporters, the villages they are there for, and what they ask each other."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class Supporter(models.Model):
    """Someone whom a village can turn to (*dorpsondersteuner*), by the public id of their account. There is no photo.

    What is shown is what they wrote here themselves: `first_name`, `about`, `reach` (how to reach them, also a number of their own) and
    whether they take messages; only while `shown`, and once someone who knows them said so (`known_at`). `knows` are themes and
    `knows_about` words about what they know; both are read in their own network.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12)
    first_name = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=240, blank=True)
    reach = models.CharField(max_length=240, blank=True)
    takes_contact = models.BooleanField(default=True)
    knows = models.JSONField(default=list)
    knows_about = models.CharField(max_length=240, blank=True)
    shown = models.BooleanField(default=False)
    known_by = models.CharField(max_length=12, blank=True)
    known_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["province", "person"], name="supporter_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["province", "first_name", "id"],
                name="supporter_shown",
                condition=models.Q(shown=True, known_at__isnull=False),
            ),
            models.Index(fields=["person"], name="supporter_person"),
            models.Index(fields=["changed_at"], name="supporter_changed"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_shown(self) -> bool:
        """Whether the public finds them."""
        return self.shown and self.known_at is not None

    @property
    def title(self) -> str:
        """How a page calls them: by first name, when they chose to show it."""
        return _("{name}, dorpsondersteuner").format(name=self.first_name) if self.first_name else _("Een dorpsondersteuner")

    @property
    def path(self) -> str:
        """Their public page."""
        return f"/dorpsondersteuners/{self.public_id}"


class SupporterVillage(models.Model):
    """A village, neighbourhood or municipality that a supporter is there for (*dorp van een ondersteuner*)."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="villages")
    area = models.CharField(max_length=12)
    place_name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6)
    municipality_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["supporter", "area"], name="supporter_village_once")]
        indexes: ClassVar = [
            models.Index(fields=["area", "supporter"], name="supporter_of_area"),
            models.Index(fields=["municipality", "supporter"], name="supporter_of_municipality"),
        ]
        ordering: ClassVar = ["place_name", "pk"]

    def __str__(self) -> str:
        return self.place_name


class NetworkQuestion(models.Model):
    """A question of a supporter to the others (*vraag in het netwerk*), read by supporters alone. `name` is how they are called there; it
    and `person` are empty once they left."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    theme = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "-id"], name="network_newest")]

    def __str__(self) -> str:
        return self.title


class NetworkAnswer(models.Model):
    """What another supporter answers (*antwoord in het netwerk*)."""

    question = models.ForeignKey(NetworkQuestion, on_delete=models.CASCADE, related_name="answers")
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.question_id}"
