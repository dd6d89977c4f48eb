"""Initiatives with their people, themes, what they seek and offer, photos, and how they came from one another."""

from typing import ClassVar

from django.db import models

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.words import ENDED, PHASES, PRECISIONS, ROLES, WANTS


class Initiative(models.Model):
    """What residents start (*inwonersinitiatief*).

    `x` and `y` are the published point in RD metres, coarsened before it is written: the exact one is kept nowhere. `area` is the
    neighbourhood, village or municipality it belongs to. `group_name` is how the group is called in public; people never are.
    `concerns` are codes of what in its texts needs a look, `hidden` says that the public does not see it until that was done, and
    `cleared` is the hash of texts that a person looked at and found good. `shown_at` is when the public could first see it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    municipality_name = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    precision = models.CharField(max_length=8, choices=list(PRECISIONS.items()), default="area")
    x = models.BigIntegerField(null=True, blank=True)
    y = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240, blank=True)
    story = models.TextField(blank=True)
    group_name = models.CharField(max_length=80, blank=True)
    target_groups = models.JSONField(default=list)
    phase = models.CharField(max_length=10, choices=list(PHASES.items()), default="idea")
    volunteers = models.PositiveIntegerField(null=True, blank=True)
    reached = models.PositiveIntegerField(null=True, blank=True)
    brought = models.TextField(blank=True)
    seeks_about = models.CharField(max_length=240, blank=True)
    offers_about = models.CharField(max_length=240, blank=True)
    who_joins = models.TextField(blank=True)
    who_misses = models.TextField(blank=True)
    shows_volunteers = models.BooleanField(default=True)
    shows_group = models.BooleanField(default=True)
    takes_contact = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value)
    concerns = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)
    cleared = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    made_up = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(state="merged"), name="initiative_merged_says_into_what"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="public") | models.Q(published_at__isnull=False, x__isnull=False, y__isnull=False),
                name="initiative_public_has_a_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["province", "-published_at", "-id"],
                name="initiative_newest",
                condition=models.Q(state="public", hidden=False),
            ),
            models.Index(
                fields=["province", "municipality", "-published_at", "-id"],
                name="initiative_municipality",
                condition=models.Q(state="public", hidden=False),
            ),
            models.Index(
                fields=["province", "area", "-published_at", "-id"],
                name="initiative_area",
                condition=models.Q(state="public", hidden=False),
            ),
            models.Index(
                fields=["province", "title", "id"], name="initiative_title", condition=models.Q(state="public", hidden=False)
            ),
            models.Index(
                fields=["province", "x", "y"], name="initiative_point", condition=models.Q(state="public", hidden=False)
            ),
            models.Index(
                fields=["province", "shown_at"], name="initiative_shown", condition=models.Q(state="public", hidden=False)
            ),
            # All that a map and its counts ask, so that no row is read; not partial, for a bound value does not prove a condition.
            models.Index(fields=["province", "state", "municipality", "x", "y", "hidden", "phase"], name="initiative_on_the_map"),
            models.Index(fields=["changed_at"], name="initiative_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> State:
        """Its state."""
        return State(self.state)

    @property
    def is_shown(self) -> bool:
        """Whether the public sees it."""
        return self.stands is State.PUBLIC and not self.hidden

    @property
    def has_ended(self) -> bool:
        """Whether it stopped or became something else."""
        return self.phase in ENDED

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/initiatieven/{self.public_id}"

    @property
    def own_path(self) -> str:
        """The page of its makers."""
        return f"/mijn/initiatieven/{self.public_id}"


class InitiativeTheme(models.Model):
    """A theme of an initiative (*thema*): a key of catalogue/themes.yml."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="themes")
    theme = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["initiative", "theme"], name="initiative_theme_once")]
        indexes: ClassVar = [models.Index(fields=["theme", "initiative"], name="initiative_of_theme")]

    def __str__(self) -> str:
        return self.theme


class InitiativePerson(models.Model):
    """Someone with a role in an initiative (*betrokkene*). `person` is a public id.

    While it is empty, `token` (a hash) is an invitation.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(max_length=8, choices=list(ROLES.items()))
    person = models.CharField(max_length=12, blank=True, db_index=True)
    token = models.CharField(max_length=64, blank=True, db_index=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "person", "role"], name="initiative_role_once", condition=~models.Q(person="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"


class InitiativeWant(models.Model):
    """Something that an initiative seeks or offers (*vraag of aanbod*)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="wants")
    offers = models.BooleanField(default=False)
    what = models.CharField(max_length=12, choices=list(WANTS.items()))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["initiative", "offers", "what"], name="initiative_want_once")]
        indexes: ClassVar = [models.Index(fields=["offers", "what", "initiative"], name="initiative_of_want")]

    def __str__(self) -> str:
        return self.what


class InitiativePhoto(models.Model):
    """A photo of an initiative (*foto*): the paper that holds it and what is on it in words, for who cannot see it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="photos")
    paper = models.CharField(max_length=12)
    described = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.described


class InitiativeLink(models.Model):
    """How one initiative came from another (*herkomst*): "adopted" when people do it elsewhere too, "merged" when two were one.

    `source` is what it came from; of a merge it is the one that went up in `target`.
    """

    kind = models.CharField(max_length=8, choices=[("adopted", "overgenomen"), ("merged", "samengevoegd")])
    source = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="gave")
    target = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="came_from")
    why = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "source", "target"], name="initiative_link_once")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
