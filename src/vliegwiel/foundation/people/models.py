"""Persons, organisations, roles, mandates, and the messages that wait to be handed over."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by their e-mail address, whatever the capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """By e-mail address."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """A natural person with an account (*account*): a public id and an e-mail address; a form of address only when they give one.

    Nobody has a password: the field of the base class always holds an unusable one.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(unique=True)
    called = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    made_up = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.called or self.email

    @property
    def name(self) -> str:
        """How we address this person on screen; who left long ago has no name here any more."""
        return self.called or (self.email if self.is_active else "oud-medewerker")


class OrganisationKind(models.TextChoices):
    """Kinds of organisation."""

    PROVINCE = "provincie", "provincie"
    MUNICIPALITY = "gemeente", "gemeente"
    SUPPORT = "steunorganisatie", "steunorganisatie"
    FUND = "fonds", "fonds"
    INSTITUTE = "instituut", "instituut"
    KNOWLEDGE = "kennisorganisatie", "kennisorganisatie"
    INITIATIVE = "initiatief", "bewonersgroep"
    PARTNER = "partner", "bedrijf of instelling"


class Organisation(models.Model):
    """An organisation (*organisatie*) people act for. `municipality` is the code of its municipality, when it has one.

    `kvk` is its number in the trade register, `rsin` its number for the tax service; both are empty when it has none.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    kvk = models.CharField(max_length=8, blank=True)
    rsin = models.CharField(max_length=9, blank=True)
    made_up = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), "province", name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A role of a person for an organisation, within a scope, from one moment until another (open when empty).

    A role is never changed: it ends, and another begins. So it stays known who might do what, and when.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=6, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind", "province", "municipality"],
                condition=models.Q(until=None),
                name="open_role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.public_id})"


class StandIn(models.Model):
    """Someone who does the work of an absent colleague (*vervanger*), for one organisation, from one day up to and including another.

    The roles and mandates of the absent person count for the replacement on those days. What was done stays in the replacement's name.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replaced_by")
    replacement = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in_for")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stand_ins")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="stand_in_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(absent=models.F("replacement")), name="stand_in_is_someone_else"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Mandate(models.Model):
    """What a person may decide in the name of the provincial executive (*mandaat*, Awb 10:1), and up to which amount.

    `matter` is a key of `catalogue/roles.yml`; `most` is in cents, empty when there is no highest amount; `resolution` names the
    resolution that gave it (*mandaatbesluit*, Awb 10:5). A mandate is never changed: it ends, and another begins.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    province = models.CharField(max_length=4)
    matter = models.CharField(max_length=30)
    most = models.BigIntegerField(null=True, blank=True)
    resolution = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(most=None) | models.Q(most__gt=0), name="mandate_most_positive")]

    def __str__(self) -> str:
        return f"{self.matter} ({self.public_id})"


class LinkKind(models.TextChoices):
    """Links that make two organisations one undertaking (Regulation (EU) 2023/2831, article 2(2))."""

    VOTES = "stemrechten", "heeft de meerderheid van de stemmen"
    BOARD = "bestuur", "benoemt of ontslaat de meerderheid van het bestuur"
    CONTRACT = "overeenkomst", "heeft overheersende invloed door een overeenkomst of de statuten"
    AGREEMENT = "aandeelhouders", "beheerst de stemmen door afspraken met andere aandeelhouders"


class OrganisationLink(models.Model):
    """A link between two organisations (*verbonden onderneming*): who controls, who is controlled, how, and where that is known from."""

    controls = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="controlled")
    controlled = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="controlled_by")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    source = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["controls", "controlled", "kind"], condition=models.Q(until=None), name="open_link_once"
            ),
            models.CheckConstraint(condition=~models.Q(controls=models.F("controlled")), name="link_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.controls} · {self.controlled}"


class InterestKind(models.TextChoices):
    """Why someone stays away from a file (Awb 2:4)."""

    FAMILY = "familie", "familie, vriend of buur"
    BOARD = "bestuur", "lid, bestuurder of medewerker van de aanvrager"
    MONEY = "geld", "eigen geld of eigen werk"
    OTHER = "anders", "een andere reden"


class ConflictDeclaration(models.Model):
    """Someone says that they have an interest in a file and stay away from it (*belangenverklaring*, Awb 2:4). It is not taken back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=InterestKind.choices)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "about_kind", "about_id"], name="conflict_declared_once")]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id}"


class OutgoingMail(models.Model):
    """A message in the outbox (*postbak uit*). Its text is removed once it is handed over; the demo keeps it to show it."""

    message_id = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.message_id


class Tally(models.Model):
    """How often something was done in an hour or a day (*teller tegen misbruik*). `key` is a hash that changes every day and leads
    back to nobody; `since` is when the hour or day began."""

    key = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.since}: {self.count}"
